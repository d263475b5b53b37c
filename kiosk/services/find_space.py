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
)
from kiosk.domain.time import Window
from kiosk.services.search import areas_with, counted, idle_for, priced, proposed
from kiosk.services.windows import leave_by, wanted_window

if TYPE_CHECKING:
    from kiosk.domain.ids import AreaId
    from kiosk.services.commands import FindAnswer, FindSpaces, ShowAreas
    from kiosk.services.core import Core


def show_areas(core: Core, command: ShowAreas) -> AreasShown:
    """How many spaces find_spaces would find in each area."""
    site, now = core.site, core.clock.now()
    shortest = -(-site.rules.minimum_stay // timedelta(minutes=1))
    window = wanted_window(
        core,
        command.duration_minutes or shortest,
        starts_at=command.starts_at,
        ends_by=command.ends_by,
        now=now,
    )
    with core.store.reading() as tx:
        counts: dict[AreaId, int] = {}
        if isinstance(window, Window):
            counts = counted(site, tx, window, needs=command.needs, now=now)
        return AreasShown(
            tuple(
                AreaSummary(area, counts.get(area.id), tx.library.tariff_of(area.id))
                for area in tx.library.areas()
            ),
            at=now,
        )


def find_spaces(core: Core, command: FindSpaces) -> FindAnswer:
    """The plan of an area for a wanted window; best fit first decides which one is best."""
    site, needs, now = core.site, command.needs, core.clock.now()
    window = wanted_window(
        core,
        command.duration_minutes,
        starts_at=command.starts_at,
        ends_by=command.ends_by,
        now=now,
    )
    if not isinstance(window, Window):
        return window
    with core.store.reading() as tx:
        area = tx.library.area(command.area_id)
        price_of = priced(tx, window)
        idle = [
            each
            for each in idle_for(site, tx, (area.id,), window, needs=needs, now=now)
            if isinstance(price_of(each.space), Charge)
        ]
        of_area = quote_for(tx.library.tariff_of(area.id), window)
        if not idle and not isinstance(of_area, Charge):
            return WindowNotPriced(area, of_area)
        if not idle:
            others = tuple(each.id for each in tx.library.areas() if each.id != area.id)
            return NothingIdle(
                area,
                window,
                areas_with(site, tx, others, window, needs=needs, now=now),
                proposed(site, tx, (area.id,), window, needs=needs, now=now),
                needs,
            )
        longest = tx.library.longest_stays()
        until = {
            found.space.id: leave_by(
                site.rules,
                found.gap,
                from_=window.from_,
                longest=longest.get(found.space.id),
                now=now,
            )
            for found in idle
        }
        quotes = {
            found.space.id: quote
            for found in idle
            if isinstance(quote := price_of(found.space), Charge)
        }
        best = idle[0].space.id
        return SpacesFound(
            area=area,
            window=window,
            quote=quotes[best],
            spaces=tuple(
                PlanSpace(space, space.id in until, until.get(space.id), quotes.get(space.id))
                for space in tx.library.spaces(area.id)
            ),
            best=best,
        )
