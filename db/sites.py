# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Whose database this is, and sites as published inventories list them.

What the site itself has stands in library.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.domain.inventory import ListedSite, ListSource, Position, SiteKind

if TYPE_CHECKING:
    from db.session import Session

_COLUMNS = """source, key, name, latitude_udeg, longitude_udeg, spaces, accessible, chargers,
decks, height_mm, kind"""
_ALL = f"SELECT {_COLUMNS} FROM listed_site ORDER BY source, key"
_PUT = f"""INSERT INTO listed_site({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT(source, key) DO UPDATE SET name = excluded.name,
latitude_udeg = excluded.latitude_udeg, longitude_udeg = excluded.longitude_udeg,
spaces = excluded.spaces, accessible = excluded.accessible, chargers = excluded.chargers,
decks = excluded.decks, height_mm = excluded.height_mm, kind = excluded.kind"""

_OWN = "SELECT number, name FROM own_site WHERE id = 1"
_PUT_OWN = """INSERT INTO own_site(id, number, name) VALUES (1, ?, ?)
ON CONFLICT(id) DO UPDATE SET number = excluded.number, name = excluded.name"""


@dataclass(frozen=True, slots=True)
class OwnSite:
    """The site that a database belongs to."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChanges:
    """What putting some listed sites means for the stored ones; each is in one of the three."""

    added: tuple[ListedSite, ...]
    changed: tuple[ListedSite, ...]
    """As they are said now."""
    unchanged: tuple[ListedSite, ...]


class Sites:
    """The site itself, and listed sites by their source and the key that they have there."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def own(self) -> OwnSite | None:
        """Whose database this is; None: no site has worked with it yet."""
        row = self._session.one(_OWN)
        return None if row is None else OwnSite(*row)

    def set_own(self, site: OwnSite) -> None:
        """Make it this site's, or give its site another name."""
        self._session.run(_PUT_OWN, site.number, site.name)

    def all(self) -> tuple[ListedSite, ...]:
        """Every listed site, by source and key."""
        return tuple(map(_site, self._session.run(_ALL)))

    def compare(self, sites: Iterable[ListedSite]) -> SiteChanges:
        """What `put` would do; each source and key may be there once."""
        stored = {(site.source, site.key): site for site in self.all()}
        added, changed, unchanged = [], [], []
        for site in sites:
            before = stored.get((site.source, site.key))
            if before is None:
                added.append(site)
            elif before == site:
                unchanged.append(site)
            else:
                changed.append(site)
        return SiteChanges(added=tuple(added), changed=tuple(changed), unchanged=tuple(unchanged))

    def put(self, sites: Iterable[ListedSite]) -> SiteChanges:
        """Store these as they are said now; other stored sites stay as they are."""
        changes = self.compare(sites)
        for site in (*changes.added, *changes.changed):
            self._session.run(_PUT, *_row(site))
        return changes


def _row(site: ListedSite) -> tuple[int | str | None, ...]:
    position = site.position
    return (
        site.source,
        site.key,
        site.name,
        None if position is None else position.latitude_udeg,
        None if position is None else position.longitude_udeg,
        site.spaces,
        site.accessible,
        site.chargers,
        site.decks,
        site.height_mm,
        site.kind,
    )


def _site(row: Any) -> ListedSite:
    return ListedSite(
        source=ListSource(row[0]),
        key=row[1],
        name=row[2],
        position=None if row[3] is None else Position(row[3], row[4]),
        spaces=row[5],
        accessible=row[6],
        chargers=row[7],
        decks=row[8],
        height_mm=row[9],
        kind=None if row[10] is None else SiteKind(row[10]),
    )
