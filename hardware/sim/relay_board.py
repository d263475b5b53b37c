"""A Waveshare Modbus RTU Relay (D) of software: bytes in, bytes out; the wire is left to PtyPort.

Shares no code with the driver, checksum included, so that the two cannot be wrong together.
Source: www.waveshare.com/wiki/Modbus_RTU_Relay_(D).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final

FRAME_BYTES: Final = 8
STALE_S: Final = 0.2
"""A request that broke off is forgotten after so much silence."""
ILLEGAL_FUNCTION: Final = 1
ILLEGAL_ADDRESS: Final = 2
ILLEGAL_VALUE: Final = 3


class BoardFault(Enum):
    """How a board misbehaves, as `WaveshareBoard.fault`."""

    NONE = "none"
    MUTE = "mute"
    """Acts, but no answer arrives."""
    DEAF = "deaf"
    """Neither acts nor answers."""
    WRONG_COIL = "wrong_coil"
    WRONG_VALUE = "wrong_value"
    WRONG_UNIT = "wrong_unit"
    WRONG_FUNCTION = "wrong_function"
    BAD_CRC = "bad_crc"
    REFUSE = "refuse"
    """Answers every request with exception 4."""


class WaveshareBoard:
    """The device. `on_output(channel, is_on)` is called on each change of a relay.

    It is called where received() and advance() are: with a PtyPort on that port's thread.
    Inputs may be set from any thread. is_linked=True is how the board leaves the factory.
    """

    def __init__(
        self,
        *,
        outputs: int = 8,
        inputs: int = 8,
        unit: int = 1,
        is_linked: bool = False,
        on_output: Callable[[int, bool], None] | None = None,
    ) -> None:
        self.fault = BoardFault.NONE
        self._unit = unit
        self._outputs = [False] * outputs
        self._inputs = [False] * inputs
        self._linkage = [int(is_linked)] * outputs
        self._on_output = on_output
        self._drop_at_s: dict[int, float] = {}
        self._inbox = b""
        self._inbox_at_s = 0.0

    @property
    def outputs(self) -> tuple[bool, ...]:
        """The relays, channel 1 first."""
        return tuple(self._outputs)

    def set_input(self, channel: int, is_on: bool) -> None:
        """Give or take current at an input, channels from 1."""
        self._inputs[channel - 1] = is_on
        if self._linkage[channel - 1]:
            self._switch(channel - 1, is_on)

    def power_off(self) -> None:
        """The supply is gone: every relay drops, every timer is forgotten."""
        self._drop_at_s.clear()
        for index in range(len(self._outputs)):
            self._switch(index, False)

    def received(self, data: bytes, now_s: float) -> list[bytes]:
        """Take bytes from the master; return the answers."""
        self.advance(now_s)
        if now_s - self._inbox_at_s > STALE_S:
            self._inbox = b""
        self._inbox += data
        self._inbox_at_s = now_s
        replies = []
        while (request := self._next_request()) is not None:
            if request[0] == self._unit and self.fault is not BoardFault.DEAF:
                replies.append(self._spoilt(self._answer(request, now_s)))
        return replies if self.fault is not BoardFault.MUTE else []

    def advance(self, now_s: float) -> None:
        """Let the relays drop whose pulse is over."""
        for index in [i for i, at_s in self._drop_at_s.items() if at_s <= now_s]:
            del self._drop_at_s[index]
            self._switch(index, False)

    def next_change_s(self) -> float | None:
        """When the next pulse ends."""
        return min(self._drop_at_s.values(), default=None)

    def _next_request(self) -> bytes | None:
        while len(self._inbox) >= FRAME_BYTES:
            length = FRAME_BYTES
            if self._inbox[1] == 0x10:
                length = 9 + self._inbox[6]
            frame = self._inbox[:length]
            if len(frame) < length:
                return None
            if _checksum(frame[:-2]) == frame[-2:]:
                self._inbox = self._inbox[length:]
                return frame
            self._inbox = self._inbox[1:]
        return None

    def _answer(self, request: bytes, now_s: float) -> bytes:
        function = request[1]
        address, value = int.from_bytes(request[2:4], "big"), int.from_bytes(request[4:6], "big")
        if self.fault is BoardFault.REFUSE:
            return self._refusal(function, 4)
        match function:
            case 0x01:
                return self._bits(function, self._outputs, address, value)
            case 0x02:
                return self._bits(function, self._inputs, address, value)
            case 0x03:
                return self._registers(address, value)
            case 0x05:
                refused = self._write_coil(address, value, now_s)
                return request if refused is None else self._refusal(function, refused)
            case 0x10:
                return self._write_registers(address, value, request)
        return self._refusal(function, ILLEGAL_FUNCTION)

    def _bits(self, function: int, bits: list[bool], address: int, count: int) -> bytes:
        wanted = bits[address : address + count]
        if count < 1 or len(wanted) != count:
            return self._refusal(function, ILLEGAL_ADDRESS)
        packed = sum(1 << index for index, is_on in enumerate(wanted) if is_on)
        content = packed.to_bytes((count + 7) // 8, "little")
        return self._framed(function, bytes((len(content),)) + content)

    def _registers(self, address: int, count: int) -> bytes:
        wanted = self._linkage[address - 0x1000 :][:count] if address >= 0x1000 else []
        if count < 1 or len(wanted) != count:
            return self._refusal(0x03, ILLEGAL_ADDRESS)
        content = b"".join(word.to_bytes(2, "big") for word in wanted)
        return self._framed(0x03, bytes((len(content),)) + content)

    def _write_registers(self, address: int, count: int, request: bytes) -> bytes:
        first = address - 0x1000
        if first < 0 or first + count > len(self._linkage) or request[6] != 2 * count:
            return self._refusal(0x10, ILLEGAL_ADDRESS)
        for index in range(count):
            word = request[7 + 2 * index : 9 + 2 * index]
            self._linkage[first + index] = int.from_bytes(word, "big")
        return self._framed(0x10, request[2:6])

    def _write_coil(self, address: int, value: int, now_s: float) -> int | None:
        """Carry it out; the exception number when it cannot be."""
        kind, index = address & 0xFF00, address & 0x00FF
        is_all = address == 0x00FF
        if kind not in (0x0000, 0x0200) or not (is_all or index < len(self._outputs)):
            return ILLEGAL_ADDRESS
        if kind == 0x0200:  # flash on: value counts tenths of a second
            if not 1 <= value <= 0x7FFF:
                return ILLEGAL_VALUE
            self._switch(index, True)
            self._drop_at_s[index] = now_s + value / 10
            return None
        if value not in (0xFF00, 0x0000):
            return ILLEGAL_VALUE
        for each in range(len(self._outputs)) if is_all else [index]:
            self._drop_at_s.pop(each, None)
            self._switch(each, value == 0xFF00)
        return None

    def _switch(self, index: int, is_on: bool) -> None:
        if self._outputs[index] is is_on:
            return
        self._outputs[index] = is_on
        if self._on_output is not None:
            self._on_output(index + 1, is_on)

    def _framed(self, function: int, body: bytes) -> bytes:
        content = bytes((self._unit, function)) + body
        return content + _checksum(content)

    def _refusal(self, function: int, number: int) -> bytes:
        return self._framed(function | 0x80, bytes((number,)))

    def _spoilt(self, reply: bytes) -> bytes:
        """The answer as the present fault leaves it."""
        content = bytearray(reply[:-2])
        match self.fault:
            case BoardFault.BAD_CRC:
                return bytes(content) + bytes((reply[-2] ^ 0xFF, reply[-1]))
            case BoardFault.WRONG_COIL:
                content[3] ^= 0x01
            case BoardFault.WRONG_VALUE:
                content[4] ^= 0xFF
            case BoardFault.WRONG_UNIT:
                content[0] ^= 0x02
            case BoardFault.WRONG_FUNCTION:
                content[1] ^= 0x07
        return bytes(content) + _checksum(bytes(content))


def _checksum(content: bytes) -> bytes:
    value = 0xFFFF
    for byte in content:
        value ^= byte
        for _ in range(8):
            is_odd = value & 1
            value >>= 1
            if is_odd:
                value ^= 0xA001
    return bytes((value & 0xFF, value >> 8))
