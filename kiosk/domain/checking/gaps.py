"""Finds the hours of a tariff that no band covers, or two, and the days that have no type.

All pairs of dates that follow one another somewhere are looked at: those of any week, and those
around every date of a calendar. What else may be wrong stands in problems.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from kiosk.domain.tariff import DAY_MINUTES, Band, DayType, Tariff

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a tariff: the key as in its file (lists count from 1), and the words."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """A type of day, and the type of the day before it."""

    before: str
    day_type: str


@dataclass(frozen=True, slots=True)
class _Fault:
    """Minutes of a day that no band covers, or that two bands do."""

    from_minute: int
    until_minute: int
    bands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """Minutes of a day that a band covers."""

    from_minute: int
    until_minute: int
    band: int


def day_problems(tariff: Tariff) -> Iterator[Problem]:
    """Weekdays without a type, and types that no date ever has."""
    week, dates = _week(tariff), _dates(tariff)
    for name, day_type in zip(WEEKDAY_NAMES, week, strict=True):
        if day_type is None:
            yield Problem("day", f"{name} has no type; add it to the weekdays of a [[day]]")
    reached = {*week, *dates.values()}
    for number, day in enumerate(tariff.day_types, 1):
        if day.name not in reached:
            yield Problem(
                f"day.{number}",
                f'no date is ever of the type "{day.name}"; give it weekdays or dates '
                "that no type above it has, or remove it",
            )


def hour_problems(tariff: Tariff) -> Iterator[Problem]:
    """Gaps and overlaps of bands; days, hours and names are right when this is asked."""
    pairs = _pairs(tariff)
    found: dict[tuple[str, _Fault], list[_Pair]] = defaultdict(list)
    for pair in pairs:
        for fault in _faults(tariff.bands, pair):
            found[pair.day_type, fault].append(pair)
    for (day_type, fault), among in found.items():
        names = " or ".join(f'"{pair.before}"' for pair in among)
        is_always = len(among) == sum(pair.day_type == day_type for pair in pairs)
        after = "" if is_always else f" after a day of type {names}"
        hours = f"{pairs[among[0]]} {_hour(fault.from_minute)} to {_hour(fault.until_minute)}"
        if not fault.bands:
            yield Problem(
                "band",
                f"{hours} has no band{after}; let a band reach over these hours, "
                "or add one that says unstated = why",
            )
            continue
        first, second = fault.bands
        yield Problem(
            f"band.{second + 1}",
            f'{hours} is also in band.{first + 1} "{tariff.bands[first].name}"{after}; '
            "change from, until or days of one of them",
        )


def _week(tariff: Tariff) -> list[str | None]:
    """The day type of each weekday that is in no calendar."""
    return [_first(tariff.day_types, weekday, frozenset()) for weekday in range(7)]


def _dates(tariff: Tariff) -> dict[date, str | None]:
    """The day type of each date that is in a calendar."""
    calendars: dict[date, set[str]] = defaultdict(set)
    for calendar in tariff.calendars:
        for day in calendar.dates:
            calendars[day].add(calendar.name)
    return {
        day: _first(tariff.day_types, day.weekday(), names) for day, names in calendars.items()
    }


def _first(day_types: Iterable[DayType], weekday: int, calendars: Iterable[str]) -> str | None:
    for day_type in day_types:
        if weekday in day_type.weekdays or not set(day_type.calendars).isdisjoint(calendars):
            return day_type.name
    return None


def _pairs(tariff: Tariff) -> dict[_Pair, str]:
    """The types that follow one another, each with the first day on which that happens."""
    week, dates = _week(tariff), _dates(tariff)
    pairs: dict[_Pair, str] = {}
    for weekday, name in enumerate(WEEKDAY_NAMES):
        pairs.setdefault(_pair(week[weekday - 1], week[weekday]), name)
    for day in sorted({*dates, *(day + _DAY for day in dates)}):
        pair = _pair(_type(day - _DAY, week, dates), _type(day, week, dates))
        pairs.setdefault(pair, f"{WEEKDAY_NAMES[day.weekday()]} {day}")
    return pairs


def _type(day: date, week: list[str | None], dates: Mapping[date, str | None]) -> str | None:
    return dates.get(day, week[day.weekday()])


def _pair(before: str | None, day_type: str | None) -> _Pair:
    assert before is not None, "every weekday has a type"
    assert day_type is not None, "every weekday has a type"
    return _Pair(before, day_type)


def _faults(bands: tuple[Band, ...], pair: _Pair) -> Iterator[_Fault]:
    """The gaps, and the overlaps of each two bands, on a day of the pair's type."""
    spans = sorted(
        [*_spans(bands, pair.day_type, shift=0), *_spans(bands, pair.before, shift=DAY_MINUTES)],
        key=lambda span: span.from_minute,
    )
    reached = 0
    for span in spans:
        if span.from_minute > reached:
            yield _Fault(reached, span.from_minute, ())
        reached = max(reached, span.until_minute)
    if reached < DAY_MINUTES:
        yield _Fault(reached, DAY_MINUTES, ())
    for one, other in combinations(spans, 2):
        from_minute = max(one.from_minute, other.from_minute)
        until_minute = min(one.until_minute, other.until_minute)
        if from_minute < until_minute:
            both = (min(one.band, other.band), max(one.band, other.band))
            yield _Fault(from_minute, until_minute, both)


def _spans(bands: tuple[Band, ...], day_type: str, *, shift: int) -> Iterator[_Span]:
    """What bands that begin on a day of this type cover of the day `shift` minutes later."""
    for number, band in enumerate(bands):
        if band.days and day_type not in band.days:
            continue
        from_minute = max(band.from_minute - shift, 0)
        until_minute = min(band.until_minute - shift, DAY_MINUTES)
        if from_minute < until_minute:
            yield _Span(from_minute, until_minute, number)


def _hour(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
