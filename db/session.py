"""The road of every query to SQLite: one connection, one open transaction, faults by name.

Which SQL is run is the business of the repositories, when it begins and ends that of store.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from peewee import (  # type: ignore[attr-defined]  # its stubs leave the wrapper out
    Model,
    PeeweeException,
    SqliteDatabase,
    __exception_wrapper__,
    sqlite3,
)

from db.proved import row_fact
from kiosk.domain.errors import StoreBusy, StoreCorrupt, StoreFault, StoreFull
from kiosk.domain.ids import ReservationId
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor

    from kiosk.domain.evidence import Fact

# Primary result codes of sqlite.org/rescode.html; the driver of Python 3.11 and pysqlite3 both
# carry them in `sqlite_errorcode`, an extended code in its higher bytes.
_FAULTS: dict[int, type[StoreFault]] = {
    5: StoreBusy,  # SQLITE_BUSY
    6: StoreBusy,  # SQLITE_LOCKED
    10: StoreFull,  # SQLITE_IOERR
    11: StoreCorrupt,  # SQLITE_CORRUPT
    13: StoreFull,  # SQLITE_FULL
    26: StoreCorrupt,  # SQLITE_NOTADB
}


def fault_of(error: PeeweeException) -> StoreFault | None:
    """The fault of the world behind an error of the driver; None means it is our bug."""
    driver_error: BaseException = getattr(error, "orig", error)
    code: int = getattr(driver_error, "sqlite_errorcode", 0)
    kind = _FAULTS.get(code & 0xFF)
    return None if kind is None else kind(str(error))


def instant(epoch_s: int | None) -> datetime | None:
    """The instant of a column that may be empty."""
    return None if epoch_s is None else from_epoch(epoch_s)


def epoch(at: datetime | None) -> int | None:
    """What a column that may be empty stores of an instant."""
    return None if at is None else to_epoch(at)


Values = Sequence[int | str | bytes | None] | Mapping[str, int | str | None]
"""Those of one statement, by place or by name."""
_DriverError: type[Exception] = sqlite3.Error
ANY_ROW = ReservationId(0)
"""Notes that are of no one reservation's: the next row of the transaction takes them."""
_QUERIES = ("SELECT", "WITH")


class Session:
    """The connection while a transaction is open; a query outside of one is a bug."""

    def __init__(self, database: SqliteDatabase) -> None:
        self.database = database
        self._connection: Connection = database.connection()
        self.is_open = False
        self.is_reading = False
        """Inside a snapshot: whatever is no query is a bug."""
        self.must_roll_back = False
        """A guard refused half of a change: committing the other half would be a bug."""
        self.notes: dict[ReservationId | None, list[tuple[datetime, Fact]]] = {}
        """Evidence of this transaction that no row has taken yet (db/audit.py)."""

    def note(self, reservation_id: ReservationId | None, fact: Fact, *, at: datetime) -> None:
        """Evidence for the next row of this reservation in the audit."""
        self.notes.setdefault(reservation_id, []).append((at, fact))

    def run(self, sql: str, *values: int | str | bytes | None) -> Cursor:
        """Runs one constant statement with its values."""
        assert self.is_open, "a query outside of a transaction"
        assert not self.is_reading or sql.startswith(_QUERIES), "a write inside a snapshot"
        # Not by order(): an exit comes through here some forty times.
        try:
            return self._connection.execute(sql, values)
        except _DriverError:
            with __exception_wrapper__:
                raise

    def run_each(self, sql: str, rows: Iterable[tuple[int | str | None, ...]]) -> int:
        """Runs one constant statement that writes, for each row of values; how many it changed."""
        assert self.is_open, "a query outside of a transaction"
        assert not self.is_reading, "a write inside a snapshot"
        try:
            return self._connection.executemany(sql, rows).rowcount
        except _DriverError:
            with __exception_wrapper__:
                raise

    def run_named(self, sql: str, values: Values) -> Cursor:
        """Runs one constant statement whose values have names (`:t0`), for those used twice."""
        assert self.is_open, "a query outside of a transaction"
        assert not self.is_reading or sql.startswith(_QUERIES), "a write inside a snapshot"
        return self.order(sql, values)

    def keep(
        self, table: str, sql: str, *values: int | str | bytes | None, at: datetime
    ) -> dict[str, Any] | None:
        """Runs a constant statement that writes one row which the evidence proves (proved.py).

        The row as it stands then; None when nothing was written.
        """
        rows = self.keep_all(table, sql, *values, at=at)
        assert len(rows) <= 1, "one row is kept at a time"
        return rows[0] if rows else None

    def keep_all(
        self, table: str, sql: str, *values: int | str | bytes | None, at: datetime
    ) -> list[dict[str, Any]]:
        """Runs a constant statement that writes any number of rows which the evidence proves."""
        cursor = self.run(f"{sql} RETURNING *", *values)
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        for row in rows:
            self.note(ANY_ROW, row_fact(table, row), at=at)
        return rows

    def one(self, sql: str, *values: int | str | None) -> Any:
        """The first row of a query, or None."""
        return self.run(sql, *values).fetchone()

    def insert(self, model: type[Model], **values: int | str | None) -> int:
        """Adds a row by its model and returns its id: for set-up, not for hot paths."""
        assert self.is_open, "a query outside of a transaction"
        assert not self.is_reading, "a write inside a snapshot"
        row_id: int = model.insert(**values).execute(self.database)
        return row_id

    def order(self, sql: str, values: Values = ()) -> Cursor:
        """Runs what needs no open transaction: its begin, its end, a pragma."""
        # Past execute_sql, which costs as much as a short statement does: an exit runs some forty.
        # Only an error pays for peewee's wrapper, which gives it peewee's name.
        try:
            return self._connection.execute(sql, values)
        except _DriverError:
            with __exception_wrapper__:
                raise
