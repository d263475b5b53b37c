"""Sixty-four threads that ask the work thread of a real site for the same space at once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue

from db.open import open_store
from kiosk.app.virtual_site import VirtualSite
from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.outcomes import Reserved
from kiosk.domain.time import Window
from kiosk.services.commands import CancelReservation, Reserve, ReserveAnswer
from kiosk.services.core import Core
from kiosk.services.handle import handle
from kiosk.services.housekeeping import Housekeeping
from kiosk.services.tariffs import TariffFiles
from kiosk.services.work import WorkThread
from tests.fakes.stage import DRIVER, NOON, small_site

THREADS = 64
SPACE = SpaceId(1)
ONE_DAY = timedelta(days=1)
LONGEST_WAIT_S = 60.0
"""Nobody waits for ever for a thread that has failed."""


@dataclass(slots=True)
class Rush:
    """What came of all rounds."""

    winners: list[int] = field(default_factory=list)
    """How many got the space in each round."""
    answers: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    live: list[int] = field(default_factory=list)
    """How many live reservations the space had after each round."""


def rush(database: Path, *, rounds: int) -> Rush:
    """Let them ask, and give the space back after every round."""
    site = VirtualSite(file=small_site(), database=database, starts_at=NOON)
    site.close()
    core = replace(site.core, store=open_store(f"sqlite:///{database}"))
    bugs: list[BaseException] = []
    work = WorkThread(
        handle=lambda command: handle(core, command),
        on_tick=Housekeeping(core, TariffFiles(core, areas={}, owners={})).tick,
        on_fault=bugs.append,
        on_crash=bugs.append,
    )
    work.start()
    try:
        return _Rounds(core, work, rounds).run()
    finally:
        work.stop()
        core.store.close()
        assert not bugs, bugs


class _Rounds:
    """Threads that wait for one another before each wish."""

    def __init__(self, core: Core, work: WorkThread, rounds: int) -> None:
        self._core, self._work, self._count = core, work, rounds
        self._start = threading.Barrier(THREADS + 1)
        self._told: SimpleQueue[tuple[ReserveAnswer, float]] = SimpleQueue()

    def run(self) -> Rush:
        rush = Rush()
        threads = [
            threading.Thread(target=self._wish, args=(number,), name=f"driver {number}")
            for number in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for _ in range(self._count):
            self._start.wait(LONGEST_WAIT_S)
            told = [self._told.get(timeout=LONGEST_WAIT_S) for _ in range(THREADS)]
            won = [answer for answer, _ in told if isinstance(answer, Reserved)]
            rush.winners.append(len(won))
            rush.answers.update(type(answer).__name__ for answer, _ in told)
            rush.slowest_s = max(rush.slowest_s, *(took_s for _, took_s in told))
            rush.live.append(self._given_back([each.reservation_id for each in won]))
        for thread in threads:
            thread.join()
        return rush

    def _wish(self, number: int) -> None:
        mine: SimpleQueue[ReserveAnswer] = SimpleQueue()
        command = Reserve(
            actor=DRIVER, space_id=SPACE, duration_minutes=60, plate=f"B AB {number}"
        )
        for _ in range(self._count):
            self._start.wait(LONGEST_WAIT_S)
            began_s = time.monotonic()
            assert self._work.submit(command, mine.put), "the queue has room for all"
            answer = mine.get(timeout=LONGEST_WAIT_S)
            self._told.put((answer, time.monotonic() - began_s))

    def _given_back(self, reservations: list[ReservationId]) -> int:
        """How many live reservations the space has now; those that were won are cancelled."""
        live: SimpleQueue[int] = SimpleQueue()

        def look() -> None:
            with self._core.store.reading() as tx:
                live.put(len(tx.reservations.of_space(SPACE, Window(NOON, NOON + ONE_DAY))))
            for reservation_id in reservations:
                handle(self._core, CancelReservation(actor=DRIVER, reservation_id=reservation_id))

        self._work.post(look)
        return live.get(timeout=LONGEST_WAIT_S)
