"""Whether lanes are wired to boards that are there and can do it; read before anything is opened.

Boards that never answer have no inputs, so that no loop can hang on one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kiosk.app.board_tables import SIMULATED
from kiosk.app.lane_tables import OWN_BOARD, has_doubles
from kiosk.app.scanner_table import KEYBOARD

if TYPE_CHECKING:
    from hardware.boards.base import BoardCaps
    from kiosk.app.board_tables import BusTable
    from kiosk.app.lane_tables import LaneTable, Place, WiresTable

SHARED_INPUT = "fire"
"""One contact may tell every lane, but each of them the same."""
LEASE_MIN_MS = 2000


class Abilities(NamedTuple):
    """What the check must know of a board."""

    outputs: int
    inputs: int
    pulse_max_ms: int


SIMULATED_BOARD = Abilities(outputs=8, inputs=8, pulse_max_ms=3_276_700)
"""So that a simulated site is checked without loading what opens real ports."""


def wiring_faults(lanes: Sequence[LaneTable], buses: Sequence[BusTable]) -> list[str]:
    """All that is wrong with the wiring of these lanes, in words; empty when all is well."""
    boards = [board.name for bus in buses for board in bus.board]
    faults = []
    if has_doubles(_ports(lanes, buses)):
        faults.append("lane ports should differ: each device has a port of its own")
    for lane in lanes:
        devices = {"board": lane.board, "printer": lane.printer}
        faults += [
            f"lane {lane.name}: a {what} has a port; only a scanner can be a keyboard"
            for what, device in devices.items()
            if device is not None and device.port == KEYBOARD
        ]
    if sum(lane.scanner.is_keyboard for lane in lanes) > 1:
        faults.append("there is one keyboard: only one lane can have its scanner there")
    if len({bus.name for bus in buses}) < len(buses):
        faults.append("bus names should differ")
    if has_doubles(boards) or OWN_BOARD in boards:
        faults.append(f"board names should differ, and none be {OWN_BOARD!r}")
    on_buses, bus_faults = _caps_of_buses(buses)
    faults += bus_faults
    for lane in lanes if not bus_faults else ():  # without its boards no wire could be judged
        faults += [f"lane {lane.name}: {fault}" for fault in _lane_faults(lane, on_buses)]
    faults += _shared_channels(lanes)
    return faults


def _ports(lanes: Sequence[LaneTable], buses: Sequence[BusTable]) -> list[str]:
    ports = [port for lane in lanes for port in lane.ports if port not in (SIMULATED, KEYBOARD)]
    return [os.path.normpath(port) for port in (*ports, *(bus.port for bus in buses))]


def _caps_of_buses(buses: Sequence[BusTable]) -> tuple[dict[str, Abilities], list[str]]:
    caps: dict[str, Abilities] = {}
    faults = []
    for bus in buses:
        from hardware.boards.families import make_boards

        try:
            made = make_boards({board.name: board.to_setup() for board in bus.board})
        except ValueError as wrong:
            faults.append(f"bus {bus.name}: {wrong}")
            continue
        caps |= {name: _abilities(board.caps) for name, board in made.items()}
    return caps, faults


def _abilities(caps: BoardCaps) -> Abilities:
    return Abilities(caps.outputs, caps.inputs, caps.pulse_max_ms)


def _lane_faults(lane: LaneTable, on_buses: Mapping[str, Abilities]) -> Iterator[str]:
    caps = dict(on_buses)
    if lane.is_simulated:
        caps[OWN_BOARD] = SIMULATED_BOARD
    elif lane.board is not None:
        from hardware.boards.families import caps_of

        try:
            caps[OWN_BOARD] = _abilities(caps_of(lane.board.to_setup()))
        except ValueError as wrong:
            yield str(wrong)
            return
    if lane.is_simulated and (strays := _strays(lane)):
        # A car on the toy lane would raise a real arm.
        yield f"a simulated lane cannot be wired to a real board: {', '.join(strays)}"
    for title, wires in (("output", lane.outputs), ("input", lane.inputs)):
        for name, (board, channel) in wires.places().items():
            yield from _wire_faults(
                f"{title} {name}", board, channel, caps=caps, is_output=title == "output"
            )
    alive, _ = lane.outputs.places().get("host_alive", ("", 0))
    if alive in caps and caps[alive].pulse_max_ms < LEASE_MIN_MS:
        yield "output host_alive needs a board that lets a relay drop by itself (waveshare-modbus)"


def _strays(lane: LaneTable) -> list[str]:
    return [
        f"{title} {name}"
        for title, wires in (("output", lane.outputs), ("input", lane.inputs))
        for name, (board, _) in wires.places().items()
        if board != OWN_BOARD
    ]


def _wire_faults(
    wire: str, board: str, channel: int, *, caps: Mapping[str, Abilities], is_output: bool
) -> Iterator[str]:
    if board not in caps:
        is_own = board == OWN_BOARD
        yield (
            f"{wire} is wired to the lane's own board, but there is no [lane.board]"
            if is_own
            else f"{wire} is wired to {board}, but no [[bus.board]] has this name"
        )
        return
    most = caps[board].outputs if is_output else caps[board].inputs
    if channel > most:
        kind = "relays" if is_output else "inputs"
        yield f"{wire} is wired to channel {channel}, but the board has {most} {kind}"


def _shared_channels(lanes: Sequence[LaneTable]) -> Iterator[str]:
    outputs = _on_buses((lane.name, lane.outputs) for lane in lanes)
    inputs = _on_buses((lane.name, lane.inputs) for lane in lanes)
    for kind, wires in (("output", outputs), ("input", inputs)):
        names: dict[Place, list[str]] = {}
        for name, place in wires:
            names.setdefault(place, []).append(name)
        for (board, channel), users in names.items():
            if len(users) > 1 and set(users) != {SHARED_INPUT}:
                yield f"{kind} {board}:{channel} is wired to two lanes"


def _on_buses(
    tables: Iterator[tuple[str, WiresTable]],
) -> list[tuple[str, Place]]:
    return [
        (name, place)
        for _, wires in tables
        for name, place in wires.places().items()
        if place[0] != OWN_BOARD
    ]
