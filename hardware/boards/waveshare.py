"""Waveshare Modbus RTU Relay, 8 channels, and (D) with inputs; RTU itself is left to modbus.py.

The board times a pulse itself ("flash on"): one frame, and the relay drops even if we die.
Source: www.waveshare.com/wiki/Modbus_RTU_Relay_(D). The golden frames are in the tests.
"""

from __future__ import annotations

from typing import Final

from hardware.boards.base import Ack, BoardCaps, check_channel
from hardware.boards.modbus import (
    COIL_OFF,
    READ_COILS,
    READ_INPUTS,
    READ_REGISTERS,
    WRITE_COIL,
    WRITE_REGISTERS,
    Bus,
    ModbusMaster,
    bytes_for,
    decode_bits,
    encode_frame,
    encode_words,
    encode_write_coil,
)
from hardware.errors import NotReady
from hardware.line import Line

OUTPUTS: Final = 8
INPUTS: Final = 8
PULSE_QUANTUM_MS: Final = 100
PULSE_MIN_MS: Final = 200
PULSE_MAX_MS: Final = 2000
"""Ours: barriers want 0.2 to 1 s."""
LEASE_MAX_MS: Final = 0x7FFF * PULSE_QUANTUM_MS
EXTRA_GAP_MS: Final = 1.0
"""On top of 3.5 characters: 5 ms in all at 9600 baud."""

ALL_COILS: Final = 0x00FF
FLASH_ON: Final = 0x0200
LINKAGE: Final = 0x1000
"""One register per relay; 0 means that only we switch it, not an input."""


def encode_set(unit: int, channel: int, *, is_on: bool) -> bytes:
    """Switch one relay; the answer is the same frame."""
    return encode_write_coil(unit, _coil(channel), is_on=is_on)


def encode_all_off(unit: int) -> bytes:
    """Let every relay drop; the answer is the same frame."""
    return encode_words(unit, WRITE_COIL, ALL_COILS, COIL_OFF)


def encode_pulse(unit: int, channel: int, duration_ms: int) -> bytes:
    """Close one relay for a time that the board keeps; the answer is the same frame."""
    if not PULSE_MIN_MS <= duration_ms <= PULSE_MAX_MS or duration_ms % PULSE_QUANTUM_MS:
        raise ValueError(f"a pulse is 200 to 2000 ms in steps of 100 ms, not {duration_ms}")
    return encode_lease(unit, channel, duration_ms)


def encode_lease(unit: int, channel: int, duration_ms: int) -> bytes:
    """Keep one relay closed for so long from now; the answer is the same frame."""
    if not 0 < duration_ms <= LEASE_MAX_MS or duration_ms % PULSE_QUANTUM_MS:
        raise ValueError(f"a board keeps time in steps of 100 ms, not {duration_ms}")
    steps = duration_ms // PULSE_QUANTUM_MS
    return encode_words(unit, WRITE_COIL, FLASH_ON + _coil(channel), steps)


def encode_read_outputs(unit: int) -> bytes:
    """Read all relays back."""
    return encode_words(unit, READ_COILS, 0, OUTPUTS)


def encode_read_inputs(unit: int) -> bytes:
    """Read all inputs."""
    return encode_words(unit, READ_INPUTS, 0, INPUTS)


def encode_read_linkage(unit: int) -> bytes:
    """Read which relays follow an input."""
    return encode_words(unit, READ_REGISTERS, LINKAGE, OUTPUTS)


def encode_unlink(unit: int) -> bytes:
    """Take every relay out of the hands of the inputs, for good; kept when the power goes."""
    content = bytes(2 * OUTPUTS)
    body = LINKAGE.to_bytes(2, "big") + OUTPUTS.to_bytes(2, "big") + bytes((len(content),))
    return encode_frame(unit, WRITE_REGISTERS, body + content)


def encode_unlink_reply(unit: int) -> bytes:
    """What the board answers to it: the range, without the values."""
    return encode_words(unit, WRITE_REGISTERS, LINKAGE, OUTPUTS)


def decode_linked(content: bytes) -> tuple[int, ...]:
    """Channels whose linkage register is not 0."""
    return tuple(
        1 + index // 2 for index in range(0, len(content), 2) if any(content[index : index + 2])
    )


class WaveshareRelay:
    """One board at one unit address; keeps the promise of RelayBoard."""

    caps: Final = BoardCaps(
        outputs=OUTPUTS,
        inputs=INPUTS,
        is_acked=True,
        has_readback=True,
        pulse_quantum_ms=PULSE_QUANTUM_MS,
        pulse_max_ms=LEASE_MAX_MS,
        min_gap_ms=5,
        default_baud=9600,
    )

    def __init__(
        self,
        unit: int = 1,
        timeout_ms: int = 100,
        *,
        gap_ms: float = EXTRA_GAP_MS,
        bus: Bus | None = None,
    ) -> None:
        self._unit = unit
        self._master = ModbusMaster(timeout_ms=timeout_ms, extra_gap_ms=gap_ms, bus=bus)

    def probe(self, line: Line) -> None:
        """Refuse a board that lets inputs switch relays, as it does when it leaves the factory.

        A car on the loop of such a board would raise the arm by itself.
        """
        linked = self.read_linked(line)
        if linked:
            channels = ", ".join(str(channel) for channel in linked)
            which = "" if self._unit == 1 else f" --unit {self._unit}"
            raise NotReady(
                f"inputs switch relay {channels} of this board, so that a car on a loop would"
                f" raise the arm; run: python -m hardware probe {line.name} --unlink{which}"
            )

    def read_linked(self, line: Line) -> tuple[int, ...]:
        """Channels that follow an input instead of us."""
        return decode_linked(
            self._master.query(line, encode_read_linkage(self._unit), 2 * OUTPUTS)
        )

    def unlink_inputs(self, line: Line) -> Ack:
        """Commission a new board: from now on only we switch its relays."""
        return self._master.command(
            line, encode_unlink(self._unit), encode_unlink_reply(self._unit)
        )

    def set_output(self, line: Line, channel: int, is_on: bool) -> Ack:
        return self._echoed(line, encode_set(self._unit, channel, is_on=is_on))

    def pulse(self, line: Line, channel: int, duration_ms: int) -> Ack:
        return self._echoed(line, encode_pulse(self._unit, channel, duration_ms))

    def lease(self, line: Line, channel: int, duration_ms: int) -> Ack:
        return self._echoed(line, encode_lease(self._unit, channel, duration_ms))

    def all_off(self, line: Line) -> Ack:
        return self._echoed(line, encode_all_off(self._unit))

    def read_outputs(self, line: Line) -> tuple[bool, ...]:
        request = encode_read_outputs(self._unit)
        return decode_bits(self._master.query(line, request, bytes_for(OUTPUTS)), OUTPUTS)

    def read_inputs(self, line: Line) -> tuple[bool, ...]:
        request = encode_read_inputs(self._unit)
        return decode_bits(self._master.query(line, request, bytes_for(INPUTS)), INPUTS)

    def _echoed(self, line: Line, request: bytes) -> Ack:
        return self._master.command(line, request, request)


def _coil(channel: int) -> int:
    check_channel(channel, OUTPUTS)
    return channel - 1
