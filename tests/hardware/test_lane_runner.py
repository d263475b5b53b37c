"""The lane's thread on a real port: waking, unconfirmed pulses, mistakes, full queues."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from hardware import lane_runner
from hardware.boards.waveshare import WaveshareRelay, encode_pulse
from hardware.errors import CommandDropped
from hardware.inputs import OWN_BOARD
from hardware.lane import step
from hardware.lane_control import LaneSetup
from hardware.lane_polls import LanePolls, Poll
from hardware.lane_runner import LaneRunner
from hardware.lane_words import (
    InputsRead,
    IoBack,
    LaneInputs,
    LaneState,
    LaneTimers,
    Phase,
    Tick,
)
from hardware.line import SerialLine
from hardware.orders import Priority
from hardware.port import PortState, PortWorker
from hardware.sim.relay_board import BoardFault
from hardware.sim.rig import ToyLane, ToySetup
from tests.hardware.lane_worlds import Ear, RealWorld, lane_on
from tests.hardware.waiting import Reports

T = TypeVar("T")
OPEN_PULSE = encode_pulse(1, 1, 500)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RealWorld]:
    """A real lane with a car on its arming loop."""
    made = RealWorld(tmp_path)
    made.until(Phase.IDLE)
    made.car_arrives()
    made.until(Phase.PRESENT)
    yield made
    made.close()


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[LaneSetup]:
    """The wiring of a toy lane that is not connected."""
    toy = ToyLane(ToySetup(name="entry", folder=tmp_path))
    yield toy.lane_setup()
    toy.close()


def port_on(path: str) -> PortWorker:
    """A port with a lane's own board, not started."""
    return PortWorker(name="entry", line=SerialLine(path), boards={OWN_BOARD: WaveshareRelay()})


def unstarted(setup: LaneSetup) -> LaneRunner:
    """A lane whose thread does not run."""
    port = port_on("/dev/null")
    return lane_on(port, setup=setup, listener=Ear())


def fill(lane: LaneRunner) -> None:
    """Order as much as a lane remembers."""
    for number in range(lane_runner.COMMANDS_MAX):
        lane.grant(f"g{number}")


def sent(world: RealWorld, frame: bytes) -> int:
    """How often this frame went to the board."""
    frames = [each.content for each in world.port.blackbox() if each.direction == "sent"]
    return frames.count(frame)


def test_a_healthy_start_is_no_alarm(tmp_path: Path) -> None:
    toy = ToyLane(ToySetup(name="entry", folder=tmp_path, speed=5.0))
    port, ear = port_on(toy.board_path), Ear()
    link = port.board(OWN_BOARD)
    asked = Reports[bool]()
    submit = link.submit

    def noted(order: Callable[..., T], *, priority: Priority, deadline_s: float) -> Future[T]:
        asked.add(True)
        return submit(order, priority=priority, deadline_s=deadline_s)

    link.submit = noted  # type: ignore[method-assign]
    lane = lane_on(port, setup=toy.lane_setup(LaneTimers(settle_s=0.1)), listener=ear)
    lane.start()
    asked.next()
    asked.next()  # the lane has looked before its port was started
    port.start()
    heard = ear.reports.until(Phase.IDLE)
    lane.stop()
    port.stop()
    toy.close()

    assert ("alarm", "io_lost", "raised") not in heard


def test_a_grant_is_one_pulse_on_the_wire(world: RealWorld) -> None:
    world.lane.grant("g")
    world.car_drives_on()
    world.until(("passage", "g"))
    assert sent(world, OPEN_PULSE) == 1


