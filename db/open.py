"""From a path or URL to an open Store: one owner per file, safe modes, a schema we know."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from peewee import PeeweeException, SqliteDatabase

from db.errors import NotASitesDatabase
from db.session import fault_of
from db.store import Store
from db.upgrade import refuse_unless_current, upgrade
from kiosk.domain.errors import StoreBusy

LOCK_WAIT_S = 2
"""How long a statement waits for another connection; only a reader's snapshot can hold one."""

PAGE_BYTES = 2_048
"""Of a new file; a commit writes a dozen pages that each have a few new bytes (decision 0013)."""
CHECKPOINT_PAGES = 8_000
"""At 16 MB of write-ahead log a commit copies it into the file."""

COMPILED_STATEMENTS = 512
"""More than the program has, so that each is compiled once. The driver keeps 100 by itself: with a
hundred and some in turn it compiled them again and again, each with its triggers."""

PRAGMAS: dict[str, int | str] = {
    "page_size": PAGE_BYTES,  # first: a file keeps what it was made with
    "journal_mode": "wal",
    "synchronous": "full",  # NORMAL loses acknowledged rows in a power cut (docs/money.md)
    "foreign_keys": "on",
    "trusted_schema": "off",
    "cell_size_check": "on",
    "recursive_triggers": "on",  # otherwise INSERT OR REPLACE gets round append-only tables
    "wal_autocheckpoint": CHECKPOINT_PAGES,
}
_MAGIC = b"SQLite format 3\0"
"""So every database begins that has anything in it (sqlite.org/fileformat.html)."""
_READER_PRAGMAS: dict[str, int | str] = {
    "query_only": "on",
    "trusted_schema": "off",
    "cell_size_check": "on",
}


def open_store(url: str, *, read_only: bool = False) -> Store:
    """Opens the database file, made new or upgraded as needed.

    `url` is `sqlite:///path` (four slashes for an absolute path) or a plain path; anything
    else is a ValueError. A reader takes no lock and needs a file that exists: otherwise
    FileNotFoundError. A folder is an IsADirectoryError.

    Faults: StoreBusy (another process owns the file), StoreTooNew, StoreTooOld (a reader met
    a file that waits for an upgrade), StoreFull, StoreCorrupt, NotASitesDatabase.
    """
    path = path_of(url)
    _refuse_unless_a_database(path)
    return _open_for_reading(path) if read_only else _open_for_writing(path)


def path_of(url: str) -> Path:
    """The database file that a URL or a plain path means; ValueError when it means none."""
    text = url.removeprefix("sqlite:///")
    if not text or text.startswith(":") or "://" in text:
        raise ValueError(f"{url!r} names no database file: use sqlite:///path or a path")
    return Path(text).absolute()


def assert_safe(database: SqliteDatabase) -> None:
    """Refuses a connection on which a power cut could lose what was acknowledged."""
    modes = {name: database.pragma(name) for name in ("journal_mode", "synchronous")}
    assert modes == {"journal_mode": "wal", "synchronous": 2}, f"unsafe modes {modes}"
    assert database.pragma("foreign_keys") == 1, "foreign keys are not checked"


def _refuse_unless_a_database(path: Path) -> None:
    """Before a lock is laid beside it or its mode is changed: somebody's file stays as it is."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.is_file():
        with path.open("rb") as file:
            begins = file.read(len(_MAGIC))
        if begins and begins != _MAGIC:
            raise NotASitesDatabase(f"{path.name} is no database")


def _open_for_writing(path: Path) -> Store:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    release = _lock(path)
    database = _database(str(path), PRAGMAS)
    return _checked(database, release, lambda: _prepare(database, path))


def _prepare(database: SqliteDatabase, path: Path) -> None:
    assert_safe(database)
    if upgrade(database, path):
        # The connection that has changed the schema compiles every statement anew after each
        # BEGIN IMMEDIATE, as long as it lives: a reservation takes twice the time.
        database.close()
        database.connect()
        assert_safe(database)


def _open_for_reading(path: Path) -> Store:
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    uri = f"{path.as_uri()}?mode=ro"
    database = _database(uri, _READER_PRAGMAS)
    return _checked(database, lambda: None, lambda: refuse_unless_current(database))


def _database(uri: str, pragmas: dict[str, int | str]) -> SqliteDatabase:
    # One connection, made here and used by the one thread that Store admits, closed by any.
    return SqliteDatabase(
        uri,
        pragmas=pragmas,
        uri=uri.startswith("file:"),
        timeout=LOCK_WAIT_S,
        thread_safe=False,
        check_same_thread=False,
        autoconnect=False,
        cached_statements=COMPILED_STATEMENTS,
    )


def _checked(
    database: SqliteDatabase, release: Callable[[], None], check: Callable[[], None]
) -> Store:
    try:
        database.connect()
        check()
    except BaseException as error:
        database.close()
        release()
        fault = fault_of(error) if isinstance(error, PeeweeException) else None
        if fault is None:
            raise
        raise fault from error
    return Store(database, release=release)


def _lock(path: Path) -> Callable[[], None]:
    """Takes the file for this process, and makes it for nobody else's eyes (0600)."""
    lock = os.fdopen(os.open(f"{path}.lock", os.O_WRONLY | os.O_CREAT, 0o600), "wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise StoreBusy(f"{path.name} is in use") from error
    # SQLite gives its log files the mode of the database file.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)
    return lock.close
