"""Inventories: which kind a file is, ParkAPI as the example of its values, and double keys."""

from __future__ import annotations

import pytest

from kiosk.domain.inventory import ListedSite, ListSource, Position, SiteKind
from kiosk.services.inventory_imports.read import read_inventories, read_inventory
from kiosk.services.inventory_imports.records import Inventory
from kiosk.services.published_records import CannotSay, Refusal
from kiosk.services.refused import InventoryRefused
from tests.services.inventories import (
    CITY,
    HDB_HEADER,
    HDB_ROW,
    collection,
    db,
    db_file,
    hdb,
    only,
    parkapi,
    reason,
    sbb,
    set_aside,
)

# Which kind a file is ---------------------------------------------------------------------


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


def test_a_spreadsheet_is_told_to_be_none_and_which_kinds_there_are() -> None:
    with pytest.raises(CannotSay, match="is no text") as refused:
        read_inventory(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xd8[Content_Types].xml")

    assert "\n  ParkAPI: GeoJSON with a feature of type city\n" in str(refused.value)


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


# ParkAPI ----------------------------------------------------------------------------------


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


# Keys that are there twice ----------------------------------------------------------------


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
