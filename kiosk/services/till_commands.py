"""What the desk asks about its till, its shifts, and the cash of wallets: frozen commands."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.ids import AttendantId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    AmountRefused,
    NotSignedIn,
    PaymentDeclined,
    PaymentRunning,
    PaymentUnavailable,
    PinRefused,
    UnknownPass,
    WalletOpened,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.till_outcomes import (
    CountRefused,
    DriverNotFound,
    PinChanged,
    ShiftClosed,
    ShiftEnded,
    ShiftIsOpen,
    ShiftOpened,
    TillShown,
    TillTooLow,
    WalletPaidOut,
    WalletToppedUp,
)
from kiosk.services.commands import CardPresented, Command


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTill(Command[TillShown | NotSignedIn]):
    """What should lie in the till of a desk, its open shift, and the one before."""

    attendant_id: AttendantId
    desk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenShift(Command[ShiftOpened | ShiftIsOpen | CountRefused | NotSignedIn]):
    """Begin a shift with what was counted in the till; the same intent never opens twice."""

    attendant_id: AttendantId
    desk: str
    counted: Money
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseShift(Command[ShiftEnded | ShiftClosed | CountRefused | NotSignedIn]):
    """End the desk's shift with what was counted; the same intent never closes twice."""

    attendant_id: AttendantId
    desk: str
    counted: Money
    left: Money
    """So much of it stays in the till for the next shift; the rest is banked."""
    intent: str


TopUpProblem = PaymentDeclined | PaymentUnavailable | UnknownPass | AmountRefused | NotSignedIn


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUpByCard(Command[PaymentRunning | WalletToppedUp | TopUpProblem]):
    """Have a provider take an amount for a wallet, which PaymentFinished answers.

    The same intent never adds twice. No cash moves, so that no shift is needed.
    """

    attendant_id: AttendantId
    pass_code: str
    amount: Money
    card: CardPresented
    intent: str


PayOutRefused = (
    UnknownPass | WrongPin | AmountRefused | WalletTooLow | TillTooLow | ShiftClosed | NotSignedIn
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOutWallet(Command[WalletPaidOut | PayOutRefused]):
    """Give a driver cash out of the wallet, against its PIN; the same intent never pays twice."""

    attendant_id: AttendantId
    desk: str
    pass_code: str
    pin: str = field(repr=False)
    amount: Money | None
    """None: all that the wallet holds."""
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWalletPin(Command[PinChanged | UnknownPass | PinRefused | NotSignedIn]):
    """A driver who shows the pass has forgotten its PIN, and chooses another one."""

    attendant_id: AttendantId
    pass_code: str
    new_pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacePass(Command[WalletOpened | DriverNotFound | WrongPin | NotSignedIn]):
    """A driver has lost the pass and proves with the PIN whose wallet it is."""

    attendant_id: AttendantId
    driver_name: str
    phone: str
    """As it was left when the wallet was opened."""
    pin: str = field(repr=False)
