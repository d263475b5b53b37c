"""Fault 11: the board is as it left the factory, each input switches its relay.

Expected: "NotReady with the fix command".
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.__main__ import main
from hardware.errors import NotReady
from hardware.lane_words import Phase
from hardware.port import PortState
from hardware.sim.pty_port import PtyPort
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.fault_bench import ARMING, OPEN_PULSE, FaultBench


@pytest.fixture
def linked(tmp_path: Path) -> Iterator[FaultBench]:
    """A lane on a board straight from its box, refused."""
    bench = FaultBench(tmp_path, board=WaveshareBoard(is_linked=True))
    bench.start()
    bench.states.until(PortState.DENIED)
    yield bench
    bench.close()


def words_after_python(fault: object) -> list[str]:
    """The command that the fault names."""
    command = re.search(r"run: python -m hardware (.*)$", str(fault))
    assert command is not None, str(fault)
    return shlex.split(command[1])


def test_the_board_is_refused_by_the_inputs_that_switch_it(linked: FaultBench) -> None:
    fault = linked.link.fault

    assert isinstance(fault, NotReady)
    assert "inputs switch relay 1, 2, 3, 4, 5, 6, 7, 8" in str(fault)
    assert words_after_python(fault) == ["probe", linked.pty.path, "--unlink"]


def test_a_refused_board_is_asked_and_never_switched_nor_given_a_grant(
    linked: FaultBench,
) -> None:
    linked.lane.grant("g")
    heard = linked.ear.reports.until(("voided", "g", "blind"))

    assert Phase.BOOT not in heard
    assert {frame[1] for frame in linked.sent()} == {3}, "questions alone"


def test_what_the_refusal_is_about_is_real(linked: FaultBench) -> None:
    linked.outputs.rest()
    linked.board.set_input(ARMING, True)

    assert linked.outputs.next() == (1, True), "the car on the loop raises the arm"


def test_after_the_command_that_it_names_the_lane_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = WaveshareBoard(is_linked=True)
    first = FaultBench(tmp_path, board=board)
    first.start()
    first.states.until(PortState.DENIED)
    command = words_after_python(first.link.fault)
    first.close()

    port = PtyPort(board, link=Path(command[1]))
    code = main(command)
    said = capsys.readouterr().out
    port.close()

    second = FaultBench(tmp_path, board=board)
    second.rest()
    second.outputs.rest()
    second.car_arrives()
    by_the_car = second.outputs.rest()
    second.lane.grant("g")
    second.until_sent(OPEN_PULSE)
    second.outputs.until((1, True))
    second.close()

    assert code == 0
    assert "unlinked" in said
    assert by_the_car == []


def test_a_board_of_another_unit_is_named_by_it(tmp_path: Path) -> None:
    from hardware.boards.waveshare import WaveshareRelay

    bench = FaultBench(
        tmp_path,
        board=WaveshareBoard(is_linked=True, unit=7),
        driver=WaveshareRelay(7),
    )
    bench.start()
    bench.states.until(PortState.DENIED)
    command = words_after_python(bench.link.fault)
    bench.close()

    assert command == ["probe", bench.pty.path, "--unlink", "--unit", "7"]
