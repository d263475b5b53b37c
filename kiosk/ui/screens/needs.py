"""Asks what the car needs of its space: a charger, a wide accessible space, room above it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.space import ANY_CAR, CarNeeds

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

HIGH_CAR_MM = 2_100
"""What a driver who says "over 2 m" is given room for: a van's usual height."""


@QmlElement
@QmlUncreatable("Belongs to its screen")
class NeedsForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Three switches; a car of which nothing is said fits every space."""

    changed = Signal()

    def __init__(self, *, parent: QObject) -> None:
        super().__init__(parent)
        self.state = ANY_CAR

    def show(self, state: CarNeeds) -> None:
        """Show these needs."""
        self.state = state
        self.changed.emit()

    def wipe(self) -> None:
        """Nothing is known of the next car."""
        self.show(ANY_CAR)

    @Slot()
    def switch_charger(self) -> None:
        """With a charger, or not."""
        self.show(replace(self.state, charger=not self.state.charger))

    @Slot()
    def switch_accessible(self) -> None:
        """An accessible space, or not."""
        self.show(replace(self.state, accessible=not self.state.accessible))

    @Slot()
    def switch_high(self) -> None:
        """A high car, or not."""
        height_mm = HIGH_CAR_MM if self.state.height_mm is None else None
        self.show(replace(self.state, height_mm=height_mm))

    @Property(bool, notify=changed)
    def charger(self) -> bool:
        return self.state.charger

    @Property(bool, notify=changed)
    def accessible(self) -> bool:
        return self.state.accessible

    @Property(bool, notify=changed)
    def high(self) -> bool:
        return self.state.height_mm is not None

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many of the three are wanted."""
        return self.state.charger + self.state.accessible + (self.state.height_mm is not None)
