"""A real driver of each family, and its board of software behind a real pty."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hardware.boards.base import RelayBoard
from hardware.boards.kmtronic import KmtronicRelay
from hardware.boards.lcus import LcusRelay
from hardware.boards.modbus_coils import ModbusCoils
from hardware.boards.numato import NumatoRelay
from hardware.boards.waveshare import WaveshareRelay
from hardware.line import SerialLine
from hardware.sim.coil_board import CoilBoard
from hardware.sim.kmtronic_board import KmtronicBoard
from hardware.sim.lcus_board import LcusBoard, LcusReply
from hardware.sim.numato_board import NumatoBoard
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import OutputListener, SimBoard
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.waiting import LIMIT_S, Reports

PATIENT_MS = int(LIMIT_S * 1000)
"""For orders that succeed: only a broken program waits so long."""
HASTY_MS = 30
"""For orders that fail."""


@dataclass(frozen=True)
class Kit:
    """How driver and board of one family are made; the driver with its timeout in ms."""

    driver: Callable[[int], RelayBoard]
    board: Callable[[OutputListener], SimBoard]


def _lcus(reply: str, flavour: LcusReply) -> Kit:
    return Kit(
        lambda ms: LcusRelay(outputs=4, reply=reply, gap_ms=0, timeout_ms=ms),
        lambda listener: LcusBoard(outputs=4, reply=flavour, gap_s=0.0, on_output=listener),
    )


def _kmtronic(outputs: int) -> Kit:
    return Kit(
        lambda ms: KmtronicRelay(outputs=outputs, gap_ms=0, timeout_ms=ms),
        lambda listener: KmtronicBoard(outputs=outputs, on_output=listener),
    )


KITS = {
    "waveshare": Kit(
        lambda ms: WaveshareRelay(timeout_ms=ms),
        lambda listener: WaveshareBoard(on_output=listener),
    ),
    "coils": Kit(
        lambda ms: ModbusCoils(outputs=12, inputs=10, gap_ms=0, timeout_ms=ms),
        lambda listener: CoilBoard(outputs=12, inputs=10, on_output=listener),
    ),
    "lcus-none": _lcus("none", LcusReply.NONE),
    "lcus-text": _lcus("text", LcusReply.TEXT),
    "lcus-bytes": _lcus("bytes", LcusReply.RAW),
    "kmtronic-1": _kmtronic(1),
    "kmtronic-2": _kmtronic(2),
    "kmtronic-4": _kmtronic(4),
    "kmtronic-8": _kmtronic(8),
    "numato-8": Kit(
        lambda ms: NumatoRelay(outputs=8, inputs=4, timeout_ms=ms),
        lambda listener: NumatoBoard(outputs=8, inputs=4, on_output=listener),
    ),
    "numato-16": Kit(
        lambda ms: NumatoRelay(outputs=16, inputs=10, timeout_ms=ms),
        lambda listener: NumatoBoard(outputs=16, inputs=10, on_output=listener),
    ),
}


class SimBench:
    """One board, its port, and an open line to it; `outputs` tells each change of a relay."""

    def __init__(self, kit: Kit, link: Path, *, baud: int = 0) -> None:
        self.outputs: Reports[tuple[int, bool]] = Reports()
        self.board = kit.board(lambda channel, is_on: self.outputs.add((channel, is_on)))
        self.port = PtyPort(self.board, baud=baud, link=link)
        self.line = SerialLine(self.port.path, baud=baud)
        self.line.open()
        self.patient = kit.driver(PATIENT_MS)
        self.hasty = kit.driver(HASTY_MS)

    def switch(self, channel: int, *, is_on: bool) -> None:
        """Switch a relay that is not so yet, and wait until it is."""
        self.patient.set_output(self.line, channel, is_on)
        assert self.outputs.next() == (channel, is_on)

    def reboot(self, silent_s: float) -> None:
        """Let the board lose its supply for a moment."""
        self.board.reboot(silent_s, time.monotonic())

    def close(self) -> None:
        """No thread and no file is left."""
        self.line.close()
        self.port.close()
