"""Fault 7: on two wires the host hears itself.

Expected: "config `local_echo`, dropped".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.boards.waveshare import WaveshareRelay
from hardware.errors import DeviceTimeout, NotReady
from hardware.lane_words import Phase
from hardware.orders import Priority
from hardware.port import PortState
from hardware.sim.relay_board import BoardFault
from kiosk.app.board_tables import BusBoardTable, BusTable
from kiosk.app.devices import make_bus
from tests.hardware.fault_bench import OPEN_PULSE, FaultBench
from tests.hardware.port_bench import soon
from tests.hardware.waiting import LIMIT_S, Reports


def echoed(folder: Path, *, has_local_echo: bool) -> FaultBench:
    """A lane whose adapter hears what it says."""
    bench = FaultBench(
        folder, driver=WaveshareRelay(timeout_ms=200), has_local_echo=has_local_echo
    )
    bench.pty.faults.is_echoing = True
    return bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[FaultBench]:
    """A lane that knows of its echo, with a car before its arm."""
    bench = echoed(tmp_path, has_local_echo=True)
    bench.rest()
    bench.car_arrives()
    yield bench
    bench.close()


def test_a_lane_that_drops_its_echo_works(bench: FaultBench) -> None:
    bench.lane.grant("g")
    bench.arm_is(open_=True, closed=False)
    heard = bench.ear.reports.until(Phase.OPEN)

    assert bench.sent().count(OPEN_PULSE) == 1
    assert ("alarm", "pulse_unconfirmed", "raised") not in heard


def test_the_echo_of_an_order_is_not_its_confirmation(bench: FaultBench) -> None:
    bench.board.fault = BoardFault.DEAF
    order = bench.link.pulse(1, 500, priority=Priority.OPEN, deadline_s=soon())

    assert isinstance(order.exception(LIMIT_S), DeviceTimeout)


def test_a_dead_board_behind_an_echo_blinds_the_lane(bench: FaultBench) -> None:
    bench.board.fault = BoardFault.DEAF
    heard = bench.ear.reports.until(Phase.BLIND)

    assert heard.count(("alarm", "io_lost", "raised")) == 1
    assert OPEN_PULSE not in bench.sent()


def test_an_echo_that_nobody_configured_is_named_and_the_board_never_switched(
    tmp_path: Path,
) -> None:
    bench = echoed(tmp_path, has_local_echo=False)
    bench.start()
    bench.states.until(PortState.DENIED)
    fault, sent = bench.link.fault, bench.sent()
    bench.close()

    assert isinstance(fault, NotReady)
    assert "echo" in str(fault)
    assert {frame[1] for frame in sent} == {3}, "questions alone"


@pytest.mark.parametrize("local_echo", [True, False])
def test_the_site_file_says_whether_there_is_one(tmp_path: Path, local_echo: bool) -> None:
    bench = echoed(tmp_path, has_local_echo=False)
    table = BusTable(
        name="bus",
        port=bench.pty.path,
        local_echo=local_echo,
        board=(BusBoardTable(name="one", family="waveshare-modbus", unit=1),),
    )
    worker = make_bus(table)
    states: Reports[PortState] = Reports()
    worker.board("one").add_state_listener(states.add)
    worker.start()
    begun, ended = states.until(PortState.PROBING), states.next()
    worker.stop()
    bench.close()

    assert begun == [PortState.OPENING, PortState.PROBING]
    assert ended is (PortState.READY if local_echo else PortState.DENIED)
