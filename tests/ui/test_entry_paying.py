"""Paying at the entry screen: what each answer leads to, and what no fault may end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.domain.ids import OperationKey
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    PaymentDeclined,
    PaymentInDoubt,
    PaymentUnavailable,
    ReservationEnded,
    TicketUnknown,
    UnknownPass,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.reservation import State
from kiosk.services.commands import (
    CancelReservation,
    CardPresented,
    PayDeposit,
    Reserve,
    ShowAreas,
)
from kiosk.services.events import (
    FaultRaised,
    PassPresented,
    PaymentFinished,
    SiteChanged,
)
from kiosk.ui.screens.pay import CHECKING_LEAVE_S
from tests.ui.entry_site import LANE, NOW, PASS, PIN, reserved, ticket
from tests.ui.entry_stage import EntryStage, entry_stage
from tests.ui.entry_ways import KEY, check, happened, idle_until_the_end

FAULT = FaultRaised("store-full", "Free space on the data partition.")
LIMIT_MS = 60_000
"""How long a busy machine may take for twenty milliseconds."""


@pytest.fixture
def stage(qapp: QObject) -> Iterator[EntryStage]:
    with entry_stage(card_adapter="card") as one:
        one.lane("idle")
        yield one


# Paying ----------------------------------------------------------------------------------


def test_a_wallet_pays_and_the_ticket_is_shown(stage: EntryStage) -> None:
    stage.to_ticket()
    assert stage.page == "ticket"
    assert stage.forms.ticket.state.code == "k7mp 2xqa"
    assert stage.last(PayDeposit).lane == LANE
    assert stage.forms.pay.state.pin == ""


def test_a_paid_ticket_is_never_cancelled_by_leaving(stage: EntryStage) -> None:
    stage.to_ticket()
    stage.screen.cancel()
    assert stage.page == "attract"
    assert stage.asked(CancelReservation) == []


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (UnknownPass(), "No wallet"),
        (WrongPin(None), "PIN does not match"),
        (WalletTooLow(Money(100, "EUR"), Money(300, "EUR")), "€3.00 are missing"),
        (PaymentDeclined(), "declined"),
        (PaymentUnavailable(), "cannot be reached"),
    ],
)
def test_a_failed_payment_says_so_and_a_new_try_is_a_new_intent(
    stage: EntryStage, problem: object, says: str
) -> None:
    stage.to_pay()
    stage.asker.answers(PayDeposit, problem)
    stage.pay_by_wallet()
    assert says in stage.forms.pay.note().happened
    assert stage.forms.pay.note().money == "Nothing was charged."
    assert stage.forms.pay.state.pin == ""
    stage.pay_by_wallet()
    first, second = (each.intent for each in stage.asked(PayDeposit))
    assert first != second
    assert len(first) == 32


def test_pressing_pay_again_while_it_runs_does_nothing(stage: EntryStage) -> None:
    stage.to_pay()
    stage.pay_by_wallet()
    stage.forms.pay.pay()
    assert len(stage.asked(PayDeposit)) == 1


def test_a_locked_pass_waits_before_it_can_try_again(stage: EntryStage) -> None:
    stage.to_pay()
    stage.asker.answers(PayDeposit, WrongPin(NOW + timedelta(seconds=15)))
    stage.pay_by_wallet()
    stage.pay_by_wallet()
    assert len(stage.asked(PayDeposit)) == 1
    assert "0:15" in stage.forms.pay.note().now


def test_nothing_leaves_the_pay_page_while_money_may_move(stage: EntryStage) -> None:
    check(stage)
    stage.screen.back()
    stage.screen.cancel()
    stage.screen.prove()
    idle_until_the_end(stage)
    assert stage.page == "pay"
    assert stage.asked(CancelReservation) == []


def test_the_answer_of_a_card_brings_the_ticket(stage: EntryStage) -> None:
    check(stage)
    assert stage.last(PayDeposit).method == CardPresented("card")
    stage.screen.on_published(PaymentFinished(OperationKey("another"), PaymentDeclined()))
    assert stage.forms.pay.state.phase == "checking"
    stage.screen.on_published(PaymentFinished(KEY, ticket()))
    assert stage.page == "ticket"


def test_each_press_of_pay_by_card_is_an_intent_of_its_own(stage: EntryStage) -> None:
    check(stage)
    stage.screen.on_published(PaymentFinished(KEY, PaymentDeclined()))
    stage.forms.pay.pay()
    first, second = (each.intent for each in stage.asked(PayDeposit))
    assert first != second
    assert len(first) == len(second) == 32


def test_a_doubtful_answer_goes_on_being_checked(stage: EntryStage) -> None:
    check(stage)
    stage.screen.on_published(PaymentFinished(KEY, PaymentInDoubt(KEY)))
    assert stage.forms.pay.state.phase == "checking"
    stage.screen.on_published(PaymentFinished(KEY, PaymentDeclined()))
    assert stage.forms.pay.state.phase == "asking"


def test_a_check_that_takes_very_long_may_be_left(qapp: QObject, qtbot: QtBot) -> None:
    with entry_stage(card_adapter="card", second_ms=1) as stage:
        check(stage)
        pay = stage.forms.pay
        qtbot.waitUntil(lambda: pay.state.checking_s >= CHECKING_LEAVE_S, timeout=LIMIT_MS)
        stage.screen.cancel()
        assert stage.page == "attract"
        assert stage.asked(CancelReservation) == []


def test_a_reservation_that_has_ended_leads_to_find(stage: EntryStage) -> None:
    stage.to_pay()
    stage.asker.answers(PayDeposit, ReservationEnded(State.EXPIRED))
    stage.pay_by_wallet()
    assert stage.page == "note"
    stage.screen.dismiss()
    assert stage.page == "find"


def test_a_pass_held_to_the_reader_fills_its_field(stage: EntryStage) -> None:
    stage.to_pay()
    stage.screen.on_published(PassPresented(LANE, PASS))
    assert (stage.forms.pay.state.pass_code, stage.forms.pay.state.field) == (PASS, "pin")


def test_ux_23_a_pass_scanned_earlier_is_not_asked_for_again(stage: EntryStage) -> None:
    stage.to_plate()
    stage.screen.on_published(PassPresented(LANE, PASS))
    stage.asker.answers(Reserve, reserved)
    stage.screen.reserve()
    assert (stage.forms.pay.state.pass_code, stage.forms.pay.state.field) == (PASS, "pin")


def test_an_overloaded_core_lets_the_driver_try_again(
    stage: EntryStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.to_pay()
    stage.type_proof()
    monkeypatch.setattr(stage.asker, "ask", lambda *_: stage.screen.on_overloaded())
    stage.forms.pay.pay()
    assert "many people" in happened(stage)
    assert stage.forms.pay.state.phase == "asking"
    assert stage.state.reserved is not None


def test_an_overload_by_another_screen_frees_no_button_here(stage: EntryStage) -> None:
    stage.to_pay()
    stage.pay_by_wallet()
    stage.screen.on_overloaded()
    assert stage.forms.pay.state.phase == "sending"


# Faults of the computer ------------------------------------------------------------------


def test_a_fault_frees_the_button_and_says_that_nothing_was_charged(stage: EntryStage) -> None:
    stage.to_find()
    stage.screen.search()
    stage.screen.on_published(FAULT)
    note = stage.screen.note()
    assert (stage.page, stage.state.is_busy) == ("note", False)
    assert (note.money, note.number) == ("Nothing was charged.", "store-full")
    assert "Help" in note.now


def test_a_fault_while_paying_is_told_where_pay_is_pressed_again(stage: EntryStage) -> None:
    stage.to_pay()
    stage.pay_by_wallet()
    stage.screen.on_published(FAULT)
    form = stage.forms.pay
    assert (stage.page, form.state.phase, form.state.pin) == ("pay", "asking", "")
    assert (form.note().money, form.note().number) == ("Nothing was charged.", "store-full")
    assert stage.state.reserved is not None


def test_a_fault_while_proving_a_pass_frees_the_proof(stage: EntryStage) -> None:
    stage.screen.prove()
    stage.forms.proof.scan(PASS)
    for digit in PIN:
        stage.forms.proof.press(digit)
    stage.forms.proof.pay()
    stage.screen.on_published(FAULT)
    assert stage.forms.proof.state.phase == "asking"
    assert stage.forms.proof.note().happened == "Something failed here."


def test_a_fault_never_ends_a_payment_that_the_provider_has(stage: EntryStage) -> None:
    check(stage)
    stage.screen.on_published(FAULT)
    assert (stage.page, stage.forms.pay.state.phase) == ("pay", "checking")


def test_a_fault_is_told_to_a_car_that_may_have_shown_its_ticket(stage: EntryStage) -> None:
    stage.lane("present", arming=True)
    stage.screen.on_published(FAULT)
    assert stage.page == "note"
    stage.screen.dismiss()
    assert stage.page == "attract"


@pytest.mark.parametrize("page", ["attract", "choose"])
def test_a_fault_of_somebody_else_disturbs_nobody(stage: EntryStage, page: str) -> None:
    if page == "choose":
        stage.to_choose()
        stage.lane("present", arming=True)
    stage.screen.on_published(FAULT)
    assert stage.page == page


def test_what_is_idle_is_asked_again_after_a_fault(stage: EntryStage) -> None:
    stage.asker._ready[ShowAreas].clear()
    stage.screen.on_published(SiteChanged())
    before = len(stage.asked(ShowAreas))
    stage.screen.on_published(FAULT)
    stage.screen.on_published(SiteChanged())
    assert len(stage.asked(ShowAreas)) == before + 1


def test_a_ticket_that_comes_after_a_fault_takes_the_note_away(stage: EntryStage) -> None:
    stage.to_pay()
    stage.present(TicketUnknown())
    stage.asker.answers(PayDeposit, ticket())
    stage.pay_by_wallet()
    assert stage.page == "ticket"
