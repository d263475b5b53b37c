"""Reads codes from a serial scanner on its own thread; whether a code is good is left to others.

A scanner that talks nonsense must cost nothing: what is kept is bounded, a code held before the
glass counts once, and no more than ten codes a second get through. A scanner that types like a
keyboard (kiosk.ui.wedge) keeps the same rules, those of unwrapped() and CodeGate.
"""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from hardware.errors import HardwareError, PortBusy, PortDenied
from hardware.line import Backoff, Line
from hardware.port import PortState

IDLE_S: Final = 60.0
"""Longest wait of an idle reader; a byte or stop() ends it at once."""
STX: Final = b"\x02"
ETX: Final = b"\x03"
AIM_IDENTIFIER: Final = re.compile(rb"\A\][A-Za-z][0-9A-Za-z]")
"""Which symbology was read, as ISO/IEC 15424 has it: "]Q1" for a QR code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFraming:
    """How a scanner wraps a code; NULs are never part of one.

    A code ends with the first of `ends`, or, where there are none, once the line has been still
    for idle_ms. With a `start`, what comes before it is noise, and another one begins anew.
    """

    start: bytes = b""
    ends: tuple[bytes, ...] = (b"\r", b"\n")
    """Both of these, because the empty code between CR and LF is no code."""
    idle_ms: int | None = None
    has_aim: bool = False
    """Whether an AIM identifier stands before the code and is removed."""
    prefix: bytes = b""
    suffix: bytes = b""
    """Removed when present, after the AIM identifier."""
    max_bytes: int = 512
    """A longer code is thrown away up to its end."""

    def __post_init__(self) -> None:
        if len(self.start) > 1 or b"" in self.ends or bool(self.ends) == bool(self.idle_ms):
            raise ValueError("a code starts with at most one byte and ends in one known way")


FRAMINGS: Final[Mapping[str, ScanFraming]] = MappingProxyType(
    {
        "cr-or-lf": ScanFraming(),
        "cr": ScanFraming(ends=(b"\r",)),
        "lf": ScanFraming(ends=(b"\n",)),
        "crlf": ScanFraming(ends=(b"\r\n",)),
        "stx-etx": ScanFraming(start=STX, ends=(ETX,)),
        "idle": ScanFraming(ends=(), idle_ms=50),
    }
)
"""How a scanner may end its codes, by the names of a site file and of the tools."""


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """One code, and the instant of time.monotonic() at which its last byte was read."""

    text: str
    received_at_s: float


class CodeFramer:
    """Cuts a stream of bytes into codes. Pure: whether the line was still, its owner knows."""

    def __init__(self, framing: ScanFraming) -> None:
        self._framing = framing
        self._tail_bytes = max((len(end) for end in framing.ends), default=1) - 1
        self._inbox = bytearray()
        self._is_inside = not framing.start
        self._is_discarding = False

    @property
    def is_waiting(self) -> bool:
        """Whether there are bytes whose code has not ended yet."""
        return bool(self._inbox) or self._is_discarding

    def feed(self, data: bytes) -> list[str]:
        """Take bytes as they come; return the codes that they complete."""
        codes: list[str] = []
        for number in data.replace(b"\0", b""):
            if self._framing.start and number == self._framing.start[0]:
                self._begin()
                self._is_inside = True
            elif self._is_inside:
                self._inbox.append(number)
                codes += self._cut_at_end()
        return codes

    def lapse(self) -> list[str]:
        """The line was still for long enough to end a code; return it if there is one."""
        return self._end(0)

    def _cut_at_end(self) -> list[str]:
        for end in self._framing.ends:
            if self._inbox.endswith(end):
                return self._end(len(end))
        if len(self._inbox) > self._framing.max_bytes + self._tail_bytes:
            self._is_discarding = True
            # What may be the first half of a terminator is all that a long code is worth.
            del self._inbox[: len(self._inbox) - self._tail_bytes]
        return []

    def _end(self, end_bytes: int) -> list[str]:
        code = bytes(self._inbox[: len(self._inbox) - end_bytes])
        is_too_long = self._is_discarding or len(code) > self._framing.max_bytes
        self._begin()
        self._is_inside = not self._framing.start
        text = "" if is_too_long else unwrapped(code, self._framing)
        return [text] if text else []

    def _begin(self) -> None:
        self._inbox.clear()
        self._is_discarding = False


def unwrapped(code: bytes, framing: ScanFraming) -> str:
    """A code's text, without what its scanner adds; bytes that are no text show as U+FFFD."""
    if framing.has_aim:
        code = AIM_IDENTIFIER.sub(b"", code)
    code = code.removeprefix(framing.prefix).removesuffix(framing.suffix)
    return code.decode("utf-8", errors="replace")


class CodeGate:
    """Lets a code through once per dedupe_s, and at most rate_max codes a second. Pure."""

    def __init__(self, *, dedupe_s: float = 2.0, rate_max: int = 10) -> None:
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
        gate: CodeGate | None = None,
    ) -> None:
        self.name = name
        self._line = line
        self._on_code = on_code
        self._on_state = on_state
        self._framing = framing or ScanFraming()
        self._gate = gate or CodeGate()
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
        framing = self._framing
        framer = CodeFramer(framing)  # half a code from before a loss is worth nothing
        last_byte_s = time.monotonic()
        while not self._stopping.is_set():
            deadline_s = time.monotonic() + IDLE_S
            if framing.idle_ms and framer.is_waiting:
                deadline_s = last_byte_s + framing.idle_ms / 1000
            data = self._line.read_some(deadline_s)
            now_s = time.monotonic()
            if data:
                last_byte_s = now_s
                self._pass_on(framer.feed(data), last_byte_s)
            elif framing.idle_ms and now_s >= deadline_s:
                self._pass_on(framer.lapse(), last_byte_s)

    def _pass_on(self, codes: list[str], received_at_s: float) -> None:
        for text in codes:
            if self._gate.lets_through(text, received_at_s):
                self._on_code(ScannedCode(text, received_at_s))

    def _enter(self, state: PortState) -> None:
        if state is not self._state:
            self._state = state
            if self._on_state is not None:
                self._on_state(state)
