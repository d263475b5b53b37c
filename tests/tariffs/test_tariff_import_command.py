"""`kiosk tariff import` reads strictly, and tells clashing tariffs from refused records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.app.exit_codes import INPUT, REFUSED
from kiosk.app.main import main

EXAMPLES = Path(__file__).parents[1] / "data" / "tariffs" / "ocpi"
TARIFF = """{
  "country_code": "DE", "party_id": "ALL", "id": "7", "currency": "EUR",
  "elements": [{"price_components": [{"type": "TIME", "price": 2.00, "step_size": 60}]}]
}"""


def written(folder: Path, name: str, text: str = TARIFF) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(*paths: Path, out: Path, form: tuple[str, ...] = ()) -> int:
    files = [str(path) for path in paths]
    zone = ("--zone", "Europe/Berlin", "--out", str(out))
    return main(["tariff", "import", "ocpi", *files, *zone, *form])


def test_a_price_that_stands_twice_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = TARIFF.replace('"price": 2.00', '"price": 2.00, "price": 9.00')

    assert run(written(tmp_path, "a.json", twice), out=tmp_path / "out") == INPUT
    assert 'the key "price" stands twice in one table' in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_tariff_whose_code_is_taken_is_to_go_into_a_folder_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = written(tmp_path, "a.json")
    other = written(tmp_path, "b.json", TARIFF.replace("2.00", "9.00"))

    assert run(first, other, out=tmp_path / "out") == REFUSED
    lines = capsys.readouterr().out.splitlines()
    assert (
        "clashes  b.json: DE*ALL*7: its code ocpi-de-all-7 is that of another one; import it "
        "into a folder of its own"
    ) in lines
    assert lines[-1] == "1 tariff files written, 0 records refused, 1 clashing."


def test_a_file_with_other_content_is_counted_as_no_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(written(tmp_path, "a.json"), out=tmp_path / "out")
    capsys.readouterr()
    other = written(tmp_path, "b.json", TARIFF.replace("2.00", "9.00"))

    assert run(other, out=tmp_path / "out") == REFUSED
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"clashes  {tmp_path / 'out' / 'ocpi-de-all-7.toml'}: is there")
    assert lines[-1] == "0 tariff files written, 0 records refused, 1 clashing."


def test_every_example_at_once_is_written_refused_or_named_as_clashing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = sorted(EXAMPLES.glob("tariff_*.json"))

    run(*paths, out=tmp_path / "out", form=("--phase", "parking", "--json"))
    report = json.loads(capsys.readouterr().out)

    assert report["clashing"]
    assert len(report["taken"]) + len(report["refused"]) + len(report["clashing"]) == len(paths)
    assert not any("that of another one" in each["reason"] for each in report["refused"])
