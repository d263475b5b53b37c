"""What was tested, as a site file writes it: boards, buses, wires, and the waits of a slow arm."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hardware.boards.families import BoardSetup
from hardware.commissioning.wiring import INPUTS, OUTPUTS, Wiring
from hardware.inputs import OWN_BOARD

ASSUMED: Final = '# no loop under the arm: this lane needs passage = "assumed" in its [[lane]]'
ONCE: Final = "# once in a site file, also where several lanes are wired to it"
TIMERS_MOST_S: Final[Mapping[str, int]] = {"open_max_s": 60, "close_max_s": 600}
"""The most that a site file takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSetup:
    """One port as it was opened, with all boards on it by name."""

    port: str
    baud: int
    parity: str
    has_local_echo: bool
    boards: Mapping[str, BoardSetup]

    @property
    def is_bus(self) -> bool:
        """Whether its boards have names; else it is the lane's own board."""
        return OWN_BOARD not in self.boards

    def __str__(self) -> str:
        boards = (
            setup.family if name == OWN_BOARD else f"{name} ({setup.family}, unit {setup.unit})"
            for name, setup in self.boards.items()
        )
        return f"{', '.join(boards)} at {self.port}"


def site_tables(
    lines: Sequence[LineSetup],
    wiring: Wiring,
    *,
    closed_when_off: Collection[str] = (),
    timers: Mapping[str, int] | None = None,
) -> str:
    """The tables of this lane in a site file, and those of the buses that it is wired to."""
    tables = [_own_board(line) for line in lines if not line.is_bus]
    tables += [_outputs(wiring), _inputs(wiring, closed_when_off)]
    if timers:
        tables.append(["[lane.timers]", *_keys(timers)])
    buses = [line for line in lines if line.is_bus]
    tables += [_bus(f"bus{number}", line) for number, line in enumerate(buses, start=1)]
    assumed = "" if "under_arm" in wiring.inputs else f"{ASSUMED}\n"
    return assumed + "\n".join("".join(f"{line}\n" for line in table) for table in tables)


def _own_board(line: LineSetup) -> list[str]:
    facts = _board(line.boards[OWN_BOARD])
    family = {"family": facts.pop("family")}
    return ["[lane.board]", *_keys(family | _line(line) | facts)]


def _bus(name: str, line: LineSetup) -> list[str]:
    table = [ONCE, "[[bus]]", *_keys({"name": name} | _line(line))]
    for board, setup in line.boards.items():
        table += ["[[bus.board]]", *_keys({"name": board} | _board(setup))]
    return table


def _outputs(wiring: Wiring) -> list[str]:
    wires = wiring.outputs
    named = [f"{name} = {wires[name].in_site_file}" for name in OUTPUTS if name in wires]
    return ["[lane.outputs]", *named, f"pulse_ms = {wiring.pulse_ms}"]


def _inputs(wiring: Wiring, closed_when_off: Collection[str]) -> list[str]:
    wires = wiring.inputs
    table = ["[lane.inputs]"]
    table += [f"{name} = {wires[name].in_site_file}" for name in INPUTS if name in wires]
    if closed_when_off:
        names = ", ".join(f'"{name}"' for name in INPUTS if name in closed_when_off)
        table.append(f"closed_when_off = [{names}]")
    return table


_Facts = dict[str, str | int | float | bool | None]


def _line(line: LineSetup) -> _Facts:
    return {
        "port": line.port,
        "baud": line.baud or None,  # a board that takes any rate needs none
        "parity": line.parity if line.parity != "N" else None,
        "local_echo": line.has_local_echo or None,
    }


def _board(setup: BoardSetup) -> _Facts:
    return {
        "family": setup.family,
        "unit": setup.unit if setup.unit != 1 else None,
        "outputs": setup.outputs,
        "inputs": setup.inputs,
        "reply": setup.reply,
        "gap_ms": setup.gap_ms,
    }


def _keys(facts: Mapping[str, str | int | float | bool | None]) -> Iterator[str]:
    return (f"{key} = {_value(value)}" for key, value in facts.items() if value is not None)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'
    return str(value)
