"""What every relay board of software shares: relays, inputs, timers and ways to misbehave.

The bytes are left to one file per family, the wire to PtyPort. None of them shares code with the
drivers, checksums included, so that driver and board cannot be wrong together.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from enum import Enum
from math import inf
from typing import Final

OutputListener = Callable[[int, bool], None]

STALE_S: Final = 0.2
"""A request that broke off is forgotten after so much silence."""


class BoardFault(Enum):
    """How a board misbehaves, as `SimBoard.fault`; the values are the words of apply_fault."""

    NONE = "none"
    MUTE = "mute"
    """Acts, but no answer arrives."""
    DEAF = "deaf"
    """Neither acts nor answers."""
    WRONG_COIL = "wrong_coil"
    """Acts, but answers an order as if it had been for another relay."""
    WRONG_VALUE = "wrong_value"
    """Acts, but answers with a value that cannot be the answer."""
    WRONG_UNIT = "wrong_unit"
    WRONG_FUNCTION = "wrong_function"
    STALE_REPLY = "stale_reply"
    """Acts, but each answer is the one to the request before; at first there is none."""
    BAD_CRC = "bad_crc"
    EXCEPTION = "exception"
    """Does nothing and answers every request with `exception_number`."""


class SimBoard(ABC):
    """The device. `on_output(channel, is_on)` is called on each change of a relay's contact.

    It is called where received(), advance() and the verbs are: with a PtyPort mostly on that
    port's thread. Inputs and faults may be set from any thread. Channels count from 1.
    """

    def __init__(
        self,
        *,
        outputs: int,
        inputs: int = 0,
        faults: Iterable[BoardFault],
        on_output: OutputListener | None = None,
    ) -> None:
        self.exception_number = 4
        self.faults = (BoardFault.NONE, BoardFault.DEAF, *faults)
        """What this kind of board can do wrong."""
        self._fault = BoardFault.NONE
        self._ordered = [False] * outputs
        self._contacts = [False] * outputs
        self._stuck: set[int] = set()
        self._inputs = [False] * inputs
        self._on_output = on_output
        self._drop_at_s: dict[int, float] = {}
        self._silent_until_s = -inf
        self._inbox = b""
        self._inbox_at_s = -inf
        self._last_reply = b""

    # -- what can be seen and set by hand

    @property
    def outputs(self) -> tuple[bool, ...]:
        """The contacts of the relays, channel 1 first."""
        return tuple(self._contacts)

    @property
    def fault(self) -> BoardFault:
        """How the board misbehaves now; ValueError for what this kind of board cannot do."""
        return self._fault

    @fault.setter
    def fault(self, fault: BoardFault) -> None:
        if fault not in self.faults:
            possible = ", ".join(each.value for each in self.faults)
            raise ValueError(f"this board cannot do {fault.value}; it can do {possible}")
        self._fault = fault

    def set_input(self, channel: int, is_on: bool) -> None:
        """Give or take current at an input."""
        self._inputs[channel - 1] = is_on

    def stick(self, channel: int, *, is_stuck: bool = True) -> None:
        """Weld a contact as it is now, whatever is ordered; or free it to follow its order."""
        if not 1 <= channel <= len(self._contacts):
            raise ValueError(f"this board has relays 1 to {len(self._contacts)}, not {channel}")
        if is_stuck:
            self._stuck.add(channel - 1)
        else:
            self._stuck.discard(channel - 1)
            self._follow(channel - 1)

    def power_off(self) -> None:
        """The supply is gone: every relay drops, every timer and half a request is forgotten."""
        self._inbox = self._last_reply = b""
        for index in range(len(self._contacts)):
            self._switch(index, is_on=False)

    def reboot(self, silent_s: float, now_s: float) -> None:
        """Lose the supply for a moment and hear nothing for a while; settings are kept."""
        self.power_off()
        self._silent_until_s = now_s + silent_s

    # -- the promise of a SimDevice

    def received(self, data: bytes, now_s: float) -> list[bytes]:
        """Take bytes from the host; return the answers."""
        self.advance(now_s)
        if now_s < self._silent_until_s or self._fault is BoardFault.DEAF:
            self._inbox = b""
            return []
        if now_s - self._inbox_at_s > STALE_S:
            self._inbox = b""
        self._inbox += data
        self._inbox_at_s = now_s
        replies = [reply for reply in self._obey(now_s) if reply]
        return [] if self._fault is BoardFault.MUTE else replies

    def advance(self, now_s: float) -> None:
        """Let the relays drop whose time is over."""
        for index in [i for i, at_s in self._drop_at_s.items() if at_s <= now_s]:
            self._switch(index, is_on=False)

    def next_change_s(self) -> float | None:
        """When the next relay drops by itself."""
        return min(self._drop_at_s.values(), default=None)

    # -- for the families

    @abstractmethod
    def _obey(self, now_s: float) -> list[bytes]:
        """Take every whole request out of the inbox, carry it out, give the answers."""

    def _switch(self, index: int, *, is_on: bool, until_s: float | None = None) -> None:
        self._drop_at_s.pop(index, None)
        if until_s is not None:
            self._drop_at_s[index] = until_s
        self._ordered[index] = is_on
        self._follow(index)

    def _said(self, reply: bytes) -> bytes:
        """This answer, or the one before while the board is one behind."""
        before, self._last_reply = self._last_reply, reply
        return before if self._fault is BoardFault.STALE_REPLY else reply

    def _follow(self, index: int) -> None:
        is_on = self._ordered[index]
        if index in self._stuck or self._contacts[index] is is_on:
            return
        self._contacts[index] = is_on
        if self._on_output is not None:
            self._on_output(index + 1, is_on)
