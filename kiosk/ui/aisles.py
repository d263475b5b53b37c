"""Finds the driving aisles of a level: strips of floor between its spaces, for drawing alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.domain.space import Area, Space

AISLE_LEAST_MM = 2_500
"""A strip narrower than a car needs is no aisle."""
NO_HEADING = -1
"""Which way cars go in an aisle is not known, so no arrow is drawn."""


@dataclass(frozen=True, slots=True)
class AisleRow:
    """An aisle as LevelPlan draws it."""

    key: str
    x_mm: int
    y_mm: int
    width_mm: int
    height_mm: int
    heading: int = NO_HEADING


def aisles(area: Area, spaces: Iterable[Space]) -> tuple[AisleRow, ...]:
    """Strips over the whole width on which no space lies; none: strips over the whole depth."""
    placed = tuple(spaces)
    across = _gaps([(each.y_mm, each.y_mm + each.depth_mm) for each in placed], area.depth_mm)
    if across:
        return tuple(
            AisleRow(f"across-{start}", 0, start, area.width_mm, end - start)
            for start, end in across
        )
    along = _gaps([(each.x_mm, each.x_mm + each.width_mm) for each in placed], area.width_mm)
    return tuple(
        AisleRow(f"along-{start}", start, 0, end - start, area.depth_mm) for start, end in along
    )


def _gaps(taken: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """What of [0, length) lies in none of the taken parts and is wide enough."""
    gaps, free_from = [], 0
    for start, end in [*sorted(taken), (length, length)]:
        if start - free_from >= AISLE_LEAST_MM:
            gaps.append((free_from, start))
        free_from = max(free_from, end)
    return gaps
