"""Another program that holds a relay board, for the tests of the fault table.

    python -m tests.hardware.other_program hold LINK    a kiosk that has the port at LINK
    python -m tests.hardware.other_program press LINK   a lane that presses relay 1 for a minute

It says so in one word, and then waits for a line, or for its end.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from hardware.boards.lcus import LcusRelay
from hardware.line import SerialLine
from hardware.orders import Priority
from hardware.port import PortState, PortWorker
from hardware.sim.pty_port import PtyPort
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.waiting import LIMIT_S, Reports

PRESSED_MS = 60_000


def say(word: str) -> None:
    """One word for whoever started us."""
    print(word, flush=True)


def hold(link: Path) -> None:
    """Be the first to open a port, with a board behind it; then let it go, and end."""
    far_end = PtyPort(WaveshareBoard(), link=link)
    line = SerialLine(far_end.path, baud=0)
    line.open()
    say("held")
    sys.stdin.readline()
    line.close()
    say("free")
    sys.stdin.readline()
    far_end.close()


def press(link: Path) -> None:
    """Press a relay that only this program can let drop, and never come to it."""
    worker = PortWorker(
        name="press",
        line=SerialLine(str(link), baud=0),
        boards={"relay": LcusRelay(outputs=2, reply="none", gap_ms=0)},
    )
    board, states = worker.board("relay"), Reports[PortState]()
    board.add_state_listener(states.add)
    worker.start()
    states.until(PortState.READY)
    deadline_s = time.monotonic() + LIMIT_S
    board.pulse(1, PRESSED_MS, priority=Priority.OPEN, deadline_s=deadline_s).result(LIMIT_S)
    say("pressed")
    sys.stdin.readline()


if __name__ == "__main__":
    {"hold": hold, "press": press}[sys.argv[1]](Path(sys.argv[2]))
