"""Holds every shipped tariff file to its worked examples, and to naming where it comes from."""

from __future__ import annotations

import csv
import re
import tomllib
import zipfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import charge_for
from kiosk.domain.pricing.charge_lines import Charge, NoPrice
from kiosk.domain.tariff import RowKind, Tariff
from kiosk.services.tariff_files.file import TariffFile, WorkedExample, read_tariff_file

RESOURCES = Path(__file__).parents[2] / "resources"
DATA = Path(__file__).parents[1] / "data" / "tariffs"
OOXML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EVERY_CAR = (
    "chosen as charged once to every car that is there in these hours, also one that came "
    "before; the board does not say."
)
PUBLISHED = sorted((RESOURCES / "tariffs").glob("*/*.toml"))
GOLDBECK = [path for path in PUBLISHED if path.parent.name == "goldbeck"]
SINGAPORE = [path for path in PUBLISHED if path.parent.name == "singapore"]
OF_SITES = sorted((RESOURCES / "sites" / "tariffs").glob("*.toml"))
BY_HAND = [*GOLDBECK, *SINGAPORE, *OF_SITES]

ONE_DAY = timedelta(days=1)
SUNDAY = 6


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@cache
def shipped(path: Path) -> TariffFile:
    return read_tariff_file(path)


def expected(example: WorkedExample) -> Money | str | None:
    return example.refused if example.total is None else example.total


def answered(tariff: Tariff, example: WorkedExample) -> Money | str:
    answer: Charge | NoPrice = charge_for(tariff, example.facts)
    if isinstance(answer, Charge):
        return answer.total
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(answer).__name__).lower()


def holidays(path: Path) -> frozenset[date]:
    calendars = {each.name: each.dates for each in shipped(path).tariff.calendars}
    return frozenset(calendars.get("public-holidays", ()))


def easter(year: int) -> date:
    """Easter Sunday by the method of Meeus, Jones and Butcher."""
    century, in_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def days_of_baden_wuerttemberg(year: int) -> set[date]:
    fixed = ((1, 1), (1, 6), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))
    after_easter = (-2, 1, 39, 50, 60)
    sunday = easter(year)
    return {
        *(date(year, month, day) for month, day in fixed),
        *(sunday + days * ONE_DAY for days in after_easter),
    }


@pytest.mark.parametrize("path", [*PUBLISHED, *OF_SITES], ids=name)
def test_every_worked_example_costs_what_the_file_says(path: Path) -> None:
    file = shipped(path)
    said = [(example.says, expected(example)) for example in file.examples]
    worked_out = [(example.says, answered(file.tariff, example)) for example in file.examples]
    assert worked_out == said


@pytest.mark.parametrize("path", PUBLISHED, ids=name)
def test_a_published_tariff_names_its_words_its_publisher_and_its_licence(path: Path) -> None:
    source = shipped(path).source
    assert source is not None
    assert all((source.name, source.text, source.publisher, source.licence))


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_a_tariff_written_by_hand_has_three_worked_examples_or_more(path: Path) -> None:
    assert len(shipped(path).examples) >= 3


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_a_tariff_written_by_hand_has_the_code_of_its_file_name(path: Path) -> None:
    assert shipped(path).tariff.code == path.stem


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_hours_without_a_price_have_a_worked_example_that_is_refused(path: Path) -> None:
    file = shipped(path)
    has_unstated_hours = any(band.unstated for band in file.tariff.bands)
    is_refusal_shown = any(example.refused == "price-not-stated" for example in file.examples)
    assert is_refusal_shown == has_unstated_hours


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_a_tariff_with_a_list_of_holidays_ends_with_the_list(path: Path) -> None:
    tariff = shipped(path).tariff
    last_year = max((day.year for day in holidays(path)), default=None)
    ends = None if tariff.valid_until is None else tariff.valid_until - ONE_DAY
    assert ends == (None if last_year is None else date(last_year, 12, 31))


