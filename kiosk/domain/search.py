"""What else could be had when nothing fits, and why a space is not offered: pure questions.

Which gaps there are is asked by kiosk.services.search; how found spaces are ranked, space.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from kiosk.domain.ids import SpaceId
from kiosk.domain.offer import Offer, OfferState
from kiosk.domain.space import Misfit
from kiosk.domain.time import Window

LOOKED_AROUND = timedelta(hours=24)
"""How much earlier or later than wanted another start is still proposed."""


class Reason(Enum):
    """Why a space is not offered; the value is the word that screens and commands look up."""

    MISFIT = "misfit"
    NOT_SHARED = "not-shared"
    """Nobody offers it: no approved offer, or one that is paused."""
    OTHER_HOURS = "other-hours"
    """It is shared, but not for the whole window."""
    NOTICE = "notice"
    """Its owner wants to know earlier."""
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    OUT_OF_ORDER = "out-of-order"
    CAR_STANDING = "car-standing"
    """A car whose time is over still stands there."""
    RESERVED = "reserved"
    """Somebody else has it for a part of the window."""
    WALK_UPS = "walk-ups"
    """It is idle, but kept for those who come without a reservation."""
    BUFFER = "buffer"
    """It is idle, but too close to somebody else's window."""


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """What is known of a space that is not idle for a wanted window."""

    misfit: Misfit | None
    offer: Offer | None
    """The one in force."""
    shared: Sequence[Window]
    """What its offer shares within the window."""
    committed: Sequence[Window]
    closed: Sequence[Window]
    is_car_standing: bool
    is_kept_for_walk_ups: bool = False


def why_not(
    facts: SpaceFacts,
    window: Window,
    *,
    now: datetime,
    minimum_stay: timedelta,
) -> Reason:
    """The first thing that keeps a space from being offered, the most lasting one first."""
    if facts.misfit is not None:
        return Reason.MISFIT
    offer = facts.offer
    if offer is None or offer.state is not OfferState.APPROVED:
        return Reason.NOT_SHARED
    if not any(shared.covers(window) for shared in facts.shared):
        return Reason.OTHER_HOURS
    if window.from_ - now < offer.terms.notice:
        return Reason.NOTICE
    if window.duration < (offer.terms.shortest or minimum_stay):
        return Reason.TOO_SHORT
    if offer.terms.longest is not None and window.duration > offer.terms.longest:
        return Reason.TOO_LONG
    if any(closed.overlaps(window) for closed in facts.closed):
        return Reason.OUT_OF_ORDER
    if any(committed.overlaps(window) for committed in facts.committed):
        return Reason.RESERVED
    if facts.is_car_standing:
        return Reason.CAR_STANDING
    if facts.is_kept_for_walk_ups:
        return Reason.WALK_UPS
    return Reason.BUFFER


@dataclass(frozen=True, slots=True)
class TermedGap:
    """An idle gap of a space with the terms on which a part of it can be had."""

    space_id: SpaceId
    gap: Window
    notice: timedelta
    shortest: timedelta
    longest: timedelta

    def offers(self, window: Window, *, now: datetime) -> bool:
        """Whether this window can be had of it now."""
        return (
            self.gap.covers(window)
            and window.from_ - now >= self.notice
            and self.shortest <= window.duration <= self.longest
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """A window that can be had, and the space that has it."""

    space_id: SpaceId
    window: Window


@dataclass(frozen=True, slots=True)
class Proposals:
    """What comes nearest to a window that nothing fits; None or empty where there is nothing."""

    earlier: Proposal | None
    later: Proposal | None
    shorter: Proposal | None
    in_two: tuple[Proposal, ...]
    """Two spaces one after the other, changed as late as possible."""


NO_PROPOSALS = Proposals(None, None, None, ())


def proposals(
    gaps: Iterable[TermedGap], wanted: Window, *, now: datetime, minimum_stay: timedelta
) -> Proposals:
    """The nearest windows of the same length before and after, the longest from the same start,
    and the whole window on two spaces.

    Each can be had now on the terms of its space; ties go to the space that comes first.
    """
    all_gaps = tuple(gaps)
    return Proposals(
        earlier=_earlier(all_gaps, wanted, now=now),
        later=_later(all_gaps, wanted, now=now),
        shorter=_shorter(all_gaps, wanted, now=now, minimum_stay=minimum_stay),
        in_two=_in_two(all_gaps, wanted, now=now, minimum_stay=minimum_stay),
    )


def _earlier(gaps: Sequence[TermedGap], wanted: Window, *, now: datetime) -> Proposal | None:
    first = max(now, wanted.from_ - LOOKED_AROUND)
    best: Proposal | None = None
    for each in gaps:
        until = min(each.gap.until, wanted.until)
        from_ = until - wanted.duration
        if not first <= from_ < wanted.from_ or (best and from_ <= best.window.from_):
            continue
        found = Window(from_, until)
        if each.offers(found, now=now):
            best = Proposal(each.space_id, found)
    return best


def _later(gaps: Sequence[TermedGap], wanted: Window, *, now: datetime) -> Proposal | None:
    last = wanted.from_ + LOOKED_AROUND
    best: Proposal | None = None
    for each in gaps:
        from_ = max(each.gap.from_, wanted.from_, now + each.notice)
        if not wanted.from_ < from_ <= last or (best and from_ >= best.window.from_):
            continue
        found = Window(from_, from_ + wanted.duration)
        if each.offers(found, now=now):
            best = Proposal(each.space_id, found)
    return best


def _shorter(
    gaps: Sequence[TermedGap], wanted: Window, *, now: datetime, minimum_stay: timedelta
) -> Proposal | None:
    best: Proposal | None = None
    for each in gaps:
        if not each.gap.from_ <= wanted.from_ < each.gap.until:
            continue
        until = min(each.gap.until, wanted.from_ + each.longest, wanted.until)
        if until - wanted.from_ < minimum_stay or (best and until <= best.window.until):
            continue
        found = Window(wanted.from_, until)
        if until < wanted.until and each.offers(found, now=now):
            best = Proposal(each.space_id, found)
    return best


def _in_two(
    gaps: Sequence[TermedGap], wanted: Window, *, now: datetime, minimum_stay: timedelta
) -> tuple[Proposal, ...]:
    """One space from the start on, another one up to the end; the change is as late as it can."""
    best: tuple[Proposal, ...] = ()
    last_change = wanted.until - minimum_stay
    for first in gaps:
        if not first.gap.from_ <= wanted.from_ < first.gap.until:
            continue
        latest = min(first.gap.until, wanted.from_ + first.longest, last_change)
        if best and latest <= best[1].window.from_:
            continue
        for second in gaps:
            change = max(latest, wanted.until - second.longest)
            if second.space_id == first.space_id or not wanted.from_ < change <= latest:
                continue
            parts = Window(wanted.from_, change), Window(change, wanted.until)
            if parts[0].duration < minimum_stay or not first.offers(parts[0], now=now):
                continue
            if second.offers(parts[1], now=now):
                best = Proposal(first.space_id, parts[0]), Proposal(second.space_id, parts[1])
                break
    return best
