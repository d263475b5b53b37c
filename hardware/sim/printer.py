"""A receipt printer of software: reads ESC/POS back into papers; the wire is left to PtyPort.

It knows the commands by the reference, not by our encoder, and refuses what it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

ONLINE: Final = 0x12
OFFLINE: Final = 0x1A
PAPER_THERE: Final = 0x12
PAPER_LOW: Final = 0x1E
PAPER_OUT: Final = 0x72

# Commands of a fixed length: first two bytes -> bytes in all.
FIXED: Final = {
    b"\x1b@": 2,
    b"\x1bt": 3,
    b"\x1ba": 3,
    b"\x1d!": 3,
    b"\x1dV": 4,
    b"\x10\x04": 3,
}


Trouble = Literal["paper_out", "cover_open"]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as it was cut: its lines, the payload of its QR code, how many pictures."""

    text: str
    qr: str | None
    pictures: int


class PaperRoll:
    """The device. `printed` holds every paper that was cut; faults are plain attributes."""

    def __init__(self) -> None:
        self.printed: list[Paper] = []
        self.unknown: list[bytes] = []
        """Commands that no printer of this kind has; stays empty with a correct driver."""
        self.is_paper_out = False
        self.is_paper_low = False
        self.is_offline = False
        """Its cover is open, or it was switched off line: it still tells."""
        self.is_mute = False
        """It prints and tells nothing, as one without a wire back."""
        self.noise: bytes | None = None
        """What it answers instead of each status byte."""
        self._stops_after: int | None = None
        self._lines_left: int | None = None
        self._trouble: Trouble = "paper_out"
        self._inbox = b""
        self._waiting: list[bytes] = []
        self._text = ""
        self._qr_stored: str | None = None
        self._qr: str | None = None
        self._pictures = 0

    def jam_after(self, count: int) -> None:
        """After so many more bytes it takes nothing and tells nothing any more."""
        self._stops_after = count

    def break_after(self, lines: int, trouble: Trouble) -> None:
        """In the middle of a slip, after so many more lines, the roll ends or the cover opens."""
        self._lines_left, self._trouble = lines, trouble

    def mend(self) -> None:
        """A new roll, the cover closed, the jam pulled out; what it had taken it still knows."""
        self.is_paper_out = self.is_paper_low = self.is_offline = self.is_mute = False
        self.noise = self._stops_after = self._lines_left = None
        self._print_waiting()

    def room(self, count: int) -> int:
        """How many of so many bytes it takes now."""
        return count if self._stops_after is None else min(count, self._stops_after)

    def received(self, data: bytes, now_s: float) -> list[bytes]:
        """Take bytes from the host; return the status bytes that it asked for."""
        data = data[: self.room(len(data))]
        if self._stops_after is not None:
            self._stops_after -= len(data)
        self._inbox += data
        replies = []
        while (command := self._next_command()) is not None:
            if command[:2] == b"\x10\x04":
                replies.append(self._status(command[2]))
            else:
                self._waiting.append(command)
            self._print_waiting()
        return [] if self.is_mute else replies

    def advance(self, now_s: float) -> None:
        """Paper has no timers."""

    def next_change_s(self) -> float | None:
        """Never by itself."""
        return None

    def _print_waiting(self) -> None:
        """Obey what has come; like a real one, keep it all while there is no paper."""
        while self._waiting and not (self.is_paper_out or self.is_offline):
            self._obey(self._waiting.pop(0))

    def _next_command(self) -> bytes | None:
        inbox = self._inbox
        if not inbox:
            return None
        length = 1
        if inbox[0] in b"\x10\x1b\x1d":
            length = FIXED.get(inbox[:2]) or self._variable_length(inbox)
        if len(inbox) < length:
            return None
        self._inbox = inbox[length:]
        return inbox[:length]

    def _variable_length(self, inbox: bytes) -> int:
        """Length of the command at hand; one more than there is while that is not yet known."""
        if inbox[:3] == b"\x1d(k" and len(inbox) >= 5:
            return 5 + inbox[3] + 256 * inbox[4]
        if inbox[:3] == b"\x1dv0" and len(inbox) >= 8:
            return 8 + (inbox[4] + 256 * inbox[5]) * (inbox[6] + 256 * inbox[7])
        if len(inbox) >= 8:
            return 1  # no command: the byte is shown among the unknown
        return len(inbox) + 1

    def _obey(self, command: bytes) -> None:
        if command == b"\x1b@":
            self._text, self._qr_stored, self._qr, self._pictures = "", None, None, 0
        elif command[:3] == b"\x1d(k":
            self._obey_qr(command[5], command[6], command[7:])
        elif command[:3] == b"\x1dv0":
            self._pictures += 1
        elif command[:2] == b"\x1dV":
            self.printed.append(Paper(self._text.strip("\n"), self._qr, self._pictures))
            self._text, self._qr, self._pictures = "", None, 0
        elif len(command) > 1:
            return  # alignment, size, code page: how it looks, not what it says
        elif command == b"\n" or command[0] >= 0x20:
            self._text += command.decode("cp437")
            self._count_line(command)
        elif command != b"\0":  # a NUL outside a command is nothing
            self.unknown.append(command)

    def _obey_qr(self, symbol: int, function: int, content: bytes) -> None:
        if symbol != 49 or function not in (65, 67, 69, 80, 81):
            self.unknown.append(bytes((symbol, function)))
        elif function == 80:  # store: m, then the data
            self._qr_stored = content[1:].decode("ascii")
        elif function == 81:  # print what is stored
            self._qr = self._qr_stored

    def _count_line(self, command: bytes) -> None:
        if command == b"\n" and self._lines_left is not None:
            self._lines_left -= 1
            if self._lines_left == 0:
                self.is_paper_out = self._trouble == "paper_out"
                self.is_offline = self._trouble == "cover_open"

    def _status(self, which: int) -> bytes:
        if self.noise is not None:
            return self.noise
        if which == 4:
            is_low = PAPER_LOW if self.is_paper_low else PAPER_THERE
            return bytes((PAPER_OUT if self.is_paper_out else is_low,))
        return bytes((OFFLINE if self.is_offline or self.is_paper_out else ONLINE,))
