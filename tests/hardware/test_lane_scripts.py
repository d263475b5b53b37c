"""Cars of every habit, each with a fault injected at some step, against what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from hardware.lane_words import LaneRules
from tests.hardware.lane_scripts import RULES, SCRIPTS, CarsAndFaults, Scene, come_to_rest, play

SAMPLE = settings(max_examples=1_000, stateful_step_count=8)


def test_after_cars_and_faults_in_any_order_a_lane_comes_to_rest() -> None:
    run_state_machine_as_test(CarsAndFaults, settings=SAMPLE)


@pytest.mark.parametrize("rules", RULES, ids=str)
@pytest.mark.parametrize("script", sorted(SCRIPTS))
def test_a_script_without_a_fault_leaves_a_lane_like_new(script: str, rules: LaneRules) -> None:
    scene = Scene(rules)
    scene.lane.run(6.0)
    play(scene, script, fault="none", at_step=0)
    come_to_rest(scene)
