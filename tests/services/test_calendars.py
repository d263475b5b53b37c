"""An owner's calendar is taken to the minute, or refused with the event and the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.offer import OfferTimes, SharedWindow, shared_time, weekly
from kiosk.domain.time import Window
from kiosk.services import limits
from kiosk.services.calendars.events import Kind
from kiosk.services.calendars.read import read_calendar, times_with
from kiosk.services.published_records import CannotSay, Refusal
from tests.services.calendar_texts import (
    BERLIN,
    TODAY,
    calendar,
    read,
    sample,
    shown,
    why,
    windows,
)

MORNING = "DTSTART:20260601T080000|DTEND:20260601T100000"
"""A Monday, eight to ten by the clock of the site."""
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
    ("rule", "kept"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=DAILY;INTERVAL=3;COUNT=4000", "FREQ=DAILY;INTERVAL=3;UNTIL="),
        ("FREQ=YEARLY;INTERVAL=4", "FREQ=YEARLY;INTERVAL=4"),
    ],
)
def test_an_old_series_goes_on_from_a_year_ago_in_the_same_step(rule: str, kept: str) -> None:
    starts = "20160226" if "-1FR" in rule else "20160229"
    event = f"DTSTART:{starts}T080000|DTEND:{starts}T090000|RRULE:{rule}"

    (old,) = [taken.window for taken in read(event, today=date(2016, 1, 1)).taken]
    (new,) = [taken.window for taken in read(event).taken]

    def shared(window: SharedWindow) -> tuple[Window, ...]:
        ahead = Window(datetime(2026, 6, 1, tzinfo=UTC), datetime(2032, 6, 1, tzinfo=UTC))
        return shared_time(OfferTimes((window,)), zone=BERLIN, holidays=frozenset(), span=ahead)

    assert shared(new) == shared(old) != ()
    assert new.repeats is not None
    assert new.repeats.startswith(kept)
    assert new.span.starts.year in {2025, 2028}


# What cannot be kept -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ("SUMMARY:X", "has no DTSTART"),
        ("DTSTART:20260601T080000", "has no end: neither DTEND nor DURATION"),
        (
            "DTSTART:20260601T080000|DTEND:20260601T080000",
            "ends 2026-06-01 08:00, before it starts 2026-06-01 08:00",
        ),
        (
            "DTSTART:20260601T080000|DTEND:20260601T070000|RRULE:FREQ=DAILY",
            "ends 2026-06-01 07:00, before it starts 2026-06-01 08:00",
        ),
        (
            "DTSTART:20260601T080000|DURATION:-PT1H",
            "ends 2026-06-01 07:00, before it starts 2026-06-01 08:00",
        ),
        (f"{MORNING}|DURATION:PT1H", "has both DTEND and DURATION"),
        (f"{MORNING}|DTEND:20260601T110000", "says DTEND 2 times"),
        (
            "DTSTART:20260601T080000|DTEND;VALUE=DATE:20260602",
            "begins on a day and ends at a time, or the other way round",
        ),
        ("DTSTART:yesterday|DTEND:20260601T100000", "«yesterday» is no date and no time"),
        (
            "DTSTART:20260631T080000|DTEND:20260701T100000",
            "«20260631T080000» is no date and no time: day is out of range for month",
        ),
        (
            "DTSTART:16010101T080000|DTEND:16010101T090000",
            "«16010101T080000» should lie between 1970 and 2999",
        ),
        ("DTSTART:20260601T080000|DURATION:soon", "«soon» is no length of time"),
        (
            "DTSTART:20260601T080000|DURATION:P99999999999D",
            "«P99999999999D» is no length of time",
        ),
        (
            "DTSTART;VALUE=DATE:20260601|DURATION:PT8H",
            "lasts «PT8H», but begins on a day and not at a time",
        ),
        (
            "DTSTART;TZID=Customized Time Zone:20260601T080000|DURATION:PT1H",
            "is in the time zone «Customized Time Zone», which is not known here",
        ),
        (
            "DTSTART;TZID=../../etc/passwd:20260601T080000|DURATION:PT1H",
            "is in the time zone «../../etc/passwd», which is not known here",
        ),
        ("DTSTART:20260601T080030|DURATION:PT1H", "should begin and end with a whole minute"),
        (
            "DTSTART:20260329T023000|DURATION:PT5H|RRULE:FREQ=DAILY",
            "2026-03-29 02:30 does not exist: the clocks are put forward over it",
        ),
        (
            "DTSTART:20261025T010000Z|DTEND:20261025T043000Z",
            ("lasts from 2026-10-25 02:00 to 2026-10-25 05:30, where the clocks show an hour "
            "twice; only its first time can be meant here"),
        ),
        (
            f"{MORNING}|RRULE:FREQ=HOURLY",
            "repeats by HOURLY: should be daily, weekly, monthly or yearly",
        ),
        (f"{MORNING}|RRULE:FREQ=DAILY;FREQ=DAILY", "repeats by a rule that names a part twice"),
        (f"{MORNING}|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never happens"),
        (f"{MORNING}|RRULE:FREQ=DAILY|RRULE:FREQ=WEEKLY", "says RRULE 2 times"),
        (
            f"{MORNING}|RRULE:FREQ=DAILY;UNTIL=20269999T000000Z",
            "ends «20269999T000000Z», which is no time",
        ),
        (
            f"{MORNING}|RRULE:FREQ=WEEKLY;BYDAY=TU",
            ("begins 2026-06-01 08:00, when its rule FREQ=WEEKLY;BYDAY=TU does not come: what "
            "that means is not defined"),
        ),
        (
            f"{MORNING}|RRULE:FREQ=DAILY|EXRULE:FREQ=WEEKLY",
            "leaves days out by a rule (EXRULE), which is not known here",
        ),
        (
            "DTSTART:20260601T080000|DTEND:20260602T090000|RRULE:FREQ=DAILY",
            "is longer than the time after which it repeats",
        ),
        (
            "DTSTART;VALUE=DATE:20260601|DTEND;VALUE=DATE:20280601|RRULE:FREQ=YEARLY",
            "is longer than 366 days",
        ),
        (
            "DTSTART:20260601T060000Z|DTEND:20260601T080000Z|RRULE:FREQ=DAILY",
            ("repeats by the clock of UTC, which does not always keep step with that of "
            "Europe/Berlin"),
        ),
        (
            "DTSTART;TZID=America/New_York:20260601T080000|DURATION:PT1H|RRULE:FREQ=DAILY",
            ("repeats by the clock of America/New_York, which does not always keep step with "
            "that of Europe/Berlin"),
        ),
        (
            "DTSTART;TZID=Europe/London:20260601T233000|DURATION:PT1H|RRULE:FREQ=MONTHLY",
            "repeats by the months of another time zone, on other days than here",
        ),
        (
            ("DTSTART;TZID=Europe/London:20260601T233000|DURATION:PT1H"
            "|RRULE:FREQ=DAILY;BYMONTH=6"),
            "repeats in months of another time zone, which end on other days",
        ),
        (f"{MORNING}|RDATE;VALUE=DATE:20260603", ("has the occurrence «20260603»: a day beside "
         "times")),
        (
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20260602T080000|" + MORNING,
            "changes all later occurrences (RANGE): save it as a series of its own",
        ),
        (
            f"RECURRENCE-ID:20260602T080000|{MORNING}|RRULE:FREQ=DAILY",
            "repeats, though it stands for one occurrence of another event",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_exactly_is_refused_with_its_name(event: str, reason: str) -> None:
    found = read(event + "|UID:u-1", "UID:good|DTSTART:20260701T080000|DURATION:PT1H")

    assert [each.reason for each in found.refused] == [reason]
    assert found.refused[0].what in {"u-1", "«X» (u-1)"}


def test_two_times_that_lie_upon_one_another_are_refused_with_both_names() -> None:
    found = read(
        f"SUMMARY:Mornings|UID:a|{MORNING}|RRULE:FREQ=DAILY",
        "SUMMARY:Once|UID:b|DTSTART:20260603T090000|DTEND:20260603T110000",
    )

    assert why(found) == ["the calendar: «Mornings» (a) and «Once» (b) overlap on 2026-06-03"]


def test_two_times_that_the_owner_needs_may_lie_upon_one_another() -> None:
    assert len(windows(read(MORNING, MORNING, busy=True))) == 2


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        (("UID:a|" + MORNING,) * 2, "a: stands in the calendar 2 times with the same UID"),
        (
            ("UID:a|RECURRENCE-ID:20260602T080000|" + MORNING,) * 2,
            "a: stands twice for the same occurrence of its series",
        ),
    ],
)
def test_an_event_that_stands_there_twice_is_refused(events: tuple[str, ...], reason: str) -> None:
    assert why(read(*events)) == [reason]


def test_nothing_can_be_had_of_a_calendar_while_an_event_of_it_is_refused() -> None:
    with pytest.raises(AssertionError, match="half imported"):
        read(MORNING, "SUMMARY:X").times()


# Hostile files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is no calendar: it is empty"),
        (b"PNG\r\n\x00\x00", "«PNG» is not a line of a calendar"),
        (b"SUMMARY:X\r\n", "is no calendar: it should begin with BEGIN:VCALENDAR"),
        (b"BEGIN:VEVENT\r\n", "is no calendar: it should begin with BEGIN:VCALENDAR"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "breaks off in the middle of VEVENT"),
        (
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
            "has «END:VCALENDAR» in the middle of VEVENT",
        ),
        (
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nBEGIN:VEVENT\r\n",
            "has VEVENT in the middle of VEVENT",
        ),
        (
            b"BEGIN:VCALENDAR\r\nBEGIN:VCALENDAR\r\n",
            "has VCALENDAR in the middle of VCALENDAR",
        ),
        (
            b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X-DEEP\r\n" * 9,
            "has parts in one another, deeper than 8",
        ),
        (b"BEGIN:VCALENDAR\r\nBEGIN:\x1b[2J\r\n", "«BEGIN: [2J» is not a line of a calendar"),
        (
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID:20260601\r\n",
            "«DTSTART;TZID:20260601» is not a line of a calendar",
        ),
        (b"BEGIN:VCALENDAR\r\nSUMMARY:\xff", "line 2: is not UTF-8; save the calendar as UTF-8"),
        (b"x" * (limits.CALENDAR_LONGEST_BYTES + 1), "is larger than 5,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_whole(raw: bytes, reason: str) -> None:
    with pytest.raises(CannotSay) as refused:
        read_calendar(raw, zone=BERLIN, today=TODAY)

    assert str(refused.value) == reason


def test_more_events_than_the_limit_are_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CALENDAR_MOST_EVENTS", 3)

    assert len(read(*[MORNING] * 3, busy=True).taken) == 3
    with pytest.raises(CannotSay, match="has more than 3 events"):
        read(*[MORNING] * 4, busy=True)


def test_more_rules_than_the_limit_are_refused_before_one_is_read() -> None:
    raw = calendar(*[f"{MORNING}|RRULE:FREQ=DAILY;BYSETPOS=2"] * 201)

    with pytest.raises(CannotSay, match="has 201 events that repeat; 200 are read at most"):
        read_calendar(raw, zone=BERLIN, today=TODAY)


def test_after_fifty_refusals_the_rest_is_not_read() -> None:
    found = read(*[f"{MORNING}|RRULE:FREQ=HOURLY"] * 60)

    assert len(found.refused) == 51
    assert found.refused[-1] == Refusal("the calendar", "was not read to its end")


def test_an_offer_is_not_made_of_more_windows_than_it_may_have() -> None:
    dates = ",".join(f"2026{month:02}{day:02}" for month in range(6, 13) for day in range(1, 29))
    many = ",".join(f"{each}T{hour:02}0000" for each in dates.split(",") for hour in range(8, 14))
    event = f"DTSTART:20260601T080000|DTEND:20260601T083000|RDATE:{many}"
    rules = [f"{MORNING}|RRULE:FREQ=DAILY"] * 61

    assert why(read(event)) == ["the calendar: has 1176 windows; an offer has 1000 at most"]
    assert why(read(*rules, busy=True)) == [
        "the calendar: has 61 windows that repeat; an offer has 60 at most"
    ]


def test_names_are_shown_without_signs_that_move_a_cursor() -> None:
    found = read("SUMMARY:a\x1b[2Jb\\, c|UID:u\x07|DTSTART:never")

    assert found.refused[0].what == "«a [2Jb, c» (u )"


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


def test_what_was_taken_is_named_with_its_event_in_order() -> None:
    found = read(f"UID:a|{MORNING}", "UID:b|DTSTART:20260602T080000|DURATION:PT1H")

    assert [taken.what for taken in found.taken] == ["a", "b"]
    assert all(one.window != two.window for one, two in pairwise(found.taken))
