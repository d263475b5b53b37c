"""Fault 20: somebody, or a time server, sets the system clock.

Expected: "monotonic time only in lane and ports".
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hardware.lane_words import Phase
from tests.fakes.stage import ENTRY, Stage, Wallet, ada, founded, stage
from tests.hardware.fault_bench import ARMING, OPEN_PULSE, UNDER_ARM, FaultBench

__all__ = ["ada", "founded", "stage"]

ROOT = Path(__file__).parents[2]
WALL = {
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime", "clock_gettime"},
    "datetime": {"now", "utcnow", "today", "fromtimestamp"},
    "date": {"today"},
}
BAD = ("voided", "alarm")
JUMPS = [timedelta(days=-400), timedelta(hours=-1), timedelta(hours=1), timedelta(days=400)]


def wall_clocks(source: str) -> list[str]:
    """Where a module asks what time it is on the wall, or takes the means to."""
    tree = ast.parse(source)
    asked = [
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in WALL.get(node.value.id, ())
    ]
    taken = [
        f"from time import {name.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for name in node.names
        if name.name in WALL["time"]
    ]
    return asked + taken


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[FaultBench]:
    """A lane with a car before its arm."""
    bench = FaultBench(tmp_path)
    bench.rest()
    bench.car_arrives()
    yield bench
    bench.close()


def test_no_device_and_no_lane_asks_what_time_it_is_on_the_wall() -> None:
    found = {
        str(module.relative_to(ROOT)): asked
        for module in sorted((ROOT / "hardware").rglob("*.py"))
        if (asked := wall_clocks(module.read_text(encoding="utf-8")))
    }

    assert found == {}


@pytest.mark.parametrize(
    "line", ["time.{}()", "datetime.now(UTC)", "from time import {}", "date.today()"]
)
def test_a_module_that_asks_is_found(line: str) -> None:
    assert wall_clocks(line.format("time")) != []


@pytest.mark.parametrize("by", JUMPS)
def test_a_lane_on_real_bytes_takes_no_notice(
    bench: FaultBench, monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> None:
    now_s = time.time
    bench.lane.grant("g")
    bench.until_sent(OPEN_PULSE)
    monkeypatch.setattr(time, "time", lambda: now_s() + by.total_seconds())
    bench.arm_is(open_=True, closed=False)
    heard = bench.ear.reports.until(Phase.OPEN)
    bench.board.set_input(UNDER_ARM, True)
    heard += bench.ear.reports.until(Phase.PASSING)
    bench.board.set_input(ARMING, False)
    bench.board.set_input(UNDER_ARM, False)
    heard += bench.ear.reports.until(Phase.CLOSING)

    assert ("passage", "g") in heard
    assert not [each for each in heard if isinstance(each, tuple) and each[0] in BAD]
    assert bench.sent().count(OPEN_PULSE) == 1


@pytest.mark.parametrize("by", JUMPS)
def test_a_grant_lives_as_long_as_its_lane_says_whatever_the_clock_does(
    stage: Stage, ada: Wallet, by: timedelta
) -> None:
    ticket = stage.ticket(ada.proof)
    lane = stage.site.lanes[ENTRY]
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    before = lane.view

    stage.site.clock.jump(by)
    stage.wait(seconds=2)
    after, arm = lane.view, stage.is_arm_up(ENTRY)
    lane.plant.drive_through(car)
    stage.wait(seconds=20)

    assert before.grant is not None
    assert (after.grant, arm) == (before.grant, True)
    assert stage.state(ticket.reservation_id) == "arrived"
    assert lane.view.alarms == frozenset()
