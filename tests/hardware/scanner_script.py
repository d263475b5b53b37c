"""A scanner's line in virtual time: it speaks by a script, and waiting is free."""

from __future__ import annotations

import threading
from collections import deque
from types import SimpleNamespace

import pytest

from hardware import scanner
from hardware.scanner import CodeGate, CodeReader, ScanFraming, ScannedCode
from tests.hardware.waiting import LIMIT_S

Script = list[tuple[float, bytes]]
"""What the scanner says: at this many seconds, these bytes."""


class ScriptedLine:
    """Keeps the promise of Line for one reader; `now_s` moves only when the reader waits."""

    name = "scripted"
    baud = 0

    def __init__(self, script: Script) -> None:
        self.now_s = 0.0
        self.is_over = threading.Event()
        """The script has been read, and the reader waits for no gap any more."""
        self._script = deque(script)
        self._cancelled = threading.Event()

    def open(self) -> None:
        return None

    def close(self) -> None:
        return None

    def write(self, data: bytes, deadline_s: float) -> None:
        raise AssertionError("a scanner is only listened to")

    def read_exact(self, count: int, deadline_s: float) -> bytes:
        raise AssertionError("nobody knows how long a code is")

    def drain(self) -> bytes:
        return b""

    def read_some(self, deadline_s: float) -> bytes:
        if self._script and self._script[0][0] <= deadline_s:
            self.now_s, data = self._script.popleft()
            return data
        if not self._script and deadline_s >= self.now_s + scanner.IDLE_S:
            self.is_over.set()
            self._cancelled.wait(LIMIT_S)
            return b""
        self.now_s = deadline_s
        return b""

    def cancel(self) -> None:
        self._cancelled.set()


def read_script(
    monkeypatch: pytest.MonkeyPatch,
    script: Script,
    framing: ScanFraming | None = None,
    gate: CodeGate | None = None,
) -> list[ScannedCode]:
    """What a reader on its own thread makes of the script, to the end of it."""
    line = ScriptedLine(script)
    monkeypatch.setattr(scanner, "time", SimpleNamespace(monotonic=lambda: line.now_s))
    codes: list[ScannedCode] = []
    reader = CodeReader(
        name="scripted", line=line, on_code=codes.append, framing=framing, gate=gate
    )
    reader.start()
    assert line.is_over.wait(LIMIT_S)
    reader.stop()
    return codes
