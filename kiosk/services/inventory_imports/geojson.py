"""The features of a GeoJSON document (RFC 7946) and their points, whatever they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.services.inventory_imports.records import shown, table
from kiosk.services.published_records import CannotSay

if TYPE_CHECKING:
    from kiosk.domain.inventory import Position
    from kiosk.services.inventory_imports.records import Values


def features(document: object) -> tuple[object, ...]:
    """The features of a collection, in order; none when the document is something else."""
    found = table(document)
    listed = found.get("features")
    is_collection = found.get("type") == "FeatureCollection" and isinstance(listed, list)
    return tuple(listed) if is_collection and isinstance(listed, list) else ()


def properties(feature: object) -> Mapping[str, object]:
    """What a feature says of itself."""
    return table(table(feature).get("properties"))


def point(values: Values, geometry: object) -> Position | None:
    """Where a feature is; None when it does not say."""
    if geometry is None:
        return None
    coordinates = table(geometry).get("coordinates")
    is_point = table(geometry).get("type") == "Point"
    if not is_point or not isinstance(coordinates, list) or len(coordinates) not in {2, 3}:
        raise CannotSay(f"geometry: should be a point of two numbers, not {shown(geometry)}")
    longitude, latitude = coordinates[:2]
    return values.position(latitude, longitude)
