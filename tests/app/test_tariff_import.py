"""What `kiosk tariff import` writes, prints and answers in its exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.services.tariff_files.file import read_tariff_file

DATA = Path(__file__).parents[1] / "data" / "tariffs"
HOUR = {"type": "TIME", "price": 1.1, "step_size": 60}


def ocpi(folder: Path, name: str, *, price: float = 1.1, tariff_id: str = "7") -> str:
    tariff = {
        "country_code": "DE",
        "party_id": "ALL",
        "id": tariff_id,
        "currency": "EUR",
        "elements": [{"price_components": [HOUR | {"price": price}]}],
    }
    path = folder / name
    path.write_text(json.dumps(tariff), encoding="utf-8")
    return str(path)


def run(*arguments: str, out: Path, zone: str = "Europe/Berlin") -> int:
    """Import as OCPI into `out`."""
    return main(["tariff", "import", "ocpi", *arguments, "--zone", zone, "--out", str(out)])


def test_a_tariff_is_written_and_exit_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "folder"

    assert run(ocpi(tmp_path, "a.json"), out=out) == DONE
    assert [path.name for path in out.iterdir()] == ["ocpi-de-all-7.toml"]
    assert read_tariff_file(out / "ocpi-de-all-7.toml").tariff.zone == "Europe/Berlin"
    assert "1 tariff files written, 0 records refused." in capsys.readouterr().out


def test_a_refused_record_has_its_line_and_stops_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    energy = str(DATA / "ocpi" / "tariff_8_simple_025kwh.json")

    assert run(energy, ocpi(tmp_path, "a.json"), out=tmp_path / "out") == REFUSED
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["ocpi-de-all-7.toml"]
    assert (
        "refused  tariff_8_simple_025kwh.json: DE*ALL*16: element 1: ENERGY"
        in capsys.readouterr().out.splitlines()
    )


def test_the_phase_chooses_among_the_prices_of_both(tmp_path: Path) -> None:
    both = str(DATA / "ocpi" / "tariff_13_simple_3hour_5parking.json")

    assert run(both, out=tmp_path) == REFUSED
    assert run(both, "--phase", "parking", out=tmp_path) == DONE
    assert [path.name for path in tmp_path.iterdir()] == ["ocpi-de-all-21-parking.toml"]


def test_the_same_tariff_twice_is_one_file(tmp_path: Path) -> None:
    once, again = ocpi(tmp_path, "a.json"), ocpi(tmp_path, "b.json")

    assert run(once, again, out=tmp_path / "out") == DONE
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_another_tariff_with_the_same_code_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    once, again = ocpi(tmp_path, "a.json"), ocpi(tmp_path, "b.json", price=2.2)

    assert run(once, again, out=tmp_path / "out") == REFUSED
    assert "its code ocpi-de-all-7 is that of another one" in capsys.readouterr().out


def test_a_file_with_other_content_is_kept_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    run(ocpi(tmp_path, "a.json"), out=out)
    before = (out / "ocpi-de-all-7.toml").read_bytes()
    dearer = ocpi(tmp_path, "b.json", price=2.2)

    assert run(dearer, ocpi(tmp_path, "c.json", tariff_id="8"), out=out) == REFUSED
    assert [path.name for path in out.iterdir()] == ["ocpi-de-all-7.toml"]
    assert (out / "ocpi-de-all-7.toml").read_bytes() == before
    assert "so nothing was written; see --replace" in capsys.readouterr().out


def test_a_file_is_replaced_when_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(ocpi(tmp_path, "a.json"), out=out)

    assert run(ocpi(tmp_path, "b.json", price=2.2), "--replace", out=out) == DONE
    assert "price = 2.20" in (out / "ocpi-de-all-7.toml").read_text(encoding="utf-8")


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    arguments = (ocpi(tmp_path, "a.json"),)

    assert [run(*arguments, out=tmp_path / "out") for _ in "12"] == [DONE, DONE]


def test_a_price_with_more_places_than_a_file_has_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = ocpi(tmp_path, "a.json", price=1.12345678901)

    assert run(path, out=tmp_path / "out") == REFUSED
    assert list((tmp_path / "out").iterdir()) == []
    assert "refused  DE*ALL*7: " in capsys.readouterr().out


def test_the_report_is_also_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    energy = str(DATA / "ocpi" / "tariff_8_simple_025kwh.json")
    run(energy, ocpi(tmp_path, "a.json"), "--json", out=tmp_path / "out")
    report: dict[str, Any] = json.loads(capsys.readouterr().out)

    assert [each["code"] for each in report["taken"]] == ["ocpi-de-all-7"]
    assert report["refused"] == [
        {"what": "tariff_8_simple_025kwh.json: DE*ALL*16", "reason": "element 1: ENERGY"}
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("\udcff", "is not JSON"),
    ],
)
def test_a_file_that_is_not_json_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")

    assert run(str(path), out=tmp_path / "out") == INPUT
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_number_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = ocpi(tmp_path, "a.json", price=float("nan"))

    assert run(path, out=tmp_path / "out") == REFUSED
    assert "price_components.1.price: input should be a finite number" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sbb", "gone.json"], "gone.json: cannot be read: No such file"),
        (["sbb", str(DATA / "db" / "db_bahnpark_v2.json")], "is not of this source: features"),
        (["db", str(DATA / "ocpi" / "booking_example.json")], "is not of this source: _embedded"),
        (["sbb", "gone.json", "--zone", "UTC"], "--zone and --phase go with ocpi"),
        (["db", "gone.json", "--phase", "parking"], "--zone and --phase go with ocpi"),
        (["ocpi", "gone.json"], "add --zone, for example Europe/Berlin"),
        (["ocpi", "gone.json", "--zone", "Berlin"], "--zone: Berlin is not known"),
        (["ocpi", "gone.json", "--zone", "../etc"], "--zone: ../etc is not known"),
    ],
)
def test_what_cannot_be_imported_at_all_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    code = main(["tariff", "import", *arguments, "--out", str(tmp_path / "out")])

    assert code == INPUT
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
