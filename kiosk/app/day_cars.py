"""Turns a recorded day of occupancy counts into cars that come and go; pure, but for its seed.

Between two counts the net flow becomes cars: a rise are arrivals, a fall are departures of
cars drawn from those inside. Cars that are inside at the first count came in the two hours
before it; cars that are inside at the last one leave by midnight.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

_BEFORE_FIRST = timedelta(hours=2)
_LAST_MINUTE = timedelta(minutes=5)
MOVED = timedelta(weeks=208)
"""Tickets count from 2020 on: a day of 2016 is driven four years of weeks later, which keeps its
weekday and the changes of the clocks."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many cars stood in the car park at an instant (UTC)."""

    at: datetime
    occupancy: int


@dataclass(frozen=True, slots=True)
class PlannedCar:
    """A car of the day: when its driver comes and goes, and what the driver asks for."""

    number: int
    arrives_at: datetime
    leaves_at: datetime
    asks_for_minutes: int

    @property
    def plate(self) -> str:
        """A plate in the form that is usual in Great Britain."""
        first, rest = divmod(self.number, 26 * 26)
        letters = chr(65 + rest // 26) + chr(65 + rest % 26)
        return f"B{chr(65 + first % 26)}{16 + first // 26} {letters}X"


def read_counts(path: Path, *, on: date, zone: ZoneInfo) -> tuple[Count, ...]:
    """The counts of one local day, in order and MOVED; empty when the file has none for it."""
    lines = (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    counts = []
    for row in csv.DictReader(lines):
        local = datetime.fromisoformat(row["at"])
        if local.date() == on:
            at = (local + MOVED).replace(tzinfo=zone).astimezone(ZoneInfo("UTC"))
            counts.append(Count(at, int(row["occupancy"])))
    return tuple(counts)


def cars_of(counts: Sequence[Count], *, zone: ZoneInfo, seed: int) -> tuple[PlannedCar, ...]:
    """The cars of a day by arrival; the same counts and seed give the same cars."""
    assert counts, "a day has counts"
    chance = random.Random(seed)  # noqa: S311 - it draws cars, no secrets
    arrivals: list[datetime] = []
    departures: dict[int, datetime] = {}
    inside: list[int] = []
    last = Count(counts[0].at - _BEFORE_FIRST, 0)
    for count in counts:
        change = count.occupancy - last.occupancy
        instants = sorted(_between(chance, last.at, count.at) for _ in range(abs(change)))
        for at in instants:
            if change > 0:
                inside.append(len(arrivals))
                arrivals.append(at)
            else:
                departures[inside.pop(chance.randrange(len(inside)))] = at
        last = count
    midnight = _midnight_after(last.at, zone)
    for number in inside:
        departures[number] = _between(chance, last.at, midnight - _LAST_MINUTE)
    return tuple(
        PlannedCar(number, at, departures[number], _asked(chance, departures[number] - at))
        for number, at in enumerate(arrivals)
    )


def _asked(chance: random.Random, stays: timedelta) -> int:
    """What a driver asks for: mostly rounded up, one in ten misjudges and will be late."""
    minutes = int(stays.total_seconds() // 60) + 1
    if chance.random() < 0.1:
        asked = minutes - chance.randrange(5, 61)
    else:
        step = chance.choice((30, 30, 60))
        asked = -(-(minutes + 5) // step) * step
    return min(max(asked, 30), 24 * 60)


def _between(chance: random.Random, first: datetime, last: datetime) -> datetime:
    return first + timedelta(seconds=chance.randrange(int((last - first).total_seconds())))


def _midnight_after(at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    midnight = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), zone)
    return midnight.astimezone(ZoneInfo("UTC"))
