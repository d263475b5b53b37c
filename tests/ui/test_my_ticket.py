"""A driver with a ticket of their own: found by its code, cancelled, moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.domain.ids import ReservationId
from kiosk.domain.life_outcomes import (
    CancellationPriced,
    Displaced,
    MoveRefused,
    SubstitutesFound,
    TooManyTries,
)
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    Cancelled,
    LaneBusy,
    NoCarInLane,
    ReservationEnded,
    SpaceJustTaken,
    TicketEarly,
    TicketForged,
    TicketOfAnotherSite,
    TicketRevoked,
    TicketUnknown,
)
from kiosk.domain.reservation import State
from kiosk.services.commands import CancelReservation
from kiosk.services.events import FaultRaised
from kiosk.services.life_commands import (
    AcceptDisplacement,
    FindSubstitutes,
    PresentShortCode,
    PriceCancellation,
    ShowTicket,
    TakeSubstitute,
)
from tests.ui.entry_site import LANE, LATER, NOW, granted, space
from tests.ui.entry_stage import EntryStage, entry_stage
from tests.ui.entry_ways import page
from tests.ui.ticket_ways import (
    CODE,
    after_move,
    inside,
    shown,
    to_cancel,
    to_change,
    to_none,
    to_spaces,
    to_status,
)

EURO = Money(400, "EUR")


@pytest.fixture
def stage(qapp: QGuiApplication) -> Iterator[EntryStage]:
    with entry_stage(card_adapter="card") as one:
        yield one


@pytest.fixture
def glass(qapp: QGuiApplication) -> Iterator[EntryStage]:
    with entry_stage(with_window=True) as one:
        yield one


def deeds(stage: EntryStage) -> list[str]:
    return [row.key for row in stage.mine._deeds.rows]


# Finding it ------------------------------------------------------------------------------


def test_a_code_is_typed_and_the_ticket_is_shown_by_touches(glass: EntryStage) -> None:
    glass.asker.answers(ShowTicket, shown(moved=True))
    QGuiApplication.processEvents()
    glass.touch("my_ticket")
    glass.touch_all("code_", CODE)
    asked = glass.last(ShowTicket)
    assert (asked.lane, asked.code) == (LANE, CODE)
    assert (glass.text("my_space"), glass.text("moved")) == ("B6", "Moved from A5 to")
    assert glass.text("my_opens") == "The entrance opens from Tue 24 Nov 09:00 on"


def test_a_ticket_held_to_the_reader_is_shown_where_it_opens_nothing(stage: EntryStage) -> None:
    stage.look()
    stage.asker.answers(ShowTicket, shown())
    stage.present(TicketEarly(LATER), code="P1/ABC")
    assert stage.last(ShowTicket).code == "P1/ABC"
    assert page(stage) == "status"


def test_a_good_ticket_still_opens_while_somebody_looks_at_tickets(stage: EntryStage) -> None:
    stage.look()
    stage.present(granted(), code="P1/ABC")
    assert stage.page == "drive"
    assert stage.asked(ShowTicket) == []


def test_the_note_of_an_early_ticket_leads_to_what_can_be_done_with_it(stage: EntryStage) -> None:
    stage.present(NoCarInLane(), code="P1/ABC")
    assert stage.page == "note"
    stage.asker.answers(ShowTicket, shown())
    stage.screen.followNote()
    assert (page(stage), stage.last(ShowTicket).code) == ("status", "P1/ABC")


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        (TicketUnknown(), "M1"),
        (TicketForged(), "M2"),
        (TicketOfAnotherSite(), "M3"),
        (TicketRevoked(NOW), "M4"),
        (TooManyTries(NOW + timedelta(seconds=30)), "M5"),
    ],
)
def test_a_code_that_shows_nothing_is_answered_in_words(
    stage: EntryStage, answer: object, number: str
) -> None:
    to_status(stage, answer)
    assert (page(stage), stage.mine.note().number) == ("note", number)
    stage.mine.dismiss()
    assert page(stage) == "code"


def test_the_wait_after_too_many_codes_is_said_to_the_second(stage: EntryStage) -> None:
    to_status(stage, TooManyTries(NOW + timedelta(seconds=30)))
    assert stage.mine.note().now == "Please wait until 14:05:30, or press Help."


def test_without_a_code_the_pass_brings_the_ticket_back(stage: EntryStage) -> None:
    stage.look()
    stage.mine.prove()
    assert stage.page == "proof"


def test_a_sign_too_much_is_taken_back(stage: EntryStage) -> None:
    stage.look()
    stage.mine.press("k")
    stage.mine.press("0")  # no code has a zero
    stage.mine.press("m")
    stage.mine.correct()
    assert stage.mine.property("typed") == "k"


# What can be done with it ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (shown(), ["change", "cancel"]),
        (shown(at=NOW), ["enter", "change", "occupied", "cancel"]),
        (shown(at=NOW - timedelta(hours=2)), []),
        (shown(State.ARRIVED, at=NOW), ["extend", "occupied", "hand"]),
        (shown(State.ARRIVED, at=NOW - timedelta(hours=2)), ["hand"]),
        (shown(State.SETTLED, at=NOW), []),
        (shown(State.LEFT, at=NOW), ["enter"]),
        (shown(State.LEFT, at=NOW - timedelta(days=1)), []),
        (shown(State.CANCELLED, pays_back=400), []),
        (shown(State.NO_SHOW, pays_back=0), []),
        (shown(State.EXPIRED, pays_back=0), []),
        (shown(State.SUBSTITUTED, pays_back=400), []),
        (shown(State.DISPLACED, pays_back=400), []),
        (shown(State.OWNER_RECALLED, pays_back=400), []),
    ],
)
def test_only_what_makes_sense_in_its_state_is_offered(
    stage: EntryStage, answer: object, expected: list[str]
) -> None:
    to_status(stage, answer)
    assert deeds(stage) == expected
    assert stage.mine.property("state") != ""


def test_every_state_has_words_of_its_own(stage: EntryStage) -> None:
    said = set()
    for state in State:
        to_status(stage, shown(state))
        said.add(str(stage.mine.property("state")))
    assert len(said) == len(State)


def test_an_ended_reservation_says_what_went_back_and_shows_no_picture(stage: EntryStage) -> None:
    to_status(stage, shown(State.CANCELLED, pays_back=400))
    assert stage.mine.property("paysBack") == "€4.00"
    assert stage.mine.property("ticket")["qr"] == ""


def test_drive_in_now_is_as_good_as_a_scan(stage: EntryStage) -> None:
    to_status(stage, shown(at=NOW))
    stage.mine.do("enter")
    asked = stage.last(PresentShortCode)
    assert (asked.lane, asked.short_code, asked.presented_at) == (LANE, CODE, NOW)


def test_too_many_tries_at_driving_in_are_said(stage: EntryStage) -> None:
    to_status(stage, shown(at=NOW))
    stage.asker.answers(PresentShortCode, TooManyTries(NOW))
    stage.mine.do("enter")
    assert stage.mine.note().number == "M5"


# Cancelling ------------------------------------------------------------------------------


def test_what_goes_back_is_shown_before_anything_is_cancelled(stage: EntryStage) -> None:
    to_cancel(stage)
    assert page(stage) == "cancel"
    assert (stage.mine.property("refund"), stage.mine.property("kept")) == ("€3.00", "€1.00")
    assert stage.asked(CancelReservation) == []


def test_a_yes_cancels_at_the_price_that_was_shown(stage: EntryStage) -> None:
    to_cancel(stage)
    stage.asker.answers(CancelReservation, Cancelled(Money(300, "EUR")))
    stage.asker.answers(ShowTicket, shown(State.CANCELLED, pays_back=300))
    stage.mine.cancelReservation()
    assert stage.last(CancelReservation).agreed_refund == Money(300, "EUR")
    assert stage.mine.property("done") == "Cancelled. €3.00 goes back."
    assert page(stage) == "status"


def test_a_price_that_changed_meanwhile_is_shown_again(stage: EntryStage) -> None:
    to_cancel(stage)
    less = CancellationPriced(Money(100, "EUR"), Money(300, "EUR"))
    stage.asker.answers(CancelReservation, less)
    stage.mine.cancelReservation()
    assert (page(stage), stage.mine.property("refund")) == ("cancel", "€1.00")


def test_no_leaves_the_reservation_as_it_is(stage: EntryStage) -> None:
    to_cancel(stage)
    stage.mine.back()
    assert page(stage) == "status"
    assert stage.asked(CancelReservation) == []


@pytest.mark.parametrize(
    ("answer", "number"), [(ReservationEnded(State.ARRIVED), "M23"), (LaneBusy(), "M24")]
)
def test_what_cannot_be_cancelled_is_said(stage: EntryStage, answer: object, number: str) -> None:
    to_status(stage)
    stage.asker.answers(PriceCancellation, CancellationPriced(EURO, EURO - EURO))
    stage.asker.answers(CancelReservation, answer)
    stage.mine.do("cancel")
    stage.mine.cancelReservation()
    assert stage.mine.note().number == number


# Another space ---------------------------------------------------------------------------


def test_an_occupied_space_is_changed_for_another_one_in_three_touches(glass: EntryStage) -> None:
    inside(glass)
    QGuiApplication.processEvents()
    better = SubstitutesFound(ReservationId(77), space(17), (space(16), space(20)))
    glass.asker.answers(FindSubstitutes, better)
    glass.touch("do_occupied")
    glass.touch("take_16")
    assert glass.last(TakeSubstitute).space_id == 16


def test_after_the_move_the_new_space_is_told(stage: EntryStage) -> None:
    after_move(stage)
    assert stage.mine.property("done") == "Your space is now B5. The price stays."
    assert stage.mine.property("ticket")["movedFrom"] == "B6"


@pytest.mark.parametrize(
    ("answer", "number"),
    [(SpaceJustTaken(), "M20"), (MoveRefused(space(16), None), "M21")],
)
def test_a_substitute_that_is_gone_is_said(stage: EntryStage, answer: object, number: str) -> None:
    to_spaces(stage)
    stage.asker.answers(TakeSubstitute, answer)
    stage.mine.takeSpace("16")
    assert stage.mine.note().number == number


def test_without_a_substitute_all_the_money_goes_back(stage: EntryStage) -> None:
    to_none(stage)
    assert page(stage) == "none"
    stage.asker.answers(AcceptDisplacement, Displaced(ReservationId(77), EURO))
    stage.asker.answers(ShowTicket, shown(State.DISPLACED, pays_back=400))
    stage.mine.takeMoney()
    assert stage.mine.property("done") == "All your money goes back: €4.00."


def test_a_space_that_became_idle_meanwhile_is_offered_before_the_money(
    stage: EntryStage,
) -> None:
    to_none(stage)
    found_one = SubstitutesFound(ReservationId(77), space(17), (space(16),))
    stage.asker.answers(AcceptDisplacement, found_one)
    stage.mine.takeMoney()
    assert page(stage) == "spaces"


# Leaving, faults -------------------------------------------------------------------------


def test_done_wipes_the_ticket(stage: EntryStage) -> None:
    to_status(stage)
    stage.mine.end()
    assert stage.page == "attract"
    assert stage.mine.flow.look.shown is None


def test_back_leads_page_by_page_to_the_first_one(stage: EntryStage) -> None:
    to_change(stage)
    pages = []
    for _ in range(3):
        stage.screen.back()
        pages.append(stage.page if stage.page == "attract" else page(stage))
    assert pages == ["status", "code", "attract"]


def test_a_fault_is_told_to_who_waits_here(stage: EntryStage) -> None:
    to_status(stage)
    stage.mine.do("cancel")
    stage.screen.on_published(FaultRaised("store-full", "Free space."))
    assert stage.mine.note().number == "store-full"
    stage.mine.dismiss()
    assert deeds(stage) == ["change", "cancel"]


def test_help_rings_the_desk_and_comes_back_to_the_ticket(stage: EntryStage) -> None:
    to_status(stage)
    stage.mine.help()
    assert (stage.rung, stage.page) == ([LANE], "help")
    stage.screen.back()
    assert page(stage) == "status"


def test_another_language_says_everything_anew(stage: EntryStage) -> None:
    to_status(stage, shown(State.CANCELLED, pays_back=400))
    stage.screen.person.speak("zh_CN")
    assert stage.mine.property("ticket")["window"] == "11月24日 周二 09:15\u00a0–\u2060\u00a011:15"


def test_an_entry_without_a_moved_space_says_just_your_space(glass: EntryStage) -> None:
    glass.present(granted())
    QGuiApplication.processEvents()
    assert glass.text("drive_word") == "Your space"


def test_a_driver_who_was_moved_is_told_so_at_the_open_barrier(glass: EntryStage) -> None:
    glass.present(replace(granted(), moved_from=space(5)))
    QGuiApplication.processEvents()
    assert glass.text("drive_word") == "Your space is now B6, not A5"