def test_a_grant_does_not_wait_for_the_next_poll(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toy = ToyLane(ToySetup(name="entry", folder=tmp_path, speed=5.0))
    port = port_on(toy.board_path)
    orders: Reports[Priority] = Reports()
    link = port.board(OWN_BOARD)
    submit = link.submit

    def noted(order: Callable[..., T], *, priority: Priority, deadline_s: float) -> Future[T]:
        orders.add(priority)
        return submit(order, priority=priority, deadline_s=deadline_s)

    monkeypatch.setattr(link, "submit", noted)
    timers = LaneTimers(settle_s=0.1, input_age_max_s=600.0)
    ear = Ear()
    lane = lane_on(port, setup=toy.lane_setup(timers), listener=ear)
    lane.start()
    port.start()
    toy.car_arrives()
    ear.reports.until(Phase.PRESENT)
    monkeypatch.setattr(lane_runner, "POLL_S", 600.0)
    orders.rest()
    orders.until(Priority.POLL)
    lane.grant("g")
    heard = ear.reports.until(Phase.OPENING)
    lane.stop()
    port.stop()
    toy.close()
    assert heard == [Phase.OPENING]


def test_an_unconfirmed_pulse_is_an_alarm_and_is_not_repeated(world: RealWorld) -> None:
    world.toy.board.fault = BoardFault.BAD_CRC
    world.lane.grant("g")
    world.until(("alarm", "pulse_unconfirmed", "raised"))
    world.toy.board.fault = BoardFault.NONE
    world.car_drives_on()
    world.until(Phase.IDLE)
    assert sent(world, OPEN_PULSE) == 1


def test_a_mute_board_blinds_the_lane(world: RealWorld) -> None:
    world.toy.board.fault = BoardFault.MUTE
    heard = world.until(Phase.BLIND)
    assert ("alarm", "io_lost", "raised") in heard


def test_a_board_that_is_not_there_at_the_start_is_an_alarm(
    setup: LaneSetup, tmp_path: Path
) -> None:
    ear = Ear()
    port = port_on(str(tmp_path / "nothing"))
    lane = lane_on(port, setup=setup, listener=ear)
    lane.start()
    port.start()
    heard = ear.reports.until(("alarm", "io_lost", "raised"))
    lane.stop()
    port.stop()
    assert Phase.BOOT not in heard


def test_a_lost_port_blinds_the_lane_before_its_readings_are_old(tmp_path: Path) -> None:
    toy = ToyLane(ToySetup(name="entry", folder=tmp_path, speed=5.0))
    port = port_on(toy.board_path)
    ear = Ear()
    timers = LaneTimers(settle_s=0.1, input_age_max_s=600.0)
    lane = lane_on(port, setup=toy.lane_setup(timers), listener=ear)
    lane.start()
    port.start()
    ear.reports.until(Phase.IDLE)
    toy.unplug_board()
    heard = ear.reports.until(Phase.BLIND)
    lane.stop()
    port.stop()
    toy.close()
    assert heard == [("alarm", "io_lost", "raised"), Phase.BLIND]


def test_the_view_tells_what_a_screen_shows(world: RealWorld) -> None:
    world.lane.grant("g")
    world.until(Phase.OPEN)
    view = next(each for each in world.ear.views if each.phase is Phase.OPEN)
    assert (view.grant, view.lamp.value, view.inputs.arming) == ("g", "green", True)


def test_a_mistake_of_ours_in_an_order_is_not_swallowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: Reports[object] = Reports()
    monkeypatch.setattr(threading, "excepthook", lambda crash: crashes.add(crash.exc_type))
    toy = ToyLane(ToySetup(name="entry", folder=tmp_path, speed=5.0))
    port = port_on(toy.board_path)
    setup = replace(toy.lane_setup(LaneTimers(settle_s=0.1)), pulse_ms=550)
    ear = Ear()
    lane = lane_on(port, setup=setup, listener=ear)
    lane.start()
    port.start()
    toy.car_arrives()
    ear.reports.until(Phase.PRESENT)
    lane.grant("g")
    crash = crashes.next()
    port.stop()
    toy.close()
    assert crash is ValueError


def test_a_lane_with_too_much_to_do_refuses_at_once(setup: LaneSetup) -> None:
    lane = unstarted(setup)
    fill(lane)
    with pytest.raises(CommandDropped):
        lane.grant("one too many")


def test_a_lane_that_was_never_started_can_be_stopped(setup: LaneSetup) -> None:
    lane = unstarted(setup)
    lane.stop()
    assert lane.name == "entry"


def test_a_reading_is_as_old_as_its_answer_however_often_it_is_looked_at(
    setup: LaneSetup,
) -> None:
    now_s = [100.0]
    port = port_on("/dev/null")
    link = port.board(OWN_BOARD)
    link.state = PortState.READY
    polls = LanePolls(
        setup=setup, boards={OWN_BOARD: link}, answered=lambda _: None, monotonic=lambda: now_s[0]
    )
    polls.take(Poll(OWN_BOARD, (False,) * 8, 99.9))
    now_s[0] = 100.3
    polls.take(Poll(OWN_BOARD, None, 100.3))
    read = polls.read()
    now_s[0] = 100.41

    assert read is not None
    assert read[1] == pytest.approx(0.4)
    assert polls.read() is None


def test_a_reading_that_was_old_blinds_the_lane_at_its_own_age() -> None:
    state, _ = step(LaneState(), IoBack(), 99.0)
    state, _ = step(state, InputsRead(LaneInputs(), age_s=0.4), 99.4)

    after, _ = step(state, Tick(), 99.51)

    assert after.phase is Phase.BLIND
