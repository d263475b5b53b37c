"""However many want one space at once, one gets it and the others are told: a sample.

`make torture` lets them try a thousand times, and looks at how long the others wait.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import Store
from kiosk.domain.time import Window
from tests.db.conftest import NOON, Site, build
from tests.db.rivals import PROCESSES, ROUND_EVERY, Race
from tests.db.rush import THREADS, rush

ROUNDS = 30
RIVALS_END_S = 600


def raced(path: Path, space_id: int, *, rounds: int, way: str) -> Race:
    """Sixteen processes on the file, which nobody else has open."""
    command = [sys.executable, "-m", "tests.db.rivals", str(path), str(space_id), str(rounds), way]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, timeout=RIVALS_END_S, check=True
    )
    return Race(**json.loads(done.stdout))


def ready(site: Site) -> None:
    """Idle time for a thousand rounds; then the file is left to others."""
    with site.store.transaction() as tx:
        build(tx, site.space_id, days=60)
    site.store.close()


def live_in(store: Store, site: Site, rounds: int) -> list[tuple[Window, ...]]:
    """The live windows that the space has in the time of each round."""
    with store.reading() as tx:
        return [
            tuple(
                each.window
                for each in tx.reservations.of_space(
                    site.space_id, Window(NOON + n * ROUND_EVERY, NOON + (n + 1) * ROUND_EVERY)
                )
            )
            for n in range(1, rounds + 1)
        ]


def is_kept_as_rebuilt(store: Store, site: Site) -> bool:
    """Whether the idle gaps are those that building them anew gives."""
    everything = Window(NOON, NOON + 50 * 24 * ROUND_EVERY)
    with store.transaction() as tx:
        kept = tx.library.gaps(site.space_id, everything)
        build(tx, site.space_id, days=60)
        return kept == tx.library.gaps(site.space_id, everything)


@pytest.mark.parametrize("way", ["gap", "trigger"])
def test_of_sixteen_processes_one_gets_the_space_and_the_others_are_told(
    site: Site, opened: Callable[[Path], Store], way: str
) -> None:
    ready(site)

    race = raced(site.path, site.space_id, rounds=ROUNDS, way=way)

    store = opened(site.path)
    assert race.winners == [1] * ROUNDS
    assert race.answers == [PROCESSES] * ROUNDS
    assert [len(live) for live in live_in(store, site, ROUNDS)] == [1] * ROUNDS
    assert way == "trigger" or is_kept_as_rebuilt(store, site)


def test_of_sixty_four_threads_one_gets_the_space_and_the_others_are_told(tmp_path: Path) -> None:
    found = rush(tmp_path / "site.db", rounds=ROUNDS)

    assert found.winners == [1] * ROUNDS
    assert found.live == [1] * ROUNDS
    assert found.answers == {"Reserved": ROUNDS, "SpaceJustTaken": (THREADS - 1) * ROUNDS}
