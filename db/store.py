"""The one way to the database: transactions and reading snapshots, and their repositories.

What a query says stands in the repositories; open.py makes a Store.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from kiosk.domain.errors import StoreFault


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


class _Opened:
    """A transaction while its block runs; the same object serves every one of its kind in turn."""

    # Not a generator's context manager, which takes another hundredth of each commit.
    __slots__ = ("_is_reading", "_order", "_session", "_store", "_tx")

    def __init__(
        self, store: Store, session: Session, order: str, *, is_reading: bool = False
    ) -> None:
        self._store, self._session = store, session
        self._order, self._is_reading = order, is_reading

    def __enter__(self) -> Tx:
        session = self._session
        self._tx = self._store.begin(self._order)
        session.is_open, session.is_reading, session.must_roll_back = True, self._is_reading, False
        session.notes.clear()
        return self._tx

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        try:
            if error is None:
                self._commit()
            else:
                self._undo(error)
        finally:
            self._session.is_open = self._session.is_reading = False

    def _commit(self) -> None:
        try:
            if not self._is_reading:
                refused = "a refused change was about to be committed"
                assert not self._session.must_roll_back, refused
                self._tx.audit.write_rest()
            self._session.order("COMMIT")
        except BaseException as error:
            self._undo(error)
            raise

    def _undo(self, error: BaseException) -> None:
        fault = self._store.roll_back(error)
        if fault is not None:
            raise fault from error


class Store:
    """An open database, used by one thread: the first that begins a transaction.

    Faults: StoreBusy, StoreFull and StoreCorrupt from any use; nothing is half written then.
    """

    def __init__(self, database: SqliteDatabase, *, release: Callable[[], None]) -> None:
        self._database = database
        self._release = release
        self._session = Session(database)
        self._tx = Tx(self._session)
        self._owner: int | None = None
        # Both are used again and again, since transactions do not nest.
        self._writing = _Opened(self, self._session, "BEGIN IMMEDIATE")
        self._snapshot = _Opened(self, self._session, "BEGIN", is_reading=True)

    def transaction(self) -> AbstractContextManager[Tx]:
        """One write transaction: durable when the block ends, undone when it raises.

        Transactions do not nest.
        """
        return self._writing

    @contextmanager
    def rehearsal(self) -> Iterator[Tx]:
        """One write transaction that is undone when the block ends: what would follow, no more."""
        with suppress(_RehearsedError), self.transaction() as tx:
            yield tx
            raise _RehearsedError

    def reading(self) -> AbstractContextManager[Tx]:
        """One snapshot: every query of the block sees the same rows. Writing in it is a bug."""
        # Not by PRAGMA query_only: a pragma that sets a flag makes SQLite compile every statement
        # anew, with its triggers, and the next scan would wait for that (decision 0007).
        return self._snapshot

    def close(self) -> None:
        """Ends the connection and gives the file back to others; any thread may, and again."""
        assert not self._session.is_open, "closed inside a transaction"
        self._database.close()
        self._release()

    def begin(self, order: str) -> Tx:
        """Begins a transaction by this order: for what transaction and reading return."""
        assert not self._session.is_open, "transactions do not nest"
        thread = threading.get_ident()
        self._owner = self._owner or thread
        assert self._owner == thread, f"the store belongs to thread {self._owner}"
        try:
            self._session.order(order)
        except PeeweeException as error:
            fault = fault_of(error)
            if fault is None:
                raise
            raise fault from error
        return self._tx

    def roll_back(self, error: BaseException) -> StoreFault | None:
        """Undoes the open transaction; the fault of the world behind `error`, if one was."""
        self._tx = Tx(self._session)  # repositories may remember rows that are now undone
        # A full disk has already rolled back by itself (sqlite.org/lang_transaction.html).
        if self._database.connection().in_transaction:
            self._session.order("ROLLBACK")
        return fault_of(error) if isinstance(error, PeeweeException) else None
