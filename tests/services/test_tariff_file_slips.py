"""A slip in the writing of a tariff file is told with its line and with what to write instead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.services.tariff_files.file import TariffFileRefused, read_tariff_file

SMALL = """
code = "small"
version = 1
zone = "Europe/Berlin"
currency = "EUR"

[[band]]
name = "Day"
[[band.row]]
price = 4.00
per_minutes = 60

[tax]
percent = 19
included = true
"""


def refusal(folder: Path, text: str) -> str:
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TariffFileRefused) as refused:
        read_tariff_file(path)
    (line,) = refused.value.lines
    return line.removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    ("slip", "advice"),
    [
        ("price = 16,00", "write a point in numbers: 16.00"),
        ("price = 1.600,00 # a year", "write a point in numbers: 1600.00"),
        ("row = [{ price = 16,50 }]", "write a point in numbers: 16.50"),
        ("price = 16.00 EUR", "write the number alone: 16.00"),
        ("price = 16,00 EUR", "write the number alone: 16.00"),
        ("price = 16 €", "write the number alone: 16"),
        ("price = €16.00", "write the number alone: 16.00"),
        ("tax_percent = 19 %", "write the number alone: 19"),
        ("price = 1.", "write digits behind the point: 1.00"),
        ("price = .50", "write a digit before the point: 0.50"),
        ("version = 01", "write a number without zeros before it: 1"),
        ("name = Day rate", 'put text in straight quotes: "Day rate"'),
        ("name = “Day”", 'put text in straight quotes: "Day"'),
        ("name = „Day“ # x", 'put text in straight quotes: "Day"'),
        ("from = 06:00", 'put times in quotes: "06:00"'),
        ("from = 6:00", 'put times in quotes: "06:00"'),
        ("from = 06:00 Uhr", 'put times in quotes: "06:00"'),
        ("valid_from = 01.02.2026", "write dates as year-month-day: 2026-02-01"),
        ("valid_from = 1.2.2026", "write dates as year-month-day: 2026-02-01"),
        ("x = [2026-05-01, 01.02.2026]", "write dates as year-month-day: 2026-02-01"),
        ("valid_from = 2026-2-1", "write dates as year-month-day: 2026-02-01"),
        (
            "leave = 2026-03-02 20:00",
            'put a date with a time in quotes: "2026-03-02 20:00"',
        ),
        ("included = True", "write it in small letters: true"),
        ("lost = FALSE", "write it in small letters: false"),
        ("lost = yes", "write true or false, without quotes"),
        ('name = "Day', 'the end quote is missing: "Day"'),
        ('name = Day"', 'the first quote is missing: "Day"'),
        ('name: "Day"', "write = behind the key: name = "),
        ("valid from = 1", "write the key without blanks: valid_from"),
        ("[[cap]", "write [[cap]] in double brackets"),
        ("[cap", "write [cap] in brackets"),
        ("a = 1\nb = 2\na = 3", "the key a stands twice in one table; remove one of them"),
        ("[tax]", "the table [tax] stands twice; put all its keys into one"),
        ("[band]", "write [[band]] in double brackets"),
        ("[[tax]]", "[tax] stands there already; write it in the same brackets"),
    ],
)
def test_a_slip_is_told_with_its_line_and_what_to_write(
    tmp_path: Path, slip: str, advice: str
) -> None:
    number = len(f"{SMALL}{slip}".splitlines())

    line = refusal(tmp_path, f"{SMALL}{slip}\n")

    assert line.startswith(f"line {number}: {advice} (")
    assert line.endswith(")")


def test_the_words_of_the_reader_stand_at_the_end(tmp_path: Path) -> None:
    assert refusal(tmp_path, "price = 16,00\n") == (
        "line 1: write a point in numbers: 16.00 "
        "(is not TOML: Expected newline or end of document after a statement, column 11)"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = ?\n", "line 1: is not TOML: Invalid value, column 5"),
        ('name = """Day\n', "is not TOML: Unterminated string (at end of document)"),
    ],
)
def test_another_fault_has_the_words_of_the_reader(tmp_path: Path, text: str, words: str) -> None:
    assert refusal(tmp_path, text).startswith(words)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8-sig")
    table = {
        "code": "small",
        "version": 1,
        "zone": "Europe/Berlin",
        "currency": "EUR",
        "band": [{"name": "Day", "row": [{"price": 4, "per_minutes": 60}]}],
        "tax": {"percent": 19},
    }
    (tmp_path / "small.json").write_text(json.dumps(table), encoding="utf-8-sig")

    assert read_tariff_file(path) == read_tariff_file(tmp_path / "small.json")


