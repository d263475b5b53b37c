"""The port's thread over a real pty: opening, order of orders, losses, what it leaves behind."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from hardware.boards.base import Ack, AckKind, RelayBoard
from hardware.boards.waveshare import WaveshareRelay, encode_pulse
from hardware.errors import (
    BadReply,
    CommandDropped,
    DeviceTimeout,
    NotReady,
    PortBusy,
    PortLost,
    PortMissing,
)
from hardware.line import Line, SerialLine
from hardware.port import BLACKBOX_FRAMES, QUEUE_MAX, PortState, PortWorker, Priority
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import BoardFault, WaveshareBoard
from tests.hardware.waiting import LIMIT_S, Reports


class Bench:
    """A simulated board on a port, its worker, and what the worker reported."""

    def __init__(self, link: Path, *, is_linked: bool = False, timeout_ms: int = 2000) -> None:
        self.outputs: Reports[tuple[int, bool]] = Reports()
        self.board = WaveshareBoard(
            is_linked=is_linked,
            on_output=lambda channel, is_on: self.outputs.add((channel, is_on)),
        )
        self.port = PtyPort(self.board, link=link)
        self.states: Reports[PortState] = Reports()
        self.worker = PortWorker(
            name="test",
            line=SerialLine(self.port.path, baud=0),
            board=WaveshareRelay(timeout_ms=timeout_ms),
            on_state=self.states.add,
        )

    def start(self) -> None:
        self.worker.start()
        self.states.until(PortState.READY)

    def close(self) -> None:
        self.worker.stop()
        self.port.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "relay0")
    yield bench
    bench.close()


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[Bench]:
    """A bench for faults: the driver waits for 30 ms only."""
    bench = Bench(tmp_path / "relay0", timeout_ms=30)
    yield bench
    bench.close()


def soon() -> float:
    return time.monotonic() + LIMIT_S


def pulse(worker: PortWorker, channel: int = 1) -> Future[Ack]:
    return worker.submit(
        lambda board, line: board.pulse(line, channel, 200),
        priority=Priority.OPEN,
        deadline_s=soon(),
    )


def poll(worker: PortWorker) -> Future[tuple[bool, ...]]:
    return worker.submit(
        lambda board, line: board.read_inputs(line), priority=Priority.POLL, deadline_s=soon()
    )


def fail(worker: PortWorker) -> None:
    """Let one order end without an answer."""

    def never_answered(board: RelayBoard, line: Line) -> None:
        raise DeviceTimeout("nothing")

    order = worker.submit(never_answered, priority=Priority.OUTPUT, deadline_s=soon())
    assert isinstance(order.exception(LIMIT_S), DeviceTimeout)


class Gate:
    """An order that keeps the port busy until the test lets it go."""

    def __init__(self, worker: PortWorker) -> None:
        self._go = threading.Event()
        self._begun = threading.Event()
        self.future = worker.submit(self._wait, priority=Priority.OPEN, deadline_s=soon())
        assert self._begun.wait(LIMIT_S)

    def _wait(self, board: RelayBoard, line: Line) -> None:
        self._begun.set()
        assert self._go.wait(LIMIT_S)

    def open(self) -> None:
        self._go.set()


def test_a_port_opens_probes_and_is_ready(bench: Bench) -> None:
    bench.worker.start()

    seen = bench.states.until(PortState.READY)

    assert seen == [PortState.OPENING, PortState.PROBING, PortState.READY]
    assert bench.worker.state is PortState.READY
    assert bench.worker.fault is None


def test_every_relay_drops_before_a_port_is_ready(bench: Bench) -> None:
    bench.board.received(bytes.fromhex("01 05 00 00 FF 00 8C 3A"), time.monotonic())
    assert bench.board.outputs[0]

    bench.start()

    assert not any(bench.board.outputs)


def test_a_pulse_is_confirmed_and_the_relay_drops_by_itself(bench: Bench) -> None:
    bench.start()

    ack = pulse(bench.worker).result(LIMIT_S)

    assert ack.kind is AckKind.CONFIRMED
    assert bench.outputs.next() == (1, True)
    assert bench.outputs.next() == (1, False)


def test_inputs_are_read(bench: Bench) -> None:
    bench.start()
    bench.board.set_input(3, True)

    inputs = poll(bench.worker).result(LIMIT_S)

    assert inputs == (False, False, True, False, False, False, False, False)


def test_an_open_order_overtakes_everything_that_waits(bench: Bench) -> None:
    bench.start()
    done: Reports[str] = Reports()
    gate = Gate(bench.worker)
    futures = {
        name: bench.worker.submit(lambda board, line: None, priority=priority, deadline_s=soon())
        for name, priority in [
            ("poll", Priority.POLL),
            ("output", Priority.OUTPUT),
            ("close", Priority.CLOSE),
            ("open", Priority.OPEN),
            ("open again", Priority.OPEN),
        ]
    }
    futures["poll"].add_done_callback(lambda _: done.add("poll"))
    futures["output"].add_done_callback(lambda _: done.add("output"))
    futures["close"].add_done_callback(lambda _: done.add("close"))
    futures["open"].add_done_callback(lambda _: done.add("open"))
    futures["open again"].add_done_callback(lambda _: done.add("open again"))

    gate.open()

    assert done.until("poll") == ["open", "open again", "close", "output", "poll"]


def test_an_order_not_begun_by_its_deadline_is_never_sent(bench: Bench) -> None:
    bench.start()
    gate = Gate(bench.worker)
    late = bench.worker.submit(
        lambda board, line: board.pulse(line, 1, 200),
        priority=Priority.OPEN,
        deadline_s=time.monotonic(),
    )

    gate.open()

    with pytest.raises(CommandDropped, match="deadline"):
        late.result(LIMIT_S)
    assert encode_pulse(1, 1, 200) not in [f.content for f in bench.worker.blackbox()]


def test_a_full_queue_drops_at_once(bench: Bench) -> None:
    bench.start()
    gate = Gate(bench.worker)
    waiting = [poll(bench.worker) for _ in range(QUEUE_MAX)]

    dropped = poll(bench.worker)

    assert isinstance(dropped.exception(0), CommandDropped)
    gate.open()
    assert waiting[-1].result(LIMIT_S)


def test_a_cancelled_order_is_never_sent(bench: Bench) -> None:
    bench.start()
    gate = Gate(bench.worker)
    order = pulse(bench.worker)
    order.cancel()

    gate.open()

    poll(bench.worker).result(LIMIT_S)
    assert encode_pulse(1, 1, 200) not in [f.content for f in bench.worker.blackbox()]


def test_orders_are_dropped_at_once_before_the_port_is_ready(bench: Bench) -> None:
    order = pulse(bench.worker)

    assert isinstance(order.exception(0), CommandDropped)


def test_an_idle_port_notices_that_it_is_unplugged(bench: Bench) -> None:
    bench.start()

    bench.port.unplug()

    assert bench.states.until(PortState.LOST) == [PortState.LOST]
    assert isinstance(bench.worker.fault, PortLost | PortMissing)


def test_a_lost_port_comes_back_by_itself_with_all_relays_off(bench: Bench) -> None:
    bench.start()
    bench.port.unplug()
    bench.states.until(PortState.LOST)

    bench.port.replug()

    assert bench.states.until(PortState.READY) == [PortState.PROBING, PortState.READY]
    assert pulse(bench.worker).result(LIMIT_S).kind is AckKind.CONFIRMED


def test_an_unplug_between_order_and_echo_is_a_loss_and_nothing_is_repeated(
    bench: Bench,
) -> None:
    bench.start()
    bench.board.fault = BoardFault.MUTE
    order = pulse(bench.worker)
    assert bench.outputs.next() == (1, True)
    bench.port.unplug()

    with pytest.raises(PortLost):
        order.result(LIMIT_S)

    bench.states.until(PortState.LOST)
    bench.board.power_off()
    bench.board.fault = BoardFault.NONE
    bench.outputs.rest()
    bench.port.replug()
    bench.states.until(PortState.READY)
    poll(bench.worker).result(LIMIT_S)
    assert bench.outputs.rest() == []


def test_all_that_waits_is_dropped_when_the_port_is_lost(bench: Bench) -> None:
    bench.start()
    gate = Gate(bench.worker)
    first, second = pulse(bench.worker), poll(bench.worker)
    bench.port.unplug()

    gate.open()

    with pytest.raises(PortLost):
        first.result(LIMIT_S)
    with pytest.raises(CommandDropped, match="lost"):
        second.result(LIMIT_S)


def test_a_missing_port_is_lost_and_found_when_it_is_plugged_in(bench: Bench) -> None:
    bench.port.unplug()
    bench.worker.start()
    seen = bench.states.until(PortState.LOST)
    fault = bench.worker.fault

    bench.port.replug()

    assert seen == [PortState.OPENING, PortState.LOST]
    assert isinstance(fault, PortMissing)
    bench.states.until(PortState.READY)


def test_a_port_that_another_holds_is_denied_and_taken_when_it_is_free(bench: Bench) -> None:
    other = SerialLine(bench.port.path)
    other.open()
    bench.worker.start()
    bench.states.until(PortState.DENIED)
    fault = bench.worker.fault

    other.close()

    assert isinstance(fault, PortBusy)
    bench.states.until(PortState.READY)


def test_a_linked_board_is_denied_with_the_remedy_and_never_switched(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "relay0", is_linked=True)
    bench.worker.start()

    bench.states.until(PortState.DENIED)

    assert isinstance(bench.worker.fault, NotReady)
    assert "--unlink" in str(bench.worker.fault)
    assert {f.content[1] for f in bench.worker.blackbox() if f.direction == "sent"} == {3}
    bench.close()


@pytest.mark.parametrize(
    ("board_fault", "error"),
    [
        (BoardFault.MUTE, DeviceTimeout),
        (BoardFault.DEAF, DeviceTimeout),
        (BoardFault.WRONG_COIL, BadReply),
        (BoardFault.WRONG_VALUE, BadReply),
        (BoardFault.WRONG_UNIT, BadReply),
        (BoardFault.WRONG_FUNCTION, BadReply),
        (BoardFault.BAD_CRC, BadReply),
    ],
)
def test_a_board_that_does_not_answer_rightly_is_lost_after_three_orders_and_heals(
    hasty: Bench, board_fault: BoardFault, error: type[Exception]
) -> None:
    hasty.start()
    hasty.board.fault = board_fault

    failures = [pulse(hasty.worker, channel).exception(LIMIT_S) for channel in (1, 2, 3)]

    assert [type(failure) for failure in failures] == [error] * 3
    hasty.states.until(PortState.LOST)
    hasty.board.fault = BoardFault.NONE
    hasty.states.until(PortState.READY)


def test_two_failures_and_a_good_answer_do_not_lose_the_port(bench: Bench) -> None:
    bench.start()
    fail(bench.worker)
    fail(bench.worker)
    poll(bench.worker).result(LIMIT_S)

    fail(bench.worker)

    poll(bench.worker).result(LIMIT_S)
    assert bench.states.rest() == []


def test_noise_and_split_answers_do_no_harm(bench: Bench) -> None:
    bench.port.faults.before, bench.port.faults.after = b"\xff\x00", b"\x7f"
    bench.port.faults.split_s = 0.02

    bench.start()

    assert pulse(bench.worker).result(LIMIT_S).kind is AckKind.CONFIRMED


def test_a_mistake_of_ours_reaches_whoever_made_it_and_the_port_goes_on(bench: Bench) -> None:
    bench.start()

    mistake = pulse(bench.worker, channel=99)

    assert isinstance(mistake.exception(LIMIT_S), ValueError)
    assert pulse(bench.worker).result(LIMIT_S).kind is AckKind.CONFIRMED


def test_stopping_lets_every_relay_drop_and_gives_the_port_back(bench: Bench) -> None:
    bench.start()
    bench.worker.submit(
        lambda board, line: board.set_output(line, 4, True),
        priority=Priority.OUTPUT,
        deadline_s=soon(),
    ).result(LIMIT_S)
    assert bench.board.outputs[3]

    bench.worker.stop()

    assert not any(bench.board.outputs)
    assert bench.worker.state is PortState.CLOSED
    again = SerialLine(bench.port.path)
    again.open()
    again.close()


def test_stopping_drops_what_waits(bench: Bench) -> None:
    bench.start()
    gate = Gate(bench.worker)
    order = pulse(bench.worker)
    bench.worker.stop(timeout_s=0)
    gate.open()

    bench.worker.stop()

    with pytest.raises(CommandDropped, match="stopping"):
        order.result(LIMIT_S)


def test_a_worker_that_never_started_can_be_stopped(bench: Bench) -> None:
    bench.worker.stop()

    assert bench.worker.state is PortState.CLOSED


def test_a_lost_port_can_be_stopped(bench: Bench) -> None:
    bench.start()
    bench.port.unplug()
    bench.states.until(PortState.LOST)

    bench.worker.stop()

    assert bench.worker.state is PortState.CLOSED


def test_a_listener_added_later_hears_of_the_next_change(bench: Bench) -> None:
    bench.start()
    late: Reports[PortState] = Reports()
    bench.worker.add_state_listener(late.add)

    bench.port.unplug()

    assert late.next() is PortState.LOST


def test_the_black_box_keeps_the_last_frames_and_no_more(bench: Bench) -> None:
    bench.start()
    for _ in range(BLACKBOX_FRAMES):
        poll(bench.worker).result(LIMIT_S)

    frames = bench.worker.blackbox()

    assert len(frames) == BLACKBOX_FRAMES
    assert frames[-2].direction == "sent"
    assert frames[-1].direction == "received"
    assert frames[-1].at_s >= frames[-2].at_s


def test_fifty_unplugs_leave_no_thread_and_no_file_behind(bench: Bench) -> None:
    bench.start()
    files, threads = len(os.listdir("/proc/self/fd")), threading.active_count()

    for _ in range(50):
        bench.port.unplug()
        bench.states.until(PortState.LOST)
        bench.port.replug()
        bench.states.until(PortState.READY)

    assert len(os.listdir("/proc/self/fd")) == files
    assert threading.active_count() == threads
