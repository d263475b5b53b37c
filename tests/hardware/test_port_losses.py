"""The port's thread when the board goes, answers wrongly or comes back; nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.boards.base import AckKind
from hardware.boards.waveshare import WaveshareRelay
from hardware.errors import (
    BadReply,
    CommandDropped,
    DeviceRefused,
    DeviceTimeout,
    NotReady,
    PortBusy,
    PortLost,
    PortMissing,
)
from hardware.line import SerialLine
from hardware.null_modem import null_modem
from hardware.port import PortState, PortWorker
from hardware.sim.relay_board import BoardFault
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.port_bench import Bench, Gate, fail, poll, pulse, soon
from tests.hardware.waiting import LIMIT_S, Reports


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


def test_an_idle_port_notices_that_it_is_unplugged(bench: Bench) -> None:
    bench.start()

    bench.port.unplug()

    assert bench.states.until(PortState.LOST) == [PortState.LOST]
    assert isinstance(bench.link.fault, PortLost | PortMissing)


def test_a_lost_port_comes_back_by_itself_with_all_relays_off(bench: Bench) -> None:
    bench.start()
    bench.port.unplug()
    bench.states.until(PortState.LOST)

    bench.port.replug()

    assert bench.states.until(PortState.READY) == [PortState.PROBING, PortState.READY]
    assert bench.link.fault is None
    assert pulse(bench.link).result(LIMIT_S).kind is AckKind.CONFIRMED


def test_an_unplug_between_order_and_echo_is_a_loss_and_nothing_is_repeated(
    bench: Bench,
) -> None:
    bench.start()
    bench.board.fault = BoardFault.MUTE
    order = pulse(bench.link)
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
    poll(bench.link).result(LIMIT_S)
    assert bench.outputs.rest() == []


def test_all_that_waits_is_dropped_when_the_port_is_lost(bench: Bench) -> None:
    bench.start()
    gate = Gate(bench.link)
    first, second = pulse(bench.link), poll(bench.link)
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
    fault = bench.link.fault

    bench.port.replug()

    assert seen == [PortState.OPENING, PortState.LOST]
    assert isinstance(fault, PortMissing)
    bench.states.until(PortState.READY)


def test_a_port_that_another_holds_is_denied_and_taken_when_it_is_free(bench: Bench) -> None:
    other = SerialLine(bench.port.path)
    other.open()
    bench.worker.start()
    bench.states.until(PortState.DENIED)
    fault = bench.link.fault

    other.close()

    assert isinstance(fault, PortBusy)
    bench.states.until(PortState.READY)


def test_a_linked_board_is_denied_with_the_remedy_and_never_switched(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "relay0", is_linked=True)
    bench.worker.start()

    bench.states.until(PortState.DENIED)

    assert isinstance(bench.link.fault, NotReady)
    assert "--unlink" in str(bench.link.fault)
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

    failures = [pulse(hasty.link, channel).exception(LIMIT_S) for channel in (1, 2, 3)]

    assert [type(failure) for failure in failures] == [error] * 3
    hasty.states.until(PortState.LOST)
    hasty.board.fault = BoardFault.NONE
    hasty.states.until(PortState.READY)


def test_two_failures_and_a_good_answer_do_not_lose_the_port(bench: Bench) -> None:
    bench.start()
    fail(bench.link)
    fail(bench.link)
    pulse(bench.link).result(LIMIT_S)

    fail(bench.link)

    poll(bench.link).result(LIMIT_S)
    assert bench.states.rest() == []


def test_three_orders_that_fail_lose_the_board_though_its_inputs_are_read_well(
    bench: Bench,
) -> None:
    bench.start()
    for _ in range(3):
        poll(bench.link).result(LIMIT_S)
        fail(bench.link)

    assert bench.states.until(PortState.READY) == [
        PortState.LOST,
        PortState.PROBING,
        PortState.READY,
    ]


def test_noise_and_split_answers_do_no_harm(bench: Bench) -> None:
    bench.port.faults.before, bench.port.faults.after = b"\xff\x00", b"\x7f"
    bench.port.faults.split_s = 0.02

    bench.start()

    assert pulse(bench.link).result(LIMIT_S).kind is AckKind.CONFIRMED


def test_a_lost_port_can_be_stopped(bench: Bench) -> None:
    bench.start()
    bench.port.unplug()
    bench.states.until(PortState.LOST)

    bench.worker.stop()

    assert bench.link.state is PortState.CLOSED


def test_a_listener_added_later_hears_of_the_next_change(bench: Bench) -> None:
    bench.start()
    late: Reports[PortState] = Reports()
    bench.link.add_state_listener(late.add)

    bench.port.unplug()

    assert late.next() is PortState.LOST


def test_over_a_null_modem_a_lost_line_is_given_up_and_opened_anew() -> None:
    host, far = null_modem()
    far.open()
    device = WaveshareBoard()
    states: Reports[PortState] = Reports()
    worker = PortWorker(name="null", line=host, boards={"relay": WaveshareRelay()})
    worker.board("relay").add_state_listener(states.add)

    def answer() -> None:
        with contextlib.suppress(PortLost):
            while True:
                for reply in device.received(far.read_some(soon()), time.monotonic()):
                    far.write(reply, soon())

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    worker.start()
    states.until(PortState.READY)
    host.unplug()
    states.until(PortState.LOST)

    host.replug()

    assert states.until(PortState.READY) == [PortState.PROBING, PortState.READY]
    worker.stop()
    far.unplug()
    thread.join()


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


def test_three_refusals_in_a_row_lose_the_board_too(bench: Bench) -> None:
    bench.start()
    bench.board.fault = BoardFault.EXCEPTION

    failures = [pulse(bench.link).exception(LIMIT_S) for _ in range(3)]

    bench.states.until(PortState.LOST)
    assert [type(failure) for failure in failures] == [DeviceRefused] * 3
