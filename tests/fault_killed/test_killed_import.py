"""kill -9 while inventories are imported: every car park of the files is stored, or none."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.open import open_store
from kiosk.app.exit_codes import DONE
from kiosk.app.main import main
from kiosk.domain.inventory import ListedSite
from tests.fault_killed.afterlife import ROOT

WHOLE = ROOT / "tests" / "data" / "inventory" / "hdb" / "hdb-carpark-information.csv"
COUNT = 2111
ON_THE_DISK = 40_000
"""So many bytes of what was written by half had left the memory when the power went."""
COLUMNS = "car_park_no,address,x_coord,y_coord,car_park_type,car_park_decks,gantry_height"
KillImport = Callable[[str], int]
"""Up to a moment; how many bytes stand in the log of the database then."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """What an older list gave: fifty car parks, each with an address that has changed since."""
    path, older = tmp_path / "site.db", tmp_path / "older.csv"
    keys = [row.split(",")[0] for row in WHOLE.read_text(encoding="utf-8").splitlines()[1:51]]
    changed = [f"{key},OLD ROAD,,,,," for key in keys]
    older.write_text("\n".join((COLUMNS, *changed)), encoding="utf-8")
    open_store(str(path)).close()
    assert run(path, older) == DONE
    return path


@pytest.fixture
def kill_import(database: Path) -> KillImport:
    """Runs the import of the whole list up to a moment; the database it leaves is sound."""

    def kill_at(moment: str) -> int:
        command = [sys.executable, "-m", "tests.fault_killed.importing", str(database), moment]
        done = subprocess.run(
            [*command, str(WHOLE)], cwd=ROOT, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        log = database.with_name("site.db-wal")
        bytes_left = log.stat().st_size if log.exists() else 0
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return bytes_left

    return kill_at


def run(database: Path, file: Path) -> int:
    return main(["import", "inventory", str(file), "--db", f"sqlite:///{database}"])


def stored(database: Path) -> tuple[ListedSite, ...]:
    store = open_store(str(database))
    with store.reading() as tx:
        sites = tx.sites.all()
    store.close()
    return sites


@pytest.mark.parametrize("moment", ["half_way", "before_the_commit"])
def test_before_its_commit_nothing_of_an_import_is_stored_and_it_can_be_done_again(
    database: Path, kill_import: KillImport, moment: str
) -> None:
    before = stored(database)

    written = kill_import(moment)
    after = stored(database)
    again = run(database, WHOLE)

    assert written > ON_THE_DISK
    assert ({site.name for site in before}, after) == ({"OLD ROAD"}, before)
    assert (again, len(stored(database))) == (DONE, COUNT)
    assert "OLD ROAD" not in {site.name for site in stored(database)}


def test_behind_its_commit_all_of_an_import_is_stored(
    database: Path, kill_import: KillImport, capsys: pytest.CaptureFixture[str]
) -> None:
    kill_import("after_the_commit")
    sites = stored(database)
    capsys.readouterr()

    again = run(database, WHOLE)

    assert len(sites) == COUNT
    assert again == DONE
    assert capsys.readouterr().out.endswith(f"0 added, 0 changed, {COUNT:,} unchanged.\n")
