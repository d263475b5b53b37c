"""An offer as a calendar says the same to other programs, and is read back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from kiosk.domain.ids import ReservationId
from kiosk.domain.offer import (
    LocalSpan,
    OfferTimes,
    SharedWindow,
    offer_problems,
    shared_time,
    weekly,
)
from kiosk.domain.time import Window
from kiosk.services.calendars.read import read_calendar
from kiosk.services.calendars.write import CalendarOf, calendar_text, synchronised
from tests.services.random_times import FIRST_DAY, ZONES, shared_by_others, times

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOLIDAYS = frozenset({date(2026, 3, 29), date(2026, 12, 25)})
BERLIN = ZoneInfo("Europe/Berlin")
A05 = CalendarOf(site_number=17, label="A05", zone=BERLIN, holidays=HOLIDAYS, written_at=NOON)
NIGHTS = OfferTimes(
    (
        weekly(
            [0, 1, 2, 3], from_local=time(17, 30), until_local=time(8), first_day=date(2026, 6, 1)
        ),
    )
)
SPAN = LocalSpan(
    datetime.fromisoformat("2026-06-03T10:00"), datetime.fromisoformat("2026-06-03T12:00")
)


def check_both_readings(found: OfferTimes, zone: ZoneInfo) -> None:
    """Ours gives the same times, the other one the same shared minutes."""
    assume(not offer_problems(found, zone=zone, today=FIRST_DAY))
    of = replace(A05, zone=zone)

    raw = calendar_text(of, found)
    read = read_calendar(raw, zone=zone, today=FIRST_DAY)

    year = Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC))
    shared = shared_time(found, zone=zone, holidays=HOLIDAYS, span=year)
    assert (read.refused, read.left_out) == ((), ())
    assert read.times() == synchronised(found)
    assert shared_time(read.times(), zone=zone, holidays=HOLIDAYS, span=year) == shared
    assert shared_by_others(raw, zone=zone, span=year) == shared


@settings(max_examples=12)
@given(found=times, zone=st.sampled_from(ZONES).map(ZoneInfo))
def test_what_is_written_is_read_back_and_understood_by_others(
    found: OfferTimes, zone: ZoneInfo
) -> None:
    check_both_readings(found, zone)


@pytest.mark.parametrize("skips_holidays", [True, False])
def test_all_that_times_can_say_goes_through_a_calendar(skips_holidays: bool) -> None:
    whole = replace(
        NIGHTS,
        windows=(replace(NIGHTS.windows[0], except_days=frozenset({date(2026, 6, 8)})),),
        except_days=frozenset({date(2026, 6, 8), date(2026, 6, 9)}),
        blackouts=(SPAN, SPAN),
        needed=(SharedWindow(SPAN, "FREQ=WEEKLY;UNTIL=20261231"),),
        skips_holidays=skips_holidays,
    )

    read = read_calendar(calendar_text(A05, whole), zone=BERLIN, today=FIRST_DAY)

    assert read.times() == whole == synchronised(whole)


def test_a_dated_window_on_a_day_that_is_left_out_is_read_back_too() -> None:
    dated = OfferTimes((SharedWindow(SPAN),), except_days=frozenset({SPAN.starts.date()}))

    raw = calendar_text(A05, dated)

    span = Window(NOON, NOON + timedelta(days=9))
    assert read_calendar(raw, zone=BERLIN, today=FIRST_DAY).times() == dated
    assert shared_by_others(raw, zone=BERLIN, span=span) == ()


def test_the_same_offer_at_the_same_time_is_the_same_text() -> None:
    assert calendar_text(A05, NIGHTS) == calendar_text(A05, NIGHTS)


def test_an_event_keeps_its_uid_when_others_come_and_days_are_left_out() -> None:
    more = OfferTimes(
        (SharedWindow(SPAN), replace(NIGHTS.windows[0], except_days=HOLIDAYS)),
        except_days=frozenset({date(2026, 6, 9)}),
    )

    (uid,) = uids(calendar_text(A05, NIGHTS))
    later = uids(calendar_text(replace(A05, written_at=NOON + timedelta(days=1)), more))

    assert uid.endswith("@site-17.sharedpark")
    assert later[1] == uid != later[0]


def test_spaces_and_sites_do_not_share_uids() -> None:
    texts = [
        calendar_text(of, NIGHTS)
        for of in (A05, replace(A05, label="A06"), replace(A05, site_number=18))
    ]

    assert len({uid for text in texts for uid in uids(text)}) == 3


def test_a_rule_begins_with_an_occurrence_of_its_own_as_calendars_want_it() -> None:
    weekend = weekly([5], from_local=time(), until_local=time(), first_day=date(2026, 6, 1))

    (window,) = synchronised(OfferTimes((weekend,))).windows

    assert window.span.starts == datetime.fromisoformat("2026-06-06T00:00")
    assert synchronised(
        OfferTimes((replace(weekend, repeats="FREQ=DAILY;BYMONTH=2;UNTIL=20260101"),))
    ) == OfferTimes(())


def test_lines_are_short_and_end_as_the_standard_wants_it() -> None:
    raw = calendar_text(A05, replace(NIGHTS, skips_holidays=True))

    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert b"DTSTAMP:20260601T120000Z" in lines
    assert b"TZID:Europe/Berlin" in lines


def test_shared_time_does_not_keep_its_owner_busy_but_the_rest_does() -> None:
    whole = replace(NIGHTS, blackouts=(SPAN,), needed=(SharedWindow(SPAN),))

    events = Calendar.from_ical(calendar_text(A05, whole)).walk("VEVENT")

    assert [(str(each["SUMMARY"]), str(each["TRANSP"])) for each in events] == [
        ("A05 shared", "TRANSPARENT"),
        ("A05 not shared", "OPAQUE"),
        ("A05 needed by its owner", "OPAQUE"),
    ]


def test_reservations_are_busy_time_without_anybody_in_it() -> None:
    kept = [(ReservationId(7), Window(NOON, NOON + timedelta(hours=2)))]

    raw = calendar_text(A05, NIGHTS, kept)
    (event,) = [
        each
        for each in Calendar.from_ical(raw).walk("VEVENT")
        if each["X-SHAREDPARK-KIND"] == "RESERVATION"
    ]

    assert {name: str(event[name]) for name in ("SUMMARY", "TRANSP")} == {
        "SUMMARY": "A05 reserved",
        "TRANSP": "OPAQUE",
    }
    assert event.decoded("DTSTART") == NOON
    assert event.decoded("DTEND") == NOON + timedelta(hours=2)
    assert sorted(event) == [
        "DTEND", "DTSTAMP", "DTSTART", "SUMMARY", "TRANSP", "UID", "X-SHAREDPARK-KIND"
    ]  # fmt: skip


@pytest.mark.parametrize("busy", [True, False])
def test_reservations_are_left_out_when_the_calendar_comes_back(busy: bool) -> None:
    kept = [(ReservationId(7), Window(NOON, NOON + timedelta(hours=2)))]
    raw = calendar_text(A05, replace(NIGHTS, needed=(SharedWindow(SPAN),)), kept)

    found = read_calendar(raw, zone=BERLIN, today=FIRST_DAY, is_busy=busy)

    shared = ["is a time in which the space is shared"] if busy else []
    assert [each.reason for each in found.left_out] == [*shared, "is a reservation of this site"]
    assert len(found.times().needed) == 1


def uids(raw: bytes) -> list[str]:
    """The UID of each event."""
    return [str(event["UID"]) for event in Calendar.from_ical(raw).walk("VEVENT")]
