"""How the lane under test is said to be wired: which relay and which input of which board.

What a site file says of it is left to tables.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hardware.boards.base import BoardCaps
from hardware.inputs import OWN_BOARD

OUTPUTS: Final[Mapping[str, str]] = {
    "open": "raises the arm",
    "close": "lowers the arm",
    "stop": "stops the arm",
    "hold": "holds the arm open as long as it is on",
    "green": "the green lamp",
    "red": "the red lamp",
    "full": "the sign that says full",
    "host_alive": "drops when the kiosk no longer runs",
}
INPUTS: Final[Mapping[str, str]] = {
    "arming": "the arming loop, in front of the arm",
    "under_arm": "the loop under the arm",
    "open_limit": "the limit switch of the raised arm",
    "closed_limit": "the limit switch of the lowered arm",
    "safety": "the photocell or safety loop",
    "fire": "the fire alarm, normally closed",
}
NAME: Final = re.compile(r"[a-z0-9-]{1,16}")
"""Of a board, as a site file takes it."""
_WIRE: Final = re.compile(rf"(?:({NAME.pattern}):)?([1-9][0-9]?)")


@dataclass(frozen=True, slots=True, order=True)
class Wire:
    """A channel of the lane's own board, or of a board with a name."""

    channel: int
    board: str = OWN_BOARD

    def __str__(self) -> str:
        return str(self.channel) if self.board == OWN_BOARD else f"{self.board}:{self.channel}"

    @property
    def in_site_file(self) -> str:
        """As a site file writes it."""
        return str(self) if self.board == OWN_BOARD else f'"{self}"'


def wire_from(text: str) -> Wire:
    """A wire as it is typed: 3, or north:3; ValueError for anything else."""
    found = _WIRE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is neither a channel nor BOARD:CHANNEL")
    return Wire(int(found[2]), found[1] or OWN_BOARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Relays and inputs by what they are for; ValueError for one that stands for two things."""

    outputs: Mapping[str, Wire]
    inputs: Mapping[str, Wire]
    pulse_ms: int = 500

    def __post_init__(self) -> None:
        if "open" not in self.outputs:
            raise ValueError("say which relay raises the arm (--open)")
        for kind, wires in (("relay", self.outputs), ("input", self.inputs)):
            for name, wire in wires.items():
                others = [each for each in wires if each != name and wires[each] == wire]
                if others:
                    raise ValueError(f"{kind} {wire} cannot be both {name} and {others[0]}")

    @property
    def uses_own_board(self) -> bool:
        """Whether a wire goes to the board that the lane has for itself."""
        wires = (*self.outputs.values(), *self.inputs.values())
        return any(wire.board == OWN_BOARD for wire in wires)

    def check(self, caps: Mapping[str, BoardCaps]) -> None:
        """ValueError for a board that is not there, or a channel that it does not have."""
        for kind, wires in (("relay", self.outputs), ("input", self.inputs)):
            for name, wire in wires.items():
                if wire.board not in caps:
                    raise ValueError(f"{name} is at {kind} {wire}, but {_missing(wire.board)}")
                board = caps[wire.board]
                most = board.outputs if kind == "relay" else board.inputs
                if wire.channel > most:
                    has = f"{kind}s 1 to {most}" if most else f"no {kind}s"
                    raise ValueError(f"{name} is at {kind} {wire}, but the board has {has}")

    def input_name(self, wire: Wire) -> str:
        """What is wired to an input, for people."""
        names = [name for name, each in self.inputs.items() if each == wire]
        return f"input {wire} ({names[0]})" if names else f"input {wire} (nothing)"


def _missing(board: str) -> str:
    if board == OWN_BOARD:
        return "no PORT of the lane's own board is given"
    return f"no --board says where {board} is"
