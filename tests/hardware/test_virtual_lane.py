"""The lane in virtual time beyond what every lane promises: its clock and its listener."""

from __future__ import annotations

from pathlib import Path

from hardware.lane_control import LaneSetup, LaneView, Output, OutputWire
from hardware.lane_words import Phase
from hardware.sim.plant import Plant
from hardware.sim.virtual_lane import VirtualLane
from tests.hardware.lane_worlds import Ear, VirtualWorld


class GrantingEar(Ear):
    """Gives a grant from inside a call of the lane, as a day of cars does."""

    world: VirtualWorld

    def lane_changed(self, lane: str, view: LaneView) -> None:
        super().lane_changed(lane, view)
        if view.phase is Phase.PRESENT:
            self.world.lane.grant("g")
            self.world.car_drives_on()

    def lane_noticed(self, lane: str, notice: str) -> None:
        super().lane_noticed(lane, notice)
        if notice == "external_open":
            self.world.lane.grant("next")


def test_a_listener_may_grant_from_inside_a_call(tmp_path: Path) -> None:
    ear = GrantingEar()
    ear.world = VirtualWorld(tmp_path, ear)
    ear.world.lane.advance(5.0)
    ear.world.car_arrives()
    assert ("passage", "g") in ear.world.until(("passage", "g"))


def test_a_grant_from_inside_a_call_is_taken_after_that_call(tmp_path: Path) -> None:
    ear = GrantingEar()
    ear.world = VirtualWorld(tmp_path, ear)
    ear.world.lane.advance(5.0)
    ear.world.lane.plant.remote_open()
    heard = ear.world.until(("voided", "next", "busy"))
    before = heard[heard.index(("noticed", "external_open")) + 1]
    assert before is Phase.OPEN


def test_time_does_not_pass_beyond_what_was_asked(tmp_path: Path) -> None:
    world = VirtualWorld(tmp_path)
    world.lane.advance(7.25)
    assert (world.lane.now_s, world.lane.plant.now_s) == (7.25, 7.25)


def test_a_lane_at_rest_waits_for_nothing(tmp_path: Path) -> None:
    world = VirtualWorld(tmp_path)
    world.lane.advance(300.0)
    assert world.lane.next_change_s() == float("inf")
    assert world.lane.view.phase is Phase.IDLE


def test_an_attendant_holds_releases_and_stops_the_arm_of_a_simulated_lane(
    tmp_path: Path,
) -> None:
    world = VirtualWorld(tmp_path)
    lane = world.lane
    lane.advance(7.0)
    lane.attendant_hold()
    lane.advance(120.0)
    held = (lane.view.phase, lane.view.is_held, lane.plant.arm_fraction)
    lane.attendant_release()
    lane.advance(140.0)
    released = (lane.view.phase, lane.view.is_held, lane.plant.arm_fraction)
    lane.attendant_open("g", "by hand")
    lane.advance(140.5)
    lane.attendant_stop()
    lane.advance(200.0)
    assert held == (Phase.HELD, True, 1.0)
    assert released == (Phase.IDLE, False, 0.0)
    assert lane.view.phase is Phase.STOPPED
    assert 0.0 < lane.plant.arm_fraction < 1.0


def test_a_held_arm_comes_down_without_its_board_and_goes_up_again_with_it(
    tmp_path: Path,
) -> None:
    lane = VirtualWorld(tmp_path).lane
    lane.advance(7.0)
    lane.attendant_hold()
    lane.advance(20.0)
    lane.unplug_board()
    lane.advance(60.0)
    without = (lane.view.phase, lane.plant.arm_fraction)
    lane.replug_board()
    lane.advance(70.0)
    assert without == (Phase.BLIND, 0.0)
    assert (lane.view.phase, lane.plant.arm_fraction) == (Phase.HELD, 1.0)


def test_a_locked_simulated_lane_takes_no_grant_until_it_is_unlocked(tmp_path: Path) -> None:
    world = VirtualWorld(tmp_path)
    world.lane.advance(7.0)
    world.lane.lock()
    world.car_arrives()
    world.until(Phase.PRESENT)
    world.lane.grant("g")
    assert ("voided", "g", "locked") in world.until(("voided", "g", "locked"))
    world.lane.unlock()
    world.lane.grant("next")
    assert world.lane.view.phase is Phase.OPENING


def test_a_relay_that_is_stuck_locks_a_simulated_lane_and_keeps_its_hold(tmp_path: Path) -> None:
    lane = VirtualWorld(tmp_path).lane
    lane.advance(7.0)
    lane.attendant_hold()
    lane.find_output_stuck()
    lane.advance(60.0)
    assert (lane.view.phase, lane.view.is_locked) == (Phase.HELD, True)
    assert lane.plant.arm_fraction == 1.0


def test_a_simulated_lane_shows_whether_it_is_full(tmp_path: Path) -> None:
    lane = VirtualWorld(tmp_path).lane
    lane.show_full(True)
    assert lane.is_full_shown


def test_a_simulated_lane_without_loops_assumes_its_passages(tmp_path: Path) -> None:
    ear, plant = Ear(), Plant()
    setup = LaneSetup(
        name="entry",
        outputs={Output.OPEN: OutputWire(1)},
        inputs={},
        is_passage_assumed=True,
    )
    lane = VirtualLane(setup=setup, plant=plant, listener=ear, now_s=0.0)
    lane.advance(7.0)
    lane.grant("g")
    lane.advance(20.0)
    heard = ear.reports.rest()
    assert heard.count(("assumed", "g")) == 1
    assert lane.view.phase is Phase.IDLE
