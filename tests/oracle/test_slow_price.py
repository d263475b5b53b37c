"""The slow oracle against prices worked out by hand, one rule at a time."""

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
    Discount,
    DiscountKind,
    Free,
    LostTicket,
    LostTicketRule,
    Overstay,
    Rounding,
    RoundingMode,
    Surcharge,
    SurchargeAt,
    Tax,
)
from tests.oracle.boards import (
    at,
    block,
    board,
    day_and_night,
    flat,
    lasting,
    per_entry,
    stay,
    total,
    whole_day,
    window,
)
from tests.oracle.slow_price import SlowPrice, StayCase, slow_price

HOURLY = board(whole_day(block(200)))
DAILY = board(whole_day(block(1000, 1440, per=1440)))


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
    policy: BlockPolicy, cents: int
) -> None:
    bands = day_and_night((block(400, 10),), (block(600, 10),))

    assert (
        total(board(*bands, policy=policy), stay("2026-06-03T17:57", "2026-06-03T18:24")) == cents
    )


# ---------------------------------------------------------------- clock and days


def test_a_night_with_an_hour_more_costs_an_hour_more() -> None:
    assert total(HOURLY, stay("2026-10-25T01:00", "2026-10-25T04:00")) == 4 * 200


def test_a_night_with_an_hour_less_costs_an_hour_less() -> None:
    assert total(HOURLY, stay("2026-03-29T01:00", "2026-03-29T04:00")) == 2 * 200


def test_an_edge_shown_twice_is_at_its_first_showing() -> None:
    bands = (
        Band(name="Early", from_minute=0, until_minute=150, rows=(block(100),)),
        Band(name="Late", from_minute=150, until_minute=1440, rows=(block(300),)),
    )
    tariff = board(*bands, policy=BlockPolicy.PRO_RATA)

    # 01:30 to the first 02:30 is one hour, to 03:30 after the second 02:30 another two.
    assert total(tariff, stay("2026-10-25T01:30", "2026-10-25T03:30")) == 100 + 2 * 300


def test_an_edge_that_is_skipped_is_at_the_change() -> None:
    bands = (
        Band(name="Early", from_minute=0, until_minute=150, rows=(block(100),)),
        Band(name="Late", from_minute=150, until_minute=1440, rows=(block(300),)),
    )
    tariff = board(*bands, policy=BlockPolicy.PRO_RATA)

    assert total(tariff, stay("2026-03-29T01:30", "2026-03-29T03:30")) == 50 + 150


def test_lord_howe_goes_back_by_half_an_hour() -> None:
    zone = "Australia/Lord_Howe"
    case = StayCase(
        entered_at=at("2026-04-05T01:00", zone=zone), left_at=at("2026-04-05T03:00", zone=zone)
    )

    assert total(board(whole_day(block(60, 1)), zone=zone), case) == 150


def test_a_holiday_on_a_wednesday_is_no_weekday() -> None:
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
    assert total(tariff, stay("2026-06-03T22:00", "2026-06-04T01:00")) == 2 * 500 + 100


# ---------------------------------------------------------------- rows, bands


def test_a_flat_first_hour_is_followed_by_half_hours() -> None:
    tariff = board(whole_day(flat(300), block(100, 30, per=30, after=60)))

    assert total(tariff, stay("2026-06-03T10:00", "2026-06-03T11:31")) == 300 + 2 * 100


def test_a_block_is_cut_by_the_next_row_and_charged_whole() -> None:
    tariff = board(whole_day(block(100, 45, per=45), block(10, 10, per=10, after=60)))

    # 0:00, 0:45 cut at 1:00, then 1:00.
    assert total(tariff, stay("2026-06-03T10:00", "2026-06-03T11:10")) == 100 + 100 + 10


def test_each_night_is_entered_anew() -> None:
    tariff = board(*day_and_night((), (per_entry(400),)))

    assert total(tariff, stay("2026-06-03T17:00", "2026-06-05T07:00")) == 2 * 400


def test_a_band_that_a_block_runs_over_is_never_entered() -> None:
    bands = day_and_night((block(100, 900, per=900),), (per_entry(400),))
    tariff = board(*bands, policy=BlockPolicy.RUN_THROUGH)

    assert total(tariff, stay("2026-06-03T17:30", "2026-06-04T08:10")) == 100


