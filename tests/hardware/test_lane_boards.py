"""A real lane on more than one board, on a board that never answers, and with a stuck relay."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.boards.base import RelayBoard
from hardware.boards.lcus import LcusRelay
from hardware.boards.waveshare import WaveshareRelay, encode_all_off, encode_set
from hardware.inputs import OWN_BOARD, InputWire
from hardware.lane_control import LaneSetup, LaneView, Output, OutputWire
from hardware.lane_runner import LaneRunner
from hardware.lane_words import LaneTimers, Phase
from hardware.line import SerialLine
from hardware.orders import Priority
from hardware.port import PortWorker
from hardware.recorder import Frame
from hardware.sim.lcus_board import LcusBoard, LcusReply
from hardware.sim.pty_port import PtyPort
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.lane_worlds import Ear
from tests.hardware.port_bench import poll, soon
from tests.hardware.waiting import LIMIT_S, Reports

TIMERS = LaneTimers(settle_s=0.05, min_gap_s=0.05, open_time_s=0.1, close_time_s=0.1)
INPUTS = {
    "arming": InputWire(1),
    "under_arm": InputWire(2),
    "open_limit": InputWire(3),
    "closed_limit": InputWire(4),
}
CLOSED = 4


class Stand:
    """A Waveshare board for the inputs and an LCUS board for OPEN, each on a port of its own."""

    def __init__(
        self,
        folder: Path,
        setup: LaneSetup,
        *,
        is_host_alive: Callable[[], bool] = lambda: True,
        ear: Ear | None = None,
    ) -> None:
        self.relays: Reports[tuple[str, int, bool]] = Reports()
        self.loops = WaveshareBoard(
            on_output=lambda channel, is_on: self.relays.add(("loops", channel, is_on))
        )
        self.cheap = LcusBoard(
            outputs=2,
            reply=LcusReply.NONE,
            gap_s=0.0,
            on_output=lambda channel, is_on: self.relays.add(("cheap", channel, is_on)),
        )
        self.loops.set_input(CLOSED, True)
        self.ptys = {
            OWN_BOARD: PtyPort(self.loops, link=folder / "loops"),
            "cheap": PtyPort(self.cheap, link=folder / "cheap"),
        }
        self.ear = ear or Ear()
        self.boxes: Reports[tuple[str, str, tuple[str, ...]]] = Reports()
        drivers: dict[str, RelayBoard] = {
            OWN_BOARD: WaveshareRelay(),
            "cheap": LcusRelay(outputs=2, reply="none", gap_ms=0),
        }
        self.ports = {
            name: PortWorker(
                name=name,
                line=SerialLine(self.ptys[name].path, baud=0),
                boards={name: drivers[name]},
            )
            for name in setup.boards
        }
        self.lane = LaneRunner(
            setup=setup,
            boards={name: port.board(name) for name, port in self.ports.items()},
            listener=self.ear,
            on_alarm=self._alarmed,
            is_host_alive=is_host_alive,
        )
        self.lane.start()
        for port in self.ports.values():
            port.start()

    def _alarmed(self, lane: str, code: str, boxes: object) -> None:
        assert isinstance(boxes, dict)
        assert all(isinstance(frame, Frame) for frames in boxes.values() for frame in frames)
        self.boxes.add((lane, code, tuple(sorted(boxes))))

    def sent(self, name: str) -> list[bytes]:
        """What went out on one port."""
        frames = self.ports[name].blackbox()
        return [frame.content for frame in frames if frame.direction == "sent"]

    def close(self) -> None:
        self.lane.stop()
        for port in self.ports.values():
            port.stop()
        for pty in self.ptys.values():
            pty.close()


def two_boards() -> LaneSetup:
    """Loops and lamps on the lane's own board, OPEN on a cheap one."""
    return LaneSetup(
        name="entry",
        outputs={
            Output.OPEN: OutputWire(1, "cheap"),
            Output.GREEN: OutputWire(3),
            Output.RED: OutputWire(4),
            Output.HOST_ALIVE: OutputWire(8),
        },
        inputs=INPUTS,
        pulse_ms=200,
        timers=TIMERS,
    )


