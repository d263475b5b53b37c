"""The exit's pages on the glass: rules of ux.md on every page, and the story by real touches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.services.commands import PayDue
from kiosk.services.events import PassageReported
from kiosk.services.limits import LANE_SCREEN_IDLE_S
from tests.ui import glass_rules
from tests.ui.exit_pages import PAGES
from tests.ui.exit_stage import LANE, PORTRAIT, ExitStage, covered, due, exit_stage
from tests.ui.pseudo import pseudo_translator

EVERY_PAGE = pytest.mark.parametrize("page", list(PAGES))
PX_PER_MM = PORTRAIT.px_per_mm
SMALLEST_PX = int(4.8 / 0.714 * PX_PER_MM)


@pytest.fixture
def stage(qapp: QGuiApplication) -> Iterator[ExitStage]:
    QAccessible.setActive(True)
    with exit_stage(with_window=True, card_adapter="card") as one:
        one.lane("present")
        yield one


@pytest.fixture
def pseudo(qapp: QGuiApplication, tmp_path: Path) -> Iterator[None]:
    translator = pseudo_translator(tmp_path)
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)
    translator.deleteLater()


def go(stage: ExitStage, page: str) -> None:
    PAGES[page](stage)
    QGuiApplication.processEvents()
    stage.window.grabWindow()


@EVERY_PAGE
def test_ux_2_3_39_controls_are_large_apart_and_named(stage: ExitStage, page: str) -> None:
    go(stage, page)
    assert glass_rules.too_small(stage.window, 20 * PX_PER_MM) == []
    assert glass_rules.too_close(stage.window, 3 * PX_PER_MM) == []
    assert glass_rules.nameless(stage.window) == []


@EVERY_PAGE
def test_ux_5_6_words_are_legible_whole_and_apart(stage: ExitStage, page: str) -> None:
    go(stage, page)
    assert glass_rules.too_fine(stage.window, SMALLEST_PX) == []
    assert glass_rules.cut_off(stage.window) == []
    assert glass_rules.overlapping(stage.window) == []


@EVERY_PAGE
def test_ux_6_words_two_fifths_longer_still_fit(pseudo: None, stage: ExitStage, page: str) -> None:
    go(stage, page)
    assert glass_rules.cut_off(stage.window) == []
    assert glass_rules.overlapping(stage.window) == []


def test_a_driver_pays_the_rest_by_touches_and_leaves(qtbot: QtBot, stage: ExitStage) -> None:
    stage.asker.answers(PayDue, covered(parked_minutes=160))
    stage.present(due())
    stage.touch("pay_due")
    for sign in "abcd2345":
        stage.touch(f"code_{sign}")
        qtbot.waitUntil(lambda: True)
    for digit in "204816":
        stage.touch(f"digit_{digit}")
    stage.touch("keypad_ok")
    assert stage.item("page_receipt").isVisible()
    stage.screen.on_published(PassageReported(LANE, None))
    QGuiApplication.processEvents()
    assert stage.item("page_goodbye").isVisible()


def test_ux_36_the_help_button_of_every_page_rings_the_desk(stage: ExitStage) -> None:
    stage.touch("help")
    assert stage.rung == [LANE]
    assert stage.item("page_help").isVisible()
    stage.touch("back")
    assert stage.item("page_present").isVisible()


def test_ux_14_the_language_changes_and_what_was_entered_stays(stage: ExitStage) -> None:
    stage.present(due())
    stage.touch("pay_due")
    stage.touch("code_a")
    stage.touch("language")
    assert stage.screen.person.state.language == "zh_CN"
    assert stage.screen.pay_form.state.pass_code == "a"
    assert stage.screen.bill_text.state.parked == "2小时40分钟"


def test_ux_17_a_finger_that_slides_off_presses_nothing(stage: ExitStage) -> None:
    stage.present(due())
    QGuiApplication.processEvents()
    button = stage.middle("pay_due")
    QTest.mousePress(stage.window, Qt.MouseButton.LeftButton, pos=button)
    QTest.mouseMove(stage.window, button + QPoint(0, 400))
    QTest.mouseRelease(stage.window, Qt.MouseButton.LeftButton, pos=button + QPoint(0, 400))
    assert stage.screen.state.page == "due"


def test_ux_24_any_touch_of_the_glass_starts_the_wait_anew(stage: ExitStage) -> None:
    stage.present(due())
    for _ in range(LANE_SCREEN_IDLE_S - 1):
        stage.screen.person.count_second()
    stage.touch_at(QPoint(540, 500))
    assert stage.screen.person.state.idle_s == 0


def test_ux_24_one_touch_answers_still_there(stage: ExitStage) -> None:
    go(stage, "still_there")
    stage.touch("still_there")
    assert stage.screen.person.state.seconds_left == 0
    assert stage.item("page_due").isVisible()


def test_a_driver_who_is_not_there_any_more_ends_it(stage: ExitStage) -> None:
    go(stage, "still_there")
    stage.lane("idle", arming=False)
    stage.touch("leave_now")
    assert stage.item("page_present").isVisible()


def test_ux_8_each_share_has_its_word_and_amount_beside_its_colour(stage: ExitStage) -> None:
    go(stage, "receipt")
    bars = [stage.item(f"bar_{party}").width() for party in ("owner", "manager", "commission")]
    assert bars == sorted(bars, reverse=True) or bars[0] == max(bars)
    assert stage.item("share_vat").isVisible()
