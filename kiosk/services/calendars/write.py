"""Writes the times of an offer as a calendar that other programs show and read.py reads back.

Reservations can stand in it as busy time, without plates or names.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone
from icalendar.prop import vDDDLists, vRecur

from kiosk.domain.ids import ReservationId
from kiosk.domain.offer import LocalSpan, OfferTimes, SharedWindow
from kiosk.domain.recurrence import next_start
from kiosk.domain.time import Window
from kiosk.services.calendars.events import DERIVED, Kind
from kiosk.services.calendars.lines import EXCEPT_DAYS, HOLIDAYS, KIND
from kiosk.services.calendars.windows import ordered_rule

_ZONE_AHEAD = timedelta(days=5 * 366)
"""For so long the changes of the clocks stand in the file; programs know the zone by its name."""
_TITLES = {
    Kind.WINDOW: "shared",
    Kind.BLACKOUT: "not shared",
    Kind.NEED: "needed by its owner",
    Kind.RESERVATION: "reserved",
}


@dataclass(frozen=True, slots=True)
class CalendarOf:
    """Whose calendar it is: a space of a site, and when it is written."""

    site_number: int
    label: str
    zone: ZoneInfo
    holidays: frozenset[date]
    written_at: datetime


def calendar_text(
    of: CalendarOf,
    times: OfferTimes,
    reservations: Iterable[tuple[ReservationId, Window]] = (),
) -> bytes:
    """RFC 5545 text; the same values give the same bytes, and each event keeps its UID.

    Reading it back gives `synchronised(times)`.
    """
    times = synchronised(times)
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//sharedpark-kiosk//offers//EN")
    calendar.add("X-WR-CALNAME", of.label)
    calendar.add("X-WR-TIMEZONE", of.zone.key)
    if times.except_days:
        calendar.add(EXCEPT_DAYS, _days(times.except_days), {"VALUE": "DATE"})
    if times.skips_holidays:
        calendar.add(HOLIDAYS, _days(of.holidays), {"VALUE": "DATE"})
    first = min((each.span.starts.date() for each in times.windows), default=date(2020, 1, 1))
    calendar.add_component(_zone(of, max(first, of.written_at.date() - timedelta(days=366))))
    for event in _events(of, times):
        calendar.add_component(event)
    for reservation_id, window in reservations:
        calendar.add_component(_reserved(of, reservation_id, window))
    text: bytes = calendar.to_ical(sorted=False)
    return text


def synchronised(times: OfferTimes) -> OfferTimes:
    """The same times as calendars say them: a rule begins with an occurrence of its own.

    Nothing else is shared by it. What never comes is left out.
    """
    return replace(
        times,
        windows=tuple(_synchronised(times.windows)),
        needed=tuple(_synchronised(times.needed)),
    )


def _synchronised(windows: Iterable[SharedWindow]) -> Iterator[SharedWindow]:
    for window in windows:
        if window.repeats is None:
            if window.span.starts.date() not in window.except_days:
                yield replace(window, except_days=frozenset())
            continue
        starts = window.span.starts
        first = next_start(window.repeats, starts_local=starts, not_before=starts)
        if first is not None:
            span = LocalSpan(first, first + (window.span.ends - starts))
            yield replace(window, span=span, repeats=ordered_rule(window.repeats.upper()))


def _events(of: CalendarOf, times: OfferTimes) -> Iterator[Event]:
    general = times.except_days | (of.holidays if times.skips_holidays else frozenset())
    blackouts = [SharedWindow(blackout) for blackout in times.blackouts]
    seen: Counter[str] = Counter()
    for kind, windows in (
        (Kind.WINDOW, times.windows),
        (Kind.BLACKOUT, blackouts),
        (Kind.NEED, times.needed),
    ):
        for window in windows:
            text = f"{kind.value} {window.span.starts} {window.span.ends} {window.repeats}"
            seen[text] += 1
            event = _begun(of, kind, text if seen[text] == 1 else f"{text} {seen[text]}")
            left_out = general if kind is Kind.WINDOW else frozenset()
            _say_when(event, window, zone=of.zone, general=left_out)
            yield event


def _say_when(
    event: Event, window: SharedWindow, *, zone: ZoneInfo, general: frozenset[date]
) -> None:
    span = window.span
    event.add("DTSTART", span.starts.replace(tzinfo=zone))
    event.add("DTEND", span.ends.replace(tzinfo=zone))
    if window.repeats is not None:
        event.add("RRULE", vRecur.from_ical(_rule(window.repeats, zone)))
    for days, params in (
        (window.except_days, {}),
        (general - window.except_days, {DERIVED: "ALL"}),
    ):
        if days:
            event.add("EXDATE", _left_out(days, span, zone), parameters=params)


def _begun(of: CalendarOf, kind: Kind, text: str) -> Event:
    event = Event()
    digest = hashlib.sha256(f"{of.label} {text}".encode()).hexdigest()[:24]
    event.add("UID", f"{digest}@site-{of.site_number}.sharedpark")
    event.add("DTSTAMP", of.written_at.astimezone(UTC))
    event.add("SUMMARY", f"{of.label} {_TITLES[kind]}")
    # Shared time does not keep its owner busy; the rest does.
    event.add("TRANSP", "TRANSPARENT" if kind is Kind.WINDOW else "OPAQUE")
    event.add(KIND, kind.value)
    return event


def _reserved(of: CalendarOf, reservation_id: ReservationId, window: Window) -> Event:
    event = _begun(of, Kind.RESERVATION, f"reservation {reservation_id}")
    event.add("DTSTART", window.from_)
    event.add("DTEND", window.until)
    return event


def _rule(rule: str, zone: ZoneInfo) -> str:
    """The rule with its UNTIL in UTC, as RFC 5545 wants it beside times of a zone."""
    head, is_ended, tail = rule.partition("UNTIL=")
    if not is_ended:
        return rule
    until, more, rest = tail.partition(";")
    text = until if "T" in until else f"{until}T235959"
    local = datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=zone)
    return f"{head}UNTIL={local.astimezone(UTC):%Y%m%dT%H%M%SZ}{more}{rest}"


def _left_out(days: frozenset[date], span: LocalSpan, zone: ZoneInfo) -> vDDDLists:
    at = span.starts.time()
    return vDDDLists([datetime.combine(day, at, zone) for day in sorted(days)])


def _days(days: frozenset[date]) -> vDDDLists:
    return vDDDLists(sorted(days))


def _zone(of: CalendarOf, first: date) -> Timezone:
    last = of.written_at.date() + _ZONE_AHEAD
    return Timezone.from_tzinfo(of.zone, of.zone.key, first_date=first, last_date=last)
