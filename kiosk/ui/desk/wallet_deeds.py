"""What else is done to a wallet at the desk: cash out of it, another PIN, a pass that was lost.

The driver types the PIN unseen; who shows the pass may choose another one.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    AmountRefused,
    NotSignedIn,
    PinRefused,
    UnknownPass,
    WalletOpened,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.till_outcomes import (
    DriverNotFound,
    PinChanged,
    ShiftClosed,
    TillTooLow,
    WalletPaidOut,
)
from kiosk.services import limits
from kiosk.services.commands import Command
from kiosk.services.till_commands import ChangeWalletPin, PayOutWallet, ReplacePass
from kiosk.services.wallets import PASS_PREFIX
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.pin_entry import PinEntry
from kiosk.ui.desk.seat import Attendant, Seat
from kiosk.ui.desk.texts import DeskTexts, minor_of

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

Answer = (
    WalletPaidOut
    | PinChanged
    | WalletOpened
    | PinRefused
    | DriverNotFound
    | UnknownPass
    | WrongPin
    | AmountRefused
    | WalletTooLow
    | TillTooLow
    | ShiftClosed
    | NotSignedIn
)


@dataclass(frozen=True, slots=True)
class DeedState:
    """Which deed is under way, and how far; nothing while `deed` is empty."""

    deed: str = ""
    """pay-out, pin, lost"""
    step: str = "form"
    """form, pin, repeat, done"""
    pass_code: str = ""
    amount: str = ""
    """Of a pay-out; empty for all."""
    driver_name: str = ""
    phone: str = ""
    is_waiting: bool = False
    problem: str = ""
    """pass-missing, amount-missing, name-missing, pin-refused, differs, unknown-pass, wrong-pin,
    locked, not-found, wallet-low, wallet-empty, till-low, shift-closed, busy, failed; empty for
    none"""
    told: Money | None = None
    """What the problem names: what the wallet holds, or what lies in the till."""
    locked_until: datetime | None = None
    cash: Money | None = None
    balance: Money | None = None


@QmlElement
@QmlUncreatable("made by the desk")
class WalletDeeds(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """One step after another; the same cash is never paid twice, however often it is pressed."""

    changed = Signal()

    def __init__(
        self,
        asker: Asker,
        seat: Seat,
        *,
        desk: str,
        texts: Callable[[], DeskTexts],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._desk = desk
        self._texts = texts
        self._pin = PinEntry()
        self._first_pin = ""
        self._intent = ""
        self.state = DeedState()

    def show(self, state: DeedState) -> None:
        """Show this step."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    @Slot()
    def wipe(self) -> None:
        """Forget everything typed and shown."""
        self._pin.take()
        self._first_pin = self._intent = ""
        self.show(DeedState())

    @Slot(str)
    def begin(self, deed: str) -> None:
        """The driver at the desk wants this."""
        self.wipe()
        if deed in {"pay-out", "pin", "lost"}:
            self.show(DeedState(deed=deed))

    @Slot(str)
    def typePass(self, pass_code: str) -> None:
        """The pass code as it is typed or scanned so far."""
        self._type(replace(self.state, pass_code=pass_code))

    @Slot(str)
    def typeAmount(self, amount: str) -> None:
        """The amount as it stands now."""
        self._type(replace(self.state, amount=amount))

    @Slot(str)
    def typeName(self, name: str) -> None:
        """The driver's name as it stands now."""
        self._type(replace(self.state, driver_name=name))

    @Slot(str)
    def typePhone(self, phone: str) -> None:
        """The driver's phone number as it stands now."""
        self._type(replace(self.state, phone=phone))

    @Slot(str)
    def typeDigit(self, digit: str) -> None:
        """One more digit of the PIN."""
        self._pin.type(digit)
        self.show(replace(self.state, problem=""))

    @Slot()
    def erase(self) -> None:
        """Take the last digit of the PIN back."""
        self._pin.erase()
        self.show(replace(self.state, problem=""))

    @Slot()
    def confirm(self) -> None:
        """Go on from the step that is shown."""
        attendant, state = self._seat.attendant, self.state
        if attendant is None or state.is_waiting or not state.deed:
            return
        if state.step == "done":
            self.wipe()
        elif state.step == "form":
            problem = self._missing()
            step = "form" if problem else "pin"
            self.show(replace(state, step=step, problem=problem))
        elif self._pin.length:
            self._pin_typed(attendant)

    # Inside ----------------------------------------------------------------------------------

    def _type(self, state: DeedState) -> None:
        self._intent = ""
        self.show(replace(state, problem=""))

    def _missing(self) -> str:
        state = self.state
        if state.deed == "lost":
            return "" if state.driver_name.strip() and state.phone.strip() else "name-missing"
        if not state.pass_code.strip():
            return "pass-missing"
        is_all = state.deed == "pin" or not state.amount.strip()
        return "" if is_all or minor_of(state.amount, self._texts().currency) else "amount-missing"

    def _pin_typed(self, attendant: Attendant) -> None:
        state, pin = self.state, self._pin.take()
        if state.deed == "pin" and state.step == "pin":
            self._first_pin = pin
            self.show(replace(state, step="repeat", problem=""))
            return
        first, self._first_pin = self._first_pin, ""
        if state.deed == "pin" and pin != first:
            self.show(replace(state, step="pin", problem="differs"))
            return
        self.show(replace(state, is_waiting=True, problem=""))
        self._asker.ask(self._command(attendant, pin), self._answered)

    def _command(self, attendant: Attendant, pin: str) -> Command[Answer]:
        state = self.state
        pass_code = "".join(state.pass_code.split())
        if state.deed == "lost":
            return ReplacePass(
                actor=attendant.actor,
                attendant_id=attendant.id,
                driver_name=state.driver_name.strip(),
                phone=state.phone.strip(),
                pin=pin,
            )
        if state.deed == "pin":
            return ChangeWalletPin(
                actor=attendant.actor,
                attendant_id=attendant.id,
                pass_code=pass_code,
                new_pin=pin,
            )
        currency = self._texts().currency
        minor = minor_of(state.amount, currency)
        self._intent = self._intent or uuid.uuid4().hex
        return PayOutWallet(
            actor=attendant.actor,
            attendant_id=attendant.id,
            desk=self._desk,
            pass_code=pass_code,
            pin=pin,
            amount=Money(minor, currency) if minor else None,
            intent=self._intent,
        )

    def _answered(self, outcome: Answer) -> None:
        if self._seat.attendant is None or not self.state.deed:
            return
        match outcome:
            case WalletPaidOut(cash=cash, balance=balance):
                self._intent = ""
                self.show(DeedState(deed="pay-out", step="done", cash=cash, balance=balance))
            case PinChanged():
                self.show(DeedState(deed="pin", step="done"))
            case WalletOpened(pass_code=pass_code):
                self.show(DeedState(deed="lost", step="done", pass_code=pass_code))
            case NotSignedIn():
                self.wipe()
                self._seat.leave()
            case _:
                self._refuse(outcome)

    def _refuse(
        self,
        outcome: PinRefused
        | DriverNotFound
        | UnknownPass
        | WrongPin
        | AmountRefused
        | WalletTooLow
        | TillTooLow
        | ShiftClosed,
    ) -> None:
        state = replace(self.state, is_waiting=False, step="form", told=None, locked_until=None)
        match outcome:
            case PinRefused():
                state = replace(state, step="pin", problem="pin-refused")
            case WrongPin(locked_until=None):
                state = replace(state, step="pin", problem="wrong-pin")
            case WrongPin(locked_until=locked_until):
                state = replace(state, step="pin", problem="locked", locked_until=locked_until)
            case DriverNotFound():
                state = replace(state, problem="not-found")
            case UnknownPass():
                state = replace(state, problem="unknown-pass")
            case WalletTooLow(balance=balance):
                state = replace(state, problem="wallet-low", told=balance)
            case AmountRefused():
                state = replace(state, problem="wallet-empty")
            case TillTooLow(in_till=in_till):
                state = replace(state, problem="till-low", told=in_till)
            case ShiftClosed():
                state = replace(state, problem="shift-closed")
            case _:
                assert_never(outcome)
        self.show(state)

    # What QML reads --------------------------------------------------------------------------

    @Property(str, notify=changed)
    def deed(self) -> str:
        return self.state.deed

    @Property(str, notify=changed)
    def step(self) -> str:
        return self.state.step

    @Property(str, notify=changed)
    def passCode(self) -> str:
        return self.state.pass_code

    @Property(str, notify=changed)
    def passText(self) -> str:
        """The pass code in groups, as it is read out."""
        return written.code(self.state.pass_code)

    @Property(str, notify=changed)
    def passQr(self) -> str:
        """What the pass says to a scanner."""
        return PASS_PREFIX + self.state.pass_code if self.state.pass_code else ""

    @Property(str, notify=changed)
    def amount(self) -> str:
        return self.state.amount

    @Property(str, notify=changed)
    def driverName(self) -> str:
        return self.state.driver_name

    @Property(str, notify=changed)
    def phone(self) -> str:
        return self.state.phone

    @Property(int, notify=changed)
    def pinLength(self) -> int:
        return self._pin.length

    @Property(int, constant=True)
    def shortestDigits(self) -> int:
        return limits.PIN_SHORTEST_DIGITS

    @Property(str, notify=changed)
    def told(self) -> str:
        return self._money(self.state.told)

    @Property(str, notify=changed)
    def lockedUntil(self) -> str:
        return self._texts().clock(self.state.locked_until)

    @Property(str, notify=changed)
    def cash(self) -> str:
        return self._money(self.state.cash)

    @Property(str, notify=changed)
    def balance(self) -> str:
        return self._money(self.state.balance)

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self.state.problem

    def _money(self, amount: Money | None) -> str:
        return "" if amount is None else self._texts().money(amount)
