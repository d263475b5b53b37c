"""An LCUS relay board of software (LC Technology, CH340): four bytes an order, and no answer.

Makers differ in what they say to the query byte, hence the flavours.
Source: the vendors' listings and the boards that others have taken apart.
"""

from __future__ import annotations

from enum import Enum
from math import inf
from typing import Final

from hardware.sim.relay_board import BoardFault, OutputListener, SimBoard

ORDER: Final = 0xA0
QUERY: Final = 0xFF
ORDER_BYTES: Final = 4
NO_STATE: Final = 0x55


class LcusReply(Enum):
    """What a board says to the query byte."""

    TEXT = "text"
    """`CH1: ON` and `CH1: OFF`, a line for each relay."""
    RAW = "raw"
    """One byte for each relay, 0 or 1."""
    NONE = "none"


class LcusBoard(SimBoard):
    """The device: 1, 2, 4 or 8 relays, no inputs.

    It takes one command at a time: what comes within gap_s of the last one that it took is lost.
    """

    def __init__(
        self,
        *,
        outputs: int = 4,
        reply: LcusReply = LcusReply.TEXT,
        gap_s: float = 0.05,
        on_output: OutputListener | None = None,
    ) -> None:
        can_answer = reply is not LcusReply.NONE
        answering = (BoardFault.MUTE, BoardFault.WRONG_VALUE, BoardFault.STALE_REPLY)
        super().__init__(
            outputs=outputs, faults=answering if can_answer else (), on_output=on_output
        )
        self._reply = reply
        self._gap_s = gap_s
        self._taken_at_s = -inf

    def _obey(self, now_s: float) -> list[bytes]:
        replies = []
        while (command := self._next_command()) is not None:
            if now_s - self._taken_at_s < self._gap_s:
                continue
            self._taken_at_s = now_s
            if command[0] == QUERY:
                replies.append(self._said(self._states()))
            elif 1 <= command[1] <= len(self._contacts) and command[2] in (0, 1):
                self._switch(command[1] - 1, is_on=command[2] == 1)
        return replies

    def _next_command(self) -> bytes | None:
        while self._inbox:
            inbox = self._inbox
            length = ORDER_BYTES if inbox[0] == ORDER else 1
            if len(inbox) < length:
                return None
            command = inbox[:length]
            is_order = length == ORDER_BYTES and sum(command[:3]) & 0xFF == command[3]
            self._inbox = inbox[length:] if is_order else inbox[1:]
            if is_order or command[0] == QUERY:
                return command
        return None

    def _states(self) -> bytes:
        is_wrong = self.fault is BoardFault.WRONG_VALUE
        match self._reply:
            case LcusReply.TEXT:
                words = [
                    "??" if is_wrong else "ON" if is_on else "OFF" for is_on in self._contacts
                ]
                lines = [f"CH{channel}: {word}\r\n" for channel, word in enumerate(words, start=1)]
                return "".join(lines).encode()
            case LcusReply.RAW:
                return bytes(NO_STATE if is_wrong else is_on for is_on in self._contacts)
        return b""
