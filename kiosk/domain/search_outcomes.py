"""What an idle search can answer: areas, the plan of one of them, or that nothing fits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import AreaId, SpaceId
from kiosk.domain.pricing.charge_lines import Charge, NoPrice
from kiosk.domain.space import Area, Space
from kiosk.domain.tariff import Tariff
from kiosk.domain.time import Window


@dataclass(frozen=True, slots=True)
class AreaSummary:
    """An area as the first screen shows it."""

    area: Area
    idle_count: int
    """Spaces that are idle for the shortest stay from now."""
    space_count: int
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


@dataclass(frozen=True, slots=True)
class SpacesFound:
    """The plan of an area for a wanted window; `best` is the best fit."""

    area: Area
    window: Window
    quote: Charge
    """The same for every space of the area: what the booked window costs."""
    spaces: tuple[PlanSpace, ...]
    best: SpaceId


@dataclass(frozen=True, slots=True)
class NothingIdle:
    """No space of the area is idle for the whole window; these areas have one."""

    area: Area
    window: Window
    other_areas: tuple[AreaId, ...]


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
