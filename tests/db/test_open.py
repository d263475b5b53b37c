"""Opening a store: safe modes, one owner, readers, threads, and what a bad disk does."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import peewee
import pysqlite3
import pytest
from peewee import OperationalError

from db.errors import NotASitesDatabase
from db.open import assert_safe, open_store, path_of
from db.store import Store
from kiosk.domain.errors import StoreBusy, StoreCorrupt, StoreFull
from tests.db.conftest import NOON, Site, database_of

OPEN_IN_ANOTHER_PROCESS = """
import sys
from db.open import open_store
from kiosk.domain.errors import StoreFault
try:
    open_store(sys.argv[1]).close()
except StoreFault as fault:
    print(fault.code)
else:
    print("opened")
"""


def another_process_finds(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", OPEN_IN_ANOTHER_PROCESS, str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    return done.stdout.strip()


def write_audit(store: Store, detail: str) -> None:
    with store.transaction() as tx:
        tx.audit.write(
            at=NOON, actor_kind="clock", actor_name="", action="disk.filled", detail=detail
        )


def add_driver_and_fill(store: Store) -> None:
    with store.transaction() as tx:
        tx.people.add_driver(name="Bo", phone="1", pass_code="P2", pin_hash="x")
        tx.audit.write(
            at=NOON, actor_kind="clock", actor_name="", action="disk.filled", detail="x" * 99_000
        )


def test_a_store_writes_ahead_and_flushes_every_commit(store: Store) -> None:
    database = database_of(store)

    modes = [database.pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys")]
    rules = [database.pragma(name) for name in ("trusted_schema", "cell_size_check")]

    assert modes == ["wal", 2, 1]
    assert rules == [0, 1]


@pytest.mark.parametrize("pragma", ["synchronous = NORMAL", "foreign_keys = OFF"])
def test_a_connection_in_an_unsafe_mode_is_refused(store: Store, pragma: str) -> None:
    database = database_of(store)
    database.execute_sql(f"PRAGMA {pragma}")

    with pytest.raises(AssertionError):
        assert_safe(database)


def test_a_file_that_cannot_write_ahead_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.open.PRAGMAS", {"journal_mode": "delete", "synchronous": "full"})

    with pytest.raises(AssertionError, match="delete"):
        open_store(str(path))


def test_the_newest_sqlite_that_is_installed_is_used() -> None:
    assert vars(peewee)["sqlite3"] is pysqlite3.dbapi2
    assert pysqlite3.sqlite_version_info >= (3, 51, 3)


def test_three_hundred_statements_in_turn_are_compiled_once_each(store: Store) -> None:
    compiled: list[str] = []

    def asked(*_: object) -> int:
        compiled.append(statement)
        return 0

    with store.reading() as tx:
        session = tx.library._session
        session._connection.set_authorizer(asked)  # SQLite asks while it compiles, never later
        for statement in [f"SELECT {number}" for number in range(300)] * 2:
            session.one(statement)
        session._connection.set_authorizer(None)
    assert len(compiled) == len(set(compiled)) == 300


def test_a_second_process_finds_the_store_busy(store: Store, path: Path) -> None:
    assert another_process_finds(path) == "store-busy"


def test_a_closed_store_can_be_opened_by_another_process(path: Path) -> None:
    open_store(str(path)).close()

    assert another_process_finds(path) == "opened"


def test_a_second_store_in_this_process_finds_it_busy(store: Store, path: Path) -> None:
    with pytest.raises(StoreBusy):
        open_store(str(path))


def test_files_of_a_store_are_for_its_own_user_only(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "data" / "site.db"))
    write_audit(store, "so that the log exists")

    modes = {file.name: file.stat().st_mode & 0o777 for file in (tmp_path / "data").iterdir()}
    store.close()

    assert modes == dict.fromkeys(["site.db", "site.db-wal", "site.db-shm", "site.db.lock"], 0o600)
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:////var/kiosk/site.db", "/var/kiosk/site.db"),
        ("/var/kiosk/site.db", "/var/kiosk/site.db"),
        ("sqlite:///site.db", str(Path.cwd() / "site.db")),
    ],
)
def test_a_url_or_a_plain_path_names_the_file(url: str, path: str) -> None:
    assert path_of(url) == Path(path)


@pytest.mark.parametrize("url", ["", ":memory:", "sqlite:///:memory:", "postgresql://host/site"])
def test_what_names_no_file_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="names no database file"):
        open_store(url)


def test_a_reader_sees_what_is_committed_while_the_owner_works(
    site: Site, opened: Callable[..., Store]
) -> None:
    reader = opened(site.path, read_only=True)
    write_audit(site.store, "for the reader")

    with reader.reading() as tx:
        details = [act.detail for act in tx.audit.latest(9)]

    assert details == ["for the reader"]


def test_a_reader_cannot_write(site: Site, opened: Callable[..., Store]) -> None:
    reader = opened(site.path, read_only=True)

    with pytest.raises(OperationalError, match="readonly"):
        write_audit(reader, "never")


def test_a_reader_of_a_missing_file_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        open_store(str(tmp_path / "none.db"), read_only=True)

    assert missing.value.filename == str(tmp_path / "none.db")


def test_writing_in_a_reading_snapshot_is_refused(store: Store) -> None:
    with pytest.raises(AssertionError, match="inside a snapshot"), store.reading() as tx:
        tx.audit.write(at=NOON, actor_kind="clock", actor_name="", action="disk.filled")


def test_a_store_writes_again_after_a_reading_snapshot(store: Store) -> None:
    with store.reading() as tx:
        tx.audit.latest(1)

    write_audit(store, "again")

    with store.reading() as tx:
        assert len(tx.audit.latest(9)) == 1


def test_a_block_that_raises_leaves_nothing(store: Store) -> None:
    with contextlib.suppress(RuntimeError), store.transaction() as tx:
        tx.audit.write(at=NOON, actor_kind="clock", actor_name="", action="disk.filled")
        raise RuntimeError

    with store.reading() as tx:
        assert tx.audit.latest(9) == ()


def test_transactions_do_not_nest(store: Store) -> None:
    with store.transaction(), pytest.raises(AssertionError, match="nest"):
        write_audit(store, "inside")


def test_what_is_rehearsed_is_seen_within_and_undone_after_it(store: Store) -> None:
    def rehearsed() -> int:
        with store.rehearsal() as tx:
            tx.audit.write(at=NOON, actor_kind="device", actor_name="exit", action="rehearsed")
            return len(tx.audit.latest(9))

    assert rehearsed() == rehearsed() == 1
    with store.transaction() as tx:
        assert tx.audit.latest(9) == ()


def test_a_repository_is_useless_outside_of_its_transaction(store: Store) -> None:
    with store.transaction() as tx:
        audit = tx.audit

    with pytest.raises(AssertionError, match="outside"):
        audit.latest(1)


def test_the_store_belongs_to_the_first_thread_that_uses_it(store: Store) -> None:
    work = threading.Thread(target=write_audit, args=(store, "from the work thread"))
    work.start()
    work.join()

    with pytest.raises(AssertionError, match="belongs to"):
        write_audit(store, "from another thread")


def test_a_store_used_by_a_thread_is_closed_by_another(path: Path) -> None:
    store = open_store(str(path))
    work = threading.Thread(target=write_audit, args=(store, "from the work thread"))
    work.start()
    work.join()

    store.close()

    assert another_process_finds(path) == "opened"


def test_a_full_disk_is_a_fault_and_nothing_is_half_written(store: Store) -> None:
    database = database_of(store)
    write_audit(store, "before")
    database.execute_sql(f"PRAGMA max_page_count = {database.pragma('page_count') + 4}")

    with pytest.raises(StoreFull):
        add_driver_and_fill(store)

    with store.reading() as tx:
        assert tx.people.driver_by_pass("P2") is None
        assert [act.detail for act in tx.audit.latest(9)] == ["before"]


def test_a_store_goes_on_when_the_disk_has_room_again(store: Store) -> None:
    database = database_of(store)
    database.execute_sql(f"PRAGMA max_page_count = {database.pragma('page_count')}")
    with pytest.raises(StoreFull):
        write_audit(store, "x" * 99_000)
    database.execute_sql("PRAGMA max_page_count = 100000")

    write_audit(store, "x" * 99_000)

    with store.reading() as tx:
        assert len(tx.audit.latest(9)) == 1


def test_a_file_that_another_program_writes_is_busy(store: Store, path: Path) -> None:
    database_of(store).execute_sql("PRAGMA busy_timeout = 0")
    other = pysqlite3.dbapi2.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreBusy):
        write_audit(store, "never")

    other.close()


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_never_was_a_database_is_told_so_and_left_as_it_is(
    tmp_path: Path, read_only: bool
) -> None:
    path = tmp_path / "README.md"
    path.write_bytes(b"this is a letter and not a database" * 200)
    path.chmod(0o644)

    with pytest.raises(NotASitesDatabase, match="is no database"):
        open_store(str(path), read_only=read_only)

    assert [each.name for each in tmp_path.iterdir()] == ["README.md"]
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("read_only", [True, False])
def test_a_database_of_another_program_gets_no_tables_of_ours(
    tmp_path: Path, read_only: bool
) -> None:
    path = tmp_path / "places.sqlite"
    with contextlib.closing(pysqlite3.dbapi2.connect(path)) as other:
        other.execute("CREATE TABLE bookmark(id INTEGER PRIMARY KEY)")

    with pytest.raises(NotASitesDatabase):
        open_store(str(path), read_only=read_only)

    with contextlib.closing(pysqlite3.dbapi2.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmark",)]


@pytest.mark.parametrize("read_only", [True, False])
def test_a_folder_is_no_database(tmp_path: Path, read_only: bool) -> None:
    with pytest.raises(IsADirectoryError) as refused:
        open_store(str(tmp_path), read_only=read_only)

    assert refused.value.filename == str(tmp_path)
    assert not tmp_path.with_name(f"{tmp_path.name}.lock").exists()


def test_a_damaged_page_is_corrupt_when_it_is_met(site: Site) -> None:
    page = int(str(site.raw("SELECT rootpage FROM sqlite_master WHERE name = 'area'")[0][0]))
    size = int(str(site.raw("PRAGMA page_size")[0][0]))
    site.store.close()
    raw = bytearray(site.path.read_bytes())
    raw[(page - 1) * size : page * size] = b"\xff" * size
    site.path.write_bytes(raw)
    reopened = open_store(str(site.path))

    with pytest.raises(StoreCorrupt), reopened.reading() as tx:
        tx.library.areas()

    reopened.close()


@pytest.mark.parametrize("is_new", [True, False])
def test_statements_stay_compiled_from_commit_to_commit(tmp_path: Path, is_new: bool) -> None:
    path = tmp_path / "site.db"
    if not is_new:
        open_store(str(path)).close()
    compiled: list[int] = []

    def note(action: int, *_: str | None) -> int:
        compiled.append(action)
        return int(pysqlite3.SQLITE_OK)

    with contextlib.closing(open_store(str(path))) as store:
        database_of(store).connection().set_authorizer(note)
        with store.transaction() as tx:
            tx.reservations.vehicle_id_for("B AB 1")
        with store.transaction() as tx:
            tx.reservations.vehicle_id_for("B AB 2")
        compiled.clear()
        with store.transaction() as tx:
            tx.reservations.vehicle_id_for("B AB 3")

    assert compiled == []
