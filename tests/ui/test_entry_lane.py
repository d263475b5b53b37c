"""The entry screen before its lane: paid tickets, problems of tickets, the drive, broken lanes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.domain.ids import LaneName
from kiosk.domain.outcomes import (
    CarInside,
    LaneBusy,
    LaneOutOfOrder,
    NoCarInLane,
    PaymentDeclined,
    StayNotPriced,
    TicketEarly,
    TicketExpired,
    TicketForged,
    TicketNotInside,
    TicketOfAnotherSite,
    TicketRevoked,
    TicketsFound,
    TicketUnknown,
    TicketUsed,
    WrongPin,
)
from kiosk.domain.pricing.charge_lines import ExitBeforeEntry
from kiosk.services.commands import (
    CancelReservation,
    FindTickets,
    ShowAreas,
)
from kiosk.services.events import (
    GrantReturned,
    PaperFailed,
    PaperLow,
    PassageReported,
    PassPresented,
    PaymentFinished,
    SiteChanged,
)
from tests.ui.entry_site import LANE, NOW, PASS, PIN, granted, ticket
from tests.ui.entry_stage import EntryStage, entry_stage
from tests.ui.entry_ways import KEY, OURS, check, happened, idle_until_the_end

OTHER_LANE = LaneName("entry-2")


@pytest.fixture
def stage(qapp: QObject) -> Iterator[EntryStage]:
    with entry_stage(card_adapter="card") as one:
        one.lane("idle")
        yield one


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
        (TicketRevoked(NOW), "not good any more"),
        (CarInside(NOW), "inside already"),
        (TicketNotInside(), "for the exit"),
        (StayNotPriced(ExitBeforeEntry()), "for the exit"),
        (LaneBusy(), "Another car"),
        (LaneOutOfOrder(), "takes no tickets now"),
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


def test_a_ticket_that_was_not_printed_is_offered_on_the_screen(stage: EntryStage) -> None:
    stage.to_ticket()
    stage.screen.on_published(PaperFailed(LANE, "offline"))
    assert stage.page == "ticket"
    assert (stage.state.has_no_paper, stage.state.may_have_paper) == (True, False)
    stage.screen.on_published(PaperFailed(LANE, "unverified", may_be_there=True))
    assert (stage.state.has_no_paper, stage.state.may_have_paper) == (True, True)


def test_paper_of_the_desk_that_failed_is_not_the_next_drivers(stage: EntryStage) -> None:
    stage.screen.on_published(PaperFailed(LANE, "paper_out"))
    stage.screen.on_published(PaperLow(LANE))
    stage.to_ticket()
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
