"""How a desk is unlocked and locked, and what it then forgets; no window is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent
from pytestqt.qtbot import QtBot

from kiosk.domain.ids import AttendantId
from kiosk.domain.outcomes import (
    MustChoosePin,
    PinRefused,
    SignedIn,
    WrongPin,
)
from kiosk.services import limits
from kiosk.services.commands import (
    ChoosePin,
    ShowDesk,
    SignIn,
)
from kiosk.services.events import SiteChanged
from tests.ui.desk_looks import asked
from tests.ui.desk_stage import (
    EXIT,
    NOW,
    DeskStage,
    desk_stage,
    desk_view,
    lane_status,
)


@pytest.fixture
def desk(qapp: object) -> Iterator[DeskStage]:
    """A locked desk."""
    with desk_stage() as stage:
        yield stage


@pytest.fixture
def at_work(desk: DeskStage) -> DeskStage:
    """A desk that Ada unlocked."""
    desk.sign_in()
    return desk


# Signing in ------------------------------------------------------------------------------


def test_a_locked_desk_asks_for_nothing(desk: DeskStage) -> None:
    desk.screen.on_published(SiteChanged())

    assert desk.asker.asked == []
    assert desk.screen.state.page == "locked"


def test_the_right_pin_unlocks_the_desk_and_asks_for_the_site(at_work: DeskStage) -> None:
    assert at_work.screen.state.page == "overview"
    assert [type(command) for command in at_work.asker.asked] == [SignIn, ShowDesk]
    assert at_work.asker.asked[1].actor.name == "Ada"


def test_a_wrong_pin_is_forgotten_and_says_so(desk: DeskStage) -> None:
    form = desk.screen._sign_in
    desk.asker.answers(SignIn, WrongPin(None))
    form.typeName("Ada")
    form.typeDigit("111111")

    form.confirm()

    assert (form.state.problem, form._pin.length) == ("wrong-pin", 0)
    assert desk.screen.state.page == "locked"


def test_too_many_wrong_pins_say_until_when_to_wait(desk: DeskStage) -> None:
    form = desk.screen._sign_in
    desk.asker.answers(SignIn, WrongPin(NOW + timedelta(minutes=2)))
    form.typeName("Ada")
    form.typeDigit("1")

    form.confirm()

    assert form.state.problem == "wait"
    assert form.state.locked_until == NOW + timedelta(minutes=2)


def test_a_one_time_pin_leads_to_an_own_pin_typed_twice(desk: DeskStage) -> None:
    form = desk.screen._sign_in
    desk.asker.answers(SignIn, MustChoosePin(AttendantId(1), "Ada"))
    desk.asker.answers(ChoosePin, SignedIn(AttendantId(1), "Ada"))
    form.typeName("Ada")
    form.typeDigit("123456")
    form.confirm()
    form.typeDigit("482913")
    form.confirm()
    form.typeDigit("482913")

    form.confirm()

    chosen = next(each for each in desk.asker.asked if isinstance(each, ChoosePin))
    assert (chosen.one_time_pin, chosen.new_pin) == ("123456", "482913")
    assert desk.screen.state.page == "overview"


def test_two_different_new_pins_are_asked_for_again(desk: DeskStage) -> None:
    form = desk.screen._sign_in
    desk.asker.answers(SignIn, MustChoosePin(AttendantId(1), "Ada"))
    form.typeName("Ada")
    form.typeDigit("123456")
    form.confirm()
    form.typeDigit("482913")
    form.confirm()
    form.typeDigit("482914")

    form.confirm()

    assert (form.state.page, form.state.problem) == ("choose", "differs")
    assert asked(desk, ChoosePin) == 0


def test_a_refused_new_pin_keeps_the_one_time_pin_for_the_next_try(desk: DeskStage) -> None:
    form = desk.screen._sign_in
    desk.asker.answers(SignIn, MustChoosePin(AttendantId(1), "Ada"))
    desk.asker.answers(ChoosePin, PinRefused(6), SignedIn(AttendantId(1), "Ada"))
    form.typeName("Ada")
    form.typeDigit("123456")
    form.confirm()
    form.typeDigit("111111")
    form.confirm()
    form.typeDigit("111111")
    form.confirm()
    form.typeDigit("482913")
    form.confirm()
    form.typeDigit("482913")

    form.confirm()

    assert desk.last(ChoosePin).one_time_pin == "123456"
    assert desk.screen.state.page == "overview"


# Locking ---------------------------------------------------------------------------------


def test_five_minutes_without_a_touch_lock_the_desk(at_work: DeskStage) -> None:
    assert limits.DESK_LOCK_IDLE_S == 300
    assert at_work.screen._idle.interval() == 300_000
    assert at_work.screen._idle.isActive()

    at_work.screen._idle.timeout.emit()

    assert at_work.screen.state.page == "locked"


def test_a_key_begins_the_five_minutes_anew(at_work: DeskStage, qtbot: QtBot) -> None:
    at_work.screen._idle.stop()

    at_work.screen.eventFilter(at_work.screen, QEvent(QEvent.Type.KeyPress))

    assert at_work.screen._idle.isActive()


def test_a_moving_mouse_alone_does_not_keep_the_desk_open(at_work: DeskStage) -> None:
    at_work.screen._idle.stop()

    at_work.screen.eventFilter(at_work.screen, QEvent(QEvent.Type.MouseMove))

    assert not at_work.screen._idle.isActive()


def test_locking_wipes_every_form(at_work: DeskStage) -> None:
    at_work.screen.showWallet()
    at_work.screen._wallet.typePass("k7mp2xqa")
    at_work.screen._open_form.for_lane(EXIT, (lane_status(EXIT),))
    at_work.screen._stays.type("DD")

    at_work.screen.lock()

    assert at_work.screen._wallet.state.pass_code == ""
    assert not at_work.screen._open_form.state.is_shown
    assert at_work.screen._stays.state.filter == ""
    assert at_work.screen._seat.attendant is None


def test_locking_forgets_the_digits_of_a_pin(desk: DeskStage) -> None:
    desk.screen._sign_in.typeDigit("4829")

    desk.screen.lock()

    assert desk.screen._sign_in._pin.length == 0


def test_an_answer_after_the_lock_shows_nothing(desk: DeskStage) -> None:
    desk.asker.answers(SignIn, SignedIn(AttendantId(1), "Ada"))
    desk.screen._sign_in.typeName("Ada")
    desk.screen._sign_in.typeDigit("482913")
    desk.screen._sign_in.confirm()
    desk.screen.lock()

    desk.screen._answered(desk_view())

    assert desk.screen._stays._lines.rows == ()
