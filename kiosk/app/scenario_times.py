"""Times and amounts as a scenario writes them: `14:05`, `Tue 08:00`, `+20m`, `4.80`, `EUR 4.80`.

Local times are on the clock of the site; what happens at them is left to scenario_run.py.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, PlainValidator, ValidationInfo

from kiosk.domain.money import EXPONENTS, Money
from kiosk.services.instants import read_instant

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_STEP = re.compile(r"([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_HOUR, _SIXTIETH = "(?:[01][0-9]|2[0-3])", "[0-5][0-9]"
_CLOCK = re.compile(rf"(?:({'|'.join(WEEKDAYS)}) )?({_HOUR}:{_SIXTIETH}(?::{_SIXTIETH})?)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} .*")
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=3660)
FIRST_YEAR, LAST_YEAR = 2020, 2150
"""Tickets count from 2020 on, for 159 years."""
_EXAMPLES = 'write for example "14:05", "Tue 08:00", "2026-06-02 08:00" or "+20m"'


def read_step(text: str) -> timedelta:
    """`+1d2h30m` or `-20m`; ValueError says in words what it should be."""
    found = _STEP.fullmatch(text)
    if found is None or not any(found.groups()[1:]):
        raise ValueError(f'"{text}" should be a length of time; write for example "+1h30m"')
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    try:
        step = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        step = timedelta.max
    if step > _LONGEST:
        raise ValueError(f'"{text}" is longer than {_LONGEST.days} days')
    return -step if found[1] == "-" else step


def instant_of(text: str, *, after: datetime, zone: ZoneInfo, rolls: bool = False) -> datetime:
    """As _instant_of, and within the years that tickets know."""
    instant = _instant_of(text, after=after, zone=zone, rolls=rolls)
    if not FIRST_YEAR <= instant.year < LAST_YEAR:
        raise ValueError(f'"{text}" should lie between the years {FIRST_YEAR} and {LAST_YEAR}')
    return instant


def _instant_of(text: str, *, after: datetime, zone: ZoneInfo, rolls: bool) -> datetime:
    """The instant that a text means when it is read at `after`; ValueError says it in words.

    A bare clock is on the local day of `after`; with `rolls` it is the first one behind `after`.
    A weekday is the next one, today included. Of an hour that the clocks show twice, the first.
    """
    if text.startswith(("+", "-")):
        return after + read_step(text)
    if _DATE.fullmatch(text):
        return read_instant(text, zone)
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(f'"{text}" should be a time; {_EXAMPLES}')
    weekday, clock = found.groups()
    day = after.astimezone(zone).date()
    if weekday is not None:
        day += (WEEKDAYS.index(weekday) - day.weekday()) % 7 * _DAY
    instant = read_instant(f"{day} {clock}", zone)
    if rolls and instant <= after:
        instant = read_instant(f"{day + (7 if weekday else 1) * _DAY} {clock}", zone)
    return instant


def read_local(text: str) -> datetime:
    """What the clock on the wall of the site says, without a zone; ValueError says it in words."""
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the wall of the site
    except ValueError:
        example = 'write for example "2026-06-06 09:00"'
        raise ValueError(f'"{text}" should be a local date and time; {example}') from None


def _local_text(value: object) -> str:
    read_local(str(value))
    return str(value)


def _time_text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"should be a time in quotes; {_EXAMPLES}")
    # What it means is known with the event's own time: here only whether it means anything.
    instant_of(value, after=datetime(2026, 1, 5, tzinfo=ZoneInfo("UTC")), zone=ZoneInfo("UTC"))
    return value


def _step_text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError('should be a length of time in quotes; write for example "+1h30m"')
    read_step(value)
    return value


def read_amount(value: object, currency: str) -> Money:
    """An amount in the site's currency: a number in its major unit, or text with its code."""
    example = f'write for example 4.80 or "{currency} 4.80"'
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise ValueError(f"should be an amount; {example}")
    code, _, number = value.rpartition(" ") if isinstance(value, str) else ("", "", str(value))
    if code and code != currency:
        raise ValueError(f"is in {code}; the site has {currency}")
    try:
        minor = Decimal(number).scaleb(EXPONENTS[currency])
    except InvalidOperation:
        raise ValueError(f'"{value}" should be an amount; {example}') from None
    if not minor.is_finite() or minor != minor.to_integral_value():
        raise ValueError(f"{number} has parts that {currency} does not have")
    return Money(int(minor), currency)


def _amount(value: object, info: ValidationInfo) -> Money:
    return read_amount(value, (info.context or {})["currency"])


TimeText = Annotated[str, PlainValidator(_time_text)]
LocalText = Annotated[str, PlainValidator(_local_text)]
StepText = Annotated[str, PlainValidator(_step_text)]
Amount = Annotated[Money, PlainValidator(_amount)]


def _not_below_nothing(amount: Money) -> Money:
    if amount.minor < 0:
        raise ValueError("should not be below nothing")
    return amount


def _more_than_nothing(amount: Money) -> Money:
    if amount.minor <= 0:
        raise ValueError("should be more than nothing")
    return amount


Limit = Annotated[Amount, AfterValidator(_not_below_nothing)]
"""What may be nothing, and not less."""
Paid = Annotated[Amount, AfterValidator(_more_than_nothing)]
"""What somebody gives, pays or gets back: which way it goes, the verb says."""
