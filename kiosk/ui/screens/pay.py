"""Asks for a way to pay, a pass and a PIN; who is paid and what follows is left to its screen.

One press of the button is one intent (commands.py): pressing again while an answer is awaited
does nothing, a new try after an answer is a new intent. The same form proves a pass alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from uuid import uuid4

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.debt_outcomes import EndsTooLate
from kiosk.domain.ids import OperationKey
from kiosk.domain.outcomes import (
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    UnknownPass,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.payer_outcomes import (
    CreditExhausted,
    VoucherExpired,
    VoucherUnknown,
    VoucherUsed,
)
from kiosk.domain.ticket import SHORT_CODE_ALPHABET, SHORT_CODE_LENGTH
from kiosk.services.commands import CardPresented, PaymentMethod, WalletProof
from kiosk.services.events import FaultRaised
from kiosk.services.limits import PIN_SHORTEST_DIGITS
from kiosk.ui.format import code
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.pay_words import FormProblem, payment_note
from kiosk.ui.screens.say import Say

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

PIN_LONGEST_DIGITS = 12
CHECKING_LEAVE_S = 20
"""After this long a checked payment may be left: its answer is printed (docs/money.md)."""


@dataclass(frozen=True, slots=True)
class PayState:
    """What the driver has entered, and how far the payment is."""

    method: str = "wallet"
    """wallet or card"""
    field: str = "pass"
    """pass or pin: where the keys write"""
    pass_code: str = ""
    pin: str = ""
    phase: str = "asking"
    """asking, sending (the core has not answered), checking (the provider has not)"""
    operation_key: OperationKey | None = None
    checking_s: int = 0
    problem: FormProblem | FaultRaised | None = None


@QmlElement
@QmlUncreatable("Belongs to its screen")
class PayForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Pass code typed or scanned, PIN, or a card; `send` gets the method and a fresh intent."""

    changed = Signal()

    def __init__(
        self,
        *,
        send: Callable[[PaymentMethod, str], None],
        card_adapter: str | None,
        say: Say,
        now: Callable[[], datetime],
        parent: QObject,
        second_ms: int = 1000,
    ) -> None:
        super().__init__(parent)
        self._send = send
        self._card_adapter = card_adapter
        self._say = say
        self._now = now
        self.state = PayState()
        self._seconds = QTimer(self)
        self._seconds.setInterval(second_ms)
        self._seconds.timeout.connect(self._second_passed)

    # What its screen calls ---------------------------------------------------------------

    def show(self, state: PayState) -> None:
        """Show this state."""
        self.state = state
        if state.phase == "checking" or self._locked_until() is not None:
            if not self._seconds.isActive():
                self._seconds.start()
        else:
            self._seconds.stop()
        self.changed.emit()

    def open(self, *, pass_code: str = "") -> None:
        """Start afresh, with a pass that was scanned before."""
        self.show(PayState(pass_code=pass_code, field="pin" if pass_code else "pass"))

    def wipe(self) -> None:
        """Forget everything that was entered (ux 27)."""
        self.show(PayState())

    def scan(self, pass_code: str) -> None:
        """A pass was held to the reader: fill it in where it is asked for.

        A locked pass stays locked when it is scanned again; another pass starts afresh.
        """
        state = self.state
        if state.phase == "asking":
            problem = state.problem if state.pass_code == pass_code else None
            self.show(PayState(pass_code=pass_code, field="pin", problem=problem))

    def answer(self, problem: FormProblem) -> None:
        """The core's answer to what was sent, when it is no success."""
        asking = replace(self.state, phase="asking", operation_key=None, problem=problem)
        match problem:
            case PaymentRunning(operation_key=key) | PaymentInDoubt(operation_key=key):
                self.show(replace(asking, phase="checking", operation_key=key))
            case UnknownPass():
                self.show(replace(asking, field="pass", pin=""))
            case WrongPin() | WalletTooLow() | CreditExhausted():
                self.show(replace(asking, field="pin", pin=""))
            case PaymentDeclined() | PaymentUnavailable() | EndsTooLate():
                self.show(replace(asking, pin=""))
            case VoucherUnknown() | VoucherUsed() | VoucherExpired():
                self.show(asking)
            case _:
                assert_never(problem)

    def take_back(self) -> None:
        """What was sent never reached the core: the driver may press again."""
        if self.state.phase == "sending":
            self.show(replace(self.state, phase="asking"))

    def fail(self, fault: FaultRaised) -> bool:
        """Nothing of a command was written: if an answer is awaited here, say so.

        A payment that the core has taken goes on: only its provider ends it.
        """
        was_sending = self.state.phase == "sending"
        if was_sending:
            self.show(replace(self.state, phase="asking", pin="", problem=fault))
        return was_sending

    def awaits(self, operation_key: OperationKey) -> bool:
        """Whether this is the payment whose answer is awaited here."""
        return self.state.phase == "checking" and self.state.operation_key == operation_key

    def is_underway(self) -> bool:
        """Whether money may be moving now: no reset, no cancel (ux 26)."""
        return self.state.phase != "asking"

    def can_be_left(self) -> bool:
        """Whether the driver may go: nothing is under way, or checking takes very long."""
        is_long = self.state.phase == "checking" and self.state.checking_s >= CHECKING_LEAVE_S
        return is_long or not self.is_underway()

    def is_ready(self) -> bool:
        """Whether there is enough to send."""
        if self.is_underway() or self._locked_until() is not None:
            return False
        if self.state.method == "card":
            return self._card_adapter is not None
        return self.state.pass_code != "" and len(self.state.pin) >= PIN_SHORTEST_DIGITS

    # What QML calls ----------------------------------------------------------------------

    @Slot()
    def choose_wallet(self) -> None:
        """Pay with a pass."""
        if not self.is_underway():
            self.show(replace(self.state, method="wallet", problem=None))

    @Slot()
    def choose_card(self) -> None:
        """Pay with a card, when the site has a provider."""
        if self._card_adapter is not None and not self.is_underway():
            self.show(replace(self.state, method="card", problem=None, pin=""))

    @Slot()
    def ask_pass(self) -> None:
        """The keys write the pass code."""
        self.show(replace(self.state, field="pass"))

    @Slot()
    def ask_pin(self) -> None:
        """The keys write the PIN."""
        self.show(replace(self.state, field="pin"))

    @Slot(str)
    def press(self, sign: str) -> None:
        """One key of the keypad; keys that do not fit are ignored."""
        state = self.state
        if self.is_underway() or len(sign) != 1:
            return
        if state.field == "pin" and sign.isdigit() and len(state.pin) < PIN_LONGEST_DIGITS:
            kept = None if self._locked_until() is None else state.problem
            self.show(replace(state, pin=state.pin + sign, problem=kept))
        elif state.field == "pass" and sign in SHORT_CODE_ALPHABET:
            typed = (state.pass_code + sign)[:SHORT_CODE_LENGTH]
            field = "pin" if len(typed) == SHORT_CODE_LENGTH else "pass"
            self.show(replace(state, pass_code=typed, field=field, problem=None))

    @Slot()
    def correct(self) -> None:
        """Take the last sign away; an empty PIN leads back to the pass."""
        state = self.state
        if self.is_underway():
            return
        if state.field == "pin" and state.pin:
            self.show(replace(state, pin=state.pin[:-1]))
        else:
            self.show(replace(state, field="pass", pass_code=state.pass_code[:-1]))

    @Slot()
    def clear(self) -> None:
        """Empty the field that the keys write."""
        if self.is_underway():
            return
        if self.state.field == "pin":
            self.show(replace(self.state, pin=""))
        else:
            self.show(replace(self.state, pass_code=""))

    @Slot()
    def pay(self) -> None:
        """Send it: one press, one intent. While an answer is awaited this does nothing."""
        if not self.is_ready():
            return
        self.show(replace(self.state, phase="sending", problem=None, checking_s=0))
        if self.state.method == "card":
            assert self._card_adapter is not None
            self._send(CardPresented(self._card_adapter), uuid4().hex)
        else:
            self._send(WalletProof(self.state.pass_code, self.state.pin), uuid4().hex)

    # What QML shows ----------------------------------------------------------------------

    @Property(str, notify=changed)
    def method(self) -> str:
        return self.state.method

    @Property(bool, notify=changed)
    def hasCard(self) -> bool:
        return self._card_adapter is not None

    @Property(str, notify=changed)
    def field(self) -> str:
        return self.state.field

    @Property(str, notify=changed)
    def passCode(self) -> str:
        return code(self.state.pass_code)

    @Property(int, notify=changed)
    def pinLength(self) -> int:
        return len(self.state.pin)

    @Property(int, notify=changed)
    def pinShortest(self) -> int:
        return PIN_SHORTEST_DIGITS

    @Property(str, notify=changed)
    def phase(self) -> str:
        return self.state.phase

    @Property(bool, notify=changed)
    def isUnderway(self) -> bool:
        return self.is_underway()

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        return self.is_ready()

    @Property(bool, notify=changed)
    def isLong(self) -> bool:
        return self.is_underway() and self.can_be_left()

    @Property(bool, notify=changed)
    def hasNote(self) -> bool:
        return self.state.problem is not None

    @Property(str, notify=changed)
    def happened(self) -> str:
        return self.note().happened

    @Property(str, notify=changed)
    def money(self) -> str:
        return self.note().money

    @Property(str, notify=changed)
    def advice(self) -> str:
        return self.note().now

    @Property(str, notify=changed)
    def number(self) -> str:
        return self.note().number

    def note(self) -> Note:
        """Why it was not paid, in the present language; empty when nothing went wrong."""
        if self.state.problem is None:
            return Note("", "", "", "")
        return payment_note(self.state.problem, say=self._say, now=self._now)

    def _locked_until(self) -> datetime | None:
        problem = self.state.problem
        if not isinstance(problem, WrongPin) or problem.locked_until is None:
            return None
        return problem.locked_until if problem.locked_until > self._now() else None

    @Slot()
    def _second_passed(self) -> None:
        problem, passed = self.state.problem, 0
        if self.state.phase == "checking":
            passed = 1
        elif self._locked_until() is None and isinstance(problem, WrongPin):
            problem = None  # the wait is over: the driver may type again
        self.show(replace(self.state, problem=problem, checking_s=self.state.checking_s + passed))
