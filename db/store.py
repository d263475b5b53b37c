"""The one way to the database: transactions and reading snapshots, and their repositories.

What a query says stands in the repositories; open.py makes a Store.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from peewee import PeeweeException, SqliteDatabase

from db.audit import Audit
from db.authorisations import Authorisations
from db.changes import Changes
from db.debts import Debts
from db.disputes import Disputes
from db.dues import Dues
from db.evidence import Evidence
from db.fleets import Fleets
from db.invoices import Invoices
from db.lanes import Lanes
from db.ledger import Ledger
from db.library import Library
from db.missing import Missing
from db.payees import Payees
from db.payer_turns import PayerTurns
from db.payments import Payments
from db.payouts import Payouts
from db.people import People
from db.refund_parts import RefundParts
from db.reports import Reports
from db.reservations import Reservations
from db.session import Session, fault_of
from db.shifts import Shifts
from db.shops import Shops
from db.sites import Sites
from db.tickets import Tickets


class Tx:
    """The repositories of one open transaction; useless after it."""

    def __init__(self, session: Session) -> None:
        self.library = Library(session)
        self.reservations = Reservations(session)
        self.dues = Dues(session)
        self.disputes = Disputes(session)
        self.tickets = Tickets(session)
        self.changes = Changes(session)
        self.ledger = Ledger(session)
        self.lanes = Lanes(session)
        self.payments = Payments(session)
        self.payouts = Payouts(session)
        self.refund_parts = RefundParts(session)
        self.authorisations = Authorisations(session)
        self.debts = Debts(session)
        self.missing = Missing(session)
        self.reports = Reports(session)
        self.payees = Payees(session)
        self.people = People(session)
        self.audit = Audit(session)
        self.evidence = Evidence(session)
        self.sites = Sites(session)
        self.shifts = Shifts(session)
        self.fleets = Fleets(session)
        self.shops = Shops(session)
        self.invoices = Invoices(session)
        self.payer_turns = PayerTurns(session)


class _RehearsedError(Exception):
    """Ends a rehearsal, whose writing is undone."""


class Store:
    """An open database, used by one thread: the first that begins a transaction.

    Faults: StoreBusy, StoreFull and StoreCorrupt from any use; nothing is half written then.
    """

    def __init__(self, database: SqliteDatabase, *, release: Callable[[], None]) -> None:
        self._database = database
        self._release = release
        self._session = Session(database)
        self._tx = Tx(self._session)
        self._owner: threading.Thread | None = None

    @contextmanager
    def transaction(self) -> Iterator[Tx]:
        """One write transaction: durable when the block ends, undone when it raises.

        Transactions do not nest.
        """
        with self._opened("BEGIN IMMEDIATE"):
            yield self._tx
            assert not self._session.must_roll_back, "a refused change was about to be committed"
            self._tx.audit.write_rest()

    @contextmanager
    def rehearsal(self) -> Iterator[Tx]:
        """One write transaction that is undone when the block ends: what would follow, no more."""
        with suppress(_RehearsedError), self._opened("BEGIN IMMEDIATE"):
            yield self._tx
            raise _RehearsedError

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """One snapshot: every query of the block sees the same rows. Writing in it is a bug."""
        # Not by PRAGMA query_only: a pragma that sets a flag makes SQLite compile every statement
        # anew, with its triggers, and the next scan would wait for that (decision 0007).
        self._session.is_reading = True
        try:
            with self._opened("BEGIN"):
                yield self._tx
        finally:
            self._session.is_reading = False

    def checkpoint(self) -> None:
        """Copies the write-ahead log into the database file; for moments of rest.

        It never waits for a reader: what a reader still needs stays for the next time.
        """
        self._execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Ends the connection and gives the file back to others; any thread may, and again."""
        assert not self._session.is_open, "closed inside a transaction"
        self._database.close()
        self._release()

    @contextmanager
    def _opened(self, begin: str) -> Iterator[None]:
        session = self._session
        assert not session.is_open, "transactions do not nest"
        self._execute(begin)
        session.is_open, session.must_roll_back = True, False
        session.notes.clear()
        try:
            yield
            self._database.execute_sql("COMMIT")
        except BaseException as error:
            self._tx = Tx(session)  # repositories may remember rows that are now undone
            # A full disk has already rolled back by itself (sqlite.org/lang_transaction.html).
            if self._database.connection().in_transaction:
                self._database.execute_sql("ROLLBACK")
            fault = fault_of(error) if isinstance(error, PeeweeException) else None
            if fault is None:
                raise
            raise fault from error
        finally:
            session.is_open = False

    def _execute(self, sql: str) -> None:
        thread = threading.current_thread()
        self._owner = self._owner or thread
        assert self._owner is thread, f"the store belongs to {self._owner.name}"
        try:
            self._database.execute_sql(sql)
        except PeeweeException as error:
            fault = fault_of(error)
            if fault is None:
                raise
            raise fault from error
