"""Prints receipts on an ESC/POS printer, on its own thread; what they say is left to the caller.

Money never depends on paper: a job ends with one PrintResult, is never repeated, and a printer
that does not answer is UNVERIFIED, never "plenty of paper".
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import Final

from hardware.errors import DeviceTimeout, PortError
from hardware.escpos import PAPER_QUERY, STATUS_QUERY, Slip, encode_slip
from hardware.line import Line, line_time_s

QUEUE_MAX: Final = 8
STATUS_S: Final = 0.5
"""Least time that one status byte is waited for."""
PAPER_SPEED_S: Final = 10.0
"""Beyond the line's own time: how long a printer may stop taking bytes while it prints."""
FIXED_BITS: Final = 0b1001_0011
FIXED_PATTERN: Final = 0b0001_0010
"""Every status byte has these bits so; anything else is noise."""
OFFLINE_BIT: Final = 0x08
PAPER_OUT_BITS: Final = 0x60


class PrintResult(Enum):
    """How one job ended."""

    OK = "ok"
    """Printed, and the printer said afterwards that it is online and has paper."""
    UNVERIFIED = "unverified"
    """All bytes went out, but the printer does not tell how it is."""
    PAPER_OUT = "paper_out"
    OFFLINE = "offline"
    """Cover open, error, switched off line, or more waiting than it will ever print."""
    LOST = "lost"
    """The port is not there, or went away half way."""


class ReceiptPrinter:
    """Owns one printer's line, on the thread "print:<name>"."""

    def __init__(self, *, name: str, line: Line) -> None:
        self.name = name
        self._line = line
        self._is_open = False
        self._is_stopping = False
        self._condition = threading.Condition()
        self._jobs: deque[tuple[bytes, Callable[[PrintResult], None]]] = deque()
        self._thread = threading.Thread(target=self._run, name=f"print:{name}", daemon=True)

    def start(self) -> None:
        """Begin to take jobs; once in the life of a printer. The port is opened by the first."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Finish the job under way, answer the others with OFFLINE, close the port."""
        with self._condition:
            self._is_stopping = True
            self._condition.notify_all()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def print_slip(self, slip: Slip, on_result: Callable[[PrintResult], None]) -> None:
        """Queue one slip; on_result is called once, on the printer's thread, and only enqueues.

        When eight already wait it is answered with OFFLINE at once, on the caller's thread. A
        slip that cannot be printed by any printer is our mistake: ValueError.
        """
        content = encode_slip(slip)
        with self._condition:
            is_taken = not self._is_stopping and len(self._jobs) < QUEUE_MAX
            if is_taken:
                self._jobs.append((content, on_result))
                self._condition.notify_all()
        if not is_taken:
            on_result(PrintResult.OFFLINE)

    def _run(self) -> None:
        try:
            while (job := self._next_job()) is not None:
                content, on_result = job
                on_result(self._print(content))
        finally:
            self._close()
            for _, on_result in self._take_all():
                on_result(PrintResult.OFFLINE)

    def _next_job(self) -> tuple[bytes, Callable[[PrintResult], None]] | None:
        with self._condition:
            self._condition.wait_for(lambda: self._jobs or self._is_stopping)
            return None if self._is_stopping else self._jobs.popleft()

    def _take_all(self) -> list[tuple[bytes, Callable[[PrintResult], None]]]:
        with self._condition:
            left = list(self._jobs)
            self._jobs.clear()
        return left

    def _print(self, content: bytes) -> PrintResult:
        try:
            self._make_open()
            before = self._check()
            if before in (PrintResult.PAPER_OUT, PrintResult.OFFLINE):
                return before
            wire_s = line_time_s(len(content), self._line.baud)
            self._line.write(content, time.monotonic() + wire_s + PAPER_SPEED_S)
            after = self._check(wire_s)
        except PortError:
            self._close()
            return PrintResult.LOST
        except DeviceTimeout:  # it stopped taking bytes: no paper, open cover, switched off
            self._close()  # what the port still holds must not come out before the next slip
            return PrintResult.OFFLINE
        return PrintResult.UNVERIFIED if before is PrintResult.UNVERIFIED else after

    def _make_open(self) -> None:
        """Open the port; one that was lost since the last job is opened anew."""
        if self._is_open:
            try:
                self._line.drain()
            except PortError:
                self._close()
            else:
                return
        self._line.open()
        self._is_open = True

    def _check(self, wire_s: float = 0.0) -> PrintResult:
        """Ask how it is; OK, UNVERIFIED when no sense comes back, PAPER_OUT or OFFLINE."""
        online = self._ask(STATUS_QUERY, wire_s)
        paper = self._ask(PAPER_QUERY, 0.0) if online is not None else None
        if paper is not None and paper & PAPER_OUT_BITS:
            return PrintResult.PAPER_OUT
        if online is not None and online & OFFLINE_BIT:
            return PrintResult.OFFLINE
        return PrintResult.UNVERIFIED if paper is None else PrintResult.OK

    def _ask(self, query: bytes, wire_s: float) -> int | None:
        """One status byte, or None. Exactly one is read: more would wait out the whole limit."""
        self._line.drain()
        deadline_s = time.monotonic() + wire_s + STATUS_S
        try:
            self._line.write(query, deadline_s)
            status = self._line.read_exact(1, deadline_s)[0]
        except DeviceTimeout:
            return None
        return status if status & FIXED_BITS == FIXED_PATTERN else None

    def _close(self) -> None:
        self._line.close()
        self._is_open = False
