"""What a toy lane's board hears and tells: every relay and input, fire, and all that can break."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.boards.waveshare import WaveshareRelay
from hardware.line import SerialLine
from hardware.sim.plant import OperatorSetup
from hardware.sim.rig import (
    CLOSE_CHANNEL,
    FIRE_INPUT,
    FULL_CHANNEL,
    HOLD_CHANNEL,
    HOST_ALIVE_CHANNEL,
    OPEN_CHANNEL,
    SAFETY_INPUT,
    STOP_CHANNEL,
    ToyLane,
    ToySetup,
    ToyView,
)

LIMIT_TURNS = 10_000
TURN_S = 0.001


class Bench:
    """A toy lane a thousand times as fast as a real one, and a hand on its board's wires."""

    def __init__(self, folder: Path) -> None:
        self.toy = ToyLane(
            ToySetup(
                name="entry", folder=folder, speed=1000.0, operator=OperatorSetup(pause_s=None)
            )
        )
        self.line = SerialLine(self.toy.board_path)
        self.line.open()
        self.relay = WaveshareRelay()

    def pulse(self, channel: int) -> None:
        """Close a relay and let it go."""
        self.set(channel, True)
        self.set(channel, False)

    def set(self, channel: int, is_on: bool) -> None:
        """Switch a relay."""
        self.relay.set_output(self.line, channel, is_on)

    def current_at(self, channel: int) -> bool:
        """Whether the board sees current at this input."""
        return self.relay.read_inputs(self.line)[channel - 1]

    def until(self, holds: Callable[[ToyView], bool]) -> ToyView:
        """Look until this holds."""
        idle = threading.Event()
        for _ in range(LIMIT_TURNS):
            view = self.toy.view()
            if holds(view):
                return view
            idle.wait(TURN_S)
        raise AssertionError(f"never: {self.toy.view()}")

    def close(self) -> None:
        self.line.close()
        self.toy.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A toy lane at rest whose cars drive on by themselves."""
    made = Bench(tmp_path)
    yield made
    made.close()


def is_up(view: ToyView) -> bool:
    """Whether the arm is up."""
    return view.arm_fraction == 1.0


def is_down(view: ToyView) -> bool:
    """Whether the arm is down."""
    return view.arm_fraction == 0.0


def test_the_hold_relay_keeps_the_arm_up_for_every_car_until_it_drops(bench: Bench) -> None:
    bench.toy.car_arrives()
    bench.set(HOLD_CHANNEL, True)
    bench.until(lambda view: is_up(view) and not view.cars)
    bench.toy.car_arrives()
    held = bench.until(lambda view: not view.cars)
    bench.set(HOLD_CHANNEL, False)
    bench.until(is_down)
    assert (held.is_held, is_up(held), bench.toy.view().is_held) == (True, True, False)


def test_the_stop_relay_stops_the_arm_until_the_next_order(bench: Bench) -> None:
    bench.pulse(OPEN_CHANNEL)
    bench.until(is_up)
    bench.pulse(STOP_CHANNEL)
    stopped = bench.toy.view().is_stopped
    bench.pulse(CLOSE_CHANNEL)
    bench.until(is_down)
    assert (stopped, bench.toy.view().is_stopped) == (True, False)


def test_the_full_sign_and_the_relay_that_says_the_host_is_alive_are_told(bench: Bench) -> None:
    bench.set(FULL_CHANNEL, True)
    full = bench.toy.view()
    bench.set(FULL_CHANNEL, False)
    bench.set(HOST_ALIVE_CHANNEL, True)
    alive = bench.toy.view()
    assert (full.is_full_shown, full.is_host_alive) == (True, False)
    assert (alive.is_full_shown, alive.is_host_alive) == (False, True)


def test_an_unplugged_board_lets_go_of_a_held_arm(bench: Bench) -> None:
    bench.set(HOLD_CHANNEL, True)
    bench.until(is_up)
    bench.toy.unplug_board()
    bench.until(is_down)


def test_fire_takes_the_current_from_its_input_and_lets_the_cars_out(bench: Bench) -> None:
    bench.toy.car_arrives()
    bench.until(lambda view: view.inputs.arming is True)
    calm = bench.current_at(FIRE_INPUT)
    bench.toy.fire(True)
    burning = bench.current_at(FIRE_INPUT)
    view = bench.until(lambda view: is_up(view) and not view.cars)
    bench.toy.fire(False)
    bench.until(is_down)
    assert (calm, burning, bench.current_at(FIRE_INPUT)) == (True, False, True)
    assert (view.is_fire, bench.toy.view().is_fire) == (True, False)


def test_a_driver_who_waits_to_be_sent_on_stays_at_a_fire_too(bench: Bench) -> None:
    bench.toy.auto_drive = False
    bench.toy.fire(True)
    bench.until(is_up)
    bench.toy.car_arrives()
    view = bench.until(lambda view: [round(car.front_mm) for car in view.cars] == [1500])
    assert (is_up(view), view.inputs.arming) == (True, True)


def test_the_photocell_is_wired_to_the_board(bench: Bench) -> None:
    bench.toy.auto_drive = False
    assert not bench.current_at(SAFETY_INPUT)
    bench.toy.stick("safety", True)
    assert bench.current_at(SAFETY_INPUT)


def test_without_mains_pulses_are_lost_and_the_guards_remote_too(bench: Bench) -> None:
    bench.toy.mains(False)
    bench.pulse(OPEN_CHANNEL)
    bench.toy.guard_opens()
    dark = bench.toy.view()
    bench.toy.mains(True)
    bench.toy.guard_opens()
    bench.until(is_up)
    assert (dark.has_mains, is_down(dark), bench.toy.view().has_mains) == (False, True, True)


def test_a_jammed_arm_goes_on_when_it_is_freed(bench: Bench) -> None:
    bench.toy.jam(True)
    bench.toy.fire(True)
    jammed = bench.toy.view()
    bench.toy.jam(False)
    view = bench.until(is_up)
    assert (jammed.is_jammed, is_down(jammed), view.is_jammed) == (True, True, False)


def test_a_broken_arm_is_told_and_mended(bench: Bench) -> None:
    bench.toy.break_arm()
    broken = bench.toy.view()
    bench.toy.mend()
    view = bench.toy.view()
    assert (broken.is_arm_broken, broken.inputs.closed_limit) == (True, False)
    assert (view.is_arm_broken, view.inputs.closed_limit) == (False, True)


def test_a_stuck_loop_is_told_until_it_is_freed(bench: Bench) -> None:
    bench.toy.stick("under_arm", True)
    stuck, is_seen = bench.toy.view(), bench.current_at(2)
    bench.toy.unstick("under_arm")
    assert (stuck.stuck, stuck.inputs.under_arm, is_seen) == (("under_arm",), True, True)
    assert (bench.toy.view().stuck, bench.current_at(2)) == ((), False)


def test_a_loop_that_is_tuned_out_no_longer_sees_the_car_on_it(bench: Bench) -> None:
    bench.toy.auto_drive = False
    bench.toy.car_arrives()
    bench.until(lambda view: view.inputs.arming is True)
    bench.toy.tune_out("arming")
    view = bench.toy.view()
    assert (view.inputs.arming, len(view.cars), bench.current_at(1)) == (False, 1, False)
    assert view.tuned_out == ("arming",)
    bench.toy.car_backs_out()
    assert bench.until(lambda view: not view.cars).tuned_out == ()


def test_the_board_misbehaves_by_name_until_all_is_mended(bench: Bench) -> None:
    bench.toy.let_board("deaf")
    deaf = bench.toy.view().board_fault
    bench.toy.mend()
    assert (deaf, bench.toy.view().board_fault) == ("deaf", "none")


def test_a_board_cannot_fail_in_a_way_that_nobody_knows(bench: Bench) -> None:
    with pytest.raises(ValueError, match="none of"):
        bench.toy.let_board("angry")


def test_mending_ends_no_fire(bench: Bench) -> None:
    bench.toy.fire(True)
    bench.toy.mains(False)
    bench.toy.mend()
    view = bench.toy.view()
    assert (view.is_fire, view.has_mains) == (True, True)
