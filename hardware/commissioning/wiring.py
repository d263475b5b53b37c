"""How the lane under test is said to be wired, and the same as a site file writes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from hardware.boards.base import BoardCaps
from hardware.boards.families import BoardSetup

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
ASSUMED: Final = '# no loop under the arm: this lane needs passage = "assumed" in its [[lane]]'


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Relay and input channels by name; ValueError for a channel that stands for two things."""

    outputs: Mapping[str, int]
    inputs: Mapping[str, int]
    pulse_ms: int = 500

    def __post_init__(self) -> None:
        if "open" not in self.outputs:
            raise ValueError("say which relay raises the arm (--open)")
        for kind, wires in (("relay", self.outputs), ("input", self.inputs)):
            for name, channel in wires.items():
                others = [each for each in wires if each != name and wires[each] == channel]
                if others:
                    raise ValueError(f"{kind} {channel} cannot be both {name} and {others[0]}")

    def check(self, caps: BoardCaps) -> None:
        """ValueError for a channel that the board does not have."""
        for kind, wires, most in (
            ("relay", self.outputs, caps.outputs),
            ("input", self.inputs, caps.inputs),
        ):
            for name, channel in wires.items():
                if not 1 <= channel <= most:
                    has = f"{kind}s 1 to {most}" if most else f"no {kind}s"
                    raise ValueError(f"{name} is at {kind} {channel}, but the board has {has}")

    def input_name(self, channel: int) -> str:
        """What is wired to an input, for people."""
        names = [name for name, each in self.inputs.items() if each == channel]
        return f"input {channel} ({names[0]})" if names else f"input {channel} (nothing)"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSetup:
    """The port of the board and its line, as they were opened."""

    port: str
    baud: int
    parity: str
    has_local_echo: bool
    setup: BoardSetup


def site_tables(line: LineSetup, wiring: Wiring, closed_when_off: Collection[str]) -> str:
    """[lane.board], [lane.outputs] and [lane.inputs] of a site file."""
    setup = line.setup
    board: dict[str, str | int | float | bool | None] = {
        "family": setup.family,
        "port": line.port,
        "baud": line.baud or None,  # a board that takes any rate needs none
        "parity": line.parity if line.parity != "N" else None,
        "local_echo": line.has_local_echo or None,
        "unit": setup.unit if setup.unit != 1 else None,
        "outputs": setup.outputs,
        "inputs": setup.inputs,
        "reply": setup.reply,
        "gap_ms": setup.gap_ms,
    }
    lines = [] if "under_arm" in wiring.inputs else [ASSUMED]
    lines += ["[lane.board]", *(f"{key} = {_value(board[key])}" for key in _given(board))]
    lines += ["", "[lane.outputs]"]
    lines += [f"{name} = {wiring.outputs[name]}" for name in OUTPUTS if name in wiring.outputs]
    lines += [f"pulse_ms = {wiring.pulse_ms}", "", "[lane.inputs]"]
    lines += [f"{name} = {wiring.inputs[name]}" for name in INPUTS if name in wiring.inputs]
    if closed_when_off:
        names = ", ".join(f'"{name}"' for name in INPUTS if name in closed_when_off)
        lines.append(f"closed_when_off = [{names}]")
    return "\n".join(lines) + "\n"


def _given(board: Mapping[str, object]) -> list[str]:
    return [key for key, value in board.items() if value is not None]


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'
    return str(value)
