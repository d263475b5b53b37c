"""Which windows a site takes, whatever is idle: not begun, not too long, not too far ahead."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.life_outcomes import WindowInThePast, WindowTooFarAhead
from kiosk.domain.offer import USUAL_TERMS, OfferTerms
from kiosk.domain.search_outcomes import WindowRefused
from kiosk.domain.time import Window

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.site import Rules
    from kiosk.services.commands import WindowProblem
    from kiosk.services.core import Core

_MINUTE = timedelta(minutes=1)


def wanted_window(
    core: Core,
    duration_minutes: int,
    *,
    starts_at: datetime | None,
    ends_by: datetime | None = None,
    now: datetime,
) -> Window | WindowProblem:
    """From an instant on (None: now) for so many minutes, if the site takes such a window.

    Up to `ends_by` at the latest: the window is cut there. `now` is the one instant at which its
    command looks for what is idle as well: by a later one the window would have begun before.
    """
    rules = core.site.rules
    if not rules.minimum_stay // _MINUTE <= duration_minutes <= rules.longest_stay // _MINUTE:
        return _lengths(rules, USUAL_TERMS)
    from_ = now if starts_at is None else starts_at
    latest_until = now + rules.booking_ahead
    if from_ >= latest_until:  # asked before its end is worked out: no calendar has year 10000
        return WindowTooFarAhead(latest_until)
    until = from_ + duration_minutes * _MINUTE
    if ends_by is not None:
        until = min(until, ends_by)
    if until <= from_:
        return _lengths(rules, USUAL_TERMS)
    window = Window(from_, until)
    return window_problem(rules, window, now=now) or window


def window_problem(
    rules: Rules, window: Window, *, now: datetime, begun_at: datetime | None = None
) -> WindowProblem | None:
    """Why the site takes no reservation for a window; None when it does.

    A window may begin before now only at `begun_at`, as that of a reservation that has begun.
    """
    if window.from_ < now and window.from_ != begun_at:
        return WindowInThePast(now)
    latest_until = now + rules.booking_ahead
    if window.from_ >= latest_until:
        return WindowTooFarAhead(latest_until)
    refused = length_problem(rules, USUAL_TERMS, window)
    if refused is None and window.until > latest_until:
        return WindowTooFarAhead(latest_until)
    return refused


def leave_by(
    rules: Rules, gap: Window, *, from_: datetime, longest: timedelta | None, now: datetime
) -> datetime:
    """Until when a space whose idle gap goes on can be had from `from_` on.

    `longest` is the longest stay that its offer says. Idle time may go on for longer than a
    reservation may last, or than one may be made ahead.
    """
    most = rules.longest_stay if longest is None else min(rules.longest_stay, longest)
    return min(gap.until, from_ + most, now + rules.booking_ahead)


def length_problem(rules: Rules, terms: OfferTerms, window: Window) -> WindowRefused | None:
    """Why a window is too short or too long for a site and for the offer of a space."""
    lengths = _lengths(rules, terms)
    shortest, longest = lengths.shortest_minutes, lengths.longest_minutes
    return None if shortest * _MINUTE <= window.duration <= longest * _MINUTE else lengths


def _lengths(rules: Rules, terms: OfferTerms) -> WindowRefused:
    shortest = max(rules.minimum_stay, terms.shortest or rules.minimum_stay)
    longest = min(rules.longest_stay, terms.longest or rules.longest_stay)
    return WindowRefused(
        shortest_minutes=-(-shortest // _MINUTE), longest_minutes=longest // _MINUTE
    )