def only_open() -> LaneSetup:
    """All on the lane's own board."""
    return LaneSetup(
        name="entry",
        outputs={Output.OPEN: OutputWire(1)},
        inputs=INPUTS,
        pulse_ms=200,
        timers=TIMERS,
    )


def switch_on(stand: Stand, channel: int) -> None:
    """Switch a relay behind the lane's back."""
    stand.ports[OWN_BOARD].board(OWN_BOARD).submit(
        lambda board, line: board.set_output(line, channel, True),
        priority=Priority.OPEN,
        deadline_s=soon(),
    ).result(LIMIT_S)


def weld_closed(stand: Stand, channel: int) -> None:
    """Let a relay close for good."""
    switch_on(stand, channel)
    stand.loops.stick(channel)


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    """A lane on two boards, at rest."""
    made = Stand(tmp_path, two_boards())
    made.ear.reports.until(Phase.IDLE)
    yield made
    made.close()


def present(stand: Stand) -> None:
    stand.loops.set_input(1, True)
    stand.ear.reports.until(Phase.PRESENT)


def test_a_grant_opens_on_one_board_what_the_loops_of_another_saw(stand: Stand) -> None:
    present(stand)
    stand.lane.grant("g")
    stand.relays.until(("cheap", 1, True))

    assert stand.relays.until(("cheap", 1, False))[-1] == ("cheap", 1, False)


@pytest.mark.parametrize("name", [OWN_BOARD, "cheap"])
def test_a_lane_that_loses_either_board_is_blind(stand: Stand, name: str) -> None:
    stand.ptys[name].unplug()
    heard = stand.ear.reports.until(Phase.BLIND)
    stand.ptys[name].replug()

    assert ("alarm", "io_lost", "raised") in heard
    assert Phase.BOOT in stand.ear.reports.until(Phase.IDLE)


def test_an_alarm_hands_over_what_crossed_each_port(stand: Stand) -> None:
    stand.ptys["cheap"].unplug()

    assert stand.boxes.next() == ("entry", "io_lost", ("cheap", OWN_BOARD))


def test_the_host_alive_relay_is_held_while_the_lane_works(stand: Stand) -> None:
    stand.relays.until(("loops", 8, True))

    assert stand.loops.outputs[7] is True


def test_a_program_that_is_stuck_lets_the_host_alive_relay_drop(tmp_path: Path) -> None:
    stuck = threading.Event()
    stand = Stand(tmp_path, two_boards(), is_host_alive=lambda: not stuck.is_set())
    stand.relays.until(("loops", 8, True))
    stuck.set()

    assert stand.relays.until(("loops", 8, False))[-1] == ("loops", 8, False)
    stand.close()


def test_a_relay_that_stays_closed_is_an_alarm_once_and_locks_the_lane(tmp_path: Path) -> None:
    stand = Stand(tmp_path, only_open())
    stand.ear.reports.until(Phase.IDLE)
    present(stand)
    stand.lane.grant("g")
    stand.relays.until(("loops", 1, True))
    stand.loops.stick(1)

    stand.ear.reports.until(("alarm", "output_stuck", "raised"))
    stand.lane.grant("after")
    heard = stand.ear.reports.until(("voided", "after", "locked"))
    poll(stand.ports[OWN_BOARD].board(OWN_BOARD)).result(LIMIT_S)  # so what waited is out
    sent = stand.sent(OWN_BOARD)
    stand.close()

    assert ("alarm", "output_stuck", "raised") not in heard
    assert sent.count(encode_set(1, 1, is_on=False)) == 1
    assert sent.count(encode_all_off(1)) == 1  # at the start: others may use the board now


def test_a_relay_that_stays_closed_after_somebody_has_looked_is_told_again(
    tmp_path: Path,
) -> None:
    stand = Stand(tmp_path, only_open())
    stand.ear.reports.until(Phase.IDLE)
    weld_closed(stand, 1)
    stand.ear.reports.until(("alarm", "output_stuck", "raised"))
    stand.lane.reset()
    heard = stand.ear.reports.until(("alarm", "output_stuck", "raised"))
    stand.close()

    assert ("alarm", "output_stuck", "cleared") in heard


class LockEar(Ear):
    """An ear that hears also whether the lane is locked."""

    is_locked = False

    def lane_changed(self, lane: str, view: LaneView) -> None:
        super().lane_changed(lane, view)
        if view.is_locked is not self.is_locked:
            self.is_locked = view.is_locked
            self.reports.add(("locked", str(view.is_locked)))


