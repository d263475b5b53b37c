"""Rules of ux.md that a machine can check on the toy window: English, Chinese, longer words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from kiosk.app.placing import DESK_GLASS
from kiosk.ui.toy_lane import ROAD_FROM_MM, ROAD_UNTIL_MM
from kiosk.ui.translate import Translations
from tests.ui.glass_rules import (
    cut_off,
    nameless,
    overlapping,
    too_close,
    too_fine,
    too_small,
)
from tests.ui.pseudo import pseudo_translator
from tests.ui.toy_stage import ToyStage, toy_stage


@pytest.fixture
def toys(qapp: object) -> Iterator[ToyStage]:
    """An entry and an exit in which nothing happens yet."""
    with toy_stage() as stage:
        yield stage


@pytest.fixture
def translations(qapp: QGuiApplication) -> Iterator[Translations]:
    """Every language; English again afterwards."""
    home = QObject()
    made = Translations(qapp, home)
    yield made
    made.speak_in_toys("en", [])
    home.deleteLater()


def _busy(toys: ToyStage) -> None:
    """As many words as the window can show at once."""
    toys.codes.ticket, toys.codes.wallet_pass = "P1/GOOD", "W1/k7mp2xqa"
    toys.entry.car_arrives()
    toys.entry.passes(60)
    toys.touch("forged_entry")
    toys.touch("plug_entry")
    toys.touch("loop_entry")
    toys.touch("fire_exit")
    toys.touch("jam_exit")
    toys.touch("mains_exit")
    toys.entry.plant.open_pulse()
    toys.entry.passes(0.5)
    toys.frame()


def _broken_rules(toys: ToyStage) -> list[str]:
    touch_px, gap_px = (DESK_GLASS.px_per_mm * size_mm for size_mm in (10, 2))
    small_px = DESK_GLASS.px_per_mm * 2.2 / 0.714
    found = {
        "too small": too_small(toys.window, touch_px),
        "too close": too_close(toys.window, gap_px),
        "nameless": nameless(toys.window),
        "too fine": too_fine(toys.window, round(small_px) - 1),
        "cut off": cut_off(toys.window),
        "overlapping": overlapping(toys.window),
    }
    return [f"{rule}: {each}" for rule, broken in found.items() for each in broken]


def test_ux_2_3_5_39_the_window_keeps_the_rules_of_the_glass(toys: ToyStage) -> None:
    _busy(toys)
    assert _broken_rules(toys) == []


def test_ux_14_it_speaks_chinese_live_and_keeps_the_rules(
    toys: ToyStage, translations: Translations
) -> None:
    toys.screen.languageWanted.connect(
        lambda language: translations.speak_in_toys(language, [toys.engine])
    )
    _busy(toys)

    toys.touch("language")

    assert "先做什么" in toys.words()
    assert toys.item("time").property("text") == "11月22日 周日 12:00"
    assert _broken_rules(toys) == []


def test_ux_6_two_fifths_longer_words_have_room(
    toys: ToyStage, qapp: QGuiApplication, tmp_path: Path
) -> None:
    _busy(toys)
    translator = pseudo_translator(tmp_path)
    qapp.installTranslator(translator)
    try:
        toys.engine.retranslate()
        toys.frame()
        assert cut_off(toys.window) + overlapping(toys.window) == []
    finally:
        qapp.removeTranslator(translator)
        translator.deleteLater()


def test_the_drawing_shows_the_whole_way_of_a_car(toys: ToyStage) -> None:
    layout = toys.screen._site.layout
    assert layout.start_mm - 4500 > ROAD_FROM_MM
    assert layout.end_mm + 4500 <= ROAD_UNTIL_MM
