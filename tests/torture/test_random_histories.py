"""Thousands of histories of drivers, cards, attendants and power cuts, and right books."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.services.histories import ACTS, Act
from tests.services.history_truths import play


@pytest.mark.parametrize("number", range(4))
def test_after_any_long_history_books_states_provider_and_gaps_agree(
    founded: Path, number: int
) -> None:
    @seed(number)
    @settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
    @given(acts=st.lists(ACTS, min_size=10, max_size=60), authorises=st.booleans())
    def run(acts: list[Act], authorises: bool) -> None:
        play(founded, acts, authorises=authorises)

    run()
