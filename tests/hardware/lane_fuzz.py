"""A real lane whose cable is pulled again and again in the middle of its work, and who watches.

The watch stands at the board: it keeps every byte that arrives and every relay that moves, and
judges both by what was ordered and what the lane has told. The lane's own memory is never asked.
"""

from __future__ import annotations

import os
import random
import threading
import time
from pathlib import Path
from typing import Final

import pytest

from hardware.boards.waveshare import WaveshareRelay
from hardware.errors import CommandDropped
from hardware.inputs import OWN_BOARD
from hardware.lane_control import LaneView, RelayOrder
from hardware.lane_runner import LaneRunner
from hardware.lane_words import LaneTimers, Phase
from hardware.line import SerialLine
from hardware.port import PortWorker
from hardware.sim import rig
from hardware.sim.rig import CLOSE_CHANNEL, OPEN_CHANNEL, ToyLane, ToySetup
from hardware.sim.rtu_board import checksum
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.waiting import LIMIT_S

BAUD: Final = 9600
"""So slow that the cable is mostly pulled while an order waits or is under way."""
PULSE_TENTHS: Final = 5
WRITE_COIL: Final = 5
FLASH_ON: Final = 2
FRAME_BYTES: Final = 8
ORDERS = LaneTimers(settle_s=0.05, min_gap_s=0.02, open_time_s=1.0, open_max_s=5.0, open_retries=0)
"""No retry: so each order is one pulse on the wire at most."""


class Watch:
    """What was ordered, what the lane told of it, and what reached the board."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._live: dict[str, bool] = {}
        """The tokens whose end was not told yet, and whether the arm was raised for each."""
        self._bytes = b""
        self.answers: dict[str, list[str]] = {}
        self.pulses = 0
        self.faults: list[str] = []

    # -- what the test orders

    def order(self, token: str) -> None:
        """This token is live from now until the lane tells its end."""
        with self._lock:
            self._live[token] = False
            self.answers[token] = []

    def forget(self, token: str) -> None:
        """The lane would not take it."""
        with self._lock:
            self._live.pop(token)
            self.answers.pop(token)

    # -- what the lane tells, on its thread

    def ended(self, token: str, how: str) -> None:
        with self._lock:
            self._live.pop(token, None)
            self.answers[token].append(how)

    # -- what reaches the board, on the thread of its pty

    def heard(self, data: bytes) -> None:
        """Look at every frame, wherever it starts."""
        with self._lock:
            self._bytes += data
            at = 0
            while at + FRAME_BYTES <= len(self._bytes):
                frame = self._bytes[at : at + FRAME_BYTES]
                if checksum(frame[:-2]) == frame[-2:]:
                    self._judge(frame)
                    at += FRAME_BYTES
                else:
                    at += 1
            self._bytes = self._bytes[at:]

    def relay_moved(self, channel: int, is_on: bool) -> None:
        with self._lock:
            if is_on and channel == CLOSE_CHANNEL:
                self.faults.append("the relay that lowers the arm closed")

    def _judge(self, frame: bytes) -> None:
        if frame[1] != WRITE_COIL or frame[4:6] == b"\0\0":
            return
        if frame[3] == OPEN_CHANNEL - 1:
            self.pulses += 1
            if frame[2] != FLASH_ON or frame[5] != PULSE_TENTHS:
                self.faults.append(f"no pulse that we send: {frame.hex(' ')}")
            waiting = [token for token, was_raised in self._live.items() if not was_raised]
            if waiting:
                self._live[waiting[0]] = True
            elif self._live:
                self.faults.append(f"the arm was raised again for {list(self._live)}")
            else:
                self.faults.append("the arm was raised without a live grant")
        elif frame[3] in (CLOSE_CHANNEL - 1, 0xFF):
            self.faults.append(f"nobody ordered {frame.hex(' ')}")


class Listener:
    """Keeps the lane's words for the watch, and its phases for the test."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.phase = Phase.BLIND

    def lane_changed(self, lane: str, view: LaneView) -> None:
        self.phase = view.phase

    def passage(self, lane: str, token: str, *, at_s: float, is_assumed: bool) -> None:
        self.watch.ended(token, "passage")

    def grant_voided(self, lane: str, token: str, why: str) -> None:
        self.watch.ended(token, why)

    def lane_noticed(self, lane: str, notice: str) -> None:
        """Nothing to judge."""

    def alarm(self, lane: str, code: str, *, is_raised: bool) -> None:
        """Nothing to judge."""

    def relay_ordered(self, lane: str, order: RelayOrder) -> None:
        """Nothing to judge: the bytes are."""


