"""Fault 12: a loop that is always on, or never, sees no passage: an alarm is raised."""

from __future__ import annotations

from hardware.lane_words import (
    AlarmCleared,
    AlarmCode,
    AlarmRaised,
    GrantVoided,
    LaneRules,
    Passage,
    Reset,
    VoidReason,
)
from hardware.sim.plant import OperatorSetup
from tests.hardware.lane_scripts import ARRIVE, Scene, wait

SUSPECT = AlarmRaised(AlarmCode.LOOP_SUSPECT)
TRUSTED = AlarmCleared(AlarmCode.LOOP_SUSPECT)


def started() -> Scene:
    """A lane whose operator waits for its own loop alone, however long that takes."""
    scene = Scene(LaneRules())
    scene.lane.plant.operator.setup = OperatorSetup(pause_s=None)
    scene.lane.run(6.0)
    return scene


def give_grants(scene: Scene, count: int) -> None:
    for _ in range(count):
        scene.lane.grant()
        scene.lane.run(150.0)


def test_a_loop_that_is_always_on_is_an_alarm_after_its_time() -> None:
    scene = started()
    for action in (*ARRIVE, wait(2.0)):
        action(scene)
    scene.lane.plant.stick("under_arm", True)
    scene.lane.run(179.0)
    assert AlarmRaised(AlarmCode.LOOP_STUCK) not in scene.lane.told
    scene.lane.run(2.0)
    assert scene.lane.told.count(AlarmRaised(AlarmCode.LOOP_STUCK)) == 1
    scene.lane.plant.heal()
    scene.lane.run(1.0)
    assert AlarmCleared(AlarmCode.LOOP_STUCK) in scene.lane.told


def test_the_third_abandoned_grant_in_a_row_makes_the_loops_suspect() -> None:
    scene = started()
    scene.lane.plant.stick("arming", True)
    scene.lane.run(1.0)
    give_grants(scene, 2)
    assert SUSPECT not in scene.lane.told
    give_grants(scene, 2)
    assert scene.lane.told.count(SUSPECT) == 1
    assert scene.lane.answers["g3"] == [GrantVoided("g3", VoidReason.ABANDONED)]


def test_a_passage_ends_the_row_and_the_alarm() -> None:
    scene = started()
    lane = scene.lane
    lane.plant.stick("arming", True)
    lane.run(1.0)
    give_grants(scene, 3)
    lane.plant.heal()
    lane.run(1.0)
    for action in (*ARRIVE, Scene.drive_through, wait(12.0)):
        action(scene)
    assert lane.answers["g4"] == [Passage("g4")]
    assert lane.told[lane.told.index(Passage("g4")) + 1] == TRUSTED
    assert lane.state.unseen_in_row == 0


def test_a_reset_ends_the_row_and_the_alarm() -> None:
    scene = started()
    lane = scene.lane
    lane.plant.stick("arming", True)
    lane.run(1.0)
    give_grants(scene, 3)
    lane.tell(Reset())
    assert lane.told[-1] == TRUSTED
    give_grants(scene, 2)
    assert lane.told.count(SUSPECT) == 1


def test_a_dead_loop_under_the_arm_never_makes_a_passage() -> None:
    scene = started()
    scene.lane.plant.stick("under_arm", False)
    for action in (*ARRIVE, Scene.drive_through, wait(30.0)):
        action(scene)
    [ended] = scene.lane.answers["g1"]
    assert isinstance(ended, GrantVoided)


def test_a_loop_that_never_sees_the_cars_that_pass_is_suspect_after_three() -> None:
    scene = started()
    lane = scene.lane
    lane.plant.stick("under_arm", False)
    for number in range(1, 4):
        assert SUSPECT not in lane.told
        for action in (*ARRIVE, Scene.drive_through, wait(40.0)):
            action(scene)
        assert lane.answers[f"g{number}"] == [GrantVoided(f"g{number}", VoidReason.ARM_CLOSED)]
    assert lane.told.count(SUSPECT) == 1
