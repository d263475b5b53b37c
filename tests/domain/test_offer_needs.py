"""A window's own exceptions, and what the owner needs again and again (an owner's calendar)."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

from kiosk.domain.offer import LocalSpan, OfferTimes, SharedWindow, offer_problems
from tests.domain.test_offer import on_wall, once, shared, span, week

MONDAY = date(2026, 6, 1)
NOON = span("2026-06-01 12:00", "2026-06-01 13:00")


def test_a_day_that_one_window_leaves_out_is_shared_by_the_others() -> None:
    mornings = span("2026-06-01 08:00", "2026-06-01 10:00")
    left_out = SharedWindow(mornings, "FREQ=DAILY", frozenset({MONDAY}))

    found = shared(OfferTimes((left_out, once("2026-06-01 09:00", "2026-06-01 11:00"))), MONDAY, 2)

    assert on_wall(found) == ["06-01 09:00 to 06-01 11:00", "06-02 08:00 to 06-02 10:00"]


def test_what_the_owner_needs_is_taken_out_again_and_again_but_for_its_own_exceptions() -> None:
    need = SharedWindow(NOON, "FREQ=DAILY;COUNT=3", frozenset({date(2026, 6, 2)}))
    times = OfferTimes((week(time(11), time(14)),), needed=(need,))

    assert on_wall(shared(times, MONDAY, 3)) == [
        "06-01 11:00 to 06-01 12:00",
        "06-01 13:00 to 06-01 14:00",
        "06-02 11:00 to 06-02 14:00",
        "06-03 11:00 to 06-03 12:00",
        "06-03 13:00 to 06-03 14:00",
    ]


def test_days_without_a_window_and_holidays_are_no_days_without_a_need() -> None:
    times = OfferTimes(
        (once("2026-06-01 08:00", "2026-06-03 08:00"),),
        except_days=frozenset({date(2026, 6, 2)}),
        needed=(SharedWindow(NOON, "FREQ=DAILY"),),
        skips_holidays=True,
    )

    assert on_wall(shared(times, date(2026, 6, 2), 1, date(2026, 6, 2))) == [
        "06-02 00:00 to 06-02 12:00",
        "06-02 13:00 to 06-03 00:00",
    ]


def test_a_need_is_checked_as_a_window_is() -> None:
    turned = LocalSpan(NOON.ends, NOON.starts)
    needed = (SharedWindow(turned), SharedWindow(NOON, "FREQ=HOURLY"))

    problems = offer_problems(
        OfferTimes((week(time(8), time(18)),), needed=needed),
        zone=ZoneInfo("Europe/Berlin"),
        today=MONDAY,
    )

    assert problems == (
        "need 1: ends 2026-06-01 12:00, before it starts 2026-06-01 13:00",
        "need 2: repeats by HOURLY: should be daily, weekly, monthly or yearly",
    )
