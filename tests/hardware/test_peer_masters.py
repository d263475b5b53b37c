"""Our boards of software as slaves of other people's masters: what they answer and switch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from hardware.sim.coil_board import CoilBoard
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import BoardFault, OutputListener, SimBoard
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.peers.masters import MASTERS, TIMEOUT_S, Master, Refused, Silent
from tests.hardware.waiting import Reports

OUTPUTS = INPUTS = 8
BOARDS: dict[str, Callable[[OutputListener], SimBoard]] = {
    "coils": lambda listener: CoilBoard(on_output=listener),
    "waveshare": lambda listener: WaveshareBoard(on_output=listener),
}
MasterMaker = Callable[[str, int, float], Master]
SHORT_S = 1.0
"""For what is not answered; minimalmodbus waits as long for an exception to become longer."""
DARK = "0" * OUTPUTS


@dataclass(frozen=True)
class Bench:
    """A board behind a port, the master that speaks with it, and what its relays did."""

    board: SimBoard
    master: Master
    hasty: Master
    outputs: Reports[tuple[int, bool]]


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.peer(name)) for name in MASTERS])
def make_master(request: pytest.FixtureRequest) -> MasterMaker:
    """How the master of this name is given a port, a unit and a patience in seconds."""
    return MASTERS[request.param]


@pytest.fixture(params=BOARDS)
def bench(request: pytest.FixtureRequest, make_master: MasterMaker) -> Iterator[Bench]:
    """Each board with each master."""
    outputs: Reports[tuple[int, bool]] = Reports()
    board = BOARDS[request.param](lambda channel, is_on: outputs.add((channel, is_on)))
    port = PtyPort(board)
    yield Bench(
        board, make_master(port.path, 1, TIMEOUT_S), make_master(port.path, 1, SHORT_S), outputs
    )
    port.close()


@pytest.fixture
def coils(make_master: MasterMaker) -> Iterator[Bench]:
    """The board that takes several coils in one order, with each master."""
    outputs: Reports[tuple[int, bool]] = Reports()
    board = CoilBoard(on_output=lambda channel, is_on: outputs.add((channel, is_on)))
    port = PtyPort(board)
    master = make_master(port.path, 1, TIMEOUT_S)
    yield Bench(board, master, master, outputs)
    port.close()


def test_a_master_switches_a_relay_and_reads_it_back(bench: Bench) -> None:
    for channel in (1, OUTPUTS):
        bench.master.set_coil(channel - 1, True)
        assert bench.outputs.next() == (channel, True)
        assert bench.master.coils(OUTPUTS) == lit(channel)
        bench.master.set_coil(channel - 1, False)
        assert bench.outputs.next() == (channel, False)

    assert bench.master.coils(OUTPUTS) == DARK


def test_a_master_reads_the_inputs(bench: Bench) -> None:
    for channel in (1, 3, INPUTS):
        bench.board.set_input(channel, True)

    assert bench.master.inputs(INPUTS) == lit(1, 3, INPUTS)


def test_a_master_switches_several_relays_at_once(coils: Bench) -> None:
    coils.master.set_coils(lit(2, 7))

    assert [coils.outputs.next() for _ in range(2)] == [(2, True), (7, True)]
    assert coils.master.coils(OUTPUTS) == lit(2, 7)


def test_a_master_is_refused_what_the_board_does_not_have(bench: Bench) -> None:
    with pytest.raises(Refused):
        bench.hasty.inputs(INPUTS + 1)
    with pytest.raises(Refused):
        bench.hasty.set_coil(OUTPUTS, True)

    assert bench.outputs.rest() == []


def test_a_master_hears_nothing_from_a_board_that_is_mute(
    bench: Bench,
) -> None:
    bench.board.fault = BoardFault.MUTE
    with pytest.raises(Silent):
        bench.hasty.inputs(INPUTS)

    bench.board.fault = BoardFault.NONE
    assert bench.master.inputs(INPUTS) == DARK


def lit(*channels: int) -> str:
    """How a master tells that these are on."""
    return "".join("1" if channel in channels else "0" for channel in range(1, OUTPUTS + 1))
