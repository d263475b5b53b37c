"""An owner's calendar is taken to the minute, or refused with the event and the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.offer import OfferTimes, SharedWindow, shared_time, weekly
from kiosk.domain.time import Window
from kiosk.services.calendars.events import Kind
from kiosk.services.calendars.read import times_with
from kiosk.services.published_records import Refusal
from tests.services.calendar_texts import (
    BERLIN,
    MORNING,
    TODAY,
    read,
    sample,
    shown,
    windows,
)

SHARED = OfferTimes((weekly(range(7), from_local=time(8), until_local=time(18), first_day=TODAY),))


# What programs write -------------------------------------------------------------------------


def test_a_calendar_of_google_is_shared_time() -> None:
    found = sample("google")

    assert windows(found) == [
        (
            "06-01 17:30 to 06-02 08:00, FREQ=WEEKLY;UNTIL=20261231;WKST=MO;BYDAY=MO,TU,WE,TH, "
            "not 06-03, not 06-09"
        ),
        "06-09 19:00 to 06-10 07:00",
        "06-06 00:00 to 06-08 00:00",
        "06-13 08:00 to 06-13 22:00",
    ]
    assert found.left_out == (
        Refusal("«Saturday after next» (not-any-more@google.com)", "is cancelled"),
        Refusal("«Last year» (last-year@google.com)", "is over, or all of it is left out"),
    )


def test_a_calendar_of_outlook_is_time_that_its_owner_needs() -> None:
    found = sample("outlook", busy=True)

    assert windows(found) == [
        "06-02 08:00 to 06-02 12:00, FREQ=WEEKLY;INTERVAL=2;COUNT=20;BYDAY=TU, not 06-30",
        "06-30 14:00 to 07-01 18:00",
    ]
    assert {taken.kind for taken in found.taken} == {Kind.NEED}
    assert [each.reason for each in found.left_out] == ["is marked as free"]


def test_a_calendar_of_nextcloud_in_another_zone_is_brought_to_the_clock_of_the_site() -> None:
    found = sample("nextcloud")

    assert windows(found) == [
        "06-06 00:30 to 06-06 09:30, FREQ=WEEKLY;WKST=TU;BYDAY=SA, not 06-13",
        "06-10 08:00 to 06-10 18:00",
        "06-17 08:00 to 06-17 18:00",
        "06-24 08:00 to 06-24 18:00",
        "07-01 08:00 to 07-01 10:00",
        "07-02 08:00 to 07-02 09:30",
    ]
    assert found.left_out == (Refusal("1 VTODO", "is no event"),)


# When an event is ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "window"),
    [
        (MORNING, "06-01 08:00 to 06-01 10:00"),
        ("DTSTART:20260601T060000Z|DTEND:20260601T080000Z", "06-01 08:00 to 06-01 10:00"),
        ("DTSTART:20260601T220000|DURATION:PT10H", "06-01 22:00 to 06-02 08:00"),
        ("DTSTART:20260601T220000|DURATION:P1DT30M", "06-01 22:00 to 06-02 22:30"),
        ("DTSTART;VALUE=DATE:20260601", "06-01 00:00 to 06-02 00:00"),
        ("DTSTART;VALUE=DATE:20260601|DURATION:P1W", "06-01 00:00 to 06-08 00:00"),
        ("DTSTART;VALUE=DATE:20260601|DTEND:20260603", "06-01 00:00 to 06-03 00:00"),
        (
            "DTSTART;TZID=America/New_York:20260601T080000|DTEND:20260601T140000Z",
            "06-01 14:00 to 06-01 16:00",
        ),
        (
            (
                "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/London:20260601T080000"
                "|DURATION:PT1H"
            ),
            "06-01 09:00 to 06-01 10:00",
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20261025T010000|DURATION:PT3H",
            "10-25 01:00 to 10-25 03:00",
        ),
        ("DTSTART:20261024T080000|DURATION:P2D", "10-24 08:00 to 10-26 08:00"),
    ],
)
def test_an_event_is_where_its_clock_says(event: str, window: str) -> None:
    assert windows(read(event)) == [window]


@pytest.mark.parametrize(
    ("event", "rule"),
    [
        (f"{MORNING}|RRULE:FREQ=DAILY", "FREQ=DAILY"),
        (f"{MORNING}|RRULE:BYDAY=MO;FREQ=WEEKLY;", "FREQ=WEEKLY;BYDAY=MO"),
        (f"{MORNING}|RRULE:FREQ=DAILY;UNTIL=20260901", "FREQ=DAILY;UNTIL=20260901"),
        (
            f"{MORNING}|RRULE:FREQ=DAILY;UNTIL=20260901T060000Z",
            "FREQ=DAILY;UNTIL=20260901T080000",
        ),
        (f"{MORNING}|RRULE:FREQ=DAILY;UNTIL=20260831T215959Z", "FREQ=DAILY;UNTIL=20260831"),
    ],
)
def test_a_rule_is_kept_by_the_clock_of_the_site(event: str, rule: str) -> None:
    assert windows(read(event)) == [f"06-01 08:00 to 06-01 10:00, {rule}"]


def test_a_day_of_the_week_in_a_zone_far_away_is_the_next_one_here() -> None:
    event = (
        "DTSTART;TZID=America/New_York:20260605T200000|DTEND;TZID=America/New_York:20260605T230000"
        "|RRULE:FREQ=WEEKLY;BYDAY=FR,SU;UNTIL=20260901T000000Z|EXDATE:20260608T000000Z"
    )

    assert windows(read(event)) == [
        (
            "06-06 02:00 to 06-06 05:00, FREQ=WEEKLY;UNTIL=20260901T020000;WKST=TU;BYDAY=SA,MO, "
            "not 06-08"
        )
    ]


def test_occurrences_of_another_zone_are_the_same_instants_here() -> None:
    event = (
        "DTSTART;TZID=Europe/London:20260302T233000|DTEND;TZID=Europe/London:20260303T060000"
        "|RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU"
    )
    (window,) = [taken.window for taken in read(event, today=date(2026, 3, 1)).taken]
    rule = SharedWindow(
        weekly([0, 2, 6], from_local=time(23, 30), until_local=time(6), first_day=TODAY).span,
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU",
    )
    first = replace(
        rule.span,
        starts=datetime.fromisoformat("2026-03-02T23:30"),
        ends=datetime.fromisoformat("2026-03-03T06:00"),
    )
    year = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC))

    def shared(each: SharedWindow, zone: str) -> tuple[Window, ...]:
        times = OfferTimes((each,))
        return shared_time(times, zone=ZoneInfo(zone), holidays=frozenset(), span=year)

    assert shared(window, "Europe/Berlin") == shared(replace(rule, span=first), "Europe/London")


# What is left out of a series ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("left_out", "days"),
    [
        ("EXDATE:20260602T080000,20260603T080000", ", not 06-02, not 06-03"),
        ("EXDATE:20260602T080000|EXDATE;VALUE=DATE:20260604", ", not 06-02, not 06-04"),
        ("EXDATE:20260602T060000Z", ", not 06-02"),
        ("EXDATE;TZID=America/New_York:20260602T020000", ", not 06-02"),
        ("EXDATE;X-SHAREDPARK=ALL:20260602T080000", ", not 06-02"),
        ("EXDATE:20260602T090000", ""),
    ],
)
def test_occurrences_that_do_not_come_are_left_out(left_out: str, days: str) -> None:
    found = read(f"{MORNING}|RRULE:FREQ=DAILY|{left_out}")

    assert windows(found) == [f"06-01 08:00 to 06-01 10:00, FREQ=DAILY{days}"]


def test_an_occurrence_that_was_cancelled_alone_is_left_out() -> None:
    found = read(
        f"UID:a|{MORNING}|RRULE:FREQ=DAILY",
        "UID:a|RECURRENCE-ID:20260602T060000Z|STATUS:CANCELLED"
        "|DTSTART:20260602T080000|DTEND:20260602T100000",
    )

    assert windows(found) == ["06-01 08:00 to 06-01 10:00, FREQ=DAILY, not 06-02"]


def test_a_date_beside_the_series_can_be_left_out_and_replaced_as_well() -> None:
    found = read(
        f"UID:a|{MORNING}|RDATE:20260603T080000,20260604T080000,20260605T080000"
        "|EXDATE:20260603T080000",
        "UID:a|RECURRENCE-ID:20260604T080000|DTSTART:20260604T120000|DTEND:20260604T130000",
    )

    assert windows(found) == [
        "06-01 08:00 to 06-01 10:00",
        "06-05 08:00 to 06-05 10:00",
        "06-04 12:00 to 06-04 13:00",
    ]


def test_an_occurrence_in_the_hour_that_is_skipped_can_be_left_out() -> None:
    found = read(
        "DTSTART;TZID=Europe/Berlin:20260601T023000|DURATION:PT3H|RRULE:FREQ=DAILY"
        "|EXDATE;TZID=Europe/Berlin:20270328T023000"
    )

    assert windows(found) == ["06-01 02:30 to 06-01 05:30, FREQ=DAILY, not 03-28"]


def test_a_further_date_is_as_long_as_the_event_whatever_zones_it_names() -> None:
    found = read(
        "DTSTART;TZID=Europe/London:20260601T080000|DTEND:20260601T080000Z"
        "|RDATE;TZID=Europe/London:20260602T080000"
    )

    assert windows(found) == ["06-01 09:00 to 06-01 10:00", "06-02 09:00 to 06-02 10:00"]


def test_a_first_occurrence_that_is_named_twice_is_shared_once() -> None:
    assert windows(read(f"{MORNING}|RDATE:20260601T080000")) == ["06-01 08:00 to 06-01 10:00"]


def test_a_series_that_is_cancelled_takes_its_changed_occurrences_along() -> None:
    found = read(
        f"UID:a|{MORNING}|RRULE:FREQ=DAILY|STATUS:CANCELLED",
        "UID:a|RECURRENCE-ID:20260602T080000|DTSTART:20260602T120000|DTEND:20260602T130000",
    )

    assert (windows(found), len(found.left_out)) == ([], 2)


# What is over --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART:20260531T080000|DTEND:20260601T000000",
        "DTSTART:20250101T080000|DTEND:20250101T090000|RRULE:FREQ=DAILY;UNTIL=20260531",
        "DTSTART:20260530T220000|DTEND:20260531T000000|RRULE:FREQ=DAILY;COUNT=2",
        "DTSTART:20250101T080000|DTEND:20250101T090000|RRULE:FREQ=DAILY;COUNT=9",
        "DTSTART:19800101T080000|DTEND:19800101T090000|RRULE:FREQ=DAILY;UNTIL=19800201",
    ],
)
def test_what_has_ended_before_today_is_left_out(event: str) -> None:
    found = read(event)

    assert windows(found) == []
    assert [each.reason for each in found.left_out] == ["is over, or all of it is left out"]


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART:20260531T080000|DTEND:20260601T000100",
        "DTSTART:20260531T220000|DTEND:20260601T060000|RRULE:FREQ=DAILY;COUNT=1",
    ],
)
def test_what_lasts_until_today_is_taken(event: str) -> None:
    assert len(windows(read(event))) == 1


@pytest.mark.parametrize(
    ("starts", "rule", "kept"),
    [
        ("20240226", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("20240223", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("20240229", "FREQ=DAILY;INTERVAL=3;COUNT=400", "FREQ=DAILY;INTERVAL=3;UNTIL="),
        ("20240229", "FREQ=YEARLY;INTERVAL=4", "FREQ=YEARLY;INTERVAL=4"),
    ],
)
def test_an_old_series_goes_on_from_a_year_ago_in_the_same_step(
    starts: str, rule: str, kept: str
) -> None:
    event = f"DTSTART:{starts}T080000|DTEND:{starts}T090000|RRULE:{rule}"

    (old,) = [taken.window for taken in read(event, today=date(2024, 1, 1)).taken]
    (new,) = [taken.window for taken in read(event).taken]

    def shared(window: SharedWindow) -> tuple[Window, ...]:
        ahead = Window(datetime(2026, 6, 1, tzinfo=UTC), datetime(2028, 6, 1, tzinfo=UTC))
        return shared_time(OfferTimes((window,)), zone=BERLIN, holidays=frozenset(), span=ahead)

    assert shared(new) == shared(old) != ()
    assert new.repeats is not None
    assert new.repeats.startswith(kept)
    assert new.span.starts.year in {2025, 2028}


# Taking a calendar over ----------------------------------------------------------------------


def test_shared_time_takes_the_place_of_the_windows_and_of_nothing_else() -> None:
    black = weekly([0], from_local=time(9), until_local=time(10), first_day=TODAY).span
    over = replace(black, starts=datetime.fromisoformat("2026-05-01T09:00"),
                   ends=datetime.fromisoformat("2026-05-01T10:00"))  # fmt: skip
    before = replace(
        SHARED,
        except_days=frozenset({TODAY}),
        blackouts=(over, black),
        needed=(SharedWindow(black),),
        skips_holidays=True,
    )

    after = times_with(read(MORNING), before, is_busy=False, today=TODAY)

    assert [shown(window) for window in after.windows] == ["06-01 08:00 to 06-01 10:00"]
    assert after == replace(before, windows=after.windows, blackouts=(black,))


def test_busy_time_takes_the_place_of_what_was_needed_before() -> None:
    need = f"{MORNING}|RRULE:FREQ=DAILY"

    first = times_with(read(need, busy=True), SHARED, is_busy=True, today=TODAY)
    second = times_with(read(MORNING, busy=True), first, is_busy=True, today=TODAY)
    third = times_with(read(busy=True), second, is_busy=True, today=TODAY)

    assert [len(each.needed) for each in (first, second, third)] == [1, 1, 0]
    assert second.needed[0].repeats is None
    assert third == SHARED


def test_blackouts_and_needs_of_our_own_calendars_come_with_the_windows() -> None:
    need = f"{MORNING}|X-SHAREDPARK-KIND:NEED"
    black = "DTSTART:20260603T080000|DTEND:20260603T100000|X-SHAREDPARK-KIND:BLACKOUT"
    again = "DTSTART:20260604T080000|DTEND:20260604T100000|X-SHAREDPARK-KIND:BLACKOUT"
    found = read("DTSTART:20260605T080000|DURATION:PT1H", need, black, f"{again}|RRULE:FREQ=DAILY")
    before = replace(SHARED, needed=SHARED.windows)

    after = times_with(found, before, is_busy=False, today=TODAY)

    assert [f"{span.starts:%m-%d %H:%M}" for span in after.blackouts] == ["06-03 08:00"]
    assert [shown(window) for window in (*after.windows, *after.needed)] == [
        "06-05 08:00 to 06-05 09:00",
        "06-01 08:00 to 06-01 10:00",
        "06-04 08:00 to 06-04 10:00, FREQ=DAILY",
    ]


def test_events_without_a_uid_stand_alone() -> None:
    found = read(f"UID:|SUMMARY:One|{MORNING}", "UID:|DTSTART:20260602T080000|DURATION:PT1H")

    assert [taken.what for taken in found.taken] == [
        "«One»",
        "an event without title and UID",
    ]


def test_what_was_taken_is_named_with_its_event_in_order() -> None:
    found = read(f"UID:a|{MORNING}", "UID:b|DTSTART:20260602T080000|DURATION:PT1H")

    assert [taken.what for taken in found.taken] == ["a", "b"]
    assert all(one.window != two.window for one, two in pairwise(found.taken))
