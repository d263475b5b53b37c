"""What time is priced: free minutes, the booked window and its quote, early and late time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge_lines import (
    LineKind,
)
from kiosk.domain.tariff import (
    Band,
    BlockPolicy,
    Discount,
    DiscountKind,
    Free,
    Overstay,
    Surcharge,
    SurchargeAt,
    Tax,
)
from tests.domain.charges import HOURLY, TWO_HOURS, Shown, booked_until_noon, parked, priced, shown
from tests.oracle.boards import (
    at,
    block,
    board,
    flat,
    whole_day,
    window,
)


def test_a_short_stay_under_the_cliff_is_free_and_says_how_long_it_was() -> None:
    tariff = replace(
        HOURLY,
        free=Free(minutes=20),
        minimum=Fraction(100),
        surcharges=(Surcharge(name="Any", price=Fraction(500), at=SurchargeAt.EXIT),),
    )

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-02 10:20"))

    assert shown(charge) == [("free", "", 0)]
    assert charge.lines[0].seconds == 20 * 60


def test_deducted_and_validated_minutes_are_shown_before_what_is_charged() -> None:
    tariff = replace(
        HOURLY,
        free=Free(minutes=20, is_deducted=True),
        discounts=(Discount(name="Shop", kind=DiscountKind.TIME, value=Fraction(60)),),
    )
    facts = replace(parked("2026-03-02 10:00", "2026-03-02 12:00"), validation_minutes=60)

    charge = priced(tariff, facts)

    assert shown(charge) == [("free", "", 0), ("validation", "", 0), ("block", "Always", 200)]
    assert [line.seconds // 60 for line in charge.lines] == [20, 60, 0]


def test_no_more_minutes_are_shown_as_free_than_were_parked() -> None:
    tariff = replace(HOURLY, free=Free(minutes=90, is_deducted=True))

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-02 11:00"))

    assert [(line.kind, line.seconds) for line in charge.lines] == [(LineKind.FREE, 3600)]


def test_more_validated_minutes_than_parked_cost_nothing() -> None:
    discount = Discount(name="Shop", kind=DiscountKind.TIME, value=Fraction(180))
    tariff = replace(HOURLY, discounts=(discount,), minimum=Fraction(100))
    facts = replace(parked("2026-03-02 10:00", "2026-03-02 12:00"), validation_minutes=180)

    assert shown(priced(tariff, facts)) == [("validation", "", 0)]


def test_free_minutes_that_were_used_are_not_given_again() -> None:
    tariff = replace(HOURLY, free=Free(minutes=20, once_in_hours=24))
    facts = replace(parked("2026-03-02 10:00", "2026-03-02 10:10"), is_free_used=True)

    assert priced(tariff, facts).total.minor == 200


def test_leaving_early_costs_only_the_time_inside() -> None:
    charge = priced(HOURLY, booked_until_noon("2026-03-02 11:00"))

    assert shown(charge) == [("block", "Always", 200)]


def test_leaving_early_never_costs_more_than_the_quote() -> None:
    tariff = board(whole_day(flat(500), block(0, after=90)))
    facts = replace(booked_until_noon("2026-03-02 11:00"), quote=Money(450, "EUR"))

    charge = priced(tariff, facts)

    assert shown(charge) == [("flat", "Always", 500), ("promise", "", -50)]


def test_a_quote_is_kept_to_the_cent_where_tax_is_added() -> None:
    tariff = replace(HOURLY, tax=Tax(rate=Fraction(1, 3), is_included=False))
    facts = replace(booked_until_noon("2026-03-02 12:00"), quote=Money(500, "EUR"))

    charge = priced(tariff, facts)

    assert charge.total.minor == 500
    assert charge.of_kind(LineKind.TAX).minor == charge.tax.minor == 125


def test_a_quote_that_was_not_stored_is_worked_out() -> None:
    dear = Band(name="Dear", from_minute=0, until_minute=660, rows=(block(600, 120),))
    free = Band(name="Free", from_minute=660, until_minute=1440, rows=(block(0, 1),))
    tariff = board(dear, free, policy=BlockPolicy.ROUND_ONCE)

    charge = priced(tariff, booked_until_noon("2026-03-02 10:50"))

    assert shown(charge) == [("time", "Dear", 1200), ("promise", "", -600)]


def test_within_the_grace_the_late_minutes_are_free() -> None:
    charge = priced(HOURLY, booked_until_noon("2026-03-02 12:15"))

    assert charge.total.minor == 400
    assert charge.window == TWO_HOURS


def test_overstay_has_a_line_at_the_price_and_one_for_the_surcharge() -> None:
    tariff = replace(HOURLY, overstay=Overstay(multiplier=Fraction(3, 2), block_minutes=60))

    charge = priced(tariff, booked_until_noon("2026-03-02 13:10"))

    assert shown(charge) == [
        ("block", "Always", 400),
        ("overstay", "", 400),
        ("overstay-surcharge", "", 200),
    ]
    assert charge.lines[1].seconds == 70 * 60
    assert charge.window.until == at("2026-03-02 13:10")


def test_overstay_says_which_blocks_it_counts_and_how_much_more_they_cost() -> None:
    terms = Overstay(multiplier=Fraction(3, 2), block_minutes=60)
    tariff = replace(HOURLY, overstay=terms)

    _, late, more = priced(tariff, booked_until_noon("2026-03-02 13:10")).lines

    assert (late.count, late.block_minutes) == (2, 60)
    assert late.price / late.per_minutes == Fraction(200, 60)
    assert more.price == Fraction(1, 2)


@pytest.mark.parametrize("cap_minor", [500, 300])
def test_overstay_that_reached_its_cap_counts_nothing_that_does_not_come_to_it(
    cap_minor: int,
) -> None:
    terms = Overstay(multiplier=Fraction(2), cap=Fraction(cap_minor))

    _, late, *more = priced(
        replace(HOURLY, overstay=terms), booked_until_noon("2026-03-02 14:00")
    ).lines

    assert (late.block_minutes != 0) == (late.amount.minor == 400)
    assert [line.price for line in more] == [0] * len(more)


def test_overstay_over_several_rows_counts_no_single_blocks() -> None:
    tariff = board(whole_day(block(200), flat(500, after=60)))

    (late,) = [
        line
        for line in priced(tariff, booked_until_noon("2026-03-02 14:00")).lines
        if line.kind is LineKind.OVERSTAY
    ]

    assert (late.count, late.block_minutes, late.price) == (1, 0, Fraction(0))


def test_a_cap_of_the_overstay_cuts_the_surcharge_first() -> None:
    late = Overstay(multiplier=Fraction(2), cap=Fraction(500))
    tariff = replace(HOURLY, overstay=late)

    charge = priced(tariff, booked_until_noon("2026-03-02 14:00"))

    assert shown(charge)[1:] == [("overstay", "", 400), ("overstay-surcharge", "", 100)]


def test_a_cap_under_the_price_itself_leaves_no_surcharge() -> None:
    tariff = replace(HOURLY, overstay=Overstay(multiplier=Fraction(2), cap=Fraction(300)))

    charge = priced(tariff, booked_until_noon("2026-03-02 14:00"))

    assert shown(charge)[1:] == [("overstay", "", 300)]


def test_overstay_may_be_counted_from_the_end_of_the_grace() -> None:
    tariff = replace(HOURLY, overstay=Overstay(is_from_grace_end=True))

    charge = priced(tariff, booked_until_noon("2026-03-02 13:10"))

    assert shown(charge)[1:] == [("overstay", "", 200)]


def test_a_stay_over_the_maximum_is_overstay_without_any_reservation() -> None:
    tariff = replace(HOURLY, maximum_stay_minutes=120, overstay=Overstay(multiplier=Fraction(2)))

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-02 13:00"))

    assert shown(charge) == [
        ("block", "Always", 400),
        ("overstay", "", 200),
        ("overstay-surcharge", "", 200),
    ]


def test_the_booked_end_counts_where_it_is_before_the_maximum_stay() -> None:
    tariff = replace(HOURLY, maximum_stay_minutes=180)

    charge = priced(tariff, booked_until_noon("2026-03-02 12:30"))

    assert shown(charge) == [("block", "Always", 400), ("overstay", "", 200)]


@pytest.mark.parametrize(("is_charged", "early"), [(True, [("early", "", 200)]), (False, [])])
def test_time_before_the_booked_start_costs_what_the_tariff_says(
    is_charged: bool, early: list[Shown]
) -> None:
    facts = replace(parked("2026-03-02 09:45", "2026-03-02 12:00"), booked=TWO_HOURS)

    charge = priced(replace(HOURLY, is_early_charged=is_charged), facts)

    assert shown(charge) == [("block", "Always", 400), *early]
    assert charge.window.from_ == (at("2026-03-02 09:45") if is_charged else TWO_HOURS.from_)


@pytest.mark.parametrize(
    ("entered", "early"),
    [("09:45", []), ("09:44", [("early", "", 200)]), ("08:00", [("early", "", 400)])],
)
def test_before_the_early_entry_of_the_site_time_is_charged_whatever_the_tariff_says(
    entered: str, early: list[Shown]
) -> None:
    facts = replace(
        parked(f"2026-03-02 {entered}", "2026-03-02 12:00"),
        booked=TWO_HOURS,
        early_entry=timedelta(minutes=15),
    )

    charge = priced(HOURLY, facts)

    assert shown(charge) == [("block", "Always", 400), *early]


def test_a_car_that_left_before_the_booked_start_pays_from_its_entry() -> None:
    facts = replace(parked("2026-03-02 09:45", "2026-03-02 09:55"), booked=TWO_HOURS)

    charge = priced(HOURLY, facts)

    assert charge.window.from_ == at("2026-03-02 09:45")
    assert charge.total.minor == 200


EARLY_HALF_HOUR = replace(
    parked("2026-03-02 10:00", "2026-03-02 10:30"),
    booked=window("2026-03-02 15:00", "2026-03-02 15:30"),
    early_entry=timedelta(minutes=15),
    quote=Money(120, "EUR"),
)
"""Half an hour is booked for five hours after the entry, and 1.20 is promised for it."""
HALF_HOURLY = board(whole_day(block(120, 30, per=30)))


@pytest.mark.parametrize(
    ("left", "total"),
    [("14:59", 1200), ("15:00", 1200), ("15:01", 1200 + 120), ("15:30", 1200 + 120)],
)
@pytest.mark.parametrize("quote", [Money(120, "EUR"), None])
def test_the_quote_of_a_window_is_no_promise_for_the_hours_before_it(
    left: str, total: int, quote: Money | None
) -> None:
    facts = replace(EARLY_HALF_HOUR, left_at=at(f"2026-03-02 {left}"), quote=quote)

    assert priced(HALF_HOURLY, facts).total.minor == total


def test_a_stay_from_long_before_its_window_never_gets_cheaper_as_time_passes() -> None:
    first = EARLY_HALF_HOUR.entered_at

    totals = [
        priced(HALF_HOURLY, replace(EARLY_HALF_HOUR, left_at=first + timedelta(seconds=step)))
        for step in range(30, 6 * 3600, 30)
    ]

    assert [each.total for each in totals] == sorted(each.total for each in totals)


def test_who_leaves_before_the_window_needs_no_price_for_it() -> None:
    night = Band(name="Night", from_minute=900, until_minute=2040, unstated="not on the board")
    day = Band(name="Day", from_minute=600, until_minute=900, rows=(block(120, 30, per=30),))
    facts = replace(EARLY_HALF_HOUR, left_at=at("2026-03-02 15:00"), quote=None)

    assert priced(board(day, night), facts).total.minor == 1200
