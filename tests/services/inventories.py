"""Small inventories of each kind as bytes, and what became of them in one word."""

from __future__ import annotations

import json
from typing import Any

from kiosk.domain.inventory import ListedSite
from kiosk.services.inventory_imports.records import Inventory

CITY = {"properties": {"type": "city", "name": "Ulm"}}
HDB_HEADER = (
    '"car_park_no","address","x_coord","y_coord","car_park_type","car_park_decks","gantry_height"'
)
HDB_ROW = '"ACB","ALBERT CENTRE","30314.7936","31490.4942","BASEMENT CAR PARK","1","1.80"'


def raw(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def collection(*features: object) -> bytes:
    return raw({"type": "FeatureCollection", "features": list(features)})


def parkapi(coordinates: object = (10.0, 48.4), **properties: object) -> dict[str, object]:
    """A feature of the city's file."""
    geometry = {"type": "Point", "coordinates": coordinates}
    return {"properties": {"name": "Mitte", **properties}, "geometry": geometry}


def sbb(name: object = "Bex", *, of: object = "CAR", **totals: object) -> dict[str, object]:
    capacities = [{"categoryType": kind, "total": total} for kind, total in totals.items()]
    properties = {"displayName": name, "capacities": capacities, "parkingFacilityCategory": of}
    return {"id": "7ac", "properties": properties, "geometry": None}


def db(**changes: object) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": "100001",
        "name": [{"name": "Aalen", "context": "NAME"}],
        "capacity": [{"type": "PARKING", "total": "55"}],
    }
    return record | changes


def db_file(*records: object) -> bytes:
    return raw({"_embedded": list(records)})


def hdb(*rows: str) -> bytes:
    return "\r\n".join((HDB_HEADER, *rows, "")).encode()


def only(inventory: Inventory) -> ListedSite:
    (taken,) = inventory.taken
    assert inventory.refused == ()
    return taken.site


def set_aside(inventory: Inventory) -> tuple[str, ...]:
    (taken,) = inventory.taken
    return taken.set_aside


def reason(inventory: Inventory) -> str:
    """Why the only record that is refused is; no other is taken."""
    (refusal,) = inventory.refused
    assert inventory.taken == ()
    return refusal.reason
