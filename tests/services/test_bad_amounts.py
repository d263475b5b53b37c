"""Nothing, less than nothing, another currency, 2^63: an outcome each, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app.config import read_site_file
from kiosk.app.errors import ConfigError
from kiosk.domain.after_outcomes import ChargebackRefused, GoodwillRefused, RefundRefused
from kiosk.domain.debt_outcomes import LeavingOffered
from kiosk.domain.disputes import DisputeKind
from kiosk.domain.ids import OwnerId, ReservationId, SpaceId
from kiosk.domain.invoice import Month
from kiosk.domain.life_outcomes import CancellationPriced, DuePriced, RecallPriced
from kiosk.domain.money import Money
from kiosk.domain.outcomes import AmountRefused, TicketIssued, WalletTooLow
from kiosk.domain.till_outcomes import CountRefused
from kiosk.domain.time import Window
from kiosk.domain.validation import Given, ValidationKind
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.after_commands import (
    CloseDispute,
    GiveGoodwill,
    OpenChargeback,
    OpenDispute,
    RefundStay,
)
from kiosk.services.commands import (
    Actor,
    ActorKind,
    CancelReservation,
    OpenBarrier,
    ReportPassage,
    TopUpWallet,
)
from kiosk.services.debt_commands import LeaveUnpaid
from kiosk.services.invoices import PaymentRefused, debtors, issue_invoice, pay_invoice
from kiosk.services.life_commands import RecallSpace, TakeDueInCash
from kiosk.services.payer_commands import ValidateStay
from kiosk.services.till_commands import CloseShift, OpenShift, PayOutWallet
from kiosk.services.views import Direction
from tests.fakes.stage import CARD, DRIVER, DRIVER_PIN, EXIT, KIM, SITE_FILE, Stage, Wallet
from tests.services.after import left, proof
from tests.services.cash import overstayed
from tests.services.fleets import add_fleet

EURO = "EUR"
LEAST = -(2**63)
BAD = {
    "nothing": Money(0, EURO),
    "less": Money(-1, EURO),
    "least": Money(LEAST, EURO),
    "francs": Money(100, "CHF"),
    "too-much": Money(2**63, EURO),
}
Ask = Callable[[Money], object]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked with an amount, and the words that refuse it."""

    ask: Ask
    refused: type | tuple[type, ...]


def by_kim(stage: Stage, command: type, **more: object) -> object:
    return stage.site.do(command(actor=KIM, attendant_id=stage.attendant_id, **more))


def top_up(stage: Stage, ada: Wallet) -> Asked:
    def ask(amount: Money) -> object:
        return by_kim(
            stage, TopUpWallet, desk="desk-1", pass_code=ada.pass_code, amount=amount, intent="bad"
        )

    return Asked(ask, AmountRefused)


def pay_out(stage: Stage, ada: Wallet) -> Asked:
    def ask(amount: Money) -> object:
        return by_kim(
            stage,
            PayOutWallet,
            desk="desk-1",
            pass_code=ada.pass_code,
            pin=DRIVER_PIN,
            amount=amount,
            intent="bad",
        )

    return Asked(ask, (AmountRefused, WalletTooLow))


def refund(stage: Stage, ada: Wallet, *, is_goodwill: bool = False) -> Asked:
    chosen = left(stage, ada.proof).reservation_id

    def ask(amount: Money) -> object:
        return stage.site.do(
            RefundStay(
                actor=KIM,
                proof=proof(stage),
                reservation_id=chosen,
                amount=amount,
                is_goodwill=is_goodwill,
                reason="rain",
                intent="bad",
            )
        )

    return Asked(ask, RefundRefused)


def refund_by_goodwill(stage: Stage, ada: Wallet) -> Asked:
    return refund(stage, ada, is_goodwill=True)


def uphold(stage: Stage, ada: Wallet) -> Asked:
    chosen = left(stage, ada.proof).reservation_id
    by_kim(
        stage, OpenDispute, reservation_id=chosen, kind=DisputeKind.CHARGES, words="sign was wrong"
    )

    def ask(amount: Money) -> object:
        return stage.site.do(
            CloseDispute(
                actor=KIM, proof=proof(stage), dispute_id=1, refund=amount, words="looked at"
            )
        )

    return Asked(ask, RefundRefused)


