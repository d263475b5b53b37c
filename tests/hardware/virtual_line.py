"""A line in virtual time for tests of the codec: it answers by a script, waiting is free."""

from __future__ import annotations

from collections import deque
from types import SimpleNamespace

import pytest

from hardware.boards import exchange, modbus
from hardware.errors import DeviceTimeout

Script = list[tuple[float, bytes]]
"""What arrives after a request: so many seconds later, these bytes."""


class VirtualTimeLine:
    """Keeps the promise of Line; `now_s` moves only when somebody waits."""

    name = "virtual"

    def __init__(self, *scripts: Script, baud: int = 0) -> None:
        self.baud = baud
        self.now_s = 1000.0
        self.sent: list[bytes] = []
        self.sent_at_s: list[float] = []
        self.arriving: list[tuple[float, bytes]] = []
        self.cancels = 0
        self.stall_s = 0.0
        """How long the host is kept from looking after each request."""
        self._scripts = deque(scripts)

    def open(self) -> None:
        self.arriving.clear()

    def close(self) -> None:
        self.arriving.clear()

    def write(self, data: bytes, deadline_s: float) -> None:
        self.sent.append(data)
        self.sent_at_s.append(self.now_s)
        script = self._scripts.popleft() if self._scripts else []
        self.arriving += [(self.now_s + after_s, content) for after_s, content in script]
        self.now_s += self.stall_s

    def read_exact(self, count: int, deadline_s: float) -> bytes:
        taken = b""
        while len(taken) < count:
            chunk = self.read_some(deadline_s)
            if not chunk:
                raise DeviceTimeout("virtual")
            taken += chunk
        return taken

    def read_some(self, deadline_s: float) -> bytes:
        if self.cancels:
            self.cancels -= 1
            return b""
        limit_s = max(deadline_s, self.now_s)  # what is there already is had at any deadline
        due = [item for item in self.arriving if item[0] <= limit_s]
        if not due:
            self.now_s = max(self.now_s, deadline_s)
            return b""
        first = min(due)
        self.arriving.remove(first)
        self.now_s = max(self.now_s, first[0])
        return first[1]

    def drain(self) -> bytes:
        there = [item for item in self.arriving if item[0] <= self.now_s]
        self.arriving = [item for item in self.arriving if item not in there]
        return b"".join(content for _, content in there)

    def cancel(self) -> None:
        self.cancels += 1


def virtual_line(
    monkeypatch: pytest.MonkeyPatch, *scripts: Script, baud: int = 0
) -> VirtualTimeLine:
    """A line whose clock is also the codec's."""
    line = VirtualTimeLine(*scripts, baud=baud)
    share_clock(monkeypatch, line)
    return line


def share_clock(monkeypatch: pytest.MonkeyPatch, line: VirtualTimeLine) -> None:
    """Let the codec's clock be this line's."""
    clock = SimpleNamespace(monotonic=lambda: line.now_s)
    monkeypatch.setattr(modbus, "time", clock)
    monkeypatch.setattr(exchange, "time", clock)
