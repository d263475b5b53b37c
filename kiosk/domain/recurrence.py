"""Days on which something repeats, by the rules of calendars (RFC 5545, RRULE).

The one module of the domain that leans on a library: python-dateutil knows these rules, and
calendars of owners are full of them (decision 0010). What repeats is the business of offer.py.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateutil.rrule import rrule

_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_OF_MONTHS = frozenset({"MONTHLY", "YEARLY"})
_RULE = re.compile(r"[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*")
_DAY = "(MO|TU|WE|TH|FR|SA|SU)"
_VALUES = {
    "INTERVAL": (r"[1-9]\d{0,3}", "a number from 1 to 9999"),
    "COUNT": (r"[1-9]\d{0,3}", "a number from 1 to 9999"),
    "UNTIL": (r"[12]\d{7}(T\d{6})?", "local time like 20261231 or 20261231T180000"),
    "WKST": (_DAY, "a day like MO"),
    "BYDAY": (rf"([+-]?[1-5])?{_DAY}", "days like MO,TU or 1MO,-1FR"),
    "BYMONTH": (r"[1-9]|1[0-2]", "months from 1 to 12"),
    "BYMONTHDAY": (r"[+-]?([1-9]|[12]\d|3[01])", "days from 1 to 31 or from -1 to -31"),
    "BYSETPOS": (r"[+-]?[1-9]\d{0,2}", "places like 1 or -1"),
}
_LISTS = frozenset({"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"})
_DAY_ALONE = re.compile(r"(UNTIL=\d{8})(?!\d|T)")
_BLOCK_DAYS = 32
"""Occurrences are worked out and remembered for so many days at once."""
_CALENDAR_YEARS = 400
"""After so many years all dates come again on the same days of the week."""


def problem_of(rule: str, *, starts_local: datetime) -> str | None:
    """Why a rule cannot be kept, in the words of whoever wrote it; None when it can.

    Rules that repeat within a day are refused, because a window is repeated by the day; so
    are keys that no calendar program writes for a weekly or monthly appointment.
    """
    if not _RULE.fullmatch(rule.upper()):
        return f'"{rule}" should be a rule like FREQ=WEEKLY;BYDAY=MO,TU'
    named = [part.partition("=") for part in rule.upper().split(";")]
    parts = {key: value for key, _, value in named}
    if len(parts) < len(named):
        return "names a part twice"
    why = _problem_of_parts(parts)
    if why is not None:
        return why
    try:
        happens = _happens_at_all(parts, starts_local) and any(
            True for _ in _read(rule, starts_local)
        )
    except ValueError as error:
        return f"cannot be read as a rule of RFC 5545: {error}"
    return None if happens else "never happens"


def _problem_of_parts(parts: dict[str, str]) -> str | None:
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        return f"repeats by {frequency or 'no FREQ'}: should be daily, weekly, monthly or yearly"
    unknown = sorted(parts.keys() - _VALUES.keys() - {"FREQ"})
    if unknown:
        return f"repeats by {', '.join(unknown)}, which is not known here"
    for key, (pattern, words) in _VALUES.items():
        values = parts.get(key, "").split(",") if key in _LISTS else [parts.get(key, "")]
        if key in parts and not all(re.fullmatch(pattern, value) for value in values):
            return f"{key} should be {words}, not {parts[key]}"
    if frequency not in _OF_MONTHS:
        if "BYMONTHDAY" in parts:
            return "names days of the month (BYMONTHDAY), which goes with monthly and yearly rules"
        if "BYSETPOS" in parts:
            return "names places (BYSETPOS), which goes with monthly and yearly rules"
        if any(sign.isdigit() for sign in parts.get("BYDAY", "")):
            return f"BYDAY={parts['BYDAY']} counts days, which goes with monthly and yearly rules"
    if "COUNT" in parts and "UNTIL" in parts:
        return "ends by COUNT and by UNTIL: should be one of them"
    return None


def _happens_at_all(parts: dict[str, str], starts_local: datetime) -> bool:
    """Whether a rule ever comes true, if it had no end.

    dateutil looks until the year 9999, which takes seconds; so it is asked a few centuries
    before that, in a year like the one that is meant.
    """
    year = starts_local.year + (9600 - starts_local.year) // _CALENDAR_YEARS * _CALENDAR_YEARS
    rule = ";".join(f"{key}={parts[key]}" for key in parts.keys() - {"COUNT", "UNTIL"})
    return any(True for _ in _read(rule, starts_local.replace(year=year)))


def starts_between(
    rule: str | None, *, starts_local: datetime, from_day: date, until_day: date
) -> tuple[datetime, ...]:
    """The local starts on days of [from_day, until_day); without a rule there is only one."""
    if rule is None:
        return (starts_local,) if from_day <= starts_local.date() < until_day else ()
    first = from_day.toordinal() // _BLOCK_DAYS
    last = (until_day.toordinal() - 1) // _BLOCK_DAYS
    return tuple(
        start
        for block in range(first, last + 1)
        for start in _starts_of_block(rule, starts_local, block)
        if from_day <= start.date() < until_day
    )


def next_start(rule: str, *, starts_local: datetime, not_before: datetime) -> datetime | None:
    """The first local start from an instant on; None when the rule has ended by then."""
    found: datetime | None = _read(rule, starts_local).after(not_before, inc=True)
    return found


def last_start(rule: str, *, starts_local: datetime) -> datetime:
    """The last local start of a rule that ends by COUNT or UNTIL, and happens at all."""
    *_, last = _read(rule, starts_local)
    return last


# Offers are read over and over, many spaces share one rule, and dateutil walks from the start.
@lru_cache(maxsize=4096)
def _starts_of_block(rule: str, starts_local: datetime, block: int) -> tuple[datetime, ...]:
    first = datetime.combine(date.fromordinal(max(block * _BLOCK_DAYS, 1)), time())
    last = first + timedelta(days=_BLOCK_DAYS) - timedelta(seconds=1)
    return tuple(_read(rule, starts_local).between(first, last, inc=True))


def _read(rule: str, starts_local: datetime) -> rrule:
    """The rule as dateutil knows it; UNTIL with a day alone means that whole day."""
    # Only where a rule is read: the pages of drivers know offers, and never their rules.
    from dateutil.rrule import rrule, rrulestr  # noqa: PLC0415

    found = rrulestr(_DAY_ALONE.sub(r"\1T235959", rule.upper()), dtstart=starts_local)
    assert isinstance(found, rrule), "one rule is no set of rules"
    return found
