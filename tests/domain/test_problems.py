"""What makes a tariff not whole, and that each such thing is named by its key and in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from kiosk.domain.checking.problems import problems
from kiosk.domain.tariff import (
    Band,
    BandRule,
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
    Row,
    RowKind,
    Surcharge,
    SurchargeAt,
    Tariff,
    Tax,
)

HOURLY = Row(kind=RowKind.BLOCK, price=Fraction(400), per_minutes=60, block_minutes=10)
ENTRY = Row(kind=RowKind.PER_ENTRY, price=Fraction(500))
DAY = Band(name="Day", from_minute=480, until_minute=1080, rows=(HOURLY,))
NIGHT = Band(name="Night", from_minute=1080, until_minute=1920, rows=(ENTRY,))
WHOLE_DAY = Band(name="Day", from_minute=0, until_minute=1440, rows=(HOURLY,))
DAY_CAP = Cap(scope=CapScope.ROLLING_24H, price=Fraction(1400))
SOUND = Tariff(code="city-2", version=1, zone="Europe/Berlin", currency="EUR", bands=(DAY, NIGHT))
COUNT = "should be a whole number from 1 to 527040"
NEGATIVE = "should not be negative; write 0.00 or more"
ABOVE = "should be more than 0.00; without such a price leave it out"
ZONE = "is not a known time zone; write one like Europe/Berlin"
NO_DAY = '"sunday" is no [[day]] of this tariff; there are: every day'
UNTIL = "should be after from, and at most 24 hours later"


def named(**changes: Any) -> dict[str, str]:
    """What is wrong with the sound tariff after a change: words by path."""
    return {problem.path: problem.text for problem in problems(replace(SOUND, **changes))}


def of_row(**changes: Any) -> dict[str, str]:
    """The same after a change of the only row of the only band."""
    row = replace(HOURLY, **changes)
    return named(bands=(replace(WHOLE_DAY, rows=(row,)),))


def of_rows(*rows: Row, **changes: Any) -> dict[str, str]:
    """The same with other rows, and perhaps other words, in the only band."""
    return named(bands=(replace(WHOLE_DAY, rows=rows, **changes),))


def of_cap(**changes: Any) -> dict[str, str]:
    """The same with a cap that has a change."""
    return named(caps=(replace(DAY_CAP, **changes),))


def surcharge(**changes: Any) -> Surcharge:
    """A surcharge at night, changed."""
    late = Surcharge(
        name="Late exit",
        price=Fraction(2200),
        at=SurchargeAt.EXIT,
        from_minute=1320,
        until_minute=1860,
    )
    return replace(late, **changes)


def test_a_whole_tariff_has_no_problems() -> None:
    full = replace(
        SOUND,
        bands=(DAY, replace(NIGHT, rows=(ENTRY, HOURLY), rule=BandRule.MIN)),
        calendars=(Calendar(name="fair", dates=(date(2026, 5, 1),)),),
        day_types=(
            DayType(name="fair", calendars=("fair",)),
            DayType(name="other", weekdays=(0, 1, 2, 3, 4, 5, 6)),
        ),
        valid_from=date(2026, 1, 1),
        valid_until=date(2027, 1, 1),
        tax=Tax(rate=Fraction(19, 100)),
        free=Free(minutes=20, once_in_hours=24),
        caps=(
            replace(DAY_CAP, days=("fair",)),
            Cap(scope=CapScope.BAND, price=Fraction(500), band="Night"),
            Cap(scope=CapScope.RESET_DAY, price=Fraction(900), reset_minute=360),
            Cap(scope=CapScope.WEEK, price=Fraction(4000), is_from_entry=True),
        ),
        minimum=Fraction(100),
        maximum_stay_minutes=10080,
        surcharges=(surcharge(days=("other",), tax=Fraction(0)),),
        lost_ticket=LostTicket(rule=LostTicketRule.DAY_MAXIMUM),
        overstay=Overstay(multiplier=Fraction(3, 2), block_minutes=60, cap=Fraction(4000)),
        discounts=(
            Discount(name="Cinema", kind=DiscountKind.TIME, value=Fraction(120)),
            Discount(name="Staff", kind=DiscountKind.PERCENT, value=Fraction(1, 5)),
            Discount(name="Voucher", kind=DiscountKind.AMOUNT, value=Fraction(200)),
        ),
        rounding=Rounding(step_minor=10, cash_step_minor=5),
    )

    assert problems(full) == ()


@pytest.mark.parametrize(
    ("changes", "path", "text"),
    [
        ({"code": "City 2"}, "code", "should be small letters, digits and hyphens, like city-2"),
        ({"version": 0}, "version", "should be a whole number from 1 to 1000000000"),
        ({"zone": "Berlin"}, "zone", ZONE),
        ({"zone": "../Berlin"}, "zone", ZONE),
        ({"zone": "Europe"}, "zone", ZONE),
        (
            {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 1, 1)},
            "valid_until",
            "should be after valid_from; it is the first day without",
        ),
        (
            {"valid_from": date(26, 1, 1)},
            "valid_from",
            "should lie between the years 1970 and 2999",
        ),
        ({"minimum": Fraction(-1)}, "minimum", NEGATIVE),
        ({"maximum_stay_minutes": 0}, "maximum_stay_minutes", COUNT),
        ({"tax": Tax(rate=Fraction(11, 10))}, "tax.percent", "should be from 0 to 100"),
        ({"tax": Tax(rate=Fraction(-1, 10))}, "tax.percent", "should be from 0 to 100"),
        ({"free": Free(minutes=0)}, "free.minutes", COUNT),
        ({"free": Free(minutes=20, once_in_hours=0)}, "free.once_in_hours", COUNT),
        (
            {"lost_ticket": LostTicket(rule=LostTicketRule.FLAT, price=Fraction(-1))},
            "lost_ticket.price",
            NEGATIVE,
        ),
        (
            {"lost_ticket": LostTicket(rule=LostTicketRule.DAY_MAXIMUM)},
            "lost_ticket.rule",
            "day-maximum needs a day cap; add a [[cap]] with scope = rolling-24h",
        ),
        (
            {
                "lost_ticket": LostTicket(rule=LostTicketRule.DAY_MAXIMUM, price=Fraction(1)),
                "caps": (DAY_CAP,),
            },
            "lost_ticket.price",
            "does not go with day-maximum; remove it",
        ),
        (
            {"overstay": Overstay(multiplier=Fraction(1, 2))},
            "overstay.multiplier",
            "should be 1 or more: staying too long is not cheaper than parking",
        ),
        ({"overstay": Overstay(block_minutes=0)}, "overstay.block_minutes", COUNT),
        ({"overstay": Overstay(cap=Fraction(0))}, "overstay.cap", ABOVE),
        ({"rounding": Rounding(step_minor=0)}, "rounding.step", "should be 0.01 or more"),
        (
            {"rounding": Rounding(cash_step_minor=-5), "currency": "JPY"},
            "rounding.cash_step",
            "should be 1 or more",
        ),
    ],
)
def test_a_wrong_head_is_named(changes: dict[str, Any], path: str, text: str) -> None:
    assert named(**changes) == {path: text}


@pytest.mark.parametrize(
    ("changes", "path", "text"),
    [
        ({"price": Fraction(-400)}, "price", NEGATIVE),
        ({"per_minutes": 0}, "per_minutes", COUNT),
        ({"block_minutes": 0}, "block_minutes", COUNT),
        ({"tax": Fraction(2)}, "tax_percent", "should be from 0 to 100"),
        (
            {"from_minutes": 60},
            "from_minutes",
            "should be 0 in the first row; the first minutes have no price",
        ),
    ],
)
def test_a_wrong_row_is_named(changes: dict[str, Any], path: str, text: str) -> None:
    assert of_row(**changes) == {f"band.1.row.1.{path}": text}


def test_one_number_that_stands_for_both_is_told_once() -> None:
    assert of_row(per_minutes=0, block_minutes=0) == {"band.1.row.1.per_minutes": COUNT}


def test_rows_out_of_order_are_named() -> None:
    later = replace(HOURLY, from_minutes=60)

    assert of_rows(HOURLY, later, replace(later, price=Fraction(1))) == {
        "band.1.row.3.from_minutes": "should be more than 60, as in the row before; "
        "put rows in order"
    }


def test_a_price_of_entry_has_no_minutes() -> None:
    assert of_rows(replace(ENTRY, from_minutes=5), HOURLY) == {
        "band.1.row.1.from_minutes": "does not go with per-entry; remove it"
    }


def test_two_prices_of_entry_are_named() -> None:
    assert of_rows(ENTRY, ENTRY, HOURLY) == {
        "band.1.row": "has more than one row per-entry; leave one of them"
    }


@pytest.mark.parametrize("rows", [(HOURLY,), (ENTRY,)])
def test_the_rule_min_needs_two_prices_to_choose_from(rows: tuple[Row, ...]) -> None:
    assert of_rows(*rows, rule=BandRule.MIN) == {
        "band.1.rule": "min needs one row per-entry and at least one other row"
    }


def test_hours_without_price_say_so_and_have_no_rows() -> None:
    assert of_rows(HOURLY, unstated="the board is silent") == {
        "band.1.unstated": "goes with no rows; remove it, or the rows"
    }
    assert of_rows(unstated="the board is silent") == {}
    assert of_rows() == {
        "band.1.row": 'is missing; add a [[band.row]] (kind = "flat", price = 0.00 for free '
        "hours), or unstated = why"
    }


def test_a_tariff_without_bands_is_told_so_once() -> None:
    assert named(bands=()) == {
        "band": "is missing; a tariff has at least one [[band]] with its prices"
    }


@pytest.mark.parametrize(
    ("changes", "path", "text"),
    [
        ({"name": " "}, "name", "should not be empty; give each band a name"),
        ({"name": "Night"}, "name", '"Night" is the name of another band already'),
        (
            {"from_minute": 1440, "until_minute": 1500},
            "from",
            "should be an hour from 00:00 to 23:59",
        ),
        ({"until_minute": 480}, "until", UNTIL),
        ({"until_minute": 1921}, "until", UNTIL),
        ({"days": ("sunday",)}, "days", NO_DAY),
    ],
)
def test_a_wrong_band_is_named_once(changes: dict[str, Any], path: str, text: str) -> None:
    assert named(bands=(NIGHT, replace(DAY, **changes))) == {f"band.2.{path}": text}


@pytest.mark.parametrize(
    ("changes", "path", "text"),
    [
        ({"price": Fraction(0)}, "price", ABOVE),
        (
            {"scope": CapScope.BAND, "band": "Dusk"},
            "band",
            '"Dusk" is no [[band]] of this tariff; there are: Day, Night',
        ),
        ({"band": "Day"}, "band", "does not go with the scope rolling-24h; remove it"),
        ({"reset_minute": 60}, "reset_at", "does not go with the scope rolling-24h; remove it"),
        (
            {"scope": CapScope.RESET_DAY, "reset_minute": 1440},
            "reset_at",
            "should be an hour from 00:00 to 23:59",
        ),
        (
            {"is_from_entry": True},
            "counts_from",
            "does not go with the scope rolling-24h; remove it",
        ),
        (
            {"scope": CapScope.WEEK, "days": ("every day",)},
            "days",
            "does not go with the scope week; remove it",
        ),
        ({"days": ("sunday",)}, "days", NO_DAY),
    ],
)
def test_a_wrong_cap_is_named(changes: dict[str, Any], path: str, text: str) -> None:
    assert of_cap(**changes) == {f"cap.1.{path}": text}


def test_a_cap_below_the_minimum_is_named() -> None:
    low = replace(DAY_CAP, price=Fraction(99))

    assert named(minimum=Fraction(100), caps=(DAY_CAP, low)) == {
        "cap.2.price": "is below the minimum of 1.00; raise it, or lower minimum"
    }


def test_a_cap_of_nothing_is_not_also_told_to_be_below_the_minimum() -> None:
    nothing = replace(DAY_CAP, price=Fraction(0))

    found = problems(replace(SOUND, minimum=Fraction(100), caps=(nothing,)))

    assert [(problem.path, problem.text) for problem in found] == [("cap.1.price", ABOVE)]


@pytest.mark.parametrize(
    ("changes", "path", "text"),
    [
        ({"name": ""}, "name", "should not be empty; give each surcharge a name"),
        ({"price": Fraction(-1)}, "price", ABOVE),
        ({"until_minute": 1320}, "until", UNTIL),
        ({"tax": Fraction(-1)}, "tax_percent", "should be from 0 to 100"),
        ({"days": ("sunday",)}, "days", NO_DAY),
    ],
)
def test_a_wrong_surcharge_is_named(changes: dict[str, Any], path: str, text: str) -> None:
    assert named(surcharges=(surcharge(**changes),)) == {f"surcharge.1.{path}": text}


@pytest.mark.parametrize(
    ("kind", "value", "path", "text"),
    [
        (DiscountKind.TIME, 0, "minutes", COUNT),
        (DiscountKind.TIME, Fraction(1, 2) + 1, "minutes", COUNT),
        (DiscountKind.PERCENT, 0, "percent", "should be more than 0, at most 100"),
        (DiscountKind.PERCENT, Fraction(11, 10), "percent", "should be more than 0, at most 100"),
        (DiscountKind.AMOUNT, 0, "amount", ABOVE),
    ],
)
def test_a_wrong_discount_is_named(
    kind: DiscountKind, value: Fraction | int, path: str, text: str
) -> None:
    discount = Discount(name="Staff", kind=kind, value=Fraction(value))

    assert named(discounts=(discount,)) == {f"discount.1.{path}": text}


@pytest.mark.parametrize("first", [DiscountKind.PERCENT, DiscountKind.AMOUNT])
def test_validated_minutes_stand_before_other_discounts(first: DiscountKind) -> None:
    other = Discount(name="Staff", kind=first, value=Fraction(1))
    minutes = Discount(name="Cinema", kind=DiscountKind.TIME, value=Fraction(60))

    assert named(discounts=(minutes, other)) == {}
    assert named(discounts=(other, minutes)) == {
        "discount.2.minutes": "should stand before the discounts by percent or amount"
    }


def test_several_problems_are_all_named() -> None:
    found = problems(
        replace(
            SOUND,
            minimum=Fraction(-1),
            bands=(replace(DAY, rows=(replace(HOURLY, price=Fraction(-5)),)),),
            rounding=Rounding(step_minor=0),
        )
    )

    assert [problem.path for problem in found] == [
        "minimum",
        "band.1.row.1.price",
        "band",
        "band",
        "rounding.step",
    ]
