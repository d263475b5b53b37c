"""An oracle of idle time that counts the minutes of spaces one by one.

Nothing in it is asked of the program: it reads clocks on walls and lights minutes up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from kiosk.domain.ids import ReservationId
from kiosk.domain.offer import LocalSpan, OfferTimes, weekly
from kiosk.domain.time import from_epoch

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
DAYS = 3
"""So many days are built at first; histories roll on by two more at most."""

Minutes = int
"""A set of minutes as the bits of a number: the oracle's way to be quick."""


def minute_of(at: datetime) -> int:
    """The minute since 1970 that begins at an instant."""
    return int(at.timestamp()) // 60


@lru_cache
def first_shown(zone: ZoneInfo, around: date) -> dict[datetime, int]:
    """For each wall time around a day the UTC minute at which clocks first show it."""
    start = minute_of(datetime.combine(around, time(12), UTC) - 5 * DAY)
    shown: dict[datetime, int] = {}
    for minute in range(start, start + (DAYS + 10) * 1440):
        wall = from_epoch(minute * 60).astimezone(zone).replace(tzinfo=None)
        shown.setdefault(wall, minute)
    return shown


@dataclass(frozen=True)
class Weekly:
    """A weekly window as the history makes it up."""

    weekdays: frozenset[int]
    from_local: time
    until_local: time


@dataclass
class Promise:
    """What the oracle knows of an offer."""

    windows: list[Weekly]
    except_days: set[date] = field(default_factory=set)
    blackouts: list[tuple[datetime, datetime]] = field(default_factory=list)
    skips_holidays: bool = False
    is_shared: bool = True

    def times(self, first_day: date) -> OfferTimes:
        """The same in the words of the program."""
        return OfferTimes(
            windows=tuple(
                weekly(
                    each.weekdays,
                    from_local=each.from_local,
                    until_local=each.until_local,
                    first_day=first_day - 9 * DAY,
                )
                for each in self.windows
            ),
            except_days=frozenset(self.except_days),
            blackouts=tuple(LocalSpan(*each) for each in self.blackouts),
            skips_holidays=self.skips_holidays,
        )


@dataclass
class Kept:
    """A reservation as the oracle knows it, and the space and minutes of a change it waits for."""

    space: int
    minutes: tuple[int, int]
    state: str = "pending"
    change: tuple[int, tuple[int, int]] | None = None


@dataclass
class Oracle:
    """Two spaces, minute by minute."""

    zone: ZoneInfo
    from_day: date
    buffer: int
    promises: dict[int, Promise]
    kept: dict[ReservationId, Kept] = field(default_factory=dict)
    closures: list[tuple[int, int, int]] = field(default_factory=list)
    holidays: set[date] = field(default_factory=set)
    first_day: int = 0
    last_day: int = DAYS

    def shown(self, wall: datetime) -> int:
        """Wall times that are skipped in spring are read with the clock of before: an hour on."""
        found = first_shown(self.zone, self.from_day)
        return found[wall] if wall in found else found[wall + timedelta(hours=1)]

    def midnight(self, number: int) -> int:
        """The minute at which a day of the history begins."""
        return self.shown(datetime.combine(self.from_day + number * DAY, time()))

    def bits(self, first: int, last: int) -> Minutes:
        """The minutes from one up to another, so far as the history knows them."""
        base, end = self.midnight(self.first_day), self.midnight(self.last_day)
        first, last = max(first, base), min(last, end)
        return ((1 << (last - first)) - 1) << (first - base) if first < last else 0

    def free(self, space: int, *, but: ReservationId | None = None) -> Minutes:
        """The minutes of a space that are idle, were one reservation not there."""
        free = self._shared(self.promises[space])
        for reservation_id, kept in self.kept.items():
            if reservation_id == but:
                continue
            taken = [kept.minutes] if kept.space == space else []
            if kept.change is not None and kept.change[0] == space:
                taken.append(kept.change[1])
            for first, last in taken:
                free &= ~self.bits(first - self.buffer, last + self.buffer)
        for closed, first, last in self.closures:
            if closed == space:
                free &= ~self.bits(first, last)
        return free

    def is_idle(
        self, space: int, minutes: tuple[int, int], *, but: ReservationId | None = None
    ) -> bool:
        """Whether every one of these minutes is known and idle."""
        wanted = self.bits(*minutes)
        is_known = wanted.bit_count() == minutes[1] - minutes[0]
        return is_known and wanted & ~self.free(space, but=but) == 0

    def has_room(self, space: int, minutes: tuple[int, int], *, but: ReservationId) -> bool:
        """Whether no other reservation has one of these minutes on a space."""
        return all(
            kept.space != space or kept.minutes[1] <= minutes[0] or minutes[1] <= kept.minutes[0]
            for each, kept in self.kept.items()
            if each != but
        )

    def runs(self, space: int) -> list[tuple[int, int]]:
        """The idle minutes of a space as gaps."""
        base, text = self.midnight(self.first_day), f"{self.free(space):b}"[::-1]
        return [(base + run.start(), base + run.end()) for run in re.finditer("1+", text)]

    def _shared(self, promise: Promise) -> Minutes:
        if not promise.is_shared:
            return 0
        left_out = promise.except_days | (self.holidays if promise.skips_holidays else set())
        shared = 0
        for number in range(self.first_day - 1, self.last_day):
            day = self.from_day + number * DAY
            for each in promise.windows:
                if day.weekday() in each.weekdays and day not in left_out:
                    wraps = each.until_local <= each.from_local
                    starts = datetime.combine(day, each.from_local)
                    ends = datetime.combine(day + wraps * DAY, each.until_local)
                    shared |= self.bits(self.shown(starts), self.shown(ends))
        for starts, ends in promise.blackouts:
            shared &= ~self.bits(self.shown(starts), self.shown(ends))
        return shared
