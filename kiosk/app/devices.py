"""The devices of a site's lanes: boards, scanners, printers; simulated ones where it says `sim`.

The same code drives both: a simulated lane only stands behind ptys of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hardware.boards.waveshare import WaveshareRelay
from hardware.escpos import QrCode, Raster, Slip, TextLine, is_printable
from hardware.inputs import InputWire
from hardware.lane_control import LaneListener, LaneSetup
from hardware.lane_runner import LaneRunner
from hardware.line import SerialLine
from hardware.port import PortWorker
from hardware.printer import PrintResult, ReceiptPrinter
from hardware.scanner import CodeReader
from hardware.sim.rig import ToyLane, ToySetup
from kiosk.app.lane_tables import InputsTable, LaneTable
from kiosk.domain.ids import LaneName
from kiosk.services.paper import Paper

SIMULATED = "sim"


@dataclass(frozen=True, slots=True)
class LaneDevices:
    """Everything that stands at one lane, running."""

    name: LaneName
    toy: ToyLane | None
    """The simulated lane behind the ports, for the demo and the tour."""
    port: PortWorker
    runner: LaneRunner
    scanner: CodeReader
    printer: ReceiptPrinter | None
    to_raster: Callable[[str], Raster] | None
    """Paints a line that the printer has no letters for."""

    def print_paper(self, paper: Paper, on_result: Callable[[PrintResult], None]) -> None:
        """Print, if the lane has a printer; the result comes on the printer's thread."""
        if self.printer is not None:
            self.printer.print_slip(_slip(paper, self.to_raster), on_result)

    def stop(self) -> None:
        """Lane, printer and scanner end, the board's relays drop, the ports are closed."""
        self.scanner.stop()
        self.runner.stop()
        if self.printer is not None:
            self.printer.stop()
        self.port.stop()
        if self.toy is not None:
            self.toy.close()


def start_lane(
    lane: LaneTable,
    *,
    folder: Path,
    listener: LaneListener,
    on_code: Callable[[LaneName, str], None],
    toy_speed: float,
    to_raster: Callable[[str], Raster] | None,
) -> LaneDevices:
    """Open every port of a lane and start its threads; `folder` holds the simulated ports."""
    name = LaneName(lane.name)
    toy = None
    if lane.board.port == SIMULATED:
        toy = ToyLane(
            ToySetup(
                name=lane.name,
                folder=folder,
                speed=toy_speed,
                has_printer=lane.printer is not None,
            )
        )
    port = PortWorker(
        name=lane.name,
        line=SerialLine(
            toy.board_path if toy is not None else lane.board.port, baud=lane.board.baud
        ),
        board=WaveshareRelay(unit=lane.board.unit),
    )
    runner = LaneRunner(setup=_lane_setup(lane), port=port, listener=listener)
    scanner = CodeReader(
        name=lane.name,
        line=SerialLine(
            toy.scanner_path if toy is not None else lane.scanner.port, baud=lane.scanner.baud
        ),
        on_code=lambda code: on_code(name, code.text),
    )
    printer = None
    if lane.printer is not None:
        printer_path = toy.printer_path if toy is not None else lane.printer.port
        assert printer_path is not None
        printer = ReceiptPrinter(
            name=lane.name, line=SerialLine(printer_path, baud=lane.printer.baud)
        )
        printer.start()
    port.start()
    runner.start()
    scanner.start()
    return LaneDevices(name, toy, port, runner, scanner, printer, to_raster)


def _lane_setup(lane: LaneTable) -> LaneSetup:
    board, inputs = lane.board, lane.inputs
    return LaneSetup(
        name=lane.name,
        open_channel=board.open_channel,
        close_channel=board.close_channel,
        green_channel=board.green_channel,
        red_channel=board.red_channel,
        pulse_ms=board.pulse_ms,
        arming=_wire(inputs, "arming", inputs.arming),
        under_arm=_wire(inputs, "under_arm", inputs.under_arm),
        open_limit=(
            _wire(inputs, "open_limit", inputs.open_limit)
            if inputs.open_limit is not None
            else None
        ),
        closed_limit=(
            _wire(inputs, "closed_limit", inputs.closed_limit)
            if inputs.closed_limit is not None
            else None
        ),
    )


def _wire(inputs: InputsTable, name: str, channel: int) -> InputWire:
    return InputWire(channel, is_normally_closed=name in inputs.closed_when_off)


def _slip(paper: Paper, to_raster: Callable[[str], Raster] | None) -> Slip:
    parts: list[TextLine | QrCode | Raster] = []
    for number, line in enumerate((paper.title, *paper.lines)):
        if is_printable(line):
            parts.append(TextLine(line, is_large=number == 0, is_centred=number == 0))
        elif to_raster is not None:
            parts.append(to_raster(line))
        else:
            parts.append(TextLine(line.encode("ascii", "replace").decode("ascii")))
    if paper.qr is not None:
        parts.append(QrCode(paper.qr))
    return tuple(parts)
