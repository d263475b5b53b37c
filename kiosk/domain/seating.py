"""Finds other spaces for reservations that lost theirs, all at once; who did, its callers say."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from operator import or_
from typing import Generic, TypeVar

from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.time import Window, without

Wish = TypeVar("Wish", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Unseated(Generic[Wish]):
    """A reservation without a space, and the window for which a space must be idle for it.

    Where the reservation has begun already, its window starts now. The wish is all that decides
    which spaces fit (vehicle and class, say), so that a site has a handful of different ones.
    """

    reservation_id: ReservationId
    window: Window
    wish: Wish


@dataclass(frozen=True, slots=True)
class Seat:
    """An idle gap of a space, already less the buffer to every commitment around it.

    A space has a seat for each of its gaps. Of ranks the lowest is the nearest to the entrance.
    Spaces that only some drivers need (a charger, say) have a higher scarcity and are tried last.
    """

    space_id: SpaceId
    gap: Window
    rank: int
    scarcity: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A reservation and its new space."""

    reservation_id: ReservationId
    space_id: SpaceId


@dataclass(frozen=True, slots=True)
class Seating:
    """Who moves where and who stays without a space, both in order of preference."""

    moves: tuple[Move, ...]
    left_over: tuple[ReservationId, ...]


def seat(
    unseated: Iterable[Unseated[Wish]],
    seats: Iterable[Seat],
    *,
    fits: Callable[[Wish, SpaceId], bool],
    buffer: timedelta,
    minimum_stay: timedelta,
) -> Seating:
    """New spaces for many reservations at once; the same input in any order has the same answer.

    Preferred is who starts earlier, then who has the lower id, that is who reserved earlier.
    `fits` is asked once for each wish and space. Promised, in rounds:

    - Everyone moves to a space that fits, into one of its gaps, a buffer away from others there.
    - A round gives each gap to one reservation at most and seats as many as can be so, of all
      such choices the one whose seated come first in order of preference. They stay seated, so
      there are never fewer than the most that can have a gap each.
    - What remains of the gaps goes to the next round, until nobody left over fits anywhere.
    - Who finds several gaps free gets the best fit, as in a search: least waste in remainders
      shorter than the minimum stay, shortest gap, rank, id. It is given up to seat one more.

    The largest number is not promised where reservations share gaps: it is NP-hard (Kolen and
    others, Interval Scheduling: A Survey, 2007, on machines with hours of their own), and one
    long stay that starts first may keep out two short ones. Those of one space never do, being a
    buffer apart: each of them that fits anywhere at all is seated. What is missing elsewhere is
    measured by tests/bench/test_seating_speed.py. Two gaps of one space less than a buffer apart
    may be given to two who would come too near; the less preferred waits for the next round.
    """
    waiting = sorted(unseated, key=lambda each: (each.window.from_, each.reservation_id))
    order = [each.reservation_id for each in waiting]
    assert len(set(order)) == len(order), "a reservation is unseated once"
    left = tuple(seats)
    spaces = {each.space_id for each in left}
    fitting = {
        wish: {space_id for space_id in spaces if fits(wish, space_id)}
        for wish in {each.wish for each in waiting}
    }
    moved: dict[ReservationId, SpaceId] = {}
    while waiting:
        matching = _Matching(_Gaps(left, minimum_stay), fitting)
        waiting = [each for each in waiting if matching.admit(each)]
        taken: dict[SpaceId, list[Window]] = defaultdict(list)
        for each, space_id in matching.pairs():
            if not any(map(each.window.overlaps, taken[space_id])):
                moved[each.reservation_id] = space_id
                taken[space_id].append(each.window.widened(buffer))
        waiting = [each for each in waiting if each.reservation_id not in moved]
        left = _left_of(left, taken, waiting)
    return Seating(
        tuple(Move(each, moved[each]) for each in order if each in moved),
        tuple(each for each in order if each not in moved),
    )


def _left_of(
    seats: Iterable[Seat],
    taken: Mapping[SpaceId, list[Window]],
    waiting: Iterable[Unseated[Wish]],
) -> tuple[Seat, ...]:
    """What remains of the seats, without the pieces that are too short for all who wait."""
    shortest = min((each.window.duration for each in waiting), default=timedelta.max)
    left: list[Seat] = []
    for each in seats:
        if each.space_id in taken:
            rests = without([each.gap], taken[each.space_id])
            left += [replace(each, gap=rest) for rest in rests if rest.duration >= shortest]
        elif each.gap.duration >= shortest:
            left.append(each)
    return tuple(left)


