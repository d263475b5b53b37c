"""A wallet is filled by card at the desk: whatever the provider does, its money and ours agree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.ids import AttendantId, OperationKey
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    AmountRefused,
    NotSignedIn,
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    UnknownPass,
)
from kiosk.domain.till_outcomes import WalletToppedUp
from kiosk.payments.adapter import Declined, Succeeded
from kiosk.payments.simulator import SimulatedFault
from kiosk.services import limits, providers
from kiosk.services.audit_check import check_site
from kiosk.services.events import PaymentFinished
from kiosk.services.reconcile import reconcile
from kiosk.services.till_commands import TopUpByCard
from tests.fakes.provider_books import disagreements, finish_all, unfinished
from tests.fakes.stage import CARD, KIM, Stage, Wallet, euro
from tests.services.test_outbox import alarms
from tests.services.till import kept

__all__ = ["kept"]

KEY = OperationKey("top-up-1")


@pytest.fixture
def empty(stage: Stage) -> Wallet:
    """A wallet that holds nothing."""
    return stage.wallet(0)


def order(stage: Stage, wallet: Wallet, minor: int = 5000, intent: str = KEY) -> TopUpByCard:
    return TopUpByCard(
        actor=KIM,
        attendant_id=stage.attendant_id,
        pass_code=wallet.pass_code,
        amount=euro(minor),
        card=CARD,
        intent=intent,
    )


def told(stage: Stage) -> object:
    return stage.last(PaymentFinished).outcome


def wrong(stage: Stage) -> list[str]:
    """What is not right in our books, against the provider's, and in the evidence."""
    with stage.site.core.store.reading() as tx:
        findings = [str(each) for each in check_site(tx).findings]
    return [*disagreements(stage), *unfinished(stage), *stage.wrong(), *findings]


def actions(stage: Stage) -> list[str]:
    rows = stage.sql("SELECT action FROM audit WHERE action LIKE 'wallet.top%' ORDER BY id")
    return [str(action) for (action,) in rows]


def test_a_card_fills_a_wallet_through_the_claim_on_its_provider(
    stage: Stage, empty: Wallet
) -> None:
    asked = stage.site.do(order(stage, empty))

    answer = told(stage)
    assert asked == PaymentRunning(KEY)
    assert isinstance(answer, WalletToppedUp)
    assert (answer.pass_code, answer.added, answer.balance) == (
        empty.pass_code,
        euro(5000),
        euro(5000),
    )
    assert stage.books() == {"psp:simulator": -5000, empty.account: 5000}
    assert actions(stage) == ["wallet.top_up_asked", "wallet.topped_up"]
    assert wrong(stage) == []


def test_the_intent_is_written_before_the_provider_is_asked(stage: Stage, empty: Wallet) -> None:
    waiting = stage.hold_payments()

    stage.site.do(order(stage, empty))

    rows = stage.sql(
        """SELECT o.kind, o.purpose, o.reservation_id, o.state, t.driver_id
        FROM operation o JOIN top_up t ON t.operation_key = o.key"""
    )
    assert [tuple(map(str, row)) for row in rows] == [("collect", "top-up", "None", "sent", "1")]
    assert stage.site.simulator.total("collect", "EUR") == euro(0)
    assert stage.books() == {}
    waiting.clear()


def test_the_same_intent_adds_once_and_tells_the_same(stage: Stage, empty: Wallet) -> None:
    stage.site.do(order(stage, empty))

    again = stage.site.do(order(stage, empty))

    assert again == told(stage)
    assert stage.site.simulator.total("collect", "EUR") == euro(5000)
    assert stage.books()[empty.account] == 5000


def test_the_same_intent_while_it_runs_asks_nobody(stage: Stage, empty: Wallet) -> None:
    waiting = stage.hold_payments()
    stage.site.do(order(stage, empty))

    assert stage.site.do(order(stage, empty)) == PaymentRunning(KEY)
    assert len(waiting) == 1
    waiting.clear()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (SimulatedFault.DECLINED, PaymentDeclined()),
        (SimulatedFault.UNREACHABLE, PaymentUnavailable()),
    ],
)
def test_a_no_adds_nothing_and_the_same_intent_says_it_again(
    stage: Stage, empty: Wallet, fault: SimulatedFault, outcome: object
) -> None:
    stage.site.simulator.fault_next(fault)
    stage.site.do(order(stage, empty))

    again = stage.site.do(order(stage, empty))

    assert (told(stage), again) == (outcome, outcome)
    assert stage.books() == {}


