"""Finds idle spaces: what an area has now, and which space fits a wanted duration best."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.life_outcomes import WindowInThePast, WindowTooFarAhead
from kiosk.domain.offer import USUAL_TERMS
from kiosk.domain.pricing.charge import quote_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.search_outcomes import (
    AreasShown,
    AreaSummary,
    NothingIdle,
    PlanSpace,
    SpacesFound,
    WindowNotPriced,
    WindowRefused,
)
from kiosk.domain.space import best_fit_first, misfit
from kiosk.domain.time import Window
from kiosk.services.walk_ups import is_kept_for_walk_ups

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.offer import OfferTerms
    from kiosk.domain.site import Rules
    from kiosk.services.commands import FindAnswer, FindSpaces, ShowAreas, WindowProblem
    from kiosk.services.core import Core

_MINUTE = timedelta(minutes=1)


def show_areas(core: Core, command: ShowAreas) -> AreasShown:
    """What is idle now for the shortest stay, by area."""
    now = core.clock.now()
    shortest = Window(now, now + core.site.rules.minimum_stay)
    with core.store.reading() as tx:
        counts = tx.library.idle_counts(shortest, now=now)
        return AreasShown(
            tuple(
                AreaSummary(area, *counts.get(area.id, (0, 0)), tx.library.tariff_of(area.id))
                for area in tx.library.areas()
            ),
            at=now,
        )


def find_spaces(core: Core, command: FindSpaces) -> FindAnswer:
    """The plan of an area for a wanted window; best fit first decides which one is best."""
    window = wanted_window(core, command.duration_minutes, starts_at=command.starts_at)
    if not isinstance(window, Window):
        return window
    with core.store.reading() as tx:
        area = tx.library.area(command.area_id)
        quote = quote_for(tx.library.tariff_of(area.id), window)
        if not isinstance(quote, Charge):
            return WindowNotPriced(area, quote)
        found = tx.library.idle_spaces(area.id, window, now=core.clock.now())
        if is_kept_for_walk_ups(core, tx, area.id, window):
            found = ()
        idle = best_fit_first(
            [each for each in found if misfit(each.space, command.needs) is None],
            wanted=window,
            minimum_stay=core.site.rules.minimum_stay,
        )
        if not idle:
            counts = tx.library.idle_counts(window, now=core.clock.now())
            others = tuple(area_id for area_id, (count, _) in counts.items() if count)
            return NothingIdle(area, window, others)
        leave_by = {found.space.id: found.leave_by for found in idle}
        return SpacesFound(
            area=area,
            window=window,
            quote=quote,
            spaces=tuple(
                PlanSpace(space, space.id in leave_by, leave_by.get(space.id))
                for space in tx.library.spaces(area.id)
            ),
            best=idle[0].space.id,
        )


def wanted_window(
    core: Core, duration_minutes: int, *, starts_at: datetime | None
) -> Window | WindowProblem:
    """From an instant on (None: now) for so many minutes, if the site takes such a window."""
    rules, now = core.site.rules, core.clock.now()
    if not rules.minimum_stay // _MINUTE <= duration_minutes <= rules.longest_stay // _MINUTE:
        return _lengths(rules, USUAL_TERMS)
    from_ = now if starts_at is None else starts_at
    latest_until = now + rules.booking_ahead
    if from_ >= latest_until:  # asked before its end is worked out: no calendar has year 10000
        return WindowTooFarAhead(latest_until)
    window = Window(from_, from_ + duration_minutes * _MINUTE)
    return window_problem(core, window) or window


def window_problem(
    core: Core, window: Window, *, begun_at: datetime | None = None
) -> WindowProblem | None:
    """Why the site takes no reservation for a window; None when it does.

    A window may begin before now only at `begun_at`, as that of a reservation that has begun.
    """
    now = core.clock.now()
    if window.from_ < now and window.from_ != begun_at:
        return WindowInThePast(now)
    latest_until = now + core.site.rules.booking_ahead
    if window.from_ >= latest_until:
        return WindowTooFarAhead(latest_until)
    refused = length_problem(core.site.rules, USUAL_TERMS, window)
    if refused is None and window.until > latest_until:
        return WindowTooFarAhead(latest_until)
    return refused


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
