"""What `kiosk tour` says when it cannot be played, and when a step of it does not happen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.app import tour_stage
from kiosk.app.main import SITES, main

DEMO = (SITES / "demo.toml").read_text(encoding="utf-8")


def site_file(folder: Path, text: str) -> str:
    """A site file of this text."""
    file = folder / "site.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_step_that_does_not_happen_is_named_and_ends_the_tour(
    qapp: QGuiApplication,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tour_stage, "STEP_LIMIT_S", 0.0)
    assert main(["tour", "--out", str(tmp_path)]) == 1
    complaint = capsys.readouterr().err
    assert "Lindenhof opens its windows: the site is at work: not within 0 s" in complaint
    assert "entry shows page_attract, exit shows page_present" in complaint
    assert {file.name for file in tmp_path.glob("failed-*.png")} == {
        "failed-entry.png",
        "failed-exit.png",
        "failed-desk.png",
    }


def test_a_tour_forgets_the_pictures_of_the_last_one(
    qapp: QGuiApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tour_stage, "STEP_LIMIT_S", 0.0)
    (tmp_path / "07-entry-old.en.png").touch()
    (tmp_path / "notes.png").touch()
    main(["tour", "--out", str(tmp_path)])
    assert not (tmp_path / "07-entry-old.en.png").exists()
    assert (tmp_path / "notes.png").exists()


def test_a_site_with_real_ports_is_refused_before_anything_is_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = DEMO
    for port in ("relay0", "scanner0", "printer0"):  # a lane is simulated as a whole or not at all
        text = text.replace('\nport = "sim"', f'\nport = "/dev/kiosk/{port}"', 1)
    assert main(["tour", "--site", site_file(tmp_path, text), "--out", str(tmp_path)]) == 2
    assert 'every port of lane entry = "sim"' in capsys.readouterr().err


def test_a_site_without_an_exit_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = DEMO.replace('direction = "exit"', 'direction = "entry"')
    assert main(["tour", "--site", site_file(tmp_path, text), "--out", str(tmp_path)]) == 2
    assert "one lane in and one lane out" in capsys.readouterr().err


def test_a_database_that_exists_is_not_played_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "site.db"
    database.touch()
    assert main(["tour", "--db", f"sqlite:///{database}", "--out", str(tmp_path)]) == 2
    assert "this one exists" in capsys.readouterr().err
    assert database.read_bytes() == b""


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["tour", "--out", str(tmp_path / "file" / "out")]) == 2
    assert f"--out {tmp_path}/file/out: Not a directory" in capsys.readouterr().err


def test_a_site_without_a_pretended_card_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = DEMO.replace("simulator = true", "simulator = false")
    assert main(["tour", "--site", site_file(tmp_path, text), "--out", str(tmp_path)]) == 2
    assert "[payments] simulator = true" in capsys.readouterr().err
