"""How long a lane takes to press a relay, to see an input, to notice a loss and to come back.

Real lane, port and driver; the board is simulated behind a pty that takes the time of the line.
What a scan adds before the lane is asked is in test_scan_to_relay.
"""

from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from hardware.boards.base import Ack, RelayBoard
from hardware.boards.lcus import LcusRelay
from hardware.boards.modbus import silence_s
from hardware.boards.waveshare import EXTRA_GAP_MS, WaveshareRelay
from hardware.inputs import OWN_BOARD, InputWire
from hardware.lane_control import LaneSetup, LaneView, Output, OutputWire, RelayOrder
from hardware.lane_runner import LaneRunner
from hardware.lane_words import LaneTimers, Phase
from hardware.line import Line, SerialLine, line_time_s
from hardware.orders import Priority
from hardware.port import BoardLink, PortState, PortWorker
from hardware.sim.lcus_board import LcusBoard, LcusReply
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import BoardFault, SimBoard
from hardware.sim.waveshare_board import WaveshareBoard
from tests.bench.figures import Figure, quantiles

T = TypeVar("T")

LIMIT_S = 10.0
ARMING, UNDER_ARM, CLOSED_LIMIT = 1, 2, 3
TIMERS = LaneTimers(settle_s=0.05, min_gap_s=0.02, open_time_s=0.4, open_max_s=0.5, open_retries=0)
"""The arm never moves: each order is one pulse, and the lane takes the next."""
PULSE_MS = 200
PULSES, EDGES, LOSSES, RETURNS, ECHOES = 40, 60, 20, 8, 200
FRAME_BYTES = 8
PROBE_BYTES, PROBE_FRAMES = 8 + 21 + 8 + 8, 2
"""A Waveshare's linkage is asked for, then every relay is switched off."""
BEFORE_THE_LANE_MS = 5.0
"""What reader, work thread and database may take of a scan, as test_scan_to_relay holds them."""
ON, LCUS_ON = b"\x01\x05\x02\x00", b"\xa0\x01\x01"
_chance = random.Random(1)
_pause = threading.Event()


class Ear:
    """Hears the lane and puts down when."""

    def __init__(self) -> None:
        self.phases: queue.SimpleQueue[tuple[Phase, int]] = queue.SimpleQueue()
        self._phase: Phase | None = None

    def lane_changed(self, lane: str, view: LaneView) -> None:
        if view.phase is not self._phase:
            self._phase = view.phase
            self.phases.put((view.phase, time.monotonic_ns()))

    def passage(self, lane: str, token: str, *, at_s: float, is_assumed: bool) -> None:
        """Of no interest."""

    def grant_voided(self, lane: str, token: str, why: str) -> None:
        """Of no interest."""

    def lane_noticed(self, lane: str, notice: str) -> None:
        """Of no interest."""

    def alarm(self, lane: str, code: str, *, is_raised: bool) -> None:
        """Of no interest."""

    def relay_ordered(self, lane: str, order: RelayOrder) -> None:
        """Of no interest."""

    def until(self, *wanted: Phase) -> int:
        """The instant at which the lane came into one of these phases."""
        while True:
            phase, at_ns = self.phases.get(timeout=LIMIT_S)
            if phase in wanted:
                return at_ns


class Rig:
    """One lane on one board; `last_bits` has the instant of each order to raise the arm."""

    def __init__(
        self, folder: Path, *, baud: int, board: SimBoard, driver: RelayBoard, setup: LaneSetup
    ) -> None:
        self.board = board
        self.ear = Ear()
        self.last_bits: queue.SimpleQueue[float] = queue.SimpleQueue()
        received = board.received

        def noted(data: bytes, now_s: float) -> list[bytes]:
            if ON in data or LCUS_ON in data:
                self.last_bits.put(now_s)
            return received(data, now_s)

        board.received = noted  # type: ignore[method-assign]
        self.pty = PtyPort(board, baud=baud, link=folder / "board")
        line = SerialLine(self.pty.path, baud=baud)
        self.port = PortWorker(name="bench", line=line, boards={OWN_BOARD: driver})
        self.link: BoardLink = self.port.board(OWN_BOARD)
        self.states: queue.SimpleQueue[tuple[PortState, int]] = queue.SimpleQueue()
        self.link.add_state_listener(lambda s: self.states.put((s, time.monotonic_ns())))
        self.lane = LaneRunner(setup=setup, boards={OWN_BOARD: self.link}, listener=self.ear)

    def until(self, wanted: PortState) -> int:
        """The instant at which the board came into this state."""
        while True:
            state, at_ns = self.states.get(timeout=LIMIT_S)
            if state is wanted:
                return at_ns


