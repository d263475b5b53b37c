"""Random libraries and questions about them, as plain values that two programs can read.

Every instant is a multiple of five minutes, so that a program can look at each of them. Half of
the libraries lie around a change of the clocks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from kiosk.domain.ids import AreaId, SpaceId
from kiosk.domain.offer import OfferState, OfferTerms
from kiosk.domain.reservation import LIVE, State
from kiosk.domain.space import ANY_CAR, CarNeeds, SpaceType
from kiosk.domain.time import Window, merged

STEP = timedelta(minutes=5)
BUILT_BEFORE, BUILT_AHEAD = timedelta(days=1), timedelta(days=5)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# Where the clocks change, and when; the last one leaves a whole day out.
_CHANGES = {
    "Europe/Berlin": ((2026, 3, 29), (2026, 10, 25)),
    "America/New_York": ((2026, 3, 8), (2026, 11, 1)),
    "Australia/Lord_Howe": ((2026, 4, 5), (2026, 10, 4)),
    "Asia/Kathmandu": ((2026, 7, 1),),
    "Pacific/Apia": ((2011, 12, 30), (2011, 9, 24)),
}
_ENDED = tuple(state for state in State if state not in LIVE and state is not State.SETTLED)


@dataclass(frozen=True, slots=True)
class Span:
    """A span by the clock on the wall; with weekdays it repeats on them every so many weeks."""

    starts: datetime
    ends: datetime
    weekdays: frozenset[int] = frozenset()
    every_weeks: int = 1
    except_days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Taken:
    """A reservation of a space."""

    state: State
    window: Window
    is_for_later: bool
    """It was made before it begins."""


@dataclass(frozen=True, slots=True)
class SharedSpace:
    """A space, what its owner shares, and what others have of it."""

    id: SpaceId
    area_id: AreaId
    rank: int
    width_mm: int
    depth_mm: int
    height_mm: int | None
    has_charger: bool
    is_accessible: bool
    type: SpaceType
    offer: OfferState | None
    terms: OfferTerms
    windows: tuple[Span, ...]
    except_days: frozenset[date]
    blackouts: tuple[Span, ...]
    needed: tuple[Span, ...]
    """What the owner's calendar keeps for the owner, again and again."""
    skips_holidays: bool
    reserved: tuple[Taken, ...]
    changes: tuple[Window, ...]
    """Changes that wait to be paid, all for later."""
    closed: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What a driver wants."""

    area_ids: tuple[AreaId, ...]
    window: Window
    needs: CarNeeds


@dataclass(frozen=True, slots=True)
class RandomLibrary:
    """Everything that an answer depends on."""

    zone: ZoneInfo
    now: datetime
    buffer: timedelta
    minimum_stay: timedelta
    booking_ahead: timedelta
    walk_up_quota_bp: int
    holidays: frozenset[date]
    areas: tuple[AreaId, ...]
    spaces: tuple[SharedSpace, ...]
    questions: tuple[Question, ...]
    reseat_ahead: timedelta

    @property
    def built(self) -> Window:
        """For which time the idle gaps are worked out."""
        return Window(self.now - BUILT_BEFORE, self.now + BUILT_AHEAD)


def random_library(seed: int) -> RandomLibrary:
    """The library of a seed."""
    return _Maker(Random(seed)).library()


class _Maker:
    """Draws one library; whatever is drawn lies within a few days of its present."""

    def __init__(self, random: Random) -> None:
        self.random = random
        name = random.choice(sorted(_CHANGES))
        self.zone = ZoneInfo(name)
        changed = datetime(*random.choice(_CHANGES[name]), tzinfo=UTC)
        days_before = random.choice([0, 1, 1, 2, 60])
        self.now = changed - days_before * _DAY + random.randrange(288) * STEP
        self.today = self.now.astimezone(self.zone).date()
        self.areas = tuple(AreaId(number) for number in range(1, random.choice([2, 2, 3]) + 1))

    def minutes(self, first: int, last: int) -> timedelta:
        return self.random.randrange(first // 5, last // 5 + 1) * STEP

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def library(self) -> RandomLibrary:
        random = self.random
        spaces = [self.space(number) for number in range(1, random.randrange(2, 7) + 1)]
        edges = [edge for space in spaces for edge in _edges(space)] + [self.now]
        return RandomLibrary(
            zone=self.zone,
            now=self.now,
            buffer=random.choice([0, 5, 15, 15, 30]) * timedelta(minutes=1),
            minimum_stay=random.choice([15, 30, 30, 60]) * timedelta(minutes=1),
            booking_ahead=random.choice([2, 60, 60]) * _DAY,
            walk_up_quota_bp=random.choice([0, 0, 0, 1000, 5000]),
            holidays=frozenset(self.day() for _ in range(random.randrange(3))),
            areas=self.areas,
            spaces=tuple(spaces),
            questions=tuple(self.question(edges) for _ in range(6)),
            reseat_ahead=random.choice([15, 30, 30, 60]) * timedelta(minutes=1),
        )

    def day(self) -> date:
        return self.today + self.random.randrange(-1, 4) * _DAY

    def space(self, number: int) -> SharedSpace:
        random = self.random
        shortest = self.minutes(30, 120) if self.chance(20) else None
        longest = (shortest or _HOUR) + self.minutes(0, 240) if self.chance(20) else None
        return SharedSpace(
            id=SpaceId(number),
            area_id=random.choice(self.areas),
            rank=random.randrange(1, 4),
            width_mm=random.choice([2300, 2500]),
            depth_mm=random.choice([4800, 5200]),
            height_mm=random.choice([None, 1900, 2100]),
            has_charger=self.chance(15),
            is_accessible=self.chance(15),
            type=SpaceType.MOTORCYCLE if self.chance(5) else SpaceType.CAR,
            offer=OfferState.APPROVED if self.chance(85) else random.choice([None, *OfferState]),
            terms=OfferTerms(
                notice=self.minutes(5, 240) if self.chance(20) else timedelta(),
                shortest=shortest,
                longest=longest,
            ),
            windows=self.windows(),
            except_days=frozenset(self.day() for _ in range(random.choice([0, 0, 0, 1]))),
            blackouts=tuple(self.dated() for _ in range(random.choice([0, 0, 0, 1]))),
            needed=tuple(
                self.weekly(self.clock(), self.clock(), self.weekdays())
                for _ in range(random.choice([0, 0, 0, 0, 1]))
            ),
            skips_holidays=self.chance(50),
            reserved=self.reserved(),
            changes=tuple(self.some_time() for _ in range(random.choice([0, 0, 0, 1]))),
            closed=tuple(self.some_time() for _ in range(random.choice([0, 0, 0, 1]))),
        )

    def windows(self) -> tuple[Span, ...]:
        kinds: list[Callable[[], tuple[Span, ...]]] = [
            lambda: (self.weekly(time(), time(), frozenset(range(7))),),
            lambda: (self.weekly(self.clock(), self.clock(), self.weekdays()),),
            self.touching,
            lambda: tuple(self.dated() for _ in range(self.random.randrange(1, 3))),
            lambda: (self.weekly(self.clock(), self.clock(), self.weekdays()), self.dated()),
        ]
        return self.random.choices(kinds, weights=[6, 3, 2, 1, 1])[0]()

    def touching(self) -> tuple[Span, ...]:
        """Two weekly windows of which one begins where the other ends."""
        first, between, last = sorted(self.clock() for _ in range(3))
        days = self.weekdays()
        return self.weekly(first, between, days), self.weekly(between, last, days)

    def clock(self) -> time:
        """A time of the day, often in the hours in which clocks are changed."""
        minutes = self.random.choice([self.random.randrange(288), self.random.randrange(6, 42)])
        return time(minutes * 5 // 60, minutes * 5 % 60)

    def weekdays(self) -> frozenset[int]:
        return frozenset(self.random.sample(range(7), self.random.randrange(2, 8)))

    def weekly(self, from_: time, until: time, weekdays: frozenset[int]) -> Span:
        first = self.today - self.random.randrange(30) * _DAY
        last = first if until > from_ else first + _DAY
        return Span(
            datetime.combine(first, from_),
            datetime.combine(last, until),
            weekdays,
            self.random.choice([1, 1, 1, 2]),
            frozenset(self.day() for _ in range(self.random.choice([0, 0, 0, 1]))),
        )

    def dated(self) -> Span:
        starts = datetime.combine(self.day(), self.clock())
        return Span(starts, starts + self.minutes(5, 40 * 60))

    def some_time(self) -> Window:
        """A window that is over, or begins within two days."""
        start = self.now + self.minutes(-20 * 60, 44 * 60)
        return Window(start, start + self.minutes(30, 8 * 60))

    def reserved(self) -> tuple[Taken, ...]:
        """Live ones apart from one another, as the schema wants it; ended ones anywhere."""
        found = [
            Taken(self.random.choice(_ENDED), self.some_time(), self.chance(70))
            for _ in range(self.random.choice([0, 0, 1]))
        ]
        live: list[Window] = []
        for _ in range(self.random.randrange(4)):
            window = self.some_time()
            if not any(window.overlaps(other) for other in live):
                live.append(window)
                found.append(Taken(self.live_state(window), window, self.chance(70)))
        return tuple(found)

    def live_state(self, window: Window) -> State:
        if window.until <= self.now:
            return self.random.choice([State.ARRIVED, State.SETTLED, State.LEFT])
        if window.from_ > self.now:
            return self.random.choice([State.PENDING, State.CONFIRMED])
        return self.random.choice([State.CONFIRMED, State.ARRIVED, State.SETTLED])

    def question(self, edges: list[datetime]) -> Question:
        """From now on, or around a point where something begins or ends."""
        random = self.random
        length = random.choice([self.minutes(60, 300), self.minutes(60, 24 * 60)])
        around = random.choice(edges)
        start = random.choice(
            [
                self.now,
                self.now + self.minutes(0, 40 * 60),
                self.now + self.minutes(20, 35),
                around + self.minutes(-30, 30),
                around - length + self.minutes(-30, 30),
            ]
        )
        start = min(max(start, self.now), self.now + 45 * _HOUR - length)
        length = min(length, self.now + 47 * _HOUR - start)
        return Question(
            area_ids=tuple(random.sample(self.areas, random.randrange(1, len(self.areas) + 1))),
            window=Window(start, start + length),
            needs=ANY_CAR if self.chance(75) else self.needs(),
        )

    def needs(self) -> CarNeeds:
        return CarNeeds(
            width_mm=self.random.choice([None, 2300, 2301, 2501]),
            length_mm=self.random.choice([None, 4800, 4801]),
            height_mm=self.random.choice([None, 1900, 1901, 2200]),
            charger=self.chance(20),
            accessible=self.chance(20),
            type=SpaceType.MOTORCYCLE if self.chance(5) else SpaceType.CAR,
        )


def _edges(space: SharedSpace) -> list[datetime]:
    """Where something of a space begins or ends, so far as that is easily seen."""
    taken = [each.window for each in space.reserved] + [*space.changes, *space.closed]
    return [edge for window in merged(taken) for edge in (window.from_, window.until)]
