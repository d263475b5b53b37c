"""A car that cannot pay is let out within the site's limits; its driver pays later, or never."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from kiosk.domain.debt_outcomes import (
    DebtPaid,
    DebtsShown,
    DebtUnknown,
    DebtWrittenOff,
    LeavingOffered,
    LeavingRefused,
    LeftUnpaid,
    MustPay,
)
from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import (
    ExitDue,
    NotSignedIn,
    ReasonMissing,
    TicketIssued,
    WalletTooLow,
)
from kiosk.domain.site import OfflineLimits
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services.commands import ShowDesk
from kiosk.services.debt_commands import (
    CashAtDesk,
    LeaveUnpaid,
    OfferLeaving,
    PayDebt,
    ShowDebts,
    WriteOffDebt,
)
from kiosk.services.events import PaymentFinished
from tests.fakes.stage import CARD, DRIVER, EXIT, KIM, Stage, Wallet, euro

BEFORE = {"owner:1": 347, "commission": 71, "vat": 14, "manager": 48}
"""A deposit of 4.80, shared out."""
AFTER = {"owner:1": 433, "commission": 90, "vat": 17, "manager": 60}
"""A stay of 6.00, shared out."""


def at_the_exit(stage: Stage, wallet: Wallet, fault: SimulatedFault) -> TicketIssued:
    """An overstay of 1.20, whose payment by card has come to nothing."""
    ticket = stage.inside(wallet.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    assert isinstance(stage.scan(EXIT, ticket.text), ExitDue)
    stage.site.simulator.fault_next(fault)
    stage.pay_due(ticket.reservation_id, CARD, intent="card")
    return ticket


def set_limits(stage: Stage, **limits: int) -> None:
    site = stage.site.core.site
    object.__setattr__(site, "offline", OfflineLimits(**limits))


def offer(stage: Stage, reservation_id: ReservationId) -> object:
    return stage.site.do(OfferLeaving(actor=DRIVER, lane=EXIT, reservation_id=reservation_id))


def leave(stage: Stage, reservation_id: ReservationId, minor: int = 120) -> object:
    return stage.site.do(
        LeaveUnpaid(actor=DRIVER, lane=EXIT, reservation_id=reservation_id, agreed=euro(minor))
    )


def left(stage: Stage, wallet: Wallet, fault: SimulatedFault) -> LeftUnpaid:
    ticket = at_the_exit(stage, wallet, fault)
    (car,) = stage.site.lanes[EXIT].plant.cars
    outcome = leave(stage, ticket.reservation_id)
    assert isinstance(outcome, LeftUnpaid), outcome
    stage.site.car_through(EXIT, car)
    return outcome


def pay(stage: Stage, code: str, method: object, *, intent: str = "later") -> object:
    return stage.site.do(
        PayDebt(actor=KIM, code=code, method=method, intent=intent)  # type: ignore[arg-type]
    )


def without_wallets(stage: Stage) -> dict[str, int]:
    return {
        account: minor
        for account, minor in stage.books().items()
        if not account.startswith(("wallet:", "till:"))
    }


@pytest.mark.parametrize(
    ("fault", "why"),
    [(SimulatedFault.DECLINED, "declined"), (SimulatedFault.UNREACHABLE, "unreachable")],
)
def test_a_car_leaves_with_what_is_in_escrow_and_owes_the_rest(
    stage: Stage, ada: Wallet, fault: SimulatedFault, why: str
) -> None:
    ticket = at_the_exit(stage, ada, fault)
    (car,) = stage.site.lanes[EXIT].plant.cars
    offered = offer(stage, ticket.reservation_id)

    outcome = leave(stage, ticket.reservation_id)
    stage.site.car_through(EXIT, car)

    until = stage.now + timedelta(hours=72)
    assert isinstance(offered, LeavingOffered)
    assert offered.amount == euro(120)
    assert isinstance(outcome, LeftUnpaid)
    assert (outcome.amount, outcome.covered.bill.left_unpaid) == (euro(120), euro(120))
    assert until - outcome.pay_until < timedelta(minutes=1)
    assert stage.state(ticket.reservation_id) == "left"
    assert without_wallets(stage) == {
        "receivable:driver": -120,
        f"uncollected:{ticket.reservation_id}": 120,
        **BEFORE,
    }
    debts = stage.sql("SELECT why, amount_minor FROM debt")
    assert [(str(reason), minor) for reason, minor in debts] == [(why, 120)]
    assert stage.wrong() == []


def test_the_receipt_says_the_total_what_was_paid_and_what_is_open(
    stage: Stage, ada: Wallet
) -> None:
    left(stage, ada, SimulatedFault.DECLINED)

    lines = stage.site.papers[-1].paper.lines
    said = {line.split()[0]: line.split()[-1] for line in lines if line.strip()}
    assert (said["TOTAL"], said["Paid"], said["Open"]) == ("6.00", "4.80", "1.20")
    ((paid, tax),) = [
        (line.split()[0], below.split())
        for line, below in itertools.pairwise(lines)
        if below.startswith("of it tax")
    ]
    assert (paid, tax[-1]) == ("Paid", "0.77")


def test_paid_later_in_cash_everyone_has_a_share_as_if_it_had_been_paid_at_once(
    stage: Stage, ada: Wallet
) -> None:
    code = left(stage, ada, SimulatedFault.DECLINED).code

    outcome = pay(stage, code, CashAtDesk("desk-1", stage.attendant_id))
    again = pay(stage, code, CashAtDesk("desk-1", stage.attendant_id), intent="twice")

    assert outcome == again == DebtPaid(code, euro(120))
    assert stage.books()["till:desk-1"] == -2000 - 120
    assert without_wallets(stage) == AFTER


def test_paid_later_from_a_wallet_or_not_when_it_holds_too_little(
    stage: Stage, ada: Wallet
) -> None:
    code = left(stage, ada, SimulatedFault.DECLINED).code
    poor = stage.wallet(100, name="Bo")

    assert isinstance(pay(stage, code, poor.proof), WalletTooLow)
    assert isinstance(pay(stage, code, ada.proof), DebtPaid)
    assert stage.books()[ada.account] == 2000 - 480 - 120
    assert without_wallets(stage) == AFTER


def test_paid_later_by_card_at_the_exit_or_at_home(stage: Stage, ada: Wallet) -> None:
    code = left(stage, ada, SimulatedFault.DECLINED).code

    pay(stage, code, CARD)

    assert stage.last(PaymentFinished).outcome == DebtPaid(code, euro(120))
    assert without_wallets(stage) == {"psp:simulator": -120, **AFTER}


def test_a_debt_that_is_paid_twice_goes_back_once(stage: Stage, ada: Wallet) -> None:
    code = left(stage, ada, SimulatedFault.DECLINED).code
    waiting = stage.hold_payments()
    pay(stage, code, CARD)
    pay(stage, code, ada.proof, intent="wallet")

    waiting.pop(0)()
    stage.site.core.run_payment = lambda _adapter, task: task()
    stage.wait(seconds=3)

    assert stage.provider_counts() == (120, 120)
    assert without_wallets(stage) == AFTER


def test_what_was_in_doubt_and_had_been_paid_pays_the_debt(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    stage.scan(EXIT, ticket.text)
    waiting = stage.hold_payments()
    stage.pay_due(ticket.reservation_id, CARD, intent="card")
    too_soon = offer(stage, ticket.reservation_id)
    stage.wait(seconds=10)

    outcome = leave(stage, ticket.reservation_id)
    stage.site.car_through(EXIT, car)
    waiting.pop(0)()

    assert too_soon == LeavingRefused(MustPay.STILL_ASKED)
    assert isinstance(outcome, LeftUnpaid)
    assert stage.finished("card")[-1] == DebtPaid(outcome.code, euro(120))
    assert without_wallets(stage) == {"psp:simulator": -120, **AFTER}
    assert stage.wrong() == []


def test_a_debt_that_is_given_up_is_nobodys_income(stage: Stage, ada: Wallet) -> None:
    code = left(stage, ada, SimulatedFault.DECLINED).code

    def give_up(reason: str, attendant_id: object = stage.attendant_id) -> object:
        return stage.site.do(
            WriteOffDebt(actor=KIM, attendant_id=attendant_id, code=code, reason=reason)  # type: ignore[arg-type]
        )

    assert give_up(" ") == ReasonMissing()
    assert give_up("x", 99) == NotSignedIn()
    assert give_up("abroad") == give_up("abroad") == DebtWrittenOff(code, euro(120))
    assert pay(stage, code, ada.proof) == DebtUnknown()
    assert without_wallets(stage) == BEFORE


def test_the_desk_sees_what_is_open(stage: Stage, ada: Wallet) -> None:
    outcome = left(stage, ada, SimulatedFault.DECLINED)

    shown = stage.site.do(ShowDebts(actor=KIM, attendant_id=stage.attendant_id))

    assert isinstance(shown, DebtsShown)
    assert [(each.code, each.plate, each.amount) for each in shown.debts] == [
        (outcome.code, "BAB1", euro(120))
    ]


def test_a_stay_stands_on_the_desks_list_with_its_code_until_it_is_paid(
    stage: Stage, ada: Wallet
) -> None:
    code = left(stage, ada, SimulatedFault.DECLINED).code

    def listed() -> list[tuple[str, ...]]:
        return [each.debt_codes for each in stage.site.do(ShowDesk(actor=KIM)).stays]

    at_first = listed()
    stage.wait(minutes=25 * 60)
    after_a_day = listed()
    pay(stage, code, ada.proof)

    assert at_first == after_a_day == [(code,)]
    assert listed() == []


def test_who_has_not_tried_to_pay_does_not_leave(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    stage.scan(EXIT, ticket.text)

    assert offer(stage, ticket.reservation_id) == LeavingRefused(MustPay.NOT_TRIED)
    assert leave(stage, ticket.reservation_id) == LeavingRefused(MustPay.NOT_TRIED)
    assert not stage.is_arm_up(EXIT)


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({"per_stay_minor": 119}, MustPay.STAY_LIMIT),
        ({"per_plate_minor": 119}, MustPay.PLATE_LIMIT),
        ({"per_site_day_minor": 119}, MustPay.SITE_LIMIT),
        ({"per_stay_minor": 120, "per_plate_minor": 120, "per_site_day_minor": 120}, None),
    ],
)
def test_nobody_leaves_with_more_than_the_site_allows(
    stage: Stage, ada: Wallet, limits: dict[str, int], why: MustPay | None
) -> None:
    set_limits(stage, **limits)
    ticket = at_the_exit(stage, ada, SimulatedFault.DECLINED)

    outcome = leave(stage, ticket.reservation_id)

    assert outcome == LeavingRefused(why) if why else isinstance(outcome, LeftUnpaid)


@pytest.mark.parametrize(("first", "second"), [("a-first", "b-second"), ("b-first", "a-second")])
def test_of_two_payments_within_one_second_the_one_that_has_no_answer_is_the_newer(
    stage: Stage, ada: Wallet, first: str, second: str
) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    stage.scan(EXIT, ticket.text)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED)
    stage.pay_due(ticket.reservation_id, CARD, intent=first)
    stage.hold_payments()
    stage.pay_due(ticket.reservation_id, CARD, intent=second)

    assert offer(stage, ticket.reservation_id) == LeavingRefused(MustPay.STILL_ASKED)


def test_a_card_that_pays_only_a_part_is_no_doubt_but_declined_for_the_rest(
    stage: Stage, ada: Wallet
) -> None:
    set_limits(stage, doubt_minor=1)
    ticket = at_the_exit(stage, ada, SimulatedFault.PARTIAL)

    outcome = leave(stage, ticket.reservation_id, 60)

    assert isinstance(outcome, LeftUnpaid), outcome
    debts = stage.sql("SELECT why, amount_minor FROM debt")
    assert [(str(why), minor) for why, minor in debts] == [("declined", 60)]


def test_a_doubt_has_a_limit_of_its_own(stage: Stage, ada: Wallet) -> None:
    set_limits(stage, doubt_minor=119)
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    stage.scan(EXIT, ticket.text)
    waiting = stage.hold_payments()
    stage.pay_due(ticket.reservation_id, CARD, intent="card")
    stage.wait(seconds=10)

    assert leave(stage, ticket.reservation_id) == LeavingRefused(MustPay.DOUBT_LIMIT)
    waiting.clear()


def test_another_amount_than_was_agreed_is_offered_anew(stage: Stage, ada: Wallet) -> None:
    ticket = at_the_exit(stage, ada, SimulatedFault.DECLINED)

    outcome = leave(stage, ticket.reservation_id, minor=100)

    assert isinstance(outcome, LeavingOffered)
    assert outcome.amount == euro(120)
    assert not stage.is_arm_up(EXIT)
