"""One lane at work on one simulated board, for the files of the fault table.

The bytes go over a real pty, the inputs are set by hand and the lane's clock moves by hand.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from hardware.boards.base import RelayBoard
from hardware.boards.waveshare import (
    WaveshareRelay,
    encode_all_off,
    encode_pulse,
    encode_read_linkage,
    encode_read_outputs,
)
from hardware.inputs import OWN_BOARD, InputWire
from hardware.lane_control import LaneSetup, LaneView, Output, OutputWire
from hardware.lane_runner import LaneRunner
from hardware.lane_words import LaneInputs, LaneTimers, Phase
from hardware.line import SerialLine
from hardware.port import PortState, PortWorker
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import SimBoard
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.lane_worlds import Ear
from tests.hardware.waiting import LIMIT_S, Reports

ARMING, UNDER_ARM, OPEN_LIMIT, CLOSED_LIMIT = 1, 2, 3, 4
OPEN_PULSE = encode_pulse(1, 1, 500)
CLOSE_PULSE = encode_pulse(1, 2, 500)
ALL_OFF = encode_all_off(1)
READ_LINKAGE = encode_read_linkage(1)
READ_OUTPUTS = encode_read_outputs(1)
TIMERS = LaneTimers(settle_s=0.0, min_gap_s=0.0, input_age_max_s=600.0)
"""The lane judges by what its port tells it, and never by a thread of the test that waited."""


def wiring(
    timers: LaneTimers = TIMERS, more_outputs: Mapping[Output, OutputWire] | None = None
) -> LaneSetup:
    """Loops on channels 1 and 2, limits on 3 and 4; OPEN is relay 1, CLOSE relay 2."""
    return LaneSetup(
        name="entry",
        outputs={Output.OPEN: OutputWire(1), Output.CLOSE: OutputWire(2), **(more_outputs or {})},
        inputs={
            "arming": InputWire(ARMING),
            "under_arm": InputWire(UNDER_ARM),
            "open_limit": InputWire(OPEN_LIMIT),
            "closed_limit": InputWire(CLOSED_LIMIT),
        },
        timers=timers,
    )


class HandClock:
    """Seconds that pass by themselves only when a thread waits; `pass_s` lets more pass.

    It runs ahead of the real clock, by which ports take deadlines: none of theirs is over early.
    """

    def __init__(self) -> None:
        self._ahead_s = 0.0

    def pass_s(self, duration_s: float) -> None:
        self._ahead_s += duration_s

    def __call__(self) -> float:
        return time.monotonic() + self._ahead_s


class NotedLine(SerialLine):
    """A serial port that tells of each attempt to open it and of each frame that it is given."""

    def __init__(self, path: str) -> None:
        super().__init__(path, baud=0)
        self.attempts: Reports[str] = Reports()
        self.sent: list[bytes] = []
        self.writes: Reports[bytes] = Reports()

    def open(self) -> None:
        self.attempts.add("open")
        super().open()

    def write(self, data: bytes, deadline_s: float) -> None:
        self.sent.append(data)
        self.writes.add(data)
        super().write(data, deadline_s)


class SharpEar(Ear):
    """An ear that also reports each change of the limits, as ("limits", open, closed)."""

    def lane_changed(self, lane: str, view: LaneView) -> None:
        now = ("limits", str(view.inputs.open_limit), str(view.inputs.closed_limit))
        before = self.views[-1].inputs if self.views else LaneInputs()
        if now[1:] != (str(before.open_limit), str(before.closed_limit)):
            self.reports.add(now)
        super().lane_changed(lane, view)


class FaultBench:
    """A lane as `wiring` has it, its arm closed; nothing runs but the board until it is begun."""

    def __init__(
        self,
        folder: Path,
        *,
        board: SimBoard | None = None,
        driver: RelayBoard | None = None,
        has_local_echo: bool = False,
        timers: LaneTimers = TIMERS,
        is_host_alive: Callable[[], bool] = lambda: True,
        more_outputs: Mapping[Output, OutputWire] | None = None,
    ) -> None:
        self.clock = HandClock()
        self.board = board or WaveshareBoard()
        self.board.set_input(CLOSED_LIMIT, True)
        self.outputs: Reports[tuple[int, bool]] = Reports()
        self.board._on_output = lambda channel, is_on: self.outputs.add((channel, is_on))
        self.pty = PtyPort(self.board, link=folder / "relay0")
        self.line = NotedLine(self.pty.path)
        self.port = PortWorker(
            name="entry",
            line=self.line,
            boards={OWN_BOARD: driver or WaveshareRelay()},
            has_local_echo=has_local_echo,
        )
        self.link = self.port.board(OWN_BOARD)
        self.states: Reports[PortState] = Reports()
        self.link.add_state_listener(self.states.add)
        self.ear = SharpEar()
        self.lane = LaneRunner(
            setup=wiring(timers, more_outputs),
            boards={OWN_BOARD: self.link},
            listener=self.ear,
            is_host_alive=is_host_alive,
            monotonic=self.clock,
        )

    def start(self) -> None:
        """Begin, and wait for nothing."""
        self.lane.start()
        self.port.start()

    def rest(self) -> None:
        """Begin, and wait until the lane is at rest."""
        self.start()
        self.ear.reports.until(Phase.IDLE)

    def car_arrives(self) -> None:
        """A car stands on the arming loop, and the lane has seen it."""
        self.board.set_input(ARMING, True)
        self.ear.reports.until(Phase.PRESENT)

    def arm_is(self, *, open_: bool, closed: bool) -> None:
        """Set both limit switches."""
        self.board.set_input(OPEN_LIMIT, open_)
        self.board.set_input(CLOSED_LIMIT, closed)

    def sent(self) -> list[bytes]:
        """Every frame that went out, oldest first."""
        return list(self.line.sent)

    def until_sent(self, frame: bytes, count: int = 1) -> None:
        """Wait until this frame has gone out so often in all."""
        limit_s = time.monotonic() + LIMIT_S
        while self.line.sent.count(frame) < count:
            assert time.monotonic() < limit_s, f"{frame.hex(' ')} was not sent {count} times"
            self.line.writes.next()

    def close(self) -> None:
        """No thread and no file is left; may be called twice."""
        self.lane.stop()
        self.port.stop()
        self.pty.close()
