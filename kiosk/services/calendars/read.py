"""Reads an owner's calendar as the times of an offer: every event exactly, or none at all.

What is done with them is left to whoever asked; here nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kiosk.domain.offer import OfferTimes, SharedWindow, offer_problems
from kiosk.services import limits
from kiosk.services.calendars.events import Event, Kind, event_of, name_of
from kiosk.services.calendars.lines import (
    EXCEPT_DAYS,
    HOLIDAYS,
    CalendarParts,
    parts_of,
)
from kiosk.services.calendars.moments import moments_of
from kiosk.services.calendars.windows import repeats_still, windows_of
from kiosk.services.published_records import CannotSay, Refusal


@dataclass(frozen=True, slots=True)
class Taken:
    """One event and a window that it makes; `kind` says shared or not shared."""

    what: str
    kind: Kind
    window: SharedWindow


@dataclass(frozen=True, slots=True)
class OwnersCalendar:
    """What became of each event; nothing may be used while anything is refused."""

    taken: tuple[Taken, ...]
    left_out: tuple[Refusal, ...]
    refused: tuple[Refusal, ...]
    except_days: frozenset[date] = frozenset()
    skips_holidays: bool = False

    def times(self) -> OfferTimes:
        """The times that the calendar says, and nothing else."""
        assert not self.refused, "nothing is half imported"
        blackouts = (each.span for each in self._of(Kind.BLACKOUT) if each.repeats is None)
        repeated = (each for each in self._of(Kind.BLACKOUT) if each.repeats is not None)
        return OfferTimes(
            windows=tuple(self._of(Kind.WINDOW)),
            except_days=self.except_days,
            blackouts=tuple(blackouts),
            needed=(*self._of(Kind.NEED), *repeated),
            skips_holidays=self.skips_holidays,
        )

    def _of(self, kind: Kind) -> Iterator[SharedWindow]:
        return (each.window for each in self.taken if each.kind is kind)


@dataclass(slots=True)
class _Sorting:
    """The events of a file while they are sorted into taken, left out and refused."""

    zone: ZoneInfo
    today: date
    is_busy: bool
    taken: list[Taken] = field(default_factory=list)
    left_out: list[Refusal] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def read_calendar(
    raw: bytes, *, zone: ZoneInfo, today: date, is_busy: bool = False
) -> OwnersCalendar:
    """What the events of a calendar mean on the clock of a site.

    Each is a time in which the space is shared; with `is_busy` one in which the owner needs
    it. Events that are over before `today`, cancelled or (with `is_busy`) marked as free are
    left out. CannotSay when the file as a whole is no calendar or too much (limits.py).
    """
    parts = parts_of(raw)
    except_days, holidays = _days(parts, EXCEPT_DAYS), _days(parts, HOLIDAYS)
    sorting = _Sorting(zone, today, is_busy)
    events: list[Event] = []
    general = except_days | holidays
    for part in parts.events:
        try:
            events.append(event_of(part, general=general))
        except CannotSay as reason:
            sorting.refused.append(Refusal(name_of(part), str(reason)))
    repeating = sum(repeats_still(event, today) for event in events)
    if repeating > limits.CALENDAR_MOST_RULES:
        raise CannotSay(
            f"has {repeating:,} events that repeat; {limits.CALENDAR_MOST_RULES} are read at most"
        )
    for series in _series(events):
        if len(sorting.refused) >= limits.CALENDAR_MOST_REFUSED:
            sorting.refused.append(Refusal("the calendar", "was not read to its end"))
            break
        _sort(series, sorting)
    for name, count in sorted(parts.others.items()):
        sorting.left_out.append(Refusal(f"{count} {name}", "is no event"))
    if not sorting.refused:
        sorting.refused += _problems(sorting, except_days)
    return OwnersCalendar(
        taken=tuple(sorting.taken),
        left_out=tuple(sorting.left_out),
        refused=tuple(sorting.refused),
        except_days=except_days,
        skips_holidays=any(calendar.every(HOLIDAYS) for calendar in parts.calendars),
    )


def times_with(
    calendar: OwnersCalendar, before: OfferTimes | None, *, is_busy: bool, today: date
) -> OfferTimes:
    """The times of an offer after a calendar was taken over; `before` are those it has now.

    A calendar of shared time gives the windows, one of busy time what the owner needs, each in
    place of what was there. All that was taken out otherwise stays out: a window that was
    recalled is not shared again by an old calendar. Blackouts that are over are dropped.
    """
    read = calendar.times()
    if before is None:
        return read
    midnight = datetime.combine(today, time())
    blackouts = dict.fromkeys([*before.blackouts, *read.blackouts])
    return OfferTimes(
        windows=before.windows if is_busy else read.windows,
        except_days=before.except_days | read.except_days,
        blackouts=tuple(each for each in blackouts if each.ends > midnight),
        needed=read.needed if is_busy or read.needed else before.needed,
        skips_holidays=before.skips_holidays or read.skips_holidays,
    )


def _days(parts: CalendarParts, name: str) -> frozenset[date]:
    props = [prop for calendar in parts.calendars for prop in calendar.every(name)]
    found = [moment for prop in props if prop.value for moment in moments_of(prop)]
    return frozenset(_day(moment) for moment in found)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _series(events: Iterable[Event]) -> Iterable[list[Event]]:
    """The events with one UID belong together; those without stand alone."""
    found: dict[str, list[Event]] = {}
    for number, event in enumerate(events):
        found.setdefault(event.uid or f"\0{number}", []).append(event)
    return found.values()


def _sort(series: list[Event], sorting: _Sorting) -> None:
    heads = [event for event in series if event.replaces is None]
    instead = [event for event in series if event.replaces is not None]
    replaced = [event.replaces for event in instead if event.replaces is not None]
    if len(heads) > 1:
        why = f"stands in the calendar {len(heads)} times with the same UID"
        sorting.refused.append(Refusal(heads[0].name, why))
        return
    if len(set(replaced)) < len(replaced):
        why = "stands twice for the same occurrence of its series"
        sorting.refused.append(Refusal(instead[0].name, why))
        return
    is_cancelled = bool(heads) and heads[0].is_cancelled
    for event in series:
        why_not = _why_left_out(event, sorting, is_series_cancelled=is_cancelled)
        if why_not is not None:
            sorting.left_out.append(Refusal(event.name, why_not))
            continue
        _take(event, replaced if event.replaces is None else [], sorting)


def _why_left_out(event: Event, sorting: _Sorting, *, is_series_cancelled: bool) -> str | None:
    if event.is_cancelled or is_series_cancelled:
        return "is cancelled"
    if event.kind is Kind.RESERVATION:
        return "is a reservation of this site"
    if not sorting.is_busy:
        return None
    if event.kind is Kind.WINDOW:
        return "is a time in which the space is shared"
    return "is marked as free" if event.is_free else None


def _take(event: Event, replaced: list[date | datetime], sorting: _Sorting) -> None:
    kind = Kind.NEED if sorting.is_busy else event.kind or Kind.WINDOW
    try:
        windows = windows_of(event, replaced, zone=sorting.zone, today=sorting.today)
    except CannotSay as reason:
        sorting.refused.append(Refusal(event.name, str(reason)))
        return
    except OverflowError:
        sorting.refused.append(Refusal(event.name, "reaches beyond the years that there are"))
        return
    if not windows:
        sorting.left_out.append(Refusal(event.name, "is over, or all of it is left out"))
    sorting.taken += [Taken(event.name, kind, window) for window in windows]


def _problems(sorting: _Sorting, except_days: frozenset[date]) -> Iterator[Refusal]:
    """What an offer cannot have, said of the event from which it comes."""
    repeating = sum(each.window.repeats is not None for each in sorting.taken)
    for count, most, what in (
        (len(sorting.taken), limits.OFFER_MOST_WINDOWS, "windows"),
        (repeating, limits.OFFER_MOST_REPEATING, "windows that repeat"),
    ):
        if count > most:
            yield Refusal("the calendar", f"has {count} {what}; an offer has {most} at most")
            return
    is_whole = True
    for each in sorting.taken:
        for why in _problems_of(each, sorting):
            is_whole = False
            yield Refusal(each.what, why)
    shared = [each for each in sorting.taken if each.kind is Kind.WINDOW]
    if not is_whole or not shared:
        return
    times = OfferTimes(tuple(each.window for each in shared), except_days)
    for problem in offer_problems(times, zone=sorting.zone, today=sorting.today):
        words = re.sub(r"window (\d+)", lambda found: shared[int(found[1]) - 1].what, problem)
        yield Refusal("the calendar", words)


def _problems_of(each: Taken, sorting: _Sorting) -> list[str]:
    times = OfferTimes((each.window,))
    if each.kind is not Kind.WINDOW:
        times = replace(times, windows=(), needed=times.windows)
    found = offer_problems(times, zone=sorting.zone, today=sorting.today)
    named = re.compile(r"(window|need) 1:? ")
    return [named.sub("", problem) for problem in found if named.match(problem)]
