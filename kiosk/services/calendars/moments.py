"""What dates and times of a calendar mean: days, times of any clock, lengths, rules' ends.

Which zone a name stands for is looked up in the zones of this machine, never in the file.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar.prop import vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from kiosk.services.calendars.lines import Property
from kiosk.services.published_records import CannotSay, quoted

_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
_LENGTH = re.compile(r"[+-]?P[0-9WDTHMS]{2,40}")
_FIRST_YEAR, _LAST_YEAR = 1970, 2999
_UTC = ZoneInfo("UTC")


def moments_of(prop: Property) -> list[date | datetime]:
    """The dates and times of a property; those with a zone are aware, floating ones are not."""
    return [moment_of(value, prop) for value in prop.value.split(",")]


def moment_of(value: str, prop: Property) -> date | datetime:
    """A day, or a time on some clock; CannotSay when it is neither or its zone is unknown."""
    found = _MOMENT.fullmatch(value.strip().upper())
    if found is None:
        raise CannotSay(f"{quoted(value)} is no date and no time")
    year, month, day, hour, minute, second, is_utc = found.groups()
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        raise CannotSay(f"{quoted(value)} should lie between {_FIRST_YEAR} and {_LAST_YEAR}")
    try:
        on = date(int(year), int(month), int(day))
        if hour is None:
            return on
        local = datetime.combine(on, time(int(hour), int(minute), int(second)))
    except ValueError as error:
        raise CannotSay(f"{quoted(value)} is no date and no time: {error}") from error
    if is_utc:
        return local.replace(tzinfo=_UTC)
    name = prop.params.get("TZID")
    return local if name is None else local.replace(tzinfo=zone_named(name))


def zone_named(name: str) -> ZoneInfo:
    """The zone of a TZID: an IANA name, also behind a program's prefix, or one of Windows."""
    plain = name.strip("/")
    steps = plain.split("/")
    tails = ["/".join(steps[start:]) for start in range(len(steps))] if name[:1] == "/" else []
    for key in (WINDOWS_TO_OLSON.get(plain), plain, *tails):
        try:
            if key:
                return ZoneInfo(key)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    raise CannotSay(f"is in the time zone {quoted(name)}, which is not known here")


def end_after(start: date | datetime, length: Property) -> date | datetime:
    """Where a DURATION leads: its weeks and days by the clock, its hours as they pass."""
    text = length.value.upper()
    days, is_timed, hours = text.partition("T")
    try:
        if not _LENGTH.fullmatch(text):
            raise ValueError(text)
        sign = "-" if text.startswith("-") else ""
        nominal = _length(days) if days[-1:] != "P" else timedelta()
        exact = _length(f"{sign}PT{hours}") if is_timed else timedelta()
        end = start + nominal
        if not isinstance(end, datetime):
            if exact:
                raise CannotSay(f"lasts {quoted(text)}, but begins on a day and not at a time")
            return end
        return end + exact if end.tzinfo is None else _later(end, exact)
    except (ValueError, OverflowError) as error:
        raise CannotSay(f"{quoted(length.value)} is no length of time") from error


def _length(text: str) -> timedelta:
    length: timedelta = vDuration.from_ical(text)  # type: ignore[no-untyped-call]
    return length


def _later(aware: datetime, exact: timedelta) -> datetime:
    return (aware.astimezone(UTC) + exact).astimezone(aware.tzinfo)


def on_clock(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """What the clock of a zone shows then; of days and floating times what they say."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo is None or moment.tzinfo is zone:
        return moment.replace(tzinfo=None, fold=0)
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def instant_of(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """The instant of a moment; days and floating times are those of the given zone."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC)
    return on_clock(moment, zone).replace(tzinfo=zone).astimezone(UTC)
