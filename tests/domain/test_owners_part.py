"""Which owner has how much of a reservation, and who of several gives and has again."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import OwnerId
from kiosk.domain.journals import refund_granted
from kiosk.domain.journals_outside import shared_by_merchant
from kiosk.domain.ledger import Transfer
from kiosk.domain.owners_part import OwnersPart, parts_of_owners, shared_back, shared_on
from kiosk.domain.settlement import Shared, Shares, divided, share_transfers
from tests.domain.examples import euro
from tests.domain.stay_moves import R1

FIRST, SECOND, THIRD = OwnerId(1), OwnerId(2), OwnerId(3)
ZERO = euro(0)


def of_owner(minor: int) -> Shares:
    return Shares(euro(minor), ZERO, ZERO, ZERO)


def part(owner_id: OwnerId, got: int, given: int = 0) -> OwnersPart:
    return OwnersPart(owner_id, euro(got), euro(given))


def minors(shared: Shared) -> dict[OwnerId, int]:
    return {owner_id: amount.minor for owner_id, amount in shared.owners if amount}


TWO = (part(FIRST, 174), part(SECOND, 100))


def test_each_owner_has_what_it_got_less_what_it_gave() -> None:
    pot = "psp:simulator:disputed"
    moved = [
        *share_transfers(R1, Shared.to(FIRST, of_owner(174))),
        *share_transfers(R1, Shared.to(SECOND, of_owner(100))),
        *refund_granted(R1, Shared(of_owner(-90), ((SECOND, euro(-70)), (FIRST, euro(-20))))),
        *divided(pot, Shared.to(FIRST, of_owner(-10))),
        *divided(pot, Shared.to(FIRST, of_owner(4))),
        *share_transfers(R1, Shared.to(FIRST, of_owner(-1))),
    ]

    parts = parts_of_owners(R1, moved)

    assert parts == (part(FIRST, 173, 26), part(SECOND, 100, 70))
    assert [each.has.minor for each in parts] == [147, 30]


def test_what_an_owner_passes_on_as_the_merchant_is_no_part_of_it() -> None:
    lost = Transfer("owner:1", "held-by-owner:1:disputed", euro(3))
    moved = (
        *share_transfers(R1, Shared.to(FIRST, of_owner(174))),
        *shared_by_merchant(FIRST, of_owner(174)),
        lost,
    )

    assert parts_of_owners(R1, moved) == (part(FIRST, 174, 3),)


@pytest.mark.parametrize(
    ("minor", "expected"),
    [
        (-72, {SECOND: -72}),
        (-100, {SECOND: -100}),
        (-101, {FIRST: -1, SECOND: -100}),
        (-274, {FIRST: -174, SECOND: -100}),
        (-275, {FIRST: -174, SECOND: -101}),
        (0, {}),
    ],
)
def test_whoever_came_last_gives_first_as_far_as_it_has_it(
    minor: int, expected: dict[OwnerId, int]
) -> None:
    assert minors(shared_back(TWO, of_owner(minor), of_now=THIRD)) == expected


@pytest.mark.parametrize(
    ("minor", "expected"),
    [(50, {FIRST: 50}), (75, {FIRST: 74, SECOND: 1}), (175, {FIRST: 74, SECOND: 101})],
)
def test_whoever_came_first_has_again_first_what_it_had_given(
    minor: int, expected: dict[OwnerId, int]
) -> None:
    parts = (part(FIRST, 174, 74), part(SECOND, 100, 100))

    assert minors(shared_back(parts, of_owner(minor), of_now=THIRD)) == expected


def test_who_has_less_than_nothing_gives_nothing_more() -> None:
    parts = (part(FIRST, 174), part(SECOND, -1), part(THIRD, 0, -5))

    assert minors(shared_back(parts, of_owner(-6), of_now=THIRD)) == {FIRST: -1, THIRD: -5}
    assert minors(shared_back(parts[:2], of_owner(3), of_now=THIRD)) == {SECOND: 3}


def test_of_a_stay_that_nobody_got_anything_of_the_owner_of_the_space_has_it() -> None:
    assert minors(shared_back((), of_owner(-1), of_now=THIRD)) == {THIRD: -1}


def test_what_is_settled_is_of_the_owner_of_the_space_alone() -> None:
    assert minors(shared_on(TWO, of_owner(5), of_now=THIRD)) == {THIRD: 5}


def test_a_unit_that_a_settlement_takes_is_taken_from_who_has_it() -> None:
    assert minors(shared_on(TWO, of_owner(-1), of_now=THIRD)) == {SECOND: -1}


def test_what_is_given_again_is_less_than_nothing_of_each() -> None:
    back = shared_back(TWO, of_owner(-101), of_now=THIRD)

    assert minors(-back) == {FIRST: 1, SECOND: 100}
    assert (-back).total == euro(101)


def test_the_parts_of_owners_are_together_the_owners_share() -> None:
    with pytest.raises(AssertionError):
        Shared(of_owner(5), ((FIRST, euro(4)),))


AMOUNTS = st.integers(0, 300)


@given(got=st.lists(AMOUNTS, min_size=1, max_size=4), totals=st.lists(AMOUNTS, max_size=8))
def test_whatever_goes_back_and_comes_again_only_the_sum_says_who_has_how_much(
    got: list[int], totals: list[int]
) -> None:
    """No owner gives more than it has, none has more than it got, and the way does not matter."""
    whole = sum(got)
    had = [*got]
    stands = [whole, *(min(total, whole) for total in totals)]
    for before, now in pairwise(stands):
        parts = [
            part(OwnerId(number), first, first - has)
            for number, (first, has) in enumerate(zip(got, had, strict=True), start=1)
        ]
        moved = minors(shared_back(parts, of_owner(now - before), of_now=THIRD))
        had = [has + moved.get(OwnerId(number), 0) for number, has in enumerate(had, start=1)]
        assert sum(had) == now
        assert all(0 <= has <= first for has, first in zip(had, got, strict=True))
    straight: list[int] = []
    for first in got:
        straight.append(min(first, stands[-1] - sum(straight)))
    assert had == straight
