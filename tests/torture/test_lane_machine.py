"""Five thousand days of cars and faults in one lane: what must always hold of it holds."""

from __future__ import annotations

from hypothesis import settings

from tests.hardware.lane_scripts import CarsAndFaults

TestCarsAndFaults = CarsAndFaults.TestCase
TestCarsAndFaults.settings = settings(
    max_examples=5_000, stateful_step_count=8, derandomize=False, deadline=None, database=None
)
