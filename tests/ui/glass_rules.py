"""What ux.md demands of every page and a machine can see: sizes, gaps, names, room for words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem, QQuickWindow

HAIR_PX = 1.5
"""Rounding to whole pixels."""


def visible_items(window: QQuickWindow) -> Iterator[QQuickItem]:
    """Every item that is shown, parents first."""
    waiting = [window.contentItem()]
    while waiting:
        item = waiting.pop()
        if item.isVisible():
            yield item
            waiting.extend(item.childItems())


def is_a(item: QObject, type_name: str) -> bool:
    """Whether the item is of this QML type or of one built on it."""
    meta = item.metaObject()
    while meta is not None:
        if meta.className().split("_QML")[0] == type_name:
            return True
        meta = meta.superClass()
    return False


def rectangle(item: QQuickItem) -> QRectF:
    """Where the item stands on the glass."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def controls(window: QQuickWindow) -> list[QQuickItem]:
    """Everything that can be touched now."""
    return [item for item in visible_items(window) if is_a(item, "Touchable")]


def texts(window: QQuickWindow) -> list[QQuickItem]:
    """Every text that says something."""
    return [
        item for item in visible_items(window) if is_a(item, "Words") and item.property("text")
    ]


def too_small(window: QQuickWindow, side_px: float) -> list[str]:
    """Controls smaller than a finger (ux 2)."""
    found = controls(window)
    return [
        f"{item.objectName()} {item.width():.0f} x {item.height():.0f}"
        for item in found
        if min(item.width(), item.height()) < side_px - HAIR_PX
    ]


def too_close(window: QQuickWindow, gap_px: float) -> list[str]:
    """Pairs of controls with less than the gap between them (ux 3)."""
    half = (gap_px - HAIR_PX) / 2
    reach = {one: rectangle(one).adjusted(-half, -half, half, half) for one in controls(window)}
    return [
        f"{one.objectName()} and {other.objectName()}"
        for one, other in combinations(reach, 2)
        if reach[one].intersects(reach[other])
    ]


def nameless(window: QQuickWindow) -> list[str]:
    """Controls without objectName or without a name for assistive devices (ux 39)."""
    lacking: list[str] = []
    for item in controls(window):
        interface = QAccessible.queryAccessibleInterface(item)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if not name or not item.objectName():
            lacking.append(f"{item.objectName()!r} {name!r}")
    return lacking


def too_fine(window: QQuickWindow, pixel_size: int) -> list[str]:
    """Texts in a smaller type than is legible (ux 5)."""
    return [
        str(item.property("text"))
        for item in texts(window)
        if item.property("font").pixelSize() < pixel_size
    ]


def cut_off(window: QQuickWindow) -> list[str]:
    """Texts that are shortened, larger than their own room, or outside the glass (ux 6)."""
    glass = QRectF(0, 0, window.width(), window.height())
    return [
        str(item.property("text"))
        for item in texts(window)
        if item.property("truncated")
        or item.property("contentWidth") > item.width() + HAIR_PX
        or item.property("contentHeight") - 2 * air(item) > item.height() + HAIR_PX
        or not glass.adjusted(-1, -1, 1, 1).contains(rectangle(item))
    ]


def overlapping(window: QQuickWindow) -> list[str]:
    """Pairs of texts, or a text and a control it is not part of, one upon the other."""
    lower = {one: inked(one) for one in texts(window)}
    pairs = [
        f"{one.property('text')!r} upon {other.property('text')!r}"
        for one, other in combinations(lower, 2)
        if lower[one].intersects(lower[other])
    ]
    touched = {one: rectangle(one).adjusted(2, 2, -2, -2) for one in controls(window)}
    upon_controls = [
        f"{text.property('text')!r} upon {control.objectName()}"
        for text in lower
        for control in touched
        if lower[text].intersects(touched[control]) and not control.isAncestorOf(text)
    ]
    return pairs + upon_controls


def inked(text: QQuickItem) -> QRectF:
    """The room of a text across, its glyphs without the air of their lines up and down."""
    height = text.property("contentHeight")
    room = rectangle(text)
    box = QRectF(room.left(), room.center().y() - height / 2, room.width(), height)
    return box.adjusted(0, air(text), 0, -air(text))


def air(text: QQuickItem) -> float:
    """The part of a line above and below its glyphs, each, in the bundled font."""
    return float(text.property("font").pixelSize() * 0.15)
