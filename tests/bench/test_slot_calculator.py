"""Our search beside slot-calculator on the same questions, with equal answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.big_library import AHEAD, NOW, big_library
from tests.bench.figures import Figure, quantiles, ratio
from tests.bench.test_search_speed import took_ns
from tests.tools.slot_calculator.peer import NAME, asked_about, version

QUESTIONS, GOAL = 40, 100


@pytest.mark.bench
@pytest.mark.peer(NAME)
def test_the_search_beside_slot_calculator(tmp_path: Path, figures: list[Figure]) -> None:
    library = big_library(tmp_path / "site.db", spaces=200, per_space=100, seed=1)
    ours: list[int] = []
    theirs: list[int] = []
    found_count = 0
    (only_area,) = library.areas
    with asked_about(library, only_area) as peer, library.store.reading() as tx:
        for area, window in library.questions(QUESTIONS, seed=1):
            found = tx.library.idle_gaps(area, window, now=NOW, ahead=AHEAD)
            available, peer_ns = peer.available(window)
            assert [space_id for space_id, _, _ in found] == available
            ours.append(took_ns(lambda: tx.library.idle_gaps(area, window, now=NOW, ahead=AHEAD)))  # noqa: B023
            theirs.append(peer_ns)
            found_count += len(found)
    library.store.close()

    factor = ratio(theirs, ours)
    figures.append(
        Figure(
            bench="peer",
            what=f"an area of 200 against {version()}, {found_count} equal answers",
            value=f"{factor:.0f} x ({quantiles(ours).text}; peer {quantiles(theirs).text})",
            goal=f">= {GOAL} x",
            is_held=factor >= GOAL,
        )
    )
