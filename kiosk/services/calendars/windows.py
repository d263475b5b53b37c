"""Turns an event into windows on the clock of the site, exactly or not at all.

An event that repeats ends at the same time by the clock each time, as calendars show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.domain.offer import CHECKED_AHEAD, LocalSpan, SharedWindow
from kiosk.domain.recurrence import last_start, next_start, problem_of, starts_between
from kiosk.services.calendars.events import Event, Span
from kiosk.services.calendars.moments import instant_of, on_clock
from kiosk.services.published_records import CannotSay, quoted

_DAY = timedelta(days=1)
_KEPT_BEFORE = timedelta(days=366)
"""Older starts of a rule are moved up to here: reading a rule walks through all of them."""
_KEYS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNTIL = re.compile(r"\d{8}(T\d{6}Z?)?", re.ASCII)
_DAYS_ALONE = re.compile(rf"({'|'.join(_WEEKDAYS)})(,({'|'.join(_WEEKDAYS)}))*")


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """Occurrences that do not come, on the event's own clock."""

    days: frozenset[date]
    starts: frozenset[datetime]

    def has(self, start: datetime) -> bool:
        """Whether the occurrence with this start does not come."""
        return start.date() in self.days or start in self.starts

    def days_of(self, at: time) -> frozenset[date]:
        """The days on which nothing comes that begins at a time of the day."""
        return self.days | {start.date() for start in self.starts if start.time() == at}


def windows_of(
    event: Event, replaced: Iterable[date | datetime], *, zone: ZoneInfo, today: date
) -> tuple[SharedWindow, ...]:
    """The windows of an event that are not over, without the occurrences that others replace.

    CannotSay when one of them cannot be kept to the minute on the clock of the site.
    """
    own = _zone_of(event, zone)
    left_out = _left_out([*event.left_out, *replaced], own)
    # A dict, because RDATE often names the first occurrence once more.
    found: dict[SharedWindow, None] = {}
    if repeats_still(event, today):
        repeating = _repeating(event, left_out, own=own, zone=zone, today=today)
        if repeating is not None:
            found[repeating] = None
    once = event.more if event.rule is not None else (event.span, *event.more)
    for span in once:
        if not left_out.has(on_clock(span.starts, own)):
            window = SharedWindow(_dated(span, zone))
            if window.span.ends > datetime.combine(today, time()):
                found[window] = None
    return tuple(found)


def repeats_still(event: Event, today: date) -> bool:
    """Whether an event has a rule that does not plainly end in the past; nothing is checked."""
    if event.rule is None:
        return False
    until = re.search(r"UNTIL=(\d{8})", event.rule, re.ASCII)
    return until is None or until[1] >= f"{today - _KEPT_BEFORE - 2 * _DAY:%Y%m%d}"


def ordered_rule(rule: str) -> str:
    """The same rule with its parts in one order, and an UNTIL to the end of a day as that day."""
    parts = _parts(rule)
    if parts.get("UNTIL", "").endswith("T235959"):
        parts["UNTIL"] = parts["UNTIL"][:8]
    known = [key for key in _KEYS if key in parts]
    return _rule_of({key: parts[key] for key in [*known, *sorted(parts.keys() - set(known))]})


def _zone_of(event: Event, zone: ZoneInfo) -> ZoneInfo:
    starts = event.span.starts
    own = starts.tzinfo if isinstance(starts, datetime) else None
    return own if isinstance(own, ZoneInfo) and own.key != zone.key else zone


def _left_out(moments: Iterable[date | datetime], own: ZoneInfo) -> _LeftOut:
    days, starts = set(), set()
    for moment in moments:
        if isinstance(moment, datetime):
            starts.add(on_clock(moment, own))
        else:
            days.add(moment)
    return _LeftOut(frozenset(days), frozenset(starts))


def _dated(span: Span, zone: ZoneInfo) -> LocalSpan:
    from_, until = instant_of(span.starts, zone), instant_of(span.ends, zone)
    found = LocalSpan(on_clock(span.starts, zone), on_clock(span.ends, zone))
    if until <= from_:
        raise CannotSay(f"ends {_shown(found.ends)}, before it starts {_shown(found.starts)}")
    kept = found.at(zone)
    if kept is None or (kept.from_, kept.until) != (from_, until):
        raise CannotSay(
            f"lasts from {_shown(found.starts)} to {_shown(found.ends)}, where the clocks show "
            "an hour twice; only its first time can be meant here"
        )
    return found


def _repeating(
    event: Event, left_out: _LeftOut, *, own: ZoneInfo, zone: ZoneInfo, today: date
) -> SharedWindow | None:
    span = LocalSpan(on_clock(event.span.starts, own), on_clock(event.span.ends, own))
    if span.ends <= span.starts:
        raise CannotSay(f"ends {_shown(span.ends)}, before it starts {_shown(span.starts)}")
    rule = _with_local_until(event.rule or "", own)
    why = problem_of(rule, starts_local=span.starts)
    if why is not None:
        raise CannotSay(why)
    if next_start(rule, starts_local=span.starts, not_before=span.starts) != span.starts:
        raise CannotSay(
            f"begins {_shown(span.starts)}, when its rule {rule} does not come: what that means "
            "is not defined"
        )
    rule = ordered_rule(rule)
    window = SharedWindow(span, rule, left_out.days_of(span.starts.time()))
    if own is not zone:
        window = _moved(window, own=own, zone=zone, today=today)
    return _brought_forward(window, today)


