"""A serial port whose far end is a device of software; what the device does is left to it.

The near end is a real pty that the real code opens by its path, so that unplugging, late bytes
and split answers reach it the way that the kernel would bring them.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import math
import os
import random
import select
import termios
import threading
import time
import tty
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from hardware.line import CHUNK_BYTES, line_time_s

IDLE_S: Final = 60.0


class SimDevice(Protocol):
    """What stands behind a simulated port. All calls come from the port's thread."""

    def received(self, data: bytes, now_s: float) -> list[bytes]:
        """Take bytes from the host; return the answers, in order."""

    def advance(self, now_s: float) -> None:
        """Do what is due by now, such as letting a pulsed relay drop."""

    def next_change_s(self) -> float | None:
        """The instant at which advance() is next needed; None when nothing is under way."""


@dataclass(slots=True)
class LineFaults:
    """What goes wrong between device and host; set it at any time."""

    batch_s: float = 0.0
    """What the host reads comes only at multiples of this, as from an FTDI adapter each 16 ms."""
    is_echoing: bool = False
    """The host hears what it says, as on two wires of RS-485."""
    drop_rate: float = 0.0
    flip_rate: float = 0.0
    """How likely a byte is lost, or has one bit turned over, in either direction."""
    chance: random.Random = field(default_factory=lambda: random.Random(0))
    """What decides it: give one with another seed for another course of events."""

    late_s: float = 0.0
    """Each answer comes so much later."""
    split_s: float | None = None
    """Each answer comes in two halves with so much between them."""
    before: bytes = b""
    after: bytes = b""
    """Noise in the same breath as each answer."""

    def damaged(self, data: bytes) -> bytes:
        """What is left of these bytes at the end of the wire."""
        if self.drop_rate <= 0 and self.flip_rate <= 0:
            return data
        kept = bytearray()
        for byte in data:
            if self.chance.random() < self.drop_rate:
                continue
            is_flipped = self.chance.random() < self.flip_rate
            kept.append(byte ^ 1 << self.chance.randrange(8) if is_flipped else byte)
        return bytes(kept)


class PtyPort:
    """One simulated serial port, plugged in from the start, on the thread "pty:<name>".

    baud=0 moves bytes at once; otherwise every chunk takes its line time. With a link the path
    stays the same when the port is unplugged and comes back.
    """

    def __init__(self, device: SimDevice, *, baud: int = 0, link: Path | None = None) -> None:
        self.faults = LineFaults()
        self._device = device
        self._baud = baud
        self._link = link
        self._lock = threading.Lock()
        self._due: list[tuple[float, int, bytes]] = []
        self._numbers = itertools.count()
        self._free_at_s = 0.0
        self._thread: threading.Thread | None = None
        self._master = self._slave = -1
        self._wake = (-1, -1)
        self._path = ""
        self.replug()

    @property
    def path(self) -> str:
        """What the host opens: the link if there is one, else the name of the present pty."""
        return str(self._link) if self._link is not None else self._path

    def push(self, data: bytes) -> None:
        """Let the device speak without being asked; lost while it is unplugged."""
        with self._lock:
            if self._thread is not None:
                self._send_later(data, time.monotonic())
                os.write(self._wake[1], b"x")

    def unplug(self) -> None:
        """Pull the cable: whoever has the port open sees it go."""
        with self._lock:
            thread, self._thread = self._thread, None
            if thread is None:
                return
            os.write(self._wake[1], b"x")
        thread.join()
        if self._link is not None:
            self._link.unlink(missing_ok=True)
        for number in (self._master, self._slave, *self._wake):
            os.close(number)

    def replug(self) -> None:
        """Put the cable back: a new pty, under the same link."""
        with self._lock:
            if self._thread is not None:
                return
            self._due.clear()
            # The slave stays open here too: without any opener a pty's master answers with EIO.
            self._master, self._slave = os.openpty()
            tty.setraw(self._slave, termios.TCSANOW)
            os.set_blocking(self._master, False)
            self._wake = os.pipe()
            self._path = os.ttyname(self._slave)
            self._point_link()
            name = f"pty:{Path(self.path).name}"
            self._thread = threading.Thread(target=self._run, name=name, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End the simulation; may be called twice."""
        self.unplug()

    def _point_link(self) -> None:
        if self._link is None:
            return
        fresh = self._link.with_name(self._link.name + ".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(self._path)
        fresh.replace(self._link)  # at once: nobody ever sees a half-made name

    def _run(self) -> None:
        me = threading.current_thread()
        while self._thread is me:
            ready, _, _ = select.select([self._master, self._wake[0]], [], [], self._wait_s())
            now_s = time.monotonic()
            self._device.advance(now_s)
            if self._wake[0] in ready:
                os.read(self._wake[0], CHUNK_BYTES)
            if self._master in ready:
                self._take(now_s)
            self._send_due()

    def _take(self, now_s: float) -> None:
        sent = os.read(self._master, CHUNK_BYTES)
        arrived_s = now_s + line_time_s(len(sent), self._baud)
        data = self.faults.damaged(sent)
        replies = self._device.received(data, arrived_s) if data else []
        with self._lock:
            if self.faults.is_echoing:
                self._put(data, now_s)
            for reply in replies:
                self._answer(reply, arrived_s)

    def _answer(self, reply: bytes, now_s: float) -> None:
        faults = self.faults
        start_s = now_s + faults.late_s
        whole = faults.before + reply + faults.after
        if faults.split_s is None:
            self._send_later(whole, start_s)
            return
        half = len(whole) // 2
        self._send_later(whole[:half], start_s)
        self._send_later(whole[half:], start_s + faults.split_s)

    def _send_later(self, data: bytes, start_s: float) -> None:
        begin_s = max(start_s, self._free_at_s)
        if self._baud > 0:
            self._free_at_s = begin_s + line_time_s(len(data), self._baud)
        self._put(self.faults.damaged(data), begin_s)

    def _put(self, data: bytes, begin_s: float) -> None:
        for due_s, piece in arrivals(data, begin_s, self._baud, self.faults.batch_s):
            heapq.heappush(self._due, (due_s, next(self._numbers), piece))

    def _send_due(self) -> None:
        with self._lock:
            while self._due and self._due[0][0] <= time.monotonic():
                data = heapq.heappop(self._due)[2]
                with contextlib.suppress(BlockingIOError):  # a full line loses bytes, as wire does
                    os.write(self._master, data)

    def _wait_s(self) -> float:
        with self._lock:
            due_s = self._due[0][0] if self._due else None
        waits = [at_s for at_s in (due_s, self._device.next_change_s()) if at_s is not None]
        return max(0.0, min(waits) - time.monotonic()) if waits else IDLE_S


def arrivals(
    data: bytes, begin_s: float, baud: int, batch_s: float
) -> Iterator[tuple[float, bytes]]:
    """When which bytes reach the host that begin to come at begin_s: all at once, or in batches.

    A batch is what has come over the wire by the next multiple of batch_s.
    """
    rest, sent = data, 0
    while rest:
        due_s = begin_s + line_time_s(len(data), baud)
        count = len(rest)
        if batch_s > 0:
            first_s = begin_s + line_time_s(sent + 1, baud)
            due_s = math.ceil(first_s / batch_s) * batch_s
            while count > 1 and begin_s + line_time_s(sent + count, baud) > due_s:
                count -= 1
        yield due_s, rest[:count]
        rest, sent = rest[count:], sent + count
