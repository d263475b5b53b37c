"""What `kiosk import inventory` prints, stores and answers, on whole published inventories."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from db.open import open_store
from kiosk.app.config import RulesTable, read_site_file
from kiosk.app.exit_codes import DONE, IN_USE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.domain.inventory import ListedSite

DATA = Path(__file__).parents[1] / "data"
PARKAPI = tuple(str(path) for path in sorted(DATA.glob("inventory/parkapi/*.geojson")))
SBB = str(DATA / "tariffs" / "sbb" / "sbb_park_rail_flat.geojson")
DB = str(DATA / "tariffs" / "db" / "db_bahnpark_v2.json")
HDB = str(DATA / "inventory" / "hdb" / "hdb-carpark-information.csv")
ULM = str(DATA / "inventory" / "parkapi" / "Ulm.geojson")
LUEBECK = str(DATA / "inventory" / "parkapi" / "Luebeck.geojson")

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "site.db"
    open_store(str(path)).close()
    return path


def run(*arguments: str, db: Path) -> int:
    return main(["import", "inventory", *arguments, "--db", f"sqlite:///{db}"])


def report(capsys: Capture) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def stored(db: Path) -> tuple[ListedSite, ...]:
    store = open_store(str(db), read_only=True)
    with store.reading() as tx:
        sites = tx.sites.all()
    store.close()
    return sites


def values(file: dict[str, Any]) -> dict[str, int]:
    """How often each value was set aside."""
    return dict(Counter(each["value"] for each in file["set_aside"]))


def hdb(folder: Path, name: str, *rows: str) -> str:
    header = "car_park_no,address,x_coord,y_coord,car_park_type,car_park_decks,gantry_height"
    path = folder / name
    path.write_text("\n".join((header, *rows)), encoding="utf-8")
    return str(path)


# The four whole inventories ----------------------------------------------------------------


def test_all_files_of_parkapi_give_510_of_512_car_parks(database: Path, capsys: Capture) -> None:
    assert run(*PARKAPI, "--json", db=database) == REFUSED

    files = report(capsys)["files"]
    reasons = {each["reason"] for file in files for each in file["left_out"]}
    assert sum(file["taken"] for file in files) == len(stored(database)) == 510
    assert sum(file["spaces"] for file in files) == 161_182
    assert sum(file["without_spaces"] for file in files) == 92
    assert sum(len(file["left_out"]) for file in files) == 30
    assert reasons == {"marks the city"}
    assert [each for file in files for each in file["refused"]] == [
        {
            "what": "feature 4 Lübeck/Haerder Center",
            "reason": "has the key of feature 3 Lübeck/Haerder Center and says something else",
        },
        {
            "what": "feature 9 Magdeburg/City Carré",
            "reason": "latitude and longitude are both «11.628706»: one was written in place of "
            "the other",
        },
    ]


def test_the_file_of_sbb_gives_605_car_parks(database: Path, capsys: Capture) -> None:
    assert run(SBB, "--json", db=database) == DONE

    (file,) = report(capsys)["files"]
    sites = stored(database)
    assert (file["kind"], file["taken"], file["spaces"]) == ("sbb", 605, 27_452)
    assert (file["refused"], file["left_out"], file["set_aside"]) == ([], [], [])
    assert sum(site.accessible or 0 for site in sites) == 637
    assert sum(site.chargers or 0 for site in sites) == 42


def test_the_file_of_db_gives_310_car_parks(database: Path, capsys: Capture) -> None:
    assert run(DB, "--json", db=database) == DONE

    (file,) = report(capsys)["files"]
    sites = stored(database)
    assert (file["kind"], file["taken"], file["spaces"]) == ("db", 310, 34_511)
    assert (file["without_spaces"], file["refused"], file["left_out"]) == (1, [], [])
    assert sum(site.accessible or 0 for site in sites) == 391
    assert Counter(site.height_mm for site in sites)[None] == 243
    assert values(file)["charging.details «ja»: there are chargers, how many is not stated"] == 10
    assert values(file)["clearance.height 229.99999999999997: taken as 2300 mm"] == 2
    assert sum(value.startswith("outOfService") for value in values(file)) == 5


def test_the_file_of_hdb_gives_2111_car_parks_without_its_dirty_values(
    database: Path, capsys: Capture
) -> None:
    assert run(HDB, "--json", db=database) == DONE

    (file,) = report(capsys)["files"]
    sites = stored(database)
    assert (file["kind"], file["taken"], file["spaces"]) == ("hdb", 2_111, 0)
    assert (file["refused"], file["left_out"]) == ([], [])
    assert values(file) == {
        "car_park_decks 0: not stated": 1_070,
        "gantry_height 0.00: not stated": 467,
        "gantry_height 9.99: no limit published": 66,
    }
    assert sum(site.height_mm is None for site in sites) == 467 + 66
    assert sum(site.decks is None for site in sites) == 1_070
    assert not [site for site in sites if site.position is None]


# What is stored ----------------------------------------------------------------------------


def test_a_second_import_leaves_all_unchanged(database: Path, capsys: Capture) -> None:
    run(DB, db=database)
    before = stored(database)
    capsys.readouterr()

    assert run(DB, db=database) == DONE
    assert capsys.readouterr().out.endswith("Stored: 0 added, 0 changed, 310 unchanged.\n")
    assert stored(database) == before


def test_a_car_park_that_changed_is_named(tmp_path: Path, database: Path, capsys: Capture) -> None:
    run(hdb(tmp_path, "a.csv", "A1,ROAD,,,,,2.1", "A2,SIDE,,,,,"), db=database)
    newer = hdb(tmp_path, "b.csv", "A1,ROAD,,,,,2.2", "A3,LANE,,,,,")
    capsys.readouterr()

    assert run(newer, db=database) == DONE
    assert capsys.readouterr().out.endswith(
        "changed  hdb A1: ROAD\nStored: 1 added, 1 changed, 0 unchanged.\n"
    )
    assert [site.key for site in stored(database)] == ["A1", "A2", "A3"]


def test_one_file_of_no_known_kind_keeps_all_others_out(
    tmp_path: Path, database: Path, capsys: Capture
) -> None:
    other, empty = tmp_path / "other.csv", tmp_path / "empty.json"
    other.write_text("name;spaces\nMitte;5\n", encoding="utf-8")
    empty.write_bytes(b"")

    assert run(ULM, str(other), str(empty), db=database) == INPUT
    said = capsys.readouterr().err
    assert f"{other}: is none of the inventories that are known here" in said
    assert f"{empty}: is empty" in said
    assert stored(database) == ()


def test_a_file_that_is_not_there_keeps_all_others_out(
    tmp_path: Path, database: Path, capsys: Capture
) -> None:
    missing = tmp_path / "missing.json"

    assert run(ULM, str(missing), db=database) == INPUT
    assert f"{missing}: No such file" in capsys.readouterr().err
    assert stored(database) == ()


def test_a_dry_run_says_all_and_writes_nothing(database: Path, capsys: Capture) -> None:
    assert run(LUEBECK, "--dry-run", db=database) == REFUSED
    assert "it would be 21 added, 0 changed, 0 unchanged." in capsys.readouterr().out
    assert stored(database) == ()


def test_a_dry_run_compares_with_what_is_stored(database: Path, capsys: Capture) -> None:
    run(ULM, db=database)
    before = stored(database)
    capsys.readouterr()

    assert run(ULM, HDB, "--dry-run", "--json", db=database) == DONE
    found = report(capsys)
    assert not found["written"]
    assert (len(found["added"]), len(found["unchanged"])) == (2_111, len(before))
    assert stored(database) == before


def test_a_site_at_work_is_not_imported_into(database: Path, capsys: Capture) -> None:
    store = open_store(str(database))

    assert run(ULM, db=database) == IN_USE
    store.close()
    assert capsys.readouterr().out == ""
    assert stored(database) == ()


# What is printed ---------------------------------------------------------------------------


def test_each_refused_record_and_each_value_set_aside_has_its_line(
    tmp_path: Path, database: Path, capsys: Capture
) -> None:
    path = hdb(tmp_path, "a.csv", "A1,ROAD,,,,0,0.00", "A2,,,,,,", "A3,SIDE,,,,0,9.99")

    assert run(path, db=database) == REFUSED
    assert capsys.readouterr().out.splitlines() == [
        f"{path}: HDB",
        "  taken      2 car parks, 0 spaces (2 without a number)",
        "  refused    line 3 A2: address: there is none",
        "  set aside  car_park_decks 0: not stated (2 records):",
        "             line 2 A1, line 4 A3",
        "  set aside  gantry_height 0.00: not stated (1 record):",
        "             line 2 A1",
        "  set aside  gantry_height 9.99: no limit published (1 record):",
        "             line 4 A3",
        "  note       The list has no number of spaces; positions are worked out from SVY21.",
        "1 file: taken 2 car parks, 0 spaces (2 without a number); 0 left out, 1 refused.",
        "Stored: 2 added, 0 changed, 0 unchanged.",
    ]


def test_no_record_is_broken_over_two_lines(
    tmp_path: Path, database: Path, capsys: Capture
) -> None:
    rows = [f"A{number},ROAD,,,,0," for number in range(100, 200)]

    assert run(hdb(tmp_path, "a.csv", *rows), db=database) == DONE
    lines = capsys.readouterr().out.splitlines()
    listed = " ".join(line.strip() for line in lines if line.startswith("     "))
    assert max(map(len, lines)) <= 99
    assert listed == ", ".join(f"line {place} A{place + 98}" for place in range(2, 102))
    assert not [line for line in lines if re.search(r"line( \d+)?$", line)]


# Drafts ------------------------------------------------------------------------------------


def draft(path: str, key: str, out: Path) -> int:
    return main(["import", "inventory", path, "--draft", key, "--out", str(out)])


@pytest.mark.parametrize(
    ("path", "key", "spaces", "zone"),
    [
        (ULM, "Ulm/Deutschhaus", 594, "Europe/Berlin"),
        (SBB, "7acae6bc-b851-4d6a-9570-caf85bfb0951", 20, "Europe/Zurich"),
        (DB, "100001", 55, "Europe/Berlin"),
        (HDB, "ACM", 1, "Asia/Singapore"),
    ],
)
def test_a_draft_is_accepted_as_it_is(
    path: str, key: str, spaces: int, zone: str, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "site.toml"

    assert draft(path, key, out) == DONE
    assert main(["check-config", "--site", str(out)]) == DONE
    said = capsys.readouterr().out
    assert f" areas, {spaces} spaces, 1 owners, 2 lanes." in said
    assert "good" not in said
    text = out.read_text(encoding="utf-8")
    marked = [n for n, line in enumerate(text.splitlines(), start=1) if "FILL IN" in line]
    assert f"{out}: a draft, FILL IN stands in lines {', '.join(map(str, marked))}. " in said
    assert read_site_file(out).site.zone == zone
    assert "FILL IN: your own price board" in text

    filled = text.replace("FILL IN", "filled in")
    out.write_text(filled.replace("# filled in", "# FILL IN", 1), encoding="utf-8")
    main(["check-config", "--site", str(out)])
    assert ": a draft, FILL IN stands in line " in capsys.readouterr().out
    out.write_text(filled, encoding="utf-8")
    main(["check-config", "--site", str(out)])
    assert capsys.readouterr().out.startswith(f"{out}: good. ")


def test_a_draft_has_rows_of_at_most_twenty_with_the_accessible_ones_first(
    tmp_path: Path,
) -> None:
    record = {
        "id": "7",
        "name": [{"name": 'Am "Tor" ' + "x" * 40, "context": "NAME"}],
        "capacity": [
            {"type": "PARKING", "total": "841"},
            {"type": "HANDICAPPED_PARKING", "total": "22"},
        ],
        "access": {"restrictions": {"clearance": {"height": "204.99999999999997"}}},
        "equipment": {"charging": {"hasChargingStation": True, "details": "3"}},
    }
    path, out = tmp_path / "db.json", tmp_path / "site.toml"
    path.write_text(json.dumps({"_embedded": [record]}), encoding="utf-8")

    assert draft(str(path), "7", out) == DONE
    file = read_site_file(out)
    rows = [row for area in file.area for row in area.row]
    assert [len(area.row) for area in file.area] == [40, 3]
    assert [row.count for row in rows] == [20] * 42 + [1]
    assert [row.accessible for row in rows[:3]] == [tuple(range(1, 21)), (1, 2), ()]
    assert [row.charger for row in rows[-3:]] == [(), (19, 20), (1,)]
    assert [row.y_mm for row in rows[:4]] == [0, 11_000, 16_000, 27_000]
    assert {row.height_mm for row in rows} == {2_050}
    assert file.rules == RulesTable()
    assert file.site.name.startswith('Am "Tor" xxx')


def test_a_draft_imports_nothing_and_overwrites_nothing(
    tmp_path: Path, database: Path, capsys: Capture
) -> None:
    out = tmp_path / "site.toml"
    out.write_text("mine", encoding="utf-8")

    assert run(DB, "--draft", "100001", "--out", str(out), db=database) == INPUT
    assert f"{out}: File exists" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "mine"
    assert stored(database) == ()


def test_a_key_of_two_lists_is_not_drafted_by_chance(
    tmp_path: Path, database: Path, capsys: Capture
) -> None:
    other = hdb(tmp_path, "a.csv", "100001,ROAD,,,,,")
    out = tmp_path / "site.toml"

    assert run(DB, other, "--draft", "100001", "--out", str(out), db=database) == INPUT
    assert "is a key of DB BahnPark and HDB" in capsys.readouterr().err
    assert not out.exists()


def test_a_draft_needs_a_key_that_was_taken_and_a_file_to_go_to(
    tmp_path: Path, capsys: Capture
) -> None:
    assert draft(ULM, "Ulm/Nowhere", tmp_path / "site.toml") == INPUT
    assert "no car park that was taken has this key" in capsys.readouterr().err
    assert main(["import", "inventory", ULM, "--draft", "Ulm/Nowhere"]) == INPUT
    assert "--draft KEY and --out FILE go together" in capsys.readouterr().err
