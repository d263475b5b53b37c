"""Founds a site in an empty database: its areas, spaces, owners and their weekly offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.settlement import SplitTerms
from kiosk.domain.space import OwnerKind, SpaceType
from kiosk.domain.tariff import Tariff
from kiosk.services.library import roll_forward

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import AreaId, OwnerId
    from kiosk.domain.offer import OfferTerms, OfferTimes
    from kiosk.services.core import Core

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class OwnerPlan:
    """An owner by name, and when and on which terms the owner's spaces are shared."""

    name: str
    kind: OwnerKind
    times: OfferTimes
    terms: OfferTerms


@dataclass(frozen=True, slots=True)
class RowPlan:
    """Spaces side by side from (x_mm, y_mm) to the right; owners take turns along the row.

    `accessible` and `charger` are places in the row, counted from 1.
    """

    x_mm: int
    y_mm: int
    count: int
    space_width_mm: int
    space_depth_mm: int
    owners: tuple[str, ...]
    accessible: frozenset[int] = frozenset()
    charger: frozenset[int] = frozenset()
    height_mm: int | None = None
    is_covered: bool = False
    type: SpaceType = SpaceType.CAR


@dataclass(frozen=True, slots=True)
class AreaPlan:
    """A level or zone with its rows of spaces, its tariff and its split."""

    code: str
    name: str
    level: int
    width_mm: int
    depth_mm: int
    tariff: Tariff
    split_terms: SplitTerms
    rows: tuple[RowPlan, ...]


@dataclass(frozen=True, slots=True)
class SitePlan:
    """Everything that a new site is founded with."""

    areas: tuple[AreaPlan, ...]
    owners: tuple[OwnerPlan, ...]


def found_site(core: Core, plan_of: Callable[[], SitePlan]) -> bool:
    """Write the plan into an empty database, in one transaction; False when it is founded.

    Only then is the plan asked for: a site at work needs no tariff file that can be read.
    """
    with core.store.transaction() as tx:
        if tx.library.areas():
            return False
        plan = plan_of()
        tx.library.set_holidays(core.site.holidays)
        owners = {owner.name: owner for owner in plan.owners}
        owner_ids = {
            owner.name: tx.library.add_owner(owner.name, kind=owner.kind) for owner in plan.owners
        }
        tariffs = {area.tariff: 0 for area in plan.areas}
        for tariff in tariffs:
            tariffs[tariff] = tx.library.add_tariff(tariff)
        terms = {area.split_terms: 0 for area in plan.areas}
        for split_terms in terms:
            terms[split_terms] = tx.library.add_split_terms(split_terms)
        for area in plan.areas:
            area_id = tx.library.add_area(
                code=area.code,
                name=area.name,
                level=area.level,
                width_mm=area.width_mm,
                depth_mm=area.depth_mm,
                tariff_id=tariffs[area.tariff],
                split_terms_id=terms[area.split_terms],
            )
            _add_spaces(tx, area_id, area, owner_ids, owners)
        roll_forward(core, tx, most=_ALL)
    return True


def _add_spaces(
    tx: Tx,
    area_id: AreaId,
    area: AreaPlan,
    owner_ids: dict[str, OwnerId],
    owners: dict[str, OwnerPlan],
) -> None:
    for number, (row, place) in enumerate(_places(area), start=1):
        owner = row.owners[(place - 1) % len(row.owners)]
        space_id = tx.library.add_space(
            area_id=area_id,
            owner_id=owner_ids[owner],
            label=f"{area.code}{number:02d}",
            rank=number,
            x_mm=row.x_mm + (place - 1) * row.space_width_mm,
            y_mm=row.y_mm,
            width_mm=row.space_width_mm,
            depth_mm=row.space_depth_mm,
            has_charger=place in row.charger,
            is_accessible=place in row.accessible,
            height_mm=row.height_mm,
            is_covered=row.is_covered,
            type=row.type,
        )
        tx.library.add_offer(space_id, owners[owner].times, terms=owners[owner].terms)


def _places(area: AreaPlan) -> Iterator[tuple[RowPlan, int]]:
    for row in area.rows:
        for place in range(1, row.count + 1):
            yield row, place
