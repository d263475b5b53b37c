"""Fault 14: both limits, no limit, an arm that does not open, an arm that does not close."""

from __future__ import annotations

from hardware.lane_words import (
    AlarmCleared,
    AlarmCode,
    AlarmRaised,
    GrantVoided,
    LaneRules,
    OpenCause,
    Passage,
    Phase,
    PulseOpen,
    Reset,
    VoidReason,
)
from tests.hardware.lane_scripts import ARRIVE, Scene, come_to_rest, wait


def started() -> Scene:
    scene = Scene(LaneRules())
    scene.lane.run(6.0)
    return scene


def test_both_limits_at_once_are_an_alarm_until_one_goes() -> None:
    scene = started()
    scene.lane.plant.stick("open_limit", True)
    scene.lane.run(1.0)
    assert scene.lane.told[-1] == AlarmRaised(AlarmCode.LIMITS_CONFLICT)
    scene.lane.plant.heal()
    scene.lane.run(1.0)
    assert AlarmCleared(AlarmCode.LIMITS_CONFLICT) in scene.lane.told
    come_to_rest(scene)


def test_an_arm_without_any_limit_left_gives_the_grant_back_without_another_pulse() -> None:
    scene = started()
    for name in ("open_limit", "closed_limit"):
        scene.lane.plant.stick(name, False)
    for action in (*ARRIVE, wait(10.0)):
        action(scene)
    pulses = [action for action in scene.lane.told if isinstance(action, PulseOpen)]
    assert [pulse.cause for pulse in pulses] == [OpenCause.GRANT]
    assert scene.lane.answers["g1"] == [GrantVoided("g1", VoidReason.OPEN_TIMEOUT)]


def test_an_arm_that_does_not_open_is_pulsed_once_more_and_then_a_fault() -> None:
    scene = started()
    lane = scene.lane
    lane.plant.jam()
    for action in (*ARRIVE, wait(20.0)):
        action(scene)
    causes = [action.cause for action in lane.told if isinstance(action, PulseOpen)]
    assert causes == [OpenCause.GRANT, OpenCause.RETRY]
    assert lane.answers["g1"] == [GrantVoided("g1", VoidReason.OPEN_TIMEOUT)]
    assert (lane.state.phase, lane.told[-2]) == (
        Phase.FAULT,
        AlarmRaised(AlarmCode.OPEN_TIMEOUT),
    )
    lane.plant.heal()
    lane.tell(Reset())
    lane.run(60.0)
    assert AlarmCleared(AlarmCode.OPEN_TIMEOUT) in lane.told
    assert lane.state.phase is Phase.PRESENT


def test_an_arm_that_does_not_close_is_an_alarm_and_its_passage_stands() -> None:
    scene = started()
    lane = scene.lane
    for action in (*ARRIVE, wait(2.0), Scene.drive_through, wait(1.0)):
        action(scene)
    lane.plant.jam()
    lane.run(50.0)
    assert lane.answers["g1"] == [Passage("g1")]
    assert lane.told[-1] == AlarmRaised(AlarmCode.CLOSE_TIMEOUT)
    lane.plant.heal()
    come_to_rest(scene)
    assert AlarmCleared(AlarmCode.CLOSE_TIMEOUT) in lane.told
