"""A million frames through port and driver over a cable in memory: nothing grows."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections import deque
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from hardware.boards.base import RelayBoard
from hardware.boards.waveshare import WaveshareRelay
from hardware.errors import PortLost
from hardware.line import Line
from hardware.null_modem import NullModemEnd, null_modem
from hardware.orders import Priority
from hardware.port import BLACKBOX_FRAMES, PortState, PortWorker
from hardware.sim.waveshare_board import WaveshareBoard
from tests.bench.figures import Figure

FRAMES = 1_000_000
WARM_UP = 50_000
"""So many frames first: what Python keeps for good is there by then."""
AT_ONCE = 32
LIMIT_S = 10.0
GROWTH_GOAL_KIB = 1024
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024


class FarEnd:
    """A simulated board at the other end of the cable, and how many bytes crossed it."""

    def __init__(self, line: NullModemEnd) -> None:
        self.heard = self.said = 0
        self._line = line
        self._board = WaveshareBoard()
        self.thread = threading.Thread(target=self._run, name="board", daemon=True)

    def _run(self) -> None:
        try:
            while True:
                data = self._line.read_some(time.monotonic() + LIMIT_S)
                self.heard += len(data)
                for reply in self._board.received(data, time.monotonic()):
                    self.said += len(reply)
                    self._line.write(reply, 0.0)
        except PortLost:
            return


def poll(board: RelayBoard, line: Line) -> object:
    """Two frames: 8 bytes there, 6 back."""
    return board.read_inputs(line)


def switch(board: RelayBoard, line: Line) -> object:
    """Two frames of 8 bytes each."""
    return board.set_output(line, 3, True)


def exchange(worker: PortWorker, frames: int) -> None:
    """So many frames, a quarter of them orders, with some always waiting."""
    link = worker.board("relay")
    waiting: deque[Future[Any]] = deque()
    for number in range(frames // 2):
        if len(waiting) == AT_ONCE:
            waiting.popleft().result(LIMIT_S)
        order, priority = (switch, Priority.OUTPUT) if number % 4 == 0 else (poll, Priority.POLL)
        deadline_s = time.monotonic() + LIMIT_S
        waiting.append(link.submit(order, priority=priority, deadline_s=deadline_s))
    for future in waiting:
        future.result(LIMIT_S)


def counts() -> tuple[int, int, int]:
    """Open files, threads, and resident KiB."""
    gc.collect()
    resident = int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE_KIB
    return len(os.listdir("/proc/self/fd")), threading.active_count(), resident


@pytest.mark.bench
def test_a_million_frames_leak_nothing(figures: list[Figure]) -> None:
    near, far = null_modem()
    far.open()
    board = FarEnd(far)
    board.thread.start()
    worker = PortWorker(name="soak", line=near, boards={"relay": WaveshareRelay()})
    is_ready = threading.Event()
    worker.board("relay").add_state_listener(
        lambda state: is_ready.set() if state is PortState.READY else None
    )
    worker.start()
    assert is_ready.wait(LIMIT_S)
    exchange(worker, WARM_UP)
    before, heard, said = counts(), board.heard, board.said

    began_s = time.perf_counter()
    exchange(worker, FRAMES)
    took_s = time.perf_counter() - began_s

    after = counts()
    kept = len(worker.blackbox())
    crossed = board.heard - heard, board.said - said
    worker.stop()
    far.unplug()
    board.thread.join()
    orders = FRAMES // 8
    expected = FRAMES // 2 * 8, orders * 8 + (FRAMES // 2 - orders) * 6
    files, threads, kib = (b - a for a, b in zip(before, after, strict=True))
    held = (files, threads, kept, crossed) == (0, 0, BLACKBOX_FRAMES, expected)
    figures.append(
        Figure(
            bench="soak",
            what=f"{FRAMES:,} frames through port and driver, cable in memory",
            value=(
                f"{files} files, {threads} threads, {kib} KiB more, {kept} frames kept, "
                f"{sum(crossed) - sum(expected)} bytes lost; {took_s:.0f} s"
            ),
            goal=f"0, 0, <= {GROWTH_GOAL_KIB} KiB, {BLACKBOX_FRAMES}, 0",
            is_held=held and kib <= GROWTH_GOAL_KIB,
        )
    )
