"""A toy lane in real time: barrier, loops and cars behind real ptys, for the demo and the tour.

The lane's own code opens the same kind of ports as at a real barrier; only what stands behind
them is simulated. What a scanned code means and what a receipt says is left to the program.
"""

import threading
import time
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Final

from hardware.inputs import InputWire
from hardware.lane_control import LaneSetup
from hardware.lane_words import LaneInputs, LaneTimers
from hardware.sim.cars import Car, LaneLayout
from hardware.sim.plant import OperatorSetup, Plant
from hardware.sim.printer import PaperRoll
from hardware.sim.pty_port import PtyPort
from hardware.sim.scanner import ToyScanner
from hardware.sim.waveshare_board import WaveshareBoard

OPEN_CHANNEL: Final = 1
CLOSE_CHANNEL: Final = 2
GREEN_CHANNEL: Final = 3
RED_CHANNEL: Final = 4
INPUT_NAMES: Final = ("arming", "under_arm", "open_limit", "closed_limit")
IDLE_S: Final = 60.0
END_LIMIT_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class ToyCar:
    """Where a car is, in millimetres from the near edge of the arming loop, inwards."""

    front_mm: float
    length_mm: float


@dataclass(frozen=True, slots=True)
class ToyView:
    """One instant of a toy lane, for drawing; `arm_fraction` is 0 closed to 1 open."""

    arm_fraction: float
    cars: tuple[ToyCar, ...]
    inputs: LaneInputs
    is_green: bool
    is_red: bool
    is_board_plugged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToySetup:
    """How a toy lane is built; `speed` 4 lets four seconds of the barrier pass in one."""

    name: str
    folder: Path
    speed: float = 1.0
    has_printer: bool = False
    auto_drive: bool = True
    baud: int = 0
    layout: LaneLayout = field(default_factory=LaneLayout)
    operator: OperatorSetup = field(default_factory=OperatorSetup)


