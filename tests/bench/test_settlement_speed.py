"""Settling a stay in one durable commit, beside bare SQLite, the disk and django-ledger."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bootstrap import find_uv
from db.open import CHECKPOINT_PAGES, PAGE_BYTES, PRAGMAS
from db.store import Store
from kiosk.domain import ledger
from kiosk.domain.ids import OperationKey, OwnerId, ReservationId
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money
from kiosk.domain.settlement import Shared, SplitTerms, share_transfers, split
from tests.bench.figures import ROOT, Figure, quantiles, ratio
from tests.bench.test_real_reservation import (
    block_file,
    committed,
    overwrite,
    site_of_200_spaces,
    took_ns,
)
from tests.db.conftest import NOON

WARM, ROUNDS, PEER_ROUNDS = 700, 1_000, 300
"""After the first the write-ahead log has its size and is written anew from its beginning, as on
every day but the first (performance.md, 2); the peer has 300 that count."""
RAW_GOAL, DISK_GOAL, PEER_GOAL = 0.8, 0.35, 15
FEE, TERMS = Money(700, "EUR"), SplitTerms(1_500, 1_900, 1_000)
STAY = ReservationId(1)
SHARES = share_transfers(STAY, Shared.to(OwnerId(1), split(FEE, TERMS)))
PEER = ("django==5.2.19", "django-ledger==0.8.5")
Statement = tuple[str, Any]
"""With the values of one row, or a list of them for many."""


def settle(store: Store, number: int) -> None:
    """A stay of 7.00 out of its escrow: four transfers, five balances, outbox, evidence."""
    key = OperationKey(f"capture:{number}")
    with store.transaction() as tx:
        tx.ledger.post(Journal(f"settlement:{number}", "settlement", SHARES, STAY), NOON)
        tx.payments.add_operation(
            key,
            adapter="simulator",
            kind="capture",
            purpose="deposit",
            reservation_id=STAY,
            amount=FEE,
            state="new",
            at=NOON,
        )


def site_with_deposits(folder: Path) -> Store:
    """A stay whose escrow has enough for all rounds."""
    folder.mkdir()
    store = site_of_200_spaces(folder / "site.db")
    committed(store, 0, is_confirmed=True)
    enough = Transfer(ledger.psp("simulator"), ledger.escrow(STAY), FEE * (WARM + 2 * ROUNDS))
    with store.transaction() as tx:
        tx.ledger.post(Journal("enough", "deposit", (enough,), STAY), NOON)
    return store


def statements_of(store: Store, rounds: int) -> list[list[Statement]]:
    """Every statement of every settlement with its values, in their order; the rounds are done."""
    session = store._session
    run, run_each, said = session.run, session.run_each, list[Statement]()

    def note(sql: str, *values: Any) -> Any:
        said.append((sql, values))
        return run(sql, *values)

    def note_each(sql: str, rows: Any) -> int:
        values = list(rows)
        said.append((sql, values))
        return run_each(sql, values)

    all_said = []
    session.run = note  # type: ignore[method-assign]
    session.run_each = note_each  # type: ignore[method-assign]
    for number in range(rounds):
        settle(store, number)
        all_said.append(list(said))
        said.clear()
    session.run, session.run_each = run, run_each  # type: ignore[method-assign]
    return all_said


def replay(connection: Any, statements: list[Statement]) -> None:
    """The same statements with nothing around them, durable when this returns."""
    execute = connection.execute
    execute("BEGIN IMMEDIATE")
    for sql, values in statements:
        if isinstance(values, list):
            connection.executemany(sql, values)
            continue
        cursor = execute(sql, values)
        if sql.startswith("SELECT"):
            cursor.fetchone()
    execute("COMMIT")


def bare(path: Path) -> Any:
    """A connection of the same driver with the same promises, and nothing of ours."""
    try:
        driver = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        driver = importlib.import_module("sqlite3")
    connection = driver.connect(path, isolation_level=None)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    return connection


def accounts(connection: Any) -> list[Any]:
    return list(connection.execute("SELECT * FROM account ORDER BY name").fetchall())


def assert_log_is_full(folder: Path) -> None:
    """A file that still grows costs the disk more, and would hide what the rest costs."""
    assert (folder / "site.db-wal").stat().st_size >= CHECKPOINT_PAGES * PAGE_BYTES


@pytest.mark.bench
def test_a_settlement_beside_the_bare_statements_and_the_disk(
    tmp_path: Path, figures: list[Figure]
) -> None:
    with closing(site_with_deposits(tmp_path / "first")) as first:
        statements = statements_of(first, WARM + ROUNDS)
    ours_store = site_with_deposits(tmp_path / "ours")
    site_with_deposits(tmp_path / "bare").close()
    connection = bare(tmp_path / "bare" / "site.db")
    ours: list[int] = []
    plain: list[int] = []
    floor: list[int] = []
    with block_file(tmp_path / "block") as file:
        for number in range(WARM + ROUNDS):
            if number == WARM:
                assert_log_is_full(tmp_path / "ours")
                assert_log_is_full(tmp_path / "bare")
            both = [
                (ours, partial(settle, ours_store, number)),
                (plain, partial(replay, connection, statements[number])),
            ]
            # Each of the two begins after the same, neither is warm, and they take turns to be
            # first: the place in a round is worth some hundredths.
            for took, action in both if number % 2 else reversed(both):
                took.append(took_ns(action))
                floor.append(took_ns(partial(overwrite, file)))
    floor_of_each = [(a + b) / 2 for a, b in zip(floor[::2], floor[1::2], strict=True)][WARM:]
    ours, plain = ours[WARM:], plain[WARM:]
    ours_store.close()
    with closing(bare(tmp_path / "ours" / "site.db")) as again:
        assert accounts(again) == accounts(connection), "both have settled the same"
    connection.close()

    raw_rate, disk_rate = ratio(plain, ours), ratio(floor_of_each, ours)
    count = len(statements[-1]) + 2
    figures += [
        Figure(
            bench="settlement",
            what=f"against its {count} statements by the bare driver, one commit, WAL and FULL",
            value=f"{raw_rate:.2f} x ({quantiles(ours).text}; bare {quantiles(plain).text})",
            goal=f">= {RAW_GOAL} x",
            is_held=raw_rate >= RAW_GOAL,
        ),
        Figure(
            bench="settlement",
            what="against overwriting 16 KiB and fdatasync",
            value=f"{disk_rate:.2f} x (disk {quantiles(floor[2 * WARM :]).text})",
            goal=f">= {DISK_GOAL} x",
            is_held=disk_rate >= DISK_GOAL,
        ),
    ]


@pytest.mark.bench
def test_a_settlement_beside_django_ledger(tmp_path: Path, figures: list[Figure]) -> None:
    peer_ns = django_ledger_ns(tmp_path)
    with closing(site_with_deposits(tmp_path / "ours")) as store:
        for number in range(WARM):
            settle(store, number)
        ours_ns = [
            took_ns(partial(settle, store, number)) for number in range(WARM, WARM + PEER_ROUNDS)
        ]
    rate = ratio(sorted(peer_ns), sorted(ours_ns))
    figures.append(
        Figure(
            bench="settlement",
            what=f"{PEER[1]} settling the same, WAL and FULL, against ours",
            value=f"{rate:.0f} x ({quantiles(ours_ns).text}; peer {quantiles(peer_ns).text})",
            goal=f">= {PEER_GOAL} x",
            is_held=rate >= PEER_GOAL,
        )
    )


def django_ledger_ns(folder: Path) -> list[int]:
    """What each settlement took the peer, in an environment that is made for it once."""
    python = peer_environment()
    (folder / "peer").mkdir()
    script = Path(__file__).with_name("django_ledger_process.py")
    done = subprocess.run(
        [python, "-W", "ignore", script, folder / "peer", str(PEER_ROUNDS)],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    assert done.returncode == 0, done.stderr
    took: list[int] = json.loads(done.stdout)["took_ns"]
    return took


def peer_environment() -> Path:
    """The interpreter of out/bench/django-ledger; it is GPL, and only ever another process."""
    place = ROOT / "out" / "bench" / "django-ledger"
    python = place / "bin" / "python"
    if not (place / "done").exists():
        uv = find_uv()
        made: list[list[str | Path]] = (
            [[uv, "venv", "-q", "--clear", "--python", sys.executable, place]]
            if uv
            else [[sys.executable, "-m", "venv", "--clear", place]]
        )
        made.append(
            [uv, "pip", "install", "-q", "--no-config", "--python", python, *PEER]
            if uv
            else [python, "-m", "pip", "install", "-q", *PEER]
        )
        for command in made:
            subprocess.run(command, check=True)
        (place / "done").touch()
    return python
