"""The shared library: areas and spaces, what fits which car, and what is idle of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from math import inf

from kiosk.domain.ids import AreaId, OwnerId, SpaceId
from kiosk.domain.time import Window, without


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the site that a driver can ask for: a level or a zone, with its size in mm."""

    id: AreaId
    code: str
    name: str
    level: int
    width_mm: int
    depth_mm: int


class OwnerKind(Enum):
    """Who shares a space; the value is how it is stored."""

    RESIDENT = "resident"
    OFFICE = "office"
    SHOP = "shop"
    OPERATOR = "operator"
    OTHER = "other"


class SpaceType(Enum):
    """What a space is made for; the value is how it is stored."""

    CAR = "car"
    MOTORCYCLE = "motorcycle"


@dataclass(frozen=True, slots=True)
class Space:
    """One place for one car; x and y are its top left corner on the plan of its area, in mm.

    `rank` orders the spaces of an area by their way from the entrance (1 is nearest).
    """

    id: SpaceId
    area_id: AreaId
    owner_id: OwnerId
    label: str
    rank: int
    x_mm: int
    y_mm: int
    width_mm: int
    depth_mm: int
    """How long a car may be."""
    has_charger: bool = False
    is_accessible: bool = False
    height_mm: int | None = None
    """The clearance above it and on the way to it; None where nothing is above."""
    is_covered: bool = False
    """Roof or shade over it."""
    type: SpaceType = SpaceType.CAR


@dataclass(frozen=True, slots=True)
class CarNeeds:
    """What a car needs of its space, so far as its driver has said it."""

    width_mm: int | None = None
    length_mm: int | None = None
    height_mm: int | None = None
    charger: bool = False
    accessible: bool = False
    type: SpaceType = SpaceType.CAR


ANY_CAR = CarNeeds()
"""A car of which nothing was said."""


class Misfit(Enum):
    """Why a car cannot have a space; the value is the word that screens and commands look up."""

    TOO_NARROW = "too-narrow"
    TOO_SHORT = "too-short"
    TOO_LOW = "too-low"
    NO_CHARGER = "no-charger"
    NOT_ACCESSIBLE = "not-accessible"
    OTHER_TYPE = "other-type"


def misfit(space: Space, needs: CarNeeds) -> Misfit | None:
    """The first reason why a car with these needs cannot have the space; None when it fits."""
    if space.type is not needs.type:
        return Misfit.OTHER_TYPE
    if needs.height_mm is not None and needs.height_mm > _clearance(space):
        return Misfit.TOO_LOW
    if needs.width_mm is not None and needs.width_mm > space.width_mm:
        return Misfit.TOO_NARROW
    if needs.length_mm is not None and needs.length_mm > space.depth_mm:
        return Misfit.TOO_SHORT
    if needs.charger and not space.has_charger:
        return Misfit.NO_CHARGER
    if needs.accessible and not space.is_accessible:
        return Misfit.NOT_ACCESSIBLE
    return None


def is_as_good(substitute: Space, instead_of: Space, needs: CarNeeds) -> bool:
    """Whether a space can be given in place of a reserved one: an equal or a better class.

    It fits the car and lacks nothing that the reserved one had: charger, access, cover, and
    room where the driver has not said how much the car needs. An accessible space is given
    only to those who need one or had one.
    """
    if misfit(substitute, needs) is not None:
        return False
    if substitute.is_accessible and not (needs.accessible or instead_of.is_accessible):
        return False
    has_all = (
        substitute.has_charger >= instead_of.has_charger
        and substitute.is_accessible >= instead_of.is_accessible
        and substitute.is_covered >= instead_of.is_covered
    )
    has_room = (
        (needs.width_mm is not None or substitute.width_mm >= instead_of.width_mm)
        and (needs.length_mm is not None or substitute.depth_mm >= instead_of.depth_mm)
        and (needs.height_mm is not None or _clearance(substitute) >= _clearance(instead_of))
    )
    return has_all and has_room


def _clearance(space: Space) -> float:
    return inf if space.height_mm is None else space.height_mm


def free_gaps(
    *,
    offered: Iterable[Window],
    committed: Iterable[Window],
    closed: Iterable[Window],
    buffer: timedelta,
) -> tuple[Window, ...]:
    """What is idle: the offered time less commitments with a buffer on both sides, and closures.

    A space that is out of order is worked on, not driven to: a closure has no buffer.
    """
    return without(offered, (*(window.widened(buffer) for window in committed), *closed))


IdleGap = tuple[SpaceId, int, int]
"""The idle gap of a space around a wanted window: from and until in epoch seconds.

A plain tuple as the database gives it: a search finds hundreds, and builds nothing for them.
"""


@dataclass(frozen=True, slots=True)
class IdleSpace:
    """A space that is idle for a wanted window, and the whole idle gap around that window."""

    space: Space
    gap: Window


def best_fit_first(
    found: Iterable[IdleSpace], *, wanted: Window, minimum_stay: timedelta
) -> tuple[IdleSpace, ...]:
    """The found spaces, best fit first.

    Best is the space that leaves the fewest minutes in remainders too short for another
    stay; then the shortest gap, then the shortest way from the entrance, then the id.
    Spaces that only some drivers need (accessible, charger) come after all others.
    """

    def wasted(idle: IdleSpace) -> timedelta:
        remainders = (wanted.from_ - idle.gap.from_, idle.gap.until - wanted.until)
        return sum((rest for rest in remainders if rest < minimum_stay), timedelta())

    def key(idle: IdleSpace) -> tuple[bool, bool, timedelta, timedelta, int, int]:
        space = idle.space
        return (
            space.is_accessible,
            space.has_charger,
            wasted(idle),
            idle.gap.duration,
            space.rank,
            space.id,
        )

    return tuple(sorted(found, key=key))
