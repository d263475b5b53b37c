"""Attendants at the desk: listed, let in with a PIN that is shown once, blocked, let in again."""

from __future__ import annotations

import pytest

from kiosk.domain.ids import AttendantId
from kiosk.domain.outcomes import NotSignedIn, WrongPin
from kiosk.services.attendant_commands import (
    AddAttendant,
    AttendantAdded,
    AttendantBlocked,
    AttendantRow,
    AttendantsShown,
    BlockAttendant,
    NameRefused,
    OwnNameRefused,
    ShowAttendants,
)
from kiosk.services.events import FaultRaised
from kiosk.ui.desk.staff_form import StaffForm
from tests.ui.desk_lives import told
from tests.ui.desk_looks import asked
from tests.ui.desk_stage import NOW, DeskStage

ROWS = (
    AttendantRow(AttendantId(1), "Ada", is_one_time=False, is_blocked=False, is_confirmed=True),
    AttendantRow(AttendantId(2), "Lee", is_one_time=False, is_blocked=True, is_confirmed=True),
    AttendantRow(AttendantId(3), "Max", is_one_time=True, is_blocked=False, is_confirmed=False),
    AttendantRow(AttendantId(4), "Zoe", is_one_time=False, is_blocked=False, is_confirmed=False),
)


def opened(stage: DeskStage) -> StaffForm:
    """Ada looks at who works here."""
    stage.asker.answers(ShowAttendants, AttendantsShown(ROWS))
    form = stage.screen._forms.staff_form
    form.open()
    return form


def typed(form: StaffForm, pin: str = "482913") -> StaffForm:
    """Digits, as the keypad gives them."""
    for digit in pin:
        form.typeDigit(digit)
    return form


def test_everybody_is_listed_with_how_it_stands(at_work: DeskStage) -> None:
    form = opened(at_work)

    listed = [(each["name"], each["how"]) for each in form.property("attendants")]

    assert listed == [("Ada", "here"), ("Lee", "blocked"), ("Max", "new"), ("Zoe", "alone")]


def test_a_new_attendant_gets_a_pin_that_is_gone_with_the_card(at_work: DeskStage) -> None:
    at_work.asker.answers(AddAttendant, AttendantAdded("Kai", "204816"))
    form = typed(opened(at_work))
    form.typeName(" Kai ")

    form.confirm()

    command = at_work.last(AddAttendant)
    assert (command.name, command.pin, command.attendant_id) == ("Kai", "482913", 1)
    assert (form.state.page, form.property("oneTimePin")) == ("told", "204816")
    form.confirm()
    assert (form.property("isShown"), form.property("oneTimePin")) == (False, "")


@pytest.mark.parametrize(
    ("name", "is_blocked", "said"),
    [("Zoe", True, "staff-blocked"), ("Lee", False, "staff-allowed")],
)
def test_who_is_chosen_is_blocked_or_let_in_again(
    at_work: DeskStage, name: str, is_blocked: bool, said: str
) -> None:
    at_work.asker.answers(BlockAttendant, AttendantBlocked(name, is_blocked=is_blocked))
    form = typed(opened(at_work))
    form.choose(name)

    form.confirm()

    command = at_work.last(BlockAttendant)
    assert (command.name, command.is_blocked) == (name, is_blocked)
    assert told(at_work) == (said, name)
    assert not form.property("isShown")


def test_who_has_no_own_pin_yet_gets_another_one_time_pin(at_work: DeskStage) -> None:
    form = typed(opened(at_work))
    form.choose("Max")

    form.confirm()

    assert at_work.last(AddAttendant).name == "Max"


def test_nothing_is_asked_without_a_name_and_the_own_pin(at_work: DeskStage) -> None:
    form = opened(at_work)
    form.confirm()
    nobody = form.state.problem
    form.choose("Zoe")

    form.confirm()

    assert (nobody, form.state.problem) == ("name-missing", "pin-missing")
    assert asked(at_work, AddAttendant) + asked(at_work, BlockAttendant) == 0


@pytest.mark.parametrize(
    ("outcome", "problem", "limit"),
    [
        (NameRefused(), "name-refused", ""),
        (OwnNameRefused(), "own-name", ""),
        (WrongPin(None), "wrong-pin", ""),
        (WrongPin(NOW), "locked", "14:05"),
    ],
)
def test_what_the_core_refuses_is_said(
    at_work: DeskStage, outcome: object, problem: str, limit: str
) -> None:
    at_work.asker.answers(BlockAttendant, outcome)
    form = typed(opened(at_work))
    form.choose("Ada")

    form.confirm()

    assert (form.state.problem, form.state.limit) == (problem, limit)
    assert form.property("pinLength") == 0


def test_a_fault_is_told_and_a_locked_desk_forgets_the_pin(at_work: DeskStage) -> None:
    form = typed(opened(at_work))
    form.choose("Zoe")
    form.confirm()
    at_work.screen.on_published(FaultRaised("store-full", "Free space."))
    problem = form.state.problem
    typed(form)

    at_work.screen.lock()

    assert problem == "failed"
    assert not form.property("isShown")
    assert form.property("pinLength") == 0


def test_who_is_signed_in_no_more_is_sent_to_the_sign_in(at_work: DeskStage) -> None:
    at_work.asker.answers(AddAttendant, NotSignedIn())
    form = typed(opened(at_work))
    form.typeName("Kai")

    form.confirm()

    assert at_work.screen.state.page == "locked"
