"""Founds a site in an empty database: its areas, spaces, owners and what these share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.domain.offer import OfferState
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
    times: OfferTimes | None
    """None: nothing is shared before the owner makes an offer."""
    terms: OfferTerms
    tariff: Tariff | None = None
    """Their own; None: the area's."""
    split_terms: SplitTerms | None = None
    """Their own; None: the area's."""
    state: OfferState = OfferState.APPROVED


@dataclass(frozen=True, slots=True)
class RowPlan:
    """Spaces side by side from (x_mm, y_mm) to the right; owners take turns along the row.

    `accessible` and `charger` are places in the row, counted from 1. Without `labels` the
    spaces are numbered through the area: A01, A02.
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
    labels: tuple[str, ...] = ()


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
        owner_ids = {
            owner.name: tx.library.add_owner(owner.name, kind=owner.kind) for owner in plan.owners
        }
        owners_tariffs = [owner.tariff for owner in plan.owners if owner.tariff is not None]
        tariffs = dict.fromkeys([*(area.tariff for area in plan.areas), *owners_tariffs], 0)
        for tariff in tariffs:
            tariffs[tariff] = tx.library.add_tariff(tariff)
        owners_terms = [each.split_terms for each in plan.owners if each.split_terms is not None]
        terms = dict.fromkeys([*(area.split_terms for area in plan.areas), *owners_terms], 0)
        for split_terms in terms:
            terms[split_terms] = tx.library.add_split_terms(split_terms)
        owners = {
            owner.name: replace(
                owner,
                terms=replace(
                    owner.terms,
                    tariff_id=tariffs[owner.tariff] if owner.tariff else None,
                    split_terms_id=terms[owner.split_terms] if owner.split_terms else None,
                ),
            )
            for owner in plan.owners
        }
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
        owner = owners[row.owners[(place - 1) % len(row.owners)]]
        space_id = tx.library.add_space(
            area_id=area_id,
            owner_id=owner_ids[owner.name],
            label=row.labels[place - 1] if row.labels else f"{area.code}{number:02d}",
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
        if owner.times is not None:
            tx.library.add_offer(space_id, owner.times, terms=owner.terms, state=owner.state)


def _places(area: AreaPlan) -> Iterator[tuple[RowPlan, int]]:
    for row in area.rows:
        for place in range(1, row.count + 1):
            yield row, place
