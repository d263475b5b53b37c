"""KMTronic USB relay boards with 1, 2, 4 or 8 relays; their Modbus boards are `modbus-coils`.

They answer questions and never an order. The host times every pulse.
Source: info.kmtronic.com/kmtronic-usb-relay-test-software.html. Golden frames are in the tests.
"""

from __future__ import annotations

from typing import ClassVar, Final

from hardware.boards.base import Ack, BoardCaps, Untimed, check_channel
from hardware.boards.exchange import PlainTalk, find_states
from hardware.errors import Unsupported
from hardware.line import Line

SIZES: Final = (1, 2, 4, 8)
ASKED_ONE_BY_ONE_MAX: Final = 2
"""Boards up to this size tell one relay at a time, the larger ones all at once."""
START: Final = 0xFF
ASK_ONE: Final = 0x03
ASK_ALL: Final = bytes((START, 0x09, 0x00))
STATE_BYTES: Final = 3
GAP_MS: Final = 30.0
"""The maker names none; this is what a board that nobody measured gets."""


def encode_set(channel: int, *, is_on: bool) -> bytes:
    """Switch one relay; nothing answers."""
    return bytes((START, channel, int(is_on)))


def encode_read(channel: int) -> bytes:
    """Ask a board with one or two relays for one of them."""
    return bytes((START, channel, ASK_ONE))


def decode_state(received: bytes, channel: int) -> bool | None:
    """The state in the answer about this relay, wherever it starts."""
    for is_on in (False, True):
        if encode_set(channel, is_on=is_on) in received:
            return is_on
    return None


class KmtronicRelay(Untimed):
    """One board on its own line; keeps the promise of RelayBoard."""

    family: ClassVar[str] = "kmtronic"

    def __init__(self, *, outputs: int, gap_ms: float = GAP_MS, timeout_ms: int = 100) -> None:
        self._talk = PlainTalk(timeout_ms=timeout_ms, gap_ms=gap_ms)
        self.caps: Final = BoardCaps(
            outputs=outputs,
            inputs=0,
            is_acked=False,
            has_readback=True,
            pulse_quantum_ms=None,
            pulse_max_ms=0,
            min_gap_ms=round(gap_ms),
            default_baud=9600,
        )

    def probe(self, line: Line) -> None:
        """Ask for the relays: a board of another size or family does not answer like this."""
        self.read_outputs(line)

    def set_output(self, line: Line, channel: int, is_on: bool) -> Ack:
        check_channel(channel, self.caps.outputs)
        return self._talk.order(line, encode_set(channel, is_on=is_on))

    def all_off(self, line: Line) -> Ack:
        """Let every relay drop, one after the other: the board has no order for all."""
        channels = range(1, self.caps.outputs + 1)
        return self._talk.order(line, *(encode_set(channel, is_on=False) for channel in channels))

    def read_outputs(self, line: Line) -> tuple[bool, ...]:
        count = self.caps.outputs
        if count <= ASKED_ONE_BY_ONE_MAX:
            return tuple(self._read(line, channel) for channel in range(1, count + 1))
        states, _ = self._talk.ask(
            line, ASK_ALL, find=lambda received: find_states(received, count), length=count
        )
        return states

    def read_inputs(self, line: Line) -> tuple[bool, ...]:
        raise Unsupported(self.family, "read inputs")

    def _read(self, line: Line, channel: int) -> bool:
        is_on, _ = self._talk.ask(
            line,
            encode_read(channel),
            find=lambda received: decode_state(received, channel),
            length=STATE_BYTES,
        )
        return is_on
