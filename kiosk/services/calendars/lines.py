"""Takes the text of a calendar apart into its events, each with the properties that say when.

The library icalendar unfolds and splits the lines. Its whole-file reader is not used: it builds
time zones out of whatever a file says of them, and an unknown one becomes local time unnoticed.
What the properties mean is read in events.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from icalendar.parser import Contentline, Contentlines

from kiosk.services import limits
from kiosk.services.published_records import CannotSay, quoted

EXCEPT_DAYS = "X-SHAREDPARK-EXCEPT-DAYS"
HOLIDAYS = "X-SHAREDPARK-HOLIDAYS"
KIND = "X-SHAREDPARK-KIND"
"""Names of our own, so that what we wrote is read back as it was."""
_PART_NAME = re.compile(r"[A-Z0-9-]{1,40}")
_NAME = re.compile(r"([A-Za-z0-9-]+)[:;]")
_WANTED = frozenset({
    "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE",
    "RECURRENCE-ID", "STATUS", "TRANSP", KIND, EXCEPT_DAYS, HOLIDAYS,
})  # fmt: skip
_READ = frozenset({"VCALENDAR", "VEVENT"})


@dataclass(frozen=True, slots=True)
class Property:
    """One line: its value as it was written, and its parameters by upper-case name."""

    value: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """An event, or the calendar around it: the properties that matter here, by name."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)

    def one(self, name: str) -> Property | None:
        """The property that may stand once; CannotSay when it stands twice."""
        found = self.properties.get(name, [])
        if len(found) > 1:
            raise CannotSay(f"says {name} {len(found)} times")
        return found[0] if found else None

    def every(self, name: str) -> list[Property]:
        """The properties that may stand more than once."""
        return self.properties.get(name, [])


@dataclass(frozen=True, slots=True)
class CalendarParts:
    """What a file is made of; parts that say nothing of events are counted only."""

    calendars: tuple[Part, ...]
    events: tuple[Part, ...]
    others: dict[str, int]


def parts_of(raw: bytes) -> CalendarParts:
    """The events of a file; CannotSay when it is no calendar, is broken, or is too much.

    Bounded by CALENDAR_LONGEST_BYTES, CALENDAR_MOST_EVENTS and CALENDAR_DEEPEST.
    """
    if len(raw) > limits.CALENDAR_LONGEST_BYTES:
        raise CannotSay(f"is larger than {limits.CALENDAR_LONGEST_BYTES:,} bytes")
    reading = _Reading()
    lines: list[str] = Contentlines.from_ical(_text(raw))  # type: ignore[no-untyped-call]
    for line in lines:
        if line:
            reading.take(line)
    return reading.end()


class _Reading:
    """The parts that are open while the lines of a file are taken in turn."""

    def __init__(self) -> None:
        self._open: list[Part] = []
        self._calendars: list[Part] = []
        self._events: list[Part] = []
        self._others: dict[str, int] = {}

    def take(self, line: str) -> None:
        """The next line."""
        found = _NAME.match(line)
        if found is None:
            raise CannotSay(f"{_shown(line)} is not a line of a calendar")
        name = found[1].upper()
        if name == "BEGIN":
            self._begin(_part_name(line))
        elif not self._open:
            raise CannotSay("is no calendar: it should begin with BEGIN:VCALENDAR")
        elif name == "END":
            part = self._open.pop()
            if _part_name(line) != part.name:
                raise CannotSay(f"has {_shown(line)} in the middle of {part.name}")
        elif name in _WANTED and self._open[-1].name in _READ:
            self._open[-1].properties.setdefault(name, []).append(_property(line))

    def end(self) -> CalendarParts:
        """All that was taken, when nothing is open any more."""
        if self._open:
            raise CannotSay(f"breaks off in the middle of {self._open[-1].name}")
        if not self._calendars:
            raise CannotSay("is no calendar: it is empty")
        return CalendarParts(tuple(self._calendars), tuple(self._events), self._others)

    def _begin(self, name: str) -> None:
        part, around = Part(name), self._open[-1].name if self._open else None
        if around is None and name != "VCALENDAR":
            raise CannotSay("is no calendar: it should begin with BEGIN:VCALENDAR")
        if (name == "VCALENDAR" and around) or (name == "VEVENT" and around != "VCALENDAR"):
            raise CannotSay(f"has {name} in the middle of {around}")
        if len(self._open) == limits.CALENDAR_DEEPEST:
            raise CannotSay(f"has parts in one another, deeper than {limits.CALENDAR_DEEPEST}")
        self._open.append(part)
        if name == "VCALENDAR":
            self._calendars.append(part)
        elif name == "VEVENT":
            self._events.append(part)
            if len(self._events) > limits.CALENDAR_MOST_EVENTS:
                raise CannotSay(f"has more than {limits.CALENDAR_MOST_EVENTS:,} events")
        elif around == "VCALENDAR" and name != "VTIMEZONE":
            self._others[name] = self._others.get(name, 0) + 1


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CannotSay(f"line {line}: is not UTF-8; save the calendar as UTF-8") from error


def _part_name(line: str) -> str:
    name = line.partition(":")[2].strip().upper()
    if not _PART_NAME.fullmatch(name):
        raise CannotSay(f"{_shown(line)} is not a line of a calendar")
    return name


def _property(line: str) -> Property:
    try:
        _, params, value = Contentline(line).raw_parts()  # type: ignore[no-untyped-call]
    except ValueError as error:
        raise CannotSay(f"{_shown(line)} is not a line of a calendar") from error
    return Property(value.strip(), {key.upper(): _first(each) for key, each in params.items()})


def _first(value: object) -> str:
    return str(value[0]) if isinstance(value, list) and value else str(value)


def _shown(text: str) -> str:
    return quoted("".join(sign if sign.isprintable() else " " for sign in text))
