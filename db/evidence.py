# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Reads what proves and what is proved: chained rows as they are found, and the books under them.

Nothing here trusts a row: a file whose guards were taken away is read just the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from db.audit import ALL_TERMS, COLUMNS
from db.ledger import JOURNAL_COLUMNS, TRANSFER_COLUMNS
from db.proved import row_fact
from kiosk.domain.evidence import Row, Seal, Value, digest

if TYPE_CHECKING:
    from db.session import Session
    from kiosk.domain.evidence import Fact
    from kiosk.domain.ids import ReservationId

Record = dict[str, Value]
"""A row of the books by its columns, as it was found."""

_ROWS = f"SELECT {', '.join(COLUMNS)}, hash, stay_hash FROM audit"
_ALL_ROWS = f"{_ROWS} ORDER BY id"
_ROWS_OF = f"{_ROWS} WHERE reservation_id = ? ORDER BY id"
_JOURNALS = "SELECT * FROM journal ORDER BY id"
_TRANSFERS = "SELECT * FROM transfer ORDER BY journal_id, number"
_JOURNALS_OF = "SELECT * FROM journal WHERE reservation_id = ? ORDER BY id"
_TRANSFERS_OF = """SELECT t.* FROM journal j JOIN transfer t ON t.journal_id = j.id
WHERE j.reservation_id = ? ORDER BY t.journal_id, t.number"""
_RECEIPTS = "SELECT * FROM receipt ORDER BY number"
_RECEIPTS_OF = "SELECT * FROM receipt WHERE reservation_id = ? ORDER BY number"
_OPERATIONS = """SELECT key, kind, purpose, amount_minor, currency, adapter, original,
reservation_id, state FROM operation"""
_TARIFFS = "SELECT code, version, currency, hash, text FROM tariff ORDER BY id"
_ACCOUNTS = "SELECT name, currency, debits_minor, credits_minor, is_guarded FROM account"


@dataclass(frozen=True, slots=True)
class Booked:
    """A journal with its transfers, in their order; no journal: transfers that have none."""

    id: int
    journal: Record | None
    transfers: tuple[Record, ...]

    @property
    def proof(self) -> str:
        """What proves them as they are, as Ledger.post makes it."""
        assert self.journal is not None, "transfers without a journal prove nothing"
        return digest(
            _values(self.journal, JOURNAL_COLUMNS),
            *(_values(each, TRANSFER_COLUMNS) for each in self.transfers),
        )


def _values(row: Record, columns: tuple[str, ...]) -> tuple[Value, ...]:
    return tuple(row.get(name) for name in columns)


class Evidence:
    """The rows of the audit and of the books, for who checks them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @contextmanager
    def as_found(self) -> Iterator[None]:
        """Inside of it, text that is no UTF-8 is read as well, as text that nobody wrote."""
        connection = self._session.database.connection()
        before, connection.text_factory = connection.text_factory, _text
        try:
            yield
        finally:
            connection.text_factory = before

    def rows(self) -> Iterator[Row]:
        """The chain of the site from its first row, read while it is consumed."""
        return map(_row, self._session.run(_ALL_ROWS))

    def rows_of(self, reservation_id: ReservationId) -> tuple[Row, ...]:
        """The chain of one stay."""
        return tuple(map(_row, self._session.run(_ROWS_OF, reservation_id)))

    def booked(self) -> Iterator[Booked]:
        """Every journal in the order of ids, read while it is consumed."""
        return _booked(self._records(_JOURNALS), self._records(_TRANSFERS))

    def booked_of(self, reservation_id: ReservationId) -> tuple[Booked, ...]:
        """The journals of one stay."""
        journals = self._records(_JOURNALS_OF, reservation_id)
        return tuple(_booked(journals, self._records(_TRANSFERS_OF, reservation_id)))

    def receipts(self) -> Iterator[Record]:
        """Every receipt by its number."""
        return self._records(_RECEIPTS)

    def receipts_of(self, reservation_id: ReservationId) -> Iterator[Record]:
        """The receipts of one stay."""
        return self._records(_RECEIPTS_OF, reservation_id)

    def operations(self) -> Iterator[Record]:
        """Every payment operation as it is now."""
        return self._records(_OPERATIONS)

    def kept(self, table: str) -> Iterator[Fact]:
        """What would prove each row of a table of PROVED as it is now."""
        return (row_fact(table, row) for row in self._records(f"SELECT * FROM {table}"))

    def terms(self) -> Iterator[Fact]:
        """What each reservation is priced by now, as Audit.note_terms puts it."""
        return (("terms", *row) for row in self._session.run(ALL_TERMS))

    def tariffs(self) -> Iterator[tuple[str, int, str, str, str]]:
        """Code, version, currency, hash and text of each tariff: reservations name the hash."""
        return iter(self._session.run(_TARIFFS))

    def accounts(self) -> Iterator[tuple[str, str, int, int, int]]:
        """Name, currency, debits, credits of each account as kept beside, and if it is guarded."""
        return iter(self._session.run(_ACCOUNTS))

    def _records(self, sql: str, *values: int) -> Iterator[Record]:
        cursor = self._session.run(sql, *values)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)


def _text(found: bytes) -> str:
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError:
        return f"{found.decode('utf-8', 'backslashreplace')} (no UTF-8)"


def _row(found: Any) -> Row:
    columns = dict(zip(COLUMNS, found[: len(COLUMNS)], strict=True))
    return Row(columns, Seal(*found[len(COLUMNS) :]))


def _booked(journals: Iterator[Record], transfers: Iterator[Record]) -> Iterator[Booked]:
    """Merges two queries that are in the order of the same ids."""
    journal = next(journals, None)
    for journal_id, group in groupby(transfers, lambda each: each["journal_id"]):
        assert isinstance(journal_id, int), "the schema says so"
        while journal is not None and _id(journal) < journal_id:
            yield Booked(_id(journal), journal, ())
            journal = next(journals, None)
        if journal is not None and _id(journal) == journal_id:
            yield Booked(journal_id, journal, tuple(group))
            journal = next(journals, None)
        else:
            yield Booked(journal_id, None, tuple(group))
    while journal is not None:
        yield Booked(_id(journal), journal, ())
        journal = next(journals, None)


def _id(journal: Record) -> int:
    number = journal["id"]
    assert isinstance(number, int), "the schema says so"
    return number
