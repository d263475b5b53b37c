"""Days on which something repeats, by the rules of calendars (RFC 5545, RRULE).

The one module of the domain that leans on a library: python-dateutil knows these rules, and
calendars of owners are full of them (decision 0009). What repeats is the business of offer.py.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import rrulestr

_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_OF_MONTHS = frozenset({"MONTHLY", "YEARLY"})
_KEYS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}
)
_BLOCK_DAYS = 32
"""Occurrences are worked out and remembered for so many days at once."""


def problem_of(rule: str, *, starts_local: datetime) -> str | None:
    """Why a rule cannot be kept, in the words of whoever wrote it; None when it can.

    Rules that repeat within a day are refused, because a window is repeated by the day; so
    are keys that no calendar program writes for a weekly or monthly appointment.
    """
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        return f"repeats by {frequency or 'no FREQ'}: should be daily, weekly, monthly or yearly"
    unknown = sorted(parts.keys() - _KEYS)
    if unknown:
        return f"repeats by {', '.join(unknown)}, which is not known here"
    if "BYMONTHDAY" in parts and frequency not in _OF_MONTHS:
        return "names days of the month (BYMONTHDAY), which goes with monthly and yearly rules"
    if not parts.get("INTERVAL", "1").isdigit() or int(parts.get("INTERVAL", "1")) == 0:
        return "INTERVAL should be a number from 1 on"
    try:
        first = next(iter(rrulestr(rule, dtstart=starts_local)), None)
    except (ValueError, TypeError, KeyError) as error:
        return f"cannot be read as a rule of RFC 5545: {error}"
    return None if first is not None else "never happens"


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


# Offers are read over and over, many spaces share one rule, and dateutil walks from the start.
@lru_cache(maxsize=4096)
def _starts_of_block(rule: str, starts_local: datetime, block: int) -> tuple[datetime, ...]:
    first = datetime.combine(date.fromordinal(max(block * _BLOCK_DAYS, 1)), time())
    last = first + timedelta(days=_BLOCK_DAYS) - timedelta(seconds=1)
    return tuple(rrulestr(rule, dtstart=starts_local).between(first, last, inc=True))
