"""The port's thread over a real pty: opening, the order of orders, and stopping."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.boards.base import AckKind
from hardware.boards.waveshare import encode_pulse
from hardware.errors import (
    CommandDropped,
)
from hardware.line import SerialLine
from hardware.orders import QUEUE_MAX, Priority
from hardware.port import BLACKBOX_FRAMES, PortState
from tests.hardware.port_bench import Bench, Gate, poll, pulse, soon
from tests.hardware.waiting import LIMIT_S, Reports


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "relay0")
    yield bench
    bench.close()


def test_a_port_opens_probes_and_is_ready(bench: Bench) -> None:
    bench.worker.start()

    seen = bench.states.until(PortState.READY)

    assert seen == [PortState.OPENING, PortState.PROBING, PortState.READY]
    assert bench.link.state is PortState.READY
    assert bench.link.fault is None


def test_every_relay_drops_before_a_port_is_ready(bench: Bench) -> None:
    bench.board.received(bytes.fromhex("01 05 00 00 FF 00 8C 3A"), time.monotonic())
    assert bench.board.outputs[0]

    bench.start()

    assert not any(bench.board.outputs)


def test_a_pulse_is_confirmed_and_the_relay_drops_by_itself(bench: Bench) -> None:
    bench.start()

    ack = pulse(bench.link).result(LIMIT_S)

    assert ack.kind is AckKind.CONFIRMED
    assert bench.outputs.next() == (1, True)
    assert bench.outputs.next() == (1, False)


def test_inputs_are_read(bench: Bench) -> None:
    bench.start()
    bench.board.set_input(3, True)

    inputs = poll(bench.link).result(LIMIT_S)

    assert inputs == (False, False, True, False, False, False, False, False)


def test_an_open_order_overtakes_everything_that_waits(bench: Bench) -> None:
    bench.start()
    done: Reports[str] = Reports()
    gate = Gate(bench.link)
    futures = {
        name: bench.link.submit(lambda board, line: None, priority=priority, deadline_s=soon())
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
    gate = Gate(bench.link)
    late = bench.link.submit(
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
    gate = Gate(bench.link)
    waiting = [poll(bench.link) for _ in range(QUEUE_MAX)]

    dropped = poll(bench.link)

    assert isinstance(dropped.exception(0), CommandDropped)
    gate.open()
    assert waiting[-1].result(LIMIT_S)


def test_a_cancelled_order_is_never_sent(bench: Bench) -> None:
    bench.start()
    gate = Gate(bench.link)
    order = pulse(bench.link)
    order.cancel()

    gate.open()

    poll(bench.link).result(LIMIT_S)
    assert encode_pulse(1, 1, 200) not in [f.content for f in bench.worker.blackbox()]


def test_orders_are_dropped_at_once_before_the_port_is_ready(bench: Bench) -> None:
    order = pulse(bench.link)

    assert isinstance(order.exception(0), CommandDropped)


def test_a_mistake_of_ours_reaches_whoever_made_it_and_the_port_goes_on(bench: Bench) -> None:
    bench.start()

    mistake = pulse(bench.link, channel=99)

    assert isinstance(mistake.exception(LIMIT_S), ValueError)
    assert pulse(bench.link).result(LIMIT_S).kind is AckKind.CONFIRMED


def test_stopping_lets_every_relay_drop_and_gives_the_port_back(bench: Bench) -> None:
    bench.start()
    bench.link.submit(
        lambda board, line: board.set_output(line, 4, True),
        priority=Priority.OUTPUT,
        deadline_s=soon(),
    ).result(LIMIT_S)
    assert bench.board.outputs[3]

    bench.worker.stop()

    assert not any(bench.board.outputs)
    assert bench.link.state is PortState.CLOSED
    again = SerialLine(bench.port.path)
    again.open()
    again.close()


def test_stopping_drops_what_waits(bench: Bench) -> None:
    bench.start()
    gate = Gate(bench.link)
    order = pulse(bench.link)
    bench.worker.stop(timeout_s=0)
    gate.open()

    bench.worker.stop()

    with pytest.raises(CommandDropped, match="stopping"):
        order.result(LIMIT_S)


def test_a_worker_that_never_started_can_be_stopped(bench: Bench) -> None:
    bench.worker.stop()

    assert bench.link.state is PortState.CLOSED


def test_the_black_box_keeps_the_last_frames_and_no_more(bench: Bench) -> None:
    bench.start()
    for _ in range(BLACKBOX_FRAMES):
        poll(bench.link).result(LIMIT_S)

    frames = bench.worker.blackbox()

    assert len(frames) == BLACKBOX_FRAMES
    assert frames[-2].direction == "sent"
    assert frames[-1].direction == "received"
    assert frames[-1].at_s >= frames[-2].at_s
