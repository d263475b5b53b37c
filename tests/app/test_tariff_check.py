"""`kiosk tariff check` says what is wrong in a file, what is odd in it, and what nights cost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.main import main

HEAD = """code = "yard"
version = 2
zone = "Europe/Berlin"
currency = "EUR"
"""
PLAIN = """
[[band]]
name = "Always"
[[band.row]]
price = 1.20
per_minutes = 30
"""
EXAMPLE = """
[[example]]
says = "an hour"
enter = "2026-03-02 10:00"
leave = "2026-03-02 11:00"
total = 2.40
"""
LATE = """
[[surcharge]]
name = "Late exit"
price = 22.00
at = "exit"
from = "22:00"
until = "07:00"
"""
UNSTATED = """
[[band]]
name = "Day"
from = "08:00"
until = "18:00"
[[band.row]]
price = 4.00
per_minutes = 60
[[band]]
name = "Night"
from = "18:00"
until = "08:00"
unstated = "The board is silent."
"""


def written(folder: Path, text: str, name: str = "yard.toml") -> str:
    path = folder / name
    path.write_text(HEAD + text, encoding="utf-8")
    return str(path)


def check(*arguments: str) -> int:
    return main(["tariff", "check", *arguments, "--week", "2026-03-04"])


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_a_good_file_is_said_to_be_good(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, PLAIN + EXAMPLE)

    code = check(path)

    assert code == DONE
    assert said(capsys).splitlines() == [
        path,
        "  Tariff    yard, version 2, Europe/Berlin, EUR",
        "  Examples  1 of 1 cost what the file says",
        "  Clocks    22:00 to 06:00    clocks           that night   a week later",
        "            Sun 29 Mar 2026   02:00 -> 03:00   7 h  16.80   8 h  19.20",
        "            Sun 25 Oct 2026   03:00 -> 02:00   9 h  21.60   8 h  19.20",
        "  Result    good",
    ]


def test_what_is_wrong_is_named_by_its_key_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = check(written(tmp_path, PLAIN.replace("1.20", "-1.20")))

    text = said(capsys)
    assert code == REFUSED
    assert "  Wrong     band.1.row.1.price: " in text
    assert "  Result    wrong: mend the lines above, then check again" in text


def test_hours_without_a_band_are_a_problem_of_the_bands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = check(written(tmp_path, UNSTATED.split('[[band]]\nname = "Night"', maxsplit=1)[0]))

    assert code == REFUSED
    assert "Monday 18:00 to 24:00 has no band" in said(capsys)


@pytest.mark.parametrize("text", ["[[band", None])
def test_a_file_that_cannot_be_read_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None
) -> None:
    path = str(tmp_path / "none.toml") if text is None else written(tmp_path, text)

    code = check(path)

    assert code == INPUT
    assert "  Wrong     " in said(capsys)


def test_a_worked_example_that_disagrees_is_an_error_with_both_totals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = check(written(tmp_path, PLAIN + EXAMPLE.replace("2.40", "2.50")))

    text = said(capsys)
    assert code == REFUSED
    assert "an hour" in text
    assert "2.50, but it is 2.40" in text
    assert "0 of 1 cost what the file says" in text


def test_a_file_without_examples_is_asked_for_some(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = check(written(tmp_path, PLAIN))

    assert code == DONE
    assert "  Examples  none; add an [[example]] or two" in said(capsys)


def test_an_inversion_is_a_warning_with_its_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = check(written(tmp_path, PLAIN + LATE))

    words = " ".join(said(capsys).split())
    assert code == DONE
    assert (
        'Look at surcharge.1 surcharge "Late exit" ends at 07:00: enter Mon 08:00, leave Tue '
        "06:59 for 77.20, 07:00 for 55.20; found " in words
    )
    assert "Result good, with 1 warning" in words


def test_unstated_hours_are_listed_and_their_nights_have_no_price(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = check(written(tmp_path, UNSTATED))

    text = said(capsys)
    assert code == DONE
    assert '  No price  band.2  "Night" has no price: The board is silent.' in text
    assert "Sun 29 Mar 2026   02:00 -> 03:00   7 h  no price   8 h  no price" in text


def test_a_zone_without_changes_of_the_clocks_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "yard.toml"
    path.write_text((HEAD + PLAIN).replace("Europe/Berlin", "Asia/Kathmandu"), encoding="utf-8")

    check(str(path))

    assert "Asia/Kathmandu never changes its clocks in that year" in said(capsys)


def test_no_line_is_longer_than_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(written(tmp_path, PLAIN + LATE), written(tmp_path, UNSTATED, "other.toml"))

    lines = [line for line in said(capsys).splitlines() if not line.startswith("/")]
    assert max(len(line) for line in lines) <= 100


def test_several_files_end_with_a_count_and_the_worst_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = check(
        written(tmp_path, PLAIN, "good.toml"),
        written(tmp_path, PLAIN + LATE, "late.toml"),
        written(tmp_path, PLAIN.replace("30", "0"), "wrong.toml"),
    )

    assert code == REFUSED
    assert said(capsys).endswith("\n3 files: 2 good, 1 of them with warnings\n")


def test_json_holds_the_same_for_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [written(tmp_path, PLAIN + LATE), written(tmp_path, "x = 1", "wrong.toml")]

    code = check(*files, "--json")

    late, wrong = json.loads(said(capsys))
    inversion: dict[str, Any] = late["inversions"][0]
    assert code == REFUSED
    assert late["is_good"]
    assert [each["kind"] for each in late["warnings"]] == ["inversion"]
    assert (inversion["total_minor"], inversion["a_minute_later_minor"]) == (7720, 5520)
    assert late["clock_changes"][0]["a_week_later_minor"] == 1920 + 2200
    assert not wrong["is_good"]
    assert any(problem.startswith("x: ") for problem in wrong["problems"])


def test_json_names_the_answer_where_a_night_has_no_price(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(written(tmp_path, UNSTATED), "--json")

    (known,) = json.loads(said(capsys))
    assert known["clock_changes"][0]["total_minor"] == "price-not-stated"


@pytest.mark.parametrize("week", ["yesterday", "9999-12-31", "0001-01-01"])
def test_a_week_that_is_none_is_refused_with_an_example(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], week: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["tariff", "check", written(tmp_path, PLAIN), "--week", week])

    assert ended.value.code == INPUT
    assert "--week: should be a date like 2026-03-02" in capsys.readouterr().err


def test_a_day_that_does_not_exist_is_called_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["tariff", "check", written(tmp_path, PLAIN), "--week", "2026-02-30"])

    assert ended.value.code == INPUT
    assert "--week: there is no such day as 2026-02-30" in capsys.readouterr().err


@pytest.mark.parametrize("week", ["1970-01-01", "2999-12-31"])
def test_the_first_and_the_last_week_are_tried(tmp_path: Path, week: str) -> None:
    assert main(["tariff", "check", written(tmp_path, PLAIN), "--week", week]) == DONE


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("valid_until = 2020-01-01", "valid_until  has ended on 2020-01-01"),
        (
            "valid_from = 2900-01-01",
            "valid_from  begins on 2900-01-01; until then the tariff before it stays live",
        ),
    ],
)
def test_a_tariff_that_does_not_hold_today_is_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, words: str
) -> None:
    path = written(tmp_path, f"{line}\n{PLAIN}")

    check(path)
    text = said(capsys)
    check(path, "--json")

    assert f"  Look at   {words}\n" in text
    assert json.loads(said(capsys))[0]["warnings"][0] == {
        "kind": "validity",
        "path": words.split(maxsplit=1)[0],
        "text": words.split("  ")[1],
    }


def test_a_tariff_that_has_ended_counts_as_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, f"valid_until = 2020-01-01\n{PLAIN}{LATE}")

    assert check(path) == DONE
    text = said(capsys)
    assert "good, with 2 warnings\n" in text
    assert text.count("Look at") == 1
    check(path, path)
    assert "2 files: 2 good, 2 of them with warnings" in said(capsys)
