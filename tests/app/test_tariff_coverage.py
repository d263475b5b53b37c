"""Holds the shipped tariffs to what was published, and `kiosk tariff coverage` to its numbers."""

from __future__ import annotations

import json
import shutil
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.app.tariff_sources import SHIPPED
from kiosk.services.tariff_files.file import write_tariff_file
from kiosk.services.tariff_imports.coverage import SetCoverage, coverage
from kiosk.services.tariff_imports.db import import_db
from kiosk.services.tariff_imports.records import Imported
from kiosk.services.tariff_imports.sbb import import_sbb

DATA = Path(__file__).parents[1] / "data" / "tariffs"
STANDARD = (SHIPPED / "sbb" / "sbb-hour-100-day-400.toml").read_text(encoding="utf-8")
PUBLISHED = """
[[set]]
name = "Somewhere"
folder = "some"
records = "boards"
published = 1
source = "a board"
licence = "CC0"
"""


@cache
def document(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def imported(name: str) -> Imported:
    if name == "sbb":
        return import_sbb(document(DATA / "sbb" / "sbb_park_rail_flat.geojson"))
    return import_db(document(DATA / "db" / "db_bahnpark_v2.json"))


@cache
def shipped() -> dict[str, SetCoverage]:
    return {each.name: each for each in coverage(SHIPPED)}


def small(folder: Path, text: str = STANDARD, published: str = PUBLISHED) -> Path:
    """A folder with one set of one file."""
    (folder / "some").mkdir()
    (folder / "some" / "board.toml").write_text(text, encoding="utf-8")
    (folder / "published.toml").write_text(published, encoding="utf-8")
    return folder


def failures(folder: Path) -> list[str]:
    return [f"{each.what}: {each.reason}" for each in coverage(folder)[0].failures]


def test_every_shipped_file_holds() -> None:
    assert [each.failures for each in shipped().values() if each.failures] == []


def test_the_sets_are_as_large_as_they_were_published() -> None:
    assert {each.name: (each.published, each.taken) for each in shipped().values()} == {
        "GOLDBECK Parking": (11, 11),
        "SBB P+Rail": (605, 601),
        "DB BahnPark": (310, 269),
        "Singapore": (30, 30),
        "OCPI time examples": (10, 10),
    }


@pytest.mark.parametrize(("name", "title"), [("sbb", "SBB P+Rail"), ("db", "DB BahnPark")])
def test_the_listed_refusals_are_those_of_the_importer(name: str, title: str) -> None:
    assert shipped()[title].refused == imported(name).refused


@pytest.mark.parametrize("name", ["sbb", "db"])
def test_the_shipped_files_are_those_that_the_importer_writes(name: str) -> None:
    written = {
        f"{file.tariff.code}.toml": write_tariff_file(file) for file in imported(name).files
    }
    files = {path.name: path.read_text(encoding="utf-8") for path in (SHIPPED / name).iterdir()}

    assert files == written


def test_some_operating_hours_of_sbb_leave_the_others_unstated() -> None:
    assert shipped()["SBB P+Rail"].with_unstated_hours == 12


def test_every_folder_of_tariffs_is_in_the_list() -> None:
    tables = tomllib.loads((SHIPPED / "published.toml").read_text(encoding="utf-8"))["set"]
    folders = {path.name for path in SHIPPED.iterdir() if path.is_dir()}

    # The board of docs/tariffs.md is made up, and hangs nowhere.
    assert folders - {"example"} == {table["folder"] for table in tables if "folder" in table}


def test_the_table_has_a_row_for_each_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tariff", "coverage"]) == DONE
    lines = capsys.readouterr().out.splitlines()

    assert lines[0].split("  ")[0] == "Set"
    assert len({len(line) for line in lines[:7]}) == 1
    assert lines[3].startswith("SBB P+Rail          605 car parks  601 (99 %)        4     50")


def test_each_refusal_is_named_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tariff", "coverage", "--refused"])

    assert (
        "  refused: 100034 Bochum Hbf Parkplatz Klever Weg: tariffSpecial says «Nachttarif "
        "(18:00 bis 6:00 Uhr): 3,00»"
    ) in capsys.readouterr().out.splitlines()


def test_the_table_is_also_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tariff", "coverage", "--markdown"])
    lines = capsys.readouterr().out.splitlines()

    assert lines[1] == "|---|---:|---:|---:|---:|---:|---:|"
    assert "| DB BahnPark | 310 car parks | 269 (86 %) | 41 | 214 | 214 | 0 |" in lines


def test_the_table_is_also_json(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tariff", "coverage", "--json"])
    tables = json.loads(capsys.readouterr().out)

    assert [table["set"] for table in tables] == list(shipped())
    assert tables[1]["files_that_hold"] == 50


def test_a_set_that_holds_is_done(tmp_path: Path) -> None:
    assert main(["tariff", "coverage", str(small(tmp_path))]) == DONE


def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = small(tmp_path, STANDARD.replace("per_minutes = 60", "per_minuets = 60", 1))

    assert main(["tariff", "coverage", str(folder)]) == REFUSED
    assert "does not hold: board.toml: band.1.row.1.per_minuets" in capsys.readouterr().out


def test_an_example_that_disagrees_is_named_with_both_answers(tmp_path: Path) -> None:
    folder = small(tmp_path, STANDARD.replace("total = 3.00", "total = 3.10", 1))

    assert failures(folder) == [
        "board.toml: example «2 h 10 min: 3 hours at 1.00»: 3.10, but it is 3.00"
    ]
    assert coverage(folder)[0].holding == 0


def test_an_example_that_should_be_refused_is_named(tmp_path: Path) -> None:
    text = STANDARD.replace("total = 3.00", 'refused = "price-not-stated"', 1)

    assert failures(small(tmp_path, text)) == [
        "board.toml: example «2 h 10 min: 3 hours at 1.00»: price-not-stated, but it is 3.00"
    ]


def test_a_file_without_a_worked_example_does_not_hold(tmp_path: Path) -> None:
    folder = small(tmp_path, STANDARD[: STANDARD.index("[[example]]")])

    assert failures(folder) == ["board.toml: has no worked example"]


def test_a_board_with_neither_file_nor_refusal_is_missed(tmp_path: Path) -> None:
    folder = small(tmp_path, published=PUBLISHED.replace("published = 1", "published = 2"))

    assert failures(folder) == ["Somewhere: 1 files for 2 boards"]


def test_a_set_whose_files_are_gone_is_missed(tmp_path: Path) -> None:
    merged = PUBLISHED.replace("published = 1", "published = 2\nis_merged = true")
    folder = small(tmp_path, published=merged)
    shutil.rmtree(folder / "some")

    assert failures(folder) == ["Somewhere: 0 files for 2 boards"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[set]", "is not TOML"),
        ("", "set: field required"),
        (f"{PUBLISHED}colour = 1", "set.1.colour: is not known here"),
    ],
)
def test_a_wrong_list_of_what_was_published_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    assert main(["tariff", "coverage", str(small(tmp_path, published=text))]) == INPUT
    assert said in capsys.readouterr().err


def test_a_folder_without_such_a_list_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tariff", "coverage", str(tmp_path)]) == INPUT
    assert "published.toml: cannot be read" in capsys.readouterr().err
