"""What the pages show of `kiosk ticket` is what it prints."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.clocks import SystemClock
from kiosk.app.config import read_site_file
from kiosk.app.exit_codes import DONE
from kiosk.app.main import SITES, main
from kiosk.app.site_store import open_site_store
from kiosk.domain.key_ring import LATEST_EXIT, LONGEST_AHEAD, OVERLAP
from kiosk.domain.ticket import TicketKey
from kiosk.services.revocations import write_revocations
from tests.tools.damaged_tickets import BEYOND, KINDS, Kind

DOCS = Path(__file__).parents[2] / "docs"
SECRET = bytes(range(32))


def shown(page: str, command: str) -> list[str]:
    """The lines of the page's example, the command first."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.search(rf"```console\n\$ (kiosk {command}.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1].splitlines()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the operator put the copies."""
    (tmp_path / "site.toml").write_text((SITES / "demo.toml").read_text(encoding="utf-8"))
    key = tmp_path / "ticket.key"
    key.write_bytes(SECRET)
    key.chmod(0o600)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "ticket.key").write_bytes(SECRET)
    (tmp_path / "var" / "ticket.key").chmod(0o600)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def set_clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _clock: now)


def test_the_attendants_page_shows_what_a_check_prints(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command, *lines = shown("attendant.md", "ticket check")
    now = datetime(2026, 6, 1, 13, tzinfo=UTC)
    set_clock(monkeypatch, now)
    write_revocations(
        folder / "revoked.json",
        site_number=17,
        made_at=now - timedelta(minutes=3),
        revoked=[],
        key=TicketKey(1, SECRET),
    )

    code = main(command.split()[1:])

    assert (code, capsys.readouterr().out.splitlines()) == (DONE, lines)


def test_the_operators_page_shows_what_a_new_key_prints(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command, *lines = shown("operator.md", "ticket rotate-key")
    demo = read_site_file(SITES / "demo.toml").to_site()
    open_site_store(folder / "var" / "site.db", demo, may_found=True).close()
    set_clock(monkeypatch, datetime(2026, 3, 2, 9, tzinfo=UTC))

    code = main([word.replace("resources/sites", str(SITES)) for word in command.split()[1:]])

    said = capsys.readouterr().out.replace(f"{folder}/", "").splitlines()
    assert (code, said) == (DONE, lines)


def test_the_operators_page_says_how_long_a_key_is_believed() -> None:
    text = (DOCS / "operator.md").read_text(encoding="utf-8").replace("\n", " ")

    assert f"an old key is believed for {OVERLAP.days} days more" in text
    assert f"ends at most {LONGEST_AHEAD.days} days ahead, and {LATEST_EXIT.days} days" in text


def cells(kind: Kind) -> list[str]:
    """The row of the developer's page about a kind of damage."""
    page = (DOCS / "developer.md").read_text(encoding="utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith(f"| {kind.name}: ")]
    return [cell.strip() for cell in row.strip("|").split("|")]


def ends(kind: Kind, end: str) -> str:
    """One end of all that is drawn between two."""
    drawn = [each for each in kind.ranges.values() if each.mild != each.hard]
    return "; ".join(f"{getattr(each, end):g}" for each in drawn)


@pytest.mark.parametrize("kind", KINDS[:-1], ids=lambda kind: kind.name)
def test_the_developers_page_says_how_bad_the_pictures_are(kind: Kind) -> None:
    assert cells(kind)[1:3] == [ends(kind, "mild"), ends(kind, "hard")]
    assert cells(kind)[3].endswith(f" of {kind.count}")


@pytest.mark.parametrize(
    ("kind", "beyond"),
    list(zip(KINDS[1:-1], BEYOND, strict=True)),
    ids=lambda kind: kind.name,
)
def test_the_developers_page_says_what_is_a_step_further(kind: Kind, beyond: Kind) -> None:
    same = {name for name, between in kind.ranges.items() if between.mild == between.hard}
    values = [f"{each.hard:g}" for name, each in beyond.ranges.items() if name not in same]

    assert cells(kind)[4] == "; ".join(values)
    assert cells(kind)[5].endswith(f" of {beyond.count}")


def test_the_developers_page_says_what_comes_all_at_once() -> None:
    kind = KINDS[-1]
    spans = [f"{each.mild:g} to {each.hard:g}" for each in kind.ranges.values()]

    assert [span for span in spans if span not in cells(kind)[0]] == []
