"""Two lanes whose boards share one RS-485 line at its pace: neither sees or moves the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from hardware.boards.families import BoardSetup, make_boards
from hardware.inputs import InputWire
from hardware.lane_control import LaneSetup, Output, OutputWire
from hardware.lane_runner import LaneRunner
from hardware.lane_words import LaneTimers, Phase
from hardware.line import SerialLine
from hardware.orders import Priority
from hardware.port import PortWorker
from hardware.sim.bus import SimBus
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import BoardFault
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.lane_worlds import Ear
from tests.hardware.waiting import LIMIT_S, Reports

NAMES = ("north", "south")
BAUD = 38400
ARMING, CLOSED = 1, 4


class TwoLanes:
    """Two lanes at rest, each with a car on its arming loop."""

    def __init__(self, folder: Path) -> None:
        self.pulses: Reports[str] = Reports()
        self.boards = {
            name: WaveshareBoard(unit=unit, on_output=partial(self._switched, name))
            for unit, name in enumerate(NAMES, start=1)
        }
        for board in self.boards.values():
            board.set_input(CLOSED, True)
        self.port = PtyPort(SimBus(self.boards.values()), baud=BAUD, link=folder / "bus0")
        self.worker = PortWorker(
            name="bus",
            line=SerialLine(self.port.path, baud=BAUD),
            boards=make_boards(
                {
                    name: BoardSetup(family="waveshare-modbus", unit=unit)
                    for unit, name in enumerate(NAMES, start=1)
                }
            ),
        )
        self.ears = {name: Ear() for name in NAMES}
        self.lanes = {
            name: LaneRunner(
                setup=_setup(name),
                boards={name: self.worker.board(name)},
                listener=self.ears[name],
            )
            for name in NAMES
        }
        for lane in self.lanes.values():
            lane.start()
        self.worker.start()

    def until(self, name: str, wanted: Phase | tuple[str, ...]) -> None:
        self.ears[name].reports.until(wanted)

    def close(self) -> None:
        for lane in self.lanes.values():
            lane.stop()
        self.worker.stop()
        self.port.close()

    def _switched(self, name: str, channel: int, is_on: bool) -> None:
        if is_on and channel == 1:
            self.pulses.add(name)


def _setup(board: str) -> LaneSetup:
    names = ("arming", "under_arm", "open_limit", "closed_limit")
    return LaneSetup(
        name=board,
        outputs={Output.OPEN: OutputWire(1, board)},
        inputs={
            name: InputWire(channel, board=board) for channel, name in enumerate(names, start=1)
        },
        timers=LaneTimers(settle_s=0.1),
    )


@pytest.fixture
def two(tmp_path: Path) -> Iterator[TwoLanes]:
    """Both lanes at rest."""
    made = TwoLanes(tmp_path)
    for name in NAMES:
        made.until(name, Phase.IDLE)
    yield made
    made.close()


def test_a_car_at_one_lane_is_seen_there_alone_and_opens_it_alone(two: TwoLanes) -> None:
    two.boards["south"].set_input(ARMING, True)
    two.until("south", Phase.PRESENT)
    two.lanes["north"].grant("n")
    two.lanes["south"].grant("s")

    assert two.pulses.next() == "south"
    two.until("north", ("voided", "n", "no_car"))
    assert two.pulses.rest() == []


def test_both_lanes_open_at_once(two: TwoLanes) -> None:
    for name in NAMES:
        two.boards[name].set_input(ARMING, True)
        two.until(name, Phase.PRESENT)
    for name in NAMES:
        two.lanes[name].grant(f"grant-{name}")

    assert {two.pulses.next(), two.pulses.next()} == set(NAMES)


def test_a_dead_board_blinds_its_own_lane_alone(two: TwoLanes) -> None:
    two.boards["north"].fault = BoardFault.DEAF
    two.until("north", Phase.BLIND)
    two.boards["south"].set_input(ARMING, True)
    two.until("south", Phase.PRESENT)
    two.lanes["south"].grant("s")

    assert two.pulses.next() == "south"
    two.boards["north"].fault = BoardFault.NONE
    two.until("north", Phase.IDLE)


@pytest.mark.parametrize("ending", ["stop", "blind"])
def test_a_pulse_that_still_waits_is_taken_back_when_its_cause_has_ended(
    two: TwoLanes, ending: str
) -> None:
    two.boards["south"].set_input(ARMING, True)
    two.until("south", Phase.PRESENT)
    is_over, is_begun = threading.Event(), threading.Event()

    def keep_busy(board: object, line: object) -> None:
        is_begun.set()
        assert is_over.wait(LIMIT_S)

    two.worker.board("north").submit(
        keep_busy, priority=Priority.STOP, deadline_s=time.monotonic() + LIMIT_S
    )
    assert is_begun.wait(LIMIT_S)
    two.lanes["south"].grant("s")
    two.until("south", Phase.OPENING)
    if ending == "stop":
        two.lanes["south"].attendant_stop()
        two.until("south", Phase.STOPPED)
    else:
        two.until("south", Phase.BLIND)  # the line is busy for too long to be believed
    is_over.set()
    two.worker.board("south").submit(
        lambda board, line: None, priority=Priority.POLL, deadline_s=time.monotonic() + LIMIT_S
    ).result(LIMIT_S)

    assert two.pulses.rest() == []
