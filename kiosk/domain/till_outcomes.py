"""What the till of a desk and its shifts answer with: who counted what, and what did not agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import DriverId
from kiosk.domain.money import Money


@dataclass(frozen=True, slots=True)
class TillMoves:
    """What one kind of journal has put into a till and taken out of it in a shift."""

    kind: str
    count: int
    taken: Money
    given: Money


@dataclass(frozen=True, slots=True)
class ShiftEnd:
    """How a shift ended: what was expected by the books, what was there, and where it went."""

    closed_by: str
    closed_at: datetime
    expected: Money
    counted: Money
    left: Money
    """Stays in the till as the next float; the rest is banked."""

    @property
    def over(self) -> Money:
        """More than expected; below zero: short."""
        return self.counted - self.expected

    @property
    def banked(self) -> Money:
        """What went to the bank."""
        return self.counted - self.left


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """One shift: its float, all that moved since, and its end when it has one."""

    number: int
    desk: str
    opened_by: str
    opened_at: datetime
    float_: Money
    """What was counted at the start."""
    found: Money
    """What lay in the till by the books before that."""
    moves: tuple[TillMoves, ...]
    end: ShiftEnd | None

    @property
    def in_till(self) -> Money:
        """What should lie in the till: the float, all taken, less all given."""
        total = self.float_
        for move in self.moves:
            total += move.taken - move.given
        return total


@dataclass(frozen=True, slots=True)
class ShiftOpened:
    """The float is counted: the desk takes and gives cash from now on."""

    report: ShiftReport


@dataclass(frozen=True, slots=True)
class ShiftIsOpen:
    """This desk has an open shift; it is closed first, and nothing moved."""

    report: ShiftReport


@dataclass(frozen=True, slots=True)
class ShiftEnded:
    """The till was counted, the difference is in the books, and the rest is banked."""

    report: ShiftReport


@dataclass(frozen=True, slots=True)
class ShiftClosed:
    """No shift of this desk is open, so that it takes and gives no cash; nothing moved."""


@dataclass(frozen=True, slots=True)
class CountRefused:
    """A count is no amount from zero to `most`, or more is left than was counted."""

    most: Money


@dataclass(frozen=True, slots=True)
class TillTooLow:
    """Less lies in the till than is to be paid out; nothing moved."""

    in_till: Money


@dataclass(frozen=True, slots=True)
class TillShown:
    """The till of a desk: what should lie in it, its open shift, and the one before."""

    in_till: Money
    open: ShiftReport | None
    last: ShiftReport | None


@dataclass(frozen=True, slots=True)
class WalletToppedUp:
    """A provider has taken so much of a driver, and the wallet holds it."""

    driver_id: DriverId
    pass_code: str
    added: Money
    """What the provider says that it took, which can be other than what it was asked for."""
    balance: Money


@dataclass(frozen=True, slots=True)
class WalletPaidOut:
    """So much cash was given from the till; the wallet holds the rest."""

    driver_id: DriverId
    pass_code: str
    cash: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class PinChanged:
    """The wallet has another PIN, and waits no more for wrong ones."""

    driver_id: DriverId


@dataclass(frozen=True, slots=True)
class DriverNotFound:
    """Nobody of this name and phone number has a wallet, or several have; nothing was changed."""
