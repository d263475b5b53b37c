"""A barrier that moves in virtual time behind a real pty, and a fitter who answers by a script."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from hardware.boards.families import BoardSetup
from hardware.boards.modbus_coils import ModbusCoils
from hardware.boards.waveshare import WaveshareRelay
from hardware.commissioning.bench import LaneBench, OpenBoard
from hardware.commissioning.report import report
from hardware.commissioning.sequence import run_all
from hardware.commissioning.tables import LineSetup
from hardware.commissioning.trial import Limits, Result, Trial, Verdict
from hardware.commissioning.wiring import INPUTS, OUTPUTS, Wire, Wiring
from hardware.inputs import OWN_BOARD
from hardware.lane_words import LaneTimers
from hardware.line import SerialLine
from hardware.sim.bus import SimBus
from hardware.sim.coil_board import CoilBoard
from hardware.sim.plant import OperatorSetup, Plant
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import SimBoard
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.sim_benches import PATIENT_MS

ALL_OUTPUTS = {name: Wire(channel) for channel, name in enumerate(OUTPUTS, start=1)}
ALL_INPUTS = {name: Wire(channel) for channel, name in enumerate(INPUTS, start=1)}
NORTH_INPUTS = {name: Wire(wire.channel, "north") for name, wire in ALL_INPUTS.items()}
ON_NORTH = Wiring(outputs=ALL_OUTPUTS, inputs=NORTH_INPUTS)
"""The relays of the lane's own board, and the inputs of another one."""
LIMITS = Limits(edge_s=20.0, timers=LaneTimers(close_max_s=15.0, grant_ttl_s=5.0, open_max_s=4.0))
PAUSE_S = 5.0
POLL_S = 0.05
CTRL_C = "\x03"
END = "\x04"


@dataclass(frozen=True, kw_only=True)
class Lane:
    """A lane as it was really built, which need not be as its wiring says."""

    operator: OperatorSetup = field(default_factory=lambda: OperatorSetup(pause_s=PAUSE_S))
    inputs: Mapping[str, Wire] = field(default_factory=lambda: dict(ALL_INPUTS))
    """Where each contact really leads."""
    outputs: Mapping[str, Wire] = field(default_factory=lambda: dict(ALL_OUTPUTS))
    others: Mapping[str, bool] = field(default_factory=dict)
    """Further boards, on one line of their own, and whether each has a timer."""
    normally_closed: Collection[str] = ("fire",)
    dead: Collection[str] = ()
    """Contacts that never change."""
    dead_outputs: Collection[str] = ()
    is_linked: bool = False
    has_timer: bool = True


def operator(**changes: object) -> Lane:
    """A lane whose operator is set in another way."""
    return Lane(operator=replace(OperatorSetup(pause_s=PAUSE_S), **changes))  # type: ignore[arg-type]


def on_north(**changes: object) -> Lane:
    """A lane that is built as ON_NORTH says."""
    there = Lane(inputs=NORTH_INPUTS, others={"north": True})
    return replace(there, **changes)  # type: ignore[arg-type]