def test_a_lane_that_is_unlocked_with_a_relay_that_stays_closed_is_locked_again(
    tmp_path: Path,
) -> None:
    stand = Stand(tmp_path, only_open(), ear=LockEar())
    stand.ear.reports.until(Phase.IDLE)
    weld_closed(stand, 1)
    stand.ear.reports.until(("locked", "True"))
    stand.lane.unlock()
    stand.ear.reports.until(("locked", "False"))

    assert stand.ear.reports.until(("locked", "True"))[-1] == ("locked", "True")
    stand.close()


def test_a_relay_that_stays_closed_leaves_the_relays_of_another_lane_alone(
    tmp_path: Path,
) -> None:
    stand = Stand(tmp_path, only_open())
    stand.ear.reports.until(Phase.IDLE)
    switch_on(stand, 6)  # as another lane on this board would
    weld_closed(stand, 1)
    stand.ear.reports.until(("alarm", "output_stuck", "raised"))
    poll(stand.ports[OWN_BOARD].board(OWN_BOARD)).result(LIMIT_S)
    is_on = stand.loops.outputs[5]
    stand.close()

    assert is_on


def test_a_lamp_that_a_board_forgot_is_ordered_again(stand: Stand) -> None:
    stand.relays.until(("loops", 4, True))
    stand.loops.power_off()

    assert stand.relays.until(("loops", 4, True))[-1] == ("loops", 4, True)


def test_a_lane_without_any_input_assumes_its_passages(tmp_path: Path) -> None:
    setup = LaneSetup(
        name="entry",
        outputs={Output.OPEN: OutputWire(1, "cheap")},
        inputs={},
        is_passage_assumed=True,
        pulse_ms=200,
        timers=TIMERS,
    )
    stand = Stand(tmp_path, setup)
    stand.ear.reports.until(Phase.IDLE)
    stand.lane.grant("g")
    heard = stand.ear.reports.until(("assumed", "g"))
    stand.ear.reports.until(Phase.IDLE)
    relays = stand.relays.until(("cheap", 1, False))
    stand.close()

    assert Phase.OPENING in heard
    assert relays == [("cheap", 1, True), ("cheap", 1, False)]


def test_the_full_sign_follows_the_services(tmp_path: Path) -> None:
    setup = LaneSetup(
        name="entry",
        outputs={Output.OPEN: OutputWire(1), Output.FULL: OutputWire(7)},
        inputs=INPUTS,
        timers=TIMERS,
    )
    stand = Stand(tmp_path, setup)
    stand.ear.reports.until(Phase.IDLE)
    stand.lane.show_full(True)
    stand.relays.until(("loops", 7, True))
    stand.lane.show_full(False)
    seen = stand.relays.until(("loops", 7, False))
    stand.close()

    assert seen == [("loops", 7, False)]


def test_after_a_stuck_relay_an_order_to_hold_still_raises_the_arm(tmp_path: Path) -> None:
    setup = LaneSetup(
        name="entry",
        outputs={Output.OPEN: OutputWire(1), Output.GREEN: OutputWire(3)},
        inputs=INPUTS,
        pulse_ms=200,
        timers=TIMERS,
    )
    stand = Stand(tmp_path, setup)
    stand.ear.reports.until(Phase.IDLE)
    stand.loops.received(bytes.fromhex("01 05 00 02 FF 00 2D FA"), 0.0)  # by itself
    stand.loops.stick(3)
    stand.ear.reports.until(("alarm", "output_stuck", "raised"))
    stand.relays.rest()
    is_over, is_begun = threading.Event(), threading.Event()

    def keep_busy(board: object, line: object) -> None:
        is_begun.set()
        assert is_over.wait(LIMIT_S)

    stand.ports[OWN_BOARD].board(OWN_BOARD).submit(
        keep_busy, priority=Priority.STOP, deadline_s=time.monotonic() + LIMIT_S
    )
    assert is_begun.wait(LIMIT_S)
    stand.lane.attendant_hold()
    stand.ear.reports.until(Phase.HELD)
    is_over.set()
    seen = stand.relays.next()
    stand.close()

    assert seen == ("loops", 1, True)
