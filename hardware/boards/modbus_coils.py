"""Any Modbus RTU board with one coil per relay; RTU itself is left to modbus.py.

For LC-Tech, KMTronic's and many others: relay 1 is coil 0, input 1 is discrete input 0. Such a
board has no timer that all builds share, so that the host times every pulse, and nothing tells
whether its inputs switch relays: the installer tries that. Source: Modbus Application Protocol
V1.1b3, 6.1, 6.2, 6.5 and 6.11. The golden frames are in the tests.
"""

from __future__ import annotations

from typing import ClassVar, Final

from hardware.boards.base import Ack, BoardCaps, Untimed, check_channel
from hardware.boards.modbus import (
    READ_COILS,
    READ_INPUTS,
    WRITE_COILS,
    Bus,
    ModbusMaster,
    bytes_for,
    decode_bits,
    encode_frame,
    encode_words,
    encode_write_coil,
)
from hardware.errors import Unsupported
from hardware.line import Line

CHANNELS_MAX: Final = 64
"""Ours: no relay board has more, and the number is most likely a slip of the pen."""
GAP_MS: Final = 30.0
"""On top of 3.5 characters; boards that nobody measured have been seen to need it."""


def encode_set(unit: int, channel: int, *, is_on: bool) -> bytes:
    """Switch one relay; the answer is the same frame."""
    return encode_write_coil(unit, channel - 1, is_on=is_on)


def encode_all_off(unit: int, outputs: int) -> bytes:
    """Let so many relays drop at once."""
    count = bytes_for(outputs)
    body = (0).to_bytes(2, "big") + outputs.to_bytes(2, "big") + bytes((count,)) + bytes(count)
    return encode_frame(unit, WRITE_COILS, body)


def encode_all_off_reply(unit: int, outputs: int) -> bytes:
    """What the board answers to it: the range, without the values."""
    return encode_words(unit, WRITE_COILS, 0, outputs)


def encode_read_outputs(unit: int, outputs: int) -> bytes:
    """Read so many relays back."""
    return encode_words(unit, READ_COILS, 0, outputs)


def encode_read_inputs(unit: int, inputs: int) -> bytes:
    """Read so many inputs."""
    return encode_words(unit, READ_INPUTS, 0, inputs)


class ModbusCoils(Untimed):
    """One board at one unit address; keeps the promise of RelayBoard."""

    family: ClassVar[str] = "modbus-coils"

    def __init__(
        self,
        *,
        unit: int = 1,
        outputs: int = 8,
        inputs: int = 0,
        gap_ms: float = GAP_MS,
        timeout_ms: int = 100,
        bus: Bus | None = None,
    ) -> None:
        self._unit = unit
        self._master = ModbusMaster(timeout_ms=timeout_ms, extra_gap_ms=gap_ms, bus=bus)
        self.caps: Final = BoardCaps(
            outputs=outputs,
            inputs=inputs,
            is_acked=True,
            has_readback=True,
            pulse_quantum_ms=None,
            pulse_max_ms=0,
            min_gap_ms=round(gap_ms),
            default_baud=9600,
        )

    def probe(self, line: Line) -> None:
        """Read the coils, and the inputs if there are any: a wrong number is refused here."""
        self.read_outputs(line)
        if self.caps.inputs:
            self.read_inputs(line)

    def set_output(self, line: Line, channel: int, is_on: bool) -> Ack:
        check_channel(channel, self.caps.outputs)
        request = encode_set(self._unit, channel, is_on=is_on)
        return self._master.command(line, request, request)

    def all_off(self, line: Line) -> Ack:
        outputs = self.caps.outputs
        return self._master.command(
            line, encode_all_off(self._unit, outputs), encode_all_off_reply(self._unit, outputs)
        )

    def read_outputs(self, line: Line) -> tuple[bool, ...]:
        outputs = self.caps.outputs
        request = encode_read_outputs(self._unit, outputs)
        return decode_bits(self._master.query(line, request, bytes_for(outputs)), outputs)

    def read_inputs(self, line: Line) -> tuple[bool, ...]:
        inputs = self.caps.inputs
        if not inputs:
            raise Unsupported(self.family, "read inputs when set up without any")
        request = encode_read_inputs(self._unit, inputs)
        return decode_bits(self._master.query(line, request, bytes_for(inputs)), inputs)
