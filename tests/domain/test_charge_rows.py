"""The lines of rows: what each block, minute, first hour and entry of a stay is charged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import StayFacts
from kiosk.domain.pricing.charge_lines import (
    ChargeLine,
    LineKind,
)
from kiosk.domain.tariff import (
    BlockPolicy,
)
from tests.domain.charges import HOURLY, Shown, parked, priced, shown
from tests.oracle.boards import (
    at,
    block,
    board,
    day_and_night,
    flat,
    whole_day,
)


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


def test_a_first_hour_is_a_line_of_its_own() -> None:
    tariff = board(whole_day(flat(120), block(60, 30, per=30, after=60)))

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-02 11:31"))

    assert shown(charge) == [("flat", "Always", 120), ("block", "Always", 120)]


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