class World:
    """Boards, plant and clock; a clock's promise is kept by letting the plant move."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._lock = threading.RLock()
        self._now_s = 0.0
        self.plant = Plant(wired=tuple(INPUTS), operator=lane.operator)
        for name in lane.dead:
            self.plant.stick(name, self.plant.read(name))
        has_timer = {OWN_BOARD: lane.has_timer, **lane.others}
        self.units = {name: max(1, unit) for unit, name in enumerate(has_timer)}
        self.boards = {name: self._board(name, has_timer[name]) for name in has_timer}
        self.board = self.boards[OWN_BOARD]
        self.drivers = {
            name: WaveshareRelay(unit, timeout_ms=PATIENT_MS)
            if has_timer[name]
            else ModbusCoils(unit=unit, inputs=8, timeout_ms=PATIENT_MS)
            for name, unit in self.units.items()
        }
        self.sent: list[str] = []
        """Every relay that closed, by what it is for."""
        self.switched: list[tuple[str, bool]] = []
        self.top = 0.0
        """How high the arm has been since the last OPEN."""
        self.on_pause: Callable[[float], None] | None = None
        self._show()
        self.port = PtyPort(Standing(self, [self.board]))
        self.ports = {OWN_BOARD: self.port}
        if lane.others:
            shared = PtyPort(Standing(self, [self.boards[name] for name in lane.others]))
            self.ports |= dict.fromkeys(lane.others, shared)

    # -- the clock

    def now_s(self) -> float:
        return self._now_s

    def pause(self, seconds: float) -> None:
        with self._lock:
            self._now_s += seconds
            self.plant.advance(self._now_s)
            for board in self.boards.values():
                board.advance(self._now_s)
            self.top = max(self.top, self.plant.arm_fraction)
            if self.on_pause is not None:
                self.on_pause(self._now_s)
            self._show()

    def is_closed(self, output: str) -> bool:
        """Whether what hangs on a relay is switched on."""
        is_wired = output not in self._lane.dead_outputs
        wire = self._lane.outputs[output]
        return is_wired and self.boards[wire.board].outputs[wire.channel - 1]

    @property
    def relays(self) -> tuple[bool, ...]:
        """Every relay of every board."""
        return tuple(each for board in self.boards.values() for each in board.outputs)

    def close(self) -> None:
        """Take the ports away."""
        for port in {id(port): port for port in self.ports.values()}.values():
            port.close()

    def hear(self, bus: SimBus, data: bytes) -> list[bytes]:
        """Let boards on one line answer, at the present instant."""
        with self._lock:
            return bus.received(data, self._now_s)

    def _board(self, name: str, has_timer: bool) -> SimBoard:
        def switched(channel: int, is_on: bool) -> None:
            self._switched(Wire(channel, name), is_on)

        if has_timer:
            is_linked = self._lane.is_linked
            unit = self.units[name]
            return WaveshareBoard(unit=unit, is_linked=is_linked, on_output=switched)
        return CoilBoard(unit=self.units[name], on_output=switched)

    def _show(self) -> None:
        for name, wire in self._lane.inputs.items():
            is_on = self.plant.read(name) is True
            board = self.boards[wire.board]
            board.set_input(wire.channel, is_on is not (name in self._lane.normally_closed))

    def _switched(self, wire: Wire, is_on: bool) -> None:
        names = [name for name, each in self._lane.outputs.items() if each == wire]
        output = names[0] if names else str(wire)
        self.switched.append((output, is_on))
        if is_on:
            self.sent.append(output)
        if output in self._lane.dead_outputs:
            return
        match output:
            case "open" if is_on:
                self.top = 0.0
                self.plant.open_pulse()
            case "close" if is_on:
                self.plant.close_pulse()
            case "stop" if is_on:
                self.plant.stop_pulse()
            case "hold":
                self.plant.hold(is_on)


class Standing:
    """Boards on one line whose time stands still but for World.pause()."""

    def __init__(self, world: World, boards: list[SimBoard]) -> None:
        self._world = world
        self._bus = SimBus(boards)

    def received(self, data: bytes, now_s: float) -> list[bytes]:
        return self._world.hear(self._bus, data)

    def advance(self, now_s: float) -> None:
        """Its time passes in pause() alone."""

    def next_change_s(self) -> float | None:
        return None


class Fitter:
    """Does what the test asks for, and answers truly; `says` answers otherwise by a fragment."""

    def __init__(self, world: World, says: Mapping[str, str] | None = None) -> None:
        self.heard: list[str] = []
        self._world = world
        self._says = dict(says or {})
        plant = world.plant
        self._acts: dict[str, Callable[[], object]] = {
            "Drive the car onto": plant.drive_up,
            "back the car": lambda: plant.back_out(plant.cars[-1]),
            "Drive through": lambda: plant.drive_through(plant.cars[-1]),
            "Block the photocell": lambda: plant.obstruct(True),
            "Now clear it": lambda: plant.obstruct(False),
            "Open the fire contact": lambda: plant.fire(True),
            "Close the fire contact": lambda: plant.fire(False),
        }
        self._truths: dict[str, Callable[[], bool]] = {
            "Did the arm go up": lambda: world.top == 1.0,
            "at once": lambda: plant.arm_fraction < 1.0,
            "halt half way": lambda: 0.0 < plant.arm_fraction < 1.0,
            "raise the arm by itself": lambda: plant.operator.is_held_open,
            "Is the arm down": lambda: plant.arm_fraction == 0.0,
            "stay up": lambda: plant.arm_fraction == 1.0,
            "operator's own key": self._lower,
            "Nothing was seen": lambda: False,
            "Will the arm still come": lambda: False,
            "green lamp": lambda: world.is_closed("green"),
            "red lamp": lambda: world.is_closed("red"),
            "the sign say": lambda: world.is_closed("full"),
        }

    def tell(self, text: str) -> None:
        self.heard.append(text)
        for part, act in self._acts.items():
            if text.startswith(part) or f"Now {part}" in text or f". {part}" in text:
                act()

    def ask(self, question: str) -> str:
        self.heard.append(question)
        for part, answer in self._says.items():
            if part in question:
                if answer == CTRL_C:
                    raise KeyboardInterrupt
                if answer == END:
                    raise EOFError
                return answer
        for part, is_true in self._truths.items():
            if part in question:
                return "y" if is_true() else "n"
        return "y"

    def _lower(self) -> bool:
        self._world.plant.crank(0.0)
        return True


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A test that is over."""

    results: list[Result]
    heard: list[str]
    sent: list[str]
    text: str
    relays: tuple[bool, ...]

    def verdict(self, title: str) -> Verdict:
        return next(result.verdict for result in self.results if result.title == title)

    def findings(self, title: str) -> str:
        return "\n".join(next(result.findings for result in self.results if result.title == title))

    @property
    def failed(self) -> list[str]:
        return [each.title for each in self.results if each.verdict is Verdict.FAILED]

    @property
    def skipped(self) -> list[str]:
        return [each.title for each in self.results if each.verdict is Verdict.SKIPPED]


