"""A scanner that types like a keyboard: its keys become a code, a person's stay what they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hardware.scanner import CodeGate, ScanFraming, ScannedCode
from kiosk.ui.wedge import KeyboardWedge
from tests.ui.part_stage import PartStage, shown

FIELD = """
TextInput {
    objectName: 'field'; focus: true
    Keys.onReturnPressed: hear('enter')
    Keys.onEnterPressed: hear('enter')
    Keys.onReleased: event => {
        if (event.key === Qt.Key_F1) hear('f1')
        if (event.key === Qt.Key_Return || event.key === Qt.Key_S) hear('up')
    }
    Keys.onPressed: event => { if (event.modifiers & Qt.AltModifier) hear('alt') }
}
"""
CODE = "SP1.ABC-123"
WAIT_MS = 5_000


class Typist:
    """Types into a window that a wedge watches, at instants of its own."""

    def __init__(self, stage: PartStage) -> None:
        self.stage = stage
        self.codes: list[ScannedCode] = []
        self.now_ms = 1_000
        self.wedge = KeyboardWedge(
            stage.window,
            on_code=self.codes.append,
            framing=ScanFraming(has_aim=True, suffix=b"#"),
            gate=CodeGate(dedupe_s=2.0, rate_max=3),
        )
        stage.window.requestActivate()

    @property
    def field(self) -> str:
        """What stands in the text field."""
        return str(self.stage.item("field").property("text"))

    @property
    def texts(self) -> list[str]:
        """The codes that came."""
        return [code.text for code in self.codes]

    def scan(self, text: str, gap_ms: int = 5, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Type as a scanner does: fast, and Enter at the end."""
        for letter in text:
            self.press(_key(letter), letter, gap_ms)
        if end is not None:
            self.press(end, "\r", gap_ms)

    def write(self, text: str, gap_ms: int = 120) -> None:
        """Type as a person does."""
        self.scan(text, gap_ms, end=None)

    def press(self, key: Qt.Key, text: str, gap_ms: int, *, repeats: bool = False) -> None:
        """One key, pressed and released."""
        self.now_ms += gap_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text, repeats)
            event.setTimestamp(self.now_ms)
            QCoreApplication.sendEvent(self.stage.window, event)


def _key(letter: str) -> Qt.Key:
    return Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown


@pytest.fixture
def typist(qapp: object) -> Iterator[Typist]:
    with shown(FIELD) as stage:
        yield Typist(stage)


def test_fast_keys_and_enter_are_one_code_and_nothing_is_typed(typist: Typist) -> None:
    typist.scan(CODE)

    assert typist.texts == [CODE]
    typist.wedge.let_go()
    assert typist.field == ""
    assert typist.stage.heard() == []


def test_keys_that_come_through_the_window_system_are_a_code(qapp: object) -> None:
    codes: list[ScannedCode] = []
    with shown(FIELD) as stage:
        KeyboardWedge(stage.window, on_code=codes.append, gap_ms=WAIT_MS)
        for letter in CODE.replace(".", ""):
            QTest.keyClick(stage.window, _key(letter))
        QTest.keyClick(stage.window, Qt.Key.Key_Enter)

        assert [code.text for code in codes] == ["sp1abc-123"]
        assert stage.item("field").property("text") == ""


def test_a_person_writes_as_if_nobody_watched(typist: Typist) -> None:
    typist.write("MPK 204")
    typist.press(Qt.Key.Key_Return, "\r", 120)

    assert typist.field == "MPK 204"
    assert typist.stage.heard() == ["enter", "up"]
    assert typist.texts == []


def test_a_last_key_of_a_person_arrives_by_itself(typist: Typist, qtbot: QtBot) -> None:
    typist.write("A")

    qtbot.waitUntil(lambda: typist.field == "A", timeout=WAIT_MS)


def test_the_enter_of_a_person_who_pressed_it_fast_is_enter(typist: Typist) -> None:
    typist.write("MPK2")
    typist.press(Qt.Key.Key_Return, "\r", 10)

    assert typist.field == "MPK2"
    assert typist.stage.heard() == ["enter", "up"]


