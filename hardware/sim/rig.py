"""A toy lane in real time: barrier, loops and cars behind real ptys, for the demo and the tour.

The lane's own code opens the same kind of ports as at a real barrier; only what stands behind
them is simulated. What a scanned code means and what a receipt says is left to the program.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Final

from hardware.inputs import InputWire
from hardware.lane_control import LaneSetup, Output, OutputWire
from hardware.lane_words import LaneInputs, LaneTimers
from hardware.sim.cars import Car, LaneLayout
from hardware.sim.faults import apply_fault
from hardware.sim.plant import LOOPS_AND_LIMITS, LoopSetup, OperatorSetup, Plant
from hardware.sim.printer import PaperRoll
from hardware.sim.pty_port import LineFaults, PtyPort
from hardware.sim.relay_board import BoardFault, OutputListener
from hardware.sim.scanner import ToyScanner
from hardware.sim.waveshare_board import WaveshareBoard

OPEN_CHANNEL: Final = 1
CLOSE_CHANNEL: Final = 2
GREEN_CHANNEL: Final = 3
RED_CHANNEL: Final = 4
STOP_CHANNEL: Final = 5
HOLD_CHANNEL: Final = 6
FULL_CHANNEL: Final = 7
HOST_ALIVE_CHANNEL: Final = 8
INPUT_NAMES: Final = LOOPS_AND_LIMITS
SAFETY_INPUT: Final = 5
FIRE_INPUT: Final = 6
"""A normally closed contact: current as long as there is no fire."""
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
    is_full_shown: bool = False
    is_host_alive: bool = False
    is_held: bool = False
    is_stopped: bool = False
    is_fire: bool = False
    has_mains: bool = True
    is_jammed: bool = False
    is_arm_broken: bool = False
    stuck: tuple[str, ...] = ()
    """The inputs that report one value for ever."""
    tuned_out: tuple[str, ...] = ()
    """The loops that no longer report the car that stands on them."""
    board_fault: str = BoardFault.NONE.value


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
    detectors: LoopSetup = field(default_factory=LoopSetup)
    on_output: OutputListener | None = None
    """Hears of each relay of the board that switches, on whichever thread that happens."""


class ToyLane:
    """One simulated lane that runs from its making until `close`; verbs may come from any thread.

    With `auto_drive` the car at the line drives through each time the arm is raised for it;
    without it, it waits for `car_drives_on` too. While fire or a hold keeps the arm up, every car
    of an `auto_drive` lane drives through.
    """

    def __init__(self, setup: ToySetup) -> None:
        self.auto_drive = setup.auto_drive
        self.paper = PaperRoll()
        self._setup = setup
        self._wake = threading.Condition()
        self._is_closing = False
        self._is_plugged = True
        self._began_s = time.monotonic()
        self._plant = Plant(
            layout=setup.layout,
            operator=setup.operator,
            detectors=setup.detectors,
            wired=(*INPUT_NAMES, "safety", "fire"),
        )
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

    @property
    def board_line(self) -> LineFaults:
        """What goes wrong between the relay board and who has opened it."""
        return self._board_port.faults

    def lane_setup(self, timers: LaneTimers | None = None) -> LaneSetup:
        """Give the wiring of this lane as its LaneRunner needs it."""
        return LaneSetup(
            name=self._setup.name,
            outputs={
                Output.OPEN: OutputWire(OPEN_CHANNEL),
                Output.CLOSE: OutputWire(CLOSE_CHANNEL),
                Output.GREEN: OutputWire(GREEN_CHANNEL),
                Output.RED: OutputWire(RED_CHANNEL),
                Output.STOP: OutputWire(STOP_CHANNEL),
                Output.HOLD: OutputWire(HOLD_CHANNEL),
                Output.FULL: OutputWire(FULL_CHANNEL),
                Output.HOST_ALIVE: OutputWire(HOST_ALIVE_CHANNEL),
            },
            inputs={
                **{name: InputWire(channel) for channel, name in enumerate(INPUT_NAMES, start=1)},
                "safety": InputWire(SAFETY_INPUT),
                "fire": InputWire(FIRE_INPUT, is_normally_closed=True),
            },
            timers=timers or LaneTimers(),
        )

    def view(self) -> ToyView:
        """Look at the lane as it is now."""
        with self._wake:
            self._catch_up()
            outputs, operator = self.board.outputs, self._plant.operator
            return ToyView(
                arm_fraction=self._plant.arm_fraction,
                cars=tuple(ToyCar(car.front_mm, car.length_mm) for car in self._plant.cars),
                inputs=self._plant.inputs(),
                is_green=outputs[GREEN_CHANNEL - 1],
                is_red=outputs[RED_CHANNEL - 1],
                is_board_plugged=self._is_plugged,
                is_full_shown=outputs[FULL_CHANNEL - 1],
                is_host_alive=outputs[HOST_ALIVE_CHANNEL - 1],
                is_held=operator.is_hold_on,
                is_stopped=operator.is_stopped,
                is_fire=operator.is_fire_on,
                has_mains=operator.has_mains,
                is_jammed=operator.is_jammed,
                is_arm_broken=operator.is_broken_off,
                stuck=self._plant.stuck,
                tuned_out=self._plant.tuned_out,
                board_fault=self.board.fault.value,
            )

    # -- what happens in the lane

    def car_arrives(self) -> None:
        """Let a car roll onto the arming loop, or queue behind the last one."""
        with self._acting():
            self._plant.drive_up()
            self._send_held_on()

    def car_drives_on(self) -> None:
        """Let the foremost waiting car drive through as soon as the arm is up."""
        with self._acting():
            self._send_on()

    def car_backs_out(self) -> None:
        """Let the last car reverse out of the lane."""
        with self._acting():
            if self._plant.cars:
                self._plant.back_out(self._plant.cars[-1])

    def guard_opens(self) -> None:
        """Raise the arm by the guard's own remote."""
        with self._acting():
            self._plant.remote_open()

    def fire(self, is_on: bool) -> None:
        """Begin or end a fire alarm; it is wired to the operator and to the board."""
        with self._acting():
            self._plant.fire(is_on)
            self._send_held_on()

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

    # -- what breaks

    def mains(self, is_on: bool) -> None:
        """Take or give the barrier its mains; board, loops and kiosk have their own supply."""
        with self._acting():
            self._plant.mains(is_on)

    def jam(self, is_jammed: bool) -> None:
        """Block the arm where it is, or free it."""
        with self._acting():
            if is_jammed:
                self._plant.jam()
            else:
                self._plant.unjam()

    def break_arm(self) -> None:
        """Break the arm off: nothing bars the way any more."""
        with self._acting():
            self._plant.break_arm()

    def stick(self, name: str, is_on: bool) -> None:
        """Let an input, by its name in LaneInputs, report one value for ever."""
        with self._acting():
            self._plant.stick(name, is_on)

    def unstick(self, name: str) -> None:
        """Let this input report again what there is."""
        with self._acting():
            self._plant.unstick(name)

    def tune_out(self, name: str) -> None:
        """Let a loop take the car that stands over it for the road, until it leaves."""
        with self._acting():
            self._plant.tune_out(name)

    def let_board(self, fault: str) -> None:
        """Let the board misbehave as this word of `hardware.sim.faults` says; "none" mends it.

        Raises ValueError for what this board cannot do wrong.
        """
        with self._acting():
            apply_fault(self.board, fault)

    def mend(self) -> None:
        """Repair arm, mains, inputs, loops and board; a fire alarm goes on."""
        self.let_board(BoardFault.NONE.value)
        with self._acting():
            self._plant.heal()

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

    @contextmanager
    def _acting(self) -> Iterator[None]:
        """Let something happen at this instant, and be seen at the board's inputs at once."""
        with self._wake:
            self._catch_up()
            yield
            self._show_inputs()
            self._wake.notify()

    def _output_changed(self, channel: int, is_on: bool) -> None:
        if self._setup.on_output is not None:
            self._setup.on_output(channel, is_on)
        with self._acting():
            if channel == HOLD_CHANNEL:
                self._plant.hold(is_on)
                self._send_held_on()
            elif is_on and channel == OPEN_CHANNEL:
                self._plant.open_pulse()
                if self.auto_drive:
                    self._send_on()
            elif is_on and channel == CLOSE_CHANNEL:
                self._plant.close_pulse()
            elif is_on and channel == STOP_CHANNEL:
                self._plant.stop_pulse()

    def _send_on(self) -> None:
        car = self._foremost_waiting()
        if car is not None and not car.may_pass:
            self._plant.drive_through(car)

    def _send_held_on(self) -> None:
        if self.auto_drive and self._plant.operator.is_held_open:
            for car in self._plant.cars:
                if not car.may_pass:
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
        self.board.set_input(SAFETY_INPUT, inputs.safety is True)
        self.board.set_input(FIRE_INPUT, inputs.fire is False)

    def _link(self, device: str) -> Path:
        self._setup.folder.mkdir(parents=True, exist_ok=True)
        return self._setup.folder / f"{self._setup.name}-{device}"
