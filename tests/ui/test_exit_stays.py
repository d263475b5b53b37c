"""What the exit screen keeps and forgets: faults, idle drivers, help, problems of tickets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.outcomes import (
    LaneBusy,
    LaneOutOfOrder,
    NoCarInLane,
    StayNotPriced,
    TicketEarly,
    TicketExpired,
    TicketForged,
    TicketNotInside,
    TicketOfAnotherSite,
    TicketRevoked,
    TicketUnknown,
    TicketUsed,
)
from kiosk.domain.pricing.charge_lines import EntryTooLongAgo, ExitBeforeEntry, PriceNotStated
from kiosk.services.events import (
    FaultRaised,
    PassageReported,
    PassPresented,
    SiteChanged,
    TicketPresented,
)
from kiosk.ui.translate import Translations
from tests.ui.exit_stage import BOOKED, LANE, ExitStage, covered, due, exit_stage
from tests.ui.exit_ways import PASS, idle, pay_by_wallet

OTHER_LANE = LaneName("exit-2")
FAULT = FaultRaised("store-full", "Free space on the data partition.")


@pytest.fixture
def stage(qapp: QObject) -> Iterator[ExitStage]:
    with exit_stage(card_adapter="card") as one:
        one.lane("present")
        yield one


# Faults of the computer ------------------------------------------------------------------


def test_a_fault_while_paying_is_told_where_pay_is_pressed_again(stage: ExitStage) -> None:
    stage.present(due())
    pay_by_wallet(stage)
    stage.screen.on_published(FAULT)
    form = stage.screen.pay_form
    assert (stage.screen.state.page, form.state.phase) == ("pay", "asking")
    assert (form.note().money, form.note().number) == ("Nothing was charged.", "store-full")


def test_a_fault_is_told_to_a_car_that_may_have_shown_its_ticket(stage: ExitStage) -> None:
    stage.screen.on_published(FAULT)
    note = stage.screen.note()
    assert stage.screen.state.page == "note"
    assert (note.happened, note.number) == ("Something failed here.", "store-full")


def test_a_driver_who_reads_chinese_is_told_of_a_full_disk_too(
    qapp: QCoreApplication, stage: ExitStage
) -> None:
    translations = Translations(qapp, qapp)
    translations.speak("zh_CN", [])
    stage.screen.on_published(FAULT)
    note = stage.screen.note()
    translations.speak("en", [])
    assert (note.happened, note.money) == ("这里出了故障。", "没有扣款。")
    assert "帮助" in note.now


def test_a_fault_disturbs_no_bill_no_receipt_and_no_empty_lane(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.on_published(FAULT)
    unpaid = stage.screen.state.page
    stage.present(covered())
    stage.screen.on_published(FAULT)
    settled = stage.screen.state.page
    stage.screen.on_published(PassageReported(LANE, ReservationId(77)))
    stage.screen.person.end()
    stage.lane("idle", arming=False)
    stage.screen.on_published(FAULT)
    assert (unpaid, settled, stage.screen.state.page) == ("due", "receipt", "present")


# Idle ------------------------------------------------------------------------------------


def test_ux_25_an_unpaid_exit_with_a_car_before_it_is_kept_and_help_is_offered(
    stage: ExitStage,
) -> None:
    stage.present(due())
    idle(stage)
    assert stage.screen.state.page == "due"
    assert stage.screen.state.offers_help


def test_ux_25_a_loop_that_is_not_known_counts_as_a_car(stage: ExitStage) -> None:
    stage.present(due())
    stage.lane("blind", arming=None)
    idle(stage)
    assert stage.screen.state.page == "due"


def test_ux_27_an_unpaid_exit_without_a_car_is_asked_and_then_wiped(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.on_published(PassPresented(LANE, PASS))
    stage.lane("idle", arming=False)
    idle(stage)
    assert stage.screen.state.page == "present"
    assert stage.screen.bill_text.state.plate == ""
    assert stage.screen.pay_form.state.pass_code == ""


def test_ux_26_a_payment_under_way_is_never_ended_by_the_clock(stage: ExitStage) -> None:
    stage.present(due())
    pay_by_wallet(stage)
    stage.lane("idle", arming=False)
    idle(stage)
    assert stage.screen.state.page == "pay"


def test_a_note_goes_away_by_itself(stage: ExitStage) -> None:
    stage.present(TicketUnknown())
    idle(stage)
    assert stage.screen.state.page == "present"


def test_cancel_forgets_the_bill_but_not_a_receipt(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.cancel()
    cancelled = stage.screen.state.page
    stage.present(covered())
    stage.screen.cancel()
    assert (cancelled, stage.screen.state.page) == ("present", "receipt")


def test_a_car_let_out_by_hand_takes_its_bill_along(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.on_published(PassageReported(LANE, ReservationId(77)))
    assert stage.screen.state.page == "goodbye"
    assert stage.screen.state.bill is None


# Help, lanes, notes ----------------------------------------------------------------------


def test_ux_36_help_rings_the_desk_each_time_and_back_returns(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.help()
    stage.screen.help()
    helped = stage.screen.state.page
    stage.screen.back()
    assert stage.rung == [LANE, LANE]
    assert (helped, stage.screen.state.page) == ("help", "due")


def test_help_over_an_unpaid_exit_keeps_it_too(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.help()
    idle(stage)
    stage.screen.back()
    assert stage.screen.state.page == "due"


def test_help_over_a_receipt_keeps_the_receipt(stage: ExitStage) -> None:
    stage.present(covered())
    stage.screen.help()
    stage.screen.cancel()
    stage.present(TicketUnknown())
    stage.screen.back()
    assert stage.screen.state.page == "receipt"


def test_other_lanes_and_changes_of_the_site_are_not_shown(stage: ExitStage) -> None:
    stage.screen.on_published(TicketPresented(OTHER_LANE, covered()))
    stage.screen.on_published(SiteChanged())
    assert stage.screen.state.page == "present"


@pytest.mark.parametrize(
    ("outcome", "happened"),
    [
        (TicketUnknown(), "This code is no parking ticket."),
        (TicketForged(), "This ticket cannot be accepted."),
        (TicketOfAnotherSite(), "This ticket is for another car park."),
        (TicketEarly(BOOKED.from_), "This ticket is good from Sun 22 Nov 11:00 on."),
        (TicketExpired(BOOKED.until), "This ticket ended on Sun 22 Nov 13:00."),
        (TicketUsed(BOOKED.until), "This ticket left the car park on Sun 22 Nov 13:00."),
        (
            TicketRevoked(BOOKED.from_),
            "This ticket is not good any more: it was replaced or ended.",
        ),
        (
            StayNotPriced(EntryTooLongAgo(timedelta(days=366))),
            "This car came in too long ago to be priced here.",
        ),
        (StayNotPriced(ExitBeforeEntry()), "By our clock this car has not come in yet."),
        (StayNotPriced(PriceNotStated("Night", "unsaid")), "This stay has no price."),
        (TicketNotInside(), "We have not seen this car drive in."),
        (LaneBusy(), "Another car is still passing."),
        (LaneOutOfOrder(), "This barrier takes no tickets now."),
        (NoCarInLane(), "No car stands before the barrier."),
    ],
)
def test_ux_32_each_problem_says_what_happened_about_money_and_what_to_do(
    stage: ExitStage, outcome: object, happened: str
) -> None:
    stage.present(outcome)
    note = stage.screen.note()
    assert stage.screen.state.page == "note"
    assert note.happened == happened
    assert "charged" in note.money
    assert note.now
    assert note.number
