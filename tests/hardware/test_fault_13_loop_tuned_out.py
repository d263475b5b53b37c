"""Fault 13: a loop takes a standing car for the road: no passage, and no arm comes down on it."""

from __future__ import annotations

import pytest

from hardware.lane_words import (
    AlarmCleared,
    AlarmCode,
    AlarmRaised,
    AttendantClose,
    GrantVoided,
    LaneNotice,
    LaneRules,
    Noticed,
    Passage,
    PulseClose,
    Reset,
    VoidReason,
)
from hardware.sim.plant import LoopSetup
from tests.hardware.lane_scripts import ARRIVE, Scene, wait
from tests.hardware.watched_lane import WatchedLane

SUSPECT = AlarmRaised(AlarmCode.LOOP_SUSPECT)


def standing(for_s: float, *, tune_out_s: float | None = None) -> Scene:
    """A car with a grant that stands over both loops for so long."""
    scene = Scene(LaneRules())
    scene.lane = WatchedLane(LaneRules(), detectors=LoopSetup(tune_out_s=tune_out_s))
    for action in (wait(6.0), *ARRIVE, Scene.drive_through, wait(2.5), Scene.stall, wait(for_s)):
        action(scene)
    return scene


def test_a_standing_car_that_is_tuned_out_has_not_passed() -> None:
    lane = standing(330.0, tune_out_s=300.0).lane
    assert lane.state.inputs.under_arm is False
    assert lane.told.count(SUSPECT) == 1
    assert lane.answers["g1"] == [GrantVoided("g1", VoidReason.LOOP_SUSPECT)]


def test_the_arm_is_not_lowered_on_a_car_that_may_stand_there_until_a_reset() -> None:
    lane = standing(330.0, tune_out_s=300.0).lane
    lane.told.clear()
    lane.tell(AttendantClose())
    assert lane.told == [Noticed(LaneNotice.CLOSE_REFUSED)]
    lane.tell(Reset())
    lane.tell(AttendantClose())
    assert lane.told[1:] == [AlarmCleared(AlarmCode.LOOP_SUSPECT), PulseClose()]


@pytest.mark.parametrize(("for_s", "is_suspect"), [(230.0, False), (250.0, True)])
def test_the_loop_is_doubted_after_its_time(for_s: float, is_suspect: bool) -> None:
    scene = standing(for_s)
    scene.back_out()
    scene.lane.run(5.0)
    assert (SUSPECT in scene.lane.told) is is_suspect


def test_a_car_that_was_seen_to_go_on_has_passed_but_leaves_a_doubted_loop() -> None:
    scene = Scene(LaneRules())
    for action in (wait(6.0), *ARRIVE, Scene.drive_through, wait(3.6), Scene.stall):
        action(scene)
    assert (scene.lane.plant.inputs().arming, scene.lane.plant.inputs().under_arm) == (False, True)
    for action in (wait(260.0), Scene.drive_through, wait(9.0)):
        action(scene)
    assert scene.lane.answers["g1"] == [Passage("g1")]
    assert SUSPECT in scene.lane.told
    assert AlarmCleared(AlarmCode.LOOP_SUSPECT) not in scene.lane.told
    scene.lane.tell(AttendantClose())
    assert scene.lane.told[-1] == Noticed(LaneNotice.CLOSE_REFUSED)


def test_a_long_wait_on_the_arming_loop_alone_is_no_doubt() -> None:
    scene = Scene(LaneRules())
    for action in (wait(6.0), Scene.drive_up, wait(280.0), Scene.grant):
        action(scene)
    for action in (Scene.drive_through, wait(12.0)):
        action(scene)
    assert scene.lane.answers["g1"] == [Passage("g1")]
    assert SUSPECT not in scene.lane.told