class FuzzedLane:
    """A lane, its port, its barrier and cars, and a hand at the cable; `close` it."""

    def __init__(self, folder: Path, *, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.watch = watch = Watch()

        class WatchedBoard(WaveshareBoard):
            def received(self, data: bytes, now_s: float) -> list[bytes]:
                watch.heard(data)
                return super().received(data, now_s)

            def _follow(self, index: int) -> None:
                was = self._contacts[index]
                super()._follow(index)
                if self._contacts[index] is not was:
                    watch.relay_moved(index + 1, self._contacts[index])

        monkeypatch.setattr(rig, "WaveshareBoard", WatchedBoard)
        self._chance = random.Random(seed)
        self._pause = threading.Event()
        self._granted = 0
        self._toy = ToyLane(ToySetup(name="entry", folder=folder, speed=20.0, baud=BAUD))
        self._toy._board_port.faults.chance = random.Random(seed)
        self._listener = Listener(self.watch)
        line = SerialLine(self._toy.board_path, baud=BAUD)
        self._port = PortWorker(name="entry", line=line, boards={OWN_BOARD: WaveshareRelay()})
        self._lane = LaneRunner(
            setup=self._toy.lane_setup(ORDERS),
            boards={OWN_BOARD: self._port.board(OWN_BOARD)},
            listener=self._listener,
        )
        self._lane.start()
        self._port.start()

    def pull_cable(self) -> None:
        """Order something, pull the cable at any moment of it, and put it back."""
        chance = self._chance
        if chance.random() < 0.9:
            self._until(Phase.PRESENT)
        line = self._toy._board_port.faults
        line.flip_rate = chance.choice((0.0, 0.0, 0.02))
        for _ in range(chance.choice((1, 1, 1, 2))):
            self._grant()
        self._wait(chance.choice((0.0, 0.005, 0.012, 0.03, 0.12)))
        self._toy.unplug_board()
        line.flip_rate = 0.0
        self._wait(chance.choice((0.0, 0.0, 0.01)))
        if chance.random() < 0.2:
            self._grant()  # nothing is there that could obey
        self._toy.replug_board()

    def let_a_car_pass(self) -> None:
        """With the cable in its place a grant is a passage, once the lane has seen that it is."""
        limit_s = time.monotonic() + LIMIT_S
        answer: list[str] = []
        while answer != ["passage"]:
            assert time.monotonic() < limit_s, f"no car passes any more, but {answer}"
            self._until(Phase.PRESENT)
            answer = self.watch.answers[self._grant()]
            while not answer and time.monotonic() < limit_s:
                self._wait(0.01)

    def close(self) -> None:
        """End lane, port and barrier."""
        self._lane.stop()
        self._port.stop()
        self._toy.close()

    def _grant(self) -> str:
        self._granted += 1
        token = f"g{self._granted}"
        self.watch.order(token)
        try:
            if self._chance.random() < 0.2:
                self._lane.attendant_open(token, "fuzz")
            else:
                self._lane.grant(token)
        except CommandDropped:
            self.watch.forget(token)
        return token

    def _until(self, phase: Phase) -> None:
        """Wait for this phase, with a car at the line; a car that drove off is replaced."""
        limit_s = time.monotonic() + LIMIT_S
        while self._listener.phase is not phase:
            assert time.monotonic() < limit_s, f"{phase} never came, it is {self._listener.phase}"
            if self._listener.phase is Phase.IDLE and not self._toy.view().cars:
                self._toy.car_arrives()
            if self._listener.phase is Phase.FAULT:
                self._lane.reset()
            self._wait(0.005)

    def _wait(self, duration_s: float) -> None:
        self._pause.wait(duration_s)


def pull_the_cable(
    folder: Path, unplugs: int, *, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pull it so often; AssertionError for whatever must never be."""
    lane = FuzzedLane(folder, seed=seed, monkeypatch=monkeypatch)
    try:
        lane.let_a_car_pass()
        files, threads = len(os.listdir("/proc/self/fd")), threading.active_count()
        for _ in range(unplugs):
            lane.pull_cable()
        lane.let_a_car_pass()
        for _ in range(20):  # a port may just be opening again: what is left behind stays
            left = len(os.listdir("/proc/self/fd")) - files, threading.active_count() - threads
            if left == (0, 0):
                break
            lane.let_a_car_pass()
    finally:
        lane.close()
    watch = lane.watch
    assert watch.faults == []
    assert all(len(how) == 1 for how in watch.answers.values()), "each grant ends once"
    assert watch.pulses > 2 + unplugs // 8, "the cable was pulled in the middle of something"
    assert left == (0, 0), "files and threads left behind"
