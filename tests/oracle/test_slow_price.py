"""The slow oracle, and the engine, against prices worked out by hand: all but the walk."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kiosk.domain.tariff import (
    BlockPolicy,
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
    HOURLY,
    Price,
    at,
    block,
    board,
    day_and_night,
    lasting,
    stay,
    total,
    whole_day,
    window,
)
from tests.oracle.slow_price import SlowPrice

# ---------------------------------------------------------------- free minutes, adjustments


@pytest.mark.parametrize(("minutes", "cents"), [(20, 0), (21, 200)])
def test_a_cliff_is_free_up_to_its_edge(price: Price, minutes: int, cents: int) -> None:
    tariff = replace(HOURLY, free=Free(minutes=20), minimum=Fraction(150))

    assert total(price, tariff, lasting(at("2026-06-03T10:00"), minutes)) == cents


@pytest.mark.parametrize(("minutes", "cents"), [(20, 0), (80, 200), (81, 400)])
def test_deducted_minutes_are_never_charged(price: Price, minutes: int, cents: int) -> None:
    tariff = replace(HOURLY, free=Free(minutes=20, is_deducted=True))

    assert total(price, tariff, lasting(at("2026-06-03T10:00"), minutes)) == cents


def test_validated_minutes_come_after_the_free_ones(price: Price) -> None:
    shop = Discount(name="Cinema", kind=DiscountKind.TIME, value=Fraction(60))
    tariff = replace(HOURLY, free=Free(minutes=20, is_deducted=True), discounts=(shop,))
    case = replace(lasting(at("2026-06-03T10:00"), 110), validation_minutes=30)

    assert total(price, tariff, case) == 200
    assert total(price, tariff, replace(case, is_free_used=True)) == 400
    assert price(tariff, replace(case, validation_minutes=61)) == "ValidationTooLong"


def test_a_minimum_raises_what_costs_something(price: Price) -> None:
    tariff = replace(board(whole_day(block(60, 1))), minimum=Fraction(50))

    assert total(price, tariff, lasting(at("2026-06-03T10:00"), 10)) == 50
    assert total(price, tariff, lasting(at("2026-06-03T10:00"), 51)) == 51


def test_a_promise_limits_the_booked_window_but_not_what_comes_after(price: Price) -> None:
    case = replace(
        stay("2026-06-03T09:00", "2026-06-03T13:10"),
        booked=window("2026-06-03T10:00", "2026-06-03T12:00"),
    )

    assert total(price, HOURLY, case) == 400 + 400
    assert total(price, HOURLY, replace(case, quote_minor=250)) == 250 + 400
    assert total(price, replace(HOURLY, is_early_charged=True), case) == 200 + 400 + 400


def test_discounts_are_taken_in_the_order_of_the_file(price: Price) -> None:
    fifth = Discount(name="Member", kind=DiscountKind.PERCENT, value=Fraction(1, 5))
    euro = Discount(name="Voucher", kind=DiscountKind.AMOUNT, value=Fraction(100))
    case = replace(stay("2026-06-03T09:00", "2026-06-03T11:00"), discounts=("Voucher", "Member"))

    assert total(price, replace(HOURLY, discounts=(fifth, euro)), case) == 220
    assert total(price, replace(HOURLY, discounts=(euro, fifth)), case) == 240


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
def test_overstay_is_a_stay_of_its_own(
    price: Price, late: Overstay, left: str, cents: int
) -> None:
    case = replace(
        stay("2026-06-03T10:00", left), booked=window("2026-06-03T10:00", "2026-06-03T12:00")
    )

    assert total(price, replace(HOURLY, overstay=late), case) == cents


def test_a_maximum_stay_ends_the_main_part_too(price: Price) -> None:
    tariff = replace(HOURLY, maximum_stay_minutes=120, overstay=Overstay(multiplier=Fraction(2)))

    assert total(price, tariff, stay("2026-06-03T10:00", "2026-06-03T13:00")) == 400 + 2 * 200


def test_a_surcharge_after_midnight_belongs_to_the_day_it_began_on(price: Price) -> None:
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

    assert total(price, tariff, stay("2026-06-06T06:00", "2026-06-06T06:59")) == 200 + 2200
    assert total(price, tariff, stay("2026-06-06T06:00", "2026-06-06T07:00")) == 200
    assert total(price, tariff, stay("2026-06-06T22:00", "2026-06-06T23:00")) == 200


@pytest.mark.parametrize(
    ("lost", "cents"),
    [
        (LostTicket(rule=LostTicketRule.FLAT, price=Fraction(800)), 800),
        (LostTicket(rule=LostTicketRule.PLUS_ACCRUED, price=Fraction(800)), 800 + 1400 + 200),
        (LostTicket(rule=LostTicketRule.DAY_MAXIMUM), 2 * 1400),
    ],
)
def test_a_lost_ticket_costs_what_its_rule_says(
    price: Price, lost: LostTicket, cents: int
) -> None:
    cap = Cap(scope=CapScope.ROLLING_24H, price=Fraction(1400))
    tariff = replace(HOURLY, caps=(cap,), lost_ticket=lost)
    case = replace(stay("2026-06-03T10:00", "2026-06-04T11:00"), is_lost_ticket=True)

    assert total(price, tariff, case) == cents


# ---------------------------------------------------------------- tax, rounding


def test_tax_that_is_added_is_weighted_by_what_it_is_for(price: Price) -> None:
    late = Surcharge(name="Late", price=Fraction(300), at=SurchargeAt.EXIT, tax=Fraction(20, 100))
    tariff = replace(
        board(whole_day(block(100))),
        tax=Tax(rate=Fraction(10, 100), is_included=False),
        surcharges=(late,),
    )

    # 1.00 at 10 % and 3.00 at 20 %.
    assert price(tariff, lasting(at("2026-06-03T10:00"), 60)) == SlowPrice(470, 70)


def test_included_tax_is_part_of_the_total(price: Price) -> None:
    tariff = replace(HOURLY, tax=Tax(rate=Fraction(19, 100)))

    assert price(tariff, lasting(at("2026-06-03T10:00"), 60)) == SlowPrice(200, 32)


@pytest.mark.parametrize(
    ("mode", "cents"),
    [(RoundingMode.HALF_UP, 50), (RoundingMode.UP, 60), (RoundingMode.DOWN, 50)],
)
def test_a_total_is_rounded_once_to_its_step(price: Price, mode: RoundingMode, cents: int) -> None:
    minute = replace(block(1, 1, per=1), price=Fraction(167, 100))
    tariff = replace(board(whole_day(minute)), rounding=Rounding(step_minor=10, mode=mode))

    # 31 minutes of 0.0167 are 0.5177.
    assert total(price, tariff, lasting(at("2026-06-03T10:00"), 31)) == cents


def test_three_thirds_are_one_and_never_a_step_more(price: Price) -> None:
    tariff = replace(
        board(whole_day(block(10, 1, per=7)), policy=BlockPolicy.PRO_RATA),
        rounding=Rounding(mode=RoundingMode.UP),
    )

    assert total(price, tariff, lasting(at("2026-06-03T10:00"), 7 * 60)) == 600


def test_cash_is_rounded_once_more_and_changes_no_tax(price: Price) -> None:
    tariff = replace(
        board(whole_day(block(103))),
        tax=Tax(rate=Fraction(19, 100)),
        rounding=Rounding(cash_step_minor=5),
    )
    case = replace(lasting(at("2026-06-03T10:00"), 60), is_cash=True)

    assert price(tariff, case) == SlowPrice(105, 16)


# ---------------------------------------------------------------- no price at all


def test_an_exit_at_the_entry_has_no_price(price: Price) -> None:
    assert price(HOURLY, lasting(at("2026-06-03T10:00"), 0)) == "ExitBeforeEntry"


def test_a_stay_of_more_than_366_days_has_no_price(price: Price) -> None:
    assert price(HOURLY, lasting(at("2026-06-03T10:00"), 366 * 1440 + 1)) == "EntryTooLongAgo"


def test_a_booked_window_of_more_than_366_days_has_no_price(price: Price) -> None:
    case = replace(
        stay("2026-06-03T10:00", "2026-06-03T12:00"),
        booked=window("2026-06-03T10:00", "2027-06-04T10:01"),
    )

    assert price(HOURLY, case) == "EntryTooLongAgo"


def test_a_tariff_ends_at_midnight_of_its_own_zone(price: Price) -> None:
    tariff = replace(HOURLY, valid_until=at("2026-06-04T00:00").date())

    assert total(price, tariff, lasting(at("2026-06-03T23:59"), 60)) == 200
    assert price(tariff, lasting(at("2026-06-04T00:00"), 60)) == "NotValidThen"


def test_a_band_without_a_stated_price_has_none(price: Price) -> None:
    day, night = day_and_night((block(200),), ())
    tariff = board(day, replace(night, unstated="The board says nothing."))

    assert total(price, tariff, stay("2026-06-03T17:00", "2026-06-03T18:00")) == 200
    assert price(tariff, stay("2026-06-03T17:00", "2026-06-03T18:01")) == "PriceNotStated"


def test_what_is_booked_or_named_must_be_allowed(price: Price) -> None:
    tariff = replace(HOURLY, maximum_stay_minutes=60)
    case = stay("2026-06-03T10:00", "2026-06-03T10:30")
    booked = window("2026-06-03T10:00", "2026-06-03T11:01")

    assert price(tariff, replace(case, booked=booked)) == "WindowTooLong"
    assert price(tariff, replace(case, discounts=("Member",))) == "DiscountUnknown"


def test_a_lost_ticket_costs_another_day_only_after_24_hours(price: Price) -> None:
    cap = Cap(scope=CapScope.CALENDAR_DAY, price=Fraction(1400))
    lost = LostTicket(rule=LostTicketRule.DAY_MAXIMUM)
    tariff = replace(HOURLY, caps=(cap,), lost_ticket=lost)
    case = replace(lasting(at("2026-06-03T10:00"), 1440), is_lost_ticket=True)

    assert total(price, tariff, case) == 1400


def test_whoever_leaves_before_the_booked_start_stays_at_most_as_long(price: Price) -> None:
    tariff = replace(HOURLY, maximum_stay_minutes=120, overstay=Overstay(multiplier=Fraction(2)))
    case = replace(
        stay("2026-06-03T07:00", "2026-06-03T10:00"),
        booked=window("2026-06-03T10:00", "2026-06-03T12:00"),
    )

    # Two hours, and one of overstay at twice the price; the quote of 4.00 is for the two.
    assert total(price, tariff, case) == 400 + 2 * 200
