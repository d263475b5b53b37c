"""Several boards on one RS-485 line: one port, one thread, each board with a fate of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import pytest

from hardware.boards.base import AckKind
from hardware.boards.families import BoardSetup, make_boards
from hardware.boards.waveshare import WaveshareRelay
from hardware.errors import CommandDropped, NotReady
from hardware.line import SerialLine
from hardware.orders import Priority
from hardware.port import BoardLink, PortState, PortWorker
from hardware.sim.bus import SimBus
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import BoardFault
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.port_bench import fail, poll, pulse, soon
from tests.hardware.waiting import LIMIT_S, Reports

NAMES = ("north", "south")


class BusBench:
    """Two simulated boards on one line, units 1 and 2, and what was seen of them."""

    def __init__(self, link: Path, *, timeout_ms: int) -> None:
        self.outputs: Reports[tuple[str, int, bool]] = Reports()
        self.boards = {
            name: WaveshareBoard(unit=unit, on_output=partial(self._switched, name))
            for unit, name in enumerate(NAMES, start=1)
        }
        self.port = PtyPort(SimBus(self.boards.values()), link=link)
        self.worker = PortWorker(
            name="bus",
            line=SerialLine(self.port.path, baud=0),
            boards={
                name: WaveshareRelay(unit, timeout_ms=timeout_ms)
                for unit, name in enumerate(NAMES, start=1)
            },
        )
        self.states: dict[str, Reports[PortState]] = {name: Reports() for name in NAMES}
        for name in NAMES:
            self.link(name).add_state_listener(self.states[name].add)

    def link(self, name: str) -> BoardLink:
        return self.worker.board(name)

    def start(self) -> None:
        self.worker.start()
        for name in NAMES:
            self.states[name].until(PortState.READY)

    def close(self) -> None:
        self.worker.stop()
        self.port.close()

    def _switched(self, name: str, channel: int, is_on: bool) -> None:
        self.outputs.add((name, channel, is_on))


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[BusBench]:
    """Two boards that are waited for."""
    made = BusBench(tmp_path / "bus0", timeout_ms=2000)
    yield made
    made.close()


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[BusBench]:
    """Two boards for faults: the driver waits for 30 ms only."""
    made = BusBench(tmp_path / "bus0", timeout_ms=30)
    yield made
    made.close()


def lose(bench: BusBench, name: str) -> None:
    """Let one board be silent until its port gives it up."""
    bench.boards[name].fault = BoardFault.DEAF
    for _ in range(3):
        poll(bench.link(name)).exception(LIMIT_S)
    bench.states[name].until(PortState.LOST)


def test_each_order_reaches_its_own_board(bus: BusBench) -> None:
    bus.start()
    pulse(bus.link("south"), 2).result(LIMIT_S)
    bus.boards["north"].set_input(3, True)

    assert bus.outputs.next() == ("south", 2, True)
    assert poll(bus.link("north")).result(LIMIT_S)[2] is True
    assert poll(bus.link("south")).result(LIMIT_S)[2] is False


def test_an_open_order_overtakes_the_polls_of_every_board(bus: BusBench) -> None:
    bus.start()
    done: Reports[str] = Reports()
    held: Future[None] = Future()
    begun: Reports[str] = Reports()

    def keep_busy(board: object, line: object) -> None:
        begun.add("begun")
        held.result(LIMIT_S)

    bus.link("north").submit(keep_busy, priority=Priority.OPEN, deadline_s=soon())
    begun.next()
    poll(bus.link("north")).add_done_callback(lambda _: done.add("poll"))
    pulse(bus.link("south")).add_done_callback(lambda _: done.add("open"))
    held.set_result(None)

    assert done.until("poll") == ["open", "poll"]


def test_a_board_that_is_lost_leaves_the_other_at_work(hasty: BusBench) -> None:
    hasty.start()
    lose(hasty, "north")

    assert pulse(hasty.link("south")).result(LIMIT_S).kind is AckKind.CONFIRMED
    assert hasty.link("south").state is PortState.READY
    assert isinstance(poll(hasty.link("north")).exception(LIMIT_S), CommandDropped)


def test_a_lost_board_is_found_again_with_its_relays_off(hasty: BusBench) -> None:
    hasty.start()
    lose(hasty, "north")
    hasty.boards["north"].fault = BoardFault.NONE

    seen = hasty.states["north"].until(PortState.READY)

    assert seen[-2:] == [PortState.PROBING, PortState.READY]
    assert pulse(hasty.link("north")).result(LIMIT_S).kind is AckKind.CONFIRMED


def test_failures_of_one_board_are_not_counted_to_another(bus: BusBench) -> None:
    bus.start()
    for name in ("north", "south", "north", "south"):
        fail(bus.link(name))

    assert poll(bus.link("north")).result(LIMIT_S)
    assert bus.link("south").state is PortState.READY


def test_when_all_boards_are_lost_the_line_is_opened_anew(hasty: BusBench) -> None:
    hasty.start()
    lose(hasty, "north")
    lose(hasty, "south")
    for board in hasty.boards.values():
        board.fault = BoardFault.NONE

    for name in NAMES:
        hasty.states[name].until(PortState.READY)
        assert poll(hasty.link(name)).result(LIMIT_S)


def test_an_unplugged_line_is_the_loss_of_all_its_boards(bus: BusBench) -> None:
    bus.start()
    bus.port.unplug()

    for name in NAMES:
        assert bus.states[name].until(PortState.LOST) == [PortState.LOST]


def test_a_linked_board_is_denied_and_its_neighbour_works(tmp_path: Path) -> None:
    bench = BusBench(tmp_path / "bus0", timeout_ms=2000)
    bench.boards["north"].received(
        bytes.fromhex("01 10 10 00 00 01 02 00 01 76 51"), 0.0
    )  # relay 1 follows input 1
    bench.worker.start()
    bench.states["north"].until(PortState.DENIED)
    bench.states["south"].until(PortState.READY)
    fault = bench.link("north").fault
    bench.close()

    assert isinstance(fault, NotReady)
    assert "relay 1" in str(fault)


def test_boards_of_one_bus_have_units_of_their_own() -> None:
    with pytest.raises(ValueError, match="both have unit 1"):
        make_boards({name: BoardSetup(family="waveshare-modbus") for name in NAMES})


def test_a_lost_board_is_asked_again_though_the_others_always_have_something_to_read(
    hasty: BusBench,
) -> None:
    hasty.start()
    lose(hasty, "north")
    south = hasty.link("south")
    is_over = threading.Event()

    def keep_asking(_: object) -> None:
        if not is_over.is_set():
            poll(south).add_done_callback(keep_asking)

    for _ in range(3):  # asked from the port's own thread, so that one of them always waits
        keep_asking(None)
    hasty.boards["north"].fault = BoardFault.NONE
    hasty.states["north"].until(PortState.READY)
    is_over.set()
