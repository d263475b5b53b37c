"""A line whose adapter hears its own bytes, as 2-wire RS-485 adapters may; the echo is dropped.

Only where the site file says so (`local_echo`): the answer of a Modbus board to a write is the
request itself, so that an echo taken for it would let a dead board look alive.
"""

from __future__ import annotations

import time

from hardware.errors import DeviceTimeout
from hardware.line import Line


class EchoedLine:
    """Hands on only what comes after the echo of what was written last.

    Nothing is handed on while the echo has not been seen whole: on an adapter without an echo
    every transaction ends in DeviceTimeout, never in a false answer.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._owed = b""
        self._heard = b""
        self._rest = b""

    @property
    def name(self) -> str:
        return self._line.name

    @property
    def baud(self) -> int:
        return self._line.baud

    def open(self) -> None:
        self._forget()
        self._line.open()

    def close(self) -> None:
        self._line.close()

    def write(self, data: bytes, deadline_s: float) -> None:
        self._forget()
        self._owed = data
        self._line.write(data, deadline_s)

    def read_exact(self, count: int, deadline_s: float) -> bytes:
        taken = b""
        while len(taken) < count:
            chunk = self.read_some(deadline_s)
            taken += chunk
            if not chunk and time.monotonic() >= deadline_s:
                raise DeviceTimeout(f"{self.name}: {len(taken)} of {count} bytes in time")
        taken, self._rest = taken[:count], taken[count:]
        return taken

    def read_some(self, deadline_s: float) -> bytes:
        if self._rest:
            rest, self._rest = self._rest, b""
            return rest
        while True:
            chunk = self._line.read_some(deadline_s)
            if not self._owed or not chunk:
                return chunk
            after = self._after_echo(chunk)
            if after:
                return after

    def drain(self) -> bytes:
        self._forget()
        return self._line.drain()

    def cancel(self) -> None:
        self._line.cancel()

    def _after_echo(self, chunk: bytes) -> bytes:
        self._heard += chunk
        start = self._heard.find(self._owed)
        if start < 0:
            return b""
        after = self._heard[start + len(self._owed) :]
        self._forget()
        return after

    def _forget(self) -> None:
        self._owed = self._heard = self._rest = b""
