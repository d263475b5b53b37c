"""A simulated board, the worker of its port, and orders for it; shared by the port's tests."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from pathlib import Path

from hardware.boards.base import Ack, RelayBoard
from hardware.boards.waveshare import WaveshareRelay
from hardware.errors import (
    DeviceTimeout,
)
from hardware.line import Line, SerialLine
from hardware.orders import Priority
from hardware.port import BoardLink, PortState, PortWorker
from hardware.sim.pty_port import PtyPort
from hardware.sim.waveshare_board import WaveshareBoard
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
            boards={"relay": WaveshareRelay(timeout_ms=timeout_ms)},
        )
        self.link = self.worker.board("relay")
        self.link.add_state_listener(self.states.add)

    def start(self) -> None:
        self.worker.start()
        self.states.until(PortState.READY)

    def close(self) -> None:
        self.worker.stop()
        self.port.close()


def soon() -> float:
    return time.monotonic() + LIMIT_S


def pulse(link: BoardLink, channel: int = 1) -> Future[Ack]:
    return link.submit(
        lambda board, line: board.pulse(line, channel, 200),
        priority=Priority.OPEN,
        deadline_s=soon(),
    )


def poll(link: BoardLink) -> Future[tuple[bool, ...]]:
    return link.submit(
        lambda board, line: board.read_inputs(line), priority=Priority.POLL, deadline_s=soon()
    )


def fail(link: BoardLink) -> None:
    """Let one order end without an answer."""

    def never_answered(board: RelayBoard, line: Line) -> None:
        raise DeviceTimeout("nothing")

    order = link.submit(never_answered, priority=Priority.OUTPUT, deadline_s=soon())
    assert isinstance(order.exception(LIMIT_S), DeviceTimeout)


class Gate:
    """An order that keeps the port busy until the test lets it go."""

    def __init__(self, link: BoardLink) -> None:
        self._go = threading.Event()
        self._begun = threading.Event()
        self.future = link.submit(self._wait, priority=Priority.OPEN, deadline_s=soon())
        assert self._begun.wait(LIMIT_S)

    def _wait(self, board: RelayBoard, line: Line) -> None:
        self._begun.set()
        assert self._go.wait(LIMIT_S)

    def open(self) -> None:
        self._go.set()
