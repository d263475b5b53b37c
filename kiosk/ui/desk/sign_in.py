"""The locked desk: a name and a PIN, and the choice of an own PIN after a one-time PIN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.outcomes import MustChoosePin, PinRefused, SignedIn, WrongPin
from kiosk.services import limits
from kiosk.services.commands import Actor, ActorKind, ChoosePin, SignIn
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.pin_entry import PinEntry
from kiosk.ui.desk.texts import DeskTexts

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class SignInState:
    """Which question is asked."""

    page: str = "pin"
    """pin: name and PIN; choose: an own PIN; repeat: the same once more"""
    name: str = ""
    is_waiting: bool = False
    problem: str = ""
    """wrong-pin, wait, pin-refused, differs, name-missing, busy, failed; empty for none"""
    shortest_digits: int = limits.PIN_SHORTEST_DIGITS
    locked_until: datetime | None = None


@QmlElement
@QmlUncreatable("made by the desk")
class SignInForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Lets an attendant in; PINs are never kept longer than until they are sent."""

    changed = Signal()

    def __init__(
        self,
        asker: Asker,
        *,
        texts: Callable[[], DeskTexts],
        on_signed_in: Callable[[SignedIn], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._texts = texts
        self._on_signed_in = on_signed_in
        self._pin = PinEntry()
        self._one_time_pin = ""
        self._new_pin = ""
        self.state = SignInState()

    def show(self, state: SignInState) -> None:
        """Show this question."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    def wipe(self) -> None:
        """Forget every digit; the name stays, for the attendant who comes back."""
        self._forget()
        self.show(SignInState(name=self.state.name))

    @Slot(str)
    def typeName(self, name: str) -> None:
        """The name as it stands now."""
        if name != self.state.name:
            self.show(replace(self.state, name=name, problem=""))

    @Slot(str)
    def typeDigit(self, digit: str) -> None:
        """One more digit of the PIN."""
        self._pin.type(digit)
        self.show(replace(self.state, problem=""))

    @Slot()
    def erase(self) -> None:
        """Take the last digit back."""
        self._pin.erase()
        self.show(replace(self.state, problem=""))

    @Slot()
    def cancel(self) -> None:
        """Begin again with name and PIN."""
        self.wipe()

    @Slot()
    def confirm(self) -> None:
        """Answer the question that is asked."""
        if self.state.is_waiting or self._pin.length == 0:
            return
        if not self.state.name.strip():
            self.show(replace(self.state, problem="name-missing"))
            return
        match self.state.page:
            case "pin":
                self._sign_in()
            case "choose":
                self._new_pin = self._pin.take()
                self.show(replace(self.state, page="repeat", problem=""))
            case _:
                self._choose_pin()

    def _sign_in(self) -> None:
        pin = self._pin.take()
        self._one_time_pin = pin
        name = self.state.name.strip()
        self.show(replace(self.state, is_waiting=True, problem=""))
        self._asker.ask(SignIn(actor=_actor(name), name=name, pin=pin), self._sign_in_answered)

    def _sign_in_answered(self, outcome: SignedIn | MustChoosePin | WrongPin) -> None:
        match outcome:
            case SignedIn():
                self._let_in(outcome)
            case MustChoosePin(name=name):
                self.show(SignInState(page="choose", name=name))
            case WrongPin(locked_until):
                self._forget()
                self._refuse_pin(locked_until)
            case _:
                assert_never(outcome)

    def _choose_pin(self) -> None:
        repeated = self._pin.take()
        if repeated != self._new_pin:
            self._new_pin = ""
            self.show(replace(self.state, page="choose", problem="differs"))
            return
        name = self.state.name.strip()
        command = ChoosePin(
            actor=_actor(name), name=name, one_time_pin=self._one_time_pin, new_pin=repeated
        )
        self.show(replace(self.state, is_waiting=True, problem=""))
        self._asker.ask(command, self._choose_answered)

    def _choose_answered(self, outcome: SignedIn | PinRefused | WrongPin) -> None:
        match outcome:
            case SignedIn():
                self._let_in(outcome)
            case PinRefused(shortest_digits):
                self._new_pin = ""
                self.show(
                    SignInState(
                        page="choose",
                        name=self.state.name,
                        problem="pin-refused",
                        shortest_digits=shortest_digits,
                    )
                )
            case WrongPin(locked_until):
                self._forget()
                self._refuse_pin(locked_until)
            case _:
                assert_never(outcome)

    def _refuse_pin(self, locked_until: datetime | None) -> None:
        problem = "wrong-pin" if locked_until is None else "wait"
        self.show(SignInState(name=self.state.name, problem=problem, locked_until=locked_until))

    def _let_in(self, signed_in: SignedIn) -> None:
        self._forget()
        self.show(SignInState(name=signed_in.name))
        self._on_signed_in(signed_in)

    def _forget(self) -> None:
        self._pin.take()
        self._one_time_pin = self._new_pin = ""

    @Property(str, notify=changed)
    def page(self) -> str:
        return self.state.page

    @Property(str, notify=changed)
    def name(self) -> str:
        return self.state.name

    @Property(int, notify=changed)
    def pinLength(self) -> int:
        return self._pin.length

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self.state.problem

    @Property(int, notify=changed)
    def shortestDigits(self) -> int:
        return self.state.shortest_digits

    @Property(str, notify=changed)
    def lockedUntil(self) -> str:
        return self._texts().clock(self.state.locked_until)


def _actor(name: str) -> Actor:
    return Actor(ActorKind.ATTENDANT, name)
