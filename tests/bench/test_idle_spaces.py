"""What a search of one area costs beside merely reading the ids of its spaces."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.config import read_site_file
from kiosk.app.virtual_site import VirtualSite
from kiosk.domain.ids import AreaId
from kiosk.domain.time import Window
from tests.bench.figures import ROOT, Figure, quantiles, ratio

ROUNDS = 300
STARTS_AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def took_ns(call: Callable[[], object]) -> int:
    began_ns = time.perf_counter_ns()
    call()
    return time.perf_counter_ns() - began_ns


@pytest.mark.bench
def test_idle_spaces_of_one_area(tmp_path: Path, figures: list[Figure]) -> None:
    file = read_site_file(ROOT / "resources" / "sites" / "birmingham.toml")
    site = VirtualSite(file=file, database=tmp_path / "site.db", starts_at=STARTS_AT)
    with site.core.store.reading() as tx:
        area = tx.library.areas()[0].id
        window = Window(STARTS_AT, STARTS_AT + timedelta(hours=2))
        run = tx.library._session.run

        def ids(of: AreaId = area) -> object:
            return run("SELECT id FROM space WHERE area_id = ? ORDER BY rank, id", of).fetchall()

        found = len(tx.library.idle_spaces(area, window, now=STARTS_AT))
        pairs = [
            (took_ns(lambda: tx.library.idle_spaces(area, window, now=STARTS_AT)), took_ns(ids))
            for _ in range(ROUNDS)
        ]
    site.close()

    assert found > 100
    searched, read = zip(*pairs, strict=True)
    figures.append(
        Figure(
            bench="idle_spaces",
            what=f"{found} idle of 199 spaces, against reading 199 ids",
            value=f"{ratio(searched, read):.1f} x ({quantiles(searched).text})",
        )
    )
