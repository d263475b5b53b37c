"""Times on the command line: ISO 8601, and without an offset on the clock of the site."""

from __future__ import annotations

import argparse
import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)
_YEARS = range(1970, 3000)
"""As in offers (kiosk.domain.offer); beyond them some clock has no such day."""


def time_argument(text: str) -> datetime:
    """What an option means by a time; with or without an offset."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        _refuse_a_day_of_no_calendar(text)
        raise argparse.ArgumentTypeError("should be a time like 2026-06-01T14:00") from error
    if at.year not in _YEARS:
        raise argparse.ArgumentTypeError("should lie between the years 1970 and 2999")
    return at


def month_argument(text: str) -> date:
    """The first day of a month of the command line."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
    if found is not None and int(found[1]) in _YEARS and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1)
    raise argparse.ArgumentTypeError("should be a month like 2026-03")


def day_argument(text: str) -> date:
    """A date of the command line, in the years for which tariffs can be priced."""
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if day.year in _YEARS:
            return day
    _refuse_a_day_of_no_calendar(text)
    raise argparse.ArgumentTypeError(
        "should be a date like 2026-03-02, between the years 1970 and 2999"
    )


def _refuse_a_day_of_no_calendar(text: str) -> None:
    """A day that is written well and does not exist is not called badly written."""
    if _DAY.match(text) is None:
        return
    try:
        date.fromisoformat(text[:10])
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"there is no such day as {text[:10]}") from error


def instant_of(at: datetime, zone: ZoneInfo) -> datetime:
    """An instant in UTC, to the second."""
    aware = at if at.tzinfo is not None else at.replace(tzinfo=zone)
    return aware.astimezone(UTC).replace(microsecond=0)


def time_text(at: datetime, zone: ZoneInfo) -> str:
    """An instant as the clock on the wall of the site says it."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
