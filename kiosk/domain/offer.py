"""What an owner shares of a space: when, on which terms, and who has agreed to it.

Times are the local time of the site; what of them is idle is the business of space.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from itertools import pairwise
from zoneinfo import ZoneInfo

from kiosk.domain.ids import OfferId, SpaceId
from kiosk.domain.recurrence import problem_of, starts_between
from kiosk.domain.time import Window, without

_DAY = timedelta(days=1)
_YEARS = frozenset(range(1970, 3000))
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_WINDOW = timedelta(days=366)
"""A longer window is a slip of the pen in the year."""
CHECKED_AHEAD = timedelta(days=400)
"""How far ahead windows of one offer are compared with one another."""


class OfferState(Enum):
    """Where an offer stands; the value is how it is stored."""

    DRAFT = "draft"
    AWAITING_PROOF = "awaiting-proof"
    """The owner has handed it in; somebody must see that the space is the owner's."""
    APPROVED = "approved"
    """Only now is the space shared."""
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class OfferEvent(Enum):
    """What happens to an offer."""

    HANDED_IN = "handed-in"
    PROOF_ACCEPTED = "proof-accepted"
    PROOF_REFUSED = "proof-refused"
    PAUSED = "paused"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"


OFFER_TRANSITIONS: dict[tuple[OfferState, OfferEvent], OfferState] = {
    (OfferState.DRAFT, OfferEvent.HANDED_IN): OfferState.AWAITING_PROOF,
    (OfferState.AWAITING_PROOF, OfferEvent.PROOF_ACCEPTED): OfferState.APPROVED,
    (OfferState.AWAITING_PROOF, OfferEvent.PROOF_REFUSED): OfferState.DRAFT,
    (OfferState.APPROVED, OfferEvent.PAUSED): OfferState.PAUSED,
    (OfferState.PAUSED, OfferEvent.RESUMED): OfferState.APPROVED,
    (OfferState.DRAFT, OfferEvent.WITHDRAWN): OfferState.WITHDRAWN,
    (OfferState.AWAITING_PROOF, OfferEvent.WITHDRAWN): OfferState.WITHDRAWN,
    (OfferState.APPROVED, OfferEvent.WITHDRAWN): OfferState.WITHDRAWN,
    (OfferState.PAUSED, OfferEvent.WITHDRAWN): OfferState.WITHDRAWN,
}
"""Every allowed change; ownership is proved before the first share (parking.md, Library)."""


@dataclass(frozen=True, slots=True)
class LocalSpan:
    """[starts, ends) as the clock on the wall of the site says it; no time zone in either."""

    starts: datetime
    ends: datetime

    def at(self, zone: ZoneInfo, *, starts: datetime | None = None) -> Window | None:
        """The span in UTC, moved to begin at another local start when one is given.

        Local times that a change of the clocks skips or repeats are read by the offset that
        held before it (PEP 495, fold=0); a span that then ends before it starts is None.
        """
        first = starts if starts is not None else self.starts
        from_ = _instant(first, zone)
        until = _instant(first + (self.ends - self.starts), zone)
        return Window(from_, until) if from_ < until else None


@dataclass(frozen=True, slots=True)
class SharedWindow:
    """A window in which a space is shared: once, or again and again by a calendar's rule."""

    span: LocalSpan
    repeats: str | None = None
    """An RRULE without DTSTART (RFC 5545), for example FREQ=WEEKLY;BYDAY=MO,TU."""
    except_days: frozenset[date] = frozenset()
    """Local days on which this window alone does not begin (EXDATE)."""


@dataclass(frozen=True, slots=True)
class OfferTimes:
    """When a space is shared: windows, less days and spans that are taken out of them."""

    windows: tuple[SharedWindow, ...]
    except_days: frozenset[date] = frozenset()
    """Local days on which none of the windows begins."""
    blackouts: tuple[LocalSpan, ...] = ()
    """Not shared whatever the windows say: works in the house, a window that was recalled."""
    needed: tuple[SharedWindow, ...] = ()
    """Not shared either: what the owner's own calendar says, again and again."""
    skips_holidays: bool = False
    """On the site's holidays no window begins."""


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """On which terms a space is shared; None stands for the site's rule or the area's own."""

    notice: timedelta = timedelta()
    """How long before its start a reservation must be made; with one, no walk-ups."""
    shortest: timedelta | None = None
    longest: timedelta | None = None
    tariff_id: int | None = None
    split_terms_id: int | None = None


USUAL_TERMS = OfferTerms()
"""The site's rules, the area's tariff and split."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What an owner shares of one space. A space has at most one that is approved or paused."""

    id: OfferId
    space_id: SpaceId
    state: OfferState
    times: OfferTimes
    terms: OfferTerms


