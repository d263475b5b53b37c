"""Where windows go and how much they shrink, on the screens that machines have."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from kiosk.app.placing import (
    DESK_PAGE,
    DRIVERS_GLASS,
    DRIVERS_PAGE,
    TITLE_BAR_PX,
    Placing,
    Room,
    Spot,
    open_window,
)
from kiosk.ui.stage import delete_now, load_fonts

LAPTOP = Room(QRect(0, 0, 1440, 900), QRect(0, 25, 1440, 850))
PORTRAIT = Room(QRect(1440, 0, 1080, 1920), QRect(1440, 0, 1080, 1920))
FINE_PORTRAIT = Room(QRect(0, 0, 2160, 3840), QRect(0, 0, 2160, 3840))


def test_without_a_screen_every_page_keeps_its_own_size() -> None:
    placing = Placing()

    assert placing.for_drivers(DRIVERS_PAGE) == Spot(1.0, QRect(0, 0, 1080, 1920))
    assert placing.beside(DESK_PAGE) == Spot(1.0, QRect(0, 0, 1920, 1080))


def test_a_portrait_page_shrinks_to_the_height_that_a_laptop_leaves() -> None:
    spot = Placing([LAPTOP]).for_drivers(DRIVERS_PAGE)

    assert spot.area.height() == 850 - TITLE_BAR_PX
    assert spot.area.top() == 25 + TITLE_BAR_PX
    assert spot.area.width() == round(1080 * spot.scale)
    assert not spot.fills_screen


def test_drivers_windows_stand_side_by_side() -> None:
    placing = Placing([LAPTOP])

    entry = placing.for_drivers(DRIVERS_PAGE).area
    exit_ = placing.for_drivers(DRIVERS_PAGE).area

    assert exit_.left() == entry.left() + entry.width()
    assert exit_.top() == entry.top()


def test_the_desk_shrinks_to_the_width_and_stands_at_the_right_edge() -> None:
    spot = Placing([LAPTOP]).beside(DESK_PAGE)

    assert spot.scale == pytest.approx(0.75)
    assert spot.area.right() == LAPTOP.free.right()


def test_a_page_never_grows_on_a_large_screen_of_another_shape() -> None:
    large = Room(QRect(0, 0, 5120, 2880), QRect(0, 0, 5120, 2880))

    assert Placing([large]).for_drivers(DRIVERS_PAGE).scale == 1.0


def test_a_portrait_screen_is_filled_by_the_first_drivers_window() -> None:
    placing = Placing([LAPTOP, PORTRAIT])

    first = placing.for_drivers(DRIVERS_PAGE)
    second = placing.for_drivers(DRIVERS_PAGE)

    assert first == Spot(1.0, PORTRAIT.whole, fills_screen=True)
    assert not second.fills_screen


def test_a_finer_portrait_screen_is_filled_too() -> None:
    spot = Placing([FINE_PORTRAIT]).for_drivers(DRIVERS_PAGE)

    assert spot == Spot(2.0, FINE_PORTRAIT.whole, fills_screen=True)


def test_a_shrunk_window_has_shrunk_millimetres(qtbot: QtBot, qapp: object) -> None:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QGuiApplication

    assert isinstance(qapp, QGuiApplication)
    load_fonts(qapp)
    engine, window = open_window(
        Spot(0.5, QRect(0, 0, 540, 960)),
        glass=DRIVERS_GLASS,
        module="First",
        root="FirstFrame",
        properties={},
    )
    theme = engine.singletonInstance("Theme", "Theme")
    assert isinstance(theme, QObject)

    assert (window.width(), window.height()) == (540, 960)
    assert theme.property("pxPerMm") == pytest.approx(DRIVERS_GLASS.px_per_mm / 2)
    window.close()
    delete_now(engine)
