"""Who lost a space gets another one, all at once: as many as can be, the most preferred first."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import le, sub

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.ids import AreaId, OwnerId, SpaceId
from kiosk.domain.seating import Seat, Seating, Unseated, seat
from kiosk.domain.space import IdleSpace, Space, best_fit_first
from tests.domain.crowds import (
    ANY,
    EVEN,
    Crowd,
    best_way,
    can_be_seated,
    crowd,
    crowd_of_sharers,
    fits,
    gap,
    party,
)
from tests.domain.examples import MINUTE, minutes

A_DAY = 24 * 60


def seated(
    unseated: Sequence[Unseated[str]],
    seats: Sequence[Seat],
    *,
    buffer: float = 15,
    minimum_stay: float = 30,
) -> Seating:
    return seat(
        unseated, seats, fits=fits, buffer=buffer * MINUTE, minimum_stay=minimum_stay * MINUTE
    )


def spaces(seating: Seating) -> dict[int, int]:
    """The space of each who moves."""
    return {move.reservation_id: move.space_id for move in seating.moves}


def test_who_lost_a_space_moves_to_one_that_is_idle_all_the_time() -> None:
    too_late, too_early, just_right = gap(1, 1, 60), gap(2, 0, 59), gap(3, 0, 60)

    assert spaces(seated([party(7, 0, 60)], [too_late, too_early, just_right])) == {7: 3}


def test_nobody_moves_to_a_space_that_does_not_fit() -> None:
    seating = seated(
        [party(1, 0, 60, EVEN), party(2, 0, 60, EVEN)], [gap(1, 0, 60), gap(2, 0, 60)]
    )

    assert spaces(seating) == {1: 2}
    assert seating.left_over == (2,)


def test_without_spaces_everyone_is_left_over_and_without_reservations_nobody() -> None:
    assert seated([party(2, 0, 60), party(1, 0, 60)], []).left_over == (1, 2)
    assert seated([], [gap(1, 0, 60)]) == Seating((), ())


def test_a_best_fit_is_given_up_so_that_one_more_has_a_space() -> None:
    snug, roomy = gap(2, 0, 60), gap(1, 0, 300)

    seating = seated([party(1, 0, 60), party(2, 0, 60, EVEN)], [snug, roomy])

    assert spaces(seating) == {1: 1, 2: 2}


def test_three_move_on_in_a_row_for_the_last_who_came() -> None:
    unseated = [party(1, 0, 40), party(2, 1, 50), party(3, 2, 60), party(4, 3, 30, EVEN)]
    seats = [gap(2, 0, 41), gap(1, 0, 50), gap(3, 0, 60), gap(5, 1, 300)]

    assert spaces(seated(unseated, seats)) == {1: 1, 2: 5, 3: 3, 4: 2}


def test_who_starts_earlier_is_preferred_then_who_reserved_earlier() -> None:
    seating = seated([party(1, 10, 60), party(3, 0, 60), party(2, 0, 60)], [gap(1, 0, 60)])

    assert spaces(seating) == {2: 1}
    assert seating.left_over == (3, 1)


def test_nobody_is_seated_instead_of_one_who_is_preferred() -> None:
    unseated = [party(1, 0, 60, EVEN), party(2, 5, 60), party(3, 10, 60, EVEN)]

    assert spaces(seated(unseated, [gap(2, 0, 60), gap(1, 0, 60)])) == {1: 2, 2: 1}


def test_two_share_a_gap_when_the_buffer_is_between_them() -> None:
    assert spaces(seated([party(1, 0, 60), party(2, 75, 90)], [gap(1, 0, 90)])) == {1: 1, 2: 1}
    assert spaces(seated([party(1, 0, 60), party(2, 74, 90)], [gap(1, 0, 90)])) == {1: 1}


def test_what_the_first_left_before_and_behind_it_is_offered_again() -> None:
    unseated = [party(1, 100, 200), party(2, 215, 300), party(3, 100, 200), party(4, 300, 330)]

    seating = seated([*unseated, party(5, 101, 201)], [gap(1, 100, 300), gap(2, 0, 330)])

    assert spaces(seating) == {1: 1, 3: 2, 2: 1, 4: 2}


def test_moves_are_told_in_order_of_preference_whatever_round_they_are_of() -> None:
    unseated = [party(3, 50, 60), party(2, 25, 40, EVEN), party(1, 0, 10, EVEN)]

    seating = seated(unseated, [gap(1, 50, 60), gap(2, 0, 40)])

    assert [move.reservation_id for move in seating.moves] == [1, 2, 3]


def test_two_gaps_of_one_space_keep_the_buffer_too() -> None:
    morning, noon = gap(1, 0, 60), gap(1, 65, 120)

    near = seated([party(1, 0, 60), party(2, 65, 120)], [morning, noon])
    apart = seated([party(1, 0, 50), party(2, 65, 120)], [morning, noon])

    assert spaces(near) == {1: 1}
    assert spaces(apart) == {1: 1, 2: 1}


def test_who_would_come_too_near_gets_another_space_in_the_next_round() -> None:
    seats = [gap(1, 0, 60), gap(1, 65, 120), gap(2, 0, 400)]

    assert spaces(seated([party(1, 0, 60), party(2, 65, 120)], seats)) == {1: 1, 2: 2}


def test_whether_a_space_fits_is_asked_once_for_each_wish() -> None:
    asked: list[tuple[str, int]] = []

    def asking(wish: str, space_id: SpaceId) -> bool:
        asked.append((wish, space_id))
        return True

    unseated = [party(1, 0, 9), party(2, 1, 9), party(3, 20, 29), party(4, 21, 29, EVEN)]
    seats = [gap(1, 0, 5), gap(1, 6, 40), gap(2, 0, 40)]
    seat(unseated, seats, fits=asking, buffer=MINUTE, minimum_stay=MINUTE)

    assert sorted(asked) == [(ANY, 1), (ANY, 2), (EVEN, 1), (EVEN, 2)]


def found_spaces(random_: random.Random) -> list[IdleSpace]:
    """Spaces that a search from NOON to one o'clock finds, many of them nearly alike."""
    remainders = (0, 5, 10, 10, 29, 30, 31, 60)
    return [
        IdleSpace(
            Space(
                id=SpaceId(number),
                area_id=AreaId(1),
                owner_id=OwnerId(1),
                label=f"A{number:02d}",
                rank=random_.randint(1, 2),
                x_mm=0,
                y_mm=0,
                width_mm=2500,
                depth_mm=5000,
                has_charger=random_.random() < 0.2,
                is_accessible=random_.random() < 0.2,
            ),
            minutes(-random_.choice(remainders), 60 + random_.choice(remainders)),
        )
        for number in random_.sample(range(1, 20), random_.randint(1, 8))
    ]


