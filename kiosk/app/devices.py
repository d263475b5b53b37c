"""The devices of a site's lanes: boards, scanners, printers; simulated ones where it says `sim`.

The same code drives both: a simulated lane only stands behind ptys of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hardware.boards.families import make_board, make_boards
from hardware.escpos import QrCode, Raster, Slip, TextLine, is_printable
from hardware.inputs import OWN_BOARD, InputWire
from hardware.lane_control import LaneListener, LaneSetup, Output, OutputWire
from hardware.lane_runner import AlarmFrames, LaneRunner
from hardware.line import SerialLine
from hardware.port import BoardLink, PortWorker
from hardware.printer import PrintResult, ReceiptPrinter
from hardware.scanner import CodeReader
from hardware.sim.rig import ToyLane, ToySetup
from kiosk.app.board_tables import BusTable, LineTable
from kiosk.app.lane_tables import LaneTable
from kiosk.domain.ids import LaneName
from kiosk.services.paper import Paper


@dataclass(frozen=True, slots=True)
class LaneDevices:
    """Everything that stands at one lane, running; boards on a bus stand with their bus."""

    name: LaneName
    toy: ToyLane | None
    """The simulated lane behind the ports, for the demo and the tour."""
    port: PortWorker | None
    """The port of the lane's own board, if it has one."""
    runner: LaneRunner
    scanner: CodeReader | None
    """None where the codes come from a keyboard."""
    printer: ReceiptPrinter | None
    to_raster: Callable[[str], Raster] | None
    """Paints a line that the printer has no letters for."""

    def print_paper(self, paper: Paper, on_result: Callable[[PrintResult], None]) -> None:
        """Print, if the lane has a printer; the result comes on the printer's thread."""
        if self.printer is not None:
            self.printer.print_slip(_slip(paper, self.to_raster), on_result)

    def stop(self) -> None:
        """Lane, printer and scanner end, the board's relays drop, the ports are closed."""
        if self.scanner is not None:
            self.scanner.stop()
        self.runner.stop()
        if self.printer is not None:
            self.printer.stop()
        if self.port is not None:
            self.port.stop()
        if self.toy is not None:
            self.toy.close()


def make_bus(bus: BusTable) -> PortWorker:
    """The port of a bus with all its boards; start it once its lanes listen to them."""
    return PortWorker(
        name=bus.name,
        line=_line(bus.port, bus),
        boards=make_boards({board.name: board.to_setup() for board in bus.board}),
        has_local_echo=bus.local_echo,
    )


def start_lane(
    lane: LaneTable,
    *,
    on_buses: Mapping[str, BoardLink],
    folder: Path,
    listener: LaneListener,
    on_code: Callable[[LaneName, str], None],
    on_alarm: AlarmFrames,
    is_host_alive: Callable[[], bool],
    toy_speed: float,
    to_raster: Callable[[str], Raster] | None,
) -> LaneDevices:
    """Open every port of a lane and start its threads; `folder` holds the simulated ports."""
    name = LaneName(lane.name)
    toy = None
    if lane.is_simulated:
        toy = ToyLane(
            ToySetup(
                name=lane.name,
                folder=folder,
                speed=toy_speed,
                has_printer=lane.printer is not None,
            )
        )
    boards = dict(on_buses)
    port = None
    if lane.board is not None:
        port = PortWorker(
            name=lane.name,
            line=_line(toy.board_path if toy is not None else lane.board.port, lane.board),
            boards={OWN_BOARD: make_board(lane.board.to_setup())},
            has_local_echo=lane.board.local_echo,
        )
        boards[OWN_BOARD] = port.board(OWN_BOARD)
    runner = LaneRunner(
        setup=lane_setup(lane),
        boards=boards,
        listener=listener,
        on_alarm=on_alarm,
        is_host_alive=is_host_alive,
    )
    scanner = _scanner(lane, toy, on_code=on_code)
    printer = None
    if lane.printer is not None:
        printer_path = toy.printer_path if toy is not None else lane.printer.port
        assert printer_path is not None
        printer = ReceiptPrinter(
            name=lane.name, line=SerialLine(printer_path, baud=lane.printer.baud)
        )
        printer.start()
    runner.start()
    if port is not None:
        port.start()
    return LaneDevices(name, toy, port, runner, scanner, printer, to_raster)


def lane_setup(lane: LaneTable) -> LaneSetup:
    """The wiring of a lane as its runner needs it."""
    return LaneSetup(
        name=lane.name,
        outputs={
            Output(name): OutputWire(channel, board)
            for name, (board, channel) in lane.outputs.places().items()
        },
        inputs={
            name: InputWire(
                channel,
                # Fire is wired normally closed whatever the file says: a cut wire is a fire.
                is_normally_closed=name in ("fire", *lane.inputs.closed_when_off),
                board=board,
            )
            for name, (board, channel) in lane.inputs.places().items()
        },
        is_passage_assumed=lane.passage == "assumed",
        pulse_ms=lane.outputs.pulse_ms,
        timers=lane.timers.to_timers(pulse_ms=lane.outputs.pulse_ms),
    )


def _line(path: str, line: LineTable) -> SerialLine:
    return SerialLine(path, baud=line.baud, parity=line.parity)


def _scanner(
    lane: LaneTable, toy: ToyLane | None, *, on_code: Callable[[LaneName, str], None]
) -> CodeReader | None:
    table = lane.scanner
    if table.is_keyboard:
        return None
    reader = CodeReader(
        name=lane.name,
        line=SerialLine(toy.scanner_path if toy is not None else table.port, baud=table.baud),
        framing=table.framing(),
        gate=table.gate(),
        on_code=lambda code: on_code(LaneName(lane.name), code.text),
    )
    reader.start()
    return reader


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
