"""Who stands behind a card that moves money: the PIN again, and for much a second person with one.

PINs are typed unseen and never kept: QML sees only how many digits there are.
"""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.services.approvals import Proof, SecondPerson
from kiosk.ui.desk.pin_entry import PinEntry
from kiosk.ui.desk.seat import Attendant

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

OWN, SECOND = "pin", "second"
"""Where digits of a keypad go; any other word is a line of the card itself."""


@QmlElement
@QmlUncreatable("made by its form")
class ProofEntry(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """What one card was told of who approves it; of a second person once the core asks for one."""

    changed = Signal()
    typed = Signal()
    """Something was typed: what the card said of it before holds no more."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._own, self._other = PinEntry(), PinEntry()
        self.begin()

    def begin(self, field: str = OWN) -> None:
        """Forget all that was typed; digits go to this field first."""
        self.field = field
        self._name, self._needs_second = "", False
        self.take_pin()

    def ask_second(self) -> None:
        """For so much the core wants another attendant too."""
        self._needs_second = True
        self.changed.emit()

    def missing(self) -> str:
        """pin-missing or second-missing; empty when all is typed that is needed."""
        if not self._own.length:
            return "pin-missing"
        if self._needs_second and not (self._name.strip() and self._other.length):
            return "second-missing"
        return ""

    def take(self, attendant: Attendant) -> Proof:
        """The proof of this attendant; the PINs are forgotten here."""
        name, other = self._name.strip(), self._other.take()
        second = SecondPerson(name, other) if self._needs_second else None
        return Proof(attendant.id, self.take_pin(), second)

    def take_pin(self) -> str:
        """The first PIN alone, where it is a driver's; both are forgotten here."""
        pin = self._own.take()
        self._other.take()
        self.changed.emit()
        return pin

    @Slot(str)
    def point(self, field: str) -> None:
        """Digits go there from now on: pin, second, or a line of the card."""
        self.field = field

    @Slot(str)
    def typeDigit(self, digit: str) -> None:
        """One more digit of the PIN that is pointed at."""
        self._present.type(digit)
        self._say_typed()

    @Slot()
    def erase(self) -> None:
        """Take its last digit back."""
        self._present.erase()
        self._say_typed()

    @Slot(str)
    def nameSecond(self, name: str) -> None:
        """The name of another attendant, as it is typed so far."""
        if name != self._name:
            self._name = name
            self._say_typed()

    @property
    def _present(self) -> PinEntry:
        return self._other if self.field == SECOND else self._own

    def _say_typed(self) -> None:
        self.changed.emit()
        self.typed.emit()

    # What QML reads --------------------------------------------------------------------------

    @Property(str, notify=changed)
    def second(self) -> str:
        return self._name

    @Property(bool, notify=changed)
    def needsSecond(self) -> bool:
        return self._needs_second

    @Property(int, notify=changed)
    def pinLength(self) -> int:
        return self._own.length

    @Property(int, notify=changed)
    def secondLength(self) -> int:
        return self._other.length
