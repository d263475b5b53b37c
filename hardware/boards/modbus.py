"""Modbus RTU as a master: frames, checksums and one careful transaction; boards give it meaning.

Own, because the known libraries take an echo for another coil or a stale answer for success, and
repeat writes; on a barrier each of these is a hazard. Source: Modbus over Serial Line V1.02.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from hardware.boards.base import Ack, AckKind
from hardware.boards.exchange import LATE_PART, listen
from hardware.errors import BadReply, DeviceRefused, DeviceTimeout, NotReady, ReplyFlaw
from hardware.line import BITS_PER_BYTE, Line, line_time_s

EXCEPTION_BIT: Final = 0x80
EXCEPTION_BYTES: Final = 5
MIN_FRAME_BYTES: Final = 4
SILENCE_FLOOR_S: Final = 0.00175
"""Above 19200 baud the standard fixes the silence between frames instead of 3.5 characters."""
FLOOR_BAUD: Final = 19200

READ_COILS: Final = 0x01
READ_INPUTS: Final = 0x02
READ_REGISTERS: Final = 0x03
WRITE_COIL: Final = 0x05
WRITE_COILS: Final = 0x0F
WRITE_REGISTERS: Final = 0x10
COIL_ON: Final = 0xFF00
COIL_OFF: Final = 0x0000


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 if value & 1 else 0)
        table.append(value)
    return tuple(table)


_CRC_TABLE: Final = _crc_table()


def crc16(content: bytes) -> bytes:
    """The two checksum bytes of a frame, low byte first."""
    value = 0xFFFF
    for byte in content:
        value = (value >> 8) ^ _CRC_TABLE[(value ^ byte) & 0xFF]
    return value.to_bytes(2, "little")


def has_good_crc(frame: bytes) -> bool:
    """Whether the last two bytes are the checksum of the rest."""
    return len(frame) >= MIN_FRAME_BYTES and crc16(frame[:-2]) == frame[-2:]


def encode_frame(unit: int, function: int, body: bytes) -> bytes:
    """A whole frame, checksum included."""
    if not 1 <= unit <= 247:
        raise ValueError(f"a unit is 1 to 247, not {unit}")
    content = bytes((unit, function)) + body
    return content + crc16(content)


def encode_words(unit: int, function: int, first: int, second: int) -> bytes:
    """A frame of two words: every request that a relay board needs but one."""
    return encode_frame(unit, function, first.to_bytes(2, "big") + second.to_bytes(2, "big"))


def encode_write_coil(unit: int, coil: int, *, is_on: bool) -> bytes:
    """Switch one coil, counted from 0; the answer is the same frame."""
    return encode_words(unit, WRITE_COIL, coil, COIL_ON if is_on else COIL_OFF)


def bytes_for(count: int) -> int:
    """How many bytes so many bits take in a frame."""
    return (count + 7) // 8


def decode_bits(content: bytes, count: int) -> tuple[bool, ...]:
    """Bits of a read, channel 1 in the lowest bit of the first byte."""
    return tuple(bool(content[index // 8] >> index % 8 & 1) for index in range(count))


def find_frame(received: bytes, head: bytes, length: int) -> bytes | None:
    """The first whole frame with this head, length and a good checksum, wherever it starts."""
    start = received.find(head)
    while start >= 0:
        frame = received[start : start + length]
        if len(frame) == length and has_good_crc(frame):
            return frame
        start = received.find(head, start + 1)
    return None


def flaw_of(received: bytes, request: bytes, length: int) -> ReplyFlaw:
    """Why these bytes hold no answer to the request, for the log and the installer."""
    if not has_good_crc(received):
        return ReplyFlaw.SHORT if len(received) < length else ReplyFlaw.CRC
    if received[0] != request[0]:
        return ReplyFlaw.WRONG_UNIT
    if received[1] & ~EXCEPTION_BIT != request[1]:
        return ReplyFlaw.WRONG_FUNCTION
    return ReplyFlaw.WRONG_ECHO if len(received) == length else ReplyFlaw.SHORT


def silence_s(baud: int, extra_gap_ms: float) -> float:
    """Silence to keep since the last received byte; none where bytes take no time."""
    if baud <= 0:
        return 0.0
    characters_s = 3.5 * BITS_PER_BYTE / baud
    if baud > FLOOR_BAUD:
        characters_s = max(characters_s, SILENCE_FLOOR_S)
    return characters_s + extra_gap_ms / 1000


class Bus:
    """When a line was last heard; shared by the masters of all boards on it.

    A board takes two frames for one when no silence parts them, whoever the first was for.
    """

    def __init__(self) -> None:
        self.heard_at_s = 0.0


class ModbusMaster:
    """Transactions with one unit, each with one deadline and none ever repeated.

    Before a request the line is drained and the silence kept. After it, everything that is not
    the answer (noise, an answer that comes late to an earlier request) is passed over until the
    deadline: timeout_ms plus the time that both frames take on the wire.
    Raises PortLost, DeviceTimeout (nothing came), BadReply (something else came) or DeviceRefused.
    """

    def __init__(self, *, timeout_ms: int, extra_gap_ms: float, bus: Bus | None = None) -> None:
        self._timeout_s = timeout_ms / 1000
        self._extra_gap_ms = extra_gap_ms
        self._bus = bus or Bus()
        self._late_until_s = 0.0

    def command(self, line: Line, request: bytes, reply: bytes) -> Ack:
        """Send a write; only exactly this reply confirms it."""
        sent_at_s = self._exchange(
            line,
            request,
            find=lambda received: reply if reply in received else None,
            length=len(reply),
            quiet_from_s=0.0,
        )[1]
        return Ack(AckKind.CONFIRMED, sent_at_s, self._bus.heard_at_s, request)

    def query(self, line: Line, request: bytes, count: int) -> bytes:
        """Send a read and return its so many bytes of content."""
        head = request[:2] + bytes((count,))
        length = len(head) + count + 2

        def find(received: bytes) -> bytes | None:
            return request if request in received else find_frame(received, head, length)

        # A late answer to an earlier read looks exactly like a fresh one, and would tell that a
        # loop is clear which is not. So a read that follows a missed answer listens first.
        reply, _ = self._exchange(
            line, request, find=find, length=length, quiet_from_s=self._late_until_s
        )
        if reply == request:
            raise NotReady(
                "the adapter repeats what it sends, so that a dead board would seem to"
                " answer: switch the echo of the RS-485 adapter off, or say --local-echo"
                " (local_echo = true in a site file)"
            )
        return reply[3:-2]

    def _exchange(
        self,
        line: Line,
        request: bytes,
        *,
        find: Callable[[bytes], bytes | None],
        length: int,
        quiet_from_s: float,
    ) -> tuple[bytes, float]:
        gap_s = silence_s(line.baud, self._extra_gap_ms)
        begin_s = max(time.monotonic(), quiet_from_s)
        wire_s = line_time_s(len(request) + length, line.baud)
        deadline_s = begin_s + gap_s + wire_s + self._timeout_s
        self._keep_silence(line, gap_s, quiet_from_s=quiet_from_s, deadline_s=deadline_s)
        line.write(request, deadline_s)
        sent_at_s = time.monotonic()
        refusal = bytes((request[0], request[1] | EXCEPTION_BIT))

        def find_either(received: bytes) -> bytes | None:
            return find(received) or find_frame(received, refusal, EXCEPTION_BYTES)

        heard = listen(line, find=find_either, deadline_s=deadline_s)
        self._bus.heard_at_s = max(self._bus.heard_at_s, heard.at_s)
        if heard.answer is None:
            self._late_until_s = time.monotonic() + self._timeout_s / LATE_PART
            if heard.received:
                raise BadReply(heard.received, flaw_of(heard.received, request, length))
            raise DeviceTimeout(f"{line.name}: no answer to {request.hex(' ')}")
        if heard.answer[1] & EXCEPTION_BIT:
            raise DeviceRefused(heard.answer[2])
        return heard.answer, sent_at_s

    def _keep_silence(
        self, line: Line, gap_s: float, *, quiet_from_s: float, deadline_s: float
    ) -> None:
        if line.drain():
            self._bus.heard_at_s = time.monotonic()
        while True:
            until_s = max(self._bus.heard_at_s + gap_s, quiet_from_s)
            now_s = time.monotonic()
            if now_s >= until_s:
                return
            if now_s >= deadline_s:
                raise DeviceTimeout(f"{line.name}: the line is never silent")
            if line.read_some(min(until_s, deadline_s)):
                self._bus.heard_at_s = time.monotonic()
