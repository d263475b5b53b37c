"""Idle time over ten thousand random histories: kept, rebuilt and counted are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.open import open_store
from tests.db.conftest import Site, site
from tests.db.gap_histories import STEPS, play

HISTORIES, STEPS_OF_EACH = 10_000, 20

__all__ = ["site"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[object]:
    with closing(open_store(str(tmp_path / "site.db"))) as store:
        yield store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "site.db"


def test_gaps_kept_equal_gaps_rebuilt_and_counted_in_ten_thousand_histories(
    site: Site,
    capsys: pytest.CaptureFixture[str],
) -> None:
    done: Counter[str] = Counter()
    for seed in range(HISTORIES):
        done.update(play(site, seed, steps=STEPS_OF_EACH))
        if seed % 1_000 == 999:
            with capsys.disabled():
                print(f"\n{seed + 1} histories, {done.total()} steps", end="", flush=True)

    assert set(done) == {step.__name__ for step in STEPS}
