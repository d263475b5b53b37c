"""Small calendars for tests, and what was read of them in one line each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.domain.offer import SharedWindow
from kiosk.services.calendars.read import OwnersCalendar, read_calendar

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 6, 1)
MORNING = "DTSTART:20260601T080000|DTEND:20260601T100000"
"""A Monday, eight to ten by the clock of the site."""
SAMPLES = Path(__file__).parents[1] / "data" / "calendars"


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar of these events, each a text with its lines divided by a vertical bar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *head.split("|")]
    for number, event in enumerate(events):
        uid = [] if "UID:" in event else [f"UID:{number}"]
        lines += ["BEGIN:VEVENT", *uid, *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*filter(None, lines), "END:VCALENDAR", ""]).encode()


def read(
    *events: str, busy: bool = False, today: date = TODAY, zone: ZoneInfo = BERLIN
) -> OwnersCalendar:
    """What becomes of events in Berlin on the first of June."""
    return read_calendar(calendar(*events), zone=zone, today=today, is_busy=busy)


def sample(name: str, *, busy: bool = False) -> OwnersCalendar:
    """What becomes of a calendar of tests/data."""
    raw = (SAMPLES / f"{name}.ics").read_bytes()
    return read_calendar(raw, zone=BERLIN, today=TODAY, is_busy=busy)


def shown(window: SharedWindow) -> str:
    """A window as one line."""
    parts = [f"{window.span.starts:%m-%d %H:%M} to {window.span.ends:%m-%d %H:%M}"]
    if window.repeats is not None:
        parts.append(window.repeats)
    parts += [f"not {day:%m-%d}" for day in sorted(window.except_days)]
    return ", ".join(parts)


def windows(found: OwnersCalendar) -> list[str]:
    """What was taken, nothing being refused."""
    assert found.refused == ()
    return [shown(taken.window) for taken in found.taken]


def why(found: OwnersCalendar) -> list[str]:
    """What was refused, and why."""
    return [f"{each.what}: {each.reason}" for each in found.refused]
