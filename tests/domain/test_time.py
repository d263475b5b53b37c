"""Windows are half-open, and what is merged or cut out is right to the minute."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.time import Window, from_epoch, merged, started_minutes, to_epoch, without
from tests.domain.examples import MINUTE, NOON, after, minutes, some_windows


def inside(windows: Iterable[Window]) -> set[int]:
    """The oracle: which minutes after NOON lie in any of the windows."""
    listed = list(windows)
    return {
        minute
        for minute in range(100)
        if any(window.from_ <= after(minute) < window.until for window in listed)
    }


def are_apart_and_in_order(windows: Iterable[Window]) -> bool:
    return all(first.until < second.from_ for first, second in pairwise(windows))


@given(some_windows())
def test_merging_keeps_every_minute_and_adds_none(windows: list[Window]) -> None:
    result = merged(windows)

    assert inside(result) == inside(windows)
    assert are_apart_and_in_order(result)


@given(some_windows(), some_windows())
def test_cutting_out_leaves_every_other_minute(windows: list[Window], taken: list[Window]) -> None:
    result = without(windows, taken)

    assert inside(result) == inside(windows) - inside(taken)
    assert are_apart_and_in_order(result)


def test_windows_that_touch_become_one() -> None:
    assert merged([minutes(30, 60), minutes(0, 30)]) == (minutes(0, 60),)


def test_windows_that_touch_do_not_overlap() -> None:
    assert not minutes(0, 30).overlaps(minutes(30, 60))
    assert not minutes(30, 60).overlaps(minutes(0, 30))
    assert minutes(0, 31).overlaps(minutes(30, 60))


def test_a_window_covers_itself_and_nothing_longer() -> None:
    assert minutes(0, 30).covers(minutes(0, 30))
    assert not minutes(0, 30).covers(minutes(0, 31))
    assert not minutes(1, 30).covers(minutes(0, 30))


def test_a_margin_goes_on_both_sides() -> None:
    assert minutes(10, 20).widened(5 * MINUTE) == minutes(5, 25)


def test_what_of_a_window_lies_in_another_is_what_both_have() -> None:
    assert minutes(0, 30).inside(minutes(10, 60)) == minutes(10, 30)
    assert minutes(0, 30).inside(minutes(10, 20)) == minutes(10, 20)
    assert minutes(0, 30).inside(minutes(30, 60)) is None


def test_a_window_lasts_from_its_start_to_its_end() -> None:
    assert minutes(10, 25).duration == 15 * MINUTE


@pytest.mark.parametrize("last", [0, -1])
def test_a_window_is_never_empty(last: int) -> None:
    with pytest.raises(AssertionError, match="ends after it starts"):
        minutes(0, last)


def test_a_window_needs_time_zones() -> None:
    naive = datetime(2026, 6, 1, 13)  # noqa: DTZ001 - this is what is refused

    with pytest.raises(AssertionError):
        Window(naive, after(60))
    with pytest.raises(AssertionError):
        Window(NOON, naive)
    with pytest.raises(AssertionError, match="time zone"):
        to_epoch(naive)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - the zone is named beside
def test_storage_keeps_every_whole_second(instant: datetime) -> None:
    whole = instant.replace(microsecond=0)

    assert from_epoch(to_epoch(whole)) == whole


@pytest.mark.parametrize(("seconds", "minutes"), [(-1, 0), (0, 0), (1, 1), (60, 1), (61, 2)])
def test_a_started_minute_counts(seconds: int, minutes: int) -> None:
    assert started_minutes(timedelta(seconds=seconds)) == minutes
