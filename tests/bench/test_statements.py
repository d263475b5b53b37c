"""What toggling a flag costs the next statement with triggers (docs/decisions/0007)."""

import time
from pathlib import Path

import pytest

from db.open import open_store
from tests.bench.figures import Figure, quantiles, ratio

ROUNDS = 300
UPDATE = "UPDATE reservation SET state = 'left' WHERE id = -1 AND state = 'settled'"


@pytest.mark.bench
def test_a_flag_expires_prepared_statements(tmp_path: Path, figures: list[Figure]) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'site.db'}")
    database = store._database

    def update_ns(*, toggles: bool) -> int:
        if toggles:
            database.execute_sql("PRAGMA query_only = ON")
            database.execute_sql("PRAGMA query_only = OFF")
        began_ns = time.perf_counter_ns()
        database.execute_sql(UPDATE)
        return time.perf_counter_ns() - began_ns

    with store.transaction():
        pairs = [(update_ns(toggles=True), update_ns(toggles=False)) for _ in range(ROUNDS)]
    store.close()

    toggled, plain = ([pair[side] for pair in pairs] for side in (0, 1))
    figures.append(
        Figure(
            bench="statements",
            what="UPDATE reservation after query_only was toggled, against not",
            value=f"{ratio(toggled, plain):.0f} x ({quantiles(toggled).text})",
        )
    )
