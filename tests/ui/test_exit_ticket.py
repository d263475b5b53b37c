"""A driver at the exit who types the code of the ticket: as good as a scan, and more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.domain.life_outcomes import TicketShown, TooManyTries
from kiosk.domain.reservation import State
from kiosk.services.events import FaultRaised, PassageReported, PassPresented, PaymentFinished
from kiosk.services.life_commands import DropChange, PresentShortCode, ShowTicket
from tests.ui.entry_site import NOW
from tests.ui.exit_stage import LANE, ExitStage, covered, due, exit_stage
from tests.ui.exit_ways import PASS, idle
from tests.ui.ticket_ways import CODE, inside, shown, to_pay_change, to_spaces, to_status


@pytest.fixture
def stage(qapp: QGuiApplication) -> Iterator[ExitStage]:
    with exit_stage(with_window=True, card_adapter="card", now=lambda: NOW) as one:
        one.lane("present")
        yield one


def leaving() -> TicketShown:
    return shown(State.ARRIVED, at=NOW)


def test_a_driver_without_a_phone_leaves_with_the_code_by_touches(stage: ExitStage) -> None:
    stage.asker.answers(ShowTicket, leaving())
    stage.touch("my_ticket")
    for sign in CODE:
        stage.touch(f"code_{sign}")
    stage.touch("do_leave")
    asked = stage.asker.asked[-1]
    assert isinstance(asked, PresentShortCode)
    assert (asked.lane, asked.short_code, asked.presented_at) == (LANE, CODE, NOW)
    stage.present(covered())
    assert stage.screen.state.page == "receipt"
    assert not stage.mine.is_open()


def test_what_is_due_on_a_typed_code_is_paid_like_that_of_a_scan(stage: ExitStage) -> None:
    inside(stage)
    stage.mine.do("leave")
    stage.present(due())
    assert stage.screen.state.page == "due"
    assert not stage.mine.is_open()


def test_too_many_wrong_codes_are_told_with_the_wait(stage: ExitStage) -> None:
    too_many = TooManyTries(NOW + timedelta(seconds=30))
    until = "Please wait until 14:05:30, or press Help."
    to_status(stage, too_many)
    assert (stage.mine.note().number, stage.mine.note().now) == ("M5", until)
    stage.mine.dismiss()
    inside(stage)
    stage.asker.answers(PresentShortCode, too_many)
    stage.mine.do("leave")
    assert (stage.mine.note().number, stage.mine.note().now) == ("M5", until)
    assert stage.screen.state.page == "mine"


def test_a_settled_ticket_says_to_leave_and_lets_out(stage: ExitStage) -> None:
    to_status(stage, shown(State.SETTLED, at=NOW))
    assert [row.key for row in stage.mine._deeds.rows] == ["leave"]
    assert stage.mine.property("state") == "All is paid: please leave now"


def test_a_substitute_at_the_exit_names_the_area_of_the_ticket(stage: ExitStage) -> None:
    to_spaces(stage)
    assert next(row.detail for row in stage.mine._spaces.rows) == "Level 1"


def test_a_ticket_held_to_the_reader_goes_before_one_that_is_looked_at(stage: ExitStage) -> None:
    inside(stage)
    stage.present(covered())
    stage.screen.on_published(PassageReported(LANE, covered().bill.reservation_id))
    assert stage.screen.state.page == "goodbye"


def test_ux_24_a_ticket_that_nobody_looks_at_any_more_is_wiped(stage: ExitStage) -> None:
    to_pay_change(stage)
    idle(stage)
    assert stage.screen.state.page == "present"
    assert isinstance(stage.asker.asked[-1], DropChange)


def test_a_pass_is_filled_in_where_a_change_is_paid(stage: ExitStage) -> None:
    to_pay_change(stage)
    stage.screen.on_published(PassPresented(LANE, PASS))
    assert stage.mine.flow.pay.state.pass_code == PASS


def test_a_fault_is_told_on_the_page_of_the_ticket(stage: ExitStage) -> None:
    inside(stage)
    stage.mine.do("occupied")
    stage.screen.on_published(FaultRaised("store-full", "Free space."))
    assert stage.mine.note().number == "store-full"
    assert stage.screen.state.page == "mine"


def test_an_overload_is_told_on_the_page_of_the_ticket(stage: ExitStage) -> None:
    inside(stage)
    refuse_all(stage)
    stage.mine.do("occupied")
    assert stage.mine.note().number == "M25"


def refuse_all(stage: ExitStage) -> None:
    stage.mine.flow.visit._asker = Full(stage)


class Full:
    """An asker whose core takes no more commands, as the bridge tells it."""

    def __init__(self, stage: ExitStage) -> None:
        self._stage = stage

    def ask(self, command: object, then: object) -> None:
        self._stage.screen.on_overloaded()


def test_back_from_the_code_leads_to_the_first_page(stage: ExitStage) -> None:
    stage.look()
    stage.screen.back()
    assert stage.screen.state.page == "present"


def test_help_comes_back_to_the_ticket(stage: ExitStage) -> None:
    inside(stage)
    stage.mine.help()
    assert stage.rung == [LANE]
    assert stage.mine.is_open()
    stage.screen.back()
    assert stage.screen.state.page == "mine"


def test_a_bill_is_not_left_for_a_code(stage: ExitStage) -> None:
    stage.present(due())
    stage.look()
    assert stage.screen.state.page == "due"


def test_what_another_driver_paid_changes_nothing_here(stage: ExitStage) -> None:
    inside(stage)
    stage.screen.on_published(PaymentFinished("other", covered()))  # type: ignore[arg-type]
    assert stage.screen.state.page == "mine"
