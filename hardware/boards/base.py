"""What every relay board promises; the bytes are left to one file per family.

A board's methods are transactions on an open line. Only the thread that owns the port calls them.
None of them repeats a command that switches something: after DeviceTimeout or BadReply it is
unknown whether the board acted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Protocol

from hardware.errors import Unsupported
from hardware.line import Line


class AckKind(Enum):
    """How sure we are that a board carried an order out."""

    CONFIRMED = "confirmed"
    """The board answered with exactly what it was asked."""
    SENT = "sent"
    """The bytes left; this board never answers."""


@dataclass(frozen=True, slots=True)
class Ack:
    """One order that went out. Instants are of time.monotonic(); frame is what was sent."""

    kind: AckKind
    sent_at_s: float
    acked_at_s: float
    frame: bytes


@dataclass(frozen=True, slots=True)
class BoardCaps:
    """What a family can do, so that a lane is refused at start and not at the first car."""

    outputs: int
    inputs: int
    is_acked: bool
    has_readback: bool
    pulse_quantum_ms: int | None
    """Step of a pulse that the board itself times; None: the host has to time it."""
    pulse_max_ms: int
    """Longest time that the board itself can keep; 0 without a timer of its own."""
    min_gap_ms: int
    """Least silence that the board needs before the next frame."""
    default_baud: int


class RelayBoard(Protocol):
    """Transactions with one board. Channels count from 1.

    All raise PortLost, DeviceTimeout, BadReply or DeviceRefused; a channel or a duration that the
    board cannot have is our own mistake: ValueError, and nothing is sent. What its `caps` say that
    a family cannot do raises Unsupported, and nothing is sent either.
    """

    @property
    def caps(self) -> BoardCaps: ...

    def probe(self, line: Line) -> None:
        """Return when the board is there and safe to use; NotReady names the remedy."""

    def set_output(self, line: Line, channel: int, is_on: bool) -> Ack:
        """Switch one relay and leave it so."""

    def pulse(self, line: Line, channel: int, duration_ms: int) -> Ack:
        """Close one relay for 200 to 2000 ms in steps of 100 ms, timed by the board itself."""

    def lease(self, line: Line, channel: int, duration_ms: int) -> Ack:
        """Keep one relay closed for up to pulse_max_ms from now; a new lease replaces the old.

        The relay drops by itself when no further lease comes, as when the host dies.
        """

    def all_off(self, line: Line) -> Ack:
        """Let every relay drop."""

    def read_outputs(self, line: Line) -> tuple[bool, ...]:
        """Read the relays back, channel 1 first."""

    def read_inputs(self, line: Line) -> tuple[bool, ...]:
        """Read the inputs as wired, channel 1 first; polarity and debounce are InputBank's."""


class Untimed:
    """What the families answer whose boards have no timer; the host times their pulses."""

    family: ClassVar[str]

    def pulse(self, line: Line, channel: int, duration_ms: int) -> Ack:
        raise Unsupported(self.family, "time a pulse by itself")

    def lease(self, line: Line, channel: int, duration_ms: int) -> Ack:
        raise Unsupported(self.family, "let a relay drop by itself")


def check_channel(channel: int, outputs: int) -> None:
    """ValueError for a relay that a board with so many does not have."""
    if not 1 <= channel <= outputs:
        raise ValueError(f"this board has channels 1 to {outputs}, not {channel}")
