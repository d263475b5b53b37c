# ruff: noqa: S608 (every statement is put together from constants of our own)
"""The books: journals posted once, balances kept with them, and numbered receipts.

Accounts, what is guarded and what a journal says are the domain's (kiosk.domain.ledger).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from peewee import IntegrityError

from db.bill_lines import lines_of, lines_text
from db.errors import Overdrawn, Overfull
from db.payees import SUPPLIER, supplier_of
from db.records import ReceiptRecord, TransferRecord
from db.rows import TARIFF, tariff_of
from db.settlement_sql import ADD_JOURNAL, ADD_TO_ACCOUNT, ADD_TRANSFER, NEW_ACCOUNT
from kiosk.domain.evidence import digest, named
from kiosk.domain.ids import ReservationId
from kiosk.domain.ledger import Balance, Journal, Transfer, kind_of
from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import StayFacts
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.settlement import Shares
from kiosk.domain.time import Window, from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session
    from kiosk.domain.evidence import Fact

GUARD = "account_guard"
"""The name of the CHECK that keeps a guarded account from being overdrawn."""

JOURNAL_COLUMNS = ("id", "key", "kind", "reservation_id", "at")
TRANSFER_COLUMNS = ("journal_id", "number", "debit", "credit", "amount_minor", "currency")
"""What the evidence of a journal proves: its columns, and those of each of its transfers."""
_NO_WHOLE_NUMBER = "cannot store REAL value in INTEGER column"
"""What a STRICT table says of a sum beyond 64 bits: SQLite adds on in floating point."""

_HAS_JOURNAL = "SELECT 1 FROM journal WHERE key = ?"
_BALANCE = "SELECT debits_minor, credits_minor FROM account WHERE name = ? AND currency = ?"
_BALANCES = """SELECT name, currency, debits_minor, credits_minor FROM account
WHERE name >= ? AND name < ? ORDER BY name, currency"""
_TRANSFERS = """SELECT j.at, j.key, j.kind, j.reservation_id, t.debit, t.credit, t.amount_minor,
t.currency, j.id FROM journal j JOIN transfer t ON t.journal_id = j.id"""
_TRANSFERS_OF = f"{_TRANSFERS} WHERE j.reservation_id = ? ORDER BY j.id, t.number"
_TRANSFERS_OF_JOURNAL = f"{_TRANSFERS} WHERE j.key = ? ORDER BY t.number"
_SUSPENDED = f"""{_TRANSFERS} WHERE j.key > 'suspense:' AND j.key < 'suspense;'
AND j.kind = 'suspense' AND j.key NOT LIKE '%:cleared'
AND NOT EXISTS (SELECT 1 FROM journal c WHERE c.key = j.key || ':cleared')
ORDER BY j.id, t.number"""
_JOURNALS = f"{_TRANSFERS} WHERE j.at >= ? AND j.at < ? ORDER BY j.id, t.number"
_ALL_AMOUNTS = "SELECT debit, credit, amount_minor, currency FROM transfer"
_AMOUNTS = """SELECT t.debit, t.credit, t.amount_minor, t.currency
FROM journal j JOIN transfer t ON t.journal_id = j.id WHERE j.at >= ? AND j.at < ?"""
_SETTLED = """SELECT e.owner_minor - coalesce(sum(c.owner_minor), 0),
e.commission_minor - coalesce(sum(c.commission_minor), 0),
e.vat_minor - coalesce(sum(c.vat_minor), 0), e.manager_minor - coalesce(sum(c.manager_minor), 0)
FROM receipt e LEFT JOIN correction c ON c.receipt_number = e.number WHERE e.number =
(SELECT max(number) FROM receipt WHERE reservation_id = ? AND currency = ?) GROUP BY e.number"""
_CORRECTED = """SELECT coalesce(sum(total_minor), 0) FROM correction
WHERE receipt_number = ? AND cause <> 'goodwill'"""
_NEXT_NUMBER = "SELECT coalesce(max(number), 0) + 1 FROM receipt"
_RECEIPT_COLUMNS = """e.number, e.reservation_id, e.presented_at, e.settled_at, e.counted_from,
e.counted_until, e.lines, e.total_minor, e.tax_minor, e.deposit_minor, e.due_minor,
e.refund_minor, e.owner_minor, e.commission_minor, e.vat_minor, e.manager_minor, e.currency,
e.entered_at, e.left_at, e.late_grace_s, e.is_free_used, e.free_consideration_s,
e.early_entry_s, e.payee_id, e.shows_tax"""
RECEIPT_COLUMNS = tuple(name[2:] for name in _RECEIPT_COLUMNS.replace("\n", " ").split(", "))
"""What the evidence of a receipt proves: every column of it."""
_ADD_RECEIPT = f"""INSERT INTO receipt({_RECEIPT_COLUMNS.replace("e.", "")})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
# A linked stay is priced by the terms of the reservation that was made for it.
_RECEIPTS = f"""SELECT {_RECEIPT_COLUMNS}, r.t0, r.t1, r.quote_minor, {SUPPLIER}, {TARIFF}
FROM receipt e LEFT JOIN payee p ON p.id = e.payee_id
JOIN reservation own ON own.id = e.reservation_id
JOIN reservation r ON r.id = coalesce(own.linked_to, own.id)
JOIN tariff t ON t.id = r.tariff_id"""
_RECEIPTS_OF = f"{_RECEIPTS} WHERE e.reservation_id = ? ORDER BY e.number"
_RECEIPT = f"{_RECEIPTS} WHERE e.number = ?"

