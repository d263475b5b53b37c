"""The price engine against the slow oracle, on a seeded sample; `make torture` tries many more."""

from __future__ import annotations

import pytest

from tests.oracle.agreement import compare

SHORT, LONG = 1_000_000, 2_000_000
"""Where the seeds begin; those of `make torture` begin at nought."""


@pytest.mark.parametrize("first", range(SHORT, SHORT + 1400, 200))
def test_the_engine_and_the_oracle_agree_on_stays_of_up_to_a_day_and_a_half(first: int) -> None:
    found = compare(range(first, first + 200), longest=36 * 60).disagreements

    assert not found, "\n".join(found[:3])


@pytest.mark.parametrize("first", range(LONG, LONG + 200, 50))
def test_the_engine_and_the_oracle_agree_on_stays_of_any_length(first: int) -> None:
    found = compare(range(first, first + 50)).disagreements

    assert not found, "\n".join(found[:3])
