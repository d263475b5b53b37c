"""Offers are local time, also over midnight and when the clocks change; gaps are what is left."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.ids import SpaceId
from kiosk.domain.space import Offer, free_gaps
from kiosk.domain.time import Window
from tests.domain.examples import MINUTE, minutes, some_windows

BERLIN = ZoneInfo("Europe/Berlin")
EVERY_DAY = frozenset(range(7))
CHANGES = [
    pytest.param("Europe/Berlin", date(2026, 3, 29), id="Berlin loses an hour"),
    pytest.param("Europe/Berlin", date(2026, 10, 25), id="Berlin gains an hour"),
    pytest.param("America/New_York", date(2026, 3, 8), id="New York loses an hour"),
    pytest.param("America/New_York", date(2026, 11, 1), id="New York gains an hour"),
    pytest.param("Australia/Lord_Howe", date(2026, 10, 4), id="Lord Howe loses half an hour"),
    pytest.param("Australia/Lord_Howe", date(2026, 4, 5), id="Lord Howe gains half an hour"),
    pytest.param("Asia/Kathmandu", date(2026, 3, 29), id="Kathmandu never changes"),
]
CALM_HOURS = [0, 4, 7, 12, 19, 23]
"""Local hours that no change of the clocks touches anywhere in CHANGES."""
STEP = timedelta(minutes=30)
"""Every change in CHANGES is a multiple of it."""


def offer(first: time, last: time, weekdays: frozenset[int] = EVERY_DAY) -> Offer:
    return Offer(SpaceId(1), weekdays, first, last)


def wall_minutes(shared: Offer, *, zone: ZoneInfo, day: date) -> set[datetime]:
    """The oracle: each instant whose reading on the wall lies in a window of three days."""
    starts = [day + timedelta(days=number) for number in (-1, 0, 1)]
    is_overnight = shared.until_local <= shared.from_local
    naive = [
        (
            datetime.combine(start, shared.from_local),
            datetime.combine(start + timedelta(days=int(is_overnight)), shared.until_local),
        )
        for start in starts
        if start.weekday() in shared.weekdays
    ]
    first = datetime.combine(day - timedelta(days=2), time(), zone).astimezone(UTC)
    instants = (first + number * STEP for number in range(6 * 48))
    return {
        instant
        for instant in instants
        if any(
            start <= instant.astimezone(zone).replace(tzinfo=None) < end for start, end in naive
        )
    }


def offered_minutes(shared: Offer, *, zone: ZoneInfo, day: date) -> set[datetime]:
    windows = shared.windows(zone=zone, from_day=day - timedelta(days=1), days=3)
    return {
        window.from_ + number * STEP
        for window in windows
        for number in range(window.duration // STEP)
    }


@pytest.mark.parametrize(("zone_name", "day"), CHANGES)
@settings(max_examples=15)
@given(
    first=st.sampled_from(CALM_HOURS),
    last=st.sampled_from(CALM_HOURS),
    weekdays=st.frozensets(st.integers(0, 6)),
)
def test_an_offer_is_what_the_clock_on_the_wall_says(
    zone_name: str, day: date, first: int, last: int, weekdays: frozenset[int]
) -> None:
    shared, zone = offer(time(first), time(last), weekdays), ZoneInfo(zone_name)

    offered = offered_minutes(shared, zone=zone, day=day)

    assert offered == wall_minutes(shared, zone=zone, day=day)


def test_a_night_in_which_the_clocks_go_forward_is_an_hour_shorter() -> None:
    (night,) = offer(time(22), time(6)).windows(zone=BERLIN, from_day=date(2026, 3, 28), days=1)

    assert night.duration == timedelta(hours=7)


def test_a_night_in_which_the_clocks_go_back_is_an_hour_longer() -> None:
    (night,) = offer(time(22), time(6)).windows(zone=BERLIN, from_day=date(2026, 10, 24), days=1)

    assert night.duration == timedelta(hours=9)


def test_midnight_to_midnight_is_the_whole_day_even_when_it_has_25_hours() -> None:
    (day,) = offer(time(), time()).windows(zone=BERLIN, from_day=date(2026, 10, 25), days=1)

    assert day.duration == timedelta(hours=25)


def test_an_hour_that_comes_twice_is_meant_the_first_time() -> None:
    (window,) = offer(time(2, 30), time(4)).windows(
        zone=BERLIN, from_day=date(2026, 10, 25), days=1
    )

    assert window.from_ == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_offer_inside_the_hour_that_is_skipped_does_not_exist_that_day() -> None:
    skipped = offer(time(2, 30), time(3, 10))

    windows = skipped.windows(zone=BERLIN, from_day=date(2026, 3, 28), days=3)

    assert [window.from_.astimezone(BERLIN).day for window in windows] == [28, 30]


@given(some_windows(), some_windows(), st.integers(0, 20))
def test_idle_is_offered_and_not_within_the_buffer_of_any_commitment(
    offered: list[Window], committed: list[Window], buffer_minutes: int
) -> None:
    gaps = free_gaps(offered=offered, committed=committed, buffer=buffer_minutes * MINUTE)

    is_idle = {
        minute
        for minute in range(-20, 120)
        if any(window.covers(minutes(minute, minute + 1)) for window in offered)
        and not any(
            window.overlaps(minutes(minute - buffer_minutes, minute + 1 + buffer_minutes))
            for window in committed
        )
    }
    assert is_idle == {
        minute
        for minute in range(-20, 120)
        if any(gap.covers(minutes(minute, minute + 1)) for gap in gaps)
    }
