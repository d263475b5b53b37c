"""Keeps the "full" signs of all entrances true: lit when nobody who comes now gets a space.

The rule is that of the entry screen's own board (find_space.show_areas): the shortest stay from
now on, for any car.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.services.commands import Actor, ActorKind, ShowAreas
from kiosk.services.find_space import show_areas
from kiosk.services.views import Direction

if TYPE_CHECKING:
    from kiosk.domain.ids import LaneName
    from kiosk.services.core import Core

_CLOCK = Actor(ActorKind.CLOCK, "full-sign")


class FullSigns:
    """Looked at with every tick of housekeeping, a second at most after anything that happened.

    A lane hears only of changes, and remembers them while its board is away. Not after each
    command: a scan must not wait for a count. Lives on the work thread.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._shown: dict[LaneName, bool] = {}

    def look(self) -> None:
        """Count what is idle and switch the signs that now say something else."""
        entrances = [
            lane
            for lane in self._core.lanes.values()
            if lane.status.wiring.has_full_sign
            and lane.direction is Direction.ENTRY
            and lane.control is not None
        ]
        if not entrances:
            return
        areas = show_areas(self._core, ShowAreas(actor=_CLOCK)).areas
        is_full = not any(area.idle_count for area in areas)
        for lane in entrances:
            if self._shown.get(lane.name) is not is_full:
                assert lane.control is not None
                lane.control.show_full(is_full)
                self._shown[lane.name] = is_full
