"""One pulse on an open line, whoever keeps its time, and the end of all: every relay off.

A lane's orders are the port thread's; this is for tools that use boards one after the other.
"""

from __future__ import annotations

from collections.abc import Callable

from hardware.boards.base import Ack, RelayBoard
from hardware.errors import BadReply, DeviceTimeout
from hardware.line import Line


def pulse_once(
    board: RelayBoard,
    line: Line,
    channel: int,
    duration_ms: int,
    *,
    pause: Callable[[float], None],
) -> Ack:
    """Close one relay for a moment; without a timer on the board it is let drop twice.

    Also when the order failed or Ctrl-C ended the wait: then it is unknown whether it closed.
    """
    if board.caps.pulse_quantum_ms is not None:
        return board.pulse(line, channel, duration_ms)
    try:
        ack = board.set_output(line, channel, True)
        pause(duration_ms / 1000)
    finally:
        try:
            board.set_output(line, channel, False)
        finally:
            board.set_output(line, channel, False)
    return ack


def all_off_surely(board: RelayBoard, line: Line) -> None:
    """The one order that may be repeated, as off twice is off: where no answer came."""
    try:
        board.all_off(line)
        if board.caps.is_acked:
            return
    except (DeviceTimeout, BadReply):
        pass
    board.all_off(line)
