"""What the idle search should answer, worked out tick by tick from the rules alone.

A tick is five minutes. Local times are read off the clock on the wall, idle time is a set of
ticks, and what is nearest is found by trying everything. It shares no code with the product;
only the words for its answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.domain.ids import AreaId, SpaceId
from kiosk.domain.offer import OfferState
from kiosk.domain.reservation import LIVE, State
from kiosk.domain.search import Reason
from kiosk.domain.space import CarNeeds, Misfit
from kiosk.domain.time import Window
from tests.search.libraries import STEP, Question, RandomLibrary, SharedSpace, Span

_DAY_TICKS = 288

Part = tuple[SpaceId, int, int]
"""A space with the first tick, and the first tick after the last."""

LONGEST_STAY = timedelta(days=1)
"""Of every site here: what Rules has when nothing is said."""


@dataclass(frozen=True, slots=True)
class SlowAnswer:
    """What should be found and proposed; instants are ticks."""

    found: tuple[tuple[SpaceId, int], ...]
    """Best fit first, each with the tick by which a car must leave."""
    reasons: dict[SpaceId, tuple[Reason, Misfit | None]]
    other_areas: tuple[AreaId, ...] = ()
    earlier: Part | None = None
    later: Part | None = None
    shorter: Part | None = None
    in_two: tuple[Part, ...] = ()

    @property
    def proposed(self) -> tuple[Part, ...]:
        """Everything that is proposed."""
        alone = (self.earlier, self.later, self.shorter)
        return (*(each for each in alone if each is not None), *self.in_two)


def tick(instant: datetime) -> int:
    """The tick that begins at an instant."""
    return int(instant.timestamp()) // 300


class WallClock:
    """A clock that somebody looked at once a tick for weeks."""

    def __init__(self, library: RandomLibrary) -> None:
        self._first_shown: dict[datetime, int] = {}
        instant = library.now - timedelta(days=6)
        while instant < library.now + timedelta(days=9):
            local = instant.astimezone(library.zone).replace(tzinfo=None)
            self._first_shown.setdefault(local, tick(instant))
            instant += STEP

    def first_shown(self, local: datetime) -> int:
        """When the clock first shows a time; one that it skips counts on from the last before."""
        skipped = 0
        while local not in self._first_shown:
            local -= STEP
            skipped += 1
        return self._first_shown[local] + skipped

    def ticks(self, span: Span, starts: datetime) -> range:
        """The ticks of a span that begins when the clock shows this."""
        ends = starts + (span.ends - span.starts)
        return range(self.first_shown(starts), self.first_shown(ends))


class SlowSpace:
    """One space as a set of ticks for everything that can be said of it."""

    def __init__(self, library: RandomLibrary, space: SharedSpace, wall: WallClock) -> None:
        self.space, self.library = space, library
        self.now = tick(library.now)
        self.shared = self._shared(wall)
        self.taken: set[int] = set()
        near: set[int] = set()
        margin = library.buffer // STEP
        live = [each for each in space.reserved if each.state in LIVE]
        left_soon = [each.window for each in space.reserved if each.state is State.SETTLED]
        for window in (*(each.window for each in live), *left_soon, *space.changes):
            first, last = tick(window.from_), tick(window.until)
            self.taken.update(range(first, last))
            near.update(range(first - margin, last + margin))
        self.closed = {t for w in space.closed for t in range(tick(w.from_), tick(w.until))}
        self.car_stands = any(
            each.state is State.SETTLED
            or (each.state is State.ARRIVED and each.window.until <= library.now)
            for each in space.reserved
        )
        later = [each.window for each in live if each.is_for_later]
        self.for_later = {
            t
            for window in (*later, *space.changes)
            for t in range(tick(window.from_), tick(window.until))
        }
        self.gone_by = self.now + library.reseat_ahead // STEP
        self.idle_from: dict[int, int] = {}
        self.idle_until: dict[int, int] = {}
        if space.offer is OfferState.APPROVED:
            idle = self.shared - near - self.closed
            idle &= set(range(tick(library.built.from_), tick(library.built.until)))
            for each in sorted(idle):
                self.idle_from[each] = self.idle_from.get(each - 1, each)
            for each in sorted(idle, reverse=True):
                self.idle_until[each] = self.idle_until.get(each + 1, each + 1)

    def _shared(self, wall: WallClock) -> set[int]:
        space, library = self.space, self.library
        left_out = space.except_days | (library.holidays if space.skips_holidays else frozenset())
        shared: set[int] = set()
        for span in space.windows:
            shared.update(self._occurring(span, wall, left_out))
        for span in space.needed:
            shared.difference_update(self._occurring(span, wall, frozenset()))
        for span in space.blackouts:
            shared.difference_update(wall.ticks(span, span.starts))
        return shared

    def _occurring(self, span: Span, wall: WallClock, left_out: frozenset[date]) -> set[int]:
        """The ticks of a span on each day on which it begins."""
        found: set[int] = set()
        first_monday = span.starts.date() - timedelta(days=span.starts.weekday())
        today = self.library.now.astimezone(self.library.zone).date()
        for offset in range(-3, 7):
            day = today + timedelta(days=offset)
            if span.weekdays:
                weeks = (day - first_monday).days // 7
                begins = day.weekday() in span.weekdays and weeks % span.every_weeks == 0
                begins = begins and day >= span.starts.date()
            else:
                begins = day == span.starts.date()
            if begins and day not in left_out and day not in span.except_days:
                found.update(wall.ticks(span, datetime.combine(day, span.starts.time())))
        return found

    def can_have(self, first: int, last: int) -> bool:
        """Whether these ticks could be reserved now, whatever the car."""
        terms, ticks = self.space.terms, last - first
        return (
            self.idle_until.get(first, first) >= last
            and (first - self.now) * STEP >= terms.notice
            and (terms.shortest is None or ticks * STEP >= terms.shortest)
            and (terms.longest is None or ticks * STEP <= terms.longest)
            and not (self.car_stands and first < self.gone_by)
            and (last - self.now) * STEP <= self.library.booking_ahead
        )

    def why_not(self, first: int, last: int, *, is_kept: bool) -> Reason:
        """The most lasting reason, of those that hold."""
        terms, wanted = self.space.terms, set(range(first, last))
        length = len(wanted) * STEP
        reasons = {
            Reason.NOT_SHARED: self.space.offer is not OfferState.APPROVED,
            Reason.OTHER_HOURS: bool(wanted - self.shared),
            Reason.NOTICE: (first - self.now) * STEP < terms.notice,
            Reason.TOO_SHORT: terms.shortest is not None and length < terms.shortest,
            Reason.TOO_LONG: terms.longest is not None and length > terms.longest,
            Reason.OUT_OF_ORDER: bool(wanted & self.closed),
            Reason.RESERVED: bool(wanted & self.taken),
            Reason.CAR_STANDING: self.car_stands and first < self.gone_by,
            Reason.WALK_UPS: is_kept,
            Reason.BUFFER: True,
        }
        return next(reason for reason, holds in reasons.items() if holds)

    def does_not_fit(self, needs: CarNeeds) -> Misfit | None:
        """What is wrong with the space for this car; the kind first, then its height."""
        space = self.space
        wrong = {
            Misfit.OTHER_TYPE: needs.type is not space.type,
            Misfit.TOO_LOW: (needs.height_mm or 0) > (space.height_mm or 10**6),
            Misfit.TOO_NARROW: (needs.width_mm or 0) > space.width_mm,
            Misfit.TOO_SHORT: (needs.length_mm or 0) > space.depth_mm,
            Misfit.NO_CHARGER: needs.charger > space.has_charger,
            Misfit.NOT_ACCESSIBLE: needs.accessible > space.is_accessible,
        }
        return next((why for why, holds in wrong.items() if holds), None)

    def leave_by(self, first: int) -> int:
        """Until when a car that comes at this tick could have the space."""
        longest = self.space.terms.longest
        most = LONGEST_STAY if longest is None else min(LONGEST_STAY, longest)
        ahead = self.now + self.library.booking_ahead // STEP
        return min(self.idle_until[first], first + most // STEP, ahead)

    def fit(self, first: int, last: int, minimum: int) -> tuple[bool, bool, int, int, int, int]:
        """Smaller is better: least left over in useless remainders, then the shortest gap."""
        from_, until = self.idle_from[first], self.idle_until[first]
        useless = sum(rest for rest in (first - from_, until - last) if rest < minimum)
        space = self.space
        special = (space.is_accessible, space.has_charger)
        return (*special, useless, until - from_, space.rank, space.id)


class SlowSearch:
    """Answers any question about one library."""

    def __init__(self, library: RandomLibrary) -> None:
        wall = WallClock(library)
        self.library = library
        self.now, self.minimum = tick(library.now), library.minimum_stay // STEP
        self.has_quota = True
        self.spaces = [SlowSpace(library, space, wall) for space in library.spaces]

    def answer(self, question: Question, *, has_quota: bool = True) -> SlowAnswer:
        """What is found, why the rest is not, and what comes nearest when nothing is."""
        self.has_quota = has_quota
        first, last = tick(question.window.from_), tick(question.window.until)
        asked = self._in_order(question.area_ids)
        fitting = [each for each in asked if each.does_not_fit(question.needs) is None]
        found = [each for each in fitting if self._can_have(each, first, last)]
        found.sort(key=lambda each: each.fit(first, last, self.minimum))
        answer = SlowAnswer(
            found=tuple((each.space.id, each.leave_by(first)) for each in found),
            reasons={
                each.space.id: (Reason.MISFIT, why)
                if (why := each.does_not_fit(question.needs)) is not None
                else (each.why_not(first, last, is_kept=self._is_kept(each, first, last)), None)
                for each in asked
                if each not in found
            },
        )
        return answer if found else self._with_others(answer, question, fitting)

    def is_possible(self, proposed: Part) -> bool:
        """Whether a part could be reserved now."""
        self.has_quota = True
        space_id, first, last = proposed
        (space,) = (each for each in self.spaces if each.space.id == space_id)
        return self._can_have(space, first, last)

    def _can_have(self, each: SlowSpace, first: int, last: int) -> bool:
        return each.can_have(first, last) and not self._is_kept(each, first, last)

    def _is_kept(self, each: SlowSpace, first: int, last: int) -> bool:
        """Whether the last spaces of its area are kept for those who come without reservation."""
        if first <= self.now or not self.has_quota:
            return False
        area = [other for other in self.spaces if other.space.area_id == each.space.area_id]
        reserved = sum(1 for other in area if other.for_later & set(range(first, last)))
        kept = len(area) * self.library.walk_up_quota_bp // 10_000
        return reserved >= len(area) - kept

    def _in_order(self, area_ids: tuple[AreaId, ...]) -> list[SlowSpace]:
        asked = [each for each in self.spaces if each.space.area_id in area_ids]

        def place(each: SlowSpace) -> tuple[int, int, int]:
            return area_ids.index(each.space.area_id), each.space.rank, each.space.id

        return sorted(asked, key=place)

    def _with_others(
        self, answer: SlowAnswer, question: Question, fitting: list[SlowSpace]
    ) -> SlowAnswer:
        first, last = tick(question.window.from_), tick(question.window.until)
        rest = tuple(area for area in self.library.areas if area not in question.area_ids)
        ticks = last - first
        before = range(first - 1, max(self.now, first - _DAY_TICKS) - 1, -1)
        after = range(first + 1, first + _DAY_TICKS + 1)
        sooner_ends = range(last - 1, first + self.minimum - 1, -1)
        return SlowAnswer(
            found=(),
            reasons=answer.reasons,
            other_areas=tuple(
                area
                for area in rest
                if any(
                    self._can_have(each, first, last)
                    for each in self._in_order((area,))
                    if each.does_not_fit(question.needs) is None
                )
            ),
            earlier=self._first_part(fitting, [(start, start + ticks) for start in before]),
            later=self._first_part(fitting, [(start, start + ticks) for start in after]),
            shorter=self._first_part(fitting, [(first, end) for end in sooner_ends]),
            in_two=self._in_two(fitting, first, last),
        )

    def _first_part(self, spaces: list[SlowSpace], tries: list[tuple[int, int]]) -> Part | None:
        for first, last in tries:
            for each in spaces:
                if self._can_have(each, first, last):
                    return each.space.id, first, last
        return None

    def _in_two(self, fitting: list[SlowSpace], first: int, last: int) -> tuple[Part, ...]:
        for change in range(last - self.minimum, first + self.minimum - 1, -1):
            for one in fitting:
                if self._can_have(one, first, change):
                    for two in fitting:
                        if two is not one and self._can_have(two, change, last):
                            return (
                                (one.space.id, first, change),
                                (two.space.id, change, last),
                            )
        return ()


def part(space_id: SpaceId, window: Window) -> Part:
    """A proposal in ticks."""
    return space_id, tick(window.from_), tick(window.until)
