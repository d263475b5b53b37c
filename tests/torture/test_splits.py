"""240,000 fees with their terms are divided as trying all roundings finds it."""

from __future__ import annotations

from tests.domain.split_oracle import CASES, wrong_splits


def test_240_000_splits_by_brute_force() -> None:
    assert wrong_splits(range(CASES)) == []