class _Matching(Generic[Wish]):
    """One round: each gap is given to one reservation at most, by augmenting paths.

    Reservations come in order of preference, and who is seated once stays seated, in this gap or
    another. That is why the seated are as many as can be, and the most preferred ones (the sets
    that can be seated are a matroid, in which the greedy way is the best).
    """

    def __init__(self, gaps: _Gaps, fitting: Mapping[Wish, set[SpaceId]]) -> None:
        self._gaps = gaps
        self._fitting = {wish: gaps.of(spaces) for wish, spaces in fitting.items()}
        self._free = gaps.all
        # Both only save walks. From closed gaps no path leads to a free one, now or later: all
        # that their holders could move to is among them. Holders of gaps that are not movable
        # have no free one to move to themselves; those of the others may have lost theirs.
        self._closed = 0
        self._movable = 0
        self._admitted: list[Unseated[Wish]] = []
        self._options: dict[ReservationId, int] = {}
        self._holders: dict[int, Unseated[Wish]] = {}
        self._held: dict[ReservationId, int] = {}

    def admit(self, newcomer: Unseated[Wish]) -> bool:
        """Seats the newcomer if that is possible; False when no gap at all would fit."""
        options = self._gaps.around(newcomer.window) & self._fitting[newcomer.wish]
        self._admitted.append(newcomer)
        self._options[newcomer.reservation_id] = options
        if options & self._free:
            self._hand_on(newcomer, ())
        else:
            self._make_room(newcomer)
        return options != 0

    def pairs(self) -> Iterator[tuple[Unseated[Wish], SpaceId]]:
        """Who has a seat now, in the order of admission, and on which space."""
        for each in self._admitted:
            if each.reservation_id in self._held:
                yield each, self._gaps.seats[self._held[each.reservation_id]].space_id

    def _make_room(self, newcomer: Unseated[Wish]) -> None:
        """Looks for holders who can move on, so that a gap comes free for the newcomer."""
        asked: list[tuple[int, Unseated[Wish]]] = []
        asker = newcomer
        seen, unasked = self._closed, 0
        while True:
            reached = self._options[asker.reservation_id] & ~seen
            asked.append((reached, asker))
            seen |= reached
            unasked |= reached
            while hopeful := reached & self._movable:
                holder = self._holders[_lowest(hopeful)]
                if self._options[holder.reservation_id] & self._free:
                    self._hand_on(holder, asked)
                    return
                self._movable ^= hopeful & -hopeful
            if not unasked:
                self._closed = seen
                return
            number = _lowest(unasked)
            unasked ^= 1 << number
            asker = self._holders[number]

    def _hand_on(self, mover: Unseated[Wish], asked: Iterable[tuple[int, Unseated[Wish]]]) -> None:
        """The mover takes a free gap, who asked for the gap it had takes that one, and so on."""
        options = self._options[mover.reservation_id]
        number = self._gaps.best(mover.window, options & self._free)
        self._free ^= 1 << number
        while True:
            given_up = self._held.get(mover.reservation_id)
            self._held[mover.reservation_id] = number
            self._holders[number] = mover
            self._movable |= 1 << number
            if given_up is None:
                return
            number = given_up
            mover = next(asker for gaps, asker in asked if gaps >> number & 1)


class _Gaps:
    """Seats by number, so that a set of them is one integer and a thousand are asked at once.

    Numbers rise from the seat to be tried first: by scarcity, length, rank and id.
    """

    def __init__(self, seats: Iterable[Seat], minimum_stay: timedelta) -> None:
        self.seats = sorted(
            seats,
            key=lambda each: (
                each.scarcity,
                each.gap.duration,
                each.rank,
                each.space_id,
                each.gap.from_,
            ),
        )
        self.all = (1 << len(self.seats)) - 1
        self._minimum_stay = minimum_stay
        self._starts = _Edges([each.gap.from_ for each in self.seats])
        self._ends = _Edges([each.gap.until for each in self.seats])
        self._levels: dict[int, int] = defaultdict(int)
        for number, each in enumerate(self.seats):
            self._levels[each.scarcity] |= 1 << number

    def of(self, spaces: set[SpaceId]) -> int:
        """The gaps of some spaces."""
        return sum(
            1 << number for number, each in enumerate(self.seats) if each.space_id in spaces
        )

    def around(self, window: Window) -> int:
        """The gaps that cover a window."""
        return self._starts.at_most(window.from_) & ~self._ends.below(window.until)

    def best(self, window: Window, free: int) -> int:
        """The number of the best fit among some gaps that cover the window.

        The order is that of a search, but gaps are not asked one by one: of those that waste
        nothing the first by number is best, of those that waste time on one side alone it is
        the first among those with the nearest edge there, and on both sides the shortest is.
        """
        free &= next(level for level in self._levels.values() if level & free)
        least = self._minimum_stay
        before = free & self._starts.below(window.from_)
        before &= ~self._starts.at_most(window.from_ - least)
        after = free & self._ends.below(window.until + least)
        after &= ~self._ends.at_most(window.until)
        if unwasted := free & ~before & ~after:
            return _lowest(unwasted)
        candidates: list[int] = []
        if only := before & ~after:
            candidates.append(_lowest(only & ~self._starts.below(self._starts.latest(only))))
        if only := after & ~before:
            candidates.append(_lowest(only & self._ends.at_most(self._ends.earliest(only))))
        if both := before & after:
            candidates.append(_lowest(both))
        return min(candidates, key=lambda number: (self._wasted(number, window), number))

    def _wasted(self, number: int, window: Window) -> timedelta:
        gap = self.seats[number].gap
        remainders = (window.from_ - gap.from_, gap.until - window.until)
        return sum((rest for rest in remainders if rest < self._minimum_stay), timedelta())


class _Edges:
    """Which of the numbered gaps begin, or end, before an instant."""

    def __init__(self, edges: Sequence[datetime]) -> None:
        numbers = sorted(range(len(edges)), key=edges.__getitem__)
        self._instants = [edges[number] for number in numbers]
        self._first = list(accumulate((1 << number for number in numbers), or_, initial=0))

    def below(self, instant: datetime) -> int:
        """The gaps whose edge lies before the instant."""
        return self._first[bisect_left(self._instants, instant)]

    def at_most(self, instant: datetime) -> int:
        """The gaps whose edge is the instant or lies before it."""
        return self._first[bisect_right(self._instants, instant)]

    def earliest(self, among: int) -> datetime:
        """The earliest edge of some gaps."""
        count = bisect_left(self._first, True, key=lambda first: first & among != 0)
        return self._instants[count - 1]

    def latest(self, among: int) -> datetime:
        """The latest edge of some gaps."""
        count = bisect_left(self._first, True, key=lambda first: among & ~first == 0)
        return self._instants[count - 1]


def _lowest(numbers: int) -> int:
    return (numbers & -numbers).bit_length() - 1
