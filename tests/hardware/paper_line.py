"""A printer's line in virtual time: a roll of paper at its end, and waiting is free."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from hardware import printer
from hardware.errors import DeviceTimeout, PortLost, PortMissing
from hardware.escpos import Slip
from hardware.line import line_time_s
from hardware.printer import PrintResult, ReceiptPrinter
from hardware.sim.printer import PaperRoll
from tests.hardware.waiting import LIMIT_S, Reports


class PaperLine:
    """Keeps the promise of Line over a PaperRoll; `now_s` moves only when the printer waits."""

    name = "paper"

    def __init__(self, roll: PaperRoll, baud: int = 9600) -> None:
        self.roll = roll
        self.baud = baud
        self.now_s = 1000.0
        self.is_plugged = True
        self.breaks_after: int | None = None
        """The cable is pulled out after so many more bytes."""
        self.sent = b""
        self._inbox = b""

    def open(self) -> None:
        self._inbox = b""
        if not self.is_plugged:
            raise PortMissing(self.name, "unplugged")

    def close(self) -> None:
        return None

    def write(self, data: bytes, deadline_s: float) -> None:
        self._check()
        whole = data
        if self.breaks_after is not None:
            whole = data[: self.breaks_after]
            self.breaks_after -= len(whole)
        taken = whole[: self.roll.room(len(whole))]
        self.sent += taken
        self.now_s += line_time_s(len(taken), self.baud)
        self._inbox += b"".join(self.roll.received(taken, self.now_s))
        if len(whole) < len(data):
            self.is_plugged, self.breaks_after = False, None
            self._check()
        if len(taken) < len(whole):
            self.now_s = max(self.now_s, deadline_s)
            raise DeviceTimeout(f"{self.name}: takes no more bytes")

    def read_exact(self, count: int, deadline_s: float) -> bytes:
        self._check()
        if len(self._inbox) < count:
            self.now_s = max(self.now_s, deadline_s)
            raise DeviceTimeout(f"{self.name}: no answer")
        taken, self._inbox = self._inbox[:count], self._inbox[count:]
        return taken

    def read_some(self, deadline_s: float) -> bytes:
        raise AssertionError("it is known how long a status is")

    def drain(self) -> bytes:
        self._check()
        taken, self._inbox = self._inbox, b""
        return taken

    def cancel(self) -> None:
        raise AssertionError("nobody waits here without a limit")

    def _check(self) -> None:
        if not self.is_plugged:
            raise PortLost(self.name, "unplugged")


class PaperDesk:
    """A roll, its line in virtual time, and a printer that prints on it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.roll = PaperRoll()
        self.line = PaperLine(self.roll)
        self._results: Reports[PrintResult] = Reports()
        monkeypatch.setattr(printer, "time", SimpleNamespace(monotonic=lambda: self.line.now_s))
        self._printer = ReceiptPrinter(name="test", line=self.line)
        self._printer.start()

    def print_slip(self, slip: Slip) -> PrintResult:
        """Print one slip and wait for its result."""
        self._printer.print_slip(slip, self._results.add)
        return self._results.next()

    def close(self) -> None:
        """End the printer's thread."""
        self._printer.stop(LIMIT_S)
