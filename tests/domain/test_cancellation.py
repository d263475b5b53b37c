"""What goes back to a driver who cancels, to the second at every edge of the tiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.cancellation import kept_fee, no_show_fee, refund_bp
from kiosk.domain.money import Money
from kiosk.domain.site import CancelTier, Rules
from kiosk.domain.time import Window
from tests.domain.examples import MINUTE, NOON, RESERVATION, TARIFF, euro
from tests.fakes.tariffs import priced, simple_tariff

RULES = Rules()
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
MADE_AT = NOON - 30 * DAY
LONG = replace(
    RESERVATION, window=Window(NOON, NOON + 24 * HOUR + SECOND), made_at=MADE_AT, quote=euro(1401)
)
"""A second longer than a day, made a month ahead, for an odd number of cents."""
SHORT = replace(LONG, window=Window(NOON, NOON + 24 * HOUR))
PROMPT = replace(LONG, made_at=NOON - 5 * MINUTE)
"""The same, made five minutes before it begins."""


@pytest.mark.parametrize(
    ("before", "part"),
    [
        (14 * DAY + SECOND, 10_000),
        (14 * DAY, 10_000),
        (14 * DAY - SECOND, 5_000),
        (7 * DAY, 5_000),
        (7 * DAY - SECOND, 2_500),
        (24 * HOUR, 2_500),
        (24 * HOUR - SECOND, 0),
        (SECOND, 0),
        (timedelta(), 0),
        (-SECOND, 0),
    ],
)
def test_each_tier_holds_to_its_very_edge_and_not_a_second_longer(
    before: timedelta, part: int
) -> None:
    assert refund_bp(LONG, at=NOON - before, rules=RULES) == part


@pytest.mark.parametrize(
    ("before", "part"), [(29 * DAY, 10_000), (SECOND, 10_000), (timedelta(), 0), (-HOUR, 0)]
)
def test_up_to_a_day_long_all_of_it_goes_back_until_the_start(
    before: timedelta, part: int
) -> None:
    assert refund_bp(SHORT, at=NOON - before, rules=RULES) == part


@pytest.mark.parametrize(
    ("after", "part"),
    [
        (timedelta(), 10_000),
        (10 * MINUTE - SECOND, 10_000),
        (10 * MINUTE, 0),
    ],
)
def test_ten_minutes_of_regret_are_half_open_and_reach_over_the_start(
    after: timedelta, part: int
) -> None:
    assert refund_bp(PROMPT, at=PROMPT.made_at + after, rules=RULES) == part


def test_a_site_without_tiers_gives_nothing_back_for_long_windows() -> None:
    rules = replace(RULES, cancel_tiers=())

    assert refund_bp(LONG, at=NOON - 29 * DAY, rules=rules) == 0


def test_a_site_decides_which_windows_are_long() -> None:
    rules = replace(
        RULES, long_window=timedelta(minutes=119), cancel_tiers=(CancelTier(HOUR, 7_500),)
    )
    two_hours = replace(RESERVATION, made_at=MADE_AT)

    parts = [
        refund_bp(two_hours, at=at, rules=rules) for at in (NOON - HOUR, NOON - HOUR + SECOND)
    ]

    assert parts == [7_500, 0]


@pytest.mark.parametrize(
    ("before", "kept"),
    [(14 * DAY, 0), (7 * DAY, 700), (24 * HOUR, 1050), (24 * HOUR - SECOND, 1401), (SECOND, 1401)],
)
def test_a_cent_that_cannot_be_halved_goes_to_the_driver(before: timedelta, kept: int) -> None:
    assert kept_fee(LONG, at=NOON - before, rules=RULES) == euro(kept)


@pytest.mark.parametrize("after", [timedelta(), SECOND, 20 * HOUR])
def test_from_the_start_on_cancelling_costs_what_not_coming_costs(after: timedelta) -> None:
    assert kept_fee(LONG, at=NOON + after, rules=RULES) == no_show_fee(LONG, RULES) == euro(480)
    assert kept_fee(SHORT, at=NOON + after, rules=RULES) == euro(480)


def test_regret_after_the_start_costs_nothing() -> None:
    last = PROMPT.made_at + RULES.regret - SECOND

    assert last > PROMPT.window.from_
    assert kept_fee(PROMPT, at=last, rules=RULES) == euro(0)
    assert kept_fee(PROMPT, at=last + SECOND, rules=RULES) == euro(480)


def test_who_does_not_come_pays_the_first_two_hours() -> None:
    assert no_show_fee(LONG, RULES) == priced(TARIFF, Window(NOON, NOON + 2 * HOUR)).total


@pytest.mark.parametrize(
    ("lasts", "fee"), [(HOUR, 240), (2 * HOUR - SECOND, 480), (2 * HOUR, 480), (3 * HOUR, 480)]
)
def test_a_short_window_that_is_missed_is_paid_whole(lasts: timedelta, fee: int) -> None:
    window = Window(NOON, NOON + lasts)
    missed = replace(RESERVATION, window=window, quote=priced(TARIFF, window).total)

    assert no_show_fee(missed, RULES) == euro(fee)


def test_a_part_that_costs_more_than_the_whole_costs_the_whole() -> None:
    cheaper = replace(LONG, quote=euro(100))

    assert no_show_fee(cheaper, RULES) == euro(100)


def test_a_site_may_take_nothing_from_who_does_not_come() -> None:
    assert no_show_fee(LONG, replace(RULES, no_show_fee=timedelta())) == euro(0)


def test_a_fee_is_in_the_currency_of_the_quote() -> None:
    yen = replace(
        simple_tariff("yen", block_minutes=60, price_minor=300, cap_minor=3_000), currency="JPY"
    )
    window = Window(NOON, NOON + 3 * HOUR)
    reservation = replace(RESERVATION, tariff=yen, window=window, quote=priced(yen, window).total)
    free = replace(RULES, no_show_fee=timedelta())

    assert no_show_fee(reservation, free) == Money(0, "JPY")
    assert kept_fee(reservation, at=NOON + HOUR, rules=RULES) == Money(600, "JPY")


INSTANTS = st.integers(-40 * 24 * 60, 3 * 24 * 60).map(lambda minute: NOON + minute * MINUTE)


@given(
    st.integers(30, 3 * 24 * 60), st.integers(0, 40 * 24 * 60), st.integers(0, 99_999), INSTANTS
)
def test_what_is_kept_is_never_less_than_nothing_nor_more_than_the_quote(
    lasts: int, ahead: int, quote: int, at: datetime
) -> None:
    reservation = replace(
        RESERVATION,
        window=Window(NOON, NOON + lasts * MINUTE),
        made_at=NOON - ahead * MINUTE,
        quote=euro(quote),
    )

    assert euro(0) <= kept_fee(reservation, at=at, rules=RULES) <= euro(quote)


@given(st.lists(INSTANTS, min_size=2, max_size=2).map(sorted), st.booleans())
def test_until_the_start_waiting_never_gives_more_back(
    instants: list[datetime], is_long: bool
) -> None:
    reservation = LONG if is_long else SHORT
    earlier, later = (min(at, NOON - SECOND) for at in instants)

    assert kept_fee(reservation, at=earlier, rules=RULES) <= kept_fee(
        reservation, at=later, rules=RULES
    )
