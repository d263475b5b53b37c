"""Offers are local time, over midnight and when the clocks change, less what is taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.offer import (
    OFFER_TRANSITIONS,
    LocalSpan,
    OfferEvent,
    OfferState,
    OfferTimes,
    SharedWindow,
    shared_time,
    weekly,
)
from kiosk.domain.time import Window

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
DAY = timedelta(days=1)


def at(text: str) -> datetime:
    """An instant by the clock on the wall in Berlin: "2026-06-01 08:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def span(starts: str, ends: str) -> LocalSpan:
    """A span by the clock on the wall."""
    return LocalSpan(datetime.fromisoformat(starts), datetime.fromisoformat(ends))


def once(starts: str, ends: str) -> SharedWindow:
    """A dated window."""
    return SharedWindow(span(starts, ends))


def days(first: date, count: int, *, zone: ZoneInfo = BERLIN) -> Window:
    """So many local days."""
    midnights = [datetime.combine(day, time(), zone) for day in (first, first + count * DAY)]
    return Window(*(midnight.astimezone(UTC) for midnight in midnights))


def on_wall(windows: tuple[Window, ...]) -> list[str]:
    """Windows as the clock on the wall in Berlin shows them."""
    return [
        f"{window.from_.astimezone(BERLIN):%m-%d %H:%M} to "
        f"{window.until.astimezone(BERLIN):%m-%d %H:%M}"
        for window in windows
    ]


def shared(
    times: OfferTimes | SharedWindow, first: date, count: int = 1, *holidays: date
) -> tuple[Window, ...]:
    """What is shared in Berlin on so many days."""
    if isinstance(times, SharedWindow):
        times = OfferTimes((times,))
    return shared_time(times, zone=BERLIN, holidays=frozenset(holidays), span=days(first, count))


def week(first: time, last: time, *weekdays: int) -> SharedWindow:
    """A weekly window since the year began."""
    return weekly(
        weekdays or EVERY_DAY, from_local=first, until_local=last, first_day=date(2026, 1, 1)
    )


