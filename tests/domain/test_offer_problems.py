"""What is wrong with the times of an offer is told to its owner, all of it and in words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.offer import (
    LocalSpan,
    OfferTimes,
    SharedWindow,
    offer_problems,
    shared_time,
    weekly,
)
from tests.domain.test_offer import BERLIN, EVERY_DAY, days, once, span, week

TODAY = date(2026, 3, 2)


def problems(*windows: SharedWindow, blackouts: tuple[LocalSpan, ...] = ()) -> list[str]:
    """What the owner is told."""
    return list(offer_problems(OfferTimes(windows, blackouts=blackouts), zone=BERLIN, today=TODAY))


def test_windows_that_touch_over_midnight_have_no_problem() -> None:
    nights, days_ = week(time(20), time(8)), week(time(8), time(20))

    assert problems(nights, days_, blackouts=(span("2026-07-01 00:00", "2026-08-01 00:00"),)) == []


def test_a_window_that_ends_before_it_starts_is_named_with_both() -> None:
    assert problems(once("2026-06-02 08:00", "2026-06-01 18:00")) == [
        "window 1: ends 2026-06-01 18:00, before it starts 2026-06-02 08:00"
    ]


def test_a_window_of_no_length_is_one_that_ends_before_it_starts() -> None:
    assert problems(once("2026-06-01 08:00", "2026-06-01 08:00")) == [
        "window 1: ends 2026-06-01 08:00, before it starts 2026-06-01 08:00"
    ]


def test_a_window_may_be_a_year_long_and_not_a_minute_more() -> None:
    assert problems(once("2026-06-01 00:00", "2027-06-02 00:00")) == []
    assert problems(once("2026-06-01 00:00", "2027-06-02 00:01")) == [
        "window 1: is longer than 366 days"
    ]


def test_windows_are_whole_minutes() -> None:
    assert problems(once("2026-06-01 08:00:30", "2026-06-01 09:00")) == [
        "window 1: should begin and end with a whole minute"
    ]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("0001-01-01 00:00", "0001-01-02 00:00"), ("2999-12-31 08:00", "3000-01-01 08:00")],
)
def test_a_slip_of_the_pen_in_the_year_is_named(starts: str, ends: str) -> None:
    assert problems(once(starts, ends)) == ["window 1: should lie between the years 1970 and 2999"]


@pytest.mark.parametrize(
    ("window", "which"),
    [
        (once("2026-03-29 02:10", "2026-03-29 02:50"), "02:10"),
        (once("2026-03-29 02:30", "2026-03-29 03:10"), "02:30"),
        (once("2026-03-28 22:00", "2026-03-29 02:59"), "02:59"),
    ],
)
def test_a_window_in_the_hour_that_the_clocks_skip_is_named(
    window: SharedWindow, which: str
) -> None:
    assert problems(window) == [
        f"window 1: 2026-03-29 {which} does not exist: the clocks are put forward over it"
    ]


def test_a_window_may_begin_and_end_where_the_clocks_jump() -> None:
    assert problems(
        once("2026-03-29 00:00", "2026-03-29 02:00"), once("2026-03-29 03:00", "2026-03-29 04:00")
    ) == ["window 1: 2026-03-29 02:00 does not exist: the clocks are put forward over it"]


def test_a_nightly_window_over_the_skipped_hour_has_no_problem() -> None:
    assert problems(week(time(2, 30), time(3, 10))) == []


def test_a_bad_rule_is_told_in_its_own_words() -> None:
    window = SharedWindow(span("2026-03-02 08:00", "2026-03-02 09:00"), "FREQ=HOURLY")

    assert problems(window) == [
        "window 1: repeats by HOURLY: should be daily, weekly, monthly or yearly"
    ]


def test_an_offer_without_a_window_is_no_offer() -> None:
    assert problems() == ["an offer should have at least one window"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    window = SharedWindow(span("2026-03-02 09:00", "2026-03-02 08:00"), "FREQ=SOMETIMES")
    blackout = span("2026-07-02 00:00", "2026-07-01 00:00")

    assert problems(
        once("2026-03-29 02:10", "2026-03-29 04:00"), window, blackouts=(blackout,)
    ) == [
        "window 1: 2026-03-29 02:10 does not exist: the clocks are put forward over it",
        "window 2: ends 2026-03-02 08:00, before it starts 2026-03-02 09:00",
        "blackout 1: ends 2026-07-01 00:00, before it starts 2026-07-02 00:00",
        "window 2: repeats by SOMETIMES: should be daily, weekly, monthly or yearly",
    ]


def test_two_windows_that_overlap_are_named_with_the_day() -> None:
    friday_night = weekly([4], from_local=time(17), until_local=time(8), first_day=TODAY)
    saturday = weekly([5], from_local=time(), until_local=time(), first_day=TODAY)

    assert problems(once("2026-03-03 08:00", "2026-03-03 09:00"), saturday, friday_night) == [
        "window 2 and window 3 overlap on 2026-03-07"
    ]


def test_a_window_that_is_longer_than_its_pause_overlaps_itself() -> None:
    window = SharedWindow(span("2026-03-02 08:00", "2026-03-03 08:01"), "FREQ=DAILY")

    assert problems(window) == ["window 1 is longer than the time after which it repeats"]


def test_windows_on_days_that_are_excepted_do_not_overlap() -> None:
    every, one = week(time(8), time(18)), once("2026-03-04 06:00", "2026-03-04 20:00")
    times = OfferTimes((every, one), except_days=frozenset({date(2026, 3, 4)}))

    assert offer_problems(times, zone=BERLIN, today=TODAY) == ()


def test_what_lay_upon_one_another_long_ago_is_no_problem() -> None:
    past = once("2026-01-05 08:00", "2026-01-05 10:00")

    assert problems(past, past) == []


HOURS = st.integers(0, 23).map(time)


@given(
    st.lists(
        st.tuples(st.frozensets(st.integers(0, 6), min_size=1), HOURS, HOURS),
        min_size=2,
        max_size=3,
    )
)
def test_an_overlap_is_told_when_the_sum_of_the_windows_is_less_than_their_lengths(
    rough: list[tuple[frozenset[int], time, time]],
) -> None:
    windows = [
        weekly(on, from_local=first, until_local=last, first_day=date(2026, 1, 5))
        for on, first, last in rough
    ]
    fortnight = days(TODAY, 14)
    found = [
        shared_time(OfferTimes((window,)), zone=BERLIN, holidays=frozenset(), span=fortnight)
        for window in windows
    ]
    do_overlap = any(
        one.overlaps(other)
        for first, second in combinations(found, 2)
        for one in first
        for other in second
    )

    assert bool(problems(*windows)) == do_overlap


def test_a_blackout_is_checked_as_a_window_is() -> None:
    window = weekly(EVERY_DAY, from_local=time(8), until_local=time(9), first_day=TODAY)
    skipped = LocalSpan(
        datetime.fromisoformat("2026-03-29T02:10"),
        datetime.fromisoformat("2026-03-29T02:10") + timedelta(hours=3),
    )

    assert problems(window, blackouts=(skipped,)) == [
        "blackout 1: 2026-03-29 02:10 does not exist: the clocks are put forward over it"
    ]
