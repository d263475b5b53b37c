"""What is idle of a space is what is left of its offered time, to the minute."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.space import free_gaps
from kiosk.domain.time import Window
from tests.domain.examples import MINUTE, minutes, some_windows


@given(some_windows(), some_windows(), some_windows(), st.integers(0, 20))
def test_idle_is_offered_not_closed_and_not_within_the_buffer_of_any_commitment(
    offered: list[Window], committed: list[Window], closed: list[Window], buffer_minutes: int
) -> None:
    gaps = free_gaps(
        offered=offered, committed=committed, closed=closed, buffer=buffer_minutes * MINUTE
    )

    is_idle = {
        minute
        for minute in range(-20, 120)
        if any(window.covers(minutes(minute, minute + 1)) for window in offered)
        and not any(
            window.overlaps(minutes(minute - buffer_minutes, minute + 1 + buffer_minutes))
            for window in committed
        )
        and not any(window.overlaps(minutes(minute, minute + 1)) for window in closed)
    }
    assert is_idle == {
        minute
        for minute in range(-20, 120)
        if any(gap.covers(minutes(minute, minute + 1)) for gap in gaps)
    }
