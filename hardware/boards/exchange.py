"""What every conversation with a board has in common: one deadline, and nothing said twice.

`listen` serves every family. PlainTalk is for boards that have their line to themselves and send
no checksum; Modbus has its own master in modbus.py. What the bytes mean is left to the families.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from hardware.boards.base import Ack, AckKind
from hardware.errors import BadReply, DeviceTimeout, ReplyFlaw
from hardware.line import Line, line_time_s

T = TypeVar("T")

LATE_PART: Final = 4
"""After a missed answer so much of the timeout is waited for one that comes late."""


@dataclass(frozen=True, slots=True)
class Heard(Generic[T]):
    """What came: the answer if there was one, all bytes, and when the last of them arrived."""

    answer: T | None
    received: bytes
    at_s: float
    """0.0 when nothing came."""


def listen(line: Line, *, find: Callable[[bytes], T | None], deadline_s: float) -> Heard[T]:
    """Collect bytes until `find` sees the answer in them or the deadline has passed.

    The end of an answer is never judged by silence: USB adapters deliver in batches.
    """
    received = b""
    at_s = 0.0
    is_over = False
    while not is_over:
        # One last look after the deadline: the answer may be there and we were kept waiting.
        is_over = time.monotonic() >= deadline_s
        chunk = line.read_some(deadline_s)
        if not chunk:
            continue  # the deadline, or somebody queued an order, which waits for this answer
        at_s = time.monotonic()
        received += chunk
        if (answer := find(received)) is not None:
            return Heard(answer, received, at_s)
    return Heard(None, received, at_s)


class PlainTalk:
    """Orders and questions to one board alone on its line; keeps the gap that the board needs.

    Nothing is ever repeated. Raises PortLost, DeviceTimeout (nothing came) or BadReply (something
    else came, or too little).
    """

    def __init__(self, *, timeout_ms: int, gap_ms: float) -> None:
        self._timeout_s = timeout_ms / 1000
        self._gap_s = gap_ms / 1000
        self._free_at_s = 0.0
        self._late_until_s = 0.0

    def order(self, line: Line, *frames: bytes) -> Ack:
        """Send frames that no board answers, each after the gap."""
        sent_at_s = [
            self._send(line, frame, deadline_s=self._begin_s() + self._timeout_s)
            for frame in frames
        ]
        return Ack(AckKind.SENT, sent_at_s[0], sent_at_s[-1], b"".join(frames))

    def ask(
        self, line: Line, question: bytes, *, find: Callable[[bytes], T | None], length: int
    ) -> tuple[T, Ack]:
        """Send a question and return what `find` sees in the reply of about so many bytes."""
        # A late answer to an earlier question looks like a fresh one: drain() drops what is
        # there, and after a missed answer we wait for the one that may still be on its way.
        self._free_at_s = max(self._free_at_s, self._late_until_s)
        wire_s = line_time_s(len(question) + length, line.baud)
        deadline_s = self._begin_s() + wire_s + self._timeout_s
        sent_at_s = self._send(line, question, deadline_s=deadline_s)
        heard = listen(line, find=find, deadline_s=deadline_s)
        if heard.answer is not None:
            return heard.answer, Ack(AckKind.CONFIRMED, sent_at_s, heard.at_s, question)
        self._late_until_s = time.monotonic() + self._timeout_s / LATE_PART
        if not heard.received:
            raise DeviceTimeout(f"{line.name}: no answer to {question.hex(' ')}")
        is_short = len(heard.received) < length
        raise BadReply(heard.received, ReplyFlaw.SHORT if is_short else ReplyFlaw.WRONG_SHAPE)

    def _begin_s(self) -> float:
        return max(time.monotonic(), self._free_at_s)

    def _send(self, line: Line, frame: bytes, *, deadline_s: float) -> float:
        while time.monotonic() < self._free_at_s:
            line.read_some(self._free_at_s)
        line.drain()
        try:
            line.write(frame, deadline_s)
        finally:
            sent_at_s = time.monotonic()
            self._free_at_s = sent_at_s + line_time_s(len(frame), line.baud) + self._gap_s
        return sent_at_s


def find_states(received: bytes, count: int) -> tuple[bool, ...] | None:
    """One byte per relay, 1 or 0, and nothing else: raw bytes leave nothing to tell noise by."""
    if len(received) != count or any(state > 1 for state in received):
        return None
    return tuple(state == 1 for state in received)
