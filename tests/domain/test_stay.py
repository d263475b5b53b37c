"""What a stay costs, to the second: early, free, inside the grace, and beyond it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge_lines import (
    Charge,
    EntryTooLongAgo,
    ExitBeforeEntry,
    LineKind,
    NoPrice,
)
from kiosk.domain.reservation import State
from kiosk.domain.site import Rules
from kiosk.domain.stay import stay_charge, stay_facts
from tests.domain import examples
from tests.domain.examples import after, euro, minutes

BOOKED = minutes(0, 120)
RESERVATION = replace(examples.RESERVATION, state=State.ARRIVED)
QUOTE = RESERVATION.quote
SECOND = 1 / 60


def answered(entered: float, presented: float, rules: Rules | None = None) -> Charge | NoPrice:
    """The answer to a stay by its minutes after the booked start."""
    rules = rules or Rules()
    facts = stay_facts(
        RESERVATION, entered_at=after(entered), left_at=after(presented), rules=rules
    )
    return stay_charge(RESERVATION, facts, rules=rules)


def charged(entered: float, presented: float, rules: Rules | None = None) -> Charge:
    """The charge for such a stay."""
    charge = answered(entered, presented, rules)
    assert isinstance(charge, Charge), charge
    return charge


@pytest.mark.parametrize(
    ("presented", "total"),
    [(6, 120), (30, 120), (30 + SECOND, 240), (90, 360), (90 + SECOND, 480), (120, 480)],
)
def test_inside_the_window_each_started_block_counts_from_the_booked_start(
    presented: float, total: int
) -> None:
    assert charged(0, presented).total == euro(total)


def test_coming_late_does_not_make_it_cheaper() -> None:
    assert charged(45, 91).total == charged(0, 91).total


def test_coming_early_does_not_make_it_dearer() -> None:
    assert charged(-15, 91).window == minutes(0, 91)


def test_who_came_and_went_before_the_start_pays_from_the_entry() -> None:
    charge = charged(-15, -1)

    assert charge.window == minutes(-15, -1)
    assert charge.total == euro(120)


@pytest.mark.parametrize(("entered", "presented"), [(0, 5), (-10, -5), (-2, 3), (100, 105)])
def test_in_and_out_within_the_free_time_costs_nothing(entered: float, presented: float) -> None:
    charge = charged(entered, presented)

    assert (charge.lines, charge.total, charge.tax) == ((), euro(0), euro(0))


def test_a_second_more_than_the_free_time_costs_a_block() -> None:
    assert charged(0, 5 + SECOND).total == euro(120)


def test_out_in_the_very_second_of_the_entry_costs_nothing() -> None:
    assert charged(0, 0, Rules(free_consideration=timedelta(0))).total == euro(0)


def test_in_and_out_at_the_very_end_costs_nothing_and_is_still_a_window() -> None:
    assert charged(119, 121).window == minutes(0, 121)


@pytest.mark.parametrize("presented", [120, 120 + SECOND, 134, 135])
def test_until_the_last_second_of_the_late_grace_the_charge_is_the_quote(
    presented: float,
) -> None:
    charge = charged(0, presented)

    assert charge.total == QUOTE == euro(480)
    assert charge.window == BOOKED


def test_a_second_after_the_late_grace_all_of_the_overstay_counts_beside_the_quote() -> None:
    charge = charged(0, 135 + SECOND)

    assert charge.total == euro(600)
    assert charge.of_kind(LineKind.BLOCK) == QUOTE
    assert charge.of_kind(LineKind.OVERSTAY) == euro(120)
    assert charge.window == minutes(0, 135 + SECOND)


def test_an_entry_years_ago_is_no_number() -> None:
    assert isinstance(answered(0, 367 * 24 * 60), EntryTooLongAgo)


def test_an_exit_before_the_entry_is_no_number() -> None:
    assert answered(10, 10 - SECOND) == ExitBeforeEntry()


def test_without_a_grace_the_first_second_counts() -> None:
    rules = Rules(late_grace=timedelta(0))

    assert charged(0, 120, rules).total == euro(480)
    assert charged(0, 120 + SECOND, rules).total == euro(600)


@given(st.integers(-900, 7200), st.integers(0, 3 * 24 * 3600))
def test_within_window_and_grace_a_stay_never_costs_more_than_its_quote(
    entered_s: int, lasted_s: int
) -> None:
    presented_s = min(entered_s + lasted_s, 135 * 60)

    total = charged(entered_s / 60, max(entered_s, presented_s) / 60).total

    assert Money.zero("EUR") <= total <= QUOTE


@given(st.integers(0, 7000), st.integers(0, 2 * 24 * 3600), st.integers(0, 24 * 3600))
def test_leaving_later_never_costs_less(entered_s: int, lasted_s: int, more_s: int) -> None:
    earlier = charged(entered_s / 60, (entered_s + lasted_s) / 60)
    later = charged(entered_s / 60, (entered_s + lasted_s + more_s) / 60)

    assert earlier.total <= later.total
