"""Reads the car parks of DB BahnPark (JSON) as listed sites; their prices: tariff_imports."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from kiosk.domain.inventory import ListedSite, ListSource, SiteKind
from kiosk.services.inventory_imports.records import (
    InventoryKind,
    Record,
    Taken,
    Values,
    line_of,
    once_each,
    shown,
    table,
)

_CM = 10
_SPACES, _ACCESSIBLE = "PARKING", "HANDICAPPED_PARKING"
_BICYCLES = {"BIKE_PARKING_LOCKED", "BIKE_PARKING_OPEN"}
_KINDS = {
    "Parkplatz": SiteKind.SURFACE,
    "Straße": SiteKind.STREET,
    "Parkdeck": SiteKind.DECK,
    "Parkhaus": SiteKind.MULTI_STOREY,
    "Tiefgarage": SiteKind.BASEMENT,
}


class _Part(BaseModel):
    """The part of a record that is read."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class _Name(_Part):
    name: object = None
    context: str


class _Type(_Part):
    name: object = None


class _Location(_Part):
    latitude: object = None
    longitude: object = None


class _Address(_Part):
    location: _Location | None = None


class _Capacity(_Part):
    type: str
    total: object = None


class _Clearance(_Part):
    height: object = None


class _Restrictions(_Part):
    clearance: _Clearance = _Clearance()


class _OutOfService(_Part):
    is_out_of_service: bool | None = None
    reason: str | None = None


class _Access(_Part):
    restrictions: _Restrictions = _Restrictions()
    out_of_service: _OutOfService = _OutOfService()


class _Charging(_Part):
    has_charging_station: bool | None = None
    details: str | None = None


class _Equipment(_Part):
    charging: _Charging = _Charging()


class _CarPark(_Part):
    name: tuple[_Name, ...]
    type: _Type = _Type()
    address: _Address = _Address()
    capacity: tuple[_Capacity, ...]
    access: _Access = _Access()
    equipment: _Equipment = _Equipment()


def _records(document: object) -> Iterable[Record] | None:
    found = table(document).get("_embedded")
    if not isinstance(found, list) or not any("capacity" in table(each) for each in found):
        return None
    return [_record(number, entry) for number, entry in enumerate(found, start=1)]


def _record(number: int, entry: object) -> Record:
    key = table(entry).get("id")
    return Record(
        where=f"record {number}",
        key=key if isinstance(key, str) else "",
        fields=table(entry),
        broken="" if isinstance(entry, dict) else "should be a record in braces",
    )


def _take(record: Record) -> Taken:
    park = _CarPark.model_validate(record.fields)
    values = Values(record)
    totals = once_each("capacity", ((each.type, each.total) for each in park.capacity))
    for kind in sorted(totals.keys() - {_SPACES, _ACCESSIBLE} - _BICYCLES):
        values.set_aside(f"capacity {shown(kind)}: is not known here")
    closed = park.access.out_of_service
    if closed.is_out_of_service:
        why = shown(closed.reason or "no reason is given")
        values.set_aside(f"outOfService: that it is closed is not kept: {why}")
    where = park.address.location or _Location()
    height = park.access.restrictions.clearance.height
    return values.taken(
        ListedSite(
            source=ListSource.DB,
            key=values.key("id"),
            name=_name(park),
            position=values.position(where.latitude, where.longitude),
            spaces=values.spaces(_SPACES, totals.get(_SPACES)),
            accessible=values.count(_ACCESSIBLE, totals.get(_ACCESSIBLE)),
            chargers=_chargers(values, park.equipment.charging),
            height_mm=values.height_mm("clearance.height", height, unit_mm=_CM),
            kind=values.kind("type", park.type.name, _KINDS),
        )
    )


def _name(park: _CarPark) -> str:
    names = [each.name for each in park.name if each.context == "NAME"]
    return line_of("name", names[0] if names else None)


def _chargers(values: Values, charging: _Charging) -> int | None:
    """Whether there are any is published for nearly all, how many for one."""
    if charging.has_charging_station is None:
        return None
    if not charging.has_charging_station:
        return 0
    details = charging.details or ""
    if details.isdecimal():
        return values.count("charging.details", details)
    said = f"charging.details {shown(details)}"
    values.set_aside(f"{said}: there are chargers, how many is not stated")
    return None


DB = InventoryKind(
    source=ListSource.DB,
    about="DB BahnPark: JSON with _embedded records that have a capacity",
    records=_records,
    take=_take,
    note=(
        "clearance.height is taken as centimetres; spaces for bicycles are not kept; whether "
        "the accessible spaces are among PARKING is not published."
    ),
)
