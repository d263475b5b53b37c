"""`kiosk tariff price`, `kiosk tariff schema` and `kiosk replay`: what they print, and codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.main import main

TARIFF = """
code = "boulevard"
version = 2
zone = "Europe/Berlin"
currency = "EUR"
valid_from = 2026-01-01

[tax]
percent = 19

[free]
minutes = 20

[[band]]
name = "Day"
from = "08:00"
until = "18:00"
[[band.row]]
price = 4.00
per_minutes = 60
block_minutes = 10

[[band]]
name = "Evening"
from = "18:00"
until = "08:00"
[[band.row]]
price = 6.00
per_minutes = 60
block_minutes = 10

[[cap]]
scope = "rolling-24h"
price = 14.00

[lost_ticket]
rule = "plus-accrued"
price = 8.00

[overstay]
multiplier = 1.5

[[discount]]
name = "Cinema"
minutes = 60
[[discount]]
name = "Staff"
percent = 20

[rounding]
cash_step = 0.05
"""
ENTER = ("--enter", "2026-03-02T17:57")
LEAVE = ("--leave", "2026-03-02T18:24")


@pytest.fixture
def tariff(tmp_path: Path) -> Path:
    path = tmp_path / "boulevard.toml"
    path.write_text(TARIFF, encoding="utf-8")
    return path


@pytest.fixture
def receipt(tariff: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """What `price --json` prints of a stay, kept as a file."""
    assert main(["tariff", "price", str(tariff), *ENTER, *LEAVE, "--json"]) == DONE
    path = tmp_path / "receipt.json"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def spoil(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_price_is_shown_line_by_line(tariff: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["tariff", "price", str(tariff), *ENTER, *LEAVE])

    said = capsys.readouterr()
    assert (code, said.err) == (DONE, "")
    head, *lines = said.out.splitlines()
    assert head.startswith("Tariff  boulevard, version 2 (hash ")
    assert len(head) == len("Tariff  boulevard, version 2 (hash )") + 12
    assert lines == [
        "Stay    Mon 2026-03-02 17:57 to Mon 2026-03-02 18:24 (27 min)",
        "",
        "Day: 10 min at 4.00 per 60 min                              0.67",
        "Evening: 3 x 10 min at 6.00 per 60 min                      3.00",
        "----------------------------------------------------------------",
        "Total                                                   EUR 3.67",
        "of it tax                                                   0.59",
    ]


def test_a_booked_stay_shows_its_window_and_all_that_changes_its_price(
    tariff: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    booked = ("--booked-from", "2026-10-25T01:00", "--booked-until", "2026-10-25T02:30+02:00")
    stay = ("--enter", "2026-10-25T01:00:30", "--leave", "2026-10-25T02:30:00+01:00")
    options = ("--validation", "60", "--discount", "Staff", "--lost", "--cash", "--free-used")

    assert main(["tariff", "price", str(tariff), *stay, *booked, *options]) == DONE

    assert capsys.readouterr().out.splitlines()[1:] == [
        "Stay    Sun 2026-10-25 01:00:30 to Sun 2026-10-25 02:30 +0100 (2 h 29 min 30 s)",
        "Booked  Sun 2026-10-25 01:00 to Sun 2026-10-25 02:30 +0200",
        "",
        "1 h validated                                               0.00",
        "Evening: 3 x 10 min at 6.00 per 60 min                      3.00",
        "Staff                                                      -0.60",
        "Overstay, 1 h: 6 x 10 min at 1.00                           6.00",
        "Overstay surcharge 50 %                                     3.00",
        "Lost ticket                                                 8.00",
        "----------------------------------------------------------------",
        "Total                                                  EUR 19.40",
        "of it tax                                                   3.10",
    ]


def test_cash_is_rounded_on_a_line_of_its_own(
    tariff: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tariff", "price", str(tariff), *ENTER, *LEAVE, "--cash"]) == DONE

    assert "Cash rounding                                              -0.02" in (
        capsys.readouterr().out
    )


def test_json_is_one_receipt_with_money_in_minor_units(receipt: Path) -> None:
    table = json.loads(receipt.read_text(encoding="utf-8"))

    assert (table["kind"], table["format"]) == ("sharedpark-receipt", 1)
    assert table["total"] == {"minor": 367, "currency": "EUR"}
    assert table["facts"]["entered_at"] == "2026-03-02T16:57:00+00:00"
    assert [line["amount"]["minor"] for line in table["lines"]] == [67, 300]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((*ENTER, "--leave", "2026-03-02T17:57"), "The exit is not after the entry."),
        (("--enter", "2025-03-02T17:57", *LEAVE[:1], "2025-03-02T19:57"), "The tariff does not"),
        ((*ENTER, *LEAVE, "--validation", "61"), "The tariff allows at most 60 validated"),
        ((*ENTER, *LEAVE, "--discount", "Cinema"), "The tariff has no discount by percent"),
    ],
)
def test_a_stay_without_price_is_refused_in_a_sentence(
    tariff: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    code = main(["tariff", "price", str(tariff), *arguments])

    said = capsys.readouterr()
    assert (code, said.out) == (REFUSED, "")
    assert said.err.startswith(sentence)


def test_a_refusal_is_one_json_object_too(
    tariff: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stay = ("--enter", "2026-03-02T10:00", "--leave", "2026-03-02T09:00")

    assert main(["tariff", "price", str(tariff), *stay, "--json"]) == REFUSED

    assert json.loads(capsys.readouterr().out) == {
        "refused": "exit-before-entry",
        "text": "The exit is not after the entry.",
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--enter", "2026-03-29T02:30", *LEAVE), '--enter: "2026-03-29T02:30" is skipped by'),
        ((*ENTER, "--leave", "soon"), '--leave: "soon" should be a date and a time'),
        ((*ENTER, *LEAVE, "--booked-from", "2026-03-02"), "--booked-from and --booked-until go"),
        (
            (*ENTER, *LEAVE, "--booked-from", "2026-03-02", "--booked-until", "2026-03-02"),
            "--booked-until should be after --booked-from",
        ),
    ],
)
def test_wrong_times_are_named_by_their_option_and_end_with_2(
    tariff: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code = main(["tariff", "price", str(tariff), *arguments])

    assert code == INPUT
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize("minutes", ["-5", "1.5", "1234567", "²"])
def test_validated_minutes_are_a_whole_number(
    tariff: Path, capsys: pytest.CaptureFixture[str], minutes: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["tariff", "price", str(tariff), *ENTER, *LEAVE, f"--validation={minutes}"])

    assert ended.value.code == INPUT
    assert "should be a whole number of minutes" in capsys.readouterr().err


def test_a_wrong_tariff_file_ends_with_2_and_names_the_key(
    tariff: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(tariff, "price = 6.00", "price = -6.00")

    code = main(["tariff", "price", str(tariff), *ENTER, *LEAVE])

    assert code == INPUT
    assert capsys.readouterr().err == (
        f"{tariff}: band.2.row.1.price: should not be negative; write 0.00 or more\n"
    )


def test_the_schema_goes_to_stdout_or_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "schema.json"

    assert main(["tariff", "schema"]) == DONE
    assert main(["tariff", "schema", "--out", str(path)]) == DONE

    text = capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == text
    assert json.loads(text)["title"] == "Tariff"


def test_a_true_receipt_is_replayed_with_its_bill(
    receipt: Path, tariff: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tariff", "price", str(tariff), *ENTER, *LEAVE]) == DONE
    bill = capsys.readouterr().out

    code = main(["replay", str(receipt), "--tariff", str(tariff)])

    assert code == DONE
    assert capsys.readouterr().out == (
        f"{bill}The receipt is true: every line, the total and the tax come out again.\n"
    )


def test_a_receipt_is_true_after_its_tariff_file_was_changed(receipt: Path, tariff: Path) -> None:
    spoil(tariff, "price = 6.00", "price = 7.00")

    assert main(["replay", str(receipt)]) == DONE


def test_a_receipt_with_another_total_ends_with_1(
    receipt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(receipt, '"minor": 367', '"minor": 366')

    code = main(["replay", str(receipt)])

    said = capsys.readouterr()
    assert code == REFUSED
    assert said.err == f"{receipt}: total: the receipt says 3.66, its tariff gives 3.67\n"
    assert "is true" not in said.out


def test_a_receipt_of_another_tariff_ends_with_1(
    receipt: Path, tariff: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(tariff, "price = 6.00", "price = 7.00")

    assert main(["replay", str(receipt), "--tariff", str(tariff)]) == REFUSED

    assert capsys.readouterr().err == (
        f"{receipt}: tariff: {tariff} is not the tariff of the receipt\n"
    )


def test_a_receipt_of_a_stay_without_price_ends_with_1_and_shows_no_bill(
    receipt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(receipt, "2026-03-02T16:57", "2026-03-03T16:57")

    code = main(["replay", str(receipt)])

    said = capsys.readouterr()
    assert (code, said.out) == (REFUSED, "")
    assert "the tariff gives no price for this stay: The exit is not after" in said.err


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"version": 2', '"version": 3', "tariff_hash: is not that of the tariff"),
        ('"tax": {\n    "minor"', '"taxes": {\n    "minor"', "tax: Field required"),
        ("{", "", "the receipt: is not JSON"),
    ],
)
def test_a_damaged_receipt_ends_with_2(
    receipt: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, said: str
) -> None:
    spoil(receipt, before, after)

    code = main(["replay", str(receipt)])

    assert code == INPUT
    assert capsys.readouterr().err.startswith(f"{receipt}: {said}")


def test_a_receipt_that_is_no_text_or_not_there_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "receipt.json"

    assert main(["replay", str(path)]) == INPUT
    path.write_bytes(b"\xff")
    assert main(["replay", str(path)]) == INPUT

    assert capsys.readouterr().err.splitlines() == [
        f"{path}: No such file or directory",
        f"{path}: should be UTF-8 text",
    ]


@pytest.mark.parametrize(
    ("before", "arguments", "remedy"),
    [
        (
            '[lost_ticket]\nrule = "plus-accrued"\nprice = 8.00',
            ("--lost",),
            'Add a table [lost_ticket] to it, for example with rule = "flat" and price = 20.00.',
        ),
        (
            "",
            ("--discount", "Personnel"),
            'named "Personnel". There are: Staff.',
        ),
        (
            '[[discount]]\nname = "Staff"\npercent = 20',
            ("--discount", "Staff"),
            'named "Staff". There are none.',
        ),
    ],
)
def test_a_refusal_says_how_to_go_on(
    tariff: Path,
    capsys: pytest.CaptureFixture[str],
    before: str,
    arguments: tuple[str, ...],
    remedy: str,
) -> None:
    if before:
        spoil(tariff, before, "")

    assert main(["tariff", "price", str(tariff), *ENTER, *LEAVE, *arguments]) == REFUSED

    assert capsys.readouterr().err.endswith(f" {remedy}\n")


@pytest.mark.parametrize("arguments", [["tariff", "schema"], ["tariff", "check", "none.toml"]])
def test_a_reader_that_goes_away_early_is_no_fault(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "kiosk.app.main", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # before the command has said anything

        said = process.stderr.read()

    assert said == b""
    assert process.returncode in {DONE, REFUSED, INPUT}


@pytest.mark.parametrize("arguments", [["tariff", "schema"], ["--help"]])
def test_an_output_without_room_is_said_in_one_sentence(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "kiosk.app.main", *arguments]
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)

    assert ended.stderr == b"The output cannot be written: No space left on device\n"
    assert ended.returncode == REFUSED
