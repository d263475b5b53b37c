"""The inventories of SBB and DB: what is taken of a record, and why one is refused."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.domain.inventory import ListedSite, ListSource, Position, SiteKind
from kiosk.services.inventory_imports.read import read_inventory
from kiosk.services.published_records import Refusal
from tests.services.inventories import (
    collection,
    db,
    db_file,
    only,
    reason,
    sbb,
    set_aside,
)

# SBB --------------------------------------------------------------------------------------


def test_a_car_park_of_sbb_has_its_standard_spaces() -> None:
    feature = sbb(
        "Bex ", STANDARD=20, DISABLED_PARKING_SPACE=2, WITH_CHARGING_STATION=0,
        RESERVABLE_PARKING_SPACE=5,
    )  # fmt: skip

    assert only(read_inventory(collection(feature))) == ListedSite(
        source=ListSource.SBB, key="7ac", name="Bex", spaces=20, accessible=2, chargers=0
    )


@pytest.mark.parametrize(("of", "said"), [("BIKE", "«BIKE»"), (["CAR"], "«['CAR']»")])
def test_what_is_not_for_cars_is_left_out(of: object, said: str) -> None:
    inventory = read_inventory(collection(sbb(of=of, STANDARD=9)))

    assert inventory.left_out == (
        Refusal("feature 1 7ac", f"parkingFacilityCategory says {said}"),
    )
    assert (inventory.taken, inventory.refused) == ((), ())


def test_spaces_of_a_category_that_is_not_known_are_set_aside() -> None:
    assert set_aside(read_inventory(collection(sbb(STANDARD=2, FAMILY=3)))) == (
        "capacities «FAMILY»: is not known here",
    )


@pytest.mark.parametrize(
    ("feature", "why"),
    [
        (sbb(None), "displayName: there is none"),
        (sbb() | {"id": ""}, "id: there is none"),
        (sbb(STANDARD="x"), "STANDARD: should be a number, not «x»"),
        (sbb() | {"properties": {"displayName": "Bex", "capacities": 5}}, "capacities: input"),
    ],
)
def test_a_broken_car_park_of_sbb_is_refused(feature: object, why: str) -> None:
    assert reason(read_inventory(collection(feature))).startswith(why)


def test_a_category_that_is_there_twice_refuses_the_record() -> None:
    feature: Any = sbb(STANDARD=5)
    feature["properties"]["capacities"] *= 2

    assert reason(read_inventory(collection(feature))) == "capacities: «STANDARD» is there twice"


# DB BahnPark ------------------------------------------------------------------------------


def test_a_car_park_of_db_is_read_with_all_that_it_states() -> None:
    record = db(
        type={"name": "Tiefgarage"},
        address={"location": {"latitude": 48.839307, "longitude": 10.097189}},
        capacity=[
            {"type": "PARKING", "total": "55"},
            {"type": "HANDICAPPED_PARKING", "total": "0"},
            {"type": "BIKE_PARKING_OPEN", "total": "16"},
        ],
        access={"restrictions": {"clearance": {"height": "210"}}},
        equipment={"charging": {"hasChargingStation": True, "details": "5"}},
    )
    inventory = read_inventory(db_file(record))

    assert only(inventory) == ListedSite(
        source=ListSource.DB,
        key="100001",
        name="Aalen",
        position=Position(48_839_307, 10_097_189),
        spaces=55,
        accessible=0,
        chargers=5,
        height_mm=2_100,
        kind=SiteKind.BASEMENT,
    )
    assert set_aside(inventory) == ()


def test_spaces_of_a_kind_that_db_has_not_had_are_set_aside() -> None:
    capacity = [{"type": "PARKING", "total": "5"}, {"type": "BUS", "total": "1"}]

    assert set_aside(read_inventory(db_file(db(capacity=capacity)))) == (
        "capacity «BUS»: is not known here",
    )


@pytest.mark.parametrize(
    ("charging", "chargers", "texts"),
    [
        ({"hasChargingStation": False, "details": "nein"}, 0, 0),
        ({"hasChargingStation": None, "details": ""}, None, 0),
        ({"hasChargingStation": True, "details": "ja"}, None, 1),
        ({"hasChargingStation": True, "details": None}, None, 1),
    ],
)
def test_chargers_are_counted_only_where_a_number_is_stated(
    charging: object, chargers: int | None, texts: int
) -> None:
    inventory = read_inventory(db_file(db(equipment={"charging": charging})))

    assert only(inventory).chargers == chargers
    assert len(set_aside(inventory)) == texts


def test_a_height_that_was_spoilt_by_a_float_is_taken_to_the_millimetre_and_said() -> None:
    clearance = {"clearance": {"height": "229.99999999999997"}}
    inventory = read_inventory(db_file(db(access={"restrictions": clearance})))

    assert only(inventory).height_mm == 2_300
    assert set_aside(inventory) == ("clearance.height 229.99999999999997: taken as 2300 mm",)


def test_that_a_car_park_is_closed_is_said_with_its_reason() -> None:
    closed = {"isOutOfService": True, "reason": "Baustelle"}

    assert set_aside(read_inventory(db_file(db(access={"outOfService": closed})))) == (
        "outOfService: that it is closed is not kept: «Baustelle»",
    )


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (db(id=5), "id: there is none"),
        (db(name=[]), "name: there is none"),
        (db(capacity=None), "capacity: input should be"),
        (db(capacity=[{"type": "PARKING", "total": "-3"}]), "PARKING: should be a whole number"),
        (db(access={"restrictions": {"clearance": {"height": "1000"}}}), "clearance.height: shou"),
        ("x", "should be a record in braces"),
    ],
)
def test_a_broken_car_park_of_db_is_refused(record: object, why: str) -> None:
    good = db(id="100002")

    inventory = read_inventory(db_file(record, good))

    assert [taken.site.key for taken in inventory.taken] == ["100002"]
    assert inventory.refused[0].what.startswith("record 1")
    assert inventory.refused[0].reason.startswith(why)
