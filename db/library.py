# ruff: noqa: S608 (every statement is put together from constants of our own)
"""The shared library: tariffs, areas, spaces and owners.

What of it is shared stands in offers.py, what of that is idle in gaps.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import db.models as tables
from db.offers import Offers
from db.rows import SPLIT_TERMS, TARIFF, split_terms_of, tariff_of
from kiosk.domain.ids import AreaId, OwnerId, SpaceId
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.space import Area, OwnerKind, Space, SpaceType
from kiosk.domain.tariff import Tariff
from kiosk.domain.tariff_text import tariff_hash, tariff_text, text_hash

_AREA = "SELECT id, code, name, level, width_mm, depth_mm FROM area"
_AREAS = f"{_AREA} ORDER BY abs(level), level DESC, code"
_AREA_BY_ID = f"{_AREA} WHERE id = ?"
_SPACE_IDS = "SELECT id FROM space ORDER BY area_id, rank, id"
_SPACE_IDS_OF = "SELECT id FROM space WHERE area_id = ? ORDER BY rank, id"
_SPACE_COUNT = "SELECT count(*) FROM space WHERE area_id = ?"
_OWNER_NAMES = """SELECT o.id, p.name FROM owner o JOIN person p ON p.id = o.person_id
ORDER BY o.id"""
_OWNER_KINDS = "SELECT id, kind FROM owner ORDER BY id"
_OWNER_NAMED = """SELECT o.id FROM owner o JOIN person p ON p.id = o.person_id
WHERE p.name = ? ORDER BY o.id LIMIT 1"""
_TARIFF_OF = f"SELECT {TARIFF} FROM area a JOIN tariff t ON t.id = a.tariff_id WHERE a.id = ?"
_TARIFF = f"SELECT {TARIFF} FROM tariff t WHERE t.id = ?"
_TARIFF_ID = "SELECT id FROM tariff WHERE hash = ?"
_LATEST_TARIFF = f"""SELECT {TARIFF} FROM tariff t WHERE t.code = ?
ORDER BY t.version DESC LIMIT 1"""
_SET_TARIFF = "UPDATE area SET tariff_id = ? WHERE id = ?"
_TERMS_FOR = f"""SELECT t.id, coalesce(o.split_terms_id, a.split_terms_id), {TARIFF}
FROM space s JOIN area a ON a.id = s.area_id
LEFT JOIN offer o ON o.space_id = s.id AND o.state = 'approved'
JOIN tariff t ON t.id = coalesce(o.tariff_id, a.tariff_id) WHERE s.id = ?"""
_OWN_TARIFFS = f"""SELECT o.space_id, {TARIFF} FROM offer o JOIN tariff t ON t.id = o.tariff_id
WHERE o.state = 'approved'"""
_SPLIT_TERMS = f"SELECT {SPLIT_TERMS} FROM split_terms x WHERE x.id = ?"
_SPLIT_TERMS_OF = f"""SELECT {SPLIT_TERMS} FROM area a JOIN split_terms x
ON x.id = a.split_terms_id WHERE a.id = ?"""


class Library(Offers):
    """What the site has and who shares it; an id that it does not know is a bug."""

    def add_tariff(self, tariff: Tariff) -> int:
        """A new tariff version; it never changes afterwards."""
        text = tariff_text(tariff)
        return self._session.insert(
            tables.Tariff,
            code=tariff.code,
            version=tariff.version,
            currency=tariff.currency,
            hash=text_hash(text),
            text=text,
        )

    def tariff(self, tariff_id: int) -> Tariff:
        """A stored tariff."""
        return tariff_of(self._session.one(_TARIFF, tariff_id))

    def tariff_id(self, tariff: Tariff) -> int | None:
        """The id of exactly this tariff, when it is stored; by its content, not by its name."""
        row = self._session.one(_TARIFF_ID, tariff_hash(tariff))
        return None if row is None else int(row[0])

    def latest_tariff(self, code: str) -> Tariff | None:
        """The highest version that is stored under this code."""
        row = self._session.one(_LATEST_TARIFF, code)
        return None if row is None else tariff_of(row)

    def set_tariff(self, area_id: AreaId, tariff_id: int) -> None:
        """From now on reservations of the area get this tariff; older ones keep theirs."""
        self._session.run(_SET_TARIFF, tariff_id, area_id)

    def add_split_terms(self, terms: SplitTerms) -> int:
        """New split terms; they never change afterwards."""
        return self._session.insert(
            tables.SplitTerms,
            commission_bp=terms.commission_bp,
            vat_bp=terms.vat_bp,
            manager_bp=terms.manager_bp,
            rule=terms.rule.value,
            merchant=terms.merchant.value,
            supplier=terms.supplier.value,
        )

    def add_area(
        self,
        *,
        code: str,
        name: str,
        level: int,
        width_mm: int,
        depth_mm: int,
        tariff_id: int,
        split_terms_id: int,
    ) -> AreaId:
        """A new area; its code must be new."""
        return AreaId(
            self._session.insert(
                tables.Area,
                code=code,
                name=name,
                level=level,
                width_mm=width_mm,
                depth_mm=depth_mm,
                tariff=tariff_id,
                split_terms=split_terms_id,
            )
        )

    def add_owner(self, name: str, *, kind: OwnerKind = OwnerKind.OTHER) -> OwnerId:
        """A new owner of spaces."""
        person_id = self._session.insert(tables.Person, name=name, phone="")
        return OwnerId(self._session.insert(tables.Owner, person=person_id, kind=kind.value))

    def owner_kinds(self) -> dict[OwnerId, OwnerKind]:
        """What each owner is."""
        rows = self._session.run(_OWNER_KINDS)
        return {owner_id: OwnerKind(kind) for owner_id, kind in rows}

    def owner_named(self, name: str) -> OwnerId | None:
        """The owner with this name."""
        row = self._session.one(_OWNER_NAMED, name)
        return None if row is None else OwnerId(row[0])

    def add_space(
        self,
        *,
        area_id: AreaId,
        owner_id: OwnerId,
        label: str,
        rank: int,
        x_mm: int,
        y_mm: int,
        width_mm: int,
        depth_mm: int,
        has_charger: bool = False,
        is_accessible: bool = False,
        height_mm: int | None = None,
        is_covered: bool = False,
        type: SpaceType = SpaceType.CAR,  # noqa: A002 - the word of the glossary
    ) -> SpaceId:
        """A new space; its label must be new in its area. It is idle once gaps are built."""
        return SpaceId(
            self._session.insert(
                tables.Space,
                area=area_id,
                owner=owner_id,
                label=label,
                rank=rank,
                x_mm=x_mm,
                y_mm=y_mm,
                width_mm=width_mm,
                depth_mm=depth_mm,
                has_charger=int(has_charger),
                is_accessible=int(is_accessible),
                height_mm=height_mm,
                is_covered=int(is_covered),
                type=type.value,
            )
        )

    def areas(self) -> tuple[Area, ...]:
        """All areas, nearest level first."""
        return tuple(Area(*row) for row in self._session.run(_AREAS))

    def area(self, area_id: AreaId) -> Area:
        """The area with this id."""
        return Area(*self._session.one(_AREA_BY_ID, area_id))

    def spaces(self, area_id: AreaId | None = None) -> tuple[Space, ...]:
        """The spaces of an area, or of the site, nearest to the entrance first."""
        run = self._session.run
        rows = run(_SPACE_IDS) if area_id is None else run(_SPACE_IDS_OF, area_id)
        return tuple(self.space(space_id) for (space_id,) in rows)

    def space_count(self, area_id: AreaId) -> int:
        """How many spaces an area has."""
        return int(self._session.one(_SPACE_COUNT, area_id)[0])

    def owner_names(self) -> dict[OwnerId, str]:
        """The name of each owner."""
        return dict(self._session.run(_OWNER_NAMES).fetchall())

    def tariff_of(self, area_id: AreaId) -> Tariff:
        """The tariff that an area has now."""
        return tariff_of(self._session.one(_TARIFF_OF, area_id))

    def split_terms(self, split_terms_id: int) -> SplitTerms:
        """Stored split terms."""
        return split_terms_of(self._session.one(_SPLIT_TERMS, split_terms_id))

    def split_terms_of(self, area_id: AreaId) -> SplitTerms:
        """The split terms that an area has now."""
        return split_terms_of(self._session.one(_SPLIT_TERMS_OF, area_id))

    def own_tariffs(self) -> dict[SpaceId, Tariff]:
        """The spaces whose offer has a tariff of its own; all others have their area's."""
        rows = self._session.run(_OWN_TARIFFS)
        return {SpaceId(row[0]): tariff_of(row[1:]) for row in rows}

    def terms_for(self, space_id: SpaceId) -> SpaceTerms:
        """The tariff and the split of a space now: those of its offer, else of its area."""
        tariff_id, split_terms_id, *row = self._session.one(_TERMS_FOR, space_id)
        return SpaceTerms(tariff_id, tariff_of(row), split_terms_id)


@dataclass(frozen=True, slots=True)
class SpaceTerms:
    """What a reservation of a space is priced and divided by, as stored."""

    tariff_id: int
    tariff: Tariff
    split_terms_id: int
