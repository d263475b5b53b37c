"""The inventory of HDB: its lines, its dirty values, and why one is refused."""

from __future__ import annotations

import pytest

from kiosk.domain.inventory import ListedSite, ListSource, Position, SiteKind
from kiosk.services.inventory_imports.read import read_inventory
from tests.services.inventories import (
    HDB_ROW,
    hdb,
    only,
    reason,
    set_aside,
)


def test_a_car_park_of_hdb_is_known_by_its_number_and_address() -> None:
    assert only(read_inventory(hdb(HDB_ROW))) == ListedSite(
        source=ListSource.HDB,
        key="ACB",
        name="ALBERT CENTRE",
        position=Position(1_301_063, 103_854_118),
        decks=1,
        height_mm=1_800,
        kind=SiteKind.BASEMENT,
    )


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("A1,ROAD,30000,30000,SURFACE CAR PARK,1,0.00", "gantry_height 0.00: not stated"),
        ("A1,ROAD,30000,30000,SURFACE CAR PARK,1,9.99", "gantry_height 9.99: no limit published"),
        ("A1,ROAD,30000,30000,SURFACE CAR PARK,0,4.50", "car_park_decks 0: not stated"),
        ("A1,ROAD,0,0.0,SURFACE CAR PARK,1,4.50", "x_coord 0, y_coord 0: not stated"),
        ("A1,ROAD,30000,30000,TENT,1,4.50", "car_park_type «TENT»: is not known here"),
    ],
)
def test_a_dirty_value_of_hdb_is_set_aside(row: str, text: str) -> None:
    inventory = read_inventory(hdb(row))
    site = only(inventory)

    assert set_aside(inventory) == (text,)
    assert (site.height_mm, site.decks, site.position, site.kind).count(None) == 1


def test_an_empty_cell_is_a_fact_that_is_not_stated() -> None:
    inventory = read_inventory(hdb("A1, ROAD ,,,,,"))

    assert only(inventory) == ListedSite(source=ListSource.HDB, key="A1", name="ROAD")
    assert set_aside(inventory) == ()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",ROAD,30000,30000,SURFACE CAR PARK,1,4.50", "car_park_no: there is none"),
        ("A1,,30000,30000,SURFACE CAR PARK,1,4.50", "address: there is none"),
        ("A1,ROAD,30000,30000,SURFACE CAR PARK,1", "has 6 columns; the first line names 7"),
        ("A1,ROAD,30000,30000,SURFACE CAR PARK,1,4.5,", "has 8 columns; the first line names 7"),
        ("A1,ROAD,30000,30000,SURFACE CAR PARK,1,-1", "gantry_height: should be from 1 to under"),
        ("A1,ROAD,30000,30000,SURFACE CAR PARK,1,210", "gantry_height: should be from 1 to under"),
        ("A1,ROAD,30000,30000,SURFACE CAR PARK,1,0.9", "gantry_height: should be from 1 to under"),
        ("A1,ROAD,30000,30000,SURFACE CAR PARK,1,tall", "gantry_height: should be a number"),
        ("A1,ROAD,30000,30000,SURFACE CAR PARK,x,1", "car_park_decks: should be a number"),
        ("A1,ROAD,30000,,SURFACE CAR PARK,1,1", "y_coord: should be a number, not «None»"),
        (
            "A1,ROAD,99999,30000,SURFACE CAR PARK,1,1",
            "x_coord «99999», y_coord «30000»: is not in",
        ),
        ("A1,ROAD,1e9999,30000,SURFACE CAR PARK,1,1", "x_coord: should be a number"),
    ],
)
def test_a_broken_row_of_hdb_is_refused(row: str, why: str) -> None:
    assert reason(read_inventory(hdb(row))).startswith(why)


def test_rows_are_named_by_the_line_that_they_begin_on() -> None:
    two_lines = '"A2","ROAD\nSIDE",30000,30000,SURFACE CAR PARK,1,4.50'

    inventory = read_inventory(hdb(HDB_ROW, "", two_lines, "A3,,1,1,SURFACE CAR PARK,1,1"))

    assert [taken.what for taken in inventory.taken] == ["line 2 ACB", "line 4 A2"]
    assert inventory.taken[1].site.name == "ROAD SIDE"
    assert inventory.refused[0].what == "line 6 A3"
