"""kill -9 at any instant of a busy day loses nothing that a screen or printer had said.

Three instants here; two hundred in tests/torture.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.fault_killed.busy_site import busy_founded
from tests.fault_killed.killed_days import Days, KilledDay, afterwards, hledger_text, judge


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded site before its busy day; only ever copied."""
    return busy_founded(tmp_path_factory.mktemp("busy"))


@pytest.fixture(scope="module")
def days() -> Iterator[Days]:
    """Where the days begin."""
    with closing(Days()) as days:
        yield days


@pytest.mark.parametrize("seed", [2, 3])
def test_nothing_that_was_said_is_lost(busy: Path, days: Days, tmp_path: Path, seed: int) -> None:
    day = days.killed(busy, tmp_path, seed)

    with afterwards(day) as stage:
        assert judge(day, stage) == []


@pytest.mark.peer("hledger")
def test_hledger_accepts_the_books_of_a_killed_day(busy: Path, days: Days, tmp_path: Path) -> None:
    assert accepted_by_hledger(days.killed(busy, tmp_path, 4))


def accepted_by_hledger(day: KilledDay) -> bool:
    """Whether it finds nothing wrong in the books, once the site has recovered."""
    with afterwards(day) as stage:
        stage.wait(minutes=10)
        text = hledger_text(stage, day.folder / "books.journal")
    return (
        subprocess.run(["hledger", "check", "--strict", "-f", text], check=False).returncode == 0
    )
