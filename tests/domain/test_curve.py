"""The price curve has the totals of the itemised charge, for every exit from one entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.pricing.curve import PriceCurve
from kiosk.domain.pricing.wall_clock import instant
from kiosk.domain.tariff import Band, Cap, CapScope, Free, Tax
from tests.oracle.boards import at, block, board, whole_day
from tests.oracle.random_stays import random_anchor
from tests.oracle.random_tariffs import random_own_tax, random_tariff

LONGEST = timedelta(days=9)


@pytest.mark.parametrize("seed", range(12))
def test_a_curve_has_the_totals_of_single_charges(seed: int) -> None:
    random = Random(seed)
    tariff = random_tariff(random, seed)
    entered_at = instant(random_anchor(random, tariff) * 60)
    exits = [
        entered_at + timedelta(seconds=random.choice((1, 60)) * random.randint(1, 12_960))
        for _ in range(25)
    ]

    curve = PriceCurve(tariff, entered_at, LONGEST)

    facts = [StayFacts(entered_at=entered_at, left_at=left_at) for left_at in exits]
    charges = [charge_for(tariff, each) for each in facts]
    totals = [each.total.minor if isinstance(each, Charge) else None for each in charges]
    assert [curve.total_minor(left_at) for left_at in exits] == totals


@pytest.mark.parametrize("is_included", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_a_curve_has_them_where_taxes_are_mixed_and_stays_limited(
    seed: int, is_included: bool
) -> None:
    random = Random(seed)
    tariff = replace(
        random_tariff(random, seed),
        tax=Tax(rate=Fraction(19, 100), is_included=is_included),
        maximum_stay_minutes=random.choice((10, 45, 1440)),
        valid_from=date(2026, 2, 1),
        valid_until=date(2026, 11, 1),
    )
    bands = tuple(
        replace(band, rows=tuple(replace(row, tax=random_own_tax(random)) for row in band.rows))
        for band in tariff.bands
    )
    surcharges = tuple(replace(each, tax=Fraction(1, 20)) for each in tariff.surcharges)
    tariff = replace(tariff, bands=bands, surcharges=surcharges)
    entered_at = instant(random_anchor(random, tariff) * 60)
    exits = [entered_at + timedelta(minutes=random.randint(1, 3000)) for _ in range(25)]

    curve = PriceCurve(tariff, entered_at, LONGEST)

    facts = [StayFacts(entered_at=entered_at, left_at=left_at) for left_at in exits]
    charges = [charge_for(tariff, each) for each in facts]
    totals = [each.total.minor if isinstance(each, Charge) else None for each in charges]
    assert [curve.total_minor(left_at) for left_at in exits] == totals


def test_a_curve_has_prices_for_entries_on_valid_dates_alone() -> None:
    tariff = replace(
        board(whole_day(block(200))),
        free=Free(minutes=20),
        valid_from=date(2026, 3, 2),
        valid_until=date(2026, 3, 3),
    )
    day, hour = timedelta(days=1), timedelta(hours=1)
    first, end = at("2026-03-02 00:00"), at("2026-03-03 00:00")

    before, on, after = (PriceCurve(tariff, each, day) for each in (first - hour, first, end))

    assert before.total_minor(first - hour + timedelta(minutes=5)) is None
    assert before.total_minor(first + hour) is None
    assert on.total_minor(end) == 4800
    assert after.total_minor(end + hour) is None


def test_minutes_over_the_maximum_stay_are_charged_although_the_stay_is_under_the_cliff() -> None:
    tariff = replace(board(whole_day(block(200))), free=Free(minutes=60), maximum_stay_minutes=10)

    curve = PriceCurve(tariff, at("2026-03-02 10:00"), timedelta(hours=1))

    assert curve.total_minor(at("2026-03-02 10:10")) == 0
    assert curve.total_minor(at("2026-03-02 10:40")) == 200


def test_a_stay_within_deducted_minutes_costs_nothing() -> None:
    tariff = replace(board(whole_day(block(200))), free=Free(minutes=30, is_deducted=True))
    entered_at = at("2026-03-02 10:00")

    curve = PriceCurve(tariff, entered_at, timedelta(hours=2))

    assert curve.total_minor(at("2026-03-02 10:30")) == 0
    assert curve.total_minor(at("2026-03-02 10:31")) == 200


def test_a_stay_under_the_cliff_is_free_and_a_minute_more_is_not() -> None:
    tariff = replace(board(whole_day(block(200))), free=Free(minutes=20))

    curve = PriceCurve(tariff, at("2026-03-02 10:00"), timedelta(hours=2))

    assert curve.total_minor(at("2026-03-02 10:20")) == 0
    assert curve.total_minor(at("2026-03-02 10:20:01")) == 200


def test_a_curve_ends_where_the_board_says_nothing() -> None:
    day = Band(name="Day", from_minute=480, until_minute=1080, rows=(block(200),))
    night = Band(name="Night", from_minute=1080, until_minute=1920, unstated="not on the board")

    curve = PriceCurve(board(day, night), at("2026-03-02 17:00"), timedelta(hours=5))

    assert curve.total_minor(at("2026-03-02 18:00")) == 200
    assert curve.total_minor(at("2026-03-02 18:01")) is None


def test_a_curve_of_months_has_monthly_caps() -> None:
    cap = Cap(scope=CapScope.MONTH, price=Fraction(10_000), is_from_entry=True)
    tariff = replace(board(whole_day(block(200))), caps=(cap,))

    curve = PriceCurve(tariff, at("2026-01-31 10:00"), timedelta(days=90))

    assert curve.total_minor(at("2026-02-28 10:00")) == 10_000
    assert curve.total_minor(at("2026-02-28 10:01")) == 10_200
    assert curve.total_minor(at("2026-03-31 09:00")) == 20_000


def test_a_curve_of_another_year_has_no_price() -> None:
    tariff = replace(board(whole_day(block(200))), valid_until=date(2026, 1, 1))

    curve = PriceCurve(tariff, at("2026-03-02 10:00"), timedelta(hours=2))

    assert curve.total_minor(at("2026-03-02 11:00")) is None


def test_an_instant_counts_like_its_seconds() -> None:
    curve = PriceCurve(board(whole_day(block(200))), at("2026-03-02 10:00"), timedelta(hours=2))
    left_at = at("2026-03-02 11:30")

    assert curve.total_minor_at(int(left_at.timestamp())) == curve.total_minor(left_at) == 400


def test_a_curve_shows_what_its_rows_charge() -> None:
    curve = PriceCurve(board(whole_day(block(200))), at("2026-03-02 10:00"), timedelta(hours=2))

    assert [(item.count, item.unit) for item in curve.items] == [(2, Fraction(200))]
