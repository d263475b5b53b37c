"""A thousand times: however many want one space at once, one gets it, the others are told soon."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import Store
from tests.db.conftest import Site
from tests.db.rivals import PROCESSES
from tests.db.rush import THREADS, rush
from tests.db.test_double_booking import is_kept_as_rebuilt, live_in, raced, ready

ROUNDS = 1_000
TOLD_WITHIN_S = 1.0


@pytest.mark.parametrize("way", ["gap", "trigger"])
def test_of_sixteen_processes_one_gets_the_space_and_the_others_are_told_within_a_second(
    site: Site, opened: Callable[[Path], Store], way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ready(site)

    race = raced(site.path, site.space_id, rounds=ROUNDS, way=way)

    with capsys.disabled():
        print(f"\n{PROCESSES} processes ({way}): slowest answer {race.slowest_s * 1e3:.0f} ms")
    store = opened(site.path)
    assert race.winners == [1] * ROUNDS
    assert race.answers == [PROCESSES] * ROUNDS
    assert [len(live) for live in live_in(store, site, ROUNDS)] == [1] * ROUNDS
    assert way == "trigger" or is_kept_as_rebuilt(store, site)
    assert race.slowest_s <= TOLD_WITHIN_S


def test_of_sixty_four_threads_one_gets_the_space_and_the_others_are_told_within_a_second(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rush(tmp_path / "site.db", rounds=ROUNDS)

    with capsys.disabled():
        print(f"\n{THREADS} threads: slowest answer {found.slowest_s * 1e3:.0f} ms")
    assert found.winners == [1] * ROUNDS
    assert found.live == [1] * ROUNDS
    assert found.answers == {"Reserved": ROUNDS, "SpaceJustTaken": (THREADS - 1) * ROUNDS}
    assert found.slowest_s <= TOLD_WITHIN_S
