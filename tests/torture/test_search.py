"""The idle search against brute force on 10,000 random libraries."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.search.agreement import Comparison, compare

LIBRARIES = 10_000
SHARD = 100


def test_the_search_equals_brute_force_on_ten_thousand_libraries(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shards = [range(first, first + SHARD) for first in range(0, LIBRARIES, SHARD)]
    together = Comparison()

    # Forked: the children need no import anew, and leave no tracker process behind.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as pool:
        for number, found in enumerate(pool.map(compare, shards), 1):
            together.add(found)
            if number % 20 == 0:
                with capsys.disabled():
                    print(f"\n{together.in_words()}", end="", flush=True)

    assert not together.disagreements, "\n".join(together.disagreements[:5])
    assert together.libraries == LIBRARIES
    assert min(together.seen[what] for what in ("found", "earlier", "later", "in_two")) > 100
