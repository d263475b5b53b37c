"""Turns raw inputs of a board into named, debounced ones; unknown is a value and never False.

Pure: the caller gives readings and instants. What an input means to a barrier is left to lane.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

DEBOUNCE_S: Final = 0.040
MAX_AGE_S: Final = 0.500
OWN_BOARD: Final = "lane"
"""The name of a lane's own board, in a lane that has just one."""


@dataclass(frozen=True, slots=True)
class InputWire:
    """Where an input is wired: channel from 1; normally closed means that current is 'off'."""

    channel: int
    is_normally_closed: bool = False
    board: str = OWN_BOARD

    def __post_init__(self) -> None:
        if self.channel < 1:
            raise ValueError(f"channels count from 1, not {self.channel}")


@dataclass(slots=True)
class _Contact:
    stable: bool | None = None
    candidate: bool | None = None
    since_s: float = 0.0


class InputBank:
    """Named inputs of one board.

    A change counts once readings have agreed for debounce_s. Before that at the start, after
    forget(), and when no reading came for max_age_s, an input is None: unknown.
    """

    def __init__(
        self,
        wires: Mapping[str, InputWire],
        *,
        debounce_s: float = DEBOUNCE_S,
        max_age_s: float = MAX_AGE_S,
    ) -> None:
        self._wires = dict(wires)
        self._debounce_s = debounce_s
        self._max_age_s = max_age_s
        self._contacts = {name: _Contact() for name in wires}
        self._fed_at_s: float | None = None

    def feed(self, readings: Sequence[bool], now_s: float) -> None:
        """Take one reading of the whole board, channel 1 first; a channel beyond it is unknown."""
        if self._is_stale(now_s):
            self.forget()
        self._fed_at_s = now_s
        for name, wire in self._wires.items():
            contact = self._contacts[name]
            if wire.channel > len(readings):
                self._contacts[name] = _Contact()
                continue
            value = readings[wire.channel - 1] is not wire.is_normally_closed
            if contact.candidate is not value:
                contact.candidate, contact.since_s = value, now_s
            if now_s - contact.since_s >= self._debounce_s:
                contact.stable = value

    def forget(self) -> None:
        """The board is out of reach: every input is unknown until it has been read anew."""
        self._contacts = {name: _Contact() for name in self._wires}
        self._fed_at_s = None

    def read(self, now_s: float) -> dict[str, bool | None]:
        """Every input by name; None when it is unknown or older than max_age_s."""
        is_stale = self._is_stale(now_s)
        return {
            name: None if is_stale else contact.stable for name, contact in self._contacts.items()
        }

    def age_s(self, now_s: float) -> float | None:
        """Seconds since the last reading; None when there was none."""
        return None if self._fed_at_s is None else now_s - self._fed_at_s

    def _is_stale(self, now_s: float) -> bool:
        age_s = self.age_s(now_s)
        return age_s is None or age_s > self._max_age_s