def test_a_lost_answer_is_queried_and_never_asked_anew(stage: Stage, empty: Wallet) -> None:
    stage.site.simulator.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING)
    stage.site.do(order(stage, empty))
    first = told(stage)

    again = stage.site.do(order(stage, empty))
    stage.wait(seconds=10)

    assert (first, again) == (PaymentInDoubt(KEY), PaymentRunning(KEY))
    assert isinstance(told(stage), WalletToppedUp)
    assert stage.site.simulator.total("collect", "EUR") == euro(5000)
    assert wrong(stage) == []


def test_what_was_sent_when_the_power_failed_is_on_the_wallet_after_the_start(
    stage: Stage, empty: Wallet
) -> None:
    stage.site.simulator.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING)
    stage.site.do(order(stage, empty))

    stage.restart()
    stage.wait(seconds=3)

    assert stage.books()[empty.account] == 5000
    assert wrong(stage) == []


def test_what_never_reached_the_provider_before_the_power_failed_adds_nothing(
    stage: Stage, empty: Wallet
) -> None:
    stage.hold_payments().clear()
    stage.site.do(order(stage, empty))

    stage.restart()
    stage.wait(seconds=3)

    assert stage.operation(KEY) == "failed"
    assert stage.books() == {}


def test_a_success_after_a_no_is_the_drivers_and_audited_as_late(
    stage: Stage, empty: Wallet
) -> None:
    stage.hold_payments()
    stage.site.do(order(stage, empty))
    providers.finish(stage.site.core, KEY, Declined("card-declined"))

    for _ in range(2):
        providers.finish(stage.site.core, KEY, Succeeded("late", euro(5000)))

    assert stage.books() == {"psp:simulator": -5000, empty.account: 5000}
    assert actions(stage) == ["wallet.top_up_asked", "wallet.topped_up_late"]


def test_a_provider_that_took_another_sum_has_put_that_sum_onto_the_wallet(
    stage: Stage, empty: Wallet
) -> None:
    stage.site.simulator.fault_next(SimulatedFault.PARTIAL)

    stage.site.do(order(stage, empty))

    answer = told(stage)
    assert isinstance(answer, WalletToppedUp)
    assert euro(0) < answer.added < euro(5000)
    assert stage.books()[empty.account] == answer.added.minor
    assert wrong(stage) == []


@pytest.mark.parametrize("is_killed", [False, True])
def test_after_every_fault_the_wallet_holds_what_the_provider_took(
    stage: Stage, empty: Wallet, is_killed: bool
) -> None:
    found = []
    for fault in SimulatedFault:
        stage.site.simulator.fault_next(fault)
        stage.site.do(order(stage, empty, 1000, intent=f"{fault.value}-{is_killed}"))
        if is_killed:
            stage.restart()
        finish_all(stage)
        stage.site.simulator.fault_next()
        held = stage.books().get(empty.account, 0)
        taken = stage.site.simulator.total("collect", "EUR").minor
        found += [f"{fault}: {each}" for each in wrong(stage)]
        if held != taken:
            found.append(f"{fault}: the wallet holds {held}, the provider took {taken}")

    assert found == []


def test_the_providers_report_matches_a_top_up_and_its_chargeback_waits_for_somebody(
    stage: Stage, empty: Wallet
) -> None:
    stage.site.do(order(stage, empty))
    clean = reconcile(stage.site.core, "simulator", stage.now.date())
    (reference,) = stage.sql("SELECT reference FROM operation")[0]
    stage.site.simulator.charge_back(str(reference))

    reconcile(stage.site.core, "simulator", stage.now.date())

    assert (clean.is_clean, clean.matched) == (True, 1)  # type: ignore[union-attr]
    assert [(kind, minor) for kind, _, minor in alarms(stage)] == [("suspense-less", 5000)]


def test_no_shift_is_needed_for_a_card(kept: Stage) -> None:
    wallet = kept.wallet(0)

    kept.site.do(order(kept, wallet))

    assert kept.books()[wallet.account] == 5000


def test_who_is_not_signed_in_asks_no_provider(stage: Stage, empty: Wallet) -> None:
    command = replace(order(stage, empty), attendant_id=AttendantId(99))

    assert stage.site.do(command) == NotSignedIn()


def test_a_pass_of_nobody_asks_no_provider(stage: Stage, empty: Wallet) -> None:
    command = replace(order(stage, empty), pass_code="nobodys0")

    assert stage.site.do(command) == UnknownPass()
    assert stage.sql("SELECT key FROM operation") == []


@pytest.mark.parametrize(
    "amount", [euro(0), euro(-1), euro(limits.TOP_UP_MOST_MINOR + 1), Money(1000, "CHF")]
)
def test_an_amount_that_cash_may_not_be_asks_no_provider(
    stage: Stage, empty: Wallet, amount: Money
) -> None:
    command = replace(order(stage, empty), amount=amount)

    assert stage.site.do(command) == AmountRefused(euro(limits.TOP_UP_MOST_MINOR))
