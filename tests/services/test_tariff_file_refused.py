"""Each wrong key of a tariff file has a line with its path, what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.services.tariff_files.file import TariffFileRefused, read_tariff_file

SMALL = """
code = "small"
version = 1
zone = "Europe/Berlin"
currency = "EUR"

[calendar]
fairs = [2026-05-01]

[[band]]
name = "Day"
until = "18:00"
[[band.row]]
price = 4.00
per_minutes = 60

[[band]]
name = "Night"
from = "18:00"
[[band.row]]
kind = "minute"
price = 0.0167

[[cap]]
scope = "session"
price = 14.00

[lost_ticket]
rule = "flat"
price = 8.00

[[discount]]
name = "Cinema"
minutes = 60

[rounding]
step = 0.10

[[example]]
says = "an hour"
enter = "2026-03-02 10:00"
leave = "2026-03-02 11:00"
total = 4.00
"""


def changed(folder: Path, before: str, after: str) -> Path:
    """A small tariff file with one change."""
    assert SMALL.count(before) == 1, before
    path = folder / "small.toml"
    path.write_text(SMALL.replace(before, after), encoding="utf-8")
    return path


def refusal(path: Path) -> list[str]:
    """What is said about a file, without its name."""
    with pytest.raises(TariffFileRefused) as refused:
        read_tariff_file(path)
    assert str(refused.value) == "\n".join(refused.value.lines)
    assert all(line.startswith(f"{path}: ") for line in refused.value.lines)
    return [line.removeprefix(f"{path}: ") for line in refused.value.lines]


def test_the_small_file_is_good(tmp_path: Path) -> None:
    assert read_tariff_file(changed(tmp_path, "small", "small")).tariff.code == "small"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("version = 1", "", "version: is missing; write for example version = 1"),
        (
            "version = 1",
            "version = true",
            "version: should be a whole number without quotes; write for example 2",
        ),
        (
            "version = 1",
            "version = 1.0",
            "version: should be a whole number without quotes; write for example 2",
        ),
        (
            "version = 1",
            "version = 1000000000",
            "version: is too large; write a number under 1000000000",
        ),
        ("version = 1", "version = 0", "version: should be a whole number from 1 to 1000000000"),
        ('"EUR"', '"DEM"', "currency: is not a currency of this program; write one of"),
        ('"EUR"', '["EUR"]', "currency: is not a currency of this program; write one of"),
        (
            '"Europe/Berlin"',
            '"Berlin"',
            "zone: is not a known time zone; write one like Europe/Berlin",
        ),
        ('"Europe/Berlin"', "1", "zone: should be text in quotes"),
        (
            "version = 1",
            'version = 1\nblocks = "through"',
            "blocks: should be one of 'restart', 'run-through', 'round-once' or 'pro-rata'",
        ),
        (
            "version = 1",
            "version = 1\nvalidfrom = 1",
            "validfrom: is no key of a tariff file; did you mean valid_from?",
        ),
        (
            "version = 1",
            "version = 1\nvalid_from = 2026-01-01T00:00:00",
            "valid_from: should be a date; write for example 2026-12-25",
        ),
        (
            "2026-05-01",
            '"May"',
            "calendar.fairs.1: should be a date; write for example 2026-12-25",
        ),
        (
            'until = "18:00"',
            'untill = "18:00"',
            "band.1.untill: is no key of a tariff file; did you mean until?",
        ),
        (
            "total = 4.00",
            "total = 4.00\nminimum = 1.00",
            "example.1.minimum: stands before all tables; move it to the top of the file",
        ),
        (
            'until = "18:00"',
            "xyz = 1",
            (
                "band.1.xyz: is no key of a tariff file; "
                "there are: name, days, from, until, rule, row, unstated"
            ),
        ),
        (
            'until = "18:00"',
            'until = "6pm"',
            'band.1.until: should be an hour of the day in quotes; write for example "08:00"',
        ),
        (
            'until = "18:00"',
            "until = 18:00:00",
            'band.1.until: should be an hour of the day in quotes; write for example "08:00"',
        ),
        (
            'until = "18:00"',
            'until = "19:00"',
            (
                'band.2: Monday 18:00 to 19:00 is also in band.1 "Day"; '
                "change from, until or days of one of them"
            ),
        ),
        (
            'from = "18:00"',
            'from = "24:00"',
            'band.2.from: should be an hour from 00:00 to 23:59; write "00:00" for midnight',
        ),
        (
            "price = 4.00",
            "price = -4.00",
            "band.1.row.1.price: should not be negative; write 0.00 or more",
        ),
        (
            "price = 4.00",
            'price = "4.00"',
            "band.1.row.1.price: should be a number without quotes; write for example 1.20",
        ),
        (
            "price = 4.00",
            "price = inf",
            "band.1.row.1.price: is too large; write a number under 1000000000",
        ),
        (
            "price = 4.00",
            "price = nan",
            "band.1.row.1.price: is no number; write for example 1.20",
        ),
        (
            "price = 4.00",
            "price = 1e999999",
            "band.1.row.1.price: is too large; write a number under 1000000000",
        ),
        (
            "price = 4.00",
            "price = 0.0000000001",
            "band.1.row.1.price: has too many digits; write at most 9 behind the point",
        ),
        ("price = 4.00\n", "", "band.1.row.1.price: is missing; write for example price = 1.20"),
        (
            "per_minutes = 60",
            "per_minutes = 0",
            "band.1.row.1.per_minutes: should be a whole number from 1 to 527040",
        ),
        (
            "per_minutes = 60",
            "",
            "band.1.row.1.per_minutes: is missing; write for example per_minutes = 60",
        ),
        (
            "per_minutes = 60",
            'per_minutes = 60\nkind = "flat"',
            'band.1.row.1.per_minutes: does not go with kind = "flat"; remove it',
        ),
        (
            "per_minutes = 60",
            'from_minutes = 60\nkind = "per-entry"',
            'band.1.row.1.from_minutes: does not go with kind = "per-entry"; remove it',
        ),
        (
            'kind = "minute"',
            'kind = "minute"\nblock_minutes = 5',
            'band.2.row.1.block_minutes: is always 1 with kind = "minute"; remove it',
        ),
        (
            'scope = "session"',
            'scope = "session"\nrestarts_blocks = 1',
            "cap.1.restarts_blocks: should be true or false, without quotes",
        ),
        (
            'scope = "session"',
            'scope = "session"\nreset_at = "06:00"',
            'cap.1.reset_at: does not go with scope = "session"; remove it',
        ),
        (
            'scope = "session"',
            'scope = "band"',
            'cap.1.band: is missing; write for example band = "Day"',
        ),
        (
            'scope = "session"',
            'scope = "reset-day"',
            'cap.1.reset_at: is missing; write for example reset_at = "06:00"',
        ),
        (
            'scope = "session"',
            'scope = "session"\ndays = "sunday"',
            "cap.1.days: should be a list",
        ),
        ("[[cap]]", "[cap]", "cap: should be a list of tables; write [[cap]] in double brackets"),
        (
            "[lost_ticket]",
            "[[lost_ticket]]",
            "lost_ticket: should be one table; write [lost_ticket] in single brackets",
        ),
        (
            'rule = "flat"',
            'rule = "day-maximum"',
            'lost_ticket.price: does not go with rule = "day-maximum"; remove it',
        ),
        (
            'rule = "flat"',
            'rule = "flat"\nprise = 1',
            "lost_ticket.prise: is no key of a tariff file; did you mean price?",
        ),
        ("price = 8.00", "", "lost_ticket.price: is missing; write for example price = 8.00"),
        (
            "minutes = 60\n\n[r",
            "minutes = 60\npercent = 5\n\n[r",
            "discount.1: should have one of minutes, percent and amount; write just one",
        ),
        (
            "step = 0.10",
            "step = 0.001",
            "rounding.step: is finer than the smallest coin; write a multiple of 0.01",
        ),
        ("step = 0.10", "step = 0.00", "rounding.step: should be 0.01 or more"),
        ("total = 4.00", "", "example.1: should have one of total and refused; write just one"),
        (
            "total = 4.00",
            "total = 4.001",
            "example.1.total: is finer than the smallest coin; write a multiple of 0.01",
        ),
        (
            "total = 4.00",
            'refused = "no"',
            "example.1.refused: should be one of 'exit-before-entry'",
        ),
        (
            "total = 4.00",
            'total = 4.00\nbooked_from = "2026-03-02"',
            "example.1.booked_until: is missing; a booked window has both ends",
        ),
        (
            "total = 4.00",
            'total = 4.00\nbooked_until = "2026-03-02"',
            "example.1.booked_from: is missing; a booked window has both ends",
        ),
        (
            "total = 4.00",
            'total = 4.00\nbooked_from = "2026-03-02"\nbooked_until = "2026-03-02"',
            "example.1.booked_until: should be after booked_from",
        ),
        (
            "total = 4.00",
            "total = 4.00\nvalidation_minutes = -1",
            "example.1.validation_minutes: should not be negative; write 0 or more",
        ),
        (
            "2026-03-02 10:00",
            "2 March",
            (
                'example.1.enter: "2 March" should be a date and a time; '
                "write for example 2026-03-02 10:00"
            ),
        ),
        (
            "2026-03-02 10:00",
            "2026-03-29 02:30",
            (
                'example.1.enter: "2026-03-29 02:30" is skipped by the clocks of Europe/Berlin: '
                "they go forward then; write 2026-03-29 03:30, or add the offset from UTC"
            ),
        ),
        (
            "2026-03-02 10:00",
            "0001-03-29 02:30",
            'example.1.enter: "0001-03-29 02:30" should lie between the years 1970 and 2999',
        ),
        (
            "2026-03-02 10:00",
            "2026-03-02 10:00:00.5",
            (
                'example.1.enter: "2026-03-02 10:00:00.5" should be in whole seconds; '
                "leave out the parts of a second"
            ),
        ),
    ],
)
def test_one_wrong_key_has_one_line(tmp_path: Path, before: str, after: str, words: str) -> None:
    (line,) = refusal(changed(tmp_path, before, after))

    assert line.startswith(words)
    assert line == words or words.endswith(("write one of", "'exit-before-entry'"))


def test_all_wrong_keys_are_told_at_once(tmp_path: Path) -> None:
    path = changed(tmp_path, 'until = "18:00"', 'until = "6pm"\nrows = 1')
    path.write_text(path.read_text().replace("price = 14.00", ""), encoding="utf-8")

    assert [line.split(": ")[0] for line in refusal(path)] == [
        "band.1.until",
        "band.1.rows",
        "cap.1.price",
    ]


def test_all_that_does_not_go_together_is_told_at_once(tmp_path: Path) -> None:
    path = changed(tmp_path, "price = 4.00", "price = -4.00")
    text = path.read_text().replace("step = 0.10", "step = 0.001").replace("10:00", "25:00")
    path.write_text(text.replace("price = 14.00", "price = 0"), encoding="utf-8")

    assert [line.split(": ")[0] for line in refusal(path)] == [
        "band.1.row.1.price",
        "cap.1.price",
        "rounding.step",
        "example.1.enter",
    ]


def test_a_key_that_stands_twice_in_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "double.json"
    path.write_text('{"code": "a", "code": "b"}', encoding="utf-8")

    assert refusal(path) == ['is not JSON: the key "code" stands twice in one table']


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.toml", b"code = ", "is not TOML: Invalid value (at end of document)"),
        ("a.json", b"[" * 100_000, "is not JSON: it is nested too deeply"),
        ("a.json", b'["\\ud800"]', "is not JSON: it has half a sign, '\\ud800'"),
        ("a.json", b"[]", "should be a table"),
        ("a.toml", b"\xff", "should be UTF-8 text; save it as UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert refusal(path) == [words]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.toml") == ["cannot be read: No such file or directory"]
