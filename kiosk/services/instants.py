"""Instants as people write them for tariffs: ISO 8601, naive ones on the clock of a zone."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_LOOKS_RIGHT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_MIDNIGHT = re.compile(r"[ T]24:00(:00)?$")


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """The UTC instant; of one that the clocks show twice, the first. ValueError says it in words.

    A naive time that the clocks skip is none: which instant its writer meant cannot be known.
    """
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f'"{text}" {_what_is_wrong(text)}') from None
    if not 1970 <= written.year <= 2999:
        raise ValueError(f'"{text}" should lie between the years 1970 and 2999')
    if written.microsecond:
        raise ValueError(f'"{text}" should be in whole seconds; leave out the parts of a second')
    if written.tzinfo is not None:
        return written.astimezone(UTC)
    instant = written.replace(tzinfo=zone).astimezone(UTC)
    shown = instant.astimezone(zone)
    if shown.replace(tzinfo=None) != written:
        raise ValueError(
            f'"{text}" is skipped by the clocks of {zone.key}: they go forward then; '
            f"write {shown:%Y-%m-%d %H:%M}, or add the offset from UTC"
        )
    return instant


def _what_is_wrong(text: str) -> str:
    """About a text that is no instant."""
    example = "write for example 2026-03-02 10:00"
    if not _LOOKS_RIGHT.fullmatch(text):
        return f"should be a date and a time; {example}"
    with suppress(ValueError, OverflowError):
        if _MIDNIGHT.match(text, 10):
            following = date.fromisoformat(text[:10]) + timedelta(days=1)
            return f"should be 00:00 of the next day; write {following} 00:00"
    return f"is no day and time of the calendar; {example}"


def instant_text(instant: datetime, zone: ZoneInfo) -> str:
    """The shortest text that `read_instant` reads back: naive where the clocks show it once."""
    local = instant.astimezone(zone)
    naive = local.replace(tzinfo=None)
    shown = f"{naive:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    return shown if read_instant(shown, zone) == instant else local.isoformat(sep=" ")
