"""Fault 9: a relay reads back otherwise than it was ordered; the lane is locked."""

from __future__ import annotations

from hardware.lane_words import (
    AlarmCode,
    AlarmRaised,
    AttendantHold,
    GrantVoided,
    LaneRules,
    OutputStuck,
    Phase,
    Reset,
    UnlockLane,
    VoidReason,
)
from tests.hardware.lane_scripts import ARRIVE, Scene, come_to_rest, wait


def arrived() -> Scene:
    scene = Scene(LaneRules())
    for action in (wait(6.0), *ARRIVE, wait(2.0)):
        action(scene)
    return scene


def test_a_stuck_relay_is_one_alarm_and_gives_the_grant_back() -> None:
    scene = arrived()
    lane = scene.lane
    lane.told.clear()
    lane.tell(OutputStuck())
    lane.tell(OutputStuck())
    assert lane.told == [
        GrantVoided("g1", VoidReason.LOCKED),
        AlarmRaised(AlarmCode.OUTPUT_STUCK),
    ]


def test_a_lane_with_a_stuck_relay_is_locked_until_it_was_looked_at_and_unlocked() -> None:
    scene = arrived()
    lane = scene.lane
    lane.tell(OutputStuck())
    lane.run(40.0)
    refused = lane.grant()
    lane.tell(Reset())
    still_refused = lane.grant()
    lane.tell(UnlockLane())
    taken = lane.grant()
    assert lane.answers[refused] == [GrantVoided(refused, VoidReason.LOCKED)]
    assert lane.answers[still_refused] == [GrantVoided(still_refused, VoidReason.LOCKED)]
    assert (lane.state.phase, lane.state.grant) == (Phase.OPENING, taken)
    come_to_rest(scene)


def test_a_held_arm_stays_up_when_its_board_was_switched_off_for_a_stuck_relay() -> None:
    scene = arrived()
    lane = scene.lane
    lane.tell(AttendantHold())
    lane.run(5.0)
    lane.tell(OutputStuck())
    lane.run(60.0)
    assert (lane.state.phase, lane.plant.arm_fraction) == (Phase.HELD, 1.0)