HAND = """
[[cap]]
scope = "session"
price = 14.00
[[discount]]
name = "Cinema"
percent = 10
[[surcharge]]
name = "Late"
price = 2.00
at = "exit"
[[example]]
says = "an hour"
enter = "2026-03-02 10:00"
leave = "2026-03-02 11:00"
total = 4.00
"""


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            "[[band.row]]\nprice = 4.00\nper_minutes = 60",
            "row = { price = 4.00, per_minutes = 60 }",
            "band.1.row: should be a list of tables; write [[band.row]] in double brackets",
        ),
        (
            "version = 1",
            'version = "1"',
            "version: should be a whole number without quotes; write for example 2",
        ),
        (
            'name = "Day"',
            'name = "Day"\nfrom = "24:00"',
            'band.1.from: should be an hour from 00:00 to 23:59; write "00:00" for midnight',
        ),
        ('code = "small"', "", 'code: is missing; write for example code = "town-hall"'),
        ("version = 1", "", "version: is missing; write for example version = 1"),
        (
            'zone = "Europe/Berlin"',
            "",
            'zone: is missing; write for example zone = "Europe/Berlin"',
        ),
        ('currency = "EUR"', "", 'currency: is missing; write for example currency = "EUR"'),
        ('name = "Day"', "", 'band.1.name: is missing; write for example name = "Day"'),
        ("price = 4.00", "", "band.1.row.1.price: is missing; write for example price = 1.20"),
        (
            'scope = "session"',
            "",
            'cap.1.scope: is missing; write for example scope = "calendar-day"',
        ),
        (
            'says = "an hour"',
            "",
            'example.1.says: is missing; write for example says = "Monday, one hour"',
        ),
        (
            'enter = "2026-03-02 10:00"',
            "",
            'example.1.enter: is missing; write for example enter = "2026-03-02 10:00"',
        ),
        (
            'leave = "2026-03-02 11:00"',
            "",
            'example.1.leave: is missing; write for example leave = "2026-03-02 11:00"',
        ),
        ('at = "exit"', "", 'surcharge.1.at: is missing; write for example at = "exit"'),
        (
            "price = 4.00",
            "price = nan",
            "band.1.row.1.price: is no number; write for example 1.20",
        ),
        (
            "price = 4.00\nper_minutes = 60",
            "price = 0",
            (
                "band.1.row.1.per_minutes: is missing; write for example per_minutes = 60, "
                'or for free hours kind = "flat"'
            ),
        ),
        (
            "[[band.row]]\nprice = 4.00\nper_minutes = 60",
            "",
            (
                'band.1.row: is missing; add a [[band.row]] (kind = "flat", price = 0.00 for free '
                "hours), or unstated = why"
            ),
        ),
        (
            "2026-03-02 11:00",
            "2026-02-30 11:00",
            (
                'example.1.leave: "2026-02-30 11:00" is no day and time of the calendar; '
                "write for example 2026-03-02 10:00"
            ),
        ),
        (
            "2026-03-02 11:00",
            "2026-03-02 24:00",
            (
                'example.1.leave: "2026-03-02 24:00" should be 00:00 of the next day; '
                "write 2026-03-03 00:00"
            ),
        ),
        (
            'name = "Day"',
            'name = "Day\\u0007"',
            "band.1.name: has a sign that cannot be printed; remove it",
        ),
        (
            'name = "Cinema"',
            'name = "Cine\\nma"',
            "discount.1.name: has a sign that cannot be printed; remove it",
        ),
        (
            'name = "Late"',
            f'name = "{"L" * 41}"',
            "surcharge.1.name: is too long for a bill; write at most 40 signs",
        ),
    ],
)
def test_a_wrong_key_is_told_with_an_example_that_fits_it(
    tmp_path: Path, before: str, after: str, words: str
) -> None:
    text = SMALL + HAND
    assert text.count(before) == 1

    assert refusal(tmp_path, text.replace(before, after)) == words


def test_a_name_of_forty_signs_is_good(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(SMALL.replace('"Day"', f'"{"ä" * 40}"'), encoding="utf-8")

    assert read_tariff_file(path).tariff.bands[0].name == "ä" * 40
