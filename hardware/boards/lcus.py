"""LCUS-1 to LCUS-8, the common USB relay boards with a CH340; which port is left to the site.

They never answer an order, and three builds differ in what they say to a question: text, one byte
per relay, or nothing. The site names the build, for guessing would take noise for an answer.
The host times every pulse. Source: the vendors' listings; the golden frames are in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from hardware.boards.base import Ack, BoardCaps, Untimed, check_channel
from hardware.boards.exchange import PlainTalk, find_states
from hardware.errors import Unsupported
from hardware.line import Line

SIZES: Final = (1, 2, 4, 8)
START: Final = 0xA0
STATUS_QUERY: Final = b"\xff"
GAP_MS: Final = 60.0
"""The board loses a command within 50 ms of the last; 10 more, as USB may hold the first back."""

_TEXT_OF_ONE: Final = rb"CH%d: *(ON|OFF) *\r?\n"
_BYTES_OF_ONE: Final = len(b"CH1: OFF\r\n")


def encode_set(channel: int, *, is_on: bool) -> bytes:
    """Switch one relay; nothing answers."""
    content = bytes((START, channel, int(is_on)))
    return content + bytes((sum(content) & 0xFF,))


def decode_text(received: bytes, count: int) -> tuple[bool, ...] | None:
    """The states in lines such as "CH1: ON", if all so many follow each other."""
    pattern = b"".join(_TEXT_OF_ONE % channel for channel in range(1, count + 1))
    found = re.search(pattern, received)
    return tuple(state == b"ON" for state in found.groups()) if found else None


@dataclass(frozen=True, slots=True)
class _Reply:
    """How one build answers the status query."""

    find: Callable[[bytes, int], tuple[bool, ...] | None]
    bytes_per_relay: int


REPLIES: Final[Mapping[str, _Reply | None]] = {
    "none": None,
    "text": _Reply(decode_text, _BYTES_OF_ONE),
    "bytes": _Reply(find_states, 1),
}
"""The builds by the site's word for them; the first is taken when the site says nothing."""


class LcusRelay(Untimed):
    """One board on its own line; keeps the promise of RelayBoard."""

    family: ClassVar[str] = "lcus"

    def __init__(
        self, *, outputs: int, reply: str = "none", gap_ms: float = GAP_MS, timeout_ms: int = 100
    ) -> None:
        self._reply = REPLIES[reply]
        self._talk = PlainTalk(timeout_ms=timeout_ms, gap_ms=gap_ms)
        self.caps: Final = BoardCaps(
            outputs=outputs,
            inputs=0,
            is_acked=False,
            has_readback=self._reply is not None,
            pulse_quantum_ms=None,
            pulse_max_ms=0,
            min_gap_ms=round(gap_ms),
            default_baud=9600,
        )

    def probe(self, line: Line) -> None:
        """Ask for the relays; a build that never answers can only be written to.

        What is written then is the order to let every relay drop: a lone status query could put a
        board out of step that reads four bytes at a time.
        """
        if self._reply is None:
            self.all_off(line)
        else:
            self.read_outputs(line)

    def set_output(self, line: Line, channel: int, is_on: bool) -> Ack:
        check_channel(channel, self.caps.outputs)
        return self._talk.order(line, encode_set(channel, is_on=is_on))

    def all_off(self, line: Line) -> Ack:
        """Let every relay drop, one after the other: the board has no order for all."""
        channels = range(1, self.caps.outputs + 1)
        return self._talk.order(line, *(encode_set(channel, is_on=False) for channel in channels))

    def read_outputs(self, line: Line) -> tuple[bool, ...]:
        reply = self._reply
        if reply is None:
            raise Unsupported(self.family, 'tell its relays when set to reply = "none"')
        count = self.caps.outputs
        states, _ = self._talk.ask(
            line,
            STATUS_QUERY,
            find=lambda received: reply.find(received, count),
            length=count * reply.bytes_per_relay,
        )
        return states

    def read_inputs(self, line: Line) -> tuple[bool, ...]:
        raise Unsupported(self.family, "read inputs")
