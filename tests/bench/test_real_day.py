"""How long one real day of about a thousand cars takes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kiosk.app.config import read_site_file
from kiosk.app.day import DEFAULT_DAY, drive_day
from tests.bench.figures import ROOT, Figure

GOAL_S = 20.0
SCHEDULE = Path("/proc/thread-self/schedstat")


def waited_s() -> float:
    """How long this thread was ready to run and another program had the processor."""
    return int(SCHEDULE.read_text("ascii").split()[1]) / 1e9 if SCHEDULE.exists() else 0.0


@pytest.mark.bench
def test_one_real_day(tmp_path: Path, figures: list[Figure]) -> None:
    file = read_site_file(ROOT / "resources" / "sites" / "birmingham.toml")
    began_s, began_cpu_s, began_waited_s = time.perf_counter(), time.process_time(), waited_s()

    report = drive_day(file, tmp_path / "site.db", on=DEFAULT_DAY, seed=1)

    took_s = time.perf_counter() - began_s
    cpu_s = time.process_time() - began_cpu_s
    lost_s = waited_s() - began_waited_s
    assert report.is_clean
    figures.append(
        Figure(
            bench="real_day",
            what=f"{report.cars} cars, {report.result.served} of them served",
            value=f"{took_s:.1f} s, processor {cpu_s:.1f} s, kept waiting for it {lost_s:.1f} s",
            goal=f"<= {GOAL_S:.0f} s",
            is_held=took_s <= GOAL_S,
        )
    )
    assert took_s <= GOAL_S
