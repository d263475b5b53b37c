"""A pulse on a board that never answers: a driver was let in only by a relay that was seen on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import cast

import pytest

from hardware.boards.base import Ack, AckKind, BoardCaps, RelayBoard
from hardware.boards.kmtronic import KmtronicRelay
from hardware.boards.lcus import LcusRelay
from hardware.boards.waveshare import WaveshareRelay
from hardware.errors import BadReply, DeviceTimeout
from hardware.inputs import OWN_BOARD
from hardware.lane_control import LaneSetup, Output, OutputWire
from hardware.lane_runner import LaneRunner
from hardware.lane_words import LaneTimers, Phase
from hardware.line import SerialLine
from hardware.orders import Priority
from hardware.port import BoardLink, PortWorker
from hardware.seen_pulse import seen_pulse
from hardware.sim.kmtronic_board import KmtronicBoard
from hardware.sim.lcus_board import LcusBoard, LcusReply
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import BoardFault, SimBoard
from tests.hardware.lane_worlds import Ear

SENT = Ack(AckKind.SENT, 0.0, 0.0, b"")
TELLS = LcusRelay(outputs=2, reply="text").caps
ASSUMED = LaneSetup(
    name="entry",
    outputs={
        Output.OPEN: OutputWire(1),
        Output.GREEN: OutputWire(2),
        Output.RED: OutputWire(3),
    },
    inputs={},
    is_passage_assumed=True,
    timers=LaneTimers(
        settle_s=0.05, min_gap_s=0.7, open_time_s=0.8, open_max_s=1.5, close_time_s=0.1
    ),
)


class Stand:
    """A lane without loops on a board that never answers but tells its relays."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.board: SimBoard
        driver: RelayBoard
        if kind == "kmtronic":
            self.board, driver = KmtronicBoard(outputs=4), KmtronicRelay(outputs=4)
        else:
            reply = LcusReply.TEXT if kind == "text" else LcusReply.RAW
            self.board = LcusBoard(outputs=4, reply=reply)
            driver = LcusRelay(outputs=4, reply=kind)
        self.pty = PtyPort(self.board, baud=9600, link=folder / "board")
        line = SerialLine(self.pty.path, baud=9600)
        self.port = PortWorker(name="entry", line=line, boards={OWN_BOARD: driver})
        self.ear = Ear()
        self.lane = LaneRunner(
            setup=ASSUMED, boards={OWN_BOARD: self.port.board(OWN_BOARD)}, listener=self.ear
        )
        self.lane.start()
        self.port.start()
        self.ear.reports.until(Phase.IDLE)

    def close(self) -> None:
        self.lane.stop()
        self.port.stop()
        self.pty.close()


@pytest.fixture(params=["kmtronic", "text", "bytes"])
def stand(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stand]:
    """The lane at rest."""
    made = Stand(tmp_path, request.param)
    yield made
    made.close()


def test_a_passage_is_assumed_when_the_relay_was_seen_on(stand: Stand) -> None:
    stand.lane.grant("g")

    assert stand.ear.reports.until(("assumed", "g"))[-3:-1] == [Phase.OPENING, Phase.OPEN]


def test_no_passage_is_assumed_when_the_board_is_dead_behind_a_live_port(stand: Stand) -> None:
    stand.board.fault = BoardFault.DEAF
    stand.lane.grant("g")
    heard = stand.ear.reports.until(Phase.BLIND)

    assert ("alarm", "pulse_unconfirmed", "raised") in heard
    assert ("assumed", "g") not in heard


def test_no_passage_is_assumed_when_the_relay_does_not_close(stand: Stand) -> None:
    stand.board.stick(1)
    stand.lane.grant("g")
    heard = stand.ear.reports.until(("voided", "g", "open_timeout"))

    assert ("alarm", "pulse_unconfirmed", "raised") in heard
    assert ("assumed", "g") not in heard


class HeldLink:
    """A board whose orders are answered by the test."""

    def __init__(self, caps: BoardCaps = TELLS) -> None:
        self.caps = caps
        self.pressed: Future[Ack] = Future()
        self.looks: list[Future[tuple[bool, ...]]] = []
        self.priorities: list[Priority] = []

    def pulse(
        self, channel: int, duration_ms: int, *, priority: Priority, deadline_s: float
    ) -> Future[Ack]:
        self.priorities.append(priority)
        return self.pressed

    def submit(
        self, order: object, *, priority: Priority, deadline_s: float
    ) -> Future[tuple[bool, ...]]:
        self.priorities.append(priority)
        self.looks.append(Future())
        return self.looks[-1]

    def press(self) -> Future[Ack]:
        return seen_pulse(cast(BoardLink, self), 2, 500, priority=Priority.OPEN, deadline_s=1.0)


def test_a_pulse_is_answered_by_a_look_right_after_it() -> None:
    link = HeldLink()
    pulse = link.press()
    link.pressed.set_result(SENT)
    was_done = pulse.done()
    link.looks[0].set_result((False, True))

    assert not was_done
    assert pulse.result(0) is SENT
    assert link.priorities == [Priority.OPEN, Priority.OPEN]


def test_a_relay_that_is_seen_off_is_a_bad_reply() -> None:
    link = HeldLink()
    pulse = link.press()
    link.pressed.set_result(SENT)
    link.looks[0].set_result((True, False))

    assert isinstance(pulse.exception(0), BadReply)


@pytest.mark.parametrize("is_pulse", [True, False])
def test_what_fails_first_is_what_became_of_the_pulse(is_pulse: bool) -> None:
    link = HeldLink()
    pulse = link.press()
    failure = DeviceTimeout("mute")
    if is_pulse:
        link.pressed.set_exception(failure)
        link.looks[0].set_result((True, True))
    else:
        link.pressed.set_result(SENT)
        link.looks[0].set_exception(failure)

    assert pulse.exception(0) is failure


def test_a_pulse_that_waits_is_taken_back_with_its_look() -> None:
    link = HeldLink()
    pulse = link.press()

    assert pulse.cancel()
    assert (pulse.cancelled(), link.pressed.cancelled(), link.looks[0].cancelled()) == (True,) * 3


def test_a_pulse_that_went_out_cannot_be_taken_back() -> None:
    link = HeldLink()
    pulse = link.press()
    link.pressed.set_result(SENT)

    assert not pulse.cancel()
    assert not link.looks[0].cancelled()


@pytest.mark.parametrize("caps", [WaveshareRelay.caps, LcusRelay(outputs=2, reply="none").caps])
def test_a_board_that_confirms_or_cannot_be_asked_is_not_looked_at(caps: BoardCaps) -> None:
    link = HeldLink(caps)

    assert link.press() is link.pressed
    assert link.looks == []
