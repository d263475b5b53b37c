"""A line whose every chunk is noted in a black box; who keeps the box is left to port.py."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import Literal

from hardware.line import Line

Direction = Literal["sent", "received"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Bytes that crossed a port, with the instant of time.monotonic()."""

    at_s: float
    direction: Direction
    content: bytes


class RecordedLine:
    """The line of a port, as it is, with what crosses it noted in `frames`."""

    def __init__(self, line: Line, frames: deque[Frame]) -> None:
        self._line = line
        self._frames = frames

    @property
    def name(self) -> str:
        return self._line.name

    @property
    def baud(self) -> int:
        return self._line.baud

    def open(self) -> None:
        self._line.open()

    def close(self) -> None:
        self._line.close()

    def write(self, data: bytes, deadline_s: float) -> None:
        self._note("sent", data)
        self._line.write(data, deadline_s)

    def read_exact(self, count: int, deadline_s: float) -> bytes:
        return self._received(self._line.read_exact(count, deadline_s))

    def read_some(self, deadline_s: float) -> bytes:
        return self._received(self._line.read_some(deadline_s))

    def drain(self) -> bytes:
        return self._received(self._line.drain())

    def cancel(self) -> None:
        self._line.cancel()

    def _received(self, content: bytes) -> bytes:
        if content:
            self._note("received", content)
        return content

    def _note(self, direction: Direction, content: bytes) -> None:
        self._frames.append(Frame(time.monotonic(), direction, content))
