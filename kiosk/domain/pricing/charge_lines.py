"""What a charge is made of: its lines, and every answer that stands instead of a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from kiosk.domain.money import Money, half_up
from kiosk.domain.time import Window


class LineKind(Enum):
    """What a line of a bill is for; the value is how it is stored."""

    BLOCK = "block"
    """`count` started blocks of `block_minutes`."""
    TIME = "time"
    """`seconds` priced exactly, by the policies pro-rata and round-once."""
    FLAT = "flat"
    """`count` times a price for a whole span, like the first hour."""
    PER_ENTRY = "per-entry"
    """`count` times the price of coming into a band."""
    CAP = "cap"
    """All time in `count` periods that reached their cap; `name` is the scope."""
    BAND_MINIMUM = "band-minimum"
    """All time in `count` presence spans whose per-entry price was the cheaper one."""
    FREE = "free"
    """`seconds` that cost nothing, by the tariff's free minutes."""
    VALIDATION = "validation"
    """`seconds` that a merchant has validated."""
    MINIMUM = "minimum"
    PROMISE = "promise"
    """Taken off, so that the booked window costs no more than its quote."""
    DISCOUNT = "discount"
    SURCHARGE = "surcharge"
    EARLY = "early"
    """`seconds` between an early entry and the booked start."""
    OVERSTAY = "overstay"
    """`seconds` after the booked end, at the price of the tariff: `count` started blocks of
    `block_minutes` where one row priced all of them and no limit was reached."""
    OVERSTAY_SURCHARGE = "overstay-surcharge"
    """What overstay costs more than that: the part `price` of it, 0 when a limit was reached."""
    LOST_TICKET = "lost-ticket"
    TAX = "tax"
    """Added, where prices are without tax."""
    ROUNDING = "rounding"
    CASH_ROUNDING = "cash-rounding"
    WAIVED = "waived"
    """Struck off by an attendant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeLine:
    """One line of a bill; what its numbers mean stands at its kind."""

    kind: LineKind
    amount: Money
    """What this line adds to the total; lines add up to it."""
    name: str = ""
    """The tariff's own name of the band, surcharge or discount, or the scope of a cap."""
    count: int = 1
    seconds: int = 0
    block_minutes: int = 0
    price: Fraction = Fraction(0)
    """In minor units: per `per_minutes` for blocks and time, else each."""
    per_minutes: int = 0
    instead_of: Fraction = Fraction(0)
    """What the rows alone would have charged for the time in a cap, in minor units."""


@dataclass(frozen=True, slots=True)
class Charge:
    """The itemised price of a stay; the lines add up to the total."""

    window: Window
    """What was priced: from the charged start to the exit."""
    lines: tuple[ChargeLine, ...]
    total: Money
    tax: Money
    """The part of the total that is tax."""

    def of_kind(self, kind: LineKind) -> Money:
        """What all lines of one kind come to."""
        nothing = Money.zero(self.total.currency)
        return sum((line.amount for line in self.lines if line.kind is kind), nothing)

    def waived(self, struck: Money) -> Charge:
        """The charge with a line of `struck` (under zero); of its tax goes as large a part."""
        total, tax_minor = self.total + struck, self.tax.minor
        if self.total:
            tax_minor = half_up(tax_minor * total.minor, self.total.minor)
        line = ChargeLine(kind=LineKind.WAIVED, amount=struck)
        tax = Money(tax_minor, total.currency)
        return Charge(self.window, (*self.lines, line), total, tax)


@dataclass(frozen=True, slots=True)
class ExitBeforeEntry:
    """The exit is not after the entry."""


@dataclass(frozen=True, slots=True)
class EntryTooLongAgo:
    """No tariff prices a stay of more than `limit`: somebody has to look at it."""

    limit: timedelta


@dataclass(frozen=True, slots=True)
class NotValidThen:
    """The tariff does not hold at the entry."""

    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class PriceNotStated:
    """The price board says nothing, or contradicts itself, about a band that the stay touches."""

    band: str
    reason: str


@dataclass(frozen=True, slots=True)
class WindowTooLong:
    """The booked window is longer than the maximum stay."""

    maximum_stay: timedelta


@dataclass(frozen=True, slots=True)
class ValidationTooLong:
    """No discount of the tariff allows so many validated minutes."""

    most_minutes: int


@dataclass(frozen=True, slots=True)
class DiscountUnknown:
    """The tariff has no percent or amount discount of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class LostTicketNotStated:
    """The tariff names no price for a lost ticket: somebody has to find out when the car came."""


NoPrice = (
    ExitBeforeEntry
    | EntryTooLongAgo
    | NotValidThen
    | PriceNotStated
    | WindowTooLong
    | ValidationTooLong
    | DiscountUnknown
    | LostTicketNotStated
)
"""Every answer that stands instead of a charge (rule 11)."""
