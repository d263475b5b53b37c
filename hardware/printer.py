"""Prints receipts on an ESC/POS printer, on its own thread; what they say is left to the caller.

Money never depends on paper: a job ends with one PrintResult, is never repeated, and a printer
that does not answer is never taken for one with plenty of paper.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import Final

from hardware.errors import DeviceTimeout, PortError
from hardware.escpos import (
    PAPER_QUERY,
    STATUS_QUERY,
    Slip,
    check_slip,
    encode_rest,
    encode_slip,
)
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
NEAR_END_BITS: Final = 0x0C


class PrintResult(Enum):
    """How one job ended."""

    OK = "ok"
    """Printed, and the printer said afterwards that it is online and has paper."""
    PAPER_LOW = "paper_low"
    """Printed as with OK, but the roll is near its end."""
    UNVERIFIED = "unverified"
    """All bytes went out to a printer that has never told how it is, or tells nonsense."""
    PAPER_OUT = "paper_out"
    OFFLINE = "offline"
    """Cover open, jammed, switched off, no answer any more, or more waiting than it will print."""
    LOST = "lost"
    """The port is not there, or went away half way."""

    @property
    def is_printed(self) -> bool:
        """Whether somebody holds the paper in the hand, as the printer itself has said."""
        return self in (PrintResult.OK, PrintResult.PAPER_LOW)


class ReceiptPrinter:
    """Owns one printer's line, on the thread "print:<name>"."""

    def __init__(self, *, name: str, line: Line) -> None:
        self.name = name
        self._line = line
        self._is_open = False
        self._has_told = False
        """It has said on this port how it is: when it does so no more, it is not well."""
        self._broken_off_bytes = 0
        """So many bytes it may still wait for, of a slip that stopped half way."""
        self._is_stopping = False
        self._condition = threading.Condition()
        self._jobs: deque[tuple[Slip, Callable[[PrintResult], None]]] = deque()
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
        check_slip(slip)
        with self._condition:
            is_taken = not self._is_stopping and len(self._jobs) < QUEUE_MAX
            if is_taken:
                self._jobs.append((slip, on_result))
                self._condition.notify_all()
        if not is_taken:
            on_result(PrintResult.OFFLINE)

    def _run(self) -> None:
        try:
            while (job := self._next_job()) is not None:
                slip, on_result = job
                on_result(self._print(slip))
        finally:
            self._close()
            for _, on_result in self._take_all():
                on_result(PrintResult.OFFLINE)

    def _next_job(self) -> tuple[Slip, Callable[[PrintResult], None]] | None:
        with self._condition:
            self._condition.wait_for(lambda: self._jobs or self._is_stopping)
            return None if self._is_stopping else self._jobs.popleft()

    def _take_all(self) -> list[tuple[Slip, Callable[[PrintResult], None]]]:
        with self._condition:
            left = list(self._jobs)
            self._jobs.clear()
        return left

    def _print(self, slip: Slip) -> PrintResult:
        try:
            self._make_open()
            before = self._send(encode_rest(self._broken_off_bytes))
            if before in (PrintResult.PAPER_OUT, PrintResult.OFFLINE):
                return before
            content = encode_slip(slip)
            self._broken_off_bytes = len(content)
            return self._send(content)
        except PortError:
            self._close()
            self._has_told = False  # what is plugged in next may be another printer
            return PrintResult.LOST
        except DeviceTimeout:  # it takes no bytes: no paper, open cover, jammed, switched off
            self._close()  # what the port still holds must not come out before the next slip
            return PrintResult.OFFLINE
        except OSError:  # the encoder could not be loaded: as good as no printer
            return PrintResult.OFFLINE

    def _send(self, content: bytes) -> PrintResult:
        """Hand over these bytes, or none; how the printer is once it has had time for them."""
        wire_s = line_time_s(len(content), self._line.baud)
        if content:
            self._line.write(content, time.monotonic() + wire_s + PAPER_SPEED_S)
        state = self._check(wire_s)
        self._broken_off_bytes = 0
        return state

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

    def _check(self, wire_s: float) -> PrintResult:
        """Ask how it is; UNVERIFIED when no sense comes back."""
        try:
            online = self._ask(STATUS_QUERY, wire_s)
            paper = self._ask(PAPER_QUERY)
        except DeviceTimeout:
            if self._has_told:
                raise
            return PrintResult.UNVERIFIED
        if online is None or paper is None:
            return PrintResult.UNVERIFIED
        self._has_told = True
        if paper & PAPER_OUT_BITS:
            return PrintResult.PAPER_OUT
        if online & OFFLINE_BIT:
            return PrintResult.OFFLINE
        return PrintResult.PAPER_LOW if paper & NEAR_END_BITS else PrintResult.OK

    def _ask(self, query: bytes, wire_s: float = 0.0) -> int | None:
        """One status byte, None for noise. Exactly one is read: more would wait out the limit."""
        self._line.drain()
        deadline_s = time.monotonic() + wire_s + STATUS_S
        self._line.write(query, deadline_s)
        status = self._line.read_exact(1, deadline_s)[0]
        return status if status & FIXED_BITS == FIXED_PATTERN else None

    def _close(self) -> None:
        self._line.close()
        self._is_open = False
