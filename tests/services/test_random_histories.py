"""Whatever drivers, cards, attendants and power cuts do in whatever order, the books are right."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.histories import ACTS, Act
from tests.services.history_truths import play


@settings(max_examples=10)
@given(acts=st.lists(ACTS, min_size=4, max_size=16), authorises=st.booleans())
def test_after_any_history_books_states_provider_and_gaps_agree(
    founded: Path, acts: list[Act], authorises: bool
) -> None:
    play(founded, acts, authorises=authorises)
