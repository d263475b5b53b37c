"""Until when a space can be had: never beyond what could be reserved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.site import Rules
from kiosk.domain.time import Window
from kiosk.services.windows import leave_by
from tests.db.conftest import NOON

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
RULES = replace(Rules(), longest_stay=DAY, booking_ahead=60 * DAY)


@pytest.mark.parametrize(
    ("idle_for", "starts_in", "longest", "leaves_in"),
    [
        (5 * HOUR, HOUR, None, 5 * HOUR),
        (90 * DAY, HOUR, None, HOUR + DAY),
        (90 * DAY, HOUR, 3 * HOUR, 4 * HOUR),
        (90 * DAY, HOUR, 2 * DAY, HOUR + DAY),
        (90 * DAY, 60 * DAY - HOUR, None, 60 * DAY),
    ],
)
def test_leave_by_ends_with_the_first_thing_that_ends(
    idle_for: timedelta, starts_in: timedelta, longest: timedelta | None, leaves_in: timedelta
) -> None:
    gap = Window(NOON, NOON + idle_for)

    until = leave_by(RULES, gap, from_=NOON + starts_in, longest=longest, now=NOON)

    assert until - NOON == leaves_in