def test_two_keys_under_one_hand_stay_two_keys(typist: Typist) -> None:
    typist.write("MP")
    typist.scan("K20", gap_ms=20, end=None)
    typist.write("4")
    typist.wedge.let_go()

    assert typist.field == "MPK204"


def test_a_key_that_is_held_down_is_no_scanner(typist: Typist) -> None:
    typist.press(Qt.Key.Key_A, "A", 200)
    for _ in range(9):
        typist.press(Qt.Key.Key_A, "A", 30, repeats=True)
    typist.press(Qt.Key.Key_Return, "\r", 30)

    assert typist.field == "A" * 10
    assert typist.texts == []


def test_keys_just_too_slow_are_a_persons(typist: Typist) -> None:
    typist.scan(CODE, gap_ms=50)

    assert typist.texts == []
    assert typist.field == CODE


def test_keys_just_fast_enough_are_a_scanners(typist: Typist) -> None:
    typist.write("SLOW")
    typist.now_ms += 120
    typist.scan(CODE, gap_ms=49)

    assert typist.texts == [CODE]
    assert typist.field == "SLOW"


def test_a_scanner_may_hold_shift_within_a_code(typist: Typist) -> None:
    for letter in CODE:
        typist.press(Qt.Key.Key_Shift, "", 5)
        typist.press(_key(letter), letter, 5)
    typist.press(Qt.Key.Key_Return, "\r", 5)

    assert typist.texts == [CODE]


def test_keys_that_are_no_letters_go_through_at_once(typist: Typist) -> None:
    typist.write("AB")
    typist.press(Qt.Key.Key_F1, "", 5)

    assert typist.stage.heard() == ["f1"]
    assert typist.field == "AB"


def test_a_key_with_alt_goes_through_at_once(typist: Typist) -> None:
    QTest.keyClick(typist.stage.window, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)

    assert "alt" in typist.stage.heard()


def test_what_the_scanner_adds_is_removed(typist: Typist) -> None:
    typist.scan(f"]Q1{CODE}#")

    assert typist.texts == [CODE]


def test_the_same_code_counts_once_in_two_seconds(typist: Typist) -> None:
    for _ in range(20):
        typist.scan(CODE)
        typist.now_ms += 20

    assert typist.texts == [CODE]
    typist.now_ms += 2_000
    typist.scan(CODE)
    assert typist.texts == [CODE, CODE]


def test_no_more_codes_a_second_than_the_site_takes(typist: Typist) -> None:
    for number in range(6):
        typist.scan(f"CODE-{number}", gap_ms=2)

    assert typist.texts == ["CODE-0", "CODE-1", "CODE-2"]


def test_a_code_of_the_longest_length_is_taken_and_a_longer_one_is_not(typist: Typist) -> None:
    typist.scan("A" * 512, gap_ms=1)
    typist.scan("B" * 513, gap_ms=1)

    assert typist.texts == ["A" * 512]
    assert typist.field == ""


def test_ten_thousand_keys_without_enter_are_held_by_nobody(typist: Typist) -> None:
    typist.scan("X" * 10_000, gap_ms=1, end=None)
    assert typist.wedge._held == []

    typist.now_ms += 200
    typist.scan(CODE)

    assert typist.texts == [CODE]
    assert typist.field == ""


def test_a_key_that_bounces_for_ever_is_held_by_nobody(typist: Typist) -> None:
    for _ in range(2_000):
        typist.press(Qt.Key.Key_Shift, "", 1)

    assert typist.wedge._held == []


def test_a_code_without_enter_is_nothing(typist: Typist) -> None:
    typist.scan(CODE, end=None)
    typist.wedge.let_go()

    assert (typist.field, typist.texts) == ("", [])


def test_instants_that_jump_back_are_a_minute_and_cost_no_code(typist: Typist) -> None:
    typist.scan(CODE)
    typist.now_ms = 0

    typist.scan(CODE)
    typist.scan("SP1.ANOTHER")

    assert typist.texts == [CODE, CODE, "SP1.ANOTHER"]
