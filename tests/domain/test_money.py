"""Money adds up exactly and never mixes currencies."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Money, half_up
from tests.domain.examples import euro

MINORS = st.integers(-(10**12), 10**12)


@given(MINORS, MINORS)
def test_adding_and_taking_away_the_same_amount_changes_nothing(one: int, other: int) -> None:
    assert euro(one) + euro(other) - euro(other) == euro(one)


@given(MINORS, MINORS)
def test_money_is_ordered_as_its_minor_units(one: int, other: int) -> None:
    assert (euro(one) < euro(other)) == (one < other)
    assert (euro(one) <= euro(other)) == (one <= other)
    assert (euro(one) > euro(other)) == (one > other)
    assert (euro(one) >= euro(other)) == (one >= other)


@given(MINORS, st.integers(0, 50))
def test_a_multiple_is_the_amount_added_so_many_times(minor: int, count: int) -> None:
    assert euro(minor) * count == sum([euro(minor)] * count, Money.zero("EUR"))


def test_only_nothing_is_false() -> None:
    assert not Money.zero("EUR")
    assert euro(1)
    assert euro(-1)


def test_the_opposite_of_an_amount_adds_up_to_nothing() -> None:
    assert euro(7) + -euro(7) == Money.zero("EUR")


@pytest.mark.parametrize(
    "mix",
    [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge],
)
def test_two_currencies_are_never_mixed(mix: Callable[[Any, Any], object]) -> None:
    with pytest.raises(AssertionError, match="EUR mixed with JPY"):
        mix(euro(1), Money(1, "JPY"))


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(AssertionError, match="ABC"):
        Money(1, "ABC")


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_half_up_is_the_nearest_whole_number_and_the_upper_one_of_two(
    numerator: int, denominator: int
) -> None:
    rounded = half_up(numerator, denominator)

    assert -Fraction(1, 2) < rounded - Fraction(numerator, denominator) <= Fraction(1, 2)


@pytest.mark.parametrize(("numerator", "rounded"), [(5, 3), (-5, -2), (4, 2), (7, 4)])
def test_a_half_goes_upward(numerator: int, rounded: int) -> None:
    assert half_up(numerator, 2) == rounded