@pytest.mark.parametrize(("left", "cents"), [("2026-06-03T20:00", 400), ("2026-06-04T02:00", 600)])
def test_a_night_costs_the_cheaper_of_hours_and_entry(left: str, cents: int) -> None:
    tariff = board(*day_and_night((block(200),), (per_entry(400), block(100)), rule=BandRule.MIN))

    assert total(tariff, stay("2026-06-03T17:00", left)) == cents


# ---------------------------------------------------------------- caps


@pytest.mark.parametrize(("restarts", "cents"), [(False, 700), (True, 900)])
def test_blocks_start_anew_at_midnight_where_the_cap_says_so(restarts: bool, cents: int) -> None:
    cap = Cap(scope=CapScope.CALENDAR_DAY, price=Fraction(500), restarts_blocks=restarts)

    # 20:30 to 00:30 is four hours, cut to 5.00; then 00:30 alone, or 00:00 and 01:00.
    tariff = replace(HOURLY, caps=(cap,))
    assert total(tariff, stay("2026-06-03T20:30", "2026-06-04T01:15")) == cents


def test_a_band_cap_limits_each_span_of_its_band() -> None:
    cap = Cap(scope=CapScope.BAND, band="Day", price=Fraction(300))
    tariff = replace(board(*day_and_night((block(200),), (block(100),))), caps=(cap,))

    assert total(tariff, stay("2026-06-03T12:00", "2026-06-03T20:00")) == 300 + 200


def test_a_rolling_day_counts_from_the_entry() -> None:
    cap = Cap(scope=CapScope.ROLLING_24H, price=Fraction(500))

    tariff = replace(HOURLY, caps=(cap,))
    assert total(tariff, stay("2026-06-03T20:00", "2026-06-04T21:00")) == 500 + 200


def test_a_day_that_resets_at_six_belongs_to_the_date_of_that_six() -> None:
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
    assert total(tariff, stay("2026-06-07T00:00", "2026-06-08T10:00")) == 500 + 500 + 4 * 200


@pytest.mark.parametrize(("is_from_entry", "cents"), [(True, 3500 + 2000), (False, 3500 + 3500)])
def test_a_week_begins_on_monday_or_at_the_entry(is_from_entry: bool, cents: int) -> None:
    cap = Cap(scope=CapScope.WEEK, price=Fraction(3500), is_from_entry=is_from_entry)

    # Nine days from a Wednesday: five before Monday, or seven before the next Wednesday.
    tariff = replace(DAILY, caps=(cap,))
    assert total(tariff, stay("2026-06-03T12:00", "2026-06-11T12:01")) == cents


def test_a_month_from_the_last_of_january_ends_with_february() -> None:
    cap = Cap(scope=CapScope.MONTH, price=Fraction(10000), is_from_entry=True)

    tariff = replace(DAILY, caps=(cap,))
    assert total(tariff, stay("2026-01-31T12:00", "2026-03-05T12:00")) == 10000 + 5 * 1000


def test_a_calendar_month_ends_on_the_first() -> None:
    cap = Cap(scope=CapScope.MONTH, price=Fraction(1500))

    # 30 and 31 January, then 1 February.
    tariff = replace(DAILY, caps=(cap,))
    assert total(tariff, stay("2026-01-30T12:00", "2026-02-02T12:00")) == 1500 + 1000


def test_a_session_has_one_cap() -> None:
    cap = Cap(scope=CapScope.SESSION, price=Fraction(2500))

    assert total(replace(DAILY, caps=(cap,)), stay("2026-06-03T12:00", "2026-06-11T12:00")) == 2500


# ---------------------------------------------------------------- free minutes, adjustments


@pytest.mark.parametrize(("minutes", "cents"), [(20, 0), (21, 200)])
def test_a_cliff_is_free_up_to_its_edge(minutes: int, cents: int) -> None:
    tariff = replace(HOURLY, free=Free(minutes=20), minimum=Fraction(150))

    assert total(tariff, lasting(at("2026-06-03T10:00"), minutes)) == cents


@pytest.mark.parametrize(("minutes", "cents"), [(20, 0), (80, 200), (81, 400)])
def test_deducted_minutes_are_never_charged(minutes: int, cents: int) -> None:
    tariff = replace(HOURLY, free=Free(minutes=20, is_deducted=True))

    assert total(tariff, lasting(at("2026-06-03T10:00"), minutes)) == cents


def test_validated_minutes_come_after_the_free_ones() -> None:
    shop = Discount(name="Cinema", kind=DiscountKind.TIME, value=Fraction(60))
    tariff = replace(HOURLY, free=Free(minutes=20, is_deducted=True), discounts=(shop,))
    case = replace(lasting(at("2026-06-03T10:00"), 110), validation_minutes=30)

    assert total(tariff, case) == 200
    assert total(tariff, replace(case, is_free_used=True)) == 400
    assert slow_price(tariff, replace(case, validation_minutes=61)) == "ValidationTooLong"


