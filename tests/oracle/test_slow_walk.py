"""The slow oracle, and the engine, against prices worked out by hand: rules 1, 2, 5 and 6."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kiosk.domain.tariff import (
    Band,
    BandRule,
    BlockPolicy,
    Calendar,
    Cap,
    CapScope,
    DayType,
    Free,
)
from tests.oracle.boards import (
    DAILY,
    HOURLY,
    Price,
    at,
    block,
    board,
    day_and_night,
    flat,
    per_entry,
    stay,
    total,
    whole_day,
)
from tests.oracle.slow_price import StayCase


@pytest.mark.parametrize(
    ("policy", "cents"),
    [
        (BlockPolicy.RESTART, 367),
        (BlockPolicy.RUN_THROUGH, 267),
        (BlockPolicy.ROUND_ONCE, 290),
        (BlockPolicy.PRO_RATA, 260),
    ],
)
def test_the_four_policies_price_the_same_stay_as_the_design_says(
    price: Price, policy: BlockPolicy, cents: int
) -> None:
    bands = day_and_night((block(400, 10),), (block(600, 10),))

    assert (
        total(price, board(*bands, policy=policy), stay("2026-06-03T17:57", "2026-06-03T18:24"))
        == cents
    )


# ---------------------------------------------------------------- clock and days


def test_a_night_with_an_hour_more_costs_an_hour_more(price: Price) -> None:
    assert total(price, HOURLY, stay("2026-10-25T01:00", "2026-10-25T04:00")) == 4 * 200


def test_a_night_with_an_hour_less_costs_an_hour_less(price: Price) -> None:
    assert total(price, HOURLY, stay("2026-03-29T01:00", "2026-03-29T04:00")) == 2 * 200


def test_an_edge_shown_twice_is_at_its_first_showing(price: Price) -> None:
    bands = (
        Band(name="Early", from_minute=0, until_minute=150, rows=(block(100),)),
        Band(name="Late", from_minute=150, until_minute=1440, rows=(block(300),)),
    )
    tariff = board(*bands, policy=BlockPolicy.PRO_RATA)

    # 01:30 to the first 02:30 is one hour, to 03:30 after the second 02:30 another two.
    assert total(price, tariff, stay("2026-10-25T01:30", "2026-10-25T03:30")) == 100 + 2 * 300


def test_an_edge_that_is_skipped_is_at_the_change(price: Price) -> None:
    bands = (
        Band(name="Early", from_minute=0, until_minute=150, rows=(block(100),)),
        Band(name="Late", from_minute=150, until_minute=1440, rows=(block(300),)),
    )
    tariff = board(*bands, policy=BlockPolicy.PRO_RATA)

    assert total(price, tariff, stay("2026-03-29T01:30", "2026-03-29T03:30")) == 50 + 150


def test_lord_howe_goes_back_by_half_an_hour(price: Price) -> None:
    zone = "Australia/Lord_Howe"
    case = StayCase(
        entered_at=at("2026-04-05T01:00", zone=zone), left_at=at("2026-04-05T03:00", zone=zone)
    )

    assert total(price, board(whole_day(block(60, 1)), zone=zone), case) == 150


def test_a_holiday_on_a_wednesday_is_no_weekday(price: Price) -> None:
    tariff = replace(
        HOURLY,
        calendars=(Calendar(name="fair", dates=(at("2026-06-03T00:00").date(),)),),
        day_types=(
            DayType(name="fair day", calendars=("fair",)),
            DayType(name="usual", weekdays=(0, 1, 2, 3, 4, 5, 6)),
        ),
        bands=(
            replace(whole_day(block(500)), name="Fair", days=("fair day",)),
            replace(whole_day(block(100)), name="Usual", days=("usual",)),
        ),
    )

    # 22:00 to midnight at the fair's price, then one hour at the usual one.
    assert total(price, tariff, stay("2026-06-03T22:00", "2026-06-04T01:00")) == 2 * 500 + 100


# ---------------------------------------------------------------- rows, bands


def test_a_flat_first_hour_is_followed_by_half_hours(price: Price) -> None:
    tariff = board(whole_day(flat(300), block(100, 30, per=30, after=60)))

    assert total(price, tariff, stay("2026-06-03T10:00", "2026-06-03T11:31")) == 300 + 2 * 100


def test_a_block_is_cut_by_the_next_row_and_charged_whole(price: Price) -> None:
    tariff = board(whole_day(block(100, 45, per=45), block(10, 10, per=10, after=60)))

    # 0:00, 0:45 cut at 1:00, then 1:00.
    assert total(price, tariff, stay("2026-06-03T10:00", "2026-06-03T11:10")) == 100 + 100 + 10


def test_each_night_is_entered_anew(price: Price) -> None:
    tariff = board(*day_and_night((), (per_entry(400),)))

    assert total(price, tariff, stay("2026-06-03T17:00", "2026-06-05T07:00")) == 2 * 400


def test_a_band_that_a_block_runs_over_is_never_entered(price: Price) -> None:
    bands = day_and_night((block(100, 900, per=900),), (per_entry(400),))
    tariff = board(*bands, policy=BlockPolicy.RUN_THROUGH)

    assert total(price, tariff, stay("2026-06-03T17:30", "2026-06-04T08:10")) == 100


@pytest.mark.parametrize(("left", "cents"), [("2026-06-03T20:00", 400), ("2026-06-04T02:00", 600)])
def test_a_night_costs_the_cheaper_of_hours_and_entry(price: Price, left: str, cents: int) -> None:
    tariff = board(*day_and_night((block(200),), (per_entry(400), block(100)), rule=BandRule.MIN))

    assert total(price, tariff, stay("2026-06-03T17:00", left)) == cents


# ---------------------------------------------------------------- caps


@pytest.mark.parametrize(("restarts", "cents"), [(False, 700), (True, 900)])
def test_blocks_start_anew_at_midnight_where_the_cap_says_so(
    price: Price, restarts: bool, cents: int
) -> None:
    cap = Cap(scope=CapScope.CALENDAR_DAY, price=Fraction(500), restarts_blocks=restarts)

    # 20:30 to 00:30 is four hours, cut to 5.00; then 00:30 alone, or 00:00 and 01:00.
    tariff = replace(HOURLY, caps=(cap,))
    assert total(price, tariff, stay("2026-06-03T20:30", "2026-06-04T01:15")) == cents


def test_a_band_cap_limits_each_span_of_its_band(price: Price) -> None:
    cap = Cap(scope=CapScope.BAND, band="Day", price=Fraction(300))
    tariff = replace(board(*day_and_night((block(200),), (block(100),))), caps=(cap,))

    assert total(price, tariff, stay("2026-06-03T12:00", "2026-06-03T20:00")) == 300 + 200


def test_a_rolling_day_counts_from_the_entry(price: Price) -> None:
    cap = Cap(scope=CapScope.ROLLING_24H, price=Fraction(500))

    tariff = replace(HOURLY, caps=(cap,))
    assert total(price, tariff, stay("2026-06-03T20:00", "2026-06-04T21:00")) == 500 + 200


def test_a_day_that_resets_at_six_belongs_to_the_date_of_that_six(price: Price) -> None:
    cap = Cap(scope=CapScope.RESET_DAY, price=Fraction(500), reset_minute=360, days=("weekend",))
    tariff = replace(
        HOURLY,
        caps=(cap,),
        day_types=(
            DayType(name="weekday", weekdays=(0, 1, 2, 3, 4)),
            DayType(name="weekend", weekdays=(5, 6)),
        ),
    )

    # Sunday 00:00 to Monday 06:00 is in two days of the weekend, Monday 06:00 to 10:00 in none.
    assert (
        total(price, tariff, stay("2026-06-07T00:00", "2026-06-08T10:00")) == 500 + 500 + 4 * 200
    )


@pytest.mark.parametrize(("is_from_entry", "cents"), [(True, 3500 + 2000), (False, 3500 + 3500)])
def test_a_week_begins_on_monday_or_at_the_entry(
    price: Price, is_from_entry: bool, cents: int
) -> None:
    cap = Cap(scope=CapScope.WEEK, price=Fraction(3500), is_from_entry=is_from_entry)

    # Nine days from a Wednesday: five before Monday, or seven before the next Wednesday.
    tariff = replace(DAILY, caps=(cap,))
    assert total(price, tariff, stay("2026-06-03T12:00", "2026-06-11T12:01")) == cents


def test_a_month_from_the_last_of_january_ends_with_february(price: Price) -> None:
    cap = Cap(scope=CapScope.MONTH, price=Fraction(10000), is_from_entry=True)

    tariff = replace(DAILY, caps=(cap,))
    assert total(price, tariff, stay("2026-01-31T12:00", "2026-03-05T12:00")) == 10000 + 5 * 1000


def test_a_calendar_month_ends_on_the_first(price: Price) -> None:
    cap = Cap(scope=CapScope.MONTH, price=Fraction(1500))

    # 30 and 31 January, then 1 February.
    tariff = replace(DAILY, caps=(cap,))
    assert total(price, tariff, stay("2026-01-30T12:00", "2026-02-02T12:00")) == 1500 + 1000


def test_a_session_has_one_cap(price: Price) -> None:
    cap = Cap(scope=CapScope.SESSION, price=Fraction(2500))

    assert (
        total(price, replace(DAILY, caps=(cap,)), stay("2026-06-03T12:00", "2026-06-11T12:00"))
        == 2500
    )


def test_free_minutes_do_not_move_the_rolling_day(price: Price) -> None:
    cap = Cap(scope=CapScope.ROLLING_24H, price=Fraction(500))
    tariff = replace(HOURLY, caps=(cap,), free=Free(minutes=60, is_deducted=True))

    # Priced from 21:00; the second day begins at 20:00 all the same, with the block of 20:00.
    assert total(price, tariff, stay("2026-06-03T20:00", "2026-06-04T21:00")) == 500 + 200


def test_a_month_from_the_entry_ends_at_the_wall_clock_of_the_entry(price: Price) -> None:
    cap = Cap(scope=CapScope.MONTH, price=Fraction(100), is_from_entry=True)
    tariff = replace(HOURLY, caps=(cap,))

    # Clocks go forward in between: the month is an hour shorter than 31 days.
    assert total(price, tariff, stay("2026-03-03T12:00", "2026-04-03T12:00")) == 100
    assert total(price, tariff, stay("2026-03-03T12:00", "2026-04-03T12:01")) == 200
