"""Who may sign in at this desk: the list of attendants, a new one, and who works here no more.

Each deed wants the PIN again. A one-time PIN stands on the card until it is closed, and nowhere
else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.outcomes import NotSignedIn, WrongPin
from kiosk.services.attendant_commands import (
    AddAttendant,
    AttendantAdded,
    AttendantBlocked,
    AttendantRow,
    AttendantsShown,
    BlockAttendant,
    NameRefused,
    OwnNameRefused,
    ShowAttendants,
)
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.pin_entry import PinEntry
from kiosk.ui.desk.seat import Attendant, Seat
from kiosk.ui.desk.texts import DeskTexts

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

Answer = AttendantAdded | AttendantBlocked | NameRefused | OwnNameRefused | NotSignedIn | WrongPin


@dataclass(frozen=True, slots=True)
class StaffState:
    """What the card asks; nothing while `page` is empty."""

    page: str = ""
    """list; told once somebody was added"""
    attendants: tuple[AttendantRow, ...] = ()
    chosen: str = ""
    """Whom the deed is about; empty: the name that is typed is let in."""
    name: str = ""
    one_time_pin: str = ""
    is_waiting: bool = False
    problem: str = ""
    """name-missing, pin-missing, name-refused, own-name, wrong-pin, locked, busy, failed"""
    limit: str = ""


@QmlElement
@QmlUncreatable("made by the desk")
class StaffForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """One card over the page: choose somebody or type a name, and the own PIN again."""

    changed = Signal()
    done = Signal(str, str)
    """staff-blocked or staff-allowed; with the name."""

    def __init__(
        self, asker: Asker, seat: Seat, *, texts: Callable[[], DeskTexts], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._texts = texts
        self._pin = PinEntry()
        self.state = StaffState()

    def show(self, state: StaffState) -> None:
        """Show this as it stands."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    @Slot()
    def open(self) -> None:
        """Ask who works here."""
        attendant = self._seat.attendant
        if attendant is not None:
            self._pin.take()
            self.show(StaffState(page="list"))
            command = ShowAttendants(actor=attendant.actor, attendant_id=attendant.id)
            self._asker.ask(command, self._listed)

    @Slot(str)
    def choose(self, name: str) -> None:
        """About this attendant; once more, about a new one."""
        chosen = "" if self.state.chosen == name else name
        self.show(replace(self.state, chosen=chosen, problem=""))

    @Slot(str)
    def typeName(self, name: str) -> None:
        """The name of a new attendant as it stands now."""
        if name != self.state.name:
            self.show(replace(self.state, name=name, chosen="", problem=""))

    @Slot(str)
    def typeDigit(self, digit: str) -> None:
        """One more digit of the own PIN."""
        self._pin.type(digit)
        self.show(replace(self.state, problem=""))

    @Slot()
    def erase(self) -> None:
        """Take the last digit back."""
        self._pin.erase()
        self.changed.emit()

    @Slot()
    def confirm(self) -> None:
        """Do it; what is missing is asked for first."""
        attendant, state = self._seat.attendant, self.state
        if state.page == "told":
            self.cancel()
        elif attendant is not None and state.page and not state.is_waiting:
            if not (state.chosen or state.name.strip()):
                self.show(replace(state, problem="name-missing"))
            elif not self._pin.length:
                self.show(replace(state, problem="pin-missing"))
            else:
                self.show(replace(state, is_waiting=True, problem=""))
                self._asker.ask(self._command(attendant), self._answered)

    @Slot()
    def cancel(self) -> None:
        """Leave everything as it is, and forget the one-time PIN."""
        self._pin.take()
        self.show(StaffState())

    # Inside ----------------------------------------------------------------------------------

    def _command(self, attendant: Attendant) -> AddAttendant | BlockAttendant:
        state, pin = self.state, self._pin.take()
        row = self._row()
        if row is None or (row.is_one_time and not row.is_blocked):
            return AddAttendant(
                actor=attendant.actor,
                attendant_id=attendant.id,
                pin=pin,
                name=state.chosen or state.name.strip(),
            )
        return BlockAttendant(
            actor=attendant.actor,
            attendant_id=attendant.id,
            pin=pin,
            name=row.name,
            is_blocked=not row.is_blocked,
        )

    def _row(self) -> AttendantRow | None:
        found = (row for row in self.state.attendants if row.name == self.state.chosen)
        return next(found, None)

    def _listed(self, outcome: AttendantsShown | NotSignedIn) -> None:
        if isinstance(outcome, NotSignedIn):
            self._seat.leave()
        elif self.state.page == "list":
            self.show(replace(self.state, attendants=outcome.attendants))

    def _answered(self, outcome: Answer) -> None:
        if self._seat.attendant is None or self.state.page != "list":
            return  # the card was closed, and with it the PIN is gone
        state = replace(self.state, is_waiting=False)
        match outcome:
            case AttendantAdded(name=name, one_time_pin=pin):
                self.show(StaffState(page="told", name=name, one_time_pin=pin))
            case AttendantBlocked(name=name, is_blocked=is_blocked):
                self.cancel()
                self.done.emit("staff-blocked" if is_blocked else "staff-allowed", name)
            case NameRefused():
                self.show(replace(state, problem="name-refused"))
            case OwnNameRefused():
                self.show(replace(state, problem="own-name"))
            case WrongPin(locked_until=None):
                self.show(replace(state, problem="wrong-pin"))
            case WrongPin(locked_until=locked_until):
                until = self._texts().clock(locked_until)
                self.show(replace(state, problem="locked", limit=until))
            case NotSignedIn():
                self._seat.leave()
            case _:
                assert_never(outcome)

    # What QML reads --------------------------------------------------------------------------

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.page != ""

    @Property(list, notify=changed)
    def attendants(self) -> list[dict[str, str]]:
        """Names with how it stands: here, alone (counts as no second), new, blocked."""
        return [{"name": row.name, "how": _how(row)} for row in self.state.attendants]

    @Property(dict, notify=changed)
    def shown(self) -> dict[str, str]:
        """What is typed and told, by the names of StaffState; `deed` is what Enter would do."""
        state, row = self.state, self._row()
        deed = "add" if row is None else {"new": "add", "blocked": "allow"}.get(_how(row), "block")
        named = ("page", "chosen", "name", "problem", "limit")
        return {**{name: getattr(state, name) for name in named}, "deed": deed}

    @Property(str, notify=changed)
    def oneTimePin(self) -> str:
        """Told once, while the card is open."""
        return self.state.one_time_pin

    @Property(int, notify=changed)
    def pinLength(self) -> int:
        return self._pin.length

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting


def _how(row: AttendantRow) -> str:
    if row.is_blocked or row.is_one_time:
        return "blocked" if row.is_blocked else "new"
    return "here" if row.is_confirmed else "alone"