def goodwill(stage: Stage, ada: Wallet) -> Asked:
    def ask(amount: Money) -> object:
        return stage.site.do(
            GiveGoodwill(
                actor=KIM,
                proof=proof(stage),
                pass_code=ada.pass_code,
                amount=amount,
                reason="rain",
                intent="bad",
            )
        )

    return Asked(ask, GoodwillRefused)


def chargeback(stage: Stage, ada: Wallet) -> Asked:
    chosen = left(stage, CARD).reservation_id
    return Asked(lambda amount: _chargeback(stage, chosen, amount), ChargebackRefused)


def _chargeback(
    stage: Stage, chosen: ReservationId, amount: Money, fee: Money | None = None
) -> object:
    return by_kim(
        stage,
        OpenChargeback,
        reservation_id=chosen,
        adapter="simulator",
        reference="case",
        amount=amount,
        fee=fee or Money(0, EURO),
    )


def open_shift(stage: Stage, ada: Wallet) -> Asked:
    def ask(amount: Money) -> object:
        return by_kim(stage, OpenShift, desk="desk-2", counted=amount, intent="bad")

    return Asked(ask, CountRefused)


def close_shift(stage: Stage, ada: Wallet) -> Asked:
    by_kim(stage, OpenShift, desk="desk-2", counted=Money(500, EURO), intent="good")

    def ask(amount: Money) -> object:
        zero = Money(0, EURO)
        return by_kim(stage, CloseShift, desk="desk-2", counted=amount, left=zero, intent="bad")

    return Asked(ask, CountRefused)


def leave_in_till(stage: Stage, ada: Wallet) -> Asked:
    by_kim(stage, OpenShift, desk="desk-2", counted=Money(500, EURO), intent="good")

    def ask(amount: Money) -> object:
        counted = Money(500, EURO)
        return by_kim(stage, CloseShift, desk="desk-2", counted=counted, left=amount, intent="bad")

    return Asked(ask, CountRefused)


def invoice(stage: Stage, ada: Wallet) -> Asked:
    left(stage, add_fleet(stage).proof)
    stage.site.pass_time(timedelta(days=31))
    core = stage.site.core
    with core.store.reading() as tx:
        (debtor,) = debtors(tx)
    issued = issue_invoice(core, debtor, Month(2026, 6), files=lambda *_: (b"pdf", b"csv"))
    return Asked(lambda amount: pay_invoice(core, issued, amount), PaymentRefused)  # type: ignore[arg-type]


def cancel(stage: Stage, ada: Wallet) -> Asked:
    starts_at = stage.now + timedelta(hours=1)
    chosen = stage.ticket(ada.proof, starts_at=starts_at).reservation_id

    def ask(amount: Money) -> object:
        return stage.site.do(
            CancelReservation(actor=DRIVER, reservation_id=chosen, agreed_refund=amount)
        )

    return Asked(ask, CancellationPriced)


def recall(stage: Stage, ada: Wallet) -> Asked:
    window = Window(stage.now + timedelta(hours=3), stage.now + timedelta(hours=5))
    stage.ticket(ada.proof, starts_at=window.from_)
    owner = Actor(ActorKind.OWNER, "Always")

    def ask(amount: Money) -> object:
        return stage.site.do(
            RecallSpace(
                actor=owner,
                owner_id=OwnerId(1),
                space_id=SpaceId(1),
                window=window,
                agreed_cost=amount,
            )
        )

    return Asked(ask, RecallPriced)


def _at_the_exit(stage: Stage, ada: Wallet) -> TicketIssued:
    ticket = overstayed(stage, ada)
    stage.site.car_to(EXIT)
    stage.scan(EXIT, ticket.text)
    return ticket


def waive(stage: Stage, ada: Wallet) -> Asked:
    chosen = _at_the_exit(stage, ada).reservation_id

    def ask(amount: Money) -> object:
        return by_kim(
            stage,
            OpenBarrier,
            lane=EXIT,
            reason="rain",
            reservation_id=chosen,
            agreed_waiver=amount,
        )

    return Asked(ask, DuePriced)


def waive_unseen(stage: Stage, ada: Wallet) -> Asked:
    chosen = _at_the_exit(stage, ada).reservation_id

    def ask(amount: Money) -> object:
        return by_kim(
            stage,
            ReportPassage,
            reservation_id=chosen,
            direction=Direction.EXIT,
            reason="saw it",
            agreed_waiver=amount,
        )

    return Asked(ask, DuePriced)