@contextmanager
def waveshare_lane(folder: Path, baud: int) -> Iterator[Rig]:
    """A lane with both loops and its closed limit on a Waveshare board, arm down, no car."""
    names = {"arming": ARMING, "under_arm": UNDER_ARM, "closed_limit": CLOSED_LIMIT}
    setup = LaneSetup(
        name="bench",
        outputs={Output.OPEN: OutputWire(1), Output.CLOSE: OutputWire(2)},
        inputs={name: InputWire(channel) for name, channel in names.items()},
        timers=TIMERS,
        pulse_ms=PULSE_MS,
    )
    board = WaveshareBoard()
    board.set_input(CLOSED_LIMIT, True)
    rig = Rig(folder, baud=baud, board=board, driver=WaveshareRelay(), setup=setup)
    with at_work(rig):
        yield rig


@contextmanager
def lcus_lane(folder: Path) -> Iterator[Rig]:
    """A lane that assumes its passages, on a board that never answers."""
    setup = LaneSetup(
        name="bench",
        outputs={Output.OPEN: OutputWire(1)},
        inputs={},
        is_passage_assumed=True,
        timers=TIMERS,
        pulse_ms=PULSE_MS,
    )
    board = LcusBoard(outputs=1, reply=LcusReply.NONE)
    rig = Rig(folder, baud=9600, board=board, driver=LcusRelay(outputs=1), setup=setup)
    with at_work(rig):
        yield rig


@contextmanager
def at_work(rig: Rig) -> Iterator[None]:
    """Let it run until it is at rest; end it afterwards."""
    rig.lane.start()
    rig.port.start()
    try:
        rig.until(PortState.READY)
        yield
    finally:
        rig.lane.stop()
        rig.port.stop()
        rig.pty.close()


def pause(longest_s: float) -> None:
    """Let the next event fall anywhere between two polls."""
    _pause.wait(_chance.uniform(0.0, longest_s))


def figure(what: str, value: str, goal: str, *, is_held: bool) -> Figure:
    return Figure(bench="lane", what=what, value=value, goal=goal, is_held=is_held)


def at_most(what: str, durations_ns: list[int], goal_ms: float) -> Figure:
    """Durations that are held to a goal at their 99th percentile."""
    found = quantiles(durations_ns)
    return figure(what, found.text, f"p99 <= {goal_ms:.0f} ms", is_held=found.p99_ms <= goal_ms)


# -- from the grant to the wire


def pulses_ns(rig: Rig, count: int) -> list[int]:
    """From each attendant's order until its last bit, at any moment between two polls."""
    durations = []
    for number in range(count):
        pause(0.1)
        began_ns = time.monotonic_ns()
        rig.lane.attendant_open(f"t{number}", "bench")
        durations.append(round(rig.last_bits.get(timeout=LIMIT_S) * 1e9) - began_ns)
        _pause.wait(0.6)  # the pulse, the gap after its end and the wait for the arm are over
    return durations


@pytest.mark.bench
@pytest.mark.parametrize(("baud", "goal_ms"), [(9600, 51.0), (38400, 30.0)])
def test_from_the_order_to_the_last_bit(
    tmp_path: Path, baud: int, goal_ms: float, figures: list[Figure]
) -> None:
    with waveshare_lane(tmp_path, baud) as rig:
        rig.ear.until(Phase.IDLE)
        durations = pulses_ns(rig, PULSES)
    what = f"order to last bit at {baud} baud, polls under way"
    figures.append(at_most(what, durations, goal_ms - BEFORE_THE_LANE_MS))


@pytest.mark.bench
def test_from_the_order_to_the_last_bit_of_an_lcus(tmp_path: Path, figures: list[Figure]) -> None:
    with lcus_lane(tmp_path) as rig:
        rig.ear.until(Phase.IDLE, Phase.PRESENT)
        durations = pulses_ns(rig, PULSES)
    figures.append(
        at_most("order to last bit of an LCUS, 9600 baud", durations, 25.0 - BEFORE_THE_LANE_MS)
    )


