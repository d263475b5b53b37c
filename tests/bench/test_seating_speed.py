"""How long new spaces for a thousand reservations take, and how near to the most they come."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import chain

import pytest

from kiosk.domain.ids import SpaceId
from kiosk.domain.seating import Seat, Seating, Unseated, seat
from tests.bench.figures import Figure, ratio
from tests.domain.crowds import Crowd, best_way, crowd, crowd_of_sharers, gap, party
from tests.domain.crowds import fits as fits_number
from tests.domain.examples import MINUTE

GOAL_MS = 50
GOAL_RATIO = 4
SIZE = 1_000
CROWDS = 4
ROUNDS = 4
SMALL_CROWDS = 1_000
DAY = 24 * 60
BUFFER = 15 * MINUTE
FOREVER = timedelta(days=3650)
"""As a buffer it leaves nothing of a gap, so that each is given once: a matching, no more."""
WISHES = ("any", "one in four", "one in seven")


def fits(wish: str, space_id: SpaceId) -> bool:
    return wish == "any" or space_id % {"one in four": 4, "one in seven": 7}[wish] == 0


def dense(random_: random.Random) -> Crowd:
    """One day of an area: about half of all pairs would do, and nearly all gaps are needed."""
    unseated, seats = [], []
    for number in range(1, SIZE + 1):
        first = random_.randrange(0, 600, 5)
        wish = random_.choices(WISHES, (90, 6, 4))[0]
        unseated.append(party(number, first, first + random_.randrange(30, 600, 5), wish))
        idle_from = random_.randrange(-300, 300, 5)
        idle_until = idle_from + random_.randrange(300, 1200, 5)
        seats.append(gap(number, idle_from, idle_until, rank=random_.randrange(50)))
    return unseated, seats, 15


def sparse(random_: random.Random) -> Crowd:
    """One week of a site: a few of a hundred pairs would do, and many have to share a gap."""
    unseated, seats = [], []
    for number in range(1, SIZE + 1):
        first = random_.randrange(0, 7 * DAY, 5)
        wish = random_.choices(WISHES, (90, 6, 4))[0]
        unseated.append(party(number, first, first + random_.randrange(60, 600, 5), wish))
        idle_from = random_.randrange(0, 7 * DAY, 5)
        idle_until = idle_from + random_.randrange(60, DAY, 5)
        seats.append(gap(number, idle_from, idle_until, rank=random_.randrange(50)))
    return unseated, seats, 15


def options_of(unseated: Sequence[Unseated[str]], seats: Sequence[Seat]) -> list[list[int]]:
    """The gaps that would do for each, pair by pair."""
    return [
        [
            number
            for number, where in enumerate(seats)
            if where.gap.covers(who.window) and fits(who.wish, where.space_id)
        ]
        for who in unseated
    ]


def plainly_matched(unseated: Sequence[Unseated[str]], seats: Sequence[Seat]) -> int:
    """The most that can have a gap each, by augmenting paths over lists as in a textbook."""
    options = options_of(unseated, seats)
    holders: dict[int, int] = {}
    held: dict[int, int] = {}

    def move_on(number: int, asked_by: dict[int, int]) -> None:
        while True:
            mover = asked_by[number]
            given_up = held.get(mover)
            holders[number], held[mover] = mover, number
            if given_up is None:
                return
            number = given_up

    def place(newcomer: int) -> None:
        asked_by: dict[int, int] = {}
        asking = [newcomer]
        for asker in asking:
            for number in options[asker]:
                if number in asked_by:
                    continue
                asked_by[number] = asker
                if number in holders:
                    asking.append(holders[number])
                    continue
                move_on(number, asked_by)
                return

    for newcomer in range(len(unseated)):
        place(newcomer)
    return len(holders)


def seated(drawn: Crowd, *, buffer: timedelta = BUFFER) -> Seating:
    return seat(drawn[0], drawn[1], fits=fits, buffer=buffer, minimum_stay=60 * MINUTE)


def took_ns(solve: Callable[[], object]) -> int:
    began_ns = time.perf_counter_ns()
    solve()
    return time.perf_counter_ns() - began_ns


@pytest.mark.bench
@pytest.mark.parametrize("draw", [dense, sparse])
def test_new_spaces_for_a_thousand(
    draw: Callable[[random.Random], Crowd], figures: list[Figure]
) -> None:
    crowds = [draw(random.Random(seed)) for seed in range(1, CROWDS + 1)]
    most = [plainly_matched(unseated, seats) for unseated, seats, _ in crowds]

    plain: list[list[int]] = []
    ours: list[list[int]] = []
    for each in crowds:
        pairs = [
            (took_ns(partial(plainly_matched, *each[:2])), took_ns(partial(seated, each)))
            for _ in range(ROUNDS)
        ]
        plain.append([one for one, _ in pairs])
        ours.append([other for _, other in pairs])

    slowest_ms = max(map(min, ours)) / 1e6
    found = ratio(list(chain(*plain)), list(chain(*ours)))
    of_all = sum(map(len, options_of(*crowds[0][:2]))) / SIZE**2
    moves = sum(len(seated(each).moves) for each in crowds) / CROWDS
    figures += [
        Figure(
            bench="seating",
            what=f"{SIZE} reservations, {SIZE} spaces, {of_all:.0%} of pairs fit",
            value=f"{slowest_ms:.1f} ms, slowest of {CROWDS} ({moves:.0f} seated)",
            goal=f"<= {GOAL_MS} ms",
            is_held=slowest_ms <= GOAL_MS,
        ),
        Figure(
            bench="seating",
            what="augmenting paths over lists, against the same",
            value=f"{found:.1f} x ({sum(most) / CROWDS:.0f} have a gap each)",
            goal=f">= {GOAL_RATIO} x",
            is_held=found >= GOAL_RATIO,
        ),
    ]
    assert [len(seated(each, buffer=FOREVER).moves) for each in crowds] == most
    assert slowest_ms <= GOAL_MS
    assert found >= GOAL_RATIO


@pytest.mark.bench
@pytest.mark.parametrize(
    ("draw", "what"),
    [(crowd, "up to 8 in few gaps"), (crowd_of_sharers, "8 in one to three spaces")],
)
def test_how_near_to_the_most(
    draw: Callable[[random.Random], Crowd], what: str, figures: list[Figure]
) -> None:
    crowds = [draw(random.Random(seed)) for seed in range(SMALL_CROWDS)]

    found = [
        len(
            seat(
                unseated,
                seats,
                fits=fits_number,
                buffer=buffer * MINUTE,
                minimum_stay=3 * MINUTE,
            ).moves
        )
        for unseated, seats, buffer in crowds
    ]

    most = [len(best_way(unseated, seats, buffer=buffer)) for unseated, seats, buffer in crowds]
    exact = sum(map(int.__eq__, found, most))
    figures.append(
        Figure(
            bench="seating",
            what=f"seated of the most there could be, {SMALL_CROWDS} times {what}",
            value=f"{sum(found) / sum(most):.1%} (all of them {exact} times)",
        )
    )
