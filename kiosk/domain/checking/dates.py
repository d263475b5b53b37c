"""Finds what the dates of a tariff never bring: day types, bands, calendars that have run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.domain.checking.findings import Dates, Finding, FindingKind
from kiosk.domain.tariff import Tariff

_MOST_DAYS = 3 * 366
_AHEAD = timedelta(days=60)
"""How early the keeper of an open-ended tariff is told that the next year has no holidays."""


def valid_dates(tariff: Tariff, week_of: date) -> Dates:
    """The dates on which the tariff holds; without an end, the year of the week that is tried.

    One that has held for years is tried from that year on, if it still holds then.
    """
    from_, until = week_of.replace(month=1, day=1), tariff.valid_until
    if tariff.valid_from is not None and (
        tariff.valid_from > from_ or (until is not None and until <= from_)
    ):
        from_ = tariff.valid_from
    if until is None:
        until = max(date(week_of.year + 1, 1, 1), from_ + timedelta(days=366))
    return Dates(from_, min(until, from_ + timedelta(days=_MOST_DAYS)))


def reached_day_types(tariff: Tariff, dates: Dates) -> dict[str, date]:
    """The day types that come, each with its first date."""
    reached: dict[str, date] = {}
    for day in dates.all():
        reached.setdefault(tariff.day_type(day), day)
    return reached


def date_findings(tariff: Tariff, week_of: date) -> Iterator[Finding]:
    """Day types, bands, caps and surcharges that never come, and calendars that end."""
    dates = valid_dates(tariff, week_of)
    reached = reached_day_types(tariff, dates)
    for number, day_type in enumerate(tariff.day_types, 1):
        if day_type.name not in reached:
            yield Finding(
                kind=FindingKind.DAY_NEVER,
                path=f"day.{number}",
                text=f'no date from {dates.from_} to {dates.until} is a day "{day_type.name}"; '
                "its weekdays and dates may belong to a [[day]] above it",
            )
    for path, days in _with_days(tariff):
        if days and not any(day in reached for day in days):
            yield Finding(
                kind=FindingKind.HOURS_NEVER,
                path=path,
                text=f"never holds: no date is a day {_quoted(days)}",
            )
    yield from _calendar_findings(tariff, week_of)


def _with_days(tariff: Tariff) -> Iterator[tuple[str, tuple[str, ...]]]:
    for number, band in enumerate(tariff.bands, 1):
        yield f"band.{number}", band.days
    for number, cap in enumerate(tariff.caps, 1):
        yield f"cap.{number}", cap.days
    for number, surcharge in enumerate(tariff.surcharges, 1):
        yield f"surcharge.{number}", surcharge.days


def _calendar_findings(tariff: Tariff, week_of: date) -> Iterator[Finding]:
    used = {name for day_type in tariff.day_types for name in day_type.calendars}
    for calendar in tariff.calendars:
        path = f"calendar.{calendar.name}"
        if calendar.name not in used:
            yield Finding(
                kind=FindingKind.CALENDAR_UNUSED,
                path=path,
                text="is named by no [[day]]; its dates change nothing",
            )
            continue
        years = {day.year for day in calendar.dates}
        for year in _years(tariff, week_of):
            if year not in years:
                yield Finding(
                    kind=FindingKind.CALENDAR_ENDS,
                    path=path,
                    text=f"has no date in {year}; add them, or that year's holidays are priced "
                    "like ordinary days",
                )


def _years(tariff: Tariff, week_of: date) -> range:
    first = tariff.valid_from or week_of
    last = (week_of + _AHEAD).year
    if tariff.valid_until is not None:
        last = (tariff.valid_until - timedelta(days=1)).year
    return range(first.year, max(first.year, last) + 1)


def _quoted(names: tuple[str, ...]) -> str:
    return " or ".join(f'"{name}"' for name in names)
