"""Ten thousand operations at a provider that fails half the time and is killed at random."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.payments.simulator import SimulatorAdapter
from kiosk.payments.simulator.process import OwnProcess
from tests.payments.histories import Client

STEPS = 1000


@pytest.fixture
def own(tmp_path: Path) -> Iterator[OwnProcess]:
    made = OwnProcess(tmp_path / "books.jsonl")
    yield made
    made.close()


@pytest.mark.parametrize("seed", range(10))
def test_after_any_day_the_providers_objects_equal_our_successes(
    own: OwnProcess, seed: int
) -> None:
    client = Client(SimulatorAdapter(own, authorises=True), kill=own.kill, seed=seed)

    client.play(STEPS)

    assert client.reported() == client.believes()