def goldbeck_cells() -> list[str]:
    """The fees of each car park, as the cells of the sheet have them."""
    with zipfile.ZipFile(DATA / "goldbeck" / "goldbeck.xlsx") as book:
        strings = ET.fromstring(book.read("xl/sharedStrings.xml"))
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    shared = ["".join(part.text or "" for part in each.iter(f"{OOXML}t")) for each in strings]
    cells = {
        cell.get("r", ""): shared[int(cell.findtext(f"{OOXML}v", ""))]
        for cell in sheet.iter(f"{OOXML}c")
        if cell.get("t") == "s"
    }
    column = next(
        name.rstrip("1") for name, text in cells.items() if text == "Gebühren-Informationen"
    )
    found = re.compile(rf"{column}\d+")
    return [text for name, text in cells.items() if found.fullmatch(name)][1:]


def singapore_rows() -> set[tuple[str, str]]:
    """Name and rates of each row of the list, the rates as a file's source has them."""
    path = DATA / "singapore" / "sg_carpark_rates_first120.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (
                row["carpark"],
                "\n".join(f"{key}: {row[key]}" for key in row if "_rate" in key),
            )
            for row in csv.DictReader(lines)
        }


def test_the_goldbeck_files_are_the_eleven_texts_of_the_sheet() -> None:
    sources = [shipped(path).source for path in GOLDBECK]
    texts = sorted(source.text for source in sources if source is not None)

    assert len(texts) == 11
    assert texts == sorted(set(goldbeck_cells()))


def test_thirty_boards_of_singapore_are_rows_of_the_list() -> None:
    sources = [shipped(path).source for path in SINGAPORE]
    boards = {(source.name, source.text) for source in sources if source is not None}

    assert len(boards) == 30
    assert boards - singapore_rows() == set()


@pytest.mark.parametrize("path", SINGAPORE, ids=name)
def test_a_price_per_entry_names_which_cars_it_is_for(path: Path) -> None:
    file = shipped(path)
    assert file.source is not None
    rows = [row for band in file.tariff.bands for row in band.rows]
    is_per_entry = any(row.kind is RowKind.PER_ENTRY for row in rows)
    said = [note for note in file.source.notes if note.startswith("Per entry ")]

    assert len(said) == is_per_entry
    assert all(note.endswith(f": {EVERY_CAR}") for note in said)


def test_thirteen_boards_of_singapore_have_a_price_per_entry() -> None:
    notes = [shipped(path).source for path in SINGAPORE]
    assert sum(EVERY_CAR in str(source) for source in notes) == 13


def test_the_board_of_telepark_says_why_a_night_may_be_free() -> None:
    source = shipped(RESOURCES / "tariffs" / "singapore" / "telepark.toml").source
    assert source is not None
    assert any(
        "leaves after 7am has the night free: chosen because" in each for each in source.notes
    )


def test_what_was_not_read_of_singapore_is_said() -> None:
    tables = tomllib.loads((RESOURCES / "tariffs" / "published.toml").read_text(encoding="utf-8"))
    note = next(each["note"] for each in tables["set"] if each["name"] == "Singapore")
    readme = (RESOURCES.parent / "README.md").read_text(encoding="utf-8")

    said = "30 of the 120 rows were read and entered, the other 90 were not"
    assert said in note
    assert said in " ".join(readme.split())


def test_the_licences_that_ask_for_it_are_attributed_in_their_words() -> None:
    readme = (RESOURCES / "tariffs" / "README.md").read_text(encoding="utf-8")
    words = " ".join(readme.split())

    assert "accessed on 2026-11-22" in words
    assert "Singapore Open Data Licence version 1.0" in words
    assert "https://www.govdata.de/dl-de/by-2-0" in words
    assert "data set" in words


def test_rastatt_keeps_the_public_holidays_of_baden_wuerttemberg() -> None:
    listed = holidays(RESOURCES / "tariffs" / "goldbeck" / "schlossgalerie-rastatt.toml")
    assert listed == days_of_baden_wuerttemberg(2026) | days_of_baden_wuerttemberg(2027)


@pytest.mark.parametrize("path", SINGAPORE, ids=name)
def test_a_holiday_of_singapore_on_a_sunday_is_kept_on_the_monday_too(path: Path) -> None:
    listed = holidays(path)
    on_sundays = {day for day in listed if day.weekday() == SUNDAY}
    assert {day + ONE_DAY for day in on_sundays} <= listed


def test_all_boards_of_singapore_keep_the_same_holidays() -> None:
    lists = [holidays(path) for path in SINGAPORE if holidays(path)]
    assert len({frozenset(day for day in each if day.year == 2026) for each in lists}) == 1
