"""Thousands of whole lives of reservations, each with many steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.lives.machine import Lives

LONG = settings(
    max_examples=250, stateful_step_count=60, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.parametrize("number", range(8))
def test_after_every_step_of_thousands_of_lives_everything_agrees(
    founded: Path, number: int
) -> None:
    class Some(Lives):
        pass

    Some.founded = founded
    run_state_machine_as_test(seed(number)(Some), settings=LONG)
