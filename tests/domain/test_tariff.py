"""A charge is what walking through the stay block by block costs, and its lines add up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Money
from kiosk.domain.tariff import ChargeLine, Tariff, charge_for
from kiosk.domain.time import Window
from tests.domain.examples import NOON, TARIFF, euro

SECONDS = st.integers(1, 4 * 24 * 3600)


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    price = draw(st.integers(1, 900))
    return Tariff(
        code="any",
        version=1,
        block_minutes=draw(st.sampled_from([1, 7, 10, 15, 30, 45, 60, 420, 1440])),
        block_price=euro(price),
        daily_cap=euro(draw(st.integers(price, 30 * price))),
        tax_bp=draw(st.integers(0, 3000)),
    )


def lasting(seconds: int) -> Window:
    return Window(NOON, NOON + timedelta(seconds=seconds))


def walk(tariff: Tariff, window: Window) -> Money:
    """The oracle: from block to block; each 24 hours begin anew and end at their cap."""
    total, day_from = Money.zero("EUR"), window.from_
    while day_from < window.until:
        day_until = min(day_from + timedelta(hours=24), window.until)
        at, of_day = day_from, Money.zero("EUR")
        while at < day_until:
            of_day += tariff.block_price
            at += timedelta(minutes=tariff.block_minutes)
        total += min(of_day, tariff.daily_cap)
        day_from = day_until
    return total


@given(tariffs(), SECONDS)
def test_a_charge_is_what_walking_block_by_block_costs(tariff: Tariff, seconds: int) -> None:
    assert charge_for(tariff, lasting(seconds)).total == walk(tariff, lasting(seconds))


@given(tariffs(), SECONDS, st.integers(0, 2 * 24 * 3600))
def test_staying_longer_never_costs_less(tariff: Tariff, seconds: int, more: int) -> None:
    shorter = charge_for(tariff, lasting(seconds))
    longer = charge_for(tariff, lasting(seconds + more))

    assert shorter.total <= longer.total


@given(tariffs(), SECONDS)
def test_the_lines_add_up_and_nothing_is_below_zero(tariff: Tariff, seconds: int) -> None:
    charge = charge_for(tariff, lasting(seconds))

    assert sum((line.amount for line in charge.lines), euro(0)) == charge.total
    assert all(line.count > 0 and line.unit > euro(0) for line in charge.lines)
    assert charge.total > euro(0)
    assert charge.window == lasting(seconds)


@given(tariffs(), SECONDS)
def test_the_tax_inside_is_the_nearest_cent(tariff: Tariff, seconds: int) -> None:
    charge = charge_for(tariff, lasting(seconds))

    exact = Fraction(charge.total.minor * tariff.tax_bp, 10_000 + tariff.tax_bp)
    assert abs(charge.tax.minor - exact) <= Fraction(1, 2)
    assert euro(0) <= charge.tax <= charge.total


@pytest.mark.parametrize(
    ("seconds", "blocks"), [(1, 1), (1799, 1), (1800, 1), (1801, 2), (3600, 2), (3601, 3)]
)
def test_a_started_block_counts_whole(seconds: int, blocks: int) -> None:
    charge = charge_for(TARIFF, lasting(seconds))

    assert charge.lines == (ChargeLine("block", blocks, euro(120)),)


def test_a_block_that_would_pass_the_cap_makes_it_the_cap() -> None:
    eleven, twelve = charge_for(TARIFF, lasting(11 * 1800)), charge_for(TARIFF, lasting(12 * 1800))

    assert eleven.lines == (ChargeLine("block", 11, euro(120)),)
    assert twelve.lines == (ChargeLine("daily-cap", 1, euro(1400)),)


def test_after_24_hours_the_blocks_begin_anew_on_top_of_the_cap() -> None:
    charge = charge_for(TARIFF, lasting(24 * 3600 + 1))

    assert charge.lines == (
        ChargeLine("daily-cap", 1, euro(1400)),
        ChargeLine("block", 1, euro(120)),
    )
    assert charge.total == euro(1520)
    assert charge.tax == euro(243)


def test_a_cap_that_a_whole_day_never_reaches_is_never_charged() -> None:
    cheap = Tariff("cheap", 1, 60, euro(10), euro(1000), 0)

    charge = charge_for(cheap, lasting(25 * 3600))

    assert charge.lines == (ChargeLine("block", 25, euro(10)),)


def test_a_night_in_which_the_clocks_change_costs_its_elapsed_hours() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 10, 25, 1, tzinfo=berlin).astimezone(UTC)
    morning = datetime(2026, 10, 25, 4, tzinfo=berlin).astimezone(UTC)

    charge = charge_for(TARIFF, Window(evening, morning))

    assert charge.lines == (ChargeLine("block", 8, euro(120)),)


@pytest.mark.parametrize(
    ("block_minutes", "price", "cap"), [(0, 120, 1400), (30, 0, 1400), (30, 120, 119)]
)
def test_a_tariff_that_makes_no_sense_is_refused(block_minutes: int, price: int, cap: int) -> None:
    with pytest.raises(AssertionError):
        Tariff("wrong", 1, block_minutes, euro(price), euro(cap), 0)
