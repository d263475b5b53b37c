"""One person at one screen: idle time, "Still there?", what the end of a session wipes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.services.limits import STILL_THERE_S
from kiosk.ui.session import Session

IDLE_S = 45


@dataclass
class Person:
    """A session with what it said, and whether its screen wants to be kept."""

    session: Session
    said: list[str] = field(default_factory=list)
    must_keep: bool = False

    def idles(self, seconds: int) -> None:
        for _ in range(seconds):
            self.session.count_second()


@pytest.fixture
def person(qapp: QObject) -> Iterator[Person]:
    home = QObject()
    session = Session(home, idle_s=IDLE_S, language="en", must_keep=lambda: one.must_keep)
    one = Person(session)
    session.ended.connect(lambda: one.said.append("ended"))
    session.kept.connect(lambda: one.said.append("kept"))
    session.language_changed.connect(one.said.append)
    session.spoken.connect(lambda: one.said.append("spoken"))
    session.begin()
    yield one
    session.end()


def test_ux_24_an_idle_screen_asks_first_and_ends_after_the_countdown(person: Person) -> None:
    person.idles(IDLE_S - 1)
    before = person.session.state.seconds_left
    person.idles(1)
    asked = person.session.state.seconds_left
    person.idles(STILL_THERE_S - 1)
    still_running = person.session.state.is_running
    person.idles(1)
    assert (before, asked, still_running) == (0, STILL_THERE_S, True)
    assert person.said == ["ended"]
    assert not person.session.state.is_running


def test_ux_24_a_touch_starts_the_wait_anew(person: Person) -> None:
    person.idles(IDLE_S - 1)
    person.session.touched()
    person.idles(IDLE_S - 1)
    assert person.session.state.seconds_left == 0


def test_ux_24_more_time_gives_three_times_the_time_without_limit(person: Person) -> None:
    person.idles(IDLE_S + 5)
    person.session.stay()
    person.idles(3 * IDLE_S - 1)
    after_the_first = person.session.state.seconds_left
    person.idles(1)
    person.session.stay()
    person.idles(3 * IDLE_S - 1)
    assert (after_the_first, person.session.state.seconds_left) == (0, 0)
    assert person.said == []


def test_a_touch_beside_the_two_answers_does_not_hide_the_question(person: Person) -> None:
    person.idles(IDLE_S)
    person.session.touched()
    assert person.session.state.seconds_left == STILL_THERE_S


def test_ux_25_a_screen_that_must_be_kept_is_neither_asked_nor_ended(person: Person) -> None:
    person.must_keep = True
    person.idles(2 * IDLE_S)
    assert person.said == ["kept", "kept"]
    assert person.session.state.is_running


def test_ux_26_a_payment_that_starts_during_the_countdown_keeps_the_session(
    person: Person,
) -> None:
    person.idles(IDLE_S + 1)
    person.must_keep = True
    person.idles(STILL_THERE_S - 1)
    assert person.said == ["kept"]
    assert person.session.state.seconds_left == 0


def test_ux_27_the_end_wipes_language_size_and_extra_time(person: Person) -> None:
    person.session.speak("zh_CN")
    person.session.larger()
    person.session.stay()
    person.session.leave()
    state = person.session.state
    assert (state.language, state.text_scale, state.limit_s) == ("en", 1.0, IDLE_S)
    assert person.said == ["zh_CN", "spoken", "en", "spoken", "ended"]


def test_nobody_leaves_by_the_button_while_the_screen_must_be_kept(person: Person) -> None:
    person.must_keep = True
    person.session.leave()
    assert person.said == ["kept"]


def test_ux_14_choosing_a_language_begins_a_session_that_gives_it_back(person: Person) -> None:
    person.session.end()
    person.session.speak("zh_CN")
    person.idles(IDLE_S + STILL_THERE_S)
    assert person.session.state.language == "en"


def test_a_touch_on_a_waiting_screen_begins_nothing(person: Person) -> None:
    person.session.end()
    person.session.touched()
    assert not person.session.state.is_running


def test_the_seconds_are_counted_by_the_session_itself(qtbot: QtBot) -> None:
    home = QObject()
    session = Session(home, idle_s=2, language="en", second_ms=1)
    with qtbot.waitSignal(session.ended):
        session.begin()
    assert not session.state.is_running
