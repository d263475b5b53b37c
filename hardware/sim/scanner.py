"""A serial scanner of software behind a pty: it types what is held before it."""

from __future__ import annotations

from pathlib import Path

from hardware.sim.pty_port import PtyPort


class _OneWay:
    """A device that takes no orders."""

    def received(self, data: bytes, now_s: float) -> list[bytes]:
        return []

    def advance(self, now_s: float) -> None:
        return None

    def next_change_s(self) -> float | None:
        return None


class ToyScanner:
    """A scanner on a port of its own; the reader opens `path`."""

    def __init__(
        self,
        *,
        start: bytes = b"",
        terminator: bytes = b"\r\n",
        baud: int = 0,
        link: Path | None = None,
    ) -> None:
        self.port = PtyPort(_OneWay(), baud=baud, link=link)
        self._start = start
        self._terminator = terminator

    @property
    def path(self) -> str:
        """What the reader opens."""
        return self.port.path

    def scan(self, text: str, times: int = 1) -> None:
        """Read one code aloud; several times, as one that is held before the glass."""
        self.port.push((self._start + text.encode() + self._terminator) * times)

    def babble(self, count: int) -> None:
        """So many bytes of noise without an end: a loose plug, or the wrong rate."""
        self.port.push(b"\xf8\x80" * (count // 2) + b"\xf8" * (count % 2))

    def close(self) -> None:
        """Switch it off for good."""
        self.port.close()
