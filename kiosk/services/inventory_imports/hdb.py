"""Reads the car parks of Singapore's Housing & Development Board (CSV) as listed sites.

The list has no number of spaces and no names: a car park is known by its number and address. Its
gantry height says 0.00 where none is stated and 9.99 where no limit is; positions are in SVY21.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from kiosk.domain.inventory import ListedSite, ListSource, Position, SiteKind
from kiosk.services.inventory_imports.records import (
    InventoryKind,
    Record,
    Taken,
    Values,
    decimal_of,
    line_of,
    number_of,
    shown,
)
from kiosk.services.inventory_imports.svy21 import degrees_of
from kiosk.services.published_records import CannotSay

_KEY = "car_park_no"
_COLUMNS = {_KEY, "address", "x_coord", "y_coord", "car_park_type", "car_park_decks"}
_COLUMNS |= {"gantry_height"}
_METRE = 1_000
_NO_LIMIT = Decimal("9.99")
_MOST_SVY21_M = 60_000
"""The grid was laid so that all of Singapore lies between 0 and this, both ways."""
_KINDS = {
    "SURFACE CAR PARK": SiteKind.SURFACE,
    "MULTI-STOREY CAR PARK": SiteKind.MULTI_STOREY,
    "BASEMENT CAR PARK": SiteKind.BASEMENT,
    "COVERED CAR PARK": SiteKind.COVERED,
    "MECHANISED CAR PARK": SiteKind.MECHANICAL,
    "SURFACE/MULTI-STOREY CAR PARK": SiteKind.MIXED,
    "MECHANISED AND SURFACE CAR PARK": SiteKind.MIXED,
}


def _records(document: object) -> Iterable[Record] | None:
    if not isinstance(document, str):
        return None
    rows = csv.reader(io.StringIO(document, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
    except csv.Error:
        return None
    if not set(header) >= _COLUMNS:
        return None
    if len(set(header)) < len(header):
        raise CannotSay("line 1: names a column twice")
    records, line = [], rows.line_num + 1
    try:
        for row in rows:
            if row:
                records.append(_record(line, header, row))
            line = rows.line_num + 1
    except csv.Error as error:
        raise CannotSay(f"line {line}: is not CSV: {error}") from error
    return records


def _record(line: int, header: list[str], row: list[str]) -> Record:
    cells = {name: cell.strip() or None for name, cell in zip(header, row, strict=False)}
    uneven = f"has {len(row)} columns; the first line names {len(header)}"
    return Record(
        where=f"line {line}",
        key=cells.get(_KEY) or "",
        fields=cells,
        broken="" if len(row) == len(header) else uneven,
    )


def _take(record: Record) -> Taken:
    said = record.fields
    values = Values(record)
    return values.taken(
        ListedSite(
            source=ListSource.HDB,
            key=values.key(_KEY),
            name=line_of("address", said["address"]),
            position=_position(values, said["x_coord"], said["y_coord"]),
            decks=values.decks("car_park_decks", said["car_park_decks"]),
            height_mm=_height_mm(values, said["gantry_height"]),
            kind=values.kind("car_park_type", said["car_park_type"], _KINDS),
        )
    )


def _height_mm(values: Values, published: object) -> int | None:
    if decimal_of(str(published)) == _NO_LIMIT:
        values.set_aside(f"gantry_height {published}: no limit published")
        return None
    return values.height_mm("gantry_height", published, unit_mm=_METRE)


def _position(values: Values, x_coord: object, y_coord: object) -> Position | None:
    if x_coord is None and y_coord is None:
        return None
    east, north = number_of("x_coord", x_coord), number_of("y_coord", y_coord)
    if east == north == 0:
        values.set_aside("x_coord 0, y_coord 0: not stated")
        return None
    if not (0 < east < _MOST_SVY21_M and 0 < north < _MOST_SVY21_M):
        where = f"x_coord {shown(x_coord)}, y_coord {shown(y_coord)}"
        raise CannotSay(f"{where}: is not in Singapore (SVY21 metres)")
    latitude, longitude = degrees_of(east_m=float(east), north_m=float(north))
    return values.position(Decimal(latitude), Decimal(longitude))


HDB = InventoryKind(
    source=ListSource.HDB,
    about=f"HDB: CSV whose first line names {', '.join(sorted(_COLUMNS))}",
    records=_records,
    take=_take,
    note="The list has no number of spaces; positions are worked out from SVY21.",
)
