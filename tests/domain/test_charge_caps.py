"""Caps and flat nights: what they cut, where blocks start anew, and how the lines say it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import StayFacts
from kiosk.domain.tariff import (
    Band,
    BandRule,
    BlockPolicy,
    Cap,
    CapScope,
)
from tests.domain.charges import HOURLY, WEEK, parked, priced, shown
from tests.oracle.boards import (
    at,
    block,
    board,
    day_and_night,
    per_entry,
    whole_day,
)


def test_days_that_reach_their_cap_are_one_line() -> None:
    cap = Cap(scope=CapScope.ROLLING_24H, price=Fraction(800), restarts_blocks=True)
    tariff = replace(HOURLY, caps=(cap,))

    charge = priced(tariff, parked("2026-03-02 10:00", "2026-03-04 12:00"))

    assert shown(charge) == [("cap", "rolling-24h", 1600), ("block", "Always", 400)]
    assert charge.lines[0].count == 2
    assert charge.lines[0].price == 800
    assert charge.lines[0].instead_of == 48 * 200


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
