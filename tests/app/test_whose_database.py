"""A database says whose it is: no command works with another site's file, or with none."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.open import open_store
from db.sites import OwnSite
from kiosk.app.config import read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, INPUT
from kiosk.app.main import SITES, main
from kiosk.app.site_store import open_site_store
from kiosk.app.virtual_site import VirtualSite
from tests.fakes.stage import SITE_FILE, Stage
from tests.services.calendar_texts import SAMPLES

LINDE = read_site_file(SITE_FILE).to_site()
OTHER_FILE = SITES / "birmingham.toml"
OTHER = read_site_file(OTHER_FILE).to_site()
HDB = Path(__file__).parents[1] / "data" / "inventory" / "hdb" / "hdb-carpark-information.csv"
WINDOW = ("--from", "2026-06-02T10:00", "--until", "2026-06-02T12:00")
COMMANDS = (
    ("search", *WINDOW),
    ("offer", "list"),
    ("offer", "pause", "--space", "A01"),
    ("offer", "terms", "--space", "A01", "--notice-minutes", "60"),
    ("offer", "recall", "--space", "A01", *WINDOW),
    ("import", "calendar", str(SAMPLES / "google.ics"), "--space", "A02", "--owner", "Nights"),
    ("import", "inventory", str(HDB)),
    ("import", "inventory", str(HDB), "--dry-run"),
    ("export", "ledger"),
    ("export", "receipt", "1"),
    ("export", "calendar", "--space", "A02"),
    ("ticket", "rotate-key"),
    ("run", "--headless"),
)
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def path(stage: Stage) -> Path:
    """The database of the small site, which is not at work."""
    stage.close()
    return stage.folder / "site.db"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def at(site: Path, database: Path, *command: str) -> tuple[int, str]:
        words = [*command, "--site", str(site), "--db", f"sqlite:///{database}"]
        if command[0] == "run":  # it takes the signals of its process
            own = [sys.executable, "-m", "kiosk.app.main", *words]
            ended = subprocess.run(own, capture_output=True, text=True, check=False, timeout=60)
            assert "Traceback" not in ended.stderr
            return ended.returncode, ended.stderr
        code = main(words)
        said = capsys.readouterr()
        assert said.out == "" or code != INPUT
        return code, said.err

    return at


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*[!k]") if path.is_file()}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_another_sites_file_is_refused_with_both_names(
    path: Path, run: Run, command: tuple[str, ...]
) -> None:
    before = path.read_bytes()

    code, said = run(OTHER_FILE, path, *command)

    assert code == INPUT
    assert said == (
        f"{path}: belongs to site {LINDE.number}, {LINDE.name}, and the site file is that of site "
        f"{OTHER.number}, {OTHER.name}. Give --site with the file of {LINDE.name}, or --db with "
        f"the database of {OTHER.name}.\n"
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_is_no_database_is_refused_and_left_as_it_is(
    tmp_path: Path, run: Run, command: tuple[str, ...]
) -> None:
    letter = tmp_path / "README.md"
    letter.write_text("# A letter")

    code, said = run(SITE_FILE, letter, *command)

    assert code == INPUT
    assert said.startswith(f"{letter}: is not the database of a site. Name the file of the site.")
    assert content(tmp_path) == {"README.md": b"# A letter"}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_folder_is_refused_with_what_to_name_instead(
    tmp_path: Path, run: Run, command: tuple[str, ...]
) -> None:
    code, said = run(SITE_FILE, tmp_path, *command)

    assert code == INPUT
    assert said == (
        f"{tmp_path}: is a folder; name the database in it, for example "
        f"--db sqlite:///{tmp_path / 'site.db'}\n"
    )


@pytest.mark.parametrize("command", COMMANDS[:-1], ids=" ".join)
def test_only_a_run_founds_a_site_at_a_path_that_is_given(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "none.db"

    code, said = run(SITE_FILE, path, *command)

    assert code == INPUT
    assert said == (
        f"{path}: there is no such database; a site is founded by `kiosk run --headless`\n"
    )
    assert not list(tmp_path.iterdir())


def test_a_founded_site_is_in_its_database(path: Path) -> None:
    with closing(open_store(str(path))) as store, store.reading() as tx:
        assert tx.sites.own() == OwnSite(LINDE.number, LINDE.name)


def test_a_file_from_before_is_taken_by_the_first_site_that_works_with_it(path: Path) -> None:
    with closing(open_store(str(path))) as store, store.transaction():
        store._database.execute_sql("DELETE FROM own_site")

    with closing(open_site_store(path, OTHER, read_only=True)):
        pass
    with closing(open_site_store(path, LINDE)):
        pass
    with pytest.raises(ConfigError, match=re.escape(f"belongs to site {LINDE.number}")):
        open_site_store(path, OTHER)


def test_a_site_may_get_another_name(path: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "renamed.toml"
    text = SITE_FILE.read_text(encoding="utf-8").replace(LINDE.name, "Ulmenhof")
    renamed.write_text(text.replace('"../../', f'"{SITE_FILE.parents[2]}/'), encoding="utf-8")
    site = read_site_file(renamed).to_site()

    with closing(open_site_store(path, site)) as store, store.reading() as tx:
        assert tx.sites.own() == OwnSite(LINDE.number, "Ulmenhof")


def test_a_virtual_site_takes_no_other_sites_file(path: Path) -> None:
    with pytest.raises(ConfigError, match="belongs to site"):
        VirtualSite(
            file=read_site_file(OTHER_FILE),
            database=path,
            starts_at=datetime(2026, 6, 1, tzinfo=UTC),
        )


def test_a_list_of_car_parks_may_come_before_the_site_is_founded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    code = main(["import", "inventory", str(HDB), "--site", str(OTHER_FILE)])

    (made,) = tmp_path.rglob("site.db")
    assert code == DONE
    with closing(open_store(str(made))) as store, store.reading() as tx:
        assert tx.sites.own() == OwnSite(OTHER.number, OTHER.name)
        assert len(tx.sites.all()) > 1000
