"""A day that is driven beside the books of a real site leaves those alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.app import day
from kiosk.app.day_cars import Count, PlannedCar, cars_of
from kiosk.app.main import main


def few_cars(counts: Sequence[Count], *, zone: ZoneInfo, seed: int) -> Sequence[PlannedCar]:
    return cars_of(counts, zone=zone, seed=seed)[:5]


def test_a_day_leaves_a_site_in_the_same_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(day, "cars_of", few_cars)
    (tmp_path / "site.db").write_bytes(b"somebody's books")
    wanted = tmp_path / "another.db"

    main(["day", "--db", f"sqlite:///{wanted}", "--date", str(date(2016, 10, 28))])

    assert (tmp_path / "site.db").read_bytes() == b"somebody's books"
    assert wanted.read_bytes().startswith(b"SQLite format 3")
    assert "somebody" not in capsys.readouterr().err