def take_due(stage: Stage, ada: Wallet) -> Asked:
    chosen = _at_the_exit(stage, ada).reservation_id

    def ask(amount: Money) -> object:
        return by_kim(
            stage,
            TakeDueInCash,
            desk="desk-1",
            reservation_id=chosen,
            intent="bad",
            agreed_due=amount,
        )

    return Asked(ask, DuePriced)


def leave_unpaid(stage: Stage, ada: Wallet) -> Asked:
    chosen = _at_the_exit(stage, ada).reservation_id
    stage.fault_next(SimulatedFault.DECLINED)
    stage.pay_due(chosen, CARD)

    def ask(amount: Money) -> object:
        return stage.site.do(
            LeaveUnpaid(actor=DRIVER, lane=EXIT, reservation_id=chosen, agreed=amount)
        )

    return Asked(ask, LeavingOffered)


COMMANDS = [
    top_up,
    pay_out,
    refund,
    refund_by_goodwill,
    uphold,
    goodwill,
    chargeback,
    open_shift,
    close_shift,
    leave_in_till,
    invoice,
    cancel,
    recall,
    waive,
    waive_unseen,
    take_due,
    leave_unpaid,
]
GOOD: dict[Callable[[Stage, Wallet], Asked], list[str]] = {
    open_shift: ["nothing"],
    close_shift: ["nothing"],
    leave_in_till: ["nothing"],
    recall: ["nothing"],
    cancel: ["nothing", "less", "least"],
}
"""An empty till is counted as nothing; what costs nothing, or gives back more, is agreed to."""


@pytest.mark.parametrize("prepare", COMMANDS, ids=lambda prepare: str(prepare.__name__))
def test_a_bad_amount_is_refused_in_words_and_nothing_is_written(
    stage: Stage, ada: Wallet, prepare: Callable[[Stage, Wallet], Asked]
) -> None:
    asked = prepare(stage, ada)
    bad = [amount for name, amount in BAD.items() if name not in GOOD.get(prepare, [])]
    before = written(stage)

    answers = {amount: asked.ask(amount) for amount in bad}

    assert [each for each in answers.items() if not isinstance(each[1], asked.refused)] == []
    assert written(stage) == before


@pytest.mark.parametrize("name", ["less", "least", "francs", "too-much"])
def test_a_fee_of_a_chargeback_that_cannot_be_is_refused(stage: Stage, name: str) -> None:
    chosen = left(stage, CARD).reservation_id
    before = written(stage)

    answer = _chargeback(stage, chosen, Money(100, EURO), BAD[name])

    assert isinstance(answer, ChargebackRefused)
    assert written(stage) == before


@pytest.mark.parametrize("kind", ValidationKind)
def test_what_no_shop_can_give_is_refused(stage: Stage, ada: Wallet, kind: ValidationKind) -> None:
    chosen = stage.inside(ada.proof).reservation_id
    before = written(stage)
    if kind is ValidationKind.PERCENT:
        with pytest.raises(AssertionError):
            Given(kind, 2**63)
        return

    answer = by_kim(
        stage, ValidateStay, reservation_id=chosen, shop_id=None, given=Given(kind, 2**63)
    )

    assert isinstance(answer, AmountRefused)
    assert written(stage) == before


@pytest.mark.parametrize("minor", [-1, 2**63])
def test_a_payout_minimum_that_cannot_be_is_refused_with_the_site_file(
    tmp_path: Path, minor: int
) -> None:
    text = SITE_FILE.read_text(encoding="utf-8").replace(
        "tariffs/", f"{SITE_FILE.parent}/tariffs/"
    )
    path = tmp_path / "small.toml"
    path.write_text(f"{text}\n[payouts]\nminimum_minor = {minor}\n", encoding="utf-8")

    with pytest.raises(ConfigError, match="minimum_minor"):
        read_site_file(path)


def written(stage: Stage) -> tuple[dict[str, int], int, list[tuple[int, ...]]]:
    """What bad amounts must not touch: books, journals, what was done."""
    acts = stage.sql("SELECT id, action FROM audit WHERE action NOT LIKE 'attendant%'")
    return stage.books(), stage.journal_count(), acts
