"""Says everything that makes a tariff not whole, in the words of whoever wrote its file.

Such a tariff is never used for a price. Hours without a band, and days without a type, are found
in gaps.py; what is whole and still odd, like a cap that is never reached, by the linter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.domain.checking.gaps import Problem, day_problems, hour_problems
from kiosk.domain.money import EXPONENTS, half_up
from kiosk.domain.tariff import (
    DAY_MINUTES,
    DAY_SCOPES,
    Band,
    BandRule,
    Cap,
    CapScope,
    DiscountKind,
    LostTicketRule,
    Row,
    RowKind,
    Surcharge,
    Tariff,
)

__all__ = ["Problem", "problems"]

_CODE = re.compile(r"[a-z0-9-]+")
_LONGEST_MINUTES = 366 * DAY_MINUTES
_YEARS = range(1970, 3000)
_HOUR_KEYS = (".from", ".until", ".days")
_SCOPES_FROM_ENTRY = frozenset({CapScope.WEEK, CapScope.MONTH})


def problems(tariff: Tariff) -> tuple[Problem, ...]:
    """All that is wrong with it, named by the keys of its file; empty when it may be used.

    Gaps and overlaps are looked for when days and bands are right by themselves: else one wrong
    hour would be told twice.
    """
    return tuple(_Finder(tariff).found())


class _Finder:
    """Looks through one tariff; each method yields the problems of one kind of table."""

    def __init__(self, tariff: Tariff) -> None:
        self._tariff = tariff
        self._day_names = [day.name for day in tariff.day_types]

    def found(self) -> Iterator[Problem]:
        yield from self._head()
        days, bands = [*self._calendars(), *self._days()], [*self._bands()]
        if not days:
            days = [*day_problems(self._tariff)]
        yield from days
        yield from bands
        has_hours = not any(problem.path.endswith(_HOUR_KEYS) for problem in bands)
        if self._tariff.bands and has_hours and not days:
            yield from hour_problems(self._tariff)
        yield from self._caps()
        yield from self._surcharges()
        yield from self._lost_ticket()
        yield from self._overstay()
        yield from self._discounts()
        yield from self._rounding()

    def _head(self) -> Iterator[Problem]:
        tariff = self._tariff
        if not _CODE.fullmatch(tariff.code):
            yield Problem("code", "should be small letters, digits and hyphens, like city-2")
        yield from _count("version", tariff.version, highest=10**9)
        try:
            ZoneInfo(tariff.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            yield Problem("zone", "is not a known time zone; write one like Europe/Berlin")
        for key, day in (("valid_from", tariff.valid_from), ("valid_until", tariff.valid_until)):
            if day is not None:
                yield from _year(key, day)
        if tariff.valid_from and tariff.valid_until and tariff.valid_until <= tariff.valid_from:
            yield Problem("valid_until", "should be after valid_from; it is the first day without")
        yield from self._not_negative("minimum", tariff.minimum)
        if tariff.maximum_stay_minutes is not None:
            yield from _count("maximum_stay_minutes", tariff.maximum_stay_minutes)
        yield from _tax("tax.percent", tariff.tax.rate)
        if tariff.free is not None:
            yield from _count("free.minutes", tariff.free.minutes)
            if tariff.free.once_in_hours is not None:
                yield from _count("free.once_in_hours", tariff.free.once_in_hours)

    def _calendars(self) -> Iterator[Problem]:
        names = [calendar.name for calendar in self._tariff.calendars]
        yield from _doubles(((f"calendar.{name}", name) for name in names), "calendar")
        for calendar in self._tariff.calendars:
            for number, day in enumerate(calendar.dates, 1):
                yield from _year(f"calendar.{calendar.name}.{number}", day)

    def _days(self) -> Iterator[Problem]:
        calendars = [calendar.name for calendar in self._tariff.calendars]
        numbered = [*enumerate(self._tariff.day_types, 1)]
        yield from _doubles(((f"day.{number}.name", day.name) for number, day in numbered), "day")
        for number, day in numbered:
            yield from _known(f"day.{number}.calendars", day.calendars, calendars, "[calendar]")
            if any(weekday not in range(7) for weekday in day.weekdays):
                yield Problem(f"day.{number}.weekdays", "should be mon, tue, wed and so on")

    def _bands(self) -> Iterator[Problem]:
        numbered = [*enumerate(self._tariff.bands, 1)]
        if not numbered:
            yield Problem("band", "is missing; a tariff has at least one [[band]] with its prices")
        names = ((f"band.{number}.name", band.name) for number, band in numbered)
        yield from _doubles(names, "band")
        for number, band in numbered:
            path = f"band.{number}"
            yield from self._hours(path, band)
            yield from self._rows(path, band)
            for row_number, row in enumerate(band.rows, 1):
                yield from self._row(f"{path}.row.{row_number}", row)

    def _hours(self, path: str, hours: Band | Surcharge) -> Iterator[Problem]:
        if hours.from_minute not in range(DAY_MINUTES):
            yield Problem(f"{path}.from", "should be an hour from 00:00 to 23:59")
        elif not 0 < hours.until_minute - hours.from_minute <= DAY_MINUTES:
            yield Problem(f"{path}.until", "should be after from, and at most 24 hours later")
        yield from _known(f"{path}.days", hours.days, self._day_names, "[[day]]")

    def _rows(self, path: str, band: Band) -> Iterator[Problem]:
        entries = [row for row in band.rows if row.kind is RowKind.PER_ENTRY]
        timed = [
            (number, row.from_minutes)
            for number, row in enumerate(band.rows, 1)
            if row.kind is not RowKind.PER_ENTRY
        ]
        if band.unstated and band.rows:
            yield Problem(f"{path}.unstated", "goes with no rows; remove it, or the rows")
        elif not band.unstated and not band.rows:
            yield Problem(
                f"{path}.row",
                'is missing; add a [[band.row]] (kind = "flat", price = 0.00 for free hours), '
                "or unstated = why",
            )
        if len(entries) > 1:
            yield Problem(f"{path}.row", "has more than one row per-entry; leave one of them")
        if timed and timed[0][1] != 0:
            text = "should be 0 in the first row; the first minutes have no price"
            yield Problem(f"{path}.row.{timed[0][0]}.from_minutes", text)
        for (_, before), (number, from_minutes) in pairwise(timed):
            if from_minutes <= before:
                text = f"should be more than {before}, as in the row before; put rows in order"
                yield Problem(f"{path}.row.{number}.from_minutes", text)
        if band.rule is BandRule.MIN and (len(entries) != 1 or not timed):
            yield Problem(f"{path}.rule", "min needs one row per-entry and at least one other row")

    def _row(self, path: str, row: Row) -> Iterator[Problem]:
        yield from self._not_negative(f"{path}.price", row.price)
        yield from _count(f"{path}.from_minutes", row.from_minutes, lowest=0)
        if row.kind is RowKind.BLOCK:
            yield from _count(f"{path}.per_minutes", row.per_minutes)
            # A file that gives only one of the two has it for both: that is one mistake.
            if row.block_minutes != row.per_minutes:
                yield from _count(f"{path}.block_minutes", row.block_minutes)
        if row.kind is RowKind.PER_ENTRY and row.from_minutes:
            yield Problem(f"{path}.from_minutes", "does not go with per-entry; remove it")
        yield from _tax(f"{path}.tax_percent", row.tax)

    def _caps(self) -> Iterator[Problem]:
        bands = [band.name for band in self._tariff.bands]
        for number, cap in enumerate(self._tariff.caps, 1):
            path = f"cap.{number}"
            yield from self._above_zero(f"{path}.price", cap.price)
            if 0 < cap.price < self._tariff.minimum:
                minimum = self._amount(self._tariff.minimum)
                text = f"is below the minimum of {minimum}; raise it, or lower minimum"
                yield Problem(f"{path}.price", text)
            if cap.scope is CapScope.BAND:
                yield from _known(f"{path}.band", (cap.band,), bands, "[[band]]")
            yield from _known(f"{path}.days", cap.days, self._day_names, "[[day]]")
            if cap.reset_minute not in range(DAY_MINUTES):
                yield Problem(f"{path}.reset_at", "should be an hour from 00:00 to 23:59")
            yield from _foreign_keys(path, cap)

    def _surcharges(self) -> Iterator[Problem]:
        numbered = [*enumerate(self._tariff.surcharges, 1)]
        names = ((f"surcharge.{number}.name", each.name) for number, each in numbered)
        yield from _doubles(names, "surcharge")
        for number, surcharge in numbered:
            path = f"surcharge.{number}"
            yield from self._above_zero(f"{path}.price", surcharge.price)
            yield from self._hours(path, surcharge)
            yield from _tax(f"{path}.tax_percent", surcharge.tax)

    def _lost_ticket(self) -> Iterator[Problem]:
        lost_ticket = self._tariff.lost_ticket
        if lost_ticket is None:
            return
        yield from self._not_negative("lost_ticket.price", lost_ticket.price)
        if lost_ticket.rule is LostTicketRule.DAY_MAXIMUM:
            if lost_ticket.price:
                yield Problem("lost_ticket.price", "does not go with day-maximum; remove it")
            if not any(cap.scope in DAY_SCOPES for cap in self._tariff.caps):
                text = "day-maximum needs a day cap; add a [[cap]] with scope = rolling-24h"
                yield Problem("lost_ticket.rule", text)

    def _overstay(self) -> Iterator[Problem]:
        overstay = self._tariff.overstay
        if overstay.multiplier < 1:
            text = "should be 1 or more: staying too long is not cheaper than parking"
            yield Problem("overstay.multiplier", text)
        if overstay.block_minutes is not None:
            yield from _count("overstay.block_minutes", overstay.block_minutes)
        if overstay.cap is not None:
            yield from self._above_zero("overstay.cap", overstay.cap)

    def _discounts(self) -> Iterator[Problem]:
        numbered = [*enumerate(self._tariff.discounts, 1)]
        names = ((f"discount.{number}.name", each.name) for number, each in numbered)
        yield from _doubles(names, "discount")
        is_time_over = False
        for number, discount in numbered:
            path = f"discount.{number}"
            if discount.kind is DiscountKind.TIME:
                yield from _count(f"{path}.minutes", discount.value)
                if is_time_over:
                    text = "should stand before the discounts by percent or amount"
                    yield Problem(f"{path}.minutes", text)
                continue
            is_time_over = True
            if discount.kind is DiscountKind.AMOUNT:
                yield from self._above_zero(f"{path}.amount", discount.value)
            elif not 0 < discount.value <= 1:
                yield Problem(f"{path}.percent", "should be more than 0, at most 100")

    def _rounding(self) -> Iterator[Problem]:
        rounding = self._tariff.rounding
        for key, step_minor in (
            ("step", rounding.step_minor),
            ("cash_step", rounding.cash_step_minor),
        ):
            if step_minor < 1:
                text = f"should be {self._amount(Fraction(1))} or more"
                yield Problem(f"rounding.{key}", text)

    def _amount(self, minor: Fraction) -> str:
        """In the major unit, as its file has it; to the smallest coin."""
        places = EXPONENTS[self._tariff.currency]
        shown = Decimal(half_up(minor.numerator, minor.denominator)).scaleb(-places)
        return f"{shown:f}"

    def _not_negative(self, path: str, price: Fraction) -> Iterator[Problem]:
        if price < 0:
            text = f"should not be negative; write {self._amount(Fraction(0))} or more"
            yield Problem(path, text)

    def _above_zero(self, path: str, price: Fraction) -> Iterator[Problem]:
        if price <= 0:
            zero = self._amount(Fraction(0))
            yield Problem(path, f"should be more than {zero}; without such a price leave it out")


def _foreign_keys(path: str, cap: Cap) -> Iterator[Problem]:
    """Keys of another scope; a table refuses them, a tariff from elsewhere may have them."""
    for key, is_given, scopes in (
        ("band", cap.band != "", frozenset({CapScope.BAND})),
        ("reset_at", cap.reset_minute != 0, frozenset({CapScope.RESET_DAY})),
        ("counts_from", cap.is_from_entry, _SCOPES_FROM_ENTRY),
        ("days", cap.days != (), DAY_SCOPES),
    ):
        if is_given and cap.scope not in scopes:
            text = f"does not go with the scope {cap.scope.value}; remove it"
            yield Problem(f"{path}.{key}", text)


def _count(
    path: str, value: int | Fraction, *, lowest: int = 1, highest: int = _LONGEST_MINUTES
) -> Iterator[Problem]:
    if not lowest <= value <= highest or value != int(value):
        text = f"should be a whole number from {lowest} to {highest}"
        yield Problem(path, text)


def _tax(path: str, rate: Fraction | None) -> Iterator[Problem]:
    if rate is not None and not 0 <= rate <= 1:
        yield Problem(path, "should be from 0 to 100")


def _year(path: str, day: date) -> Iterator[Problem]:
    if day.year not in _YEARS:
        yield Problem(path, f"should lie between the years {_YEARS[0]} and {_YEARS[-1]}")


def _known(path: str, names: Sequence[str], known: Sequence[str], table: str) -> Iterator[Problem]:
    listed = ", ".join(known) or "none"
    for name in names:
        if name not in known:
            yield Problem(path, f'"{name}" is no {table} of this tariff; there are: {listed}')


def _doubles(named: Iterable[tuple[str, str]], table: str) -> Iterator[Problem]:
    """Names that are empty, or that stand twice."""
    seen: set[str] = set()
    for path, name in named:
        if not name.strip():
            yield Problem(path, f"should not be empty; give each {table} a name")
        elif name in seen:
            yield Problem(path, f'"{name}" is the name of another {table} already')
        seen.add(name)
