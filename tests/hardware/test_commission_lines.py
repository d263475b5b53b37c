"""python -m hardware commission over several boards as it is typed: lines, names, and its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hardware.__main__ import main
from hardware.cli.lines import lines_of
from hardware.cli.places import named_place_from
from hardware.sim.bus import SimBus
from hardware.sim.coil_board import CoilBoard
from hardware.sim.lcus_board import LcusBoard
from hardware.sim.pty_port import PtyPort
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.waiting import LIMIT_S

Screen = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--open", "north:1"], "open is at relay north:1, but no --board says where north is"),
        (["--board", "north=/dev/b", "--open", "1"], "no PORT of the lane's own board is given"),
        (["--board", "lane=/dev/b", "--open", "lane:1"], "'lane' cannot be a board's name"),
        (["--board", "North=/dev/b", "--open", "1"], "'North' cannot be a board's name"),
        (["--board", "north", "--open", "1"], "'north' is not NAME=PORT"),
        (
            ["--board", "a=/dev/b", "--board", "a=/dev/c", "--open", "a:1"],
            "'a' cannot be a board's name",
        ),
        (
            ["--board", "a=/dev/b", "--board", "b=/dev/b", "--open", "a:1"],
            "a and b both have unit 1",
        ),
        (
            ["--board=a=/dev/b,baud=9600", "--board=b=/dev/b,unit=2,baud=4800", "--open=a:1"],
            "boards on one line have one baud",
        ),
        (["--board", "a=/dev/b,family=lcus", "--open", "a:1"], "say how many relays it has"),
        (["--board", "a=/dev/b,colour=red", "--open", "a:1"], "none of family=, unit="),
        (["/dev/b", "--board", "a=/dev/b,unit=2", "--open", "1"], "each needs a name"),
        (["--board", "a=/dev/b", "--open", "a:9"], "but the board has relays 1 to 8"),
    ],
)
def test_boards_that_cannot_be_are_refused_in_words(
    arguments: list[str], part: str, tmp_path: Path, capsys: Screen
) -> None:
    report = ["--report", str(tmp_path / "report.txt")]

    assert main(["commission", *report, *arguments]) == 2

    assert part in capsys.readouterr().err


def test_what_is_said_of_a_line_once_holds_for_all_boards_on_it() -> None:
    words = ["a=/dev/b,local_echo", "b=/dev/b,unit=2,baud=38400,parity=E", "c=/dev/c"]

    shared, other = lines_of(dict(named_place_from(each) for each in words))

    line = shared.setup()
    assert (line.baud, line.parity, line.has_local_echo) == (38400, "E", True)
    assert list(line.boards) == ["a", "b"]
    assert (other.setup().baud, other.setup().has_local_echo) == (9600, False)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_terminal_that_closes_leaves_no_relay_of_any_board_closed(
    number: signal.Signals, tmp_path: Path
) -> None:
    lcus = LcusBoard(outputs=2, gap_s=0.0)
    north, south = WaveshareBoard(unit=1), CoilBoard(unit=2)
    ports = [PtyPort(lcus), PtyPort(SimBus([north, south]))]
    boards = [f"--board=north={ports[1].path},baud=115200", f"--board=south={ports[1].path}"]
    boards[1] += ",family=modbus-coils,outputs=8,inputs=8,unit=2"
    lamps = ["--family=lcus", "--outputs=2", "--open=1", "--green=north:3", "--red=south:3"]
    fitter = subprocess.Popen(
        [sys.executable, "-m", "hardware", "commission", ports[0].path, *boards, *lamps],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert fitter.stdin is not None
    assert fitter.stdout is not None
    fitter.stdin.write("s\nnot now\ny\n")  # rest is skipped, and the green lamp is lit
    fitter.stdin.flush()
    heard = ""
    while "Is the red lamp lit" not in heard:
        heard += fitter.stdout.read(1)
    assert south.outputs[2]
    for board in (lcus, north):
        board._switch(1, is_on=True)

    fitter.send_signal(number)
    said, complained = fitter.communicate(timeout=LIMIT_S)
    for port in ports:
        port.close()

    assert fitter.returncode == 1
    assert "the test was broken off here" in said
    assert "every relay was told to drop" in complained
    assert not any((*lcus.outputs, *north.outputs, *south.outputs))
