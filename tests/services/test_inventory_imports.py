"""Inventories: which kind a file is, what is taken of a record, and why one is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.domain.inventory import ListedSite, ListSource, Position, SiteKind
from kiosk.services.inventory_imports.read import read_inventories, read_inventory
from kiosk.services.inventory_imports.records import Inventory
from kiosk.services.published_records import CannotSay, Refusal
from kiosk.services.refused import InventoryRefused

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


# Which kind a file is ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (collection(CITY), ListSource.PARKAPI),
        (collection(sbb()), ListSource.SBB),
        (db_file(db()), ListSource.DB),
        (hdb(), ListSource.HDB),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, source: ListSource) -> None:
    assert read_inventory(content).source is source


def test_a_byte_order_mark_is_no_part_of_the_content() -> None:
    assert only(read_inventory(b"\xef\xbb\xbf" + hdb(HDB_ROW))).key == "ACB"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b'{"type": "FeatureCollection", "features": [{', "is not whole JSON: .* line 1"),
        (b'{"_embedded": [], "_embedded": []}', 'key "_embedded" stands twice'),
        (b'{"\\u001b": 1, "\\u001b": 2}', 'key " " stands twice'),
        ("a\nü".encode("latin-1"), r"line 2: is not UTF-8 \(byte 0xfc\); save the file as UTF-8"),
        (hdb('"ACB","ALBERT'), "line 2: is not CSV"),
        (HDB_HEADER.encode() + b',"address"', "line 1: names a column twice"),
        (collection(CITY, CITY), "2 features are of type city; a file is about one city"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(content: bytes, why: str) -> None:
    with pytest.raises(CannotSay, match=why):
        read_inventory(content)


@pytest.mark.parametrize(
    "content",
    [b"name;spaces\nMitte;5\n", b"[]", b"{}", b'{"_embedded": 5}', b'"', collection(parkapi())],
)
def test_a_file_of_no_known_kind_is_told_which_kinds_there_are(content: bytes) -> None:
    with pytest.raises(CannotSay, match="none of the inventories") as refused:
        read_inventory(content)

    assert "\n  ParkAPI: GeoJSON with a feature of type city\n" in str(refused.value)


def test_one_bad_file_refuses_all_and_each_bad_one_has_its_line() -> None:
    with pytest.raises(InventoryRefused) as refused:
        read_inventories([("a", b""), ("good", hdb(HDB_ROW)), ("b", b"{")])

    assert [line[:2] for line in refused.value.lines] == ["a:", "b:"]


# ParkAPI -----------------------------------------------------------------------------------


def test_a_car_park_of_parkapi_is_known_by_its_city_and_name() -> None:
    inventory = read_inventory(collection(CITY, parkapi(total=356, type="Parkhaus")))

    assert only(inventory) == ListedSite(
        source=ListSource.PARKAPI,
        key="Ulm/Mitte",
        name="Mitte",
        position=Position(48_400_000, 10_000_000),
        spaces=356,
        kind=SiteKind.MULTI_STOREY,
    )


def test_the_marker_of_the_city_is_left_out_and_not_refused() -> None:
    inventory = read_inventory(collection(parkapi(), CITY))

    assert inventory.left_out == (Refusal("feature 2 Ulm", "marks the city"),)
    assert only(inventory).key == "Ulm/Mitte"


def test_facts_that_are_not_stated_stay_empty_and_are_nobodys_fault() -> None:
    inventory = read_inventory(collection(CITY, {"properties": {"name": "Mitte"}}))

    assert only(inventory) == ListedSite(source=ListSource.PARKAPI, key="Ulm/Mitte", name="Mitte")
    assert set_aside(inventory) == ()


@pytest.mark.parametrize(
    ("feature", "text"),
    [
        (parkapi(total=0), "total 0: not stated"),
        (parkapi([0, 0.0]), "latitude 0, longitude 0: not stated"),
        (parkapi(type="Garage"), "type «Garage»: is not known here"),
        (parkapi(total_by_weekday={"Sunday": 1}), "total_by_weekday: other numbers of spaces"),
    ],
)
def test_a_value_that_says_nothing_is_set_aside(feature: object, text: str) -> None:
    inventory = read_inventory(collection(CITY, feature))
    site = only(inventory)

    assert set_aside(inventory)[0].startswith(text)
    assert None in (site.spaces, site.position, site.kind)


@pytest.mark.parametrize(
    ("feature", "why"),
    [
        (parkapi(total=-1), "total: should be a whole number from 0 to 20000, not «-1»"),
        (parkapi(total=20_001), "total: should be a whole number from 0 to 20000, not «20001»"),
        (parkapi(total=1.5), "total: should be a whole number"),
        (parkapi(total="many"), "total: should be a number, not «many»"),
        (parkapi(total=True), "total: should be a number, not «True»"),
        (parkapi(total=float("nan")), "total: should be a number, not «NaN»"),
        (parkapi(total=[5]), "total: should be a number"),
        (parkapi(name=""), "name: there is none"),
        (parkapi(name=None), "name: there is none"),
        (parkapi(name=" \t"), "name: should be signs that can be read"),
        (parkapi(name=5), "name: should be a text, not «5»"),
        (parkapi(name="P\x1b[2J"), "name: should be signs that can be read, not «P [2J»"),
        (parkapi(name="Caf\ufffd"), "name: should be signs that can be read"),
        (parkapi([181, 48]), "latitude «48», longitude «181»: is not on earth"),
        (parkapi([10, -90.1]), "latitude «-90.1», longitude «10»: is not on earth"),
        (parkapi([11.6, 11.6]), "latitude and longitude are both «11.6»: one was written"),
        (parkapi([10, None]), "latitude: should be a number, not «None»"),
        (parkapi([10]), "geometry: should be a point of two numbers"),
        (parkapi("10, 48"), "geometry: should be a point of two numbers"),
        (parkapi([1e300, 48]), "longitude: should be a number"),
        (5, "should be a feature in braces"),
        ({}, "name: there is none"),
    ],
)
def test_a_value_that_cannot_be_true_refuses_its_record(feature: object, why: str) -> None:
    assert reason(read_inventory(collection(CITY, feature))).startswith(why)


def test_a_refused_record_is_named_by_its_number_and_key_and_stops_no_other() -> None:
    inventory = read_inventory(collection(CITY, parkapi(total=-1), parkapi(name="Nord")))

    assert [refusal.what for refusal in inventory.refused] == ["feature 2 Ulm/Mitte"]
    assert [taken.what for taken in inventory.taken] == ["feature 3 Ulm/Nord"]


# SBB ---------------------------------------------------------------------------------------


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


# DB BahnPark -------------------------------------------------------------------------------


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


# HDB ---------------------------------------------------------------------------------------


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


# Keys that are there twice -----------------------------------------------------------------


def test_the_second_record_of_a_key_is_refused_when_it_says_something_else() -> None:
    (inventory,) = read_inventories([("a.csv", hdb(HDB_ROW, HDB_ROW.replace("1.80", "1.90")))])

    assert only_key_and_height(inventory) == [("ACB", 1_800)]
    assert inventory.refused == (
        Refusal("line 3 ACB", "has the key of line 2 ACB and says something else"),
    )


def test_the_second_record_of_a_key_is_left_out_when_it_says_the_same() -> None:
    first, second = read_inventories([("a.csv", hdb(HDB_ROW)), ("b.csv", hdb(HDB_ROW))])

    assert only_key_and_height(first) == [("ACB", 1_800)]
    assert second.left_out == (Refusal("line 2 ACB", "says the same as line 2 ACB in a.csv"),)
    assert (second.taken, second.refused) == ((), ())


def test_the_same_key_in_two_lists_is_two_car_parks() -> None:
    first, second = read_inventories([("a", db_file(db(id="ACB"))), ("b", hdb(HDB_ROW))])

    assert only(first).key == only(second).key == "ACB"


def only_key_and_height(inventory: Inventory) -> list[tuple[str, int | None]]:
    return [(taken.site.key, taken.site.height_mm) for taken in inventory.taken]
