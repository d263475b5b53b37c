"""Thousands of histories of the books, each step compared with the books of money.md's text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.db.ledger_machine import LedgerMachine
from tests.db.test_ledger_machine import books_file

__all__ = ["books_file"]

LONG = settings(
    max_examples=200, stateful_step_count=80, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.parametrize("number", range(4))
def test_after_every_step_of_long_histories_the_books_are_those_of_the_text(
    books_file: Path, number: int
) -> None:
    class Some(LedgerMachine):
        founded = books_file

    run_state_machine_as_test(seed(number)(Some), settings=LONG)
