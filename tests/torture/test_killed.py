"""kill -9 at two hundred random instants of busy days loses nothing that anybody was told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fault_killed.killed_days import Days, afterwards, judge
from tests.fault_killed.test_killed_busy_day import accepted_by_hledger, busy, days

__all__ = ["busy", "days"]


@pytest.mark.parametrize("seed", range(1000, 1200))
def test_nothing_that_was_said_is_lost(busy: Path, days: Days, tmp_path: Path, seed: int) -> None:
    day = days.killed(busy, tmp_path, seed)

    with afterwards(day) as stage:
        assert judge(day, stage) == []


@pytest.mark.peer("hledger")
@pytest.mark.parametrize("seed", range(1000, 1020))
def test_hledger_accepts_the_books_after_it(
    busy: Path, days: Days, tmp_path: Path, seed: int
) -> None:
    assert accepted_by_hledger(days.killed(busy, tmp_path, seed))