def wall_instants(
    first: time, last: time, weekdays: frozenset[int], *, zone: ZoneInfo, around: Window
) -> set[datetime]:
    """The oracle: each instant whose reading on the wall lies in one of the windows."""
    found: set[datetime] = set()
    for number in range((around.until - around.from_) // STEP):
        instant = around.from_ + number * STEP
        local = instant.astimezone(zone).replace(tzinfo=None)
        starts = [
            datetime.combine(local.date() - day * DAY, first)
            for day in (0, 1)
            if (local.date() - day * DAY).weekday() in weekdays
        ]
        is_overnight = last <= first
        if any(
            start <= local < datetime.combine(start.date() + is_overnight * DAY, last)
            for start in starts
        ):
            found.add(instant)
    return found


@pytest.mark.parametrize(("zone_name", "day"), CHANGES)
@settings(max_examples=15)
@given(
    first=st.sampled_from(CALM_HOURS),
    last=st.sampled_from(CALM_HOURS),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)
def test_a_weekly_window_is_what_the_clock_on_the_wall_says(
    zone_name: str, day: date, first: int, last: int, weekdays: frozenset[int]
) -> None:
    zone, from_local, until_local = ZoneInfo(zone_name), time(first), time(last)
    around = days(day - DAY, 3, zone=zone)
    window = weekly(
        weekdays, from_local=from_local, until_local=until_local, first_day=date(2026, 1, 5)
    )

    found = shared_time(OfferTimes((window,)), zone=zone, holidays=frozenset(), span=around)

    assert {
        each.from_ + number * STEP for each in found for number in range(each.duration // STEP)
    } == wall_instants(from_local, until_local, weekdays, zone=zone, around=around)


def test_a_night_in_which_the_clocks_go_forward_is_an_hour_shorter() -> None:
    (night,) = shared(week(time(22), time(6), 5), date(2026, 3, 28), 2)

    assert night.duration == timedelta(hours=7)


def test_a_night_in_which_the_clocks_go_back_is_an_hour_longer() -> None:
    (night,) = shared(week(time(22), time(6), 5), date(2026, 10, 24), 2)

    assert night.duration == timedelta(hours=9)


def test_midnight_to_midnight_is_the_whole_day_even_when_it_has_25_hours() -> None:
    (day,) = shared(week(time(), time(), 6), date(2026, 10, 24), 3)

    assert day.duration == timedelta(hours=25)


def test_an_hour_that_comes_twice_is_meant_the_first_time() -> None:
    (window,) = shared(week(time(2, 30), time(4)), date(2026, 10, 25))

    assert window.from_ == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_window_inside_the_hour_that_is_skipped_does_not_exist_that_day() -> None:
    found = shared(week(time(2, 30), time(3, 10)), date(2026, 3, 28), 3)

    assert [window.from_.astimezone(BERLIN).day for window in found] == [28, 30]


def test_a_window_that_begins_in_the_skipped_hour_begins_an_hour_later() -> None:
    assert on_wall(shared(week(time(2, 30), time(8)), date(2026, 3, 29))) == [
        "03-29 03:30 to 03-29 08:00"
    ]


def test_a_weekly_window_shares_nothing_before_its_first_day() -> None:
    window = weekly(EVERY_DAY, from_local=time(8), until_local=time(9), first_day=date(2026, 6, 3))

    assert on_wall(shared(window, date(2026, 6, 1), 4)) == [
        "06-03 08:00 to 06-03 09:00",
        "06-04 08:00 to 06-04 09:00",
    ]


def test_what_is_shared_is_cut_where_one_asks() -> None:
    window = week(time(22), time(6))

    assert on_wall(shared(window, date(2026, 6, 2))) == [
        "06-02 00:00 to 06-02 06:00",
        "06-02 22:00 to 06-03 00:00",
    ]


def test_a_dated_window_of_several_days_is_one_window_without_a_seam() -> None:
    window = once("2026-07-06 18:00", "2026-07-20 07:00")

    whole = shared(window, date(2026, 7, 1), 31)
    in_the_middle = shared(window, date(2026, 7, 10))
    afterwards = shared(window, date(2026, 7, 20), 2)

    assert on_wall(whole) == ["07-06 18:00 to 07-20 07:00"]
    assert on_wall(in_the_middle) == ["07-10 00:00 to 07-11 00:00"]
    assert on_wall(afterwards) == ["07-20 00:00 to 07-20 07:00"]


def test_a_window_of_a_whole_year_is_found_at_its_very_end() -> None:
    window = once("2026-01-01 00:00", "2027-01-01 00:00")

    assert on_wall(shared(window, date(2026, 12, 31))) == ["12-31 00:00 to 01-01 00:00"]


def test_windows_that_touch_or_lie_upon_one_another_are_shared_once() -> None:
    times = OfferTimes(
        (
            once("2026-06-01 08:00", "2026-06-01 12:00"),
            once("2026-06-01 12:00", "2026-06-01 14:00"),
            once("2026-06-01 13:00", "2026-06-01 15:00"),
        )
    )

    assert on_wall(shared(times, date(2026, 6, 1))) == ["06-01 08:00 to 06-01 15:00"]


def test_on_an_excepted_day_no_window_begins_but_that_of_the_day_before_goes_on() -> None:
    times = OfferTimes((week(time(22), time(6)),), except_days=frozenset({date(2026, 6, 2)}))

    assert on_wall(shared(times, date(2026, 6, 1), 4)) == [
        "06-01 00:00 to 06-01 06:00",
        "06-01 22:00 to 06-02 06:00",
        "06-03 22:00 to 06-04 06:00",
        "06-04 22:00 to 06-05 00:00",
    ]


@pytest.mark.parametrize(
    ("skips", "found"),
    [
        (True, ["12-24 08:00 to 12-24 18:00", "12-26 08:00 to 12-26 18:00"]),
        (
            False,
            [
                "12-24 08:00 to 12-24 18:00",
                "12-25 08:00 to 12-25 18:00",
                "12-26 08:00 to 12-26 18:00",
            ],
        ),
    ],
)
def test_holidays_of_the_site_count_only_for_offers_that_skip_them(
    skips: bool, found: list[str]
) -> None:
    times = OfferTimes((week(time(8), time(18)),), skips_holidays=skips)

    assert on_wall(shared(times, date(2026, 12, 24), 3, date(2026, 12, 25))) == found


def test_an_offer_that_skips_holidays_keeps_its_own_exceptions() -> None:
    times = OfferTimes(
        (week(time(8), time(18)),),
        except_days=frozenset({date(2026, 12, 24)}),
        skips_holidays=True,
    )

    assert on_wall(shared(times, date(2026, 12, 24), 3, date(2026, 12, 25))) == [
        "12-26 08:00 to 12-26 18:00"
    ]


def test_a_blackout_is_taken_out_to_the_minute_and_without_a_buffer() -> None:
    times = OfferTimes(
        (week(time(8), time(18)),), blackouts=(span("2026-06-01 12:00", "2026-06-02 09:01"),)
    )

    assert on_wall(shared(times, date(2026, 6, 1), 2)) == [
        "06-01 08:00 to 06-01 12:00",
        "06-02 09:01 to 06-02 18:00",
    ]


def test_a_blackout_that_the_clocks_skip_takes_nothing_out() -> None:
    all_day = OfferTimes((week(time(), time()),))
    black = replace(all_day, blackouts=(span("2026-03-29 02:30", "2026-03-29 03:10"),))

    assert shared(black, date(2026, 3, 29)) == shared(all_day, date(2026, 3, 29))


def test_a_window_on_the_last_sunday_of_each_month_follows_both_clocks() -> None:
    window = SharedWindow(span("2026-01-25 10:00", "2026-01-25 12:00"), "FREQ=MONTHLY;BYDAY=-1SU")

    found = shared(window, date(2026, 3, 1), 61) + shared(window, date(2026, 10, 1), 31)

    assert [window.from_.isoformat() for window in found] == [
        "2026-03-29T08:00:00+00:00",
        "2026-04-26T08:00:00+00:00",
        "2026-10-25T09:00:00+00:00",
    ]


ALLOWED = {
    ("draft", "handed-in"): "awaiting-proof",
    ("draft", "withdrawn"): "withdrawn",
    ("awaiting-proof", "proof-accepted"): "approved",
    ("awaiting-proof", "proof-refused"): "draft",
    ("awaiting-proof", "withdrawn"): "withdrawn",
    ("approved", "paused"): "paused",
    ("approved", "withdrawn"): "withdrawn",
    ("paused", "resumed"): "approved",
    ("paused", "withdrawn"): "withdrawn",
}
"""Written again from parking.md: the database keeps these words, so they never change."""


@pytest.mark.parametrize(("state", "event"), list(product(OfferState, OfferEvent)))
def test_an_offer_moves_on_as_written_and_never_past_its_proof(
    state: OfferState, event: OfferEvent
) -> None:
    after = OFFER_TRANSITIONS.get((state, event))

    assert (after.value if after else None) == ALLOWED.get((state.value, event.value))
