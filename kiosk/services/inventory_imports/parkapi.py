"""Reads the car parks of a city as ParkAPI lists them (GeoJSON, one file a city).

A file has a feature of type `city` for the city itself. Car parks have no key there: theirs is
the city's name and their own. `total` is often 0 or missing; nothing else is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.domain.inventory import ListedSite, ListSource, SiteKind
from kiosk.services.inventory_imports.geojson import features, point, properties
from kiosk.services.inventory_imports.records import (
    InventoryKind,
    NoCarPark,
    Record,
    Taken,
    Values,
    line_of,
    table,
)
from kiosk.services.published_records import CannotSay

_CITY = "city"
_KINDS = {
    "Parkhaus": SiteKind.MULTI_STOREY,
    "Tiefgarage": SiteKind.BASEMENT,
    "Parkplatz": SiteKind.SURFACE,
    "Parkfläche": SiteKind.SURFACE,
    "Parkplatz/Tiefgarage": SiteKind.MIXED,
}


def _records(document: object) -> Iterable[Record] | None:
    found = features(document)
    cities = [each for each in map(properties, found) if each.get("type") == _CITY]
    if not cities:
        return None
    if len(cities) > 1:
        raise CannotSay(f"{len(cities)} features are of type city; a file is about one city")
    city = line_of("the name of the city", cities[0].get("name"))
    return [_record(number, feature, city) for number, feature in enumerate(found, start=1)]


def _record(number: int, feature: object, city: str) -> Record:
    return Record(
        where=f"feature {number}",
        key=_key(properties(feature), city),
        fields=table(feature),
        broken="" if isinstance(feature, dict) else "should be a feature in braces",
    )


def _key(said: Mapping[str, object], city: str) -> str:
    name = said.get("name")
    if said.get("type") == _CITY:
        return city
    return f"{city}/{' '.join(name.split())}" if isinstance(name, str) and name.strip() else ""


def _take(record: Record) -> Taken:
    said = properties(record.fields)
    if said.get("type") == _CITY:
        raise NoCarPark("marks the city")
    values = Values(record)
    name = line_of("name", said.get("name"))
    if said.get("total_by_weekday") is not None:
        values.set_aside("total_by_weekday: other numbers of spaces on some days are not kept")
    return values.taken(
        ListedSite(
            source=ListSource.PARKAPI,
            key=values.key("name"),
            name=name,
            position=point(values, record.fields.get("geometry")),
            spaces=values.spaces("total", said.get("total")),
            kind=values.kind("type", said.get("type"), _KINDS),
        )
    )


PARKAPI = InventoryKind(
    source=ListSource.PARKAPI,
    about="ParkAPI: GeoJSON with a feature of type city",
    records=_records,
    take=_take,
    note="The data has no keys: a car park's is the name of its city and its own.",
)
