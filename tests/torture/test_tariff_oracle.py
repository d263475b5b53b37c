"""The price engine against the slow oracle: on 100,000 random tariffs, and on all shipped ones."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pytest

from kiosk.services.tariff_files.file import read_tariff_file
from tests.oracle.agreement import Comparison, compare, compare_one
from tests.oracle.random_stays import random_stay

SHIPPED = Path(__file__).parents[2] / "resources" / "tariffs"
STAYS_OF_EACH = 20
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


def test_the_engine_and_the_oracle_agree_on_every_shipped_tariff(
    capsys: pytest.CaptureFixture[str],
) -> None:
    random, together = Random(2), Comparison()
    boards = sorted(SHIPPED.glob("*/*.toml"))

    for path in boards:
        tariff = read_tariff_file(path).tariff
        for _ in range(STAYS_OF_EACH):
            case = random_stay(random, tariff)
            compare_one(together, tariff, case, name=path.stem)

    with capsys.disabled():
        print(f"\n{len(boards)} shipped tariffs: {together.in_words()}")
    assert not together.disagreements, "\n".join(together.disagreements[:5])
    assert len(boards) > 200
