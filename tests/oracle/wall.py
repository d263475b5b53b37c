"""What a zone's clocks have shown by a minute, for the slow oracle; it knows nothing of prices.

Minutes are whole minutes since 1970 UTC; wall minutes are whole minutes since 0001-01-01 00:00 of
the wall clock.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

DAY = 24 * 60
SCAN = 6 * 60
"""Clocks go back by less than this, so no earlier showing can have been further."""


def minute_of(instant: datetime) -> int:
    """The minute of an aware instant that falls on one."""
    seconds = (instant - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
    assert seconds % 60 == 0, "the slow oracle knows whole minutes only"
    return int(seconds) // 60


def instant_of(minute: int) -> datetime:
    """The aware instant of a minute."""
    return datetime.fromtimestamp(minute * 60, UTC)


def wall_minute(day: date, minute_of_day: int) -> int:
    """The wall minute of a time of day; 1440 and more is on the next date."""
    return day.toordinal() * DAY + minute_of_day


def shown(zone: str, minute: int) -> int:
    """The wall minute that the clocks of a zone show at a minute."""
    local = datetime.fromtimestamp(minute * 60, ZoneInfo(zone))
    assert local.second == 0, f"{zone} is not a whole number of minutes from UTC"
    return local.toordinal() * DAY + local.hour * 60 + local.minute


def shown_in_hour(zone: str, first: int) -> Iterable[int]:
    """The wall minutes of 60 minutes; they simply follow one another unless the clocks jump."""
    begin = shown(zone, first)
    if shown(zone, first + 60) == begin + 60:
        return range(begin, begin + 60)
    return [shown(zone, minute) for minute in range(first, first + 60)]


@lru_cache(maxsize=4000)
def _furthest_on(zone: str, utc_day: int) -> array[int]:
    first = utc_day * DAY
    hours = (shown_in_hour(zone, hour) for hour in range(first - SCAN, first + DAY, 60))
    return array("q", accumulate((wall for hour in hours for wall in hour), max))[SCAN:]


def furthest(zone: str, minute: int) -> int:
    """The furthest wall minute that the clocks have shown up to a minute (rule 1).

    An edge has been reached when this is not before it: so an edge that the clocks skip falls on
    the change, and one that they show twice on the first showing.
    """
    return _furthest_on(zone, minute // DAY)[minute % DAY]
