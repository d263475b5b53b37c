"""Reads the car parks of SBB P+Rail (GeoJSON) as listed sites; their prices: tariff_imports."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from kiosk.domain.inventory import ListedSite, ListSource
from kiosk.services.inventory_imports.geojson import features, point, properties
from kiosk.services.inventory_imports.records import (
    InventoryKind,
    NoCarPark,
    Record,
    Taken,
    Values,
    line_of,
    once_each,
    shown,
    table,
)

_CARS = "CAR"
_STANDARD, _ACCESSIBLE = "STANDARD", "DISABLED_PARKING_SPACE"
_CHARGERS, _RESERVABLE = "WITH_CHARGING_STATION", "RESERVABLE_PARKING_SPACE"


class _Some(BaseModel):
    """The part of a record that is read."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class _Capacity(_Some):
    category_type: str
    total: object = None


class _CarPark(_Some):
    display_name: object = None
    parking_facility_category: object = None
    capacities: tuple[_Capacity, ...]


def _records(document: object) -> Iterable[Record] | None:
    found = features(document)
    if not any({"displayName", "capacities"} <= set(properties(each)) for each in found):
        return None
    return [_record(number, feature) for number, feature in enumerate(found, start=1)]


def _record(number: int, feature: object) -> Record:
    key = table(feature).get("id")
    return Record(
        where=f"feature {number}",
        key=key if isinstance(key, str) else "",
        fields=table(feature),
        broken="" if isinstance(feature, dict) else "should be a feature in braces",
    )


def _take(record: Record) -> Taken:
    park = _CarPark.model_validate(properties(record.fields))
    if park.parking_facility_category not in (None, _CARS):
        raise NoCarPark(f"parkingFacilityCategory says {shown(park.parking_facility_category)}")
    values = Values(record)
    totals = once_each(
        "capacities", ((each.category_type, each.total) for each in park.capacities)
    )
    for category in sorted(totals.keys() - {_STANDARD, _ACCESSIBLE, _CHARGERS, _RESERVABLE}):
        values.set_aside(f"capacities {shown(category)}: is not known here")
    return values.taken(
        ListedSite(
            source=ListSource.SBB,
            key=values.key("id"),
            name=line_of("displayName", park.display_name),
            position=point(values, record.fields.get("geometry")),
            spaces=values.spaces(_STANDARD, totals.get(_STANDARD)),
            accessible=values.count(_ACCESSIBLE, totals.get(_ACCESSIBLE)),
            chargers=values.count(_CHARGERS, totals.get(_CHARGERS)),
        )
    )


SBB = InventoryKind(
    source=ListSource.SBB,
    about="SBB P+Rail: GeoJSON whose features have displayName and capacities",
    records=_records,
    take=_take,
    note=(
        "Spaces are those of STANDARD; whether the accessible ones and those with a charger are "
        "among them is not published, and RESERVABLE_PARKING_SPACE is not kept."
    ),
)
