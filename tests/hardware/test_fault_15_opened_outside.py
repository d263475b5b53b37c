"""Fault 15: the arm is opened by a remote or broken off: noticed and counted, never charged."""

from __future__ import annotations

from hardware.lane_words import (
    AlarmCode,
    AlarmRaised,
    GrantVoided,
    LaneNotice,
    LaneRules,
    Noticed,
    Passage,
    Phase,
    VoidReason,
)
from tests.hardware.lane_scripts import Scene, come_to_rest


def started() -> Scene:
    scene = Scene(LaneRules())
    scene.lane.run(6.0)
    return scene


def passages(scene: Scene) -> list[Passage]:
    return [action for action in scene.lane.told if isinstance(action, Passage)]


def test_an_arm_opened_by_a_remote_is_noticed_and_lets_cars_pass_without_a_stay() -> None:
    scene = started()
    lane = scene.lane
    for _ in range(2):
        lane.plant.remote_open()
        lane.run(3.0)
        lane.plant.tailgate()
        lane.run(9.0)
    assert lane.told.count(Noticed(LaneNotice.EXTERNAL_OPEN)) == 2
    assert lane.told.count(Noticed(LaneNotice.TAILGATE)) == 2
    assert passages(scene) == []
    come_to_rest(scene)


def test_an_arm_that_is_broken_off_is_an_alarm_and_counts_who_drives_through() -> None:
    scene = started()
    lane = scene.lane
    lane.plant.break_arm()
    lane.run(1.0)
    lane.plant.tailgate()
    lane.run(60.0)
    assert Noticed(LaneNotice.EXTERNAL_OPEN) in lane.told
    assert Noticed(LaneNotice.TAILGATE) in lane.told
    assert AlarmRaised(AlarmCode.CLOSE_TIMEOUT) in lane.told
    assert passages(scene) == []
    come_to_rest(scene)


def test_a_grant_under_a_broken_arm_is_given_back() -> None:
    scene = started()
    lane = scene.lane
    lane.plant.break_arm()
    lane.plant.jam()
    lane.run(1.0)
    lane.plant.drive_up()
    lane.run(2.0)
    token = lane.grant()
    lane.run(30.0)
    assert lane.state.phase is Phase.FAULT
    assert lane.answers[token] == [GrantVoided(token, VoidReason.OPEN_TIMEOUT)]