def as_seats(found: Sequence[IdleSpace]) -> list[Seat]:
    """The same as seats; spaces that only some drivers need are scarce, as in a search."""
    return [
        Seat(
            each.space.id,
            each.gap,
            each.space.rank,
            scarcity=2 * each.space.is_accessible + each.space.has_charger,
        )
        for each in found
    ]


def test_one_alone_gets_the_space_that_a_search_shows_first() -> None:
    found = [found_spaces(random.Random(seed)) for seed in range(600)]

    moved = [spaces(seated([party(1, 0, 60)], as_seats(each), minimum_stay=30)) for each in found]

    searched = [
        best_fit_first(each, wanted=minutes(0, 60), minimum_stay=30 * MINUTE) for each in found
    ]
    assert moved == [{1: first.space.id} for first, *_ in searched]


@st.composite
def crowds(draw: st.DrawFn) -> Crowd:
    """Reservations and gaps that contend with each other, and a buffer."""
    return crowd(random.Random(draw(st.integers(0, 1 << 32))))


@settings(max_examples=200)
@given(crowds())
def test_everyone_fits_a_buffer_apart_and_nobody_left_over_fits_anywhere(
    drawn: Crowd,
) -> None:
    unseated, seats, buffer = drawn

    seating = seated(unseated, seats, buffer=buffer, minimum_stay=3)

    moved = spaces(seating)
    assert sorted([*moved, *seating.left_over]) == [each.reservation_id for each in unseated]
    for who in unseated:
        others = {
            where.space_id: [
                other.window
                for other in unseated
                if other is not who and moved.get(other.reservation_id) == where.space_id
            ]
            for where in seats
        }
        possible = {
            where.space_id
            for where in seats
            if can_be_seated(who, where, others[where.space_id], buffer)
        }
        space_id = moved.get(who.reservation_id)
        assert space_id in possible if space_id else not possible