@pytest.mark.bench
@pytest.mark.parametrize("baud", [9600, 38400])
def test_from_the_last_bit_to_the_checked_echo(
    tmp_path: Path, baud: int, figures: list[Figure]
) -> None:
    with waveshare_lane(tmp_path, baud) as rig:
        rig.ear.until(Phase.IDLE)
        durations = [echoed_ns(rig) for _ in range(ECHOES)]
    wire_ms = line_time_s(FRAME_BYTES, baud) * 1000
    goal_ms = wire_ms + silence_s(baud, 0.0) * 1000 + 2.0
    found = quantiles(durations)
    figures.append(
        figure(
            f"last bit to checked echo at {baud} baud, {wire_ms:.1f} ms of it wire",
            found.text,
            f"p50 <= {goal_ms:.1f} ms",
            is_held=found.p50_ms <= goal_ms,
        )
    )


def echoed_ns(rig: Rig) -> int:
    """From the last bit of one order until its echo was checked."""

    def pulse(board: RelayBoard, line: Line) -> Ack:
        return board.pulse(line, 1, 200)

    deadline_s = time.monotonic() + LIMIT_S
    ack = rig.link.submit(pulse, priority=Priority.OPEN, deadline_s=deadline_s).result(LIMIT_S)
    return round((ack.acked_at_s - rig.last_bits.get(timeout=LIMIT_S)) * 1e9)


# -- from the world to the lane


@pytest.mark.bench
def test_from_an_edge_at_an_input_to_the_lane(tmp_path: Path, figures: list[Figure]) -> None:
    durations = []
    with waveshare_lane(tmp_path, 9600) as rig:
        rig.ear.until(Phase.IDLE)
        for number in range(EDGES):
            pause(0.1)
            is_on = number % 2 == 0
            began_ns = time.monotonic_ns()
            rig.board.set_input(ARMING, is_on)
            seen_ns = rig.ear.until(Phase.PRESENT if is_on else Phase.IDLE)
            durations.append(seen_ns - began_ns)
    figures.append(at_most("edge at an input to lane event, 9600 baud", durations, 133.0))


@pytest.mark.bench
def test_how_soon_a_loss_is_noticed(tmp_path: Path, figures: list[Figure]) -> None:
    with waveshare_lane(tmp_path, 9600) as rig:
        unplugged = losses_ns(rig, rig.pty.unplug, rig.pty.replug)
        mute = losses_ns(
            rig,
            lambda: setattr(rig.board, "fault", BoardFault.MUTE),
            lambda: setattr(rig.board, "fault", BoardFault.NONE),
        )
    figures += [
        at_most("cable pulled to BLIND", unplugged, 100.0),
        at_most("board mute to BLIND", mute, 500.0),
    ]


def losses_ns(rig: Rig, lose: Callable[[], T], mend: Callable[[], T]) -> list[int]:
    """From each loss until the lane is blind."""
    durations = []
    for _ in range(LOSSES):
        rig.ear.until(Phase.IDLE)
        pause(0.1)
        began_ns = time.monotonic_ns()
        lose()
        durations.append(rig.ear.until(Phase.BLIND) - began_ns)
        mend()
    return durations


@pytest.mark.bench
def test_how_soon_a_board_is_back(tmp_path: Path, figures: list[Figure]) -> None:
    durations = []
    with waveshare_lane(tmp_path, 9600) as rig:
        for _ in range(RETURNS):
            rig.ear.until(Phase.IDLE)
            rig.pty.unplug()
            rig.until(PortState.LOST)
            _pause.wait(1.6)  # the waits between attempts have grown to their longest
            pause(1.0)
            began_ns = time.monotonic_ns()
            rig.pty.replug()
            durations.append(rig.until(PortState.READY) - began_ns)
    probe_s = line_time_s(PROBE_BYTES, 9600) + PROBE_FRAMES * silence_s(9600, EXTRA_GAP_MS)
    what = f"cable back to READY, {probe_s * 1000:.0f} ms of it probe"
    figures.append(at_most(what, durations, 1000.0 + probe_s * 1000))
