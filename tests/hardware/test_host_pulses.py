"""Pulses that a board cannot time: the port lets the relay drop, twice, whatever happens."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.boards.base import AckKind
from hardware.boards.lcus import LcusRelay
from hardware.boards.modbus_coils import ModbusCoils
from hardware.boards.numato import NumatoRelay
from hardware.errors import DeviceTimeout
from hardware.line import SerialLine
from hardware.orders import RELEASE_AGAIN_S, Priority, Releases
from hardware.port import BoardLink, PortState, PortWorker
from hardware.recorder import Frame
from hardware.sim.coil_board import CoilBoard
from hardware.sim.lcus_board import LcusBoard, LcusReply
from hardware.sim.numato_board import NumatoBoard
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import BoardFault
from tests.hardware.port_bench import poll, soon
from tests.hardware.waiting import LIMIT_S, Reports

ON = bytes.fromhex("A0 01 01 A2")
OFF = bytes.fromhex("A0 01 00 A1")
ALL_OFF = OFF


class LcusBench:
    """A simulated LCUS board of one relay, its port, and what was seen of them."""

    def __init__(self, link: Path) -> None:
        self.outputs: Reports[tuple[int, bool]] = Reports()
        self.board = LcusBoard(
            outputs=1,
            reply=LcusReply.NONE,
            gap_s=0.0,
            on_output=lambda channel, is_on: self.outputs.add((channel, is_on)),
        )
        self.port = PtyPort(self.board, link=link)
        self.worker = PortWorker(
            name="lcus",
            line=SerialLine(self.port.path, baud=0),
            boards={"relay": LcusRelay(outputs=1, reply="none", gap_ms=0)},
        )
        self.states: Reports[PortState] = Reports()
        self.link.add_state_listener(self.states.add)
        self.worker.start()
        self.states.until(PortState.READY)

    @property
    def link(self) -> BoardLink:
        return self.worker.board("relay")

    def sent(self) -> list[bytes]:
        """What went out, frame by frame."""
        return [frame.content for frame in self.worker.blackbox() if is_sent(frame)]

    def close(self) -> None:
        self.worker.stop()
        self.port.close()


def is_sent(frame: Frame) -> bool:
    return frame.direction == "sent"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[LcusBench]:
    """A board that never answers."""
    made = LcusBench(tmp_path / "lcus0")
    yield made
    made.close()


def press(bench: LcusBench, duration_ms: int) -> AckKind:
    pulse = bench.link.pulse(1, duration_ms, priority=Priority.OPEN, deadline_s=soon())
    return pulse.result(LIMIT_S).kind


def until_sent(bench: LcusBench, count: int, frame: bytes) -> list[bytes]:
    """Wait until this frame has gone out so often since the first ON."""
    limit_s = time.monotonic() + LIMIT_S
    while True:
        sent = bench.sent()
        since = sent[sent.index(ON) :] if ON in sent else []
        if since.count(frame) >= count:
            return since
        assert time.monotonic() < limit_s, f"only {since}"
        bench.link.submit(
            lambda board, line: None, priority=Priority.POLL, deadline_s=soon()
        ).result(LIMIT_S)


def test_a_pulse_ends_by_itself_and_its_end_is_sent_twice(bench: LcusBench) -> None:
    kind = press(bench, 200)

    assert (bench.outputs.next(), bench.outputs.next()) == ((1, True), (1, False))
    assert until_sent(bench, 2, OFF) == [ON, OFF, OFF]
    assert kind is AckKind.SENT


def test_a_board_that_cannot_time_a_pulse_is_switched_off_twice_before_use(
    bench: LcusBench,
) -> None:
    assert bench.sent()[-2:] == [ALL_OFF, ALL_OFF]


def test_a_port_that_stops_during_a_pulse_lets_the_relay_drop(bench: LcusBench) -> None:
    press(bench, 2000)
    bench.worker.stop()

    assert bench.outputs.until((1, False)) == [(1, True), (1, False)]


def test_an_unplugged_board_is_switched_off_when_it_is_back_and_not_pulsed_again(
    bench: LcusBench,
) -> None:
    press(bench, 2000)
    bench.port.unplug()
    bench.states.until(PortState.LOST)
    bench.port.replug()
    bench.states.until(PortState.READY)

    assert bench.sent().count(ON) == 1
    assert bench.outputs.until((1, False)) == [(1, True), (1, False)]


def test_a_relay_that_may_have_closed_is_let_drop_though_nobody_answered(tmp_path: Path) -> None:
    outputs: Reports[tuple[int, bool]] = Reports()
    board = CoilBoard(on_output=lambda channel, is_on: outputs.add((channel, is_on)))
    port = PtyPort(board, link=tmp_path / "coils0")
    worker = PortWorker(
        name="coils",
        line=SerialLine(port.path, baud=0),
        boards={"relay": ModbusCoils(outputs=8, inputs=8, gap_ms=0, timeout_ms=30)},
    )
    states: Reports[PortState] = Reports()
    worker.board("relay").add_state_listener(states.add)
    worker.start()
    states.until(PortState.READY)
    board.fault = BoardFault.MUTE

    pulse = worker.board("relay").pulse(1, 200, priority=Priority.OPEN, deadline_s=soon())
    failure = pulse.exception(LIMIT_S)
    seen = outputs.until((1, False))
    worker.stop()
    port.close()

    assert isinstance(failure, DeviceTimeout)
    assert seen == [(1, True), (1, False)]


def test_a_second_pulse_forgets_the_end_of_the_first() -> None:
    releases = Releases()
    releases.add("relay", 1, 10.0)
    releases.add("relay", 2, 10.5)
    releases.add("relay", 1, 11.0)

    due = [releases.take_due(100.0) for _ in range(5)]

    assert [each and (each.channel, each.at_s) for each in due] == [
        (2, 10.5),
        (2, 10.5 + RELEASE_AGAIN_S),
        (1, 11.0),
        (1, 11.0 + RELEASE_AGAIN_S),
        None,
    ]


def test_nothing_is_let_drop_before_its_time() -> None:
    releases = Releases()
    releases.add("relay", 1, 10.0)

    assert releases.take_due(9.99) is None
    assert releases.next_at_s() == 10.0


def test_a_lost_board_has_nothing_to_let_drop() -> None:
    releases = Releases()
    releases.add("relay", 1, 10.0)
    releases.add("other", 1, 10.0)
    releases.forget("relay")

    due = releases.take_due(10.0)

    assert due is not None
    assert due.board == "other"


@pytest.mark.parametrize("is_answered_first", [False, True])
def test_a_board_that_hears_and_never_answers_again_is_not_left_pressed(
    tmp_path: Path, is_answered_first: bool
) -> None:
    outputs: Reports[tuple[int, bool]] = Reports()
    board = CoilBoard(on_output=lambda channel, is_on: outputs.add((channel, is_on)))
    port = PtyPort(board, link=tmp_path / "coils0")
    worker = PortWorker(
        name="coils",
        line=SerialLine(port.path, baud=0),
        boards={"relay": ModbusCoils(outputs=8, inputs=8, gap_ms=0, timeout_ms=30)},
    )
    link = worker.board("relay")
    states: Reports[PortState] = Reports()
    link.add_state_listener(states.add)
    worker.start()
    states.until(PortState.READY)
    if not is_answered_first:
        board.fault = BoardFault.MUTE
    pulse = link.pulse(1, 2000, priority=Priority.OPEN, deadline_s=soon())
    pulse.exception(LIMIT_S)
    board.fault = BoardFault.MUTE
    for _ in range(3):
        poll(link).exception(LIMIT_S)
    states.until(PortState.LOST)
    seen = outputs.until((1, False))
    worker.stop()
    port.close()

    assert seen == [(1, True), (1, False)]


def test_a_numato_board_that_hears_and_does_not_answer_takes_its_off(tmp_path: Path) -> None:
    outputs: Reports[tuple[int, bool]] = Reports()
    board = NumatoBoard(on_output=lambda channel, is_on: outputs.add((channel, is_on)))
    port = PtyPort(board, link=tmp_path / "numato0")
    worker = PortWorker(
        name="numato",
        line=SerialLine(port.path, baud=0),
        boards={"relay": NumatoRelay(outputs=8, timeout_ms=30)},
    )
    states: Reports[PortState] = Reports()
    worker.board("relay").add_state_listener(states.add)
    worker.start()
    states.until(PortState.READY)
    board.fault = BoardFault.MUTE
    pulse = worker.board("relay").pulse(1, 200, priority=Priority.OPEN, deadline_s=soon())
    assert isinstance(pulse.exception(LIMIT_S), DeviceTimeout)
    seen = outputs.until((1, False))
    worker.stop()
    port.close()

    assert seen == [(1, True), (1, False)]