_LAST_INSTANT = 1 << 62
_LAST_SIGN = chr(0x10FFFF)


class Ledger:
    """The books of the site; the schema refuses to change or remove what is posted."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def post(self, journal: Journal, at: datetime) -> bool:
        """Posts a journal with its transfers and balances.

        False when its key was posted before: nothing changed. Raises Overdrawn when the
        journal as a whole would overdraw a guarded account; the transaction must then roll
        back, and committing it is refused; so with Overfull, when a sum would not fit.
        """
        run = self._session.run
        said = (journal.key, journal.kind, journal.reservation_id, to_epoch(at))
        posted = run(ADD_JOURNAL, *said)
        if posted.rowcount != 1:
            return False
        # Accounts first: transfers refer to them.
        self._add_to_accounts(journal)
        journal_id, currency = posted.lastrowid, journal.transfers[0].amount.currency
        rows = [
            (journal_id, number, each.debit, each.credit, each.amount.minor, currency)
            for number, each in enumerate(journal.transfers, start=1)
        ]
        self._session.run_each(ADD_TRANSFER, rows)
        fact: Fact = ("journal", journal_id, digest((journal_id, *said), *rows))
        self._session.note(journal.reservation_id, fact, at=at)
        return True

    def has_journal(self, key: str) -> bool:
        """Whether a journal with this key was posted."""
        return self._session.one(_HAS_JOURNAL, key) is not None

    def _add_to_accounts(self, journal: Journal) -> None:
        currency = journal.transfers[0].amount.currency
        sums = _sums(journal)
        account = ""

        # One statement takes its rows from here one by one, each after the one before was written:
        # when a guard refuses, `account` is whose it was.
        def rows() -> Iterator[tuple[int, int, str, str]]:
            nonlocal account
            for account, (debits, credits_) in sums.items():
                yield debits, credits_, account, currency

        try:
            # No upsert: SQLite checks the guard on the row to insert before it finds the conflict.
            if self._session.run_each(ADD_TO_ACCOUNT, rows()) != len(sums):
                for account, both in sums.items():  # the new ones
                    if self._session.one(_BALANCE, account, currency) is None:
                        is_guarded = int(kind_of(account).is_guarded)
                        self._session.run(NEW_ACCOUNT, *both, account, currency, is_guarded)
        except OverflowError as error:
            # The driver takes no whole number of more than 64 bits (sums of one journal).
            self._session.must_roll_back = True
            raise Overfull(account) from error
        except IntegrityError as error:
            self._session.must_roll_back = True
            if GUARD in str(error):
                raise Overdrawn(account) from error
            if _NO_WHOLE_NUMBER in str(error):
                raise Overfull(account) from error
            raise

    def balance(self, account: str, currency: str) -> Balance:
        """The sums of one account; zero when nothing was ever posted to it."""
        row = self._session.one(_BALANCE, account, currency) or (0, 0)
        return Balance(account, currency, *row)

    def balances(self) -> tuple[Balance, ...]:
        """Every account, in the order of names."""
        return self.balances_like("")

    def balances_like(self, prefix: str) -> tuple[Balance, ...]:
        """Every account whose name starts with `prefix`, in the order of names."""
        rows = self._session.run(_BALANCES, prefix, prefix + _LAST_SIGN)
        return tuple(map(Balance._make, rows))

    def transfers_of(self, reservation_id: ReservationId) -> tuple[TransferRecord, ...]:
        """All transfers of one reservation's journals, in the order they were posted."""
        return tuple(map(_transfer_record, self._session.run(_TRANSFERS_OF, reservation_id)))

    def suspended(self) -> tuple[TransferRecord, ...]:
        """What is kept in suspense and nobody has explained, oldest first."""
        return tuple(map(_transfer_record, self._session.run(_SUSPENDED)))

    def transfers_of_journal(self, key: str) -> tuple[Transfer, ...]:
        """The transfers of one journal; none when its key was never posted."""
        return tuple(map(_transfer, self._session.run(_TRANSFERS_OF_JOURNAL, key)))

    def journals(
        self, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[tuple[datetime, Journal]]:
        """Journals of [since, until) as they were posted, read while they are consumed.

        Consume it inside the transaction or snapshot that it came from.
        """
        first = 0 if since is None else to_epoch(since)
        last = _LAST_INSTANT if until is None else to_epoch(until)
        for _, group in groupby(self._session.run(_JOURNALS, first, last), lambda row: row[8]):
            rows = list(group)
            at, key, kind, reservation_id = rows[0][:4]
            transfers = tuple(map(_transfer, rows))
            yield from_epoch(at), Journal(key, kind, transfers, reservation_id)

    def sums(
        self, *, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[Balance, ...]:
        """What the transfers of [since, until) add up to, by account; the cache is not asked."""
        if since is None and until is None:
            rows = self._session.run(_ALL_AMOUNTS)
        else:
            first = 0 if since is None else to_epoch(since)
            last = _LAST_INSTANT if until is None else to_epoch(until)
            rows = self._session.run(_AMOUNTS, first, last)
        # Plain names as keys, a pair of sums for each currency: a site has millions of transfers.
        found: dict[str, tuple[dict[str, int], dict[str, int]]] = {}
        currency = ""
        for debit, credit, minor, of in rows:
            if of != currency:
                currency = of
                debits, credits_ = found.setdefault(of, ({}, {}))
            debits[debit] = debits.get(debit, 0) + minor
            credits_[credit] = credits_.get(credit, 0) + minor
        sides = sorted(found.items())
        names = set().union(*(side for _, both in sides for side in both))
        return tuple(
            Balance(name, of, debits.get(name, 0), credits_.get(name, 0))
            for name in sorted(names)
            for of, (debits, credits_) in sides
            if name in debits or name in credits_
        )

    def settled(self, reservation_id: ReservationId, currency: str) -> Shares:
        """What each party has of a reservation now: by its latest receipt, and its corrections.

        What the operator gave out of goodwill has left every party its share.
        """
        row = self._session.one(_SETTLED, reservation_id, currency) or (0, 0, 0, 0)
        return Shares(*(Money(minor, currency) for minor in row))

    def corrected(self, receipt: ReceiptRecord) -> Money:
        """What the parties of a receipt have given back of its total by now."""
        assert receipt.number is not None, "only a receipt that was written is corrected"
        minor = self._session.one(_CORRECTED, receipt.number)[0]
        return Money(minor, receipt.charge.total.currency)

    def add_receipt(self, receipt: ReceiptRecord) -> int:
        """Writes a settled bill and returns its number: the next one, without a gap."""
        assert receipt.number is None, "the number is given here"
        number: int = self._session.one(_NEXT_NUMBER)[0]
        charge, shares = receipt.charge, receipt.shares
        assert shares.total == charge.total, "the shares add up to the charge"
        facts = receipt.facts
        values = (
            number,
            receipt.reservation_id,
            to_epoch(receipt.presented_at),
            to_epoch(receipt.settled_at),
            to_epoch(charge.window.from_),
            to_epoch(charge.window.until),
            lines_text(charge.lines),
            charge.total.minor,
            charge.tax.minor,
            receipt.deposit.minor,
            receipt.due.minor,
            receipt.refund.minor,
            shares.owner.minor,
            shares.commission.minor,
            shares.vat.minor,
            shares.manager.minor,
            charge.total.currency,
            None if facts is None else to_epoch(facts.entered_at),
            None if facts is None else to_epoch(facts.left_at),
            None if facts is None else int(facts.late_grace.total_seconds()),
            None if facts is None else int(facts.is_free_used),
            int(receipt.free_consideration.total_seconds()),
            None
            if facts is None or facts.early_entry is None
            else int(facts.early_entry.total_seconds()),
            None if receipt.supplier is None else receipt.supplier.payee_id,
            None if receipt.supplier is None else int(receipt.supplier.shows_tax),
        )
        self._session.run(_ADD_RECEIPT, *values)
        columns = dict(zip(RECEIPT_COLUMNS, values, strict=True))
        fact = ("receipt", number, digest(named(columns)))
        self._session.note(receipt.reservation_id, fact, at=receipt.settled_at)
        return number

    def receipts_of(self, reservation_id: ReservationId) -> tuple[ReceiptRecord, ...]:
        """The receipts of one reservation; the latest is last."""
        return tuple(map(_receipt, self._session.run(_RECEIPTS_OF, reservation_id)))

    def receipt(self, number: int) -> ReceiptRecord | None:
        """The receipt with this number."""
        row = self._session.one(_RECEIPT, number)
        return None if row is None else _receipt(row)


def _sums(journal: Journal) -> dict[str, list[int]]:
    """What a journal adds to each account: to its debits, and to its credits."""
    sums: dict[str, list[int]] = {}
    for transfer in journal.transfers:
        minor = transfer.amount.minor
        sums.setdefault(transfer.debit, [0, 0])[0] += minor
        sums.setdefault(transfer.credit, [0, 0])[1] += minor
    return sums


def _transfer_record(row: Any) -> TransferRecord:
    return TransferRecord(
        at=from_epoch(row[0]),
        journal_key=row[1],
        journal_kind=row[2],
        reservation_id=row[3],
        transfer=_transfer(row),
    )


def _transfer(row: Any) -> Transfer:
    return Transfer(row[4], row[5], Money(row[6], row[7]))


def _receipt(row: Any) -> ReceiptRecord:
    currency = row[16]

    def money(column: int) -> Money:
        return Money(row[column], currency)

    window = Window(from_epoch(row[4]), from_epoch(row[5]))
    lines = lines_of(row[6], tariff_of(row[33:]))
    return ReceiptRecord(
        number=row[0],
        reservation_id=row[1],
        presented_at=from_epoch(row[2]),
        settled_at=from_epoch(row[3]),
        facts=_facts(row, lines),
        free_consideration=timedelta(seconds=row[21] or 0),
        charge=Charge(window, lines, money(7), money(8)),
        deposit=money(9),
        due=money(10),
        refund=money(11),
        shares=Shares(money(12), money(13), money(14), money(15)),
        supplier=supplier_of(row[28:33]),
    )


def _facts(row: Any, lines: tuple[ChargeLine, ...]) -> StayFacts | None:
    """What the charge of a receipt rests on, with what its reservation has promised."""
    if row[17] is None:
        return None
    return StayFacts(
        entered_at=from_epoch(row[17]),
        left_at=from_epoch(row[18]),
        booked=Window(from_epoch(row[25]), from_epoch(row[26])),
        late_grace=timedelta(seconds=row[19]),
        early_entry=None if row[22] is None else timedelta(seconds=row[22]),
        quote=Money(row[27], row[16]),
        is_free_used=row[20] == 1,
        is_lost_ticket=any(line.kind is LineKind.LOST_TICKET for line in lines),
    )
