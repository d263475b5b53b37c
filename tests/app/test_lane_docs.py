"""The page for installers: its tables can stand in a site file, its commands are there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from hardware.__main__ import main
from hardware.boards.families import FAMILIES
from hardware.cli.say import DONE, FAILED
from hardware.lane_control import Output
from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.devices import lane_setup
from kiosk.app.lane_tables import InputsTable
from tests.hardware.waiting import LIMIT_S

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "lane.md").read_text("utf-8")
SMALL = (ROOT / "tests" / "data" / "small.toml").read_text("utf-8")
TABLES = re.findall(r"```toml\n(.*?)```", PAGE, re.S)


def read(folder: Path, tables: str) -> SiteFile:
    before = SMALL.partition("[[lane]]")[0]
    path = folder / "site.toml"
    path.write_text(before + tables, encoding="utf-8")
    return read_site_file(path)


@pytest.mark.parametrize("tables", TABLES)
def test_a_sample_is_wired_as_it_says(tmp_path: Path, tables: str) -> None:
    lanes = read(tmp_path, tables).lane

    assert [lane_setup(lane).name for lane in lanes] == [lane.name for lane in lanes]


def test_there_are_samples_for_one_board_a_bus_and_no_loops() -> None:
    assert [table.count("[[lane]]") for table in TABLES] == [1, 2, 1]


def test_every_wire_and_family_has_its_row() -> None:
    wires = {*(output.value for output in Output), *InputsTable.wire_names()}

    assert [wire for wire in sorted(wires) if f"`{wire}`" not in PAGE] == []
    assert [name for name in FAMILIES if f"| `{name}`" not in PAGE] == []


def test_a_family_has_as_many_relays_as_the_page_says() -> None:
    rows = {name: PAGE.split(f"| `{name}`")[1].splitlines()[0] for name in FAMILIES}

    for name, facts in FAMILIES.items():
        most = facts.outputs[-1]
        assert re.search(rf"\b{most} / ", rows[name]), rows[name]
        is_none = tuple(facts.inputs) == (0,)
        assert ("/ –" in rows[name]) is is_none, rows[name]


def commands() -> list[list[str]]:
    """Each command of the page for one port, without what is said behind it."""
    lines = [line for line in PAGE.splitlines() if line.startswith("python -m hardware")]
    return [shlex.split(re.split(r"\s{2,}", line)[0])[3:] for line in lines]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_is_one_that_there_is(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)  # where a report would be written
    # No such port stands here: understood, and refused by the missing port alone.
    assert main(words) in (DONE, FAILED)
    assert "usage" not in capsys.readouterr().err


def test_the_bench_of_software_answers_as_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One process plays the bench, as in another shell; this one asks it."""
    monkeypatch.chdir(tmp_path)
    bench = subprocess.Popen(
        [sys.executable, "-m", "hardware", "sim", "--folder", "ports"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert bench.stdin is not None
    assert bench.stdout is not None
    while "say help" not in bench.stdout.readline():
        assert bench.poll() is None
    (session,) = re.findall(r"```console\n(.*?)```", PAGE, re.S)
    shown = ""
    for line in session.splitlines():
        if line.startswith("$ "):
            shown += line + "\n"
            main(shlex.split(line)[4:])
            said = capsys.readouterr()
            shown += said.out + said.err
    bench.communicate("quit\n", timeout=LIMIT_S)

    assert shown == session
    assert bench.returncode == 0
