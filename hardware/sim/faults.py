"""The ways in which a board of software can fail, as words for a person who plays with it."""

from __future__ import annotations

import time
from typing import Final

from hardware.sim.relay_board import BoardFault, SimBoard

STUCK_RELAY: Final = "stuck_relay"
REBOOT: Final = "reboot"
REBOOT_S: Final = 1.0


def fault_names(board: SimBoard) -> tuple[str, ...]:
    """Give the words that apply_fault takes for this board."""
    return (*(fault.value for fault in board.faults), STUCK_RELAY, REBOOT)


def apply_fault(board: SimBoard, text: str, *, now_s: float | None = None) -> None:
    """Let a board fail: one of its words, where it takes one with a number behind it.

    `exception 2` refuses everything by that number, `stuck_relay 3` welds the contact of relay 3
    as it is, `reboot 2.5` drops all relays and is silent for so many seconds from now_s (by
    default now), `none` heals all of it. ValueError says what the board cannot do.
    """
    name, *numbers = text.split() or [""]
    if name not in fault_names(board):
        raise ValueError(f"{name!r} is none of: {', '.join(fault_names(board))}")
    most = 1 if name in (BoardFault.EXCEPTION.value, STUCK_RELAY, REBOOT) else 0
    if len(numbers) > most or (name == STUCK_RELAY and not numbers):
        raise ValueError(f"{name} takes {f'{most} number' if most else 'no number'}: {text!r}")
    if name == STUCK_RELAY:
        board.stick(int(numbers[0]))
    elif name == REBOOT:
        silent_s = float(numbers[0]) if numbers else REBOOT_S
        board.reboot(silent_s, time.monotonic() if now_s is None else now_s)
    else:
        if numbers:
            board.exception_number = _exception(numbers[0])
        board.fault = BoardFault(name)
    if name == BoardFault.NONE.value:
        for channel, _ in enumerate(board.outputs, start=1):
            board.stick(channel, is_stuck=False)


def _exception(number: str) -> int:
    if not 1 <= int(number) <= 255:
        raise ValueError(f"an exception is 1 to 255, not {number}")
    return int(number)
