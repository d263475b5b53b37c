"""One board and its lane under test: orders go out, and every change of an input is noted.

What a change means is left to the steps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from hardware.boards.base import RelayBoard
from hardware.commissioning.wiring import Wiring
from hardware.errors import BadReply, DeviceTimeout
from hardware.line import Line
from hardware.pulsing import pulse_once

POLL_S: Final = 0.02
READ_TRIES: Final = 3
"""Reading switches nothing, so that a lost answer is asked for again."""

Reading = tuple[bool, ...]


class Clock(Protocol):
    """Where time comes from; a test lets the lane move while it waits."""

    def now_s(self) -> float: ...

    def pause(self, seconds: float) -> None: ...


class RealClock:
    """The time of this computer."""

    def now_s(self) -> float:
        return time.monotonic()

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Edge:
    """One change of an input, as wired."""

    channel: int
    is_on: bool
    at_s: float


class LaneBench:
    """The board on its open line. Any method may raise HardwareError."""

    def __init__(
        self,
        *,
        board: RelayBoard,
        line: Line,
        wiring: Wiring,
        clock: Clock,
        poll_s: float = POLL_S,
    ) -> None:
        self.board = board
        self.line = line
        self.wiring = wiring
        self.clock = clock
        self._poll_s = poll_s
        self.reading: Reading = ()
        """The last one."""
        self.edges: list[Edge] = []
        """Every change since mark()."""

    def mark(self) -> None:
        """Begin to note changes anew, from what there is now."""
        self.reading = self._read()
        self.edges = []

    def watch(
        self,
        limit_s: float,
        *,
        until: Callable[[], bool] | None = None,
        settle_s: float = 0.0,
    ) -> bool:
        """Note changes until this holds, and settle_s more; False when it never did in time."""
        end_s = self.clock.now_s() + limit_s
        while not (is_met := until is not None and until()) and self.clock.now_s() < end_s:
            self._step()
        if is_met:
            end_s = self.clock.now_s() + settle_s
            while self.clock.now_s() < end_s:
                self._step()
        return is_met

    def pulse(self, output: str) -> float:
        """Send the pulse of an output; the instant at which it began."""
        began_s = self.clock.now_s()
        channel, pulse_ms = self.wiring.outputs[output], self.wiring.pulse_ms
        pulse_once(self.board, self.line, channel, pulse_ms, pause=self._watch_for)
        return began_s

    def switch(self, output: str, *, is_on: bool) -> None:
        """Switch a relay and leave it so."""
        self.board.set_output(self.line, self.wiring.outputs[output], is_on)

    def lease(self, output: str, duration_s: float) -> bool:
        """Close a relay that drops by itself after so long; False where the board cannot."""
        if self.board.caps.pulse_max_ms < duration_s * 1000:
            return False
        channel = self.wiring.outputs[output]
        self.board.lease(self.line, channel, round(duration_s * 10) * 100)
        return True

    def is_closed(self, output: str) -> bool | None:
        """Read a relay back; None where the board cannot tell."""
        if not self.board.caps.has_readback:
            return None
        return self.board.read_outputs(self.line)[self.wiring.outputs[output] - 1]

    def all_off(self) -> None:
        """Let every relay drop, twice where nothing confirms it."""
        self.board.all_off(self.line)
        if not self.board.caps.is_acked:
            self.board.all_off(self.line)

    def of(self, name: str) -> Sequence[Edge]:
        """The changes of one input since mark()."""
        return [edge for edge in self.edges if edge.channel == self.wiring.inputs[name]]

    def _watch_for(self, duration_s: float) -> None:
        self.watch(duration_s)

    def _step(self) -> None:
        self.clock.pause(self._poll_s)
        reading, now_s = self._read(), self.clock.now_s()
        for channel, (was, is_on) in enumerate(zip(self.reading, reading, strict=True), start=1):
            if was is not is_on:
                self.edges.append(Edge(channel, is_on, now_s))
        self.reading = reading

    def _read(self) -> Reading:
        if not self.board.caps.inputs:
            return ()
        for _ in range(READ_TRIES - 1):
            try:
                return self.board.read_inputs(self.line)
            except (DeviceTimeout, BadReply):
                continue
        return self.board.read_inputs(self.line)
