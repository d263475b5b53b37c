"""Modbus boards on two wires whose adapter hears itself: an echo is never taken for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.boards.base import AckKind
from hardware.errors import DeviceTimeout, NotReady
from hardware.local_echo import EchoedLine
from hardware.sim.relay_board import BoardFault
from tests.hardware.sim_benches import KITS, SimBench

MODBUS = ("waveshare", "coils")


@pytest.fixture(params=MODBUS)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SimBench]:
    """Each Modbus board behind an adapter that hears itself."""
    bench = SimBench(KITS[request.param], tmp_path / "relay0")
    bench.port.faults.is_echoing = True
    yield bench
    bench.close()


def test_a_board_is_heard_behind_the_echo(bench: SimBench) -> None:
    line = EchoedLine(bench.line)
    bench.patient.probe(line)
    bench.board.set_input(2, True)

    assert bench.patient.set_output(line, 1, True).kind is AckKind.CONFIRMED

    assert bench.outputs.next() == (1, True)
    assert bench.patient.read_inputs(line)[1]


@pytest.mark.parametrize("name", MODBUS)
def test_a_board_is_heard_when_echo_and_answer_come_in_pieces(name: str, tmp_path: Path) -> None:
    bench = SimBench(KITS[name], tmp_path / "relay0", baud=9600)
    bench.port.faults.is_echoing, bench.port.faults.batch_s = True, 0.002

    ack = bench.patient.set_output(EchoedLine(bench.line), 1, True)

    assert ack.kind is AckKind.CONFIRMED
    bench.close()


@pytest.mark.parametrize("fault", [BoardFault.DEAF, BoardFault.MUTE])
def test_a_silent_board_behind_the_echo_seems_silent(bench: SimBench, fault: BoardFault) -> None:
    bench.board.fault = fault
    line = EchoedLine(bench.line)

    with pytest.raises(DeviceTimeout):
        bench.hasty.set_output(line, 1, True)
    with pytest.raises(DeviceTimeout):
        bench.hasty.read_outputs(line)


def test_where_no_echo_comes_although_the_site_says_so_nothing_is_confirmed(
    bench: SimBench,
) -> None:
    bench.port.faults.is_echoing = False

    with pytest.raises(DeviceTimeout):
        bench.hasty.set_output(EchoedLine(bench.line), 1, True)


@pytest.mark.parametrize("fault", [BoardFault.NONE, BoardFault.DEAF])
def test_an_echo_that_the_site_does_not_know_of_is_found_by_the_probe(
    bench: SimBench, fault: BoardFault
) -> None:
    bench.board.fault = fault

    with pytest.raises(NotReady, match="echo"):
        bench.hasty.probe(bench.line)
