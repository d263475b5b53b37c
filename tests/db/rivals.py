"""Sixteen processes that want the same space for the same window, past the lock of open_store.

    python -m tests.db.rivals FILE SPACE ROUNDS gap|trigger

`gap` takes the idle gap and writes the reservation, as the product does; `trigger` writes the
reservation without asking what is idle, so that the schema alone decides. Prints one JSON object.
It is a program of its own, because SQLite must not be open where a process is forked.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from typing import NamedTuple

from peewee import SqliteDatabase

from db.errors import Overlap
from db.open import LOCK_WAIT_S, PRAGMAS, assert_safe
from db.store import Store, Tx
from kiosk.domain.ids import SpaceId
from kiosk.domain.money import Money
from kiosk.domain.time import Window
from tests.db.conftest import AHEAD, BUFFER, NOON

PROCESSES = 16
ROUND_EVERY, WANTED = timedelta(hours=1), timedelta(minutes=30)


class Try(NamedTuple):
    """What one process was told in one round, and how soon after the start of it."""

    round: int
    process: int
    has_won: bool
    took_s: float


@dataclass(frozen=True, slots=True)
class Race:
    """What came of all rounds."""

    winners: list[int]
    """How many won each round."""
    answers: list[int]
    """How many were answered in each round."""
    slowest_s: float


def window_of(round_: int) -> Window:
    """What everybody wants in a round."""
    start = NOON + (round_ + 1) * ROUND_EVERY
    return Window(start, start + WANTED)


def main(path: str, space: str, rounds: str, way: str) -> None:
    """Let them run and say who won."""
    context = get_context("fork")
    start, told = context.Barrier(PROCESSES), context.SimpleQueue()
    reserve = {"gap": with_gap, "trigger": without_asking}[way]
    rivals = [
        context.Process(
            target=run, args=(path, SpaceId(int(space)), int(rounds), number, reserve, start, told)
        )
        for number in range(PROCESSES)
    ]
    for rival in rivals:
        rival.start()
    tries = [told.get() for _ in range(PROCESSES * int(rounds))]
    for rival in rivals:
        rival.join()
    race = Race(
        winners=[sum(t.has_won for t in tries if t.round == n) for n in range(int(rounds))],
        answers=[sum(t.round == n for t in tries) for n in range(int(rounds))],
        slowest_s=max(t.took_s for t in tries),
    )
    json.dump(asdict(race), sys.stdout)


def run(
    path: str,
    space_id: SpaceId,
    rounds: int,
    number: int,
    reserve: object,
    start: Barrier,
    told: SimpleQueue[Try],
) -> None:
    """One process: the same wish in every round."""
    assert callable(reserve)
    with closing(opened_beside_others(path)) as store:
        for round_ in range(rounds):
            start.wait()
            began_s = time.monotonic()
            has_won = reserve(store, space_id, window_of(round_), f"{round_} {number}")
            told.put(Try(round_, number, has_won, time.monotonic() - began_s))


def opened_beside_others(path: str) -> Store:
    """The same file with the same modes as open_store, but without being its only owner."""
    database = SqliteDatabase(
        path, pragmas=PRAGMAS, timeout=LOCK_WAIT_S, thread_safe=False, autoconnect=False
    )
    database.connect()
    assert_safe(database)
    return Store(database, release=lambda: None)


def with_gap(store: Store, space_id: SpaceId, window: Window, code: str) -> bool:
    """As reserving does: no idle gap, no reservation."""
    with store.transaction() as tx:
        gap = tx.library.take_gap(space_id, window, now=NOON, ahead=AHEAD, buffer=BUFFER)
        if gap is not None:
            _add(tx, space_id, window, code)
        return gap is not None


def without_asking(store: Store, space_id: SpaceId, window: Window, code: str) -> bool:
    """Whatever is idle: only the trigger can refuse."""
    try:
        with store.transaction() as tx:
            _add(tx, space_id, window, code)
    except Overlap:
        return False
    return True


def _add(tx: Tx, space_id: SpaceId, window: Window, code: str) -> None:
    now: datetime = NOON
    tx.reservations.add(
        space_id=space_id,
        vehicle_id=tx.reservations.vehicle_id_for(f"B AB {code}"),
        window=window,
        quote=Money(400, "EUR"),
        pay_until=now,
        short_code=code,
        created_at=now,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
