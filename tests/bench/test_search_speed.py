"""Searching the library beside reading ids, beside a query without gaps, and as it grows."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from db.store import Tx
from kiosk.domain.ids import AreaId
from kiosk.domain.space import IdleGap
from kiosk.domain.time import Window
from tests.bench.big_library import AHEAD, NOW, WITHOUT_GAPS, BigLibrary, big_library
from tests.bench.figures import Figure, quantiles, ratio

QUESTIONS = 400
IDS_GOAL, PLAIN_GOAL, GROWTH_GOAL = 3.0, 0.75, 1.3
IDS = "SELECT id FROM space WHERE area_id = ? ORDER BY rank, id"


def took_ns(call: Callable[[], object]) -> int:
    began_ns = time.perf_counter_ns()
    call()
    return time.perf_counter_ns() - began_ns


def searching(tx: Tx, area: AreaId, window: Window) -> Callable[[], list[IdleGap]]:
    return lambda: tx.library.idle_gaps(area, window, now=NOW, ahead=AHEAD)


def measured(library: BigLibrary) -> tuple[list[int], list[int], list[int], str]:
    """In turn: our search, merely the ids, the query without gaps; and what was found."""
    ours, ids, plain = [], [], []
    answers = hashlib.sha256()
    with library.store.reading() as tx:
        run = tx.library._session.run
        named = tx.library._session.run_named
        for area, window in library.questions(QUESTIONS, seed=1):
            values = library.plain_values(area, window)
            search = searching(tx, area, window)
            found = [space_id for space_id, _, _ in search()]
            rows = [row[0] for row in _all(named, WITHOUT_GAPS, values)]
            assert found == rows, "both say the same"
            answers.update(repr(found).encode())
            ours.append(took_ns(search))
            ids.append(took_ns(partial(_all, run, IDS, area)))
            plain.append(took_ns(partial(_all, named, WITHOUT_GAPS, values)))
    return ours, ids, plain, answers.hexdigest()[:12]


def _all(run: Callable[..., Any], *query: object) -> list[Any]:
    rows: list[Any] = run(*query).fetchall()
    return rows


def search_figures(bench: str, name: str, library: BigLibrary) -> list[Figure]:
    ours, ids, plain, checksum = measured(library)
    to_ids, to_plain = ratio(ours, ids), ratio(ours, plain)
    return [
        Figure(
            bench=bench,
            what=f"{name}: an area of 200, against reading its ids (answers {checksum})",
            value=f"{to_ids:.2f} x ({quantiles(ours).text})",
            goal=f"<= {IDS_GOAL} x",
            is_held=to_ids <= IDS_GOAL,
        ),
        Figure(
            bench=bench,
            what=f"{name}: against the query without gaps, equal answers",
            value=f"{to_plain:.2f} x",
            goal=f"<= {PLAIN_GOAL} x",
            is_held=to_plain <= PLAIN_GOAL,
        ),
    ]


@pytest.mark.bench
def test_search_of_a_site(tmp_path: Path, figures: list[Figure]) -> None:
    library = big_library(tmp_path / "site.db", spaces=200, per_space=100, seed=1)

    figures.extend(search_figures("search", "200 spaces, 20,000 reservations", library))

    library.store.close()


@pytest.mark.bench
def test_search_of_a_city(tmp_path: Path, figures: list[Figure]) -> None:
    library = big_library(tmp_path / "city.db", spaces=5_000, per_space=200, seed=1)

    figures.extend(search_figures("search", "5,000 spaces, 1,000,000 reservations", library))

    library.store.close()


@pytest.mark.bench
def test_search_does_not_grow_with_the_reservations(tmp_path: Path, figures: list[Figure]) -> None:
    few = big_library(tmp_path / "few.db", spaces=200, per_space=100, seed=1)
    many = big_library(tmp_path / "many.db", spaces=200, per_space=2_500, seed=1)
    with few.store.reading() as tx_few, many.store.reading() as tx_many:
        pairs = [
            (
                took_ns(searching(tx_many, area, window)),
                took_ns(searching(tx_few, area, window)),
            )
            for area, window in few.questions(QUESTIONS, seed=2)
        ]
    few.store.close()
    many.store.close()
    after, before = zip(*pairs, strict=True)
    growth = ratio(after, before)

    figures.append(
        Figure(
            bench="search",
            what="2,500 reservations a space, against 100",
            value=f"{growth:.2f} x",
            goal=f"<= {GROWTH_GOAL} x",
            is_held=growth <= GROWTH_GOAL,
        )
    )
