"""slot-calculator, a program that knows nothing of ours, finds the same spaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.big_library import AHEAD, NOW, big_library
from tests.tools.slot_calculator.peer import NAME, asked_about

QUESTIONS = 40


@pytest.mark.peer(NAME)
@pytest.mark.parametrize("seed", [1, 2])
def test_slot_calculator_finds_the_spaces_that_we_find(tmp_path: Path, seed: int) -> None:
    library = big_library(tmp_path / "site.db", spaces=20, per_space=200, seed=seed)
    (area,) = library.areas
    questions = library.questions(QUESTIONS, seed=seed)
    with library.store.reading() as tx:
        ours = [
            [
                space_id
                for space_id, _, _ in tx.library.idle_gaps(area, window, now=NOW, ahead=AHEAD)
            ]
            for area, window in questions
        ]
    with asked_about(library, area) as peer:
        theirs = [peer.available(window)[0] for _, window in questions]
    library.store.close()

    assert ours == theirs
    assert sum(map(len, ours)) > QUESTIONS
