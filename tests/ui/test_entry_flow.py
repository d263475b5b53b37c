"""The driver's way at the entry screen: what each answer of the core and of the lane leads to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.domain.ids import LaneName, OperationKey, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    LaneBusy,
    LaneOutOfOrder,
    NoCarInLane,
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    PlateHasReservation,
    PlateRefused,
    ReservationEnded,
    Reserved,
    SpaceJustTaken,
    TicketEarly,
    TicketExpired,
    TicketForged,
    TicketNotInside,
    TicketOfAnotherSite,
    TicketsFound,
    TicketUnknown,
    TicketUsed,
    UnknownPass,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.reservation import State
from kiosk.domain.search_outcomes import NothingIdle, WindowRefused
from kiosk.services.commands import (
    CancelReservation,
    CardPresented,
    FindSpaces,
    FindTickets,
    PayDeposit,
    Reserve,
    ShowAreas,
)
from kiosk.services.events import (
    FaultRaised,
    GrantReturned,
    PaperFailed,
    PassageReported,
    PassPresented,
    PaymentFinished,
    SiteChanged,
)
from kiosk.services.limits import KIOSK_SCREEN_IDLE_S, STILL_THERE_S
from kiosk.ui.screens.pay import CHECKING_LEAVE_S
from tests.ui.entry_stage import (
    AREAS,
    LANE,
    NOW,
    PASS,
    PIN,
    EntryStage,
    entry_stage,
    found,
    granted,
    reserved,
    ticket,
)

OTHER_LANE = LaneName("entry-2")
KEY = OperationKey("deposit-1")
FAULT = FaultRaised("store-full", "Free space on the data partition.")
OURS = ReservationId(77)


@pytest.fixture
def stage(qapp: QObject) -> Iterator[EntryStage]:
    with entry_stage(card_adapter="card") as one:
        one.lane("idle")
        yield one


def happened(stage: EntryStage) -> str:
    return stage.screen.note().happened


def check(stage: EntryStage) -> None:
    """Up to a card payment whose answer is awaited."""
    stage.to_pay()
    stage.asker.answers(PayDeposit, PaymentRunning(KEY))
    stage.forms.pay.choose_card()
    stage.forms.pay.pay()


def idle_until_the_end(stage: EntryStage) -> None:
    for _ in range(KIOSK_SCREEN_IDLE_S + STILL_THERE_S):
        stage.screen.person.count_second()


# Finding and choosing --------------------------------------------------------------------


def test_the_search_asks_for_the_chosen_area_and_duration(stage: EntryStage) -> None:
    stage.to_find()
    stage.forms.find.lengthen()
    stage.screen.search()
    assert (stage.last(FindSpaces).area_id, stage.last(FindSpaces).duration_minutes) == (1, 150)


def test_without_an_area_nothing_is_asked(stage: EntryStage) -> None:
    stage.screen.start()
    stage.screen.search()
    assert stage.asked(FindSpaces) == []


def test_a_full_area_cannot_be_chosen(stage: EntryStage) -> None:
    stage.screen.start()
    stage.forms.find.choose(3)
    assert stage.forms.find.state.area_id is None


def test_a_full_area_leads_to_one_with_spaces(stage: EntryStage) -> None:
    stage.to_find()
    nothing = NothingIdle(AREAS[0], found().window, (AREAS[1].id,))
    stage.asker.answers(FindSpaces, nothing, found())
    stage.screen.search()
    assert stage.page == "note"
    assert stage.screen.note().now == "Level 2 has free spaces for this time."
    stage.screen.followNote()
    assert stage.last(FindSpaces).area_id == AREAS[1].id


def test_a_refused_duration_moves_into_what_the_site_allows(stage: EntryStage) -> None:
    stage.to_find()
    stage.asker.answers(FindSpaces, WindowRefused(30, 90))
    stage.screen.search()
    assert stage.page == "note"
    assert stage.forms.find.state.duration_minutes == 90


def test_the_best_one_for_me_is_taken_when_none_is_chosen(stage: EntryStage) -> None:
    stage.to_plate()
    stage.screen.reserve()
    assert stage.last(Reserve).space_id == 17


def test_arrows_walk_over_idle_spaces_alone(stage: EntryStage) -> None:
    stage.to_choose()
    stage.forms.choice.choose_next()
    stage.forms.choice.choose_next()
    stage.forms.choice.choose_next()
    assert stage.forms.choice.state.chosen == 4


def test_a_chosen_space_that_is_taken_by_others_is_not_chosen_any_more(stage: EntryStage) -> None:
    stage.to_choose()
    stage.forms.choice.choose("22")
    stage.asker.answers(FindSpaces, found(taken=frozenset({22})))
    stage.screen.on_published(SiteChanged())
    assert stage.forms.choice.state.chosen is None


def test_a_space_taken_a_moment_ago_leads_back_to_a_fresh_plan(stage: EntryStage) -> None:
    stage.to_plate()
    stage.asker.answers(Reserve, SpaceJustTaken())
    stage.asker.answers(FindSpaces, found(taken=frozenset({17})))
    stage.screen.reserve()
    assert stage.page == "note"
    stage.screen.dismiss()
    assert stage.page == "choose"
    assert stage.forms.choice.state.found == found(taken=frozenset({17}))
    assert stage.forms.plate.state.plate == "DDAB1234"


def test_a_refused_plate_is_typed_again(stage: EntryStage) -> None:
    stage.to_plate()
    stage.asker.answers(Reserve, PlateRefused(12))
    stage.screen.reserve()
    stage.screen.dismiss()
    assert stage.page == "plate"


def test_a_plate_with_a_paid_space_is_offered_its_ticket(stage: EntryStage) -> None:
    stage.to_plate()
    stage.asker.answers(Reserve, PlateHasReservation(found().window))
    stage.screen.reserve()
    stage.screen.followNote()
    assert stage.page == "proof"


def test_a_second_press_while_the_core_thinks_asks_nothing(stage: EntryStage) -> None:
    stage.to_plate()
    stage.screen.reserve()
    stage.screen.reserve()
    assert len(stage.asked(Reserve)) == 1


# A kept space goes back ------------------------------------------------------------------


@pytest.mark.parametrize("leave", ["back", "cancel"])
def test_leaving_the_pay_page_gives_the_space_back(stage: EntryStage, leave: str) -> None:
    stage.to_pay()
    getattr(stage.screen, leave)()
    assert stage.last(CancelReservation).reservation_id == OURS
    assert stage.state.reserved is None


def test_back_from_the_pay_page_keeps_the_plate(stage: EntryStage) -> None:
    stage.to_pay()
    stage.screen.back()
    assert stage.page == "plate"
    assert stage.forms.plate.state.plate == "DDAB1234"


def test_an_idle_screen_gives_the_space_back_and_forgets_everything(stage: EntryStage) -> None:
    stage.to_pay()
    stage.type_proof()
    idle_until_the_end(stage)
    assert stage.page == "attract"
    assert stage.last(CancelReservation).reservation_id == OURS
    assert stage.forms.plate.state.plate == ""
    assert stage.forms.pay.state.pin == ""
    assert stage.forms.pay.state.pass_code == ""


def test_a_space_kept_after_the_driver_left_goes_back_at_once(stage: EntryStage) -> None:
    def leave_first(command: Reserve) -> Reserved:
        stage.screen.cancel()
        return reserved(command)

    stage.to_plate()
    stage.asker.answers(Reserve, leave_first)
    stage.screen.reserve()
    assert stage.page == "attract"
    assert stage.last(CancelReservation).reservation_id == OURS


def test_the_space_goes_back_when_the_time_to_pay_is_over(qapp: QObject, qtbot: QtBot) -> None:
    with entry_stage(second_ms=1) as stage:
        stage.to_pay()
        stage.watch.at = NOW + timedelta(minutes=10)
        qtbot.waitUntil(lambda: stage.page == "note")
        assert "time to pay is over" in happened(stage)
        assert stage.last(CancelReservation).reservation_id == OURS


def test_a_payment_under_way_outlives_the_time_to_pay(qapp: QObject, qtbot: QtBot) -> None:
    with entry_stage(card_adapter="card", second_ms=1) as stage:
        check(stage)
        stage.watch.at = NOW + timedelta(minutes=10)
        qtbot.waitUntil(stage.forms.review.is_short)
        assert stage.page == "pay"
        assert stage.asked(CancelReservation) == []


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
        qtbot.waitUntil(lambda: stage.forms.pay.state.checking_s >= CHECKING_LEAVE_S)
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


# Those who have paid already -------------------------------------------------------------


def prove(stage: EntryStage, answer: object) -> None:
    stage.screen.prove()
    stage.asker.answers(FindTickets, answer)
    stage.forms.proof.scan(PASS)
    for digit in PIN:
        stage.forms.proof.press(digit)
    stage.forms.proof.pay()


def test_one_paid_ticket_is_shown_again(stage: EntryStage) -> None:
    prove(stage, TicketsFound((ticket(),)))
    assert (stage.last(FindTickets).pass_code, stage.last(FindTickets).pin) == (PASS, PIN)
    assert stage.page == "ticket"


def test_of_several_tickets_the_driver_picks_one(stage: EntryStage) -> None:
    prove(stage, TicketsFound((ticket(), ticket(20, 78))))
    assert stage.page == "tickets"
    stage.screen.pick(78)
    assert stage.forms.ticket.state.space == "B9"


def test_a_pass_without_tickets_says_so(stage: EntryStage) -> None:
    prove(stage, TicketsFound(()))
    assert "No paid space" in happened(stage)


def test_a_wrong_pin_is_asked_for_again(stage: EntryStage) -> None:
    prove(stage, WrongPin(None))
    assert stage.page == "proof"
    assert "PIN does not match" in stage.forms.proof.note().happened


def test_a_pass_on_the_first_page_asks_for_its_pin(stage: EntryStage) -> None:
    stage.screen.on_published(PassPresented(LANE, PASS))
    assert stage.page == "proof"
    assert stage.forms.proof.state.field == "pin"


# The lane --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (TicketUnknown(), "no parking ticket"),
        (TicketForged(), "cannot be accepted"),
        (TicketOfAnotherSite(), "another car park"),
        (TicketEarly(NOW + timedelta(hours=1)), "early"),
        (TicketExpired(NOW), "ended on Sun 22 Nov 14:05"),
        (TicketUsed(NOW), "A car drove in"),
        (TicketNotInside(), "for the exit"),
        (LaneBusy(), "Another car"),
        (LaneOutOfOrder(), "does not answer"),
        (NoCarInLane(), "No car stands"),
    ],
)
def test_every_ticket_problem_has_its_own_message(
    stage: EntryStage, problem: object, says: str
) -> None:
    stage.present(problem)
    assert stage.page == "note"
    assert says in happened(stage)
    stage.screen.dismiss()
    assert stage.page == "attract"


def test_a_good_ticket_opens_and_the_passage_says_welcome(qapp: QObject, qtbot: QtBot) -> None:
    with entry_stage(second_ms=1) as stage:
        stage.to_ticket()
        stage.present(granted())
        assert stage.page == "drive"
        assert stage.screen.sign() == "opening"
        stage.lane("open")
        assert stage.screen.sign() == "drive"
        stage.screen.on_published(PassageReported(LANE, OURS))
        assert stage.state.is_through
        qtbot.waitUntil(lambda: stage.page == "attract")


def test_a_passage_that_did_not_happen_leaves_the_ticket(stage: EntryStage) -> None:
    stage.to_ticket()
    stage.present(granted())
    stage.screen.on_published(GrantReturned(LANE, OURS, "back_out"))
    assert happened(stage) == "You did not drive in."
    stage.screen.dismiss()
    assert stage.page == "ticket"
    assert stage.forms.ticket.state.code == "k7mp 2xqa"


def test_the_drive_page_waits_for_the_lane_not_for_a_touch(stage: EntryStage) -> None:
    stage.present(granted())
    stage.screen.cancel()
    idle_until_the_end(stage)
    assert stage.page == "drive"


def test_a_ticket_behind_the_car_does_not_hide_its_sign(stage: EntryStage) -> None:
    stage.present(granted())
    stage.present(LaneBusy())
    assert stage.page == "drive"
    assert stage.state.news is None


def test_another_lane_is_none_of_its_business(stage: EntryStage) -> None:
    stage.present(granted(), lane=OTHER_LANE)
    stage.screen.on_published(PassPresented(OTHER_LANE, PASS))
    stage.screen.on_published(PaperFailed(OTHER_LANE, "empty"))
    assert stage.page == "attract"
    assert not stage.state.has_no_paper


def test_a_broken_lane_sells_nothing_and_gives_a_kept_space_back(stage: EntryStage) -> None:
    stage.to_pay()
    stage.lane("fault")
    assert stage.page == "out-of-order"
    assert stage.last(CancelReservation).reservation_id == OURS
    stage.screen.start()
    assert stage.page == "out-of-order"


def test_a_broken_lane_waits_for_the_answer_of_a_payment(stage: EntryStage) -> None:
    check(stage)
    stage.lane("fault")
    assert stage.page == "pay"
    stage.screen.on_published(PaymentFinished(KEY, ticket()))
    assert stage.page == "ticket"


def test_a_declined_payment_at_a_broken_lane_gives_the_space_back(stage: EntryStage) -> None:
    check(stage)
    stage.lane("fault")
    stage.screen.on_published(PaymentFinished(KEY, PaymentDeclined()))
    assert stage.page == "out-of-order"
    assert stage.last(CancelReservation).reservation_id == OURS


def test_a_broken_lane_still_shows_paid_tickets_and_comes_back(stage: EntryStage) -> None:
    stage.lane("blind")
    prove(stage, TicketsFound((ticket(),)))
    assert stage.page == "ticket"
    stage.screen.cancel()
    stage.lane("idle")
    assert stage.page == "attract"


def test_a_changed_site_is_asked_for_once_at_a_time(stage: EntryStage) -> None:
    before = len(stage.asked(ShowAreas))
    stage.screen.on_published(SiteChanged())
    assert len(stage.asked(ShowAreas)) == before + 1


def test_what_is_idle_is_asked_for_by_the_clock_too(qapp: QObject, qtbot: QtBot) -> None:
    with entry_stage(second_ms=1) as stage:
        qtbot.waitUntil(lambda: len(stage.asked(ShowAreas)) > 1)
