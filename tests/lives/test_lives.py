"""Whatever happens to reservations in whatever order: a sample; `make torture` tries for long."""

from __future__ import annotations

from pathlib import Path

from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.lives.machine import Lives

# A failing life is made shorter by `make torture`: that takes minutes.
SAMPLE = settings(max_examples=14, stateful_step_count=30, phases=[Phase.generate])


def test_after_every_step_of_any_life_spaces_money_and_idle_time_agree(founded: Path) -> None:
    class Sample(Lives):
        pass

    Sample.founded = founded
    run_state_machine_as_test(Sample, settings=SAMPLE)
