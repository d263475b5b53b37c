"""A cable in memory between two ends that keep the promise of Line; for tests without a port."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from hardware.errors import DeviceTimeout, PortBusy, PortLost, PortMissing


class NullModemEnd:
    """One end of a cable in memory; keeps the promise of Line, and can be unplugged."""

    def __init__(self, name: str, baud: int, cable: threading.Condition) -> None:
        self._name = name
        self._baud = baud
        self._cable = cable
        self._inbox = bytearray()
        self._peer: NullModemEnd | None = None
        self._is_open = False
        self._is_plugged = True
        self._is_cancelled = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def baud(self) -> int:
        return self._baud

    def open(self) -> None:
        with self._cable:
            if not self._is_plugged:
                raise PortMissing(self._name, "unplugged")
            if self._is_open:
                raise PortBusy(self._name)
            self._inbox.clear()
            self._is_cancelled = False
            self._is_open = True

    def close(self) -> None:
        with self._cable:
            self._is_open = False
            self._cable.notify_all()

    def write(self, data: bytes, deadline_s: float) -> None:
        with self._cable:
            self._check()
            if self._peer is not None:
                self._peer._inbox += data
            self._cable.notify_all()

    def read_exact(self, count: int, deadline_s: float) -> bytes:
        with self._cable:
            self._wait(lambda: len(self._inbox) >= count, deadline_s)
            if len(self._inbox) < count:
                raise DeviceTimeout(f"{self._name}: {len(self._inbox)} of {count} bytes in time")
            return self._take(count)

    def read_some(self, deadline_s: float) -> bytes:
        with self._cable:
            self._wait(lambda: bool(self._inbox) or self._is_cancelled, deadline_s)
            self._is_cancelled = False
            return self._take(len(self._inbox))

    def drain(self) -> bytes:
        with self._cable:
            self._check()
            return self._take(len(self._inbox))

    def cancel(self) -> None:
        with self._cable:
            self._is_cancelled = True
            self._cable.notify_all()

    def unplug(self) -> None:
        """Pull the cable out of this end: an open line is lost, a closed one is missing."""
        with self._cable:
            self._is_plugged = False
            self._cable.notify_all()

    def replug(self) -> None:
        """Put the cable back; what was on its way is gone."""
        with self._cable:
            self._is_plugged = True

    def join_to(self, peer: NullModemEnd) -> None:
        """Let this end's bytes arrive at the other."""
        self._peer = peer

    def _check(self) -> None:
        if not self._is_plugged or not self._is_open:
            raise PortLost(self._name, "unplugged" if not self._is_plugged else "not open")

    def _wait(self, is_done: Callable[[], bool], deadline_s: float) -> None:
        self._cable.wait_for(
            lambda: is_done() or not (self._is_plugged and self._is_open),
            max(0.0, deadline_s - time.monotonic()),
        )
        self._check()

    def _take(self, count: int) -> bytes:
        taken = bytes(self._inbox[:count])
        del self._inbox[:count]
        return taken


def null_modem(baud: int = 0) -> tuple[NullModemEnd, NullModemEnd]:
    """Two ends of one cable in memory, host end first; both still to be opened."""
    cable = threading.Condition()
    host = NullModemEnd("null:host", baud, cable)
    device = NullModemEnd("null:device", baud, cable)
    host.join_to(device)
    device.join_to(host)
    return host, device
