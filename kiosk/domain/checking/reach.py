"""Finds rows, caps and minimums that no stay ever feels, by walking stays from every hour.

What a walk charges is worked out in pricing/accrual.py; the linter only looks at which rows and
caps it touched. Which dates never come is found in dates.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from kiosk.domain.checking.dates import reached_day_types, valid_dates
from kiosk.domain.checking.findings import Finding, FindingKind, amount_text, stay_text
from kiosk.domain.pricing.accrual import MIN_RULE, Charged, accrue
from kiosk.domain.pricing.timetable import Timetable, timetable_of
from kiosk.domain.tariff import (
    DAY_MINUTES,
    Band,
    BandRule,
    BlockPolicy,
    CapScope,
    Row,
    RowKind,
    Tariff,
)

_ZERO = Fraction(0)
_DAY_S = DAY_MINUTES * 60
_WALK_S, _MONTH_S, _LONGEST_S = 8 * _DAY_S, 31 * _DAY_S, 366 * _DAY_S
_STEP_MINUTES = 180
_EXACT = (BlockPolicy.PRO_RATA, BlockPolicy.ROUND_ONCE)


def reach_findings(tariff: Tariff, week_of: date) -> Iterator[Finding]:
    """What no stay from any hour of the week, or of a special date, ever feels."""
    timetable = timetable_of(tariff)
    seen = _Seen()
    reached = reached_day_types(tariff, valid_dates(tariff, week_of))
    monday = week_of - timedelta(days=week_of.weekday())
    for entered_s, lasting_s in _stays(tariff, timetable, monday, reached):
        _walk(timetable, seen, entered_s, lasting_s)
    came = {number for number, band in enumerate(tariff.bands) if _comes(band, reached)}
    yield from _row_findings(timetable, seen, came)
    yield from _cap_findings(tariff, seen, reached)
    yield from _start_findings(tariff, seen)


def _comes(band: Band, reached: Iterable[str]) -> bool:
    return not band.unstated and (not band.days or any(day in band.days for day in reached))


@dataclass(slots=True)
class _Seen:
    """What the walks touched."""

    rows: set[int] = field(default_factory=set)
    """By id: two equal rows are two rows."""
    charged_rows: set[int] = field(default_factory=set)
    caps: dict[int, Fraction] = field(default_factory=dict)
    """The dearest period of each cap, by its place in the tariff."""
    presences: dict[int, Fraction] = field(default_factory=dict)
    """The dearest presence span of each band with the rule min."""
    cheapest: Fraction | None = None
    """The least that a stay cost at its first charge."""

    def add(self, charged: tuple[Charged, ...]) -> None:
        """Take in one walk."""
        used: dict[tuple[int, int, int], Fraction] = {}
        began_s, at_once = None, _ZERO
        for each in charged:
            row = each.item.row
            self.rows.add(id(row))
            if each.amount or not each.full:
                self.charged_rows.add(id(row))
            for limit, period in each.item.keys:
                band = each.item.band if limit == MIN_RULE else -1
                key = (limit, period, band)
                used[key] = used.get(key, _ZERO) + each.amount
            if each.amount and began_s in {None, each.item.start_s}:
                began_s = each.item.start_s
                at_once += each.amount / each.units
        if began_s is not None and (self.cheapest is None or at_once < self.cheapest):
            self.cheapest = at_once
        for (limit, _, band), amount in used.items():
            dearest, place = (self.presences, band) if limit == MIN_RULE else (self.caps, limit)
            dearest[place] = max(dearest.get(place, _ZERO), amount)


def _walk(timetable: Timetable, seen: _Seen, entered_s: int, lasting_s: int) -> None:
    free = timetable.tariff.free
    deducted_s = free.minutes * 60 if free is not None and free.is_deducted else 0
    until_s = entered_s + lasting_s
    accrual = accrue(
        timetable, part_from_s=entered_s, from_s=entered_s + deducted_s, until_s=until_s
    )
    seen.add(accrual.charged(until_s))


def _stays(
    tariff: Tariff, timetable: Timetable, monday: date, reached: dict[str, date]
) -> Iterator[tuple[int, int]]:
    """Entries, and how long to walk from them: every 3 hours of a week, and every band edge."""
    longest_s = _LONGEST_S
    if tariff.maximum_stay_minutes is not None:
        longest_s = tariff.maximum_stay_minutes * 60
    last_row_s = _last_row_s(tariff)
    week = [monday + timedelta(days=number) for number in range(7)]
    for day in week:
        for minute in range(0, DAY_MINUTES, _STEP_MINUTES):
            yield timetable.edge(day, minute), min(max(_WALK_S, last_row_s + _DAY_S), longest_s)
    special = {day for calendar in tariff.calendars for day in calendar.dates}
    days = sorted({*week, *reached.values(), *special})
    for entered_s in sorted({edge for day in days for edge in _edges(timetable, day)}):
        yield entered_s, min(2 * _DAY_S + last_row_s, longest_s)
    scopes = {cap.scope for cap in tariff.caps}
    if CapScope.MONTH in scopes:
        for month in range(1, 13):
            first = timetable.edge(monday.replace(month=month, day=1), 0)
            yield first, min(_MONTH_S, longest_s)
    if CapScope.SESSION in scopes:
        yield timetable.edge(week[0], 0), longest_s


def _last_row_s(tariff: Tariff) -> int:
    return 60 * max((row.from_minutes for band in tariff.bands for row in band.rows), default=0)


def _edges(timetable: Timetable, day: date) -> Iterator[int]:
    """Where bands begin on a date, and from where a car is in time for each of their rows."""
    start_s, end_s = timetable.edge(day, 0), timetable.edge(day, DAY_MINUTES)
    for span in timetable.spans(start_s, end_s):
        yield span.start_s
        for row in timetable.tariff.bands[span.band].rows:
            if 0 < row.from_minutes <= DAY_MINUTES:
                yield span.start_s - row.from_minutes * 60


def _row_findings(timetable: Timetable, seen: _Seen, came: set[int]) -> Iterator[Finding]:
    tariff = timetable.tariff
    for number in sorted(came):
        band = tariff.bands[number]
        for row_number, row in enumerate(band.rows, 1):
            path = f"band.{number + 1}.row.{row_number}"
            if row.kind is RowKind.PER_ENTRY and band.rule is BandRule.MIN:
                if seen.presences.get(number, _ZERO) < row.price:
                    yield _entry_price_never(tariff, path, seen.presences.get(number, _ZERO))
            elif id(row) not in seen.rows:
                yield Finding(
                    kind=FindingKind.ROW_NEVER,
                    path=path,
                    text=f"is never reached: {_why_never(timetable, number, row)}",
                )
            elif id(row) not in seen.charged_rows:
                yield Finding(
                    kind=FindingKind.ROW_ALWAYS_CUT,
                    path=path,
                    text="never costs anything: a cap has always been used up before it",
                )
        if tariff.policy not in _EXACT:
            yield from _cut_blocks(band, f"band.{number + 1}")


def _entry_price_never(tariff: Tariff, path: str, dearest: Fraction) -> Finding:
    return Finding(
        kind=FindingKind.ENTRY_PRICE_NEVER,
        path=path,
        text="never counts: the other rows come to at most "
        f"{amount_text(dearest, tariff.currency)} in these hours",
    )


def _why_never(timetable: Timetable, number: int, row: Row) -> str:
    tariff = timetable.tariff
    from_s = row.from_minutes * 60
    begins = f"it begins after {stay_text(from_s)}"
    if tariff.maximum_stay_minutes is not None and row.from_minutes >= tariff.maximum_stay_minutes:
        return f"{begins}, no stay is longer than {stay_text(tariff.maximum_stay_minutes * 60)}"
    band = tariff.bands[number]
    lasts_s = (band.until_minute - band.from_minute) * 60
    if tariff.policy is BlockPolicy.RESTART and lasts_s <= min(from_s, _DAY_S - 1):
        return (
            f'{begins}, and with blocks = "restart" that time is counted anew at the edge '
            f"of the band, which lasts {stay_text(lasts_s)}"
        )
    if any(cap.restarts_blocks for cap in tariff.caps):
        return f"{begins}, and a cap with restarts_blocks counts that time anew before"
    return f"{begins}, and a stay that long is never in this band then"


def _cut_blocks(band: Band, path: str) -> Iterator[Finding]:
    timed = [
        (number, row)
        for number, row in enumerate(band.rows, 1)
        if row.kind is not RowKind.PER_ENTRY
    ]
    for (_, before), (number, row) in pairwise(timed):
        if before.kind is not RowKind.BLOCK:
            continue
        inside = (row.from_minutes - before.from_minutes) % before.block_minutes
        if inside:
            yield Finding(
                kind=FindingKind.BLOCK_CUT,
                path=f"{path}.row.{number}.from_minutes",
                text=f"begins {inside} min into a block of {before.block_minutes} min of the "
                "row before, which is charged whole",
            )


def _cap_findings(tariff: Tariff, seen: _Seen, reached: dict[str, date]) -> Iterator[Finding]:
    for number, cap in enumerate(tariff.caps):
        dearest = seen.caps.get(number, _ZERO)
        if dearest >= cap.price or (cap.days and not any(day in reached for day in cap.days)):
            continue
        within = ""
        if tariff.maximum_stay_minutes is not None:
            within = f" within the maximum stay of {stay_text(tariff.maximum_stay_minutes * 60)}"
        yield Finding(
            kind=FindingKind.CAP_NEVER,
            path=f"cap.{number + 1}.price",
            text=f"is never reached: the dearest {_PERIODS[cap.scope]}{within} comes to "
            f"{amount_text(dearest, tariff.currency)}, "
            f"below {amount_text(cap.price, tariff.currency)}",
        )


_PERIODS = {
    CapScope.BAND: "time in its band",
    CapScope.CALENDAR_DAY: "day",
    CapScope.RESET_DAY: "day",
    CapScope.ROLLING_24H: "24 hours",
    CapScope.WEEK: "week",
    CapScope.MONTH: "month",
    CapScope.SESSION: "stay",
}


def _start_findings(tariff: Tariff, seen: _Seen) -> Iterator[Finding]:
    """The minimum, and the free minutes, which stand at the start of a stay."""
    if tariff.minimum and seen.cheapest is not None and seen.cheapest >= tariff.minimum:
        yield Finding(
            kind=FindingKind.MINIMUM_NEVER,
            path="minimum",
            text="changes nothing: whatever costs something costs at least "
            f"{amount_text(seen.cheapest, tariff.currency)} at once",
        )
    free, longest = tariff.free, tariff.maximum_stay_minutes
    if free is not None and longest is not None and free.minutes >= longest:
        yield Finding(
            kind=FindingKind.FREE_TOO_LONG,
            path="free.minutes",
            text=f"cover the whole maximum stay of {longest} min: no stay ever costs anything",
        )
