"""Opens a window where it stands on the screens of this machine, as small as it must be to fit.

The pages are drawn for the glass they were made for; one factor shrinks window and millimetres
alike, so that nothing moves inside. What a window shows is its own affair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QScreen
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.ui.stage import Glass, make_engine, px_per_mm

DRIVERS_GLASS = Glass(px_per_mm(diagonal_inch=21.5, width_px=1080, height_px=1920))
DESK_GLASS = Glass(px_per_mm(diagonal_inch=24, width_px=1920, height_px=1080), desk=True)
DRIVERS_PAGE = QSize(1080, 1920)
DESK_PAGE = QSize(1920, 1080)

TITLE_BAR_PX = 40
"""What a window manager takes for its frame; Qt knows it only once the window is shown."""

SAME_SHAPE = 0.01
"""Two shapes are the same when their ratios differ by less than this part."""


@dataclass(frozen=True, slots=True)
class Room:
    """One screen: all of it, and what task bars leave free."""

    whole: QRect
    free: QRect


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a window goes; `scale` is 1 for a page in the size it was drawn for."""

    scale: float
    area: QRect
    fills_screen: bool = False


def rooms_of(screens: Sequence[QScreen]) -> tuple[Room, ...]:
    """The rooms of these screens."""
    return tuple(Room(screen.geometry(), screen.availableGeometry()) for screen in screens)


class Placing:
    """Hands out a spot a window, in the order in which windows open.

    Without any room every page keeps its own size: for tests and pictures.
    """

    def __init__(self, rooms: Sequence[Room] = ()) -> None:
        self._rooms = tuple(rooms)
        self._portraits = list(rooms)
        self._left_px = 0

    def for_drivers(self, page: QSize) -> Spot:
        """A screen of its own when there is one of the page's shape, else side by side."""
        for room in self._portraits:
            if _is_same_shape(room.whole.size(), page):
                self._portraits.remove(room)
                return Spot(room.whole.height() / page.height(), room.whole, fills_screen=True)
        spot = self._fitted(page)
        area = spot.area.translated(self._left_px, 0)
        self._left_px += area.width()
        return Spot(spot.scale, area)

    def beside(self, page: QSize) -> Spot:
        """At the right edge, where the drivers' windows are not."""
        spot = self._fitted(page)
        if not self._rooms:
            return spot
        return Spot(
            spot.scale, spot.area.translated(self._rooms[0].free.width() - spot.area.width(), 0)
        )

    def _fitted(self, page: QSize) -> Spot:
        if not self._rooms:
            return Spot(1.0, QRect(QPoint(0, 0), page))
        free = self._rooms[0].free.adjusted(0, TITLE_BAR_PX, 0, 0)
        scale = min(1.0, free.width() / page.width(), free.height() / page.height())
        size = QSize(round(page.width() * scale), round(page.height() * scale))
        return Spot(scale, QRect(free.topLeft(), size))


def open_window(
    spot: Spot, *, glass: Glass, module: str, root: str, properties: dict[str, object]
) -> tuple[QQmlApplicationEngine, QQuickWindow]:
    """Load a root window with its view-model and put it where it belongs, in the size it fits."""
    engine = make_engine(replace(glass, px_per_mm=glass.px_per_mm * spot.scale))
    place = {"x": spot.area.x(), "y": spot.area.y()}
    size = {"width": spot.area.width(), "height": spot.area.height()}
    engine.setInitialProperties({**properties, **place, **size})
    engine.loadFromModule(module, root)
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    if spot.fills_screen:
        window.showFullScreen()
    return engine, window


def _is_same_shape(one: QSize, other: QSize) -> bool:
    return abs(one.width() * other.height() / (one.height() * other.width()) - 1) < SAME_SHAPE
