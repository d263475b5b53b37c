"""What one event of a calendar says: when it comes, how often, and when it does not.

Which windows of an offer that makes is left to windows.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from icalendar.parser import unescape_backslash

from kiosk.services.calendars.lines import KIND, Part, Property
from kiosk.services.calendars.moments import end_after, moment_of, moments_of
from kiosk.services.published_records import CannotSay, quoted

DERIVED = "X-SHAREDPARK"
"""A parameter of ours: this EXDATE only repeats a day on which no window begins."""


class Kind(Enum):
    """What an event of our own calendars is; others' events have none."""

    WINDOW = "WINDOW"
    BLACKOUT = "BLACKOUT"
    NEED = "NEED"
    RESERVATION = "RESERVATION"


@dataclass(frozen=True, slots=True)
class Span:
    """Where one occurrence begins and ends: days, floating times, or times with a zone."""

    starts: date | datetime
    ends: date | datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One event, read but not yet brought to the clock of a site."""

    name: str
    uid: str
    kind: Kind | None
    is_cancelled: bool
    is_free: bool
    """The owner is not busy in this time (TRANSP:TRANSPARENT)."""
    replaces: date | datetime | None
    """Which occurrence of its series it stands for (RECURRENCE-ID)."""
    span: Span
    rule: str | None
    more: tuple[Span, ...]
    """Further occurrences beside the rule (RDATE)."""
    left_out: tuple[date | datetime, ...]
    """Occurrences that do not come (EXDATE)."""


def name_of(part: Part) -> str:
    """How an owner knows an event again: its title and its UID."""
    title, uid = _shown(part, "SUMMARY"), _shown(part, "UID")
    if title and uid:
        return f"{quoted(title)} ({uid[:80]})"
    return quoted(title) if title else uid[:80] or "an event without title and UID"


def _shown(part: Part, name: str) -> str:
    found = part.every(name)
    text = str(unescape_backslash(found[0].value)) if found else ""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def event_of(part: Part, *, general: frozenset[date]) -> Event:
    """Everything that a VEVENT says of its time; CannotSay names what cannot be kept.

    `general` are the days that the calendar leaves out for all of its events (our own only).
    """
    start = part.one("DTSTART")
    if start is None:
        raise CannotSay("has no DTSTART")
    starts = moment_of(start.value, start)
    span = Span(starts, _end(part, starts))
    uid, status = part.one("UID"), part.one("STATUS")
    transparency, kind = part.one("TRANSP"), part.one(KIND)
    if part.every("EXRULE"):
        raise CannotSay("leaves days out by a rule (EXRULE), which is not known here")
    rule, instead = part.one("RRULE"), part.one("RECURRENCE-ID")
    if instead is not None and "RANGE" in instead.params:
        raise CannotSay("changes all later occurrences (RANGE): save it as a series of its own")
    if instead is not None and (rule is not None or part.every("RDATE")):
        raise CannotSay("repeats, though it stands for one occurrence of another event")
    return Event(
        name=name_of(part),
        uid=uid.value if uid is not None else "",
        kind=_kind(kind),
        is_cancelled=status is not None and status.value.upper() == "CANCELLED",
        is_free=transparency is not None and transparency.value.upper() == "TRANSPARENT",
        replaces=moment_of(instead.value, instead) if instead is not None else None,
        span=span,
        rule=rule.value.upper() if rule is not None else None,
        more=tuple(each for prop in part.every("RDATE") for each in _spans(prop, span)),
        left_out=tuple(
            each
            for prop in part.every("EXDATE")
            for each in moments_of(prop)
            if not (DERIVED in prop.params and _day(each) in general)
        ),
    )


def _end(part: Part, starts: date | datetime) -> date | datetime:
    end, length = part.one("DTEND"), part.one("DURATION")
    if end is not None and length is not None:
        raise CannotSay("has both DTEND and DURATION")
    if length is not None:
        return end_after(starts, length)
    if end is not None:
        ends = moment_of(end.value, end)
        if isinstance(ends, datetime) != isinstance(starts, datetime):
            raise CannotSay("begins on a day and ends at a time, or the other way round")
        return ends
    if isinstance(starts, datetime):
        raise CannotSay("has no end: neither DTEND nor DURATION")
    return end_after(starts, Property("P1D"))


def _spans(prop: Property, usual: Span) -> list[Span]:
    """The occurrences of an RDATE: each as long as the event, or with an end of its own."""
    found: list[Span] = []
    for value in prop.value.split(","):
        first, is_period, last = value.partition("/")
        starts = moment_of(first, prop)
        if isinstance(starts, datetime) != isinstance(usual.starts, datetime):
            raise CannotSay(f"has the occurrence {quoted(value)}: a day beside times")
        if not is_period:
            found.append(Span(starts, _as_long(starts, usual)))
        elif last.upper().startswith("P"):
            found.append(Span(starts, end_after(starts, Property(last))))
        else:
            found.append(Span(starts, moment_of(last, prop)))
    return found


def _as_long(starts: date | datetime, usual: Span) -> date | datetime:
    """As long by the clock as the event itself."""
    try:
        if not isinstance(starts, datetime):
            return starts + (_day(usual.ends) - _day(usual.starts))
        first, last = usual.starts, usual.ends
        assert isinstance(first, datetime)
        assert isinstance(last, datetime)
        if first.tzinfo is not None and last.tzinfo is not None:
            last = last.astimezone(first.tzinfo)
        return starts + (last.replace(tzinfo=None) - first.replace(tzinfo=None))
    except OverflowError as error:
        raise CannotSay("ends after the last year that there is") from error


def _kind(prop: Property | None) -> Kind | None:
    if prop is None:
        return None
    try:
        return Kind(prop.value.upper())
    except ValueError:
        return None


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
