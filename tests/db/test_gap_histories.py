"""Idle time that is kept step by step is what a rebuild and what counting minutes gives."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.db.conftest import Site
from tests.db.gap_histories import STEPS, play

HISTORIES, STEPS_OF_EACH = 30, 30


@pytest.mark.parametrize("shard", range(2))
def test_gaps_kept_equal_gaps_rebuilt_and_counted_after_every_step(site: Site, shard: int) -> None:
    done: Counter[str] = Counter()
    for seed in range(shard * HISTORIES, (shard + 1) * HISTORIES):
        done.update(play(site, seed, steps=STEPS_OF_EACH))

    assert set(done) == {step.__name__ for step in STEPS}
    assert min(done.values()) >= 3
