"""What an installer should know of lanes that are wired well enough to run; refuses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

from kiosk.app.board_tables import Baud
from kiosk.app.lane_tables import OWN_BOARD

if TYPE_CHECKING:
    from hardware.boards.base import BoardCaps
    from kiosk.app.board_tables import BoardFacts, BusTable
    from kiosk.app.config import SiteFile
    from kiosk.app.lane_tables import LaneTable

ROUND_MAX_MS = 100.0
"""A question that has waited for so long is dropped, and its lane sees later still."""
POLL_BYTES = 8 + 5
"""A question for inputs and the answer to it, but for the inputs themselves."""
NO_SAFETY = (
    "The kiosk is not a safety function: force limit, photocells and safety loop stay wired to"
    " the barrier operator, and so does the fire alarm."
)


def lane_advice(file: SiteFile) -> list[str]:
    """A line for each thing to know, lane by lane; the last one holds for all of them."""
    boards: dict[str, BoardFacts] = {board.name: board for bus in file.bus for board in bus.board}
    lines = [
        f"lane {lane.name}: {advice}"
        for lane in file.lane
        if not lane.is_simulated
        for advice in _advice(
            lane, boards if lane.board is None else {OWN_BOARD: lane.board, **boards}
        )
    ]
    lines += [f"bus {bus.name}: {advice}" for bus in file.bus for advice in _bus_advice(bus, file)]
    return [*lines, NO_SAFETY] if file.lane else lines


def _bus_advice(bus: BusTable, file: SiteFile) -> Iterator[str]:
    boards = {board.name: board for board in bus.board}
    used = {place[0] for lane in file.lane for place in lane.outputs.places().values()}
    polls = [  # each lane asks for itself
        name
        for lane in file.lane
        for name in {place[0] for place in lane.inputs.places().values()}
        if name in boards
    ]
    if idle := sorted(set(boards) - used - set(polls)):
        yield f"no lane is wired to {', '.join(idle)}"
    polled = [boards[name] for name in polls]
    round_ms = _round_ms(polled, bus.baud)
    if round_ms <= ROUND_MAX_MS:
        return
    told = f"all inputs are read only every {round_ms:.0f} ms at {bus.baud} baud"
    rates = [baud for baud in get_args(Baud) if _round_ms(polled, baud) <= ROUND_MAX_MS]
    if rates:
        yield f"{told}: a car is seen late; set line and boards to {min(rates)} baud"
    else:
        yield f"{told}: a car is seen late; spread the boards over more lines"


def _round_ms(boards: Sequence[BoardFacts], baud: int) -> float:
    """How long it takes to read the inputs of these boards once, one after the other."""
    from hardware.boards.families import caps_of
    from hardware.boards.modbus import silence_s
    from hardware.line import line_time_s

    round_s = 0.0
    for board in boards:
        caps = caps_of(board.to_setup())
        gap_ms = caps.min_gap_ms if board.gap_ms is None else board.gap_ms
        length = POLL_BYTES + (caps.inputs + 7) // 8
        round_s += line_time_s(length, baud) + silence_s(baud, 0) + silence_s(baud, gap_ms)
    return round_s * 1000


def _advice(lane: LaneTable, boards: dict[str, BoardFacts]) -> Iterator[str]:
    from hardware.boards.families import caps_of

    outputs, inputs = lane.outputs.places(), lane.inputs.places()
    caps: BoardCaps = caps_of(boards[outputs["open"][0]].to_setup())
    if lane.passage == "assumed":
        yield "no loop sees who passes: each passage is assumed, and marked so at the desk"
    if caps.pulse_quantum_ms is None:
        yield (
            "the board of OPEN cannot time a pulse: while this program is down it may leave OPEN"
            " pressed, so let the service run all-off when it stops"
        )
    if not caps.is_acked:
        yield "the board of OPEN never confirms: an order counts as sent, not as carried out"
    for limit, state in (("open_limit", "open"), ("closed_limit", "closed")):
        if limit not in inputs:
            yield f"no {limit} is wired: the arm counts as {state} after a time"
    if "fire" not in inputs:
        yield "no fire contact is wired: no screen will say that the barrier is open for fire"
    if "host_alive" not in outputs:
        yield "no host_alive relay is wired: nothing in the lane shows that this program ended"
