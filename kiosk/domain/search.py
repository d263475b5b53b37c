"""What else could be had when nothing fits, and why a space is not offered: pure questions.

Which gaps there are is asked by kiosk.services.search; how found spaces are ranked, space.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
    NO_PRICE = "no-price"
    """Its tariff has no price for the window."""
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
    has_price: bool = True


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
    if not facts.has_price:
        return Reason.NO_PRICE
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
    gaps: Iterable[TermedGap],
    wanted: Window,
    *,
    now: datetime,
    minimum_stay: timedelta,
    is_allowed: Callable[[Proposal], bool] = lambda _: True,
) -> Proposals:
    """The nearest windows of the same length before and after, the longest from the same start,
    and the whole window on two spaces.

    Each can be had now on the terms of its space, and is allowed; ties go to the space that
    comes first. Of each gap the nearest window alone is looked at.
    """
    found = _Nearest(tuple(gaps), wanted, now, minimum_stay, is_allowed)
    return Proposals(found.earlier(), found.later(), found.shorter(), found.in_two())


@dataclass(frozen=True, slots=True)
class _Nearest:
    """Looks for what comes nearest to a wanted window."""

    gaps: Sequence[TermedGap]
    wanted: Window
    now: datetime
    minimum_stay: timedelta
    is_allowed: Callable[[Proposal], bool]

    def earlier(self) -> Proposal | None:
        wanted = self.wanted
        first = max(self.now, wanted.from_ - LOOKED_AROUND)
        best: Proposal | None = None
        for each in self.gaps:
            until = min(each.gap.until, wanted.until)
            from_ = until - wanted.duration
            if not first <= from_ < wanted.from_ or (best and from_ <= best.window.from_):
                continue
            best = self._had(each, Window(from_, until)) or best
        return best

    def later(self) -> Proposal | None:
        wanted = self.wanted
        last = wanted.from_ + LOOKED_AROUND
        best: Proposal | None = None
        for each in self.gaps:
            from_ = max(each.gap.from_, wanted.from_, self.now + each.notice)
            if not wanted.from_ < from_ <= last or (best and from_ >= best.window.from_):
                continue
            best = self._had(each, Window(from_, from_ + wanted.duration)) or best
        return best

    def shorter(self) -> Proposal | None:
        wanted = self.wanted
        best: Proposal | None = None
        for each in self.gaps:
            until = min(each.gap.until, wanted.from_ + each.longest)
            if until - wanted.from_ < self.minimum_stay or until >= wanted.until:
                continue
            if best is None or until > best.window.until:
                best = self._had(each, Window(wanted.from_, until)) or best
        return best

    def in_two(self) -> tuple[Proposal, ...]:
        """One space from the start on, another one up to the end; the change is as late as it can.

        Late enough for what the first space takes at most, early enough for what the second
        one takes at least.
        """
        wanted = self.wanted
        best: tuple[Proposal, ...] = ()
        firsts = [each for each in self.gaps if each.gap.from_ <= wanted.from_ < each.gap.until]
        seconds = [each for each in self.gaps if each.gap.from_ < wanted.until <= each.gap.until]
        for first in firsts:
            latest = min(first.gap.until, wanted.from_ + first.longest)
            for second in seconds:
                at_least = max(second.shortest, self.minimum_stay)
                change = min(latest, wanted.until - at_least)
                is_late = not best or change > best[1].window.from_
                if second.space_id == first.space_id or not is_late:
                    continue
                if change - wanted.from_ >= max(first.shortest, self.minimum_stay):
                    one = self._had(first, Window(wanted.from_, change))
                    two = self._had(second, Window(change, wanted.until))
                    best = (one, two) if one and two else best
        return best

    def _had(self, gap: TermedGap, window: Window) -> Proposal | None:
        """The window on the space of a gap, when it can be had and is allowed."""
        proposal = Proposal(gap.space_id, window)
        is_had = gap.offers(window, now=self.now) and self.is_allowed(proposal)
        return proposal if is_had else None