def weekly(
    weekdays: Iterable[int], *, from_local: time, until_local: time, first_day: date
) -> SharedWindow:
    """A window on these weekdays (Monday is 0), from `first_day` on.

    When `until_local` is not after `from_local` it runs over midnight into the next day;
    00:00 to 00:00 is the whole day.
    """
    last_day = first_day if until_local > from_local else first_day + _DAY
    days = ",".join(_WEEKDAYS[day] for day in sorted(weekdays))
    span = LocalSpan(
        datetime.combine(first_day, from_local), datetime.combine(last_day, until_local)
    )
    return SharedWindow(span, f"FREQ=WEEKLY;BYDAY={days}")


def shared_time(
    times: OfferTimes, *, zone: ZoneInfo, holidays: frozenset[date], span: Window
) -> tuple[Window, ...]:
    """What of `span` an offer shares, as disjoint windows in order."""
    left_out = times.except_days | holidays if times.skips_holidays else times.except_days
    shared = [
        inside
        for window in times.windows
        for found in _occurrences(window, zone=zone, left_out=left_out, span=span)
        if (inside := found.inside(span)) is not None
    ]
    blackouts = (blackout.at(zone) for blackout in times.blackouts)
    taken = [window for window in blackouts if window is not None]
    for need in times.needed:
        taken += _occurrences(need, zone=zone, left_out=frozenset(), span=span)
    return without(shared, taken)


def offer_problems(times: OfferTimes, *, zone: ZoneInfo, today: date) -> tuple[str, ...]:
    """Everything that is wrong with the times of an offer, in the words of its owner.

    A window that ends before it starts, that starts or ends in an hour that the clocks skip,
    that lies upon another one, or a rule that no calendar has.
    """
    problems = [
        f"{name} {number}: {why}"
        for name, spans in (
            ("window", [window.span for window in times.windows]),
            ("blackout", list(times.blackouts)),
            ("need", [need.span for need in times.needed]),
        )
        for number, span in enumerate(spans, start=1)
        if (why := _span_problem(span, zone)) is not None
    ]
    for name, windows in (("window", times.windows), ("need", times.needed)):
        for number, window in enumerate(windows, start=1):
            if window.repeats is not None:
                why = problem_of(window.repeats, starts_local=window.span.starts)
                if why is not None:
                    problems.append(f"{name} {number}: {why}")
    if not times.windows:
        problems.append("an offer should have at least one window")
    return tuple(problems) or _overlaps(times, zone=zone, today=today)


def _span_problem(span: LocalSpan, zone: ZoneInfo) -> str | None:
    if not {span.starts.year, span.ends.year} <= _YEARS:
        return "should lie between the years 1970 and 2999"
    if span.ends <= span.starts:
        return f"ends {span.ends:%Y-%m-%d %H:%M}, before it starts {span.starts:%Y-%m-%d %H:%M}"
    if span.ends - span.starts > LONGEST_WINDOW:
        return f"is longer than {LONGEST_WINDOW.days} days"
    if any(at.second or at.microsecond for at in (span.starts, span.ends)):
        return "should begin and end with a whole minute"
    for local in (span.starts, span.ends):
        if _instant(local, zone).astimezone(zone).replace(tzinfo=None) != local:
            return f"{local:%Y-%m-%d %H:%M} does not exist: the clocks are put forward over it"
    return None


def _overlaps(times: OfferTimes, *, zone: ZoneInfo, today: date) -> tuple[str, ...]:
    """Which windows lie upon one another within CHECKED_AHEAD; they may touch."""
    start = _instant(datetime.combine(today, time()), zone)
    span = Window(start, start + CHECKED_AHEAD)
    found = [
        (each, number)
        for number, window in enumerate(times.windows, start=1)
        for each in _occurrences(window, zone=zone, left_out=times.except_days, span=span)
    ]
    found.sort(key=lambda each: each[0].from_)
    for (one, first), (two, second) in pairwise(found):
        if one.overlaps(two):
            if first == second:
                return (f"window {first} is longer than the time after which it repeats",)
            day = two.from_.astimezone(zone)
            pair = sorted((first, second))
            return (f"window {pair[0]} and window {pair[1]} overlap on {day:%Y-%m-%d}",)
    return ()


def _occurrences(
    window: SharedWindow, *, zone: ZoneInfo, left_out: frozenset[date], span: Window
) -> list[Window]:
    """Each time at which a window comes and touches `span`, but for what begins on some days."""
    longest = window.span.ends - window.span.starts
    starts = starts_between(
        window.repeats,
        starts_local=window.span.starts,
        from_day=span.from_.astimezone(zone).date() - longest - 2 * _DAY,
        until_day=span.until.astimezone(zone).date() + 2 * _DAY,
    )
    found = (
        window.span.at(zone, starts=start)
        for start in starts
        if start.date() not in left_out and start.date() not in window.except_days
    )
    return [each for each in found if each is not None and each.overlaps(span)]


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)
