"""Which band and which cap periods a price board has at a wall minute, for the slow oracle.

Written from rules 1, 2 and 5 of docs/tariff-rules.md; the walk itself stands in slow_walk.py.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

from kiosk.domain.tariff import Band, Cap, CapScope, Row, RowKind, Surcharge, Tariff
from tests.oracle.wall import DAY, shown, wall_minute

CONTEXT = Context(prec=60)
"""Every sum of the oracle: thirds are wrong in the 60th place, which `whole` takes away."""

Period = int | None
"""Which period of a cap it is; None: the cap does not hold now."""


@lru_cache(maxsize=100_000)
def quotient(numerator: int, denominator: int) -> Decimal:
    """A fraction with 60 digits."""
    return CONTEXT.divide(Decimal(numerator), Decimal(denominator))


def exact(value: Fraction, *, times: int = 1, per: int = 1) -> Decimal:
    """A price, for so many minutes of those that it is for, with 60 digits."""
    return quotient(value.numerator * times, value.denominator * per)


class Board:
    """A tariff with what does not depend on a stay looked up once."""

    def __init__(self, tariff: Tariff) -> None:
        self.tariff = tariff
        self.rows = [rows_by_duration(band) for band in tariff.bands]
        self.entries = [per_entry_row(band) for band in tariff.bands]
        self._day_types: dict[int, str] = {}
        self._bands: dict[tuple[str, str], list[int]] = {}

    def day_type(self, ordinal: int) -> str:
        """The first day type of the file that fits the date (rule 1)."""
        if ordinal not in self._day_types:
            self._day_types[ordinal] = self._first_day_type(date.fromordinal(ordinal))
        return self._day_types[ordinal]

    def _first_day_type(self, day: date) -> str:
        for day_type in self.tariff.day_types:
            if day.weekday() in day_type.weekdays:
                return day_type.name
            for calendar in self.tariff.calendars:
                if calendar.name in day_type.calendars and day in calendar.dates:
                    return day_type.name
        raise AssertionError(f"{day} has no day type")

    def is_of(self, ordinal: int, days: tuple[str, ...]) -> bool:
        """Whether the date is of one of the day types; no name stands for all."""
        return not days or self.day_type(ordinal) in days

    def band_at(self, wall: int) -> int:
        """The place in the tariff of the band that holds at a wall minute (rule 2)."""
        ordinal, minute = divmod(wall, DAY)
        days = self.day_type(ordinal), self.day_type(ordinal - 1)
        if days not in self._bands:
            self._bands[days] = self._bands_on(ordinal)
        return self._bands[days][minute]

    def _bands_on(self, ordinal: int) -> list[int]:
        """The one band of each minute of a date."""
        holding: list[list[int]] = [[] for _ in range(DAY)]
        for place, band in enumerate(self.tariff.bands):
            for begun_on in (ordinal, ordinal - 1):
                if self.is_of(begun_on, band.days):
                    shift = (ordinal - begun_on) * DAY
                    for minute in range(
                        max(0, band.from_minute - shift), band.until_minute - shift
                    ):
                        if minute < DAY:
                            holding[minute].append(place)
        assert all(len(each) == 1 for each in holding), date.fromordinal(ordinal)
        return [place for (place,) in holding]

    def is_within(self, ordinal: int, minute: int, *, span: Band | Surcharge) -> bool:
        """Whether the hours of a band or surcharge hold, begun on this date or the one before."""
        begun_today = span.from_minute <= minute < span.until_minute
        begun_yesterday = span.from_minute <= minute + DAY < span.until_minute
        return (begun_today and self.is_of(ordinal, span.days)) or (
            begun_yesterday and self.is_of(ordinal - 1, span.days)
        )

    def period(self, cap: Cap, *, minute: int, wall: int, start: int) -> Period:
        """Which period of a cap (any scope but band) a minute of a part from `start` is in.

        Wrong day types do not matter here: `counts` tells.
        """
        match cap.scope:
            case CapScope.CALENDAR_DAY:
                return wall // DAY
            case CapScope.RESET_DAY:
                return (wall - cap.reset_minute) // DAY
            case CapScope.ROLLING_24H:
                return (minute - start) // DAY
            case CapScope.WEEK if cap.is_from_entry:
                return (minute - start) // (7 * DAY)
            case CapScope.WEEK:
                return (wall // DAY - 1) // 7  # the ordinal 1 was a Monday
            case CapScope.MONTH if cap.is_from_entry:
                return months_since(shown(self.tariff.zone, start), wall)
            case CapScope.MONTH:
                day = date.fromordinal(wall // DAY)
                return day.year * 12 + day.month
            case CapScope.SESSION:
                return 0
            case CapScope.BAND:
                raise AssertionError("the walk knows the presence spans")

    def counts(self, cap: Cap, *, period: int, start: int) -> bool:
        """Whether a cap holds in a period: when that begins on a date of the cap's day types."""
        match cap.scope:
            case CapScope.CALENDAR_DAY | CapScope.RESET_DAY:
                return self.is_of(period, cap.days)
            case CapScope.ROLLING_24H:
                begins = shown(self.tariff.zone, start + period * DAY)
                return self.is_of(begins // DAY, cap.days)
            case _:
                return True


def months_since(first: int, wall: int) -> int:
    """How many monthly edges of the wall minute `first` have been reached at `wall`."""
    begun, now = date.fromordinal(first // DAY), date.fromordinal(wall // DAY)
    months = (now.year - begun.year) * 12 + now.month - begun.month
    last_of_month = monthrange(now.year, now.month)[1]
    edge = wall_minute(now.replace(day=min(begun.day, last_of_month)), first % DAY)
    return max(0, months if wall >= edge else months - 1)


def rows_by_duration(band: Band) -> list[Row]:
    """The block and flat rows in the order of the row clock."""
    rows = [row for row in band.rows if row.kind is not RowKind.PER_ENTRY]
    return sorted(rows, key=lambda row: row.from_minutes)


def per_entry_row(band: Band) -> Row | None:
    """The one row that is charged for coming into the band."""
    return next((row for row in band.rows if row.kind is RowKind.PER_ENTRY), None)
