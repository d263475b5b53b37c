"""What is added and taken off, tax and rounding, each as a line that adds up to the total."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kiosk.domain.pricing.charge_lines import (
    LineKind,
)
from kiosk.domain.tariff import (
    Band,
    Cap,
    CapScope,
    Discount,
    DiscountKind,
    LostTicket,
    LostTicketRule,
    Rounding,
    RoundingMode,
    Surcharge,
    SurchargeAt,
    Tax,
)
from tests.domain.charges import HOURLY, WEEK, Shown, parked, priced, shown
from tests.oracle.boards import (
    block,
    board,
    day_and_night,
    whole_day,
)


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