@given(crowds(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(drawn: Crowd, random_: random.Random) -> None:
    unseated, seats, buffer = drawn
    one = seated(unseated, seats, buffer=buffer)

    random_.shuffle(unseated)
    random_.shuffle(seats)

    assert seated(unseated, seats, buffer=buffer) == one


@given(crowds())
def test_reservations_of_one_space_are_seated_wherever_they_fit(
    drawn: Crowd,
) -> None:
    unseated, seats, buffer = drawn
    of_one: list[Unseated[str]] = []
    for each in unseated:
        kept = each.window.widened(buffer * MINUTE)
        if not any(kept.overlaps(other.window) for other in of_one):
            of_one.append(each)

    seating = seated(of_one, seats, buffer=buffer)

    assert set(spaces(seating)) == {
        each.reservation_id
        for each in of_one
        if any(can_be_seated(each, where, (), buffer) for where in seats)
    }


def drawn_crowds(draw: Callable[[random.Random], Crowd], *, count: int = 400) -> list[Crowd]:
    """The same crowds each time."""
    return [draw(random.Random(seed)) for seed in range(count)]


def of_spaces_with_one_gap(seats: Sequence[Seat]) -> list[Seat]:
    """The same gaps, each on a space of its own."""
    return [replace(each, space_id=SpaceId(number)) for number, each in enumerate(seats, 1)]


def test_with_a_gap_each_the_seated_are_those_that_trying_all_ways_finds() -> None:
    alone = [(who, of_spaces_with_one_gap(seats)) for who, seats, _ in drawn_crowds(crowd)]

    found = [sorted(spaces(seated(*each, buffer=A_DAY, minimum_stay=3))) for each in alone]

    assert found == [best_way(*each, buffer=A_DAY) for each in alone]


def test_sharing_never_seats_fewer_than_a_gap_each_would() -> None:
    alone = [(who, of_spaces_with_one_gap(seats)) for who, seats, _ in drawn_crowds(crowd)]

    shared = [len(seated(*each, buffer=1, minimum_stay=3).moves) for each in alone]

    one_each = [len(best_way(*each, buffer=A_DAY)) for each in alone]
    assert [fewer for fewer in map(sub, shared, one_each) if fewer < 0] == []
    assert sum(shared) > sum(one_each)


@pytest.mark.parametrize(("draw", "least"), [(crowd, 0.96), (crowd_of_sharers, 0.95)])
def test_where_gaps_are_shared_nearly_as_many_are_seated_as_can_be(
    draw: Callable[[random.Random], Crowd], least: float
) -> None:
    drawn = drawn_crowds(draw, count=150)

    found = [
        len(seated(who, seats, buffer=buffer, minimum_stay=3).moves)
        for who, seats, buffer in drawn
    ]

    most = [len(best_way(who, seats, buffer=buffer)) for who, seats, buffer in drawn]
    assert all(map(le, found, most))
    assert sum(found) >= least * sum(most)
