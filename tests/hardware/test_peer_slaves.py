"""Our drivers as masters of slaves that other people wrote: libmodbus, pymodbus, modbus-serial."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

import pytest

from hardware.boards.base import AckKind, RelayBoard
from hardware.boards.modbus_coils import ModbusCoils
from hardware.boards.waveshare import WaveshareRelay
from hardware.errors import DeviceRefused, DeviceTimeout
from hardware.line import Line, SerialLine
from hardware.orders import Priority
from hardware.port import PortState, PortWorker
from tests.hardware.peers.slaves import COILS, INPUTS, SLAVES, Slave, slave_at_work
from tests.hardware.port_bench import soon
from tests.hardware.waiting import LIMIT_S, Reports

PATIENT_MS = int(LIMIT_S * 1000)
HASTY_MS = 100
ILLEGAL_ADDRESS = 2
DARK = "0" * COILS
OTHER_UNIT = 9
BEYOND = 300
"""More coils than any slave here has, and more than a board of ours may have."""
INPUT_BITS = tuple(digit == "1" for digit in INPUTS)


@pytest.fixture(
    params=[pytest.param(name, marks=pytest.mark.peer(name)) for name in SLAVES], scope="module"
)
def shared(request: pytest.FixtureRequest) -> Iterator[Slave]:
    """One process of each slave for all tests: starting it takes longer than they do."""
    with slave_at_work(request.param) as slave:
        yield slave


@pytest.fixture
def slave(shared: Slave) -> Iterator[Slave]:
    """The slave with every relay off again when the test is over."""
    yield shared
    line = SerialLine(shared.port)
    line.open()
    coils().all_off(line)
    line.close()


@pytest.fixture
def line(slave: Slave) -> Iterator[Line]:
    """Our side of the cable, open."""
    line = SerialLine(slave.port)
    line.open()
    yield line
    line.close()


def coils(*, unit: int = 1, outputs: int = COILS, timeout_ms: int = PATIENT_MS) -> ModbusCoils:
    """Our driver for any board with coils."""
    return ModbusCoils(
        unit=unit, outputs=outputs, inputs=len(INPUTS), gap_ms=1.0, timeout_ms=timeout_ms
    )


def lit(*channels: int) -> str:
    """How a slave tells that these relays are on."""
    return "".join("1" if channel in channels else "0" for channel in range(1, COILS + 1))


def test_each_relay_is_switched_and_read_back(slave: Slave, line: Line) -> None:
    board = coils()
    for channel in (1, 2, 8, 9, COILS):
        assert board.set_output(line, channel, True).kind is AckKind.CONFIRMED
        slave.until_coils(lit(channel))
        assert [i for i, on in enumerate(board.read_outputs(line), 1) if on] == [channel]
        board.set_output(line, channel, False)
        slave.until_coils(DARK)


def test_all_relays_are_let_drop_at_once(slave: Slave, line: Line) -> None:
    board = coils()
    for channel in (1, 5, COILS):
        board.set_output(line, channel, True)
    slave.until_coils(lit(1, 5, COILS))

    assert board.all_off(line).kind is AckKind.CONFIRMED

    slave.until_coils(DARK)


def test_the_inputs_are_read(line: Line) -> None:
    assert coils().read_inputs(line) == INPUT_BITS


def test_what_the_slave_does_not_have_is_refused(line: Line) -> None:
    board = coils(outputs=BEYOND)
    with pytest.raises(DeviceRefused) as at_a_coil:
        board.set_output(line, BEYOND, True)
    with pytest.raises(DeviceRefused) as at_a_range:
        board.read_outputs(line)

    assert at_a_coil.value.exception_code == ILLEGAL_ADDRESS
    assert at_a_range.value.exception_code == ILLEGAL_ADDRESS


def test_a_pulse_that_only_a_waveshare_knows_is_refused_and_switches_nothing(
    slave: Slave, line: Line
) -> None:
    with pytest.raises(DeviceRefused):
        WaveshareRelay(timeout_ms=PATIENT_MS).pulse(line, 1, 500)

    assert not any(coils().read_outputs(line))
    slave.until_coils(DARK)


def test_a_unit_that_is_not_there_is_silent_and_the_other_still_answers(line: Line) -> None:
    with pytest.raises(DeviceTimeout):
        coils(unit=OTHER_UNIT, timeout_ms=HASTY_MS).read_inputs(line)

    # libmodbus takes what comes next on the bus for the missing unit's answer, as it must.
    with contextlib.suppress(DeviceTimeout):
        coils(timeout_ms=HASTY_MS).read_inputs(line)
    assert coils().read_inputs(line) == INPUT_BITS


@pytest.mark.parametrize(
    "board", [coils(), WaveshareRelay(timeout_ms=PATIENT_MS)], ids=["coils", "waveshare"]
)
def test_a_port_brings_the_slave_up_and_carries_orders_out(
    slave: Slave, board: RelayBoard
) -> None:
    states: Reports[PortState] = Reports()
    worker = PortWorker(name="peer", line=SerialLine(slave.port), boards={"relay": board})
    link = worker.board("relay")
    link.add_state_listener(states.add)
    worker.start()
    try:
        states.until(PortState.READY)
        link.submit(
            lambda relays, line: relays.set_output(line, 2, True),
            priority=Priority.OUTPUT,
            deadline_s=soon(),
        ).result(LIMIT_S)
        slave.until_coils(lit(2))
        inputs = link.submit(
            lambda relays, line: relays.read_inputs(line),
            priority=Priority.POLL,
            deadline_s=soon(),
        ).result(LIMIT_S)
    finally:
        worker.stop()

    assert inputs == INPUT_BITS[: board.caps.inputs]


def test_a_port_that_is_stopped_lets_every_relay_drop(slave: Slave) -> None:
    states: Reports[PortState] = Reports()
    worker = PortWorker(name="peer", line=SerialLine(slave.port), boards={"relay": coils()})
    link = worker.board("relay")
    link.add_state_listener(states.add)
    worker.start()
    states.until(PortState.READY)
    link.submit(
        lambda relays, line: relays.set_output(line, 2, True),
        priority=Priority.OUTPUT,
        deadline_s=soon(),
    ).result(LIMIT_S)
    slave.until_coils(lit(2))

    worker.stop()

    slave.until_coils(DARK)


def test_a_pulse_that_we_time_ends_by_itself(slave: Slave) -> None:
    states: Reports[PortState] = Reports()
    worker = PortWorker(name="peer", line=SerialLine(slave.port), boards={"relay": coils()})
    link = worker.board("relay")
    link.add_state_listener(states.add)
    worker.start()
    try:
        states.until(PortState.READY)
        began_s = time.monotonic()
        ack = link.pulse(3, 200, priority=Priority.OPEN, deadline_s=soon()).result(LIMIT_S)
        slave.until_coils(lit(3))
        slave.until_coils(DARK)
        ended_s = time.monotonic()
    finally:
        worker.stop()

    assert ack.kind is AckKind.CONFIRMED
    assert ended_s - began_s >= 0.2  # never sooner; how much later is nothing to assert
