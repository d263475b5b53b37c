"""Searches the shared library: what fits a window best, why the rest does not, what else could."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.offer import shared_time
from kiosk.domain.pricing.charge import quote_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.search import (
    LOOKED_AROUND,
    NO_PROPOSALS,
    Proposals,
    SpaceFacts,
    proposals,
    why_not,
)
from kiosk.domain.search_outcomes import (
    FoundSpace,
    LibrarySearched,
    NotOffered,
    WindowNotPriced,
)
from kiosk.domain.space import IdleSpace, best_fit_first, misfit
from kiosk.domain.time import Window
from kiosk.services.commands import WindowProblem
from kiosk.services.find_space import window_problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import AreaId
    from kiosk.domain.site import Site
    from kiosk.domain.space import CarNeeds, Space
    from kiosk.services.core import Core
    from kiosk.services.life_commands import SearchLibrary

SearchAnswer = LibrarySearched | WindowNotPriced | WindowProblem


def search_library(core: Core, command: SearchLibrary) -> SearchAnswer:
    """Every space of the wanted areas: found with its price, or not offered with its reason."""
    problem = window_problem(core, command.window)
    if problem is not None:
        return problem
    with core.store.reading() as tx:
        return searched(core.site, tx, command, now=core.clock.now())


def searched(
    site: Site, tx: Tx, command: SearchLibrary, *, now: datetime
) -> LibrarySearched | WindowNotPriced:
    """The same for whoever has only a snapshot of a site, and a window that it takes."""
    window, needs = command.window, command.needs
    areas = {area.id: area for area in tx.library.areas()}
    wanted = command.area_ids or tuple(areas)
    kinds = tx.library.owner_kinds()
    found: list[FoundSpace] = []
    for idle in idle_for(site, tx, wanted, window, needs=needs, now=now):
        space = idle.space
        quote = quote_for(tx.library.terms_for(space.id).tariff, window)
        if not isinstance(quote, Charge):
            return WindowNotPriced(areas[space.area_id], quote)
        kind = kinds[space.owner_id]
        found.append(FoundSpace(space, areas[space.area_id], kind, idle.leave_by, quote))
    if command.by_rank:
        found.sort(key=lambda each: (each.space.rank, each.space.id))
    others: tuple[AreaId, ...] = ()
    nearest = NO_PROPOSALS
    if not found:
        rest = tuple(area_id for area_id in areas if area_id not in wanted)
        others = areas_with(site, tx, rest, window, needs=needs, now=now)
        nearest = proposed(site, tx, wanted, window, needs=needs, now=now)
    found_ids = {each.space.id for each in found}
    return LibrarySearched(
        window=window,
        found=tuple(found),
        not_offered=tuple(
            _not_offered(site, tx, space, window, needs=needs, now=now)
            for area_id in wanted
            for space in tx.library.spaces(area_id)
            if space.id not in found_ids
        ),
        other_areas=others,
        proposals=nearest,
    )


def idle_for(
    site: Site,
    tx: Tx,
    area_ids: Sequence[AreaId],
    window: Window,
    *,
    needs: CarNeeds,
    now: datetime,
) -> tuple[IdleSpace, ...]:
    """The spaces of these areas that are idle for the window and fit the car, best fit first."""
    return best_fit_first(
        (
            idle
            for area_id in area_ids
            for idle in tx.library.idle_spaces(area_id, window, now=now)
            if misfit(idle.space, needs) is None
        ),
        wanted=window,
        minimum_stay=site.rules.minimum_stay,
    )


def areas_with(
    site: Site,
    tx: Tx,
    area_ids: Sequence[AreaId],
    window: Window,
    *,
    needs: CarNeeds,
    now: datetime,
) -> tuple[AreaId, ...]:
    """Those of the areas that have a space for the window and the car."""
    return tuple(
        area_id
        for area_id in area_ids
        if idle_for(site, tx, (area_id,), window, needs=needs, now=now)
    )


def proposed(
    site: Site,
    tx: Tx,
    area_ids: Sequence[AreaId],
    window: Window,
    *,
    needs: CarNeeds,
    now: datetime,
) -> Proposals:
    """What comes nearest to the window within these areas."""
    span = Window(window.from_ - LOOKED_AROUND, window.until + LOOKED_AROUND)
    standing = tx.library.standing(window, now=now)
    gaps = [
        gap
        for area_id in area_ids
        for gap in tx.library.area_gaps(area_id, span)
        if misfit(tx.library.space(gap.space_id), needs) is None and gap.space_id not in standing
    ]
    return proposals(gaps, window, now=now, minimum_stay=site.rules.minimum_stay)


def _not_offered(
    site: Site, tx: Tx, space: Space, window: Window, *, needs: CarNeeds, now: datetime
) -> NotOffered:
    offer = tx.library.offer_in_force(space.id)
    shared: tuple[Window, ...] = ()
    if offer is not None:
        shared = shared_time(
            offer.times, zone=site.zone, holidays=tx.library.holidays(), span=window
        )
    facts = SpaceFacts(
        misfit=misfit(space, needs),
        offer=offer,
        shared=shared,
        committed=tx.library.committed(space.id, window),
        closed=tuple(closed for closed, _ in tx.library.closures(space.id, after=window.from_)),
        is_car_standing=space.id in tx.library.standing(window, now=now),
    )
    reason = why_not(facts, window, now=now, minimum_stay=site.rules.minimum_stay)
    area = tx.library.area(space.area_id)
    return NotOffered(space, area, reason, facts.misfit)
