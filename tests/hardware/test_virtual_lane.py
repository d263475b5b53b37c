"""The lane in virtual time beyond what every lane promises: its clock and its listener."""

from __future__ import annotations

from pathlib import Path

from hardware.lane_control import LaneView
from hardware.lane_words import Phase
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
