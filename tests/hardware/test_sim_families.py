"""Each driver against its board of software over a real pty: what works, and what never does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.boards.base import AckKind
from hardware.boards.families import BoardSetup, make_boards
from hardware.boards.lcus import LcusRelay
from hardware.errors import (
    BadReply,
    DeviceRefused,
    DeviceTimeout,
    HardwareError,
    NotReady,
    Unsupported,
)
from hardware.line import SerialLine
from hardware.sim.bus import SimBus
from hardware.sim.coil_board import CoilBoard
from hardware.sim.faults import apply_fault
from hardware.sim.lcus_board import LcusBoard
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import BoardFault
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.sim_benches import HASTY_MS, KITS, SimBench
from tests.hardware.waiting import Reports

TIMED = ("waveshare",)
ACKED = ("waveshare", "coils", "numato-8", "numato-16")
UNACKED = tuple(name for name in KITS if name not in ACKED)
READABLE = tuple(name for name in KITS if name != "lcus-none")
MODBUS = ("waveshare", "coils")
SMALL_KMTRONIC = "kmtronic-2"


@pytest.fixture
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SimBench]:
    """The bench of the kit that the test names."""
    bench = SimBench(KITS[request.param], tmp_path / "relay0")
    yield bench
    bench.close()


def each(*names: str) -> pytest.MarkDecorator:
    """Run the test with the bench of each of these kits."""
    return pytest.mark.parametrize("bench", names, indirect=True)


# -- what works


@each(*KITS)
def test_a_board_in_order_passes_the_probe(bench: SimBench) -> None:
    bench.patient.probe(bench.line)


@each(*KITS)
def test_every_relay_goes_on_and_off(bench: SimBench) -> None:
    outputs = bench.patient.caps.outputs
    for channel in range(1, outputs + 1):
        for is_on in (True, False):
            ack = bench.patient.set_output(bench.line, channel, is_on)

            assert bench.outputs.next() == (channel, is_on)
            assert ack.kind is (AckKind.CONFIRMED if bench.patient.caps.is_acked else AckKind.SENT)


@each(*KITS)
def test_all_off_lets_every_relay_drop(bench: SimBench) -> None:
    channels = range(1, bench.patient.caps.outputs + 1)
    for channel in channels:
        bench.switch(channel, is_on=True)

    bench.patient.all_off(bench.line)

    assert {bench.outputs.next() for _ in channels} == {(channel, False) for channel in channels}


@each(*READABLE)
def test_the_relays_are_read_back(bench: SimBench) -> None:
    outputs = bench.patient.caps.outputs
    bench.switch(outputs, is_on=True)

    assert bench.patient.read_outputs(bench.line) == (*[False] * (outputs - 1), True)


@each(*ACKED)
def test_the_inputs_are_read(bench: SimBench) -> None:
    inputs = bench.patient.caps.inputs
    bench.board.set_input(2, True)
    bench.board.set_input(inputs, True)

    states = bench.patient.read_inputs(bench.line)

    assert states == tuple(channel in (2, inputs) for channel in range(1, inputs + 1))


@each(*TIMED)
def test_a_board_ends_its_own_pulses_and_leases(bench: SimBench) -> None:
    bench.patient.pulse(bench.line, 1, 200)
    bench.patient.lease(bench.line, 2, 100)

    changes = sorted((bench.outputs.next() for _ in range(4)), key=lambda change: change[0])

    assert changes == [(1, True), (1, False), (2, True), (2, False)]


@each(*TIMED)
def test_a_new_lease_replaces_the_old_one(bench: SimBench) -> None:
    bench.patient.lease(bench.line, 1, 600_000)

    bench.patient.lease(bench.line, 1, 100)

    assert [bench.outputs.next() for _ in range(2)] == [(1, True), (1, False)]
    assert bench.outputs.rest() == []


@each(*(name for name in KITS if name not in TIMED))
def test_a_board_without_a_timer_is_sent_no_pulse_and_no_lease(bench: SimBench) -> None:
    with pytest.raises(Unsupported):
        bench.patient.pulse(bench.line, 1, 500)
    with pytest.raises(Unsupported):
        bench.patient.lease(bench.line, 1, 2000)

    bench.switch(1, is_on=True)
    assert bench.outputs.rest() == []


@each(*READABLE)
def test_an_answer_in_batches_or_late_is_an_answer(bench: SimBench) -> None:
    bench.port.faults.batch_s = 0.016
    bench.port.faults.split_s = 0.01
    bench.port.faults.late_s = 0.005

    assert not any(bench.patient.read_outputs(bench.line))


@each(*MODBUS, SMALL_KMTRONIC, "lcus-text")  # the others' answers leave nothing to tell it by
def test_noise_around_an_answer_does_no_harm(bench: SimBench) -> None:
    bench.port.faults.before, bench.port.faults.after = b"\x00\x7f", b"\x7f\x00"

    assert not any(bench.patient.read_outputs(bench.line))


def test_the_gap_that_an_lcus_board_needs_is_kept(tmp_path: Path) -> None:
    changes: Reports[tuple[int, bool]] = Reports()
    board = LcusBoard(outputs=2, gap_s=0.02, on_output=lambda *change: changes.add(change))
    port = PtyPort(board, link=tmp_path / "relay0")
    line = SerialLine(port.path)
    line.open()
    driver = LcusRelay(outputs=2, gap_ms=200)  # far more, so that a slow machine does no harm
    driver.set_output(line, 1, True)
    driver.set_output(line, 2, True)

    driver.all_off(line)

    assert [changes.next() for _ in range(4)] == [(1, True), (2, True), (1, False), (2, False)]
    line.close()
    port.close()


def test_two_boards_share_a_bus_and_one_that_is_dead_does_not_hinder_the_other(
    tmp_path: Path,
) -> None:
    first, second = WaveshareBoard(unit=1), CoilBoard(unit=2)
    port = PtyPort(SimBus([first, second]), link=tmp_path / "bus0")
    line = SerialLine(port.path)
    line.open()
    drivers = make_boards(
        {
            "entry": BoardSetup(family="waveshare-modbus", unit=1),
            "exit": BoardSetup(family="modbus-coils", unit=2, outputs=8, inputs=8),
        }
    )
    first.fault = BoardFault.DEAF

    with pytest.raises(DeviceTimeout):
        drivers["entry"].set_output(line, 1, True)
    ack = drivers["exit"].set_output(line, 3, True)

    assert ack.kind is AckKind.CONFIRMED
    assert [channel for channel, is_on in enumerate(second.outputs, start=1) if is_on] == [3]
    assert not any(first.outputs)
    line.close()
    port.close()


# -- what fails


ORDER_FAULTS = [
    *((name, "deaf", DeviceTimeout) for name in ACKED),
    *((name, "mute", DeviceTimeout) for name in ACKED),
    *((name, "wrong_coil", BadReply) for name in ACKED),
    *((name, "wrong_value", BadReply) for name in ACKED),
    *((name, "wrong_unit", BadReply) for name in MODBUS),
    *((name, "wrong_function", BadReply) for name in MODBUS),
    *((name, "bad_crc", BadReply) for name in MODBUS),
    *((name, "exception 3", DeviceRefused) for name in MODBUS),
    *((name, "stale_reply", BadReply) for name in ACKED),
]


@pytest.mark.parametrize(("bench", "fault", "error"), ORDER_FAULTS, indirect=["bench"])
def test_an_order_that_is_not_answered_rightly_never_succeeds(
    bench: SimBench, fault: str, error: type[HardwareError]
) -> None:
    bench.hasty.set_output(bench.line, 1, True)
    assert bench.outputs.next() == (1, True)
    apply_fault(bench.board, fault)

    with pytest.raises(HardwareError) as caught:
        bench.hasty.set_output(bench.line, 2, True)

    assert type(caught.value) is error
    if fault not in ("deaf", "exception 3"):
        assert bench.outputs.next() == (2, True)  # it acted all the same, and once
    assert bench.outputs.rest() == []


@each(*UNACKED)
def test_an_order_that_nothing_answers_is_sent_and_never_confirmed(bench: SimBench) -> None:
    bench.board.fault = BoardFault.DEAF

    ack = bench.hasty.set_output(bench.line, 1, True)

    assert ack.kind is AckKind.SENT


READ_FAULTS = [
    *((name, "deaf", DeviceTimeout) for name in READABLE),
    *((name, "mute", DeviceTimeout) for name in READABLE),
    *((name, "stale_reply", DeviceTimeout) for name in READABLE),  # at first there is none
    *((name, "wrong_value", BadReply) for name in READABLE),
    *((name, "wrong_unit", BadReply) for name in MODBUS),
    *((name, "wrong_function", BadReply) for name in MODBUS),
    *((name, "bad_crc", BadReply) for name in MODBUS),
    *((name, "exception 2", DeviceRefused) for name in MODBUS),
    *((name, "wrong_coil", BadReply) for name in ("numato-8", "numato-16", SMALL_KMTRONIC)),
    *((name, "reboot 3600", DeviceTimeout) for name in READABLE),
]


@pytest.mark.parametrize(("bench", "fault", "error"), READ_FAULTS, indirect=["bench"])
def test_relays_that_are_not_told_rightly_are_not_known(
    bench: SimBench, fault: str, error: type[HardwareError]
) -> None:
    apply_fault(bench.board, fault)

    with pytest.raises(HardwareError) as caught:
        bench.hasty.read_outputs(bench.line)

    assert type(caught.value) is error
    apply_fault(bench.board, "none")
    if not fault.startswith("reboot"):
        assert not any(bench.patient.read_outputs(bench.line))


@each(*ACKED)
def test_inputs_are_not_taken_from_the_answer_to_another_question(bench: SimBench) -> None:
    bench.patient.read_outputs(bench.line)
    bench.board.fault = BoardFault.STALE_REPLY

    with pytest.raises(BadReply):
        bench.hasty.read_inputs(bench.line)


def test_a_small_kmtronic_board_is_not_believed_about_the_relay_before(tmp_path: Path) -> None:
    bench = SimBench(KITS[SMALL_KMTRONIC], tmp_path / "relay0")
    bench.patient.read_outputs(bench.line)
    bench.board.fault = BoardFault.STALE_REPLY

    with pytest.raises(BadReply):
        bench.hasty.read_outputs(bench.line)

    bench.close()


@each(*READABLE)
def test_a_relay_that_sticks_is_seen_when_it_is_read_back(bench: SimBench) -> None:
    bench.switch(1, is_on=True)
    apply_fault(bench.board, "stuck_relay 1")

    bench.patient.set_output(bench.line, 1, False)

    assert bench.patient.read_outputs(bench.line)[0]


@each(*KITS)
def test_a_board_that_started_anew_has_dropped_its_relays_and_works(bench: SimBench) -> None:
    bench.switch(1, is_on=True)

    bench.reboot(0.0)

    assert bench.outputs.next() == (1, False)
    bench.switch(1, is_on=True)


def test_a_linked_board_is_refused_after_a_reboot_too(tmp_path: Path) -> None:
    board = WaveshareBoard(is_linked=True)
    port = PtyPort(board, link=tmp_path / "relay0")
    line = SerialLine(port.path)
    line.open()
    apply_fault(board, "reboot 0")

    with pytest.raises(NotReady):
        KITS["waveshare"].driver(HASTY_MS).probe(line)

    line.close()
    port.close()


@each(*MODBUS)
def test_on_a_line_that_damages_bytes_whatever_is_confirmed_was_done(bench: SimBench) -> None:
    bench.port.faults.drop_rate = bench.port.faults.flip_rate = 0.01
    outcomes = {"confirmed": 0, "failed": 0}

    for number in range(64):
        channel, is_on = 1 + number % 8, number // 8 % 2 == 0
        try:
            bench.hasty.set_output(bench.line, channel, is_on)
        except HardwareError:
            outcomes["failed"] += 1
        else:
            assert bench.board.outputs[channel - 1] is is_on
            outcomes["confirmed"] += 1

    assert all(outcomes.values())
