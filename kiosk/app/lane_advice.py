"""What an installer should know of lanes that are wired well enough to run; refuses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.app.lane_tables import OWN_BOARD

if TYPE_CHECKING:
    from hardware.boards.base import BoardCaps
    from kiosk.app.board_tables import BoardFacts
    from kiosk.app.config import SiteFile
    from kiosk.app.lane_tables import LaneTable

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
    return [*lines, NO_SAFETY] if file.lane else lines


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
