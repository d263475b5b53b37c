"""A driver changes what their ticket stands for: kept, paid, refused, given back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.life_outcomes import (
    Changed,
    ChangeProblem,
    ChangeRefused,
    WalkUpsOnly,
    WindowInThePast,
    WindowTooFarAhead,
)
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    PaymentRunning,
    PlateHasReservation,
    ReservationEnded,
    WrongPin,
)
from kiosk.domain.reservation import State
from kiosk.domain.search_outcomes import WindowRefused
from kiosk.domain.time import Window
from kiosk.services.events import PassPresented, PaymentFinished
from kiosk.services.life_commands import (
    ChangeReservation,
    DropChange,
    PayChange,
    ShowTicket,
)
from tests.ui.entry_site import AREAS, LANE, LATER, NOW, PASS, PIN, found, ticket
from tests.ui.entry_stage import EntryStage, entry_stage
from tests.ui.entry_ways import idle_until_the_end, page
from tests.ui.ticket_ways import (
    inside,
    kept,
    shown,
    to_change,
    to_pay_change,
    to_status,
)

EURO = Money(400, "EUR")


@pytest.fixture
def stage(qapp: QGuiApplication) -> Iterator[EntryStage]:
    with entry_stage(card_adapter="card") as one:
        yield one


def pay(stage: EntryStage) -> None:
    form = stage.mine.flow.pay
    form.scan(PASS)
    for digit in PIN:
        form.press(digit)
    form.pay()


def test_a_later_end_that_costs_more_is_kept_and_then_paid(stage: EntryStage) -> None:
    to_pay_change(stage)
    asked = stage.last(ChangeReservation)
    assert asked.window == Window(LATER, LATER + timedelta(hours=3))
    assert (page(stage), stage.mine.property("difference")) == ("pay", "€2.00")
    stage.asker.answers(PayChange, Changed(ticket(at=LATER), Money(600, "EUR"), EURO - EURO))
    stage.asker.answers(ShowTicket, shown())
    pay(stage)
    assert stage.mine.property("done") == "Changed. This is your ticket now."
    assert stage.mine.property("oldTicket") == "Your old ticket opens nothing any more."
    assert stage.asked(DropChange) == []


def test_a_cheaper_window_is_changed_at_once_and_says_what_goes_back(stage: EntryStage) -> None:
    to_status(stage)
    stage.mine.do("change")
    stage.mine.step("end_earlier")
    less = Changed(ticket(at=LATER), Money(200, "EUR"), Money(200, "EUR"))
    stage.asker.answers(ChangeReservation, less)
    stage.asker.answers(ShowTicket, shown())
    stage.mine.change()
    assert stage.mine.property("done") == "Changed. €2.00 goes back."
    assert stage.mine.property("oldTicket") == "Your old ticket opens nothing any more."


def test_who_stays_longer_is_told_that_the_ticket_in_hand_stays_good(stage: EntryStage) -> None:
    inside(stage)
    stage.mine.do("extend")
    stage.mine.step("end_later")
    longer = Changed(ticket(at=NOW), Money(600, "EUR"), EURO - EURO)
    stage.asker.answers(ChangeReservation, longer)
    stage.asker.answers(ShowTicket, shown(State.ARRIVED, at=NOW))
    stage.mine.change()
    assert stage.mine.property("oldTicket") == "The ticket you drove in with stays good, too."


def test_the_present_window_is_not_asked_for(stage: EntryStage) -> None:
    to_status(stage)
    stage.mine.do("change")
    stage.mine.change()
    assert stage.asked(ChangeReservation) == []


def test_a_car_inside_can_only_move_its_end_on(stage: EntryStage) -> None:
    inside(stage)
    stage.mine.do("extend")
    assert stage.mine.property("steps") == ["end_later"]
    stage.mine.step("end_later")
    assert stage.mine.property("steps") == ["end_earlier", "end_later"]


def test_a_car_that_came_early_keeps_its_start(stage: EntryStage) -> None:
    to_status(stage, shown(State.ARRIVED, at=NOW + timedelta(minutes=20)))
    stage.mine.do("extend")
    assert stage.mine.property("steps") == ["end_later"]


def test_who_is_inside_is_asked_for_the_end_alone_and_told_the_latest(stage: EntryStage) -> None:
    latest = NOW + timedelta(hours=4)
    to_status(stage, replace(shown(State.ARRIVED, at=NOW), latest_until=latest))
    stage.mine.do("extend")
    assert stage.mine.property("keepsStart") is True
    assert stage.mine.property("ticket")["latest"] == "Sun 22 Nov 18:05"
    for _ in range(20):
        stage.mine.step("end_later")
    assert stage.mine.property("wantedUntil") == "Sun 22 Nov 18:05"


def test_who_is_inside_and_cannot_stay_longer_is_not_asked_to(stage: EntryStage) -> None:
    ticket_shown = shown(State.ARRIVED, at=NOW)
    until = ticket_shown.ticket.window.until
    to_status(stage, replace(ticket_shown, latest_until=until))
    assert [row.key for row in stage.mine._deeds.rows] == ["occupied", "hand"]


def test_a_start_moves_between_now_and_the_end(stage: EntryStage) -> None:
    to_status(stage, shown(at=NOW + timedelta(minutes=20)))
    stage.mine.do("change")
    stage.mine.step("start_earlier")
    stage.mine.step("start_earlier")  # that would be in the past
    for _ in range(20):
        stage.mine.step("start_later")
    wanted = stage.mine.flow.look.wanted
    assert wanted is not None
    assert wanted.duration == timedelta(minutes=30)
    assert "start_earlier" in stage.mine.property("steps")
    assert "start_later" not in stage.mine.property("steps")


def test_the_latest_end_that_can_be_had_is_said_and_filled_in(stage: EntryStage) -> None:
    to_change(stage)
    latest = LATER + timedelta(hours=2, minutes=30)
    stage.asker.answers(
        ChangeReservation, ChangeRefused(ChangeProblem.SPACE_TAKEN, latest_until=latest)
    )
    stage.mine.change()
    assert stage.mine.note().now == "You can have it until Tue 24 Nov 11:45 at the latest."
    stage.mine.dismiss()
    assert stage.mine.property("wantedUntil") == "Tue 24 Nov 11:45"


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        *(
            (ChangeRefused(why), f"M{6 + number}")
            for number, why in enumerate(ChangeProblem)
            if why is not ChangeProblem.DEPOSIT_ENDS
        ),
        (ChangeRefused(ChangeProblem.DEPOSIT_ENDS, latest_until=LATER), "M26"),
        (WindowRefused(30, 1440), "M11"),
        (WindowInThePast(NOW), "M12"),
        (WindowTooFarAhead(LATER), "M13"),
        (WalkUpsOnly(AREAS[0]), "M15"),
        (PlateHasReservation(found().window), "M17"),
        (PaymentRunning(OperationKey("k")), "M18"),
    ],
)
def test_a_change_that_cannot_be_had_is_said_with_what_to_do(
    stage: EntryStage, answer: object, number: str
) -> None:
    to_change(stage)
    stage.asker.answers(ChangeReservation, answer)
    stage.mine.change()
    note = stage.mine.note()
    assert (note.number, bool(note.happened), bool(note.now)) == (number, True, True)
    stage.mine.dismiss()
    assert page(stage) == "change"


def test_a_change_that_comes_too_late_says_why(stage: EntryStage) -> None:
    to_change(stage)
    stage.asker.answers(ChangeReservation, ChangeRefused(ChangeProblem.CHEAPER_TOO_LATE))
    stage.mine.change()
    note = stage.mine.note()
    why = "It is too late for this change: cancelling costs something by now."
    assert (note.happened, note.now) == (why, "Your reservation stands as it was.")


@pytest.mark.parametrize("leave", ["back", "end"])
def test_who_does_not_pay_gives_the_change_back(stage: EntryStage, leave: str) -> None:
    to_pay_change(stage)
    getattr(stage.mine, leave)()
    assert stage.last(DropChange).reservation_id == ReservationId(77)


def test_a_screen_that_is_left_gives_the_change_back(stage: EntryStage) -> None:
    to_pay_change(stage)
    idle_until_the_end(stage)
    assert len(stage.asked(DropChange)) == 1
    assert stage.page == "attract"


def test_a_change_that_runs_out_while_somebody_looks_is_said(stage: EntryStage) -> None:
    to_pay_change(stage)
    stage.watch.at = NOW + timedelta(minutes=10)
    stage.mine.flow.second_passed()
    assert stage.mine.note().number == "M19"
    stage.mine.dismiss()
    assert (page(stage), stage.asked(DropChange)) == ("status", [])


def test_a_wrong_pin_is_said_where_it_is_typed(stage: EntryStage) -> None:
    to_pay_change(stage)
    stage.asker.answers(PayChange, WrongPin(None))
    pay(stage)
    assert (page(stage), stage.mine.flow.pay.note().number) == ("pay", "P2")


def test_ux_26_nothing_leaves_the_page_while_a_provider_is_asked(stage: EntryStage) -> None:
    to_pay_change(stage)
    stage.asker.answers(PayChange, PaymentRunning(OperationKey("change-1")))
    stage.mine.flow.pay.choose_card()
    stage.mine.flow.pay.pay()
    stage.screen.cancel()
    stage.mine.back()
    idle_until_the_end(stage)
    assert (page(stage), stage.asked(DropChange)) == ("pay", [])
    stage.asker.answers(ShowTicket, shown())
    changed = Changed(ticket(at=LATER), Money(600, "EUR"), EURO - EURO)
    stage.screen.on_published(PaymentFinished(OperationKey("change-1"), changed))
    assert page(stage) == "status"


def test_a_pass_held_to_the_reader_is_filled_in_where_the_change_is_paid(
    stage: EntryStage,
) -> None:
    to_pay_change(stage)
    stage.screen.on_published(PassPresented(LANE, PASS))
    assert stage.mine.flow.pay.state.pass_code == PASS


def test_a_change_that_ended_before_it_was_paid_is_said(stage: EntryStage) -> None:
    to_pay_change(stage)
    stage.asker.answers(PayChange, ReservationEnded(State.CONFIRMED))
    pay(stage)
    assert stage.mine.note().number == "M23"


def test_a_change_that_is_kept_after_the_driver_has_left_goes_back(stage: EntryStage) -> None:
    to_change(stage)
    answers: list[object] = []
    stage.mine.flow.visit._asker = Later(answers)
    stage.mine.change()
    stage.mine.end()
    answers[0](kept())  # type: ignore[operator]
    assert len(stage.asked(DropChange)) == 1


class Later:
    """An asker whose answers come when the test wants."""

    def __init__(self, answers: list[object]) -> None:
        self._answers = answers

    def ask(self, command: object, then: object) -> None:
        self._answers.append(then)
