"""The byte seam: what a line promises, and the serial port; every wait has a deadline.

Deadlines and instants are seconds of time.monotonic(). One thread owns an open line; the one call
that others may make is cancel(). A line in memory is in null_modem.py; what the bytes mean is
left to the boards, the scanner and the printer.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import select
import termios
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Protocol, TypeVar

import serial

from hardware.errors import (
    DeviceTimeout,
    PortBusy,
    PortDenied,
    PortError,
    PortLost,
    PortMissing,
)

T = TypeVar("T")

CHUNK_BYTES: Final = 4096
DRAIN_CHUNKS: Final = 16
"""A device that never stops talking must not keep drain() for ever."""
CLOSING_S: Final = 0.1
CLOSING_LOOK_S: Final = 0.002
REOPEN_FIRST_S: Final = 0.05
REOPEN_MAX_S: Final = 1.0
FALLBACK_BAUD: Final = 9600
BITS_PER_BYTE: Final = 11
"""Start, eight data, parity or second stop, stop: never less than the line really takes."""


class Line(Protocol):
    """Bytes to and from one device. Every method but cancel() may raise PortLost."""

    @property
    def name(self) -> str:
        """The port's path or name, for people."""

    @property
    def baud(self) -> int:
        """Bits per second; 0 when the rate means nothing, so that bytes take no line time."""

    def open(self) -> None:
        """Take the port for us alone: PortMissing, PortBusy, PortDenied or PortLost."""

    def close(self) -> None:
        """Give the port back; never fails, and may be called twice."""

    def write(self, data: bytes, deadline_s: float) -> None:
        """Hand all bytes to the port, without waiting for the wire; DeviceTimeout if it stalls."""

    def read_exact(self, count: int, deadline_s: float) -> bytes:
        """Return exactly so many bytes or raise DeviceTimeout; cancel() does not shorten it."""

    def read_some(self, deadline_s: float) -> bytes:
        """Return all that is there once anything is; b"" at the deadline or after cancel()."""

    def drain(self) -> bytes:
        """Return what has arrived and was not read, without waiting."""

    def cancel(self) -> None:
        """From any thread: end the read_some() that waits, or else the next one that would."""


def line_time_s(count: int, baud: int) -> float:
    """Seconds that so many bytes take on the wire; 0 where the rate means nothing."""
    return count * BITS_PER_BYTE / baud if baud > 0 else 0.0


class Backoff:
    """Waits between attempts to reopen: 50 ms, doubling up to max_s, until something succeeded."""

    def __init__(self, *, max_s: float = REOPEN_MAX_S) -> None:
        self._max_s = max_s
        self._next_s = REOPEN_FIRST_S

    def take_s(self) -> float:
        """How long to wait now; the next wait is twice as long."""
        wait_s = self._next_s
        self._next_s = min(wait_s * 2, self._max_s)
        return wait_s

    def reset(self) -> None:
        """Start again from the shortest wait."""
        self._next_s = REOPEN_FIRST_S