def _with_local_until(rule: str, own: ZoneInfo) -> str:
    """The rule with an UNTIL in UTC said on the event's own clock."""
    rule = rule.strip().strip(";")
    parts = _parts(rule)
    if len(parts) <= rule.count(";"):
        raise CannotSay("repeats by a rule that names a part twice")
    until = parts.get("UNTIL")
    if until is None or not _UNTIL.fullmatch(until) or not until.endswith("Z"):
        return rule
    try:
        instant = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        parts["UNTIL"] = f"{instant.astimezone(own):%Y%m%dT%H%M%S}"
    except (ValueError, OverflowError) as error:
        raise CannotSay(f"ends {quoted(until)}, which is no time") from error
    return _rule_of(parts)


def _moved(window: SharedWindow, *, own: ZoneInfo, zone: ZoneInfo, today: date) -> SharedWindow:
    """The window on the clock of the site; CannotSay when the two clocks do not keep step.

    Compared are all occurrences of the next CHECKED_AHEAD.
    """
    starts, rule = window.span.starts, window.repeats or ""
    from_day = max(today, starts.date()) - 2 * _DAY
    until_day = from_day + CHECKED_AHEAD
    ahead = starts_between(rule, starts_local=starts, from_day=from_day, until_day=until_day)
    anchor = ahead[0] if ahead else starts
    there = on_clock(anchor.replace(tzinfo=own), zone)
    shift, days = there - anchor, (there.date() - anchor.date()).days
    moved = SharedWindow(
        LocalSpan(starts + shift, window.span.ends + shift),
        _moved_rule(rule, shift, days),
        frozenset(day + days * _DAY for day in window.except_days),
    )
    again = starts_between(
        moved.repeats,
        starts_local=moved.span.starts,
        from_day=from_day + days * _DAY,
        until_day=until_day + days * _DAY,
    )
    meant = [window.span.at(own, starts=start) for start in ahead]
    if meant != [moved.span.at(zone, starts=start) for start in again]:
        raise CannotSay(
            f"repeats by the clock of {own.key}, which does not always keep step with that of "
            f"{zone.key}"
        )
    return moved


def _moved_rule(rule: str, shift: timedelta, days: int) -> str:
    parts = _parts(rule)
    if "UNTIL" in parts:
        text = parts["UNTIL"] if "T" in parts["UNTIL"] else f"{parts['UNTIL']}T235959"
        parts["UNTIL"] = f"{datetime.strptime(text, '%Y%m%dT%H%M%S') + shift:%Y%m%dT%H%M%S}"  # noqa: DTZ007
    if days:
        by_day = parts.get("BYDAY", "MO")
        if parts["FREQ"] not in {"DAILY", "WEEKLY"} or not _DAYS_ALONE.fullmatch(by_day):
            raise CannotSay("repeats by the months of another time zone, on other days than here")
        if "BYMONTH" in parts:
            raise CannotSay("repeats in months of another time zone, which end on other days")
        parts["WKST"] = _turned(parts.get("WKST", "MO"), days)
        if "BYDAY" in parts:
            parts["BYDAY"] = ",".join(_turned(day, days) for day in by_day.split(","))
    return ordered_rule(_rule_of(parts))


def _turned(weekday: str, days: int) -> str:
    return _WEEKDAYS[(_WEEKDAYS.index(weekday) + days) % 7]


def _brought_forward(window: SharedWindow, today: date) -> SharedWindow | None:
    """The same window from a later start on; None when all of it is over.

    A later occurrence keeps the step of every rule: it stands in a week, month or year that
    the rule counts.
    """
    starts, rule = window.span.starts, window.repeats or ""
    length = window.span.ends - starts
    midnight = datetime.combine(max(today, date(1973, 1, 1)), time())
    not_over = midnight - length + timedelta(seconds=1)
    if next_start(rule, starts_local=starts, not_before=not_over) is None:
        return None
    first = next_start(rule, starts_local=starts, not_before=midnight - _KEPT_BEFORE)
    if first is None or first == starts or starts >= midnight - _KEPT_BEFORE:
        return window
    parts = _parts(rule)
    if parts.pop("COUNT", None) is not None:
        parts["UNTIL"] = f"{last_start(rule, starts_local=starts):%Y%m%dT%H%M%S}"
    return replace(
        window,
        span=LocalSpan(first, first + length),
        repeats=ordered_rule(_rule_of(parts)),
        except_days=frozenset(day for day in window.except_days if day >= first.date()),
    )


def _parts(rule: str) -> dict[str, str]:
    named = (part.partition("=") for part in rule.strip().strip(";").split(";"))
    return {key: value for key, _, value in named}


def _rule_of(parts: dict[str, str]) -> str:
    return ";".join(f"{key}={value}" for key, value in parts.items())


def _shown(local: datetime) -> str:
    return f"{local:%Y-%m-%d %H:%M}"
