"""What an idle search can answer: areas, the plan of one of them, or that nothing fits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import AreaId, SpaceId
from kiosk.domain.pricing.charge_lines import Charge, NoPrice
from kiosk.domain.search import NO_PROPOSALS, Proposals, Reason
from kiosk.domain.space import ANY_CAR, Area, CarNeeds, Misfit, OwnerKind, Space
from kiosk.domain.tariff import Tariff
from kiosk.domain.time import Window


@dataclass(frozen=True, slots=True)
class AreaSummary:
    """An area as the first screen shows it."""

    area: Area
    idle_count: int | None
    """Spaces that can be had as wanted; None where the site takes no such window at all."""
    tariff: Tariff


@dataclass(frozen=True, slots=True)
class AreasShown:
    """All areas of the site, nearest level first."""

    areas: tuple[AreaSummary, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class PlanSpace:
    """A space on the plan of a level, as one driver sees it for a wanted window."""

    space: Space
    is_idle: bool
    leave_by: datetime | None
    """For an idle space: until when the stay could be extended at most."""
    quote: Charge | None = None
    """For an idle space: what the window costs there."""


@dataclass(frozen=True, slots=True)
class SpacesFound:
    """The plan of an area for a wanted window; `best` is the best fit."""

    area: Area
    window: Window
    quote: Charge
    """What the window costs on the best space; others may have a price of their own."""
    spaces: tuple[PlanSpace, ...]
    best: SpaceId


@dataclass(frozen=True, slots=True)
class NothingIdle:
    """No space of the area is idle for the whole window; what comes nearest to it."""

    area: Area
    window: Window
    other_areas: tuple[AreaId, ...]
    """Areas that have a space for the whole window."""
    proposals: Proposals = NO_PROPOSALS
    """Within the area: earlier, later, shorter, or two spaces one after the other."""
    needs: CarNeeds = ANY_CAR
    """Of the car: with any, a space that it does not fit can be idle all the same."""


@dataclass(frozen=True, slots=True)
class FoundSpace:
    """A space that can be had for the wanted window."""

    space: Space
    area: Area
    owner_kind: OwnerKind
    leave_by: datetime
    quote: Charge


@dataclass(frozen=True, slots=True)
class NotOffered:
    """A space that cannot be had for the wanted window, and why."""

    space: Space
    area: Area
    reason: Reason
    misfit: Misfit | None


@dataclass(frozen=True, slots=True)
class LibrarySearched:
    """Everything that a search of the library found, best fit first, and everything else."""

    window: Window
    found: tuple[FoundSpace, ...]
    not_offered: tuple[NotOffered, ...]
    other_areas: tuple[AreaId, ...]
    """Areas outside of the wanted ones that have a space; only asked when nothing was found."""
    proposals: Proposals


@dataclass(frozen=True, slots=True)
class WindowRefused:
    """The wanted window is shorter or longer than the site allows."""

    shortest_minutes: int
    longest_minutes: int


@dataclass(frozen=True, slots=True)
class WindowNotPriced:
    """The tariff of the area gives the wanted window no price; nothing was kept."""

    area: Area
    why: NoPrice