class SerialLine:
    """A serial port, held alone: advisory lock for all, TIOCEXCL against plain openers.

    baud=0 is for devices that ignore the rate (USB CDC): no line time is counted for them.
    parity is N, E or O.
    """

    def __init__(self, path: str, baud: int = 9600, parity: str = "N") -> None:
        self._path = path
        self._baud = baud
        self._parity = parity
        self._port: serial.Serial | None = None
        # Guards the wake pipe alone: a byte for a pipe that has just been closed could otherwise
        # land in whatever was opened next under the same number, a relay board for example.
        self._wake_lock = threading.Lock()
        self._wake: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        return self._path

    @property
    def baud(self) -> int:
        return self._baud

    def open(self) -> None:
        self.close()
        try:
            # timeout 0: pyserial then never waits by itself, all waiting is done in _await.
            port = serial.Serial(
                self._path,
                self._baud or FALLBACK_BAUD,
                parity=self._parity,
                timeout=0,
                write_timeout=0,
                exclusive=True,
            )
        except (OSError, termios.error, ValueError) as failure:
            raise _opening_fault(self._path, failure) from failure
        try:
            fcntl.ioctl(port.fileno(), termios.TIOCEXCL)
        except OSError as failure:
            port.close()
            raise PortLost(self._path, str(failure)) from failure
        # FTDI adapters collect bytes for 16 ms otherwise; ptys and other chips refuse, and may.
        with contextlib.suppress(OSError, ValueError, NotImplementedError):
            port.set_low_latency_mode(True)
        self._port = port
        wake = os.pipe()
        os.set_blocking(wake[0], False)
        os.set_blocking(wake[1], False)
        with self._wake_lock:
            self._wake = wake

    def close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            with contextlib.suppress(OSError, termios.error):
                fcntl.ioctl(port.fileno(), termios.TIOCNXCL)
                # The last order may be an OFF that no board confirms: let it go out. Then give
                # up, or the kernel waits up to 30 s for a device that takes no more bytes.
                if not _is_sent_out(port):
                    termios.tcflush(port.fileno(), termios.TCOFLUSH)
            with contextlib.suppress(OSError, termios.error):
                port.close()
        with self._wake_lock:
            wake, self._wake = self._wake, None
            if wake is not None:
                os.close(wake[0])
                os.close(wake[1])

    def write(self, data: bytes, deadline_s: float) -> None:
        port = self._opened()
        if time.monotonic() > deadline_s:  # we were kept waiting: late is worse than never
            raise DeviceTimeout(f"{self._path}: nothing sent, too late")
        rest = data
        while rest:
            if not self._await([], [port.fileno()], deadline_s):
                raise DeviceTimeout(f"{self._path}: takes no more bytes")
            rest = rest[self._guarded(partial(port.write, rest)) or 0 :]

    def read_exact(self, count: int, deadline_s: float) -> bytes:
        port = self._opened()
        taken = bytearray()
        while len(taken) < count:
            if not self._await([port.fileno()], [], deadline_s):
                raise DeviceTimeout(f"{self._path}: {len(taken)} of {count} bytes in time")
            taken += self._guarded(partial(port.read, count - len(taken)))
        return bytes(taken)

    def read_some(self, deadline_s: float) -> bytes:
        port = self._opened()
        if self._wake is None:
            raise PortLost(self._path, "closed")
        wake = self._wake[0]
        ready = self._await([port.fileno(), wake], [], deadline_s)
        if wake in ready:
            os.read(wake, CHUNK_BYTES)
        if port.fileno() in ready:
            return self._guarded(lambda: port.read(CHUNK_BYTES))
        return b""

    def drain(self) -> bytes:
        port = self._opened()
        taken = bytearray()
        for _ in range(DRAIN_CHUNKS):
            chunk = self._guarded(lambda: port.read(CHUNK_BYTES))
            taken += chunk
            if len(chunk) < CHUNK_BYTES:
                break
        return bytes(taken)

    def cancel(self) -> None:
        with self._wake_lock:
            if self._wake is not None:
                with contextlib.suppress(BlockingIOError):
                    os.write(self._wake[1], b"x")

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise PortLost(self._path, "not open")
        return self._port

    def _await(self, reading: list[int], writing: list[int], deadline_s: float) -> list[int]:
        wait_s = max(0.0, deadline_s - time.monotonic())
        readable, writable, _ = self._guarded(lambda: select.select(reading, writing, [], wait_s))
        return [*readable, *writable]

    def _guarded(self, call: Callable[[], T]) -> T:
        # The ways in which pyserial tells of a port that is gone: SerialException (an OSError)
        # from read and write, bare OSError, termios.error (not an OSError) from flushes, and
        # TypeError or ValueError when its file number went away under it.
        try:
            return call()
        except (OSError, termios.error, TypeError, ValueError) as failure:
            raise PortLost(self._path, str(failure)) from failure


def _is_sent_out(port: serial.Serial) -> bool:
    end_s = time.monotonic() + CLOSING_S
    while port.out_waiting > 0:
        if time.monotonic() >= end_s:
            return False
        select.select([], [], [], CLOSING_LOOK_S)
    return True


def _opening_fault(path: str, failure: Exception) -> PortError:
    number = getattr(failure, "errno", None)
    if number in (errno.EBUSY, errno.EAGAIN):
        return PortBusy(path, _holder_pid(path))
    if number in (errno.EACCES, errno.EPERM):
        return PortDenied(path, "permission denied")
    if number in (errno.ENOENT, errno.ENXIO, errno.ENODEV, errno.ENOTDIR, errno.EISDIR):
        return PortMissing(path, "no such port")
    if not os.path.exists(path):
        return PortMissing(path, "no such port")
    return PortMissing(path, f"not a serial port that works ({failure})")


def _holder_pid(path: str) -> int | None:
    target = os.path.realpath(path)
    with contextlib.suppress(OSError):
        for link in Path("/proc").glob("[0-9]*/fd/*"):
            with contextlib.suppress(OSError):
                if os.readlink(link) == target:
                    return int(link.parts[2])
    return None
