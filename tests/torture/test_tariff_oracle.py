"""The price engine against the slow oracle on a hundred thousand random tariffs and stays."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.oracle.agreement import Comparison, compare

PAIRS = 100_000
SHARD = 500


def test_the_engine_and_the_oracle_agree_on_a_hundred_thousand_pairs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shards = [range(first, first + SHARD) for first in range(0, PAIRS, SHARD)]
    together = Comparison()

    # Forked: the children need no import anew, and leave no tracker process behind.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as pool:
        for number, found in enumerate(pool.map(compare, shards), 1):
            together.add(found)
            if number % 20 == 0:
                with capsys.disabled():
                    print(f"\n{together.in_words()}", end="", flush=True)

    assert not together.disagreements, "\n".join(together.disagreements[:5])
    assert together.answers.total() == PAIRS
