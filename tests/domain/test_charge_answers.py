"""Where there is no price there is an answer with a name, at the exact edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from fractions import Fraction

import pytest

from kiosk.domain.pricing.charge import StayFacts, charge_for, has_quote, quote_for
from kiosk.domain.pricing.charge_lines import (
    Charge,
    DiscountUnknown,
    EntryTooLongAgo,
    ExitBeforeEntry,
    LostTicketNotStated,
    NotValidThen,
    PriceNotStated,
    ValidationTooLong,
    WindowTooLong,
)
from kiosk.domain.tariff import (
    Band,
    Discount,
    DiscountKind,
    Free,
    Tariff,
)
from kiosk.domain.time import Window
from tests.domain.charges import HOURLY, TWO_HOURS, booked_until_noon, parked, priced
from tests.oracle.boards import (
    at,
    block,
    board,
    window,
)

YEAR = replace(HOURLY, valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1))
SILENT_NIGHT = board(
    Band(name="Day", from_minute=480, until_minute=1080, rows=(block(200),)),
    Band(name="Night", from_minute=1080, until_minute=1920, unstated="not on the board"),
)


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
        (
            HOURLY,
            replace(parked("2026-03-02 10:00", "2026-03-02 11:00"), is_lost_ticket=True),
            LostTicketNotStated(),
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
        "lost ticket",
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


@pytest.mark.parametrize(
    "tariff",
    [
        HOURLY,
        replace(HOURLY, maximum_stay_minutes=60),
        replace(HOURLY, maximum_stay_minutes=120),
        replace(HOURLY, valid_from=date(2030, 1, 1)),
        replace(HOURLY, valid_until=date(2020, 1, 1)),
        SILENT_NIGHT,
        replace(SILENT_NIGHT, free=Free(minutes=120)),
    ],
)
@pytest.mark.parametrize("starts", ["2026-03-02 10:00", "2026-03-02 17:30", "2026-03-02 23:00"])
def test_whether_there_is_a_quote_is_known_without_pricing(tariff: Tariff, starts: str) -> None:
    from_ = parked(starts, "2026-03-03 08:00").entered_at
    two_hours = Window(from_, from_ + timedelta(hours=2))

    assert has_quote(tariff, two_hours) == isinstance(quote_for(tariff, two_hours), Charge)


def test_a_quote_is_the_price_of_exactly_the_window() -> None:
    tariff = replace(HOURLY, maximum_stay_minutes=120)

    quote = quote_for(tariff, TWO_HOURS)

    assert isinstance(quote, Charge)
    assert quote.total.minor == 400
