"""Five thousand days of cars and faults in one lane: what must always hold of it holds."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.hardware.lane_scripts import CarsAndFaults

LONG = settings(max_examples=5_000, stateful_step_count=8, derandomize=False)


def test_after_thousands_of_days_of_cars_and_faults_a_lane_comes_to_rest() -> None:
    run_state_machine_as_test(CarsAndFaults, settings=LONG)
