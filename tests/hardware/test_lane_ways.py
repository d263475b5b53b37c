"""Which way a car went, as two loops tell it: in over the arming loop, or back from beyond."""

from __future__ import annotations

from dataclasses import replace

from hardware.lane import step
from hardware.lane_words import AttendantOpen, LaneNotice, LaneRules, Noticed, Passage, Phase
from tests.hardware.lane_scripts import Scene, come_to_rest, play
from tests.hardware.lane_states import (
    NOW_S,
    OPEN_CAR,
    OPEN_EMPTY,
    OPEN_NOSE,
    OPEN_TAIL,
    after_reads,
    at,
    then_read,
)

UNKNOWN_UNDER = replace(OPEN_EMPTY, under_arm=None)
NOSE_BACK = (Phase.OPEN, (Noticed(LaneNotice.NOSE_BACK),))
PASSED = (Phase.CLOSING, (Passage("g"),))


def test_a_car_that_reverses_from_beyond_uses_up_no_grant() -> None:
    raised = at(Phase.OPEN, OPEN_EMPTY, grant="g")
    reversing = after_reads(raised, OPEN_TAIL, OPEN_NOSE)
    assert reversing.phase is Phase.PASSING
    assert then_read(reversing, OPEN_CAR) == NOSE_BACK


def test_a_car_that_has_passed_and_reverses_is_one_passage_of_two_grants() -> None:
    scene = Scene(LaneRules())
    scene.lane.run(6.0)
    play(scene, "reverse from beyond", fault="attendant opens", at_step=5)
    come_to_rest(scene)
    ends = [type(end) for answers in scene.lane.answers.values() for end in answers]
    assert (len(ends), ends.count(Passage)) == (2, 1)


def test_a_car_that_left_the_arming_loop_while_the_other_was_unknown_has_passed() -> None:
    state = at(Phase.PASSING, OPEN_NOSE, grant="g")
    followed = after_reads(state, UNKNOWN_UNDER, OPEN_TAIL, OPEN_NOSE)
    assert then_read(followed, OPEN_CAR) == PASSED


def test_a_car_that_an_attendant_lets_on_from_under_the_arm_has_passed() -> None:
    """Its own grant had ended after it had left the arming loop."""
    stopped = after_reads(at(Phase.OPEN, OPEN_CAR), OPEN_NOSE, OPEN_TAIL)
    let_on, _ = step(stopped, AttendantOpen("g", "stopped"), NOW_S + 0.1)
    followed = after_reads(let_on, OPEN_TAIL, OPEN_NOSE)
    assert followed.phase is Phase.PASSING
    assert then_read(followed, OPEN_CAR) == PASSED
