"""The shared library: areas, spaces, the offers of their owners and what is idle in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.domain.ids import AreaId, OwnerId, SpaceId
from kiosk.domain.time import Window, merged, without


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the site that a driver can ask for: a level or a zone, with its size in mm."""

    id: AreaId
    code: str
    name: str
    level: int
    width_mm: int
    depth_mm: int


@dataclass(frozen=True, slots=True)
class Space:
    """One place for one car; x and y are its top left corner on the plan of its area, in mm.

    `rank` orders the spaces of an area by their way from the entrance (1 is nearest).
    """

    id: SpaceId
    area_id: AreaId
    owner_id: OwnerId
    label: str
    rank: int
    x_mm: int
    y_mm: int
    width_mm: int
    depth_mm: int
    has_charger: bool = False
    is_accessible: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A weekly window in local time in which an owner shares a space.

    `weekdays` are the days on which the window starts (Monday is 0). When `until_local` is
    not after `from_local` the window runs over midnight into the next day; 00:00 to 00:00
    is the whole day.
    """

    space_id: SpaceId
    weekdays: frozenset[int]
    from_local: time
    until_local: time

    def windows(self, *, zone: ZoneInfo, from_day: date, days: int) -> tuple[Window, ...]:
        """The offered windows that start on one of `days` local days from `from_day` on.

        Local times that a change of the clocks skips or repeats are read by the offset that
        held before it (PEP 495, fold=0); a window that is skipped altogether is left out.
        """
        result: list[Window] = []
        for offset in range(days):
            day = from_day + timedelta(days=offset)
            if day.weekday() not in self.weekdays:
                continue
            last_day = day if self.until_local > self.from_local else day + timedelta(days=1)
            start = _instant(day, self.from_local, zone)
            end = _instant(last_day, self.until_local, zone)
            if start < end:
                result.append(Window(start, end))
        return tuple(result)


def _instant(day: date, local: time, zone: ZoneInfo) -> datetime:
    utc = ZoneInfo("UTC")
    return datetime.combine(day, local, zone).astimezone(utc)


def free_gaps(
    *, offered: Iterable[Window], committed: Iterable[Window], buffer: timedelta
) -> tuple[Window, ...]:
    """What is idle: the offered windows less every commitment and the buffer on both sides."""
    return without(merged(offered), (window.widened(buffer) for window in committed))


@dataclass(frozen=True, slots=True)
class IdleSpace:
    """A space that is idle for a wanted window, and the whole idle gap around that window."""

    space: Space
    gap: Window

    @property
    def leave_by(self) -> datetime:
        """Until when the driver could extend at most."""
        return self.gap.until


def best_fit_first(
    found: Iterable[IdleSpace], *, wanted: Window, minimum_stay: timedelta
) -> tuple[IdleSpace, ...]:
    """The found spaces, best fit first.

    Best is the space that leaves the fewest minutes in remainders too short for another
    stay; then the shortest gap, then the shortest way from the entrance, then the id.
    Spaces that only some drivers need (accessible, charger) come after all others.
    """

    def wasted(idle: IdleSpace) -> timedelta:
        remainders = (wanted.from_ - idle.gap.from_, idle.gap.until - wanted.until)
        return sum((rest for rest in remainders if rest < minimum_stay), timedelta())

    def key(idle: IdleSpace) -> tuple[bool, bool, timedelta, timedelta, int, int]:
        space = idle.space
        return (
            space.is_accessible,
            space.has_charger,
            wasted(idle),
            idle.gap.duration,
            space.rank,
            space.id,
        )

    return tuple(sorted(found, key=key))
