"""The idle search against brute force, on a seeded sample; `make torture` tries many more."""

from __future__ import annotations

import pytest

from tests.search.agreement import compare

SAMPLE = 1_000_000
"""Where the seeds begin; those of `make torture` begin at nought."""


@pytest.mark.parametrize("first", range(SAMPLE, SAMPLE + 200, 50))
def test_the_search_finds_what_brute_force_finds_for_the_same_reasons(first: int) -> None:
    found = compare(range(first, first + 50)).disagreements

    assert not found, "\n".join(found[:3])
