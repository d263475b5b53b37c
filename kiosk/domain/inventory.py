"""A site as somebody's inventory lists it: what is published of it, and nothing else.

A fact that is not stated is None, never a guess. Where the records come from and what their
fields mean is decided in kiosk.services.inventory_imports.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_SPACES = 20_000
"""The largest car parks of the world have about as many; more is a slip of the pen."""
_DEGREE_UDEG = 1_000_000


class ListSource(StrEnum):
    """Whose list it is."""

    PARKAPI = "parkapi"
    SBB = "sbb"
    DB = "db"
    HDB = "hdb"


class SiteKind(StrEnum):
    """How a site is built."""

    SURFACE = "surface"
    STREET = "street"
    DECK = "deck"
    MULTI_STOREY = "multi-storey"
    BASEMENT = "basement"
    COVERED = "covered"
    MECHANICAL = "mechanical"
    MIXED = "mixed"
    """More than one of these."""


@dataclass(frozen=True, slots=True)
class Position:
    """A point on earth in millionths of a degree (WGS 84): 11 cm or better."""

    latitude_udeg: int
    longitude_udeg: int

    def __post_init__(self) -> None:
        assert abs(self.latitude_udeg) <= 90 * _DEGREE_UDEG
        assert abs(self.longitude_udeg) <= 180 * _DEGREE_UDEG


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSite:
    """A car park in somebody's inventory; known by its source and the key that it has there.

    No inventory that is read here states a time zone, so that there is no field for one.
    """

    source: ListSource
    key: str
    name: str
    position: Position | None = None
    spaces: int | None = None
    """For cars; whether accessible ones are counted among them depends on the source."""
    accessible: int | None = None
    chargers: int | None = None
    decks: int | None = None
    height_mm: int | None = None
    """The highest vehicle that gets in."""
    kind: SiteKind | None = None

    def __post_init__(self) -> None:
        assert self.key
        assert self.name
        counts = (self.spaces, self.accessible, self.chargers)
        assert all(count is None or 0 <= count <= MOST_SPACES for count in counts)
        assert self.spaces != 0, "no spaces are not stated spaces"
        assert self.decks is None or self.decks > 0
        assert self.height_mm is None or self.height_mm > 0
