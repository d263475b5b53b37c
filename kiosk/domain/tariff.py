"""What a price board says, as values: days, bands, rows, caps and everything added or taken off.

How a stay is priced by it stands in pricing/charge.py; the rules, word by word, in
docs/tariff-rules.md.
Prices are exact fractions of the currency's minor unit: 0.0167 a minute is Fraction(167, 100).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from kiosk.domain.money import EXPONENTS

DAY_MINUTES = 24 * 60


class BlockPolicy(Enum):
    """What a started block does at the edge of a band (rule 5)."""

    RESTART = "restart"
    """A new block and a new row clock begin at every band edge."""
    RUN_THROUGH = "run-through"
    """A block runs over the edge, at the price of the band that it starts in."""
    ROUND_ONCE = "round-once"
    """Time is priced to the second, and rounded up to whole blocks once, at the end."""
    PRO_RATA = "pro-rata"
    """Time is priced to the second."""


class BandRule(Enum):
    """How the rows of a band go together."""

    SUM = "sum"
    """All rows add."""
    MIN = "min"
    """The per-entry row is the most that the other rows come to in one presence span."""


class RowKind(Enum):
    """What a row charges."""

    BLOCK = "block"
    FLAT = "flat"
    PER_ENTRY = "per-entry"


class CapScope(Enum):
    """What a cap limits, narrow ones first."""

    BAND = "band"
    CALENDAR_DAY = "calendar-day"
    RESET_DAY = "reset-day"
    ROLLING_24H = "rolling-24h"
    WEEK = "week"
    MONTH = "month"
    SESSION = "session"


DAY_SCOPES = frozenset({CapScope.CALENDAR_DAY, CapScope.RESET_DAY, CapScope.ROLLING_24H})


class LostTicketRule(Enum):
    """What a driver without any proof of the entry pays."""

    FLAT = "flat"
    DAY_MAXIMUM = "day-maximum"
    PLUS_ACCRUED = "plus-accrued"


class DiscountKind(Enum):
    """What a discount takes off."""

    TIME = "time"
    """Minutes, by a merchant's validation; `value` is the most that one stay may have."""
    PERCENT = "percent"
    """`value` is the part taken off: Fraction(1, 5) for 20 %."""
    AMOUNT = "amount"
    """`value` is in minor units."""


class SurchargeAt(Enum):
    """Which instant of a stay decides about a surcharge."""

    ENTRY = "entry"
    EXIT = "exit"


class RoundingMode(Enum):
    """Where the total goes between two steps."""

    HALF_UP = "half-up"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A named list of dates: public holidays, fairs, school holidays."""

    name: str
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayType:
    """A kind of day: by weekday (Monday is 0) or by a calendar; the first that fits holds."""

    name: str
    weekdays: tuple[int, ...] = ()
    calendars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a band: a price from `from_minutes` of the row clock on.

    A block row costs `price` per `per_minutes`, in started blocks of `block_minutes`.
    """

    kind: RowKind
    price: Fraction
    """Minor units."""
    from_minutes: int = 0
    per_minutes: int = 0
    block_minutes: int = 0
    tax: Fraction | None = None
    """Its own tax rate, when it is not the tariff's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Hours of the day with rows of their own, on some day types (none named: on all)."""

    name: str
    from_minute: int
    """Of the local day, 0 to 1439."""
    until_minute: int
    """After `from_minute`, at most 24 h later: 1440 is midnight, more is on the next date."""
    days: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    rule: BandRule = BandRule.SUM
    unstated: str = ""
    """Why these hours have no price: the board says nothing, or two things, about them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """Free minutes at the start of a stay."""

    minutes: int
    is_deducted: bool = False
    """Never charged; else a cliff: a longer stay is charged whole."""
    once_in_hours: int | None = None
    """Once per plate in so many hours; None: at every entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The most that one period costs, and whether blocks start anew with each period."""

    scope: CapScope
    price: Fraction
    restarts_blocks: bool = False
    band: str = ""
    """For the scope band: whose presence spans."""
    reset_minute: int = 0
    """For the scope reset-day: minute of the local day."""
    is_from_entry: bool = False
    """For week and month: counted from the entry, not from Monday or the first."""
    days: tuple[str, ...] = ()
    """For the day scopes: only periods that begin on these day types; none named: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surcharge:
    """Added once when the entry or the exit falls into its hours."""

    name: str
    price: Fraction
    at: SurchargeAt
    from_minute: int = 0
    until_minute: int = DAY_MINUTES
    days: tuple[str, ...] = ()
    tax: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LostTicket:
    """What a lost ticket costs; `price` in minor units, zero for the day maximum."""

    rule: LostTicketRule
    price: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overstay:
    """How time after the booked end, or after the maximum stay, is charged."""

    multiplier: Fraction = Fraction(1)
    block_minutes: int | None = None
    cap: Fraction | None = None
    """The most that one overstay costs, in minor units."""
    is_from_grace_end: bool = False
    """Counted from the end of the late grace, not from the booked end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """What a stay with this discount has taken off, in the order of the tariff."""

    name: str
    kind: DiscountKind
    value: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """The steps of the total and of cash, in whole minor units."""

    step_minor: int = 1
    mode: RoundingMode = RoundingMode.HALF_UP
    cash_step_minor: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """The tax on parking: Fraction(19, 100) for 19 %, inside the prices or added to them."""

    rate: Fraction = Fraction(0)
    is_included: bool = True


EVERY_DAY = DayType(name="every day", weekdays=(0, 1, 2, 3, 4, 5, 6))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """One version of a price board; `problems` in checking/problems.py says if it is whole.

    Frozen into a reservation when it is made: a later version never changes what was promised.
    """

    code: str
    version: int
    zone: str
    """IANA name, for example Europe/Berlin."""
    currency: str
    bands: tuple[Band, ...]
    policy: BlockPolicy = BlockPolicy.RESTART
    calendars: tuple[Calendar, ...] = ()
    day_types: tuple[DayType, ...] = (EVERY_DAY,)
    valid_from: date | None = None
    valid_until: date | None = None
    """The first local date on which it does not hold any more."""
    tax: Tax = Tax()
    free: Free | None = None
    caps: tuple[Cap, ...] = ()
    minimum: Fraction = Fraction(0)
    maximum_stay_minutes: int | None = None
    surcharges: tuple[Surcharge, ...] = ()
    lost_ticket: LostTicket | None = None
    overstay: Overstay = Overstay()
    is_early_charged: bool = False
    """Whether time between an early entry and the booked start costs something."""
    discounts: tuple[Discount, ...] = ()
    rounding: Rounding = Rounding()

    def __post_init__(self) -> None:
        assert self.currency in EXPONENTS, f"unknown currency {self.currency!r}"

    def __hash__(self) -> int:
        # Code and version name a tariff already; hashing hundreds of prices at each look-up
        # in a cache would cost more than the price it was looked up for.
        return hash((self.code, self.version))

    def day_type(self, day: date) -> str:
        """The name of the first day type that fits the local date (rule 1)."""
        named = {calendar.name for calendar in self.calendars if day in calendar.dates}
        for day_type in self.day_types:
            if day.weekday() in day_type.weekdays or not named.isdisjoint(day_type.calendars):
                return day_type.name
        raise AssertionError(f"{day} has no day type")
