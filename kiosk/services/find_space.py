"""Finds idle spaces: what an area has now, and which space fits a wanted duration best."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

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
from kiosk.domain.space import best_fit_first
from kiosk.domain.time import Window

if TYPE_CHECKING:
    from kiosk.services.commands import FindSpaces, ShowAreas
    from kiosk.services.core import Core


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


def find_spaces(
    core: Core, command: FindSpaces
) -> SpacesFound | NothingIdle | WindowRefused | WindowNotPriced:
    """The plan of an area for a stay from now on; best fit first decides which one is best."""
    window = wanted_window(core, command.duration_minutes)
    if isinstance(window, WindowRefused):
        return window
    with core.store.reading() as tx:
        area = tx.library.area(command.area_id)
        quote = quote_for(tx.library.tariff_of(area.id), window)
        if not isinstance(quote, Charge):
            return WindowNotPriced(area, quote)
        idle = best_fit_first(
            tx.library.idle_spaces(area.id, window, now=core.clock.now()),
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


def wanted_window(core: Core, duration_minutes: int) -> Window | WindowRefused:
    """From now on for so many minutes, if the site allows a stay of that length."""
    rules = core.site.rules
    duration = timedelta(minutes=duration_minutes)
    if not rules.minimum_stay <= duration <= rules.longest_stay:
        return WindowRefused(
            shortest_minutes=rules.minimum_stay // timedelta(minutes=1),
            longest_minutes=rules.longest_stay // timedelta(minutes=1),
        )
    now = core.clock.now()
    return Window(now, now + duration)
