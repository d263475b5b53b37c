"""Reservations that contend for gaps, and the slow truth about how many of them can have one."""

from __future__ import annotations

import random
from collections.abc import Sequence

from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.seating import Seat, Unseated
from kiosk.domain.time import Window
from tests.domain.examples import MINUTE, minutes

Crowd = tuple[list[Unseated[str]], list[Seat], int]
"""Reservations, gaps and a buffer in minutes."""

ANY, EVEN = "any", "even"
"""Wishes: every space fits, or those with an even number."""


def fits(wish: str, space_id: SpaceId) -> bool:
    """Whether a space fits a wish."""
    return wish == ANY or space_id % 2 == 0


def party(number: int, first: float, last: float, wish: str = ANY) -> Unseated[str]:
    """An unseated reservation by its minutes after NOON."""
    return Unseated(ReservationId(number), minutes(first, last), wish)


def gap(space: int, first: float, last: float, *, rank: int = 1, scarcity: int = 0) -> Seat:
    """An idle gap by its minutes after NOON."""
    return Seat(SpaceId(space), minutes(first, last), rank, scarcity)


def crowd(random_: random.Random) -> Crowd:
    """A few that contend for few gaps; some gaps of one space are nearer than the buffer."""
    span = random_.choice((12, 24))
    unseated = []
    for number in range(1, random_.randint(2, 8) + 1):
        length = random_.randint(1, span // 2)
        first = random_.randint(0, span - length)
        unseated.append(party(number, first, first + length, random_.choice((ANY, ANY, EVEN))))
    seats = []
    for space in range(1, random_.randint(1, 4) + 1):
        rank, last = random_.randint(1, 2), -1
        for _ in range(random_.randint(1, 2)):
            first = random_.randint(last + 1, last + 1 + span // 3)
            last = random_.randint(first + 1, first + span)
            seats.append(gap(space, first, last, rank=rank))
    return unseated, seats, random_.choice((0, 1, 2))


def crowd_of_sharers(random_: random.Random) -> Crowd:
    """Eight reservations that have to share one to three spaces, all of them idle throughout."""
    unseated = []
    for number in range(1, 9):
        length = random_.randint(2, 10)
        first = random_.randint(0, 24 - length)
        unseated.append(party(number, first, first + length))
    return unseated, [gap(space, 0, 24) for space in range(1, random_.randint(1, 3) + 1)], 1


def can_be_seated(who: Unseated[str], where: Seat, others: Sequence[Window], buffer: int) -> bool:
    """The rule itself: it fits, the gap covers it, and it is a buffer away from all others."""
    kept = who.window.widened(buffer * MINUTE)
    return (
        fits(who.wish, where.space_id)
        and where.gap.covers(who.window)
        and not any(kept.overlaps(other) for other in others)
    )


def best_way(
    unseated: Sequence[Unseated[str]], seats: Sequence[Seat], *, buffer: int
) -> list[int]:
    """The most who can be seated at all, of such choices the most preferred; by trying all."""
    order = sorted(unseated, key=lambda each: (each.window.from_, each.reservation_id))
    held: dict[int, list[Window]] = {each.space_id: [] for each in seats}
    best: list[int] = []

    def go_on(number: int, chosen: list[int]) -> None:
        nonlocal best
        if len(chosen) + len(order) - number < len(best):
            return
        if number == len(order):
            best = min(best, chosen, key=lambda each: (-len(each), each))
            return
        who = order[number]
        for where in seats:
            others = held[where.space_id]
            if can_be_seated(who, where, others, buffer):
                others.append(who.window)
                go_on(number + 1, [*chosen, number])
                others.pop()
        go_on(number + 1, chosen)

    go_on(0, [])
    return sorted(order[number].reservation_id for number in best)
