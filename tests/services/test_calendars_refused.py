"""What of a calendar cannot be kept is refused in words; what is hostile has a bound."""

from __future__ import annotations

import pytest

from kiosk.services import limits
from kiosk.services.calendars.read import read_calendar
from kiosk.services.published_records import CannotSay, Refusal
from tests.services.calendar_texts import BERLIN, MORNING, TODAY, calendar, read, why, windows

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
            "DTSTART;TZID=Europe:20260601T080000|DURATION:PT1H",
            "is in the time zone «Europe», which is not known here",
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
