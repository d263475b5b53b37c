"""A simulated relay board in a process of its own, so that it takes no time from who asks it.

As a program: BAUD (0: bytes take no time). It prints the port's path and runs until its input
ends.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from hardware.sim.pty_port import PtyPort
from hardware.sim.waveshare_board import WaveshareBoard


@contextmanager
def board_at(baud: int) -> Iterator[str]:
    """The path of the port of a board that answers at this rate."""
    command = (sys.executable, "-m", "tests.bench.board_process", str(baud))
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


def main(baud: str) -> None:
    """Answer until the input ends."""
    port = PtyPort(WaveshareBoard(), baud=int(baud))
    print(port.path, flush=True)
    sys.stdin.read()
    port.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
