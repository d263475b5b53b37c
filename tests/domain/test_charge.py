"""The lines of a charge: what they say, and that they say it in the order of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from fractions import Fraction

import pytest

from kiosk.domain.charge import StayFacts, charge_for, quote_for
from kiosk.domain.charge_lines import (
    Charge,
    ChargeLine,
    DiscountUnknown,
    EntryTooLongAgo,
    ExitBeforeEntry,
    LineKind,
    NotValidThen,
    PriceNotStated,
    ValidationTooLong,
    WindowTooLong,
)
from kiosk.domain.money import Money
from kiosk.domain.tariff import (
    Band,
    BandRule,
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
    Tariff,
    Tax,
)
from tests.oracle.boards import (
    at,
    block,
    board,
    day_and_night,
    flat,
    per_entry,
    whole_day,
    window,
)

HOURLY = board(whole_day(block(200)))
TWO_HOURS = window("2026-03-02 10:00", "2026-03-02 12:00")
WEEK = (
    DayType(name="weekday", weekdays=(0, 1, 2, 3, 4)),
    DayType(name="weekend", weekdays=(5, 6)),
)
Shown = tuple[str, str, int]
"""Kind, name and minor units of a line."""


def priced(tariff: Tariff, facts: StayFacts) -> Charge:
    charge = charge_for(tariff, facts)
    assert isinstance(charge, Charge), charge
    assert sum(line.amount.minor for line in charge.lines) == charge.total.minor
    return charge


def shown(charge: Charge) -> list[Shown]:
    return [(line.kind.value, line.name, line.amount.minor) for line in charge.lines]


def parked(entered: str, left: str) -> StayFacts:
    return StayFacts(entered_at=at(entered), left_at=at(left))


def booked_until_noon(left: str) -> StayFacts:
    return replace(parked("2026-03-02 10:00", left), booked=TWO_HOURS)


@pytest.mark.parametrize(
    ("policy", "lines"),
    [
        (BlockPolicy.RESTART, [("block", "Day", 67), ("block", "Night", 300)]),
        (BlockPolicy.RUN_THROUGH, [("block", "Day", 67), ("block", "Night", 200)]),
        (BlockPolicy.ROUND_ONCE, [("time", "Day", 20), ("time", "Night", 270)]),
        (BlockPolicy.PRO_RATA, [("time", "Day", 20), ("time", "Night", 240)]),
    ],
)
def test_one_stay_has_four_prices_by_the_policy_of_its_blocks(
    policy: BlockPolicy, lines: list[Shown]
) -> None:
    tariff = board(*day_and_night((block(400, 10),), (block(600, 10),)), policy=policy)

    charge = priced(tariff, parked("2026-03-02 17:57", "2026-03-02 18:24"))

    assert shown(charge) == lines


def test_a_line_of_blocks_says_how_many_of_which_length_at_which_price() -> None:
    tariff = board(whole_day(block(400, 10)))

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-02 10:21"))

    assert charge.lines == (
        ChargeLine(
            kind=LineKind.BLOCK,
            amount=Money(200, "EUR"),
            name="Always",
            count=3,
            block_minutes=10,
            price=Fraction(400),
            per_minutes=60,
        ),
    )


def test_time_that_is_rounded_up_once_is_shown_with_what_was_added() -> None:
    tariff = board(whole_day(block(400, 10)), policy=BlockPolicy.ROUND_ONCE)

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-02 10:21"))

    assert [(line.seconds, line.amount.minor) for line in charge.lines] == [(30 * 60, 200)]


def test_days_that_reach_their_cap_are_one_line() -> None:
    cap = Cap(scope=CapScope.ROLLING_24H, price=Fraction(800), restarts_blocks=True)
    tariff = replace(HOURLY, caps=(cap,))

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-04 12:00"))

    assert shown(charge) == [("cap", "rolling-24h", 1600), ("block", "Always", 400)]
    assert charge.lines[0].count == 2
    assert charge.lines[0].price == 800


def test_a_week_that_reaches_its_cap_takes_in_the_days_that_reached_theirs() -> None:
    caps = (
        Cap(scope=CapScope.ROLLING_24H, price=Fraction(800), restarts_blocks=True),
        Cap(scope=CapScope.WEEK, price=Fraction(2000), is_from_entry=True),
    )

    charge = priced(replace(HOURLY, caps=caps), parked("2026-03-02 10:00", "2026-03-06 10:00"))

    assert shown(charge) == [("cap", "week", 2000)]


def test_a_cap_that_is_met_but_cuts_nothing_hides_no_line() -> None:
    cap = Cap(scope=CapScope.SESSION, price=Fraction(400))

    charge = priced(replace(HOURLY, caps=(cap,)), parked("2026-03-02 10:00", "2026-03-02 12:00"))

    assert shown(charge) == [("block", "Always", 400)]


def test_a_cap_of_a_band_is_called_by_the_band() -> None:
    cap = Cap(scope=CapScope.BAND, band="Night", price=Fraction(300))
    bands = day_and_night((block(200),), (block(200),))

    charge = priced(
        replace(board(*bands), caps=(cap,)), parked("2026-03-02 17:00", "2026-03-02 22:00")
    )

    assert shown(charge) == [("block", "Day", 200), ("cap", "Night", 300)]


@pytest.mark.parametrize(("restarts", "total"), [(True, 600), (False, 400)])
def test_a_cap_of_a_band_may_start_blocks_anew_at_both_its_ends(
    restarts: bool, total: int
) -> None:
    cap = Cap(scope=CapScope.BAND, band="Noon", price=Fraction(9000), restarts_blocks=restarts)
    bands = (
        Band(name="Morning", from_minute=0, until_minute=720, rows=(block(200),)),
        Band(name="Noon", from_minute=720, until_minute=780, rows=(block(200),)),
        Band(name="Evening", from_minute=780, until_minute=800, rows=(block(200),)),
        Band(name="Night", from_minute=800, until_minute=1440, rows=(block(200),)),
    )
    tariff = replace(board(*bands, policy=BlockPolicy.RUN_THROUGH), caps=(cap,))

    charge = priced(tariff, parked("2026-03-02 11:50", "2026-03-02 13:30"))

    assert charge.total.minor == total


@pytest.mark.parametrize(("days", "total"), [((), 600), (("weekday",), 600)])
def test_blocks_start_anew_at_each_midnight_also_where_the_cap_does_not_hold(
    days: tuple[str, ...], total: int
) -> None:
    cap = Cap(scope=CapScope.CALENDAR_DAY, price=Fraction(9000), restarts_blocks=True, days=days)
    tariff = replace(HOURLY, caps=(cap,), day_types=WEEK)

    charge = priced(tariff, parked("2026-03-07 23:30", "2026-03-08 01:30"))

    assert charge.total.minor == total


def test_a_month_from_an_hour_that_clocks_skip_ends_at_their_change() -> None:
    cap = Cap(scope=CapScope.MONTH, price=Fraction(100), is_from_entry=True)
    tariff = replace(board(whole_day(block(36000)), policy=BlockPolicy.PRO_RATA), caps=(cap,))
    facts = StayFacts(entered_at=at("2026-01-29 02:30:30"), left_at=at("2026-03-29 03:00:10"))

    # Ten seconds of the third month, which begins at 03:00:00 sharp, come to its cap.
    assert priced(tariff, facts).total == Money(300, "EUR")


def test_a_calendar_month_has_one_cap() -> None:
    cap = Cap(scope=CapScope.MONTH, price=Fraction(5000))

    charge = priced(replace(HOURLY, caps=(cap,)), parked("2026-01-28 00:00", "2026-02-01 02:00"))

    assert shown(charge) == [("cap", "month", 5000), ("block", "Always", 400)]


def test_a_day_that_reached_its_cap_takes_in_the_cheap_night() -> None:
    bands = day_and_night((block(200),), (per_entry(300), block(200)), rule=BandRule.MIN)
    cap = Cap(scope=CapScope.SESSION, price=Fraction(700))

    charge = priced(
        replace(board(*bands), caps=(cap,)), parked("2026-03-02 15:00", "2026-03-02 22:00")
    )

    assert shown(charge) == [("cap", "session", 700)]


def test_a_night_that_is_cheaper_by_entry_says_so() -> None:
    bands = day_and_night((block(200),), (per_entry(300), block(200)), rule=BandRule.MIN)

    charge = priced(board(*bands), parked("2026-03-02 17:00", "2026-03-02 22:00"))

    assert shown(charge) == [("block", "Day", 200), ("band-minimum", "Night", 300)]


def test_two_nights_by_entry_are_one_line_of_two() -> None:
    bands = day_and_night((block(200),), (per_entry(300),))

    charge = priced(board(*bands), parked("2026-03-02 17:00", "2026-03-04 09:00"))

    assert shown(charge) == [
        ("block", "Day", 2400),
        ("per-entry", "Night", 600),
    ]
    assert [line.count for line in charge.lines] == [12, 2]


def test_a_first_hour_is_a_line_of_its_own() -> None:
    tariff = board(whole_day(flat(120), block(60, 30, per=30, after=60)))

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-02 11:31"))

    assert shown(charge) == [("flat", "Always", 120), ("block", "Always", 120)]


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


def test_a_minimum_is_added_as_a_line() -> None:
    tariff = replace(HOURLY, minimum=Fraction(300))

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-02 10:30"))

    assert shown(charge) == [("block", "Always", 200), ("minimum", "", 100)]


def test_discounts_are_lines_in_the_order_of_the_tariff() -> None:
    discounts = (
        Discount(name="Resident", kind=DiscountKind.PERCENT, value=Fraction(1, 4)),
        Discount(name="Voucher", kind=DiscountKind.AMOUNT, value=Fraction(1000)),
        Discount(name="Other", kind=DiscountKind.PERCENT, value=Fraction(1)),
    )
    facts = replace(
        parked("2026-03-02 10:00", "2026-03-02 12:00"), discounts=("Voucher", "Resident")
    )

    charge = priced(replace(HOURLY, discounts=discounts), facts)

    assert shown(charge) == [
        ("block", "Always", 400),
        ("discount", "Resident", -100),
        ("discount", "Voucher", -300),
    ]


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


def test_a_stay_over_the_maximum_is_overstay_without_any_booking() -> None:
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


def test_a_car_that_left_before_the_booked_start_pays_from_its_entry() -> None:
    facts = replace(parked("2026-03-02 09:45", "2026-03-02 09:55"), booked=TWO_HOURS)

    charge = priced(HOURLY, facts)

    assert charge.window.from_ == at("2026-03-02 09:45")
    assert charge.total.minor == 200


@pytest.mark.parametrize(
    ("left", "added"), [("21:59", 0), ("22:00", 500), ("00:30", 500), ("07:00", 0)]
)
def test_a_surcharge_holds_in_its_hours_over_midnight(left: str, added: int) -> None:
    day = "2026-03-03" if left < "12:00" else "2026-03-02"
    late = Surcharge(
        name="Night exit",
        price=Fraction(500),
        at=SurchargeAt.EXIT,
        from_minute=22 * 60,
        until_minute=31 * 60,
    )

    charge = priced(
        replace(HOURLY, surcharges=(late,)), parked("2026-03-02 17:00", f"{day} {left}")
    )

    assert charge.of_kind(LineKind.SURCHARGE).minor == added


@pytest.mark.parametrize(("left", "added"), [("2026-03-07 23:00", 0), ("2026-03-07 06:00", 500)])
def test_the_small_hours_of_a_surcharge_belong_to_the_day_before(left: str, added: int) -> None:
    late = Surcharge(
        name="Night exit",
        price=Fraction(500),
        at=SurchargeAt.EXIT,
        from_minute=22 * 60,
        until_minute=31 * 60,
        days=("weekday",),
    )

    charge = priced(
        replace(HOURLY, day_types=WEEK, surcharges=(late,)), parked("2026-03-06 17:00", left)
    )

    assert charge.of_kind(LineKind.SURCHARGE).minor == added


@pytest.mark.parametrize(
    ("rule", "price", "lines"),
    [
        (LostTicketRule.FLAT, 3000, [("lost-ticket", "", 3000)]),
        (LostTicketRule.DAY_MAXIMUM, 0, [("lost-ticket", "", 1600)]),
        (LostTicketRule.PLUS_ACCRUED, 300, [("block", "Always", 400), ("lost-ticket", "", 300)]),
    ],
)
def test_a_lost_ticket_costs_by_its_rule(
    rule: LostTicketRule, price: int, lines: list[Shown]
) -> None:
    tariff = replace(
        HOURLY,
        caps=(
            Cap(scope=CapScope.SESSION, price=Fraction(9000)),
            Cap(scope=CapScope.CALENDAR_DAY, price=Fraction(1600)),
        ),
        lost_ticket=LostTicket(rule=rule, price=Fraction(price)),
    )
    facts = replace(parked("2026-03-02 10:00", "2026-03-02 12:00"), is_lost_ticket=True)

    assert shown(priced(tariff, facts)) == lines


def test_a_lost_ticket_costs_nothing_more_where_the_tariff_does_not_say() -> None:
    facts = replace(parked("2026-03-02 10:00", "2026-03-02 12:00"), is_lost_ticket=True)

    assert priced(HOURLY, facts).total.minor == 400


def test_tax_that_is_added_is_a_line() -> None:
    tariff = replace(HOURLY, tax=Tax(rate=Fraction(19, 100), is_included=False))

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-02 12:00"))

    assert shown(charge) == [("block", "Always", 400), ("tax", "", 76)]
    assert charge.tax.minor == 76
    assert charge.lines[1].price == Fraction(19, 100)


def test_rows_with_taxes_of_their_own_are_weighted_by_what_they_cost() -> None:
    day = replace(block(119), tax=Fraction(19, 100))
    night = replace(block(107), tax=Fraction(7, 100))
    tariff = board(*day_and_night((day,), (night,)))

    charge = priced(tariff, parked("2026-03-02 17:00", "2026-03-02 19:00"))

    assert (charge.total.minor, charge.tax.minor) == (226, 26)


def test_a_charge_of_nothing_has_no_tax() -> None:
    tariff = board(whole_day(replace(block(0), tax=Fraction(1, 5))))

    assert priced(tariff, parked("2026-03-02 17:00", "2026-03-02 19:00")).tax.minor == 0


def test_cash_is_rounded_on_a_line_of_its_own() -> None:
    tariff = replace(board(whole_day(block(133))), rounding=Rounding(cash_step_minor=5), tax=Tax())
    facts = replace(parked("2026-03-02 10:00", "2026-03-02 10:30"), is_cash=True)

    assert shown(priced(tariff, facts)) == [("block", "Always", 133), ("cash-rounding", "", 2)]


def test_a_total_on_a_step_of_its_own_says_what_rounding_did() -> None:
    tariff = replace(board(whole_day(block(133))), rounding=Rounding(step_minor=10))

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-02 10:30"))

    assert shown(charge) == [("block", "Always", 133), ("rounding", "", -3)]


@pytest.mark.parametrize(("mode", "total"), [(RoundingMode.UP, 140), (RoundingMode.DOWN, 130)])
def test_a_total_goes_up_or_down_where_the_tariff_says_so(mode: RoundingMode, total: int) -> None:
    rounding = Rounding(step_minor=10, mode=mode)
    tariff = replace(board(whole_day(block(133))), rounding=rounding)

    assert priced(tariff, parked("2026-03-02 10:00", "2026-03-02 10:30")).total.minor == total


def test_thirds_of_a_cent_are_shown_so_that_they_add_up() -> None:
    third = Band(name="A", from_minute=0, until_minute=660, rows=(block(100, 20),))
    other = Band(name="B", from_minute=660, until_minute=1440, rows=(block(100, 20),))

    charge = priced(board(third, other), parked("2026-03-02 10:50", "2026-03-02 11:30"))

    assert shown(charge) == [("block", "A", 33), ("block", "B", 67)]


YEAR = replace(HOURLY, valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("tariff", "facts", "answer"),
    [
        (HOURLY, parked("2026-03-02 10:00", "2026-03-02 10:00"), ExitBeforeEntry()),
        (
            HOURLY,
            parked("2024-03-02 10:00", "2026-03-02 10:00"),
            EntryTooLongAgo(timedelta(days=366)),
        ),
        (
            HOURLY,
            replace(
                parked("2026-03-02 10:00", "2026-03-02 11:00"),
                booked=window("2026-03-02 10:00", "2027-08-02 10:00"),
            ),
            EntryTooLongAgo(timedelta(days=366)),
        ),
        (
            YEAR,
            parked("2025-12-31 23:59", "2026-01-01 01:00"),
            NotValidThen(YEAR.valid_from, YEAR.valid_until),
        ),
        (
            YEAR,
            parked("2027-01-01 00:00", "2027-01-01 01:00"),
            NotValidThen(YEAR.valid_from, YEAR.valid_until),
        ),
        (
            replace(HOURLY, maximum_stay_minutes=60),
            booked_until_noon("2026-03-02 11:00"),
            WindowTooLong(timedelta(hours=1)),
        ),
        (
            HOURLY,
            replace(parked("2026-03-02 10:00", "2026-03-02 11:00"), validation_minutes=1),
            ValidationTooLong(0),
        ),
        (
            HOURLY,
            replace(parked("2026-03-02 10:00", "2026-03-02 11:00"), discounts=("Shop",)),
            DiscountUnknown("Shop"),
        ),
    ],
    ids=[
        "no stay",
        "years ago",
        "booked for years",
        "too early",
        "too late",
        "too long",
        "validation",
        "discount",
    ],
)
def test_where_there_is_no_price_there_is_an_answer(
    tariff: Tariff, facts: StayFacts, answer: object
) -> None:
    assert charge_for(tariff, facts) == answer


def test_a_stay_of_exactly_366_days_has_a_price() -> None:
    entered_at = at("2026-03-02 10:00").astimezone(UTC)
    facts = StayFacts(entered_at=entered_at, left_at=entered_at + timedelta(days=366))

    assert priced(HOURLY, facts).total.minor == 366 * 24 * 200


def test_the_longest_validation_of_a_tariff_counts() -> None:
    discounts = (
        Discount(name="Shop", kind=DiscountKind.TIME, value=Fraction(60)),
        Discount(name="Cinema", kind=DiscountKind.TIME, value=Fraction(180)),
    )
    facts = replace(parked("2026-03-02 10:00", "2026-03-02 14:00"), validation_minutes=180)

    assert priced(replace(HOURLY, discounts=discounts), facts).total.minor == 200


def test_the_first_and_the_last_minute_of_a_tariff_have_a_price() -> None:
    assert priced(YEAR, parked("2026-01-01 00:00", "2026-01-01 01:00")).total.minor == 200
    assert priced(YEAR, parked("2026-12-31 23:59", "2027-01-01 01:00")).total.minor == 400


SILENT_NIGHT = board(
    Band(name="Day", from_minute=480, until_minute=1080, rows=(block(200),)),
    Band(name="Night", from_minute=1080, until_minute=1920, unstated="not on the board"),
)


@pytest.mark.parametrize(
    "facts",
    [
        parked("2026-03-02 17:00", "2026-03-02 18:01"),
        replace(
            parked("2026-03-02 16:00", "2026-03-02 16:30"),
            booked=window("2026-03-02 16:00", "2026-03-02 19:00"),
        ),
        replace(
            parked("2026-03-02 16:00", "2026-03-02 18:30"),
            booked=window("2026-03-02 16:00", "2026-03-02 18:00"),
        ),
    ],
    ids=["the stay", "the booked window", "the overstay"],
)
def test_hours_that_the_board_does_not_state_have_no_price(facts: StayFacts) -> None:
    assert charge_for(SILENT_NIGHT, facts) == PriceNotStated("Night", "not on the board")


def test_an_early_part_in_hours_without_a_price_has_none_either() -> None:
    facts = replace(
        parked("2026-03-02 07:50", "2026-03-02 09:00"),
        booked=window("2026-03-02 08:00", "2026-03-02 09:00"),
    )

    assert charge_for(replace(SILENT_NIGHT, is_early_charged=True), facts) == PriceNotStated(
        "Night", "not on the board"
    )


def test_a_free_stay_asks_for_no_price() -> None:
    tariff = replace(SILENT_NIGHT, free=Free(minutes=20))

    assert priced(tariff, parked("2026-03-02 18:00", "2026-03-02 18:20")).total.minor == 0


def test_a_quote_for_longer_than_the_maximum_stay_is_refused() -> None:
    tariff = replace(HOURLY, maximum_stay_minutes=60)

    assert quote_for(tariff, TWO_HOURS) == WindowTooLong(timedelta(hours=1))


def test_a_quote_is_the_price_of_exactly_the_window() -> None:
    tariff = replace(HOURLY, maximum_stay_minutes=120)

    quote = quote_for(tariff, TWO_HOURS)

    assert isinstance(quote, Charge)
    assert quote.total.minor == 400


def test_seconds_count_where_time_is_priced_exactly() -> None:
    tariff = board(whole_day(block(3600, 1)), policy=BlockPolicy.PRO_RATA)
    entered_at = at("2026-03-02 10:00")
    facts = StayFacts(entered_at=entered_at, left_at=entered_at + timedelta(seconds=17))

    assert priced(tariff, facts).total.minor == 17


def test_a_started_minute_is_a_minute() -> None:
    tariff = board(whole_day(block(60, 1)))
    entered_at = at("2026-03-02 10:00")
    facts = StayFacts(entered_at=entered_at, left_at=entered_at + timedelta(seconds=61))

    assert priced(tariff, facts).total.minor == 2


def test_a_date_without_a_day_type_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="no day type"):
        replace(HOURLY, day_types=()).day_type(date(2026, 3, 2))
