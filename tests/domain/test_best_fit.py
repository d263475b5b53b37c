"""The best space is the one whose idle time is cut with the least waste."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import AreaId, OwnerId, SpaceId
from kiosk.domain.space import IdleSpace, Space, best_fit_first
from kiosk.domain.time import Window
from tests.domain.examples import MINUTE, minutes

WANTED = minutes(0, 60)
SHORTEST = timedelta(minutes=30)


def idle(
    number: int,
    gap: Window,
    *,
    rank: int = 1,
    has_charger: bool = False,
    is_accessible: bool = False,
) -> IdleSpace:
    space = Space(
        id=SpaceId(number),
        area_id=AreaId(1),
        owner_id=OwnerId(1),
        label=f"A{number:02d}",
        rank=rank,
        x_mm=0,
        y_mm=0,
        width_mm=2500,
        depth_mm=5000,
        has_charger=has_charger,
        is_accessible=is_accessible,
    )
    return IdleSpace(space, gap)


def order(*found: IdleSpace) -> list[int]:
    ranked = best_fit_first(found, wanted=WANTED, minimum_stay=SHORTEST)
    return [each.space.id for each in ranked]


def test_a_gap_that_leaves_a_useless_remainder_comes_after_one_that_leaves_a_useful_one() -> None:
    useless, useful = idle(1, minutes(0, 80)), idle(2, minutes(0, 90))

    assert order(useless, useful) == [2, 1]


def test_a_remainder_of_just_the_shortest_stay_is_not_lost() -> None:
    just_enough, too_short = idle(1, minutes(-30, 60)), idle(2, minutes(-29, 60))

    assert order(too_short, just_enough) == [1, 2]


def test_of_two_that_waste_nothing_the_shorter_gap_is_taken() -> None:
    assert order(idle(1, minutes(0, 300)), idle(2, minutes(0, 60))) == [2, 1]


def test_of_two_equal_gaps_the_nearer_space_is_taken() -> None:
    assert order(idle(1, WANTED, rank=2), idle(2, WANTED, rank=1)) == [2, 1]


def test_of_two_alike_the_lower_id_is_taken() -> None:
    assert order(idle(2, WANTED), idle(1, WANTED)) == [1, 2]


def test_spaces_that_only_some_drivers_need_come_last() -> None:
    plain = idle(3, minutes(0, 61), rank=9)
    charger, accessible = idle(2, WANTED, has_charger=True), idle(1, WANTED, is_accessible=True)

    assert order(accessible, charger, plain) == [3, 2, 1]


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=1, max_size=8))
def test_nothing_found_wastes_less_than_the_first(remainders: list[tuple[int, int]]) -> None:
    found = [
        idle(number, minutes(-before, 60 + behind))
        for number, (before, behind) in enumerate(remainders, start=1)
    ]

    first = best_fit_first(found, wanted=WANTED, minimum_stay=SHORTEST)[0]

    wasted = {
        number: sum(rest for rest in pair if rest < 30)
        for number, pair in enumerate(remainders, start=1)
    }
    assert wasted[first.space.id] == min(wasted.values())
    assert sorted(order(*found)) == sorted(wasted)
    assert first.gap.duration >= 60 * MINUTE
