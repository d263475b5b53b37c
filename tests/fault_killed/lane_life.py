"""One life of a lane on a real port, up to an open grant; whoever starts it kills it.

    python -m tests.fault_killed.lane_life PORT

Board and car are at the far end of the port and outlive it.
"""

from __future__ import annotations

import sys

from hardware.boards.waveshare import WaveshareRelay
from hardware.inputs import OWN_BOARD
from hardware.lane_control import Output, OutputWire
from hardware.lane_words import Phase
from hardware.line import SerialLine
from hardware.port import PortWorker
from tests.hardware.fault_bench import wiring
from tests.hardware.lane_worlds import Ear, lane_on

LAMPS = {Output.RED: OutputWire(4), Output.HOLD: OutputWire(6)}


def main(path: str) -> None:
    """Give a grant to the car that stands there, say so, and go on until the end."""
    port = PortWorker(
        name="entry", line=SerialLine(path, baud=0), boards={OWN_BOARD: WaveshareRelay()}
    )
    ear = Ear()
    lane = lane_on(port, setup=wiring(more_outputs=LAMPS), listener=ear)
    lane.start()
    port.start()
    ear.reports.until(Phase.PRESENT)
    lane.grant("g")
    ear.reports.until(Phase.OPENING)
    print("opening", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(sys.argv[1])