def test_a_minimum_raises_what_costs_something() -> None:
    tariff = replace(board(whole_day(block(60, 1))), minimum=Fraction(50))

    assert total(tariff, lasting(at("2026-06-03T10:00"), 10)) == 50
    assert total(tariff, lasting(at("2026-06-03T10:00"), 51)) == 51


def test_a_promise_limits_the_booked_window_but_not_what_comes_after() -> None:
    case = replace(
        stay("2026-06-03T09:00", "2026-06-03T13:10"),
        booked=window("2026-06-03T10:00", "2026-06-03T12:00"),
    )

    assert total(HOURLY, case) == 400 + 400
    assert total(HOURLY, replace(case, quote_minor=250)) == 250 + 400
    assert total(replace(HOURLY, is_early_charged=True), case) == 200 + 400 + 400


def test_discounts_are_taken_in_the_order_of_the_file() -> None:
    fifth = Discount(name="Member", kind=DiscountKind.PERCENT, value=Fraction(1, 5))
    euro = Discount(name="Voucher", kind=DiscountKind.AMOUNT, value=Fraction(100))
    case = replace(stay("2026-06-03T09:00", "2026-06-03T11:00"), discounts=("Voucher", "Member"))

    assert total(replace(HOURLY, discounts=(fifth, euro)), case) == 220
    assert total(replace(HOURLY, discounts=(euro, fifth)), case) == 240


# ---------------------------------------------------------------- added to the main part


@pytest.mark.parametrize(
    ("late", "left", "cents"),
    [
        (Overstay(), "2026-06-03T12:15", 400),
        (Overstay(), "2026-06-03T12:16", 400 + 200),
        (Overstay(multiplier=Fraction(3, 2)), "2026-06-03T13:10", 400 + 600),
        (
            Overstay(multiplier=Fraction(3, 2), is_from_grace_end=True),
            "2026-06-03T13:10",
            400 + 300,
        ),
        (Overstay(multiplier=Fraction(3, 2), cap=Fraction(450)), "2026-06-03T13:10", 400 + 450),
        (Overstay(block_minutes=30), "2026-06-03T13:10", 400 + 300),
    ],
)
def test_overstay_is_a_stay_of_its_own(late: Overstay, left: str, cents: int) -> None:
    case = replace(
        stay("2026-06-03T10:00", left), booked=window("2026-06-03T10:00", "2026-06-03T12:00")
    )

    assert total(replace(HOURLY, overstay=late), case) == cents


def test_a_maximum_stay_ends_the_main_part_too() -> None:
    tariff = replace(HOURLY, maximum_stay_minutes=120, overstay=Overstay(multiplier=Fraction(2)))

    assert total(tariff, stay("2026-06-03T10:00", "2026-06-03T13:00")) == 400 + 2 * 200


def test_a_surcharge_after_midnight_belongs_to_the_day_it_began_on() -> None:
    late = Surcharge(
        name="Late",
        price=Fraction(2200),
        at=SurchargeAt.EXIT,
        from_minute=1320,
        until_minute=1860,
        days=("friday",),
    )
    days = (
        DayType(name="friday", weekdays=(4,)),
        DayType(name="other", weekdays=(0, 1, 2, 3, 5, 6)),
    )
    tariff = replace(HOURLY, day_types=days, surcharges=(late,))

    assert total(tariff, stay("2026-06-06T06:00", "2026-06-06T06:59")) == 200 + 2200
    assert total(tariff, stay("2026-06-06T06:00", "2026-06-06T07:00")) == 200
    assert total(tariff, stay("2026-06-06T22:00", "2026-06-06T23:00")) == 200


@pytest.mark.parametrize(
    ("lost", "cents"),
    [
        (LostTicket(rule=LostTicketRule.FLAT, price=Fraction(800)), 800),
        (LostTicket(rule=LostTicketRule.PLUS_ACCRUED, price=Fraction(800)), 800 + 1400 + 200),
        (LostTicket(rule=LostTicketRule.DAY_MAXIMUM), 2 * 1400),
    ],
)
def test_a_lost_ticket_costs_what_its_rule_says(lost: LostTicket, cents: int) -> None:
    cap = Cap(scope=CapScope.ROLLING_24H, price=Fraction(1400))
    tariff = replace(HOURLY, caps=(cap,), lost_ticket=lost)
    case = replace(stay("2026-06-03T10:00", "2026-06-04T11:00"), is_lost_ticket=True)

    assert total(tariff, case) == cents