class ToyLane:
    """One simulated lane that runs from its making until `close`; verbs may come from any thread.

    With `auto_drive` the car at the line drives through each time the arm is raised for it;
    without it, it waits for `car_drives_on` too. `board.fault` lets the board misbehave.
    """

    def __init__(self, setup: ToySetup) -> None:
        self.auto_drive = setup.auto_drive
        self.paper = PaperRoll()
        self._setup = setup
        self._wake = threading.Condition()
        self._is_closing = False
        self._is_plugged = True
        self._began_s = time.monotonic()
        self._plant = Plant(layout=setup.layout, operator=setup.operator)
        self.board = WaveshareBoard(on_output=self._output_changed)
        self._show_inputs()
        self._board_port = PtyPort(self.board, baud=setup.baud, link=self._link("board"))
        self._scanner = ToyScanner(baud=setup.baud, link=self._link("scanner"))
        self._printer_port: PtyPort | None = None
        if setup.has_printer:
            self._printer_port = PtyPort(self.paper, baud=setup.baud, link=self._link("printer"))
        self._thread = threading.Thread(target=self._run, name=f"toy:{setup.name}", daemon=True)
        self._thread.start()

    # -- what the program needs to know of it

    @property
    def board_path(self) -> str:
        """Where the relay board is found; stays the same when it is replugged."""
        return self._board_port.path

    @property
    def scanner_path(self) -> str:
        """Where the scanner is found."""
        return self._scanner.path

    @property
    def printer_path(self) -> str | None:
        """Where the printer is found, None in a lane without one."""
        return None if self._printer_port is None else self._printer_port.path

    def lane_setup(self, timers: LaneTimers | None = None) -> LaneSetup:
        """Give the wiring of this lane as its LaneRunner needs it."""
        arming, under_arm, open_limit, closed_limit = (
            InputWire(channel) for channel, _ in enumerate(INPUT_NAMES, start=1)
        )
        return LaneSetup(
            name=self._setup.name,
            open_channel=OPEN_CHANNEL,
            close_channel=CLOSE_CHANNEL,
            green_channel=GREEN_CHANNEL,
            red_channel=RED_CHANNEL,
            arming=arming,
            under_arm=under_arm,
            open_limit=open_limit,
            closed_limit=closed_limit,
            timers=timers or LaneTimers(),
        )

    def view(self) -> ToyView:
        """Look at the lane as it is now."""
        with self._wake:
            self._catch_up()
            outputs = self.board.outputs
            return ToyView(
                arm_fraction=self._plant.arm_fraction,
                cars=tuple(ToyCar(car.front_mm, car.length_mm) for car in self._plant.cars),
                inputs=self._plant.inputs(),
                is_green=outputs[GREEN_CHANNEL - 1],
                is_red=outputs[RED_CHANNEL - 1],
                is_board_plugged=self._is_plugged,
            )

    # -- what happens in the lane

    def car_arrives(self) -> None:
        """Let a car roll onto the arming loop, or queue behind the last one."""
        with self._wake:
            self._catch_up()
            self._plant.drive_up()
            self._wake.notify()

    def car_drives_on(self) -> None:
        """Let the foremost waiting car drive through as soon as the arm is up."""
        with self._wake:
            self._catch_up()
            self._send_on()
            self._wake.notify()

    def car_backs_out(self) -> None:
        """Let the last car reverse out of the lane."""
        with self._wake:
            self._catch_up()
            if self._plant.cars:
                self._plant.back_out(self._plant.cars[-1])
            self._wake.notify()

    def guard_opens(self) -> None:
        """Raise the arm by the guard's own remote."""
        with self._wake:
            self._catch_up()
            self._plant.remote_open()
            self._wake.notify()

    def scan(self, text: str) -> None:
        """Hold a code before the scanner."""
        self._scanner.scan(text)

    def unplug_board(self) -> None:
        """Pull the relay board's cable; its relays drop, cars and arm go on."""
        self._is_plugged = False
        self._board_port.unplug()
        self.board.power_off()

    def replug_board(self) -> None:
        """Plug the relay board in again."""
        self._board_port.replug()
        self._is_plugged = True

    def close(self) -> None:
        """End the simulation: no thread and no port is left."""
        with self._wake:
            self._is_closing = True
            self._wake.notify()
        self._thread.join(END_LIMIT_S)
        self._board_port.close()
        self._scanner.close()
        if self._printer_port is not None:
            self._printer_port.close()

    # -- how it runs

    def _run(self) -> None:
        with self._wake:
            while not self._is_closing:
                self._catch_up()
                change_s = self._plant.next_change_s()
                wait_s = (change_s - self._plant.now_s) / self._setup.speed
                self._wake.wait(IDLE_S if change_s == inf else min(wait_s, IDLE_S))

    def _output_changed(self, channel: int, is_on: bool) -> None:
        with self._wake:
            self._catch_up()
            if is_on and channel == OPEN_CHANNEL:
                self._plant.open_pulse()
                if self.auto_drive:
                    self._send_on()
            elif is_on and channel == CLOSE_CHANNEL:
                self._plant.close_pulse()
            self._wake.notify()

    def _send_on(self) -> None:
        car = self._foremost_waiting()
        if car is not None and not car.may_pass:
            self._plant.drive_through(car)

    def _foremost_waiting(self) -> Car | None:
        stop_mm = self._setup.layout.stop_mm
        return next((car for car in self._plant.cars if car.front_mm < stop_mm + 1.0), None)

    def _catch_up(self) -> None:
        self._plant.advance((time.monotonic() - self._began_s) * self._setup.speed)
        self._show_inputs()

    def _show_inputs(self) -> None:
        inputs = self._plant.inputs()
        for channel, name in enumerate(INPUT_NAMES, start=1):
            self.board.set_input(channel, getattr(inputs, name) is True)

    def _link(self, device: str) -> Path:
        self._setup.folder.mkdir(parents=True, exist_ok=True)
        return self._setup.folder / f"{self._setup.name}-{device}"
