"""The periods of a cap on the time line (docs/tariff-rules.md, rule 5, Cap periods)."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.domain.pricing.timetable import Span, Timetable
from kiosk.domain.tariff import Cap, CapScope

_DAY_S = 24 * 3600
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CapPeriods:
    """The periods of one cap in one part of a stay, by where each begins."""

    cap: Cap
    starts: tuple[int, ...]
    """Where each period begins; the first at or before the priced time."""
    holds: tuple[bool, ...]
    """Whether the cap holds in that period: its day types may leave it out."""

    def number_at(self, instant_s: int) -> int | None:
        """Which period an instant is in, or None when the cap does not hold in it."""
        number = bisect_right(self.starts, instant_s) - 1
        return number if number >= 0 and self.holds[number] else None


def cap_periods(
    cap: Cap, timetable: Timetable, *, part_from_s: int, until_s: int, spans: list[Span]
) -> CapPeriods:
    """The periods of a cap for a part of a stay that begins at `part_from_s`."""
    if cap.scope is CapScope.BAND:
        return _band_periods(cap, timetable, spans)
    starts = tuple(_starts(cap, timetable, part_from_s, until_s))
    if not cap.days:
        return CapPeriods(cap, starts, (True,) * len(starts))
    return CapPeriods(
        cap, starts, tuple(timetable.day_type_at(start) in cap.days for start in starts)
    )


def _band_periods(cap: Cap, timetable: Timetable, spans: list[Span]) -> CapPeriods:
    bands = timetable.tariff.bands
    return CapPeriods(
        cap,
        tuple(span.start_s for span in spans),
        tuple(bands[span.band].name == cap.band for span in spans),
    )


def _starts(cap: Cap, timetable: Timetable, part_from_s: int, until_s: int) -> Iterator[int]:
    match cap.scope:
        case CapScope.ROLLING_24H:
            yield from range(part_from_s, until_s, _DAY_S)
        case CapScope.WEEK if cap.is_from_entry:
            yield from range(part_from_s, until_s, 7 * _DAY_S)
        case CapScope.MONTH if cap.is_from_entry:
            yield from _months_from(timetable, part_from_s, until_s)
        case CapScope.SESSION:
            yield part_from_s
        case _:
            yield from _calendar_starts(cap, timetable, part_from_s, until_s)


def _calendar_starts(
    cap: Cap, timetable: Timetable, part_from_s: int, until_s: int
) -> Iterator[int]:
    """Edges of days, weeks or months, from the last one at or before the part's start."""
    minute = cap.reset_minute if cap.scope is CapScope.RESET_DAY else 0
    day = _period_day(cap.scope, timetable.date_at(part_from_s) - _ONE_DAY)
    while (start := timetable.edge(day, minute)) < until_s:
        following = _period_day(cap.scope, day, step=1)
        if timetable.edge(following, minute) > part_from_s:
            yield start
        day = following


def _period_day(scope: CapScope, day: date, *, step: int = 0) -> date:
    """The date on which the period around `day` began; `step` 1 for the one after it."""
    if scope is CapScope.WEEK:
        return day - timedelta(days=day.weekday()) + timedelta(weeks=step)
    if scope is CapScope.MONTH:
        return _month_later(day.replace(day=1), step)
    return day + timedelta(days=step)


def _months_from(timetable: Timetable, part_from_s: int, until_s: int) -> Iterator[int]:
    began = datetime.fromtimestamp(part_from_s, timetable.zone)
    minute, second = began.hour * 60 + began.minute, began.second
    start, months = part_from_s, 0
    while start < until_s:
        yield start
        months += 1
        day = _month_later(began.date(), months)
        # An hour that the clocks skip is over at their change, its seconds too.
        start = min(timetable.edge(day, minute) + second, timetable.edge(day, minute + 1))


def _month_later(day: date, months: int) -> date:
    """The same day so many months later; the last one of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
