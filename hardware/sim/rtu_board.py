"""What Modbus RTU boards of software share: framing, checksum, reads and the single coil.

Which further functions a board has is left to its own file. Source: Modbus over Serial Line V1.02
and Modbus Application Protocol V1.1b3.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hardware.sim.relay_board import BoardFault, OutputListener, SimBoard

READ_COILS: Final = 0x01
READ_INPUTS: Final = 0x02
WRITE_COIL: Final = 0x05
WRITE_COILS: Final = 0x0F
WRITE_REGISTERS: Final = 0x10
WRITES: Final = (WRITE_COIL, WRITE_COILS, WRITE_REGISTERS)

COIL_ON: Final = 0xFF00
COIL_OFF: Final = 0x0000
MAX_BITS: Final = 2000
FRAME_BYTES: Final = 8
"""Every request but those that carry content."""

ILLEGAL_FUNCTION: Final = 1
ILLEGAL_ADDRESS: Final = 2
ILLEGAL_VALUE: Final = 3

RTU_FAULTS: Final = tuple(
    fault for fault in BoardFault if fault not in (BoardFault.NONE, BoardFault.DEAF)
)


class Refused(Exception):
    """The request cannot be carried out; `number` is that of the Modbus exception."""

    def __init__(self, number: int) -> None:
        super().__init__(f"exception {number}")
        self.number = number


class RtuBoard(SimBoard):
    """A board with coils 0 and up, inputs 0 and up, at one unit address."""

    def __init__(
        self, *, outputs: int, inputs: int, unit: int, on_output: OutputListener | None
    ) -> None:
        super().__init__(outputs=outputs, inputs=inputs, faults=RTU_FAULTS, on_output=on_output)
        self._unit = unit

    def _obey(self, now_s: float) -> list[bytes]:
        replies = []
        while (request := self._next_request()) is not None:
            replies.append(self._said(self._spoilt(self._answer(request, now_s))))
        return replies

    def _next_request(self) -> bytes | None:
        """The first whole request to this unit, wherever it starts; noise before it goes."""
        unfinished = b""
        for start in range(len(self._inbox)):
            if self._inbox[start] != self._unit:
                continue
            rest = self._inbox[start:]
            length = _request_bytes(rest)
            if length > len(rest):
                unfinished = unfinished or rest
            elif checksum(rest[: length - 2]) == rest[length - 2 : length]:
                self._inbox = rest[length:]
                return rest[:length]
        self._inbox = unfinished
        return None

    def _answer(self, request: bytes, now_s: float) -> bytes:
        function = request[1]
        try:
            if self.fault is BoardFault.EXCEPTION:
                raise Refused(self.exception_number)
            body = self._carried_out(request, now_s)
        except Refused as refused:
            function, body = function | 0x80, bytes((refused.number,))
        content = bytes((self._unit, function)) + body
        return content + checksum(content)

    def _carried_out(self, request: bytes, now_s: float) -> bytes:
        """Do it and give the body of the answer, or raise Refused and do nothing."""
        first, second = word(request, 2), word(request, 4)
        match request[1]:
            case 0x01:
                return packed(self._contacts, first, second)
            case 0x02:
                return packed(self._inputs, first, second)
            case 0x05:
                self._write_coil(first, second, now_s)
                return request[2:6]
        raise Refused(ILLEGAL_FUNCTION)

    def _write_coil(self, address: int, value: int, now_s: float) -> None:
        if address >= len(self._contacts):
            raise Refused(ILLEGAL_ADDRESS)
        if value not in (COIL_ON, COIL_OFF):
            raise Refused(ILLEGAL_VALUE)
        self._switch(address, is_on=value == COIL_ON)

    def _spoilt(self, reply: bytes) -> bytes:
        """The answer as the present fault leaves it."""
        content = bytearray(reply[:-2])
        match self.fault:
            case BoardFault.BAD_CRC:
                return bytes(content) + bytes((reply[-2] ^ 0xFF, reply[-1]))
            case BoardFault.WRONG_COIL if content[1] in WRITES:
                content[3] ^= 0x01
            case BoardFault.WRONG_VALUE if content[1] in WRITES:
                content[4] ^= 0xFF
            case BoardFault.WRONG_VALUE if content[1] < 0x80:
                content += bytes(1)  # a bit that is wrong shows in nothing: a byte too many does
                content[2] += 1
            case BoardFault.WRONG_UNIT:
                content[0] ^= 0x02
            case BoardFault.WRONG_FUNCTION:
                content[1] ^= 0x07
        return bytes(content) + checksum(bytes(content))


def packed(bits: Sequence[bool], first: int, count: int) -> bytes:
    """The body of a read of bits, the first of them in the lowest bit; Refused beyond the end."""
    if not 1 <= count <= MAX_BITS:
        raise Refused(ILLEGAL_VALUE)
    wanted = bits[first : first + count]
    if len(wanted) != count:
        raise Refused(ILLEGAL_ADDRESS)
    value = sum(1 << index for index, is_on in enumerate(wanted) if is_on)
    content = value.to_bytes((count + 7) // 8, "little")
    return bytes((len(content),)) + content


def word(frame: bytes, start: int) -> int:
    """Two bytes as Modbus counts."""
    return int.from_bytes(frame[start : start + 2], "big")


def checksum(content: bytes) -> bytes:
    """The two bytes at the end of a frame."""
    value = 0xFFFF
    for byte in content:
        value ^= byte
        for _ in range(8):
            is_odd = value & 1
            value >>= 1
            if is_odd:
                value ^= 0xA001
    return bytes((value & 0xFF, value >> 8))


def _request_bytes(begun: bytes) -> int:
    """Length of the request that begins so; more than there is while it cannot be known."""
    if len(begun) < FRAME_BYTES or begun[1] not in (WRITE_COILS, WRITE_REGISTERS):
        return FRAME_BYTES
    return FRAME_BYTES + 1 + begun[6]
