"""The boards of a lane under test: orders go out, and every change of an input is noted.

What a change means is left to the steps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final, Protocol

from hardware.boards.base import Ack, BoardCaps, RelayBoard
from hardware.commissioning.wiring import Wire, Wiring
from hardware.errors import BadReply, DeviceTimeout, HardwareError
from hardware.inputs import OWN_BOARD
from hardware.line import Line
from hardware.pulsing import all_off_surely, pulse_once

POLL_S: Final = 0.02
READ_TRIES: Final = 3
"""Reading switches nothing, so that a lost answer is asked for again."""

Reading = Mapping[Wire, bool]
"""Every input of every board."""


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

    wire: Wire
    is_on: bool
    at_s: float


@dataclass(frozen=True, slots=True)
class OpenBoard:
    """A board and the open line that it is on, perhaps with others."""

    board: RelayBoard
    line: Line

    @property
    def caps(self) -> BoardCaps:
        return self.board.caps


class LaneBench:
    """All boards of a lane, by name, on their open lines. Any method may raise HardwareError."""

    def __init__(
        self,
        *,
        boards: Mapping[str, OpenBoard],
        wiring: Wiring,
        clock: Clock,
        poll_s: float = POLL_S,
    ) -> None:
        self.boards = boards
        self.wiring = wiring
        self.clock = clock
        self._poll_s = poll_s
        self.reading: Reading = {}
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
        at, channel = self._relay(output)
        pulse_once(at.board, at.line, channel, self.wiring.pulse_ms, pause=self._watch_for)
        return began_s

    def switch(self, output: str, *, is_on: bool) -> Ack:
        """Switch a relay and leave it so."""
        at, channel = self._relay(output)
        return at.board.set_output(at.line, channel, is_on)

    def lease(self, output: str, duration_s: float) -> bool:
        """Close a relay that drops by itself after so long; False where the board cannot."""
        at, channel = self._relay(output)
        if at.caps.pulse_max_ms < duration_s * 1000:
            return False
        at.board.lease(at.line, channel, round(duration_s * 10) * 100)
        return True

    def is_closed(self, output: str) -> bool | None:
        """Read a relay back; None where the board cannot tell."""
        at, channel = self._relay(output)
        if not at.caps.has_readback:
            return None
        return at.board.read_outputs(at.line)[channel - 1]

    def closed(self) -> list[Wire]:
        """Every relay that reads back as closed."""
        return [
            Wire(channel, name)
            for name, at in self.boards.items()
            if at.caps.has_readback
            for channel, is_on in enumerate(at.board.read_outputs(at.line), start=1)
            if is_on
        ]

    def all_off(self) -> None:
        """Let every relay of every board drop; what kept one back is raised once all were told."""
        for fault in self.let_drop().values():
            raise fault

    def let_drop(self) -> Mapping[str, HardwareError]:
        """The same, but what kept a board back is returned; Ctrl-C in it spares no other board."""
        faults: dict[str, HardwareError] = {}

        def drop(name: str, at: OpenBoard) -> None:
            try:
                all_off_surely(at.board, at.line)
            except HardwareError as fault:
                faults[name] = fault

        with ExitStack() as still_to_drop:
            for name, at in reversed(list(self.boards.items())):
                still_to_drop.callback(drop, name, at)
        return faults

    def whose(self, board: str) -> str:
        """The name of a board, to begin a sentence with; nothing for the lane's own."""
        return "" if board == OWN_BOARD else f"{board}: "

    def of(self, name: str) -> Sequence[Edge]:
        """The changes of one input since mark()."""
        return [edge for edge in self.edges if edge.wire == self.wiring.inputs[name]]

    def _watch_for(self, duration_s: float) -> None:
        self.watch(duration_s)

    def _step(self) -> None:
        self.clock.pause(self._poll_s)
        reading, now_s = self._read(), self.clock.now_s()
        for wire, is_on in reading.items():
            if self.reading[wire] is not is_on:
                self.edges.append(Edge(wire, is_on, now_s))
        self.reading = reading

    def _read(self) -> Reading:
        return {
            Wire(channel, name): is_on
            for name, at in self.boards.items()
            if at.caps.inputs
            for channel, is_on in enumerate(_inputs_of(at), start=1)
        }

    def _relay(self, output: str) -> tuple[OpenBoard, int]:
        wire = self.wiring.outputs[output]
        return self.boards[wire.board], wire.channel


def _inputs_of(at: OpenBoard) -> Sequence[bool]:
    for _ in range(READ_TRIES - 1):
        try:
            return at.board.read_inputs(at.line)
        except (DeviceTimeout, BadReply):
            continue
    return at.board.read_inputs(at.line)
