"""The number plate that a driver types, by country; whether it may park is left to the core."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.ui.format import plate as readable
from kiosk.ui.plate_keys import Country, is_complete, possible_keys

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class PlateState:
    """The signs typed so far."""

    plate: str = ""
    country: Country = "latin"


@QmlElement
@QmlUncreatable("Belongs to its screen")
class PlateForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Grows a plate sign by sign; impossible signs are dim and do nothing (ux 29)."""

    changed = Signal()

    def __init__(self, *, country: Country, parent: QObject) -> None:
        super().__init__(parent)
        self._home: Country = country
        self.state = PlateState(country=country)

    def show(self, state: PlateState) -> None:
        """Show this state."""
        self.state = state
        self.changed.emit()

    def wipe(self) -> None:
        """Forget the plate."""
        self.show(PlateState(country=self._home))

    def is_ready(self) -> bool:
        """Whether the plate can stand as it is."""
        return is_complete(self.state.plate, self.state.country)

    @Slot(str)
    def press(self, sign: str) -> None:
        """One key; a sign that cannot follow does nothing."""
        if len(sign) == 1 and sign in possible_keys(self.state.plate, self.state.country):
            self.show(replace(self.state, plate=self.state.plate + sign))

    @Slot()
    def correct(self) -> None:
        """Take the last sign away."""
        self.show(replace(self.state, plate=self.state.plate[:-1]))

    @Slot()
    def switch_country(self) -> None:
        """The other layout of keys; a plate of one country is none of the other."""
        other: Country = "latin" if self.state.country == "CN" else "CN"
        self.show(PlateState(country=other))

    @Property(str, notify=changed)
    def plate(self) -> str:
        return readable(self.state.plate)

    @Property(str, notify=changed)
    def country(self) -> str:
        return self.state.country

    @Property(str, notify=changed)
    def possible(self) -> str:
        return possible_keys(self.state.plate, self.state.country)

    @Property(bool, notify=changed)
    def canCorrect(self) -> bool:
        return self.state.plate != ""

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        return self.is_ready()