def commission(
    lane: Lane | None = None,
    *,
    says: Mapping[str, str] | None = None,
    wiring: Wiring | None = None,
    meddle: Callable[[World], None] | None = None,
) -> Outcome:
    """Let a fitter test this lane from the first to the last step."""
    world = World(lane or Lane())
    wiring = wiring or Wiring(outputs=ALL_OUTPUTS, inputs=ALL_INPUTS)
    fitter = Fitter(world, says)
    with ExitStack() as stack:
        stack.callback(world.close)
        boards = open_boards(world, stack)
        bench = LaneBench(boards=boards, wiring=wiring, clock=world, poll_s=POLL_S)
        trial = Trial(bench=bench, terminal=fitter, limits=LIMITS)
        if meddle is not None:
            meddle(world)
        results = list(run_all(trial))
    return Outcome(
        results=results,
        heard=fitter.heard,
        sent=world.sent,
        text=report(results, trial=trial, lines=setups_of(world)),
        relays=world.relays,
    )


def open_boards(world: World, stack: ExitStack) -> dict[str, OpenBoard]:
    """Each board on the line of its port; they are closed with the stack."""
    lines: dict[str, SerialLine] = {}
    boards = {}
    for name, driver in world.drivers.items():
        path = world.ports[name].path
        if path not in lines:
            lines[path] = SerialLine(path, baud=0)
            lines[path].open()
            stack.callback(lines[path].close)
        boards[name] = OpenBoard(driver, lines[path])
    return boards


def setups_of(world: World) -> list[LineSetup]:
    """What was opened, as a report says it."""
    setups = {
        name: BoardSetup(family="waveshare-modbus", unit=world.units[name])
        for name in world.drivers
    }
    named = {name: setups[name] for name in setups if name != OWN_BOARD}
    lines = {"/dev/kiosk/relay0": {OWN_BOARD: setups[OWN_BOARD]}, "/dev/kiosk/bus0": named}
    return [
        LineSetup(port=port, baud=9600, parity="N", has_local_echo=False, boards=boards)
        for port, boards in lines.items()
        if boards
    ]
