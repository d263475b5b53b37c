"""What the linter may find in a tariff that is whole and still odd, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from kiosk.domain.money import EXPONENTS, half_up
from kiosk.domain.pricing.charge_lines import NoPrice


class FindingKind(Enum):
    """What is odd; the value is how other programs read it."""

    DAY_NEVER = "day-never"
    """No valid date is of this day type."""
    HOURS_NEVER = "hours-never"
    """A band, cap or surcharge on day types that no valid date has."""
    CALENDAR_UNUSED = "calendar-unused"
    CALENDAR_ENDS = "calendar-ends"
    """A calendar without any date in a year of the valid range."""
    ROW_NEVER = "row-never"
    """No stay reaches the row."""
    ROW_ALWAYS_CUT = "row-always-cut"
    """Stays reach the row, and a cap or another limit has always been used up before."""
    BLOCK_CUT = "block-cut"
    """A row begins inside a block of the row before, which is then charged whole."""
    CAP_NEVER = "cap-never"
    """The dearest period stays below the cap."""
    ENTRY_PRICE_NEVER = "entry-price-never"
    """Rule min: the other rows never come to the price of the per-entry row."""
    MINIMUM_NEVER = "minimum-never"
    """Whatever costs something costs more than the minimum."""
    FREE_TOO_LONG = "free-too-long"
    """The free minutes last as long as the maximum stay."""
    UNSTATED = "unstated"
    """Hours whose price the board does not state."""
    INVERSION = "inversion"
    """Staying one minute longer costs less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the keeper of the tariff should look at."""

    kind: FindingKind
    path: str
    """The key of the tariff file, tables of arrays counted from 1."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inversion:
    """A stay that costs less when it lasts a minute longer: the first of all with its cause."""

    path: str
    cause: str
    entered_at: datetime
    left_at: datetime
    total_minor: int
    later_minor: int
    """A minute after `left_at`."""
    count: int
    """How many such minutes were found in all, over all entries that were tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DstNight:
    """A stay from 22:00 to 06:00 over a change of the clocks, beside the same a week later."""

    changes_at: datetime
    clock_before: str
    """The wall clock when it changes, and what it shows then: "02:00" and "03:00"."""
    clock_after: str
    elapsed: timedelta
    total_minor: int | NoPrice
    later_elapsed: timedelta
    later_minor: int | NoPrice


def amount_text(minor: Fraction | int, currency: str) -> str:
    """An amount in the major unit as the tariff's file has it, to the smallest coin."""
    exact = Fraction(minor)
    shown = Decimal(half_up(exact.numerator, exact.denominator))
    return f"{shown.scaleb(-EXPONENTS[currency]):f}"


def stay_text(seconds: int) -> str:
    """ "1 h 30 min" for so much time."""
    hours, minutes = divmod(seconds // 60, 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else ""]
    return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates [from_, until) for which the tariff is looked at."""

    from_: date
    until: date

    def all(self) -> list[date]:
        """Each of them."""
        count = (self.until - self.from_).days
        return [self.from_ + timedelta(days=number) for number in range(count)]
