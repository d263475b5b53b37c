"""Reads codes from a serial scanner on its own thread; whether a code is good is left to others.

A scanner that talks nonsense must cost nothing: what is kept is bounded, a code held before the
glass counts once, and no more than ten codes a second get through.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hardware.errors import HardwareError, PortBusy, PortDenied
from hardware.line import Backoff, Line
from hardware.port import PortState

IDLE_S: Final = 60.0
"""Longest wait of an idle reader; a byte or stop() ends it at once."""


@dataclass(frozen=True, slots=True)
class ScanFraming:
    """How a scanner wraps a code. CR, LF and CRLF all end one; NULs are never part of one."""

    prefix: bytes = b""
    suffix: bytes = b""
    """Removed when present, for scanners that add "]Q1" or the like."""
    max_bytes: int = 512
    """A longer code is thrown away up to its terminator."""


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """One code, and the instant of time.monotonic() at which its terminator was read."""

    text: str
    received_at_s: float


class CodeFramer:
    """Cuts a stream of bytes into codes. Pure."""

    def __init__(self, framing: ScanFraming) -> None:
        self._framing = framing
        self._inbox = bytearray()
        self._is_discarding = False

    def feed(self, data: bytes) -> list[str]:
        """Take bytes as they come; return the codes that they complete."""
        codes = []
        *whole, rest = data.replace(b"\0", b"").replace(b"\r", b"\n").split(b"\n")
        for piece in whole:
            self._keep(piece)
            if self._inbox and not self._is_discarding:
                codes.append(self._unwrapped())
            self._inbox.clear()
            self._is_discarding = False
        self._keep(rest)
        return [code for code in codes if code]

    def _keep(self, piece: bytes) -> None:
        if self._is_discarding or len(self._inbox) + len(piece) > self._framing.max_bytes:
            self._is_discarding = True
            self._inbox.clear()
        else:
            self._inbox += piece

    def _unwrapped(self) -> str:
        code = bytes(self._inbox)
        code = code.removeprefix(self._framing.prefix).removesuffix(self._framing.suffix)
        return code.decode("utf-8", errors="replace")


class CodeGate:
    """Lets a code through once per dedupe_s, and at most rate_max codes a second. Pure."""

    def __init__(self, *, dedupe_s: float, rate_max: int) -> None:
        self._dedupe_s = dedupe_s
        self._passed: deque[tuple[float, str]] = deque()
        self._rate_max = rate_max

    def lets_through(self, code: str, now_s: float) -> bool:
        """Whether this code counts now; one that does is remembered."""
        keep_s = max(self._dedupe_s, 1.0)
        while self._passed and now_s - self._passed[0][0] >= keep_s:
            self._passed.popleft()
        is_repeat = any(
            code == passed and now_s - at_s < self._dedupe_s for at_s, passed in self._passed
        )
        in_last_second = sum(now_s - at_s < 1.0 for at_s, _ in self._passed)
        if is_repeat or in_last_second >= self._rate_max:
            return False
        self._passed.append((now_s, code))
        return True


class CodeReader:
    """Owns one scanner's line, on the thread "scan:<name>"; opens it again whenever it is lost.

    on_code and on_state run on that thread and must only enqueue.
    """

    def __init__(
        self,
        *,
        name: str,
        line: Line,
        on_code: Callable[[ScannedCode], None],
        on_state: Callable[[PortState], None] | None = None,
        framing: ScanFraming | None = None,
        dedupe_s: float = 2.0,
        rate_max: int = 10,
    ) -> None:
        self.name = name
        self._line = line
        self._on_code = on_code
        self._on_state = on_state
        self._framing = framing or ScanFraming()
        self._gate = CodeGate(dedupe_s=dedupe_s, rate_max=rate_max)
        self._state = PortState.CLOSED
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"scan:{name}", daemon=True)

    @property
    def state(self) -> PortState:
        """READY while the line is open; LOST or DENIED while it is being tried again."""
        return self._state

    def start(self) -> None:
        """Begin to open the line; once in the life of a reader."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Close the line and wait for the thread; no code is passed on afterwards."""
        self._stopping.set()
        self._line.cancel()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        backoff = Backoff()
        self._enter(PortState.OPENING)
        try:
            while not self._stopping.is_set():
                try:
                    self._line.open()
                    self._enter(PortState.READY)
                    backoff.reset()
                    self._read_codes()
                except HardwareError as fault:
                    self._line.close()
                    is_denied = isinstance(fault, PortBusy | PortDenied)
                    self._enter(PortState.DENIED if is_denied else PortState.LOST)
                    self._stopping.wait(backoff.take_s())
        finally:
            self._line.close()
            self._enter(PortState.CLOSED)

    def _read_codes(self) -> None:
        framer = CodeFramer(self._framing)  # half a code from before a loss is worth nothing
        while not self._stopping.is_set():
            data = self._line.read_some(time.monotonic() + IDLE_S)
            received_at_s = time.monotonic()
            for text in framer.feed(data):
                if self._gate.lets_through(text, received_at_s):
                    self._on_code(ScannedCode(text, received_at_s))

    def _enter(self, state: PortState) -> None:
        if state is not self._state:
            self._state = state
            if self._on_state is not None:
                self._on_state(state)