# ---------------------------------------------------------------- tax, rounding


def test_tax_that_is_added_is_weighted_by_what_it_is_for() -> None:
    late = Surcharge(name="Late", price=Fraction(300), at=SurchargeAt.EXIT, tax=Fraction(20, 100))
    tariff = replace(
        board(whole_day(block(100))),
        tax=Tax(rate=Fraction(10, 100), is_included=False),
        surcharges=(late,),
    )

    # 1.00 at 10 % and 3.00 at 20 %.
    assert slow_price(tariff, lasting(at("2026-06-03T10:00"), 60)) == SlowPrice(470, 70)


def test_included_tax_is_part_of_the_total() -> None:
    tariff = replace(HOURLY, tax=Tax(rate=Fraction(19, 100)))

    assert slow_price(tariff, lasting(at("2026-06-03T10:00"), 60)) == SlowPrice(200, 32)


@pytest.mark.parametrize(
    ("mode", "cents"),
    [(RoundingMode.HALF_UP, 50), (RoundingMode.UP, 60), (RoundingMode.DOWN, 50)],
)
def test_a_total_is_rounded_once_to_its_step(mode: RoundingMode, cents: int) -> None:
    minute = replace(block(1, 1, per=1), price=Fraction(167, 100))
    tariff = replace(board(whole_day(minute)), rounding=Rounding(step_minor=10, mode=mode))

    # 31 minutes of 0.0167 are 0.5177.
    assert total(tariff, lasting(at("2026-06-03T10:00"), 31)) == cents


def test_three_thirds_are_one_and_never_a_step_more() -> None:
    tariff = replace(
        board(whole_day(block(10, 1, per=7)), policy=BlockPolicy.PRO_RATA),
        rounding=Rounding(mode=RoundingMode.UP),
    )

    assert total(tariff, lasting(at("2026-06-03T10:00"), 7 * 60)) == 600


def test_cash_is_rounded_once_more_and_changes_no_tax() -> None:
    tariff = replace(
        board(whole_day(block(103))),
        tax=Tax(rate=Fraction(19, 100)),
        rounding=Rounding(cash_step_minor=5),
    )
    case = replace(lasting(at("2026-06-03T10:00"), 60), is_cash=True)

    assert slow_price(tariff, case) == SlowPrice(105, 16)


# ---------------------------------------------------------------- no price at all


def test_an_exit_at_the_entry_has_no_price() -> None:
    assert slow_price(HOURLY, lasting(at("2026-06-03T10:00"), 0)) == "ExitBeforeEntry"


def test_a_stay_of_more_than_366_days_has_no_price() -> None:
    assert slow_price(HOURLY, lasting(at("2026-06-03T10:00"), 366 * 1440 + 1)) == "EntryTooLongAgo"


def test_a_booked_window_of_more_than_366_days_has_no_price() -> None:
    case = replace(
        stay("2026-06-03T10:00", "2026-06-03T12:00"),
        booked=window("2026-06-03T10:00", "2027-06-04T10:01"),
    )

    assert slow_price(HOURLY, case) == "EntryTooLongAgo"


def test_a_tariff_ends_at_midnight_of_its_own_zone() -> None:
    tariff = replace(HOURLY, valid_until=at("2026-06-04T00:00").date())

    assert total(tariff, lasting(at("2026-06-03T23:59"), 60)) == 200
    assert slow_price(tariff, lasting(at("2026-06-04T00:00"), 60)) == "NotValidThen"


def test_a_band_without_a_stated_price_has_none() -> None:
    day, night = day_and_night((block(200),), ())
    tariff = board(day, replace(night, unstated="The board says nothing."))

    assert total(tariff, stay("2026-06-03T17:00", "2026-06-03T18:00")) == 200
    assert slow_price(tariff, stay("2026-06-03T17:00", "2026-06-03T18:01")) == "PriceNotStated"


def test_what_is_booked_or_named_must_be_allowed() -> None:
    tariff = replace(HOURLY, maximum_stay_minutes=60)
    case = stay("2026-06-03T10:00", "2026-06-03T10:30")
    booked = window("2026-06-03T10:00", "2026-06-03T11:01")

    assert slow_price(tariff, replace(case, booked=booked)) == "WindowTooLong"
    assert slow_price(tariff, replace(case, discounts=("Member",))) == "DiscountUnknown"
