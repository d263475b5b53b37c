"""Searches the shared library: what fits a window best, why the rest does not, what else could."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from kiosk.domain.offer import shared_time
from kiosk.domain.pricing.charge import has_quote, quote_for
from kiosk.domain.pricing.charge_lines import Charge, NoPrice
from kiosk.domain.search import (
    LOOKED_AROUND,
    NO_PROPOSALS,
    Proposals,
    SpaceFacts,
    TermedGap,
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
from kiosk.services.walk_ups import is_kept_for_walk_ups
from kiosk.services.windows import leave_by, window_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import AreaId, SpaceId
    from kiosk.domain.site import Site
    from kiosk.domain.space import CarNeeds, Space
    from kiosk.domain.tariff import Tariff
    from kiosk.services.core import Core
    from kiosk.services.life_commands import SearchLibrary

_Answer = TypeVar("_Answer")

SearchAnswer = LibrarySearched | WindowNotPriced | WindowProblem


def search_library(core: Core, command: SearchLibrary) -> SearchAnswer:
    """Every space of the wanted areas: found with its price, or not offered with its reason."""
    with core.store.reading() as tx:
        return searched(core.site, tx, command, now=core.clock.now())


def searched(site: Site, tx: Tx, command: SearchLibrary, *, now: datetime) -> SearchAnswer:
    """The same for whoever has only a snapshot of a site."""
    window, needs = command.window, command.needs
    problem = window_problem(site.rules, window, now=now)
    if problem is not None:
        return problem
    areas = {area.id: area for area in tx.library.areas()}
    wanted = command.area_ids or tuple(areas)
    kinds = tx.library.owner_kinds()
    price_of = priced(tx, window)
    longest = tx.library.longest_stays()
    found: list[FoundSpace] = []
    for idle in idle_for(site, tx, wanted, window, needs=needs, now=now):
        space, quote = idle.space, price_of(idle.space)
        if isinstance(quote, Charge):
            kind = kinds[space.owner_id]
            until = leave_by(
                site.rules, idle.gap, from_=window.from_, longest=longest.get(space.id), now=now
            )
            found.append(FoundSpace(space, areas[space.area_id], kind, until, quote))
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
            _not_offered(
                site,
                tx,
                space,
                window,
                needs=needs,
                now=now,
                has_price=isinstance(price_of(space), Charge),
            )
            for area_id in wanted
            for space in tx.library.spaces(area_id)
            if space.id not in found_ids
        ),
        other_areas=others,
        proposals=nearest,
    )


def priced(tx: Tx, window: Window) -> Callable[[Space], Charge | NoPrice]:
    """What the window costs on a space: by the tariff of its offer, else by that of its area."""
    return _by_tariff(tx, lambda tariff: quote_for(tariff, window))


def _by_tariff(tx: Tx, answer: Callable[[Tariff], _Answer]) -> Callable[[Space], _Answer]:
    """What is asked of a space's tariff, worked out once for each offer's and each area's."""
    own = tx.library.own_tariffs()

    @cache
    def of_own(space_id: SpaceId) -> _Answer:
        return answer(own[space_id])

    @cache
    def of_area(area_id: AreaId) -> _Answer:
        return answer(tx.library.tariff_of(area_id))

    return lambda space: of_own(space.id) if space.id in own else of_area(space.area_id)


def idle_for(
    site: Site,
    tx: Tx,
    area_ids: Sequence[AreaId],
    window: Window,
    *,
    needs: CarNeeds,
    now: datetime,
) -> tuple[IdleSpace, ...]:
    """The spaces of these areas that can be had for the window and fit the car, best fit first.

    Those that are kept for walk-ups cannot be had for later.
    """
    return best_fit_first(
        (
            idle
            for area_id in area_ids
            for idle in _fitting(site, tx, area_id, window, needs=needs, now=now)
        ),
        wanted=window,
        minimum_stay=site.rules.minimum_stay,
    )


def counted(
    site: Site, tx: Tx, window: Window, *, needs: CarNeeds, now: datetime
) -> dict[AreaId, int]:
    """How many spaces each area has for the window and the car, at a price."""
    is_sold = _by_tariff(tx, lambda tariff: has_quote(tariff, window))
    ahead, space_of = site.rules.reseat_ahead, tx.library.space
    counts: dict[AreaId, int] = {}
    for area in tx.library.areas():
        is_kept = is_kept_for_walk_ups(site.rules, tx, area.id, window, made_at=now)
        idle = () if is_kept else tx.library.idle_gaps(area.id, window, now=now, ahead=ahead)
        spaces = (space_of(gap[0]) for gap in idle)
        counts[area.id] = sum(misfit(each, needs) is None and is_sold(each) for each in spaces)
    return counts


def _fitting(
    site: Site, tx: Tx, area_id: AreaId, window: Window, *, needs: CarNeeds, now: datetime
) -> Iterator[IdleSpace]:
    if is_kept_for_walk_ups(site.rules, tx, area_id, window, made_at=now):
        return
    ahead = site.rules.reseat_ahead
    for idle in tx.library.idle_spaces(area_id, window, now=now, ahead=ahead):
        if misfit(idle.space, needs) is None:
            yield idle


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
    """What comes nearest to the window within these areas; each can be had now.

    Not before a car has gone whose time is over, nor beyond what the site takes reservations
    for, nor what is kept for walk-ups.
    """
    span = Window(window.from_ - LOOKED_AROUND, window.until + LOOKED_AROUND)
    last, ahead = now + site.rules.booking_ahead, site.rules.reseat_ahead
    standing = tx.library.standing(Window(now, window.until), now=now, ahead=ahead)
    gaps: list[TermedGap] = []
    for area_id in area_ids:
        for gap in tx.library.area_gaps(area_id, span):
            first = now + ahead if gap.space_id in standing else now
            usable = gap.gap.inside(Window(first, last))
            if usable is not None and misfit(tx.library.space(gap.space_id), needs) is None:
                longest = min(gap.longest, site.rules.longest_stay)
                gaps.append(replace(gap, gap=usable, longest=longest))

    @cache
    def is_kept(area_id: AreaId, part: Window) -> bool:
        return is_kept_for_walk_ups(site.rules, tx, area_id, part, made_at=now)

    return proposals(
        gaps,
        window,
        now=now,
        minimum_stay=site.rules.minimum_stay,
        is_allowed=lambda each: not is_kept(tx.library.space(each.space_id).area_id, each.window),
    )


def _not_offered(
    site: Site,
    tx: Tx,
    space: Space,
    window: Window,
    *,
    needs: CarNeeds,
    now: datetime,
    has_price: bool,
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
        is_car_standing=space.id
        in tx.library.standing(window, now=now, ahead=site.rules.reseat_ahead),
        is_kept_for_walk_ups=is_kept_for_walk_ups(
            site.rules, tx, space.area_id, window, made_at=now
        ),
        has_price=has_price,
    )
    reason = why_not(facts, window, now=now, minimum_stay=site.rules.minimum_stay)
    area = tx.library.area(space.area_id)
    return NotOffered(space, area, reason, facts.misfit)
