"""Whoever gets past the guards of the file is found out: every edit, deletion, swap and cut."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from peewee import SqliteDatabase

from db.invoices import InvoiceRecord, UnbilledTransfer
from db.proved import PROVED as PROVED_ROWS
from db.records import DebtRecord
from db.store import Store, Tx
from kiosk.domain.disputes import DisputeKind, DisputeState
from kiosk.domain.evidence import EMPTY, START, Head, SignedHead, seal
from kiosk.domain.ids import DriverId, OperationKey, ReservationId
from kiosk.domain.invoice import InvoiceLine, Month
from kiosk.domain.ledger import wallet as wallet_account
from kiosk.domain.payers import PayerPart, Turn
from kiosk.domain.validation import Given, ValidationKind
from kiosk.services.audit_check import Checked, check_site
from tests.fakes.stage import CARD, ENTRY, EXIT, Stage, euro, founded
from tests.services.after import charged_back, decide, left, refund
from tests.services.paying_out import (
    ALWAYS,
    DAY,
    GOOD_IBAN,
    answered,
    name_account,
    released,
)

__all__ = ["founded"]

KEY = b"k" * 32
STAYS = 12
PROVED = {"journal": ("id",), "transfer": ("journal_id", "number"), "receipt": ("number",)}
KEYS = {"audit": ("id",), **PROVED}
FAR = 1_000_000


@pytest.fixture(scope="module")
def busy_day(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database after a dozen stays, some paid by wallet, some by card, some too long."""
    folder = tmp_path_factory.mktemp("busy")
    shutil.copy(founded, folder)
    stage = Stage(folder)
    wallet = stage.wallet(20_000)
    for number in range(STAYS):
        method = wallet.proof if number % 2 else CARD
        ticket = stage.inside(method, plate=f"B X {number}", minutes=60)
        stage.wait(minutes=20 + 6 * number)
        stage.drive(EXIT, ticket.text)
        stage.pay_due(ticket.reservation_id, wallet.proof)
        stage.wait(minutes=2)
    stage.site.scan(ENTRY, "no ticket at all")
    stage.wait(minutes=1)
    stage.close()
    return folder / "site.db"


class Tampered:
    """The database in memory without its guards; what is done to it is undone again."""

    def __init__(self, path: Path) -> None:
        self._database = SqliteDatabase(":memory:", thread_safe=False, autoconnect=False)
        self._database.connect()
        source = SqliteDatabase(str(path))
        source.connection().backup(self._database.connection())
        source.close()
        self._database.execute_sql("PRAGMA foreign_keys = OFF")
        self._database.execute_sql("PRAGMA ignore_check_constraints = ON")
        triggers = self.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for trigger in triggers:
            self._database.execute_sql(f"DROP TRIGGER {trigger['name']}")
        self.store = Store(self._database, release=lambda: None)
        with self.store.reading() as tx:
            self.head = tx.audit.head()
        first = SignedHead(1, "opening", "hour", EMPTY).signed(KEY, before=START)
        last = SignedHead(2, "evening", "close", self.head).signed(KEY, before=first.mac)
        self.heads = (first, last)

    def close(self) -> None:
        """Forget it."""
        self.store.close()

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """What a query finds."""
        cursor = self._database.execute_sql(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def check(
        self, *deeds: tuple[str, tuple[object, ...]], are_heads_there: bool = True
    ) -> Checked:
        """What is found after these statements, which are then undone."""
        checked: list[Checked] = []
        with self.store.rehearsal() as tx:
            for sql, values in deeds:
                self._database.execute_sql(sql, values)
            checked.append(self._verify(tx, are_heads_there=are_heads_there))
        return checked[0]

    def _verify(self, tx: Tx, *, are_heads_there: bool) -> Checked:
        return check_site(tx, heads=self.heads if are_heads_there else (), key=KEY)


@pytest.fixture(scope="module")
def tampered(busy_day: Path) -> Iterator[Tampered]:
    file = Tampered(busy_day)
    yield file
    file.close()


def other(column: str, value: object) -> object:
    """Another value that this column can have."""
    if column == "facts":
        return '[["other"]]'
    if isinstance(value, int):
        return value + 1
    return f"{value}~" if isinstance(value, str) else OTHER_THAN_NONE.get(column, 1)


OTHER_THAN_NONE = {"lane": "x", "stay_hash": "x"}


Deed = tuple[str, tuple[object, ...]]


def edit(table: str, row: dict[str, Any], column: str) -> Deed:
    """A statement that changes this column of this row alone."""
    key = KEYS[table]
    where = " AND ".join(f"{name} = ?" for name in key)
    changed = row[column] + FAR if column in key else other(column, row[column])
    sql = f"UPDATE {table} SET {column} = ? WHERE {where}"
    return sql, (changed, *(row[name] for name in key))


def proved(table: str, row: dict[str, Any]) -> set[str]:
    """Where a spoilt row is reported: by its number, also by one that it was given."""
    name = "journal" if table == "transfer" else table
    number = row[KEYS[table][0]]
    return {f"{name} {number}", f"{name} {number + FAR}"}


def places(checked: Checked) -> set[str]:
    """Where something is wrong."""
    return {finding.where for finding in checked.findings}


def words(checked: Checked) -> str:
    """What is wrong."""
    return "\n".join(f"{finding.where}: {finding.what}" for finding in checked.findings)


def test_the_untouched_file_is_good(tampered: Tampered) -> None:
    checked = tampered.check()

    assert checked.findings == ()
    assert checked.head == tampered.head
    assert checked.rows > 8 * STAYS
    assert checked.journals > 2 * STAYS
    assert checked.receipts >= STAYS


@pytest.mark.parametrize("table", ["audit", "journal", "transfer", "receipt"])
def test_every_column_of_every_row_is_guarded(tampered: Tampered, table: str) -> None:
    rows = tampered.rows(f"SELECT * FROM {table}")
    missed = []
    for column in rows[0]:
        found = places(tampered.check(*(edit(table, row, column) for row in rows)))
        missed += [(column, row) for row in rows if not found & proved(table, row)]
    assert missed == []


@pytest.mark.parametrize("table", ["audit", "journal", "transfer", "receipt"])
def test_one_changed_column_of_one_row_is_enough(tampered: Tampered, table: str) -> None:
    missed = []
    for row in tampered.rows(f"SELECT * FROM {table}")[::9]:
        named = proved(table, row)
        missed += [
            (column, row)
            for column in row
            if not places(tampered.check(edit(table, row, column))) & named
        ]
    assert missed == []


def test_every_deleted_row_of_the_audit_is_named(tampered: Tampered) -> None:
    missed = []
    for row in tampered.rows("SELECT * FROM audit"):
        number = row["id"]
        said = words(tampered.check(("DELETE FROM audit WHERE id = ?", (number,))))
        last = number == tampered.head.row
        if (f"row {number} was there" if last else f"row {number} is missing") not in said:
            missed.append(number)
    assert missed == []


def test_every_deleted_row_whose_gap_was_closed_is_found(tampered: Tampered) -> None:
    missed = []
    for row in tampered.rows("SELECT * FROM audit WHERE id < (SELECT max(id) FROM audit)"):
        number = row["id"]
        found = tampered.check(
            ("DELETE FROM audit WHERE id = ?", (number,)),
            ("UPDATE audit SET id = -id WHERE id > ?", (number,)),
            ("UPDATE audit SET id = -id - 1 WHERE id < 0", ()),
        )
        if f"audit {number}" not in places(found):
            missed.append(number)
    assert missed == []


def test_every_two_rows_that_are_swapped_are_named(tampered: Tampered) -> None:
    numbers = [row["id"] for row in tampered.rows("SELECT id FROM audit")]
    missed = []
    for distance in (1, 7):
        for one, two in zip(numbers, numbers[distance:], strict=False):
            said = words(
                tampered.check(
                    ("UPDATE audit SET id = -1 WHERE id = ?", (one,)),
                    ("UPDATE audit SET id = ? WHERE id = ?", (one, two)),
                    ("UPDATE audit SET id = ? WHERE id = -1", (two,)),
                )
            )
            wanted = (f"audit {one}: was written as row {two}", f"audit {two}: was written as row")
            if not all(each in said for each in wanted):
                missed.append((one, two))
    assert missed == []


def test_a_row_put_in_anywhere_is_found(tampered: Tampered) -> None:
    missed = []
    for row in tampered.rows("SELECT * FROM audit"):
        number = row["id"]
        copied = {**row, "id": number + 1}
        found = tampered.check(
            ("UPDATE audit SET id = -id WHERE id > ?", (number,)),
            ("UPDATE audit SET id = 1 - id WHERE id < 0", ()),
            (
                f"INSERT INTO audit({', '.join(copied)}) VALUES ({', '.join('?' * len(copied))})",
                tuple(copied.values()),
            ),
        )
        if f"audit {number + 1}" not in places(found):
            missed.append(number)
    assert missed == []


def test_every_cut_of_the_tail_is_named_by_the_signed_head(tampered: Tampered) -> None:
    missed = []
    for number in range(1, tampered.head.row + 1):
        cut = ("DELETE FROM audit WHERE id >= ?", (number,))
        if f"row {tampered.head.row} was there" not in words(tampered.check(cut)):
            missed.append(number)
    assert missed == []


def test_a_tail_that_was_cut_and_made_anew_in_full_is_found_by_the_signed_head(
    tampered: Tampered,
) -> None:
    """Whoever knows the rules can make good hashes, but has no key for the heads."""
    deeds, before, stays = [], START, dict[int | None, str]()
    for row in tampered.rows("SELECT * FROM audit ORDER BY id"):
        columns = {name: row[name] for name in row if name not in {"hash", "stay_hash"}}
        if row["id"] == 5:
            columns["detail"] = "nothing happened here"
        stay = row["reservation_id"]
        made = seal(columns, before=before, stay_before=stays.get(stay, START))
        before, stays[stay] = made.hash, made.stay_hash or START
        sql = "UPDATE audit SET detail = ?, hash = ?, stay_hash = ? WHERE id = ?"
        deeds.append((sql, (columns["detail"], made.hash, made.stay_hash, row["id"])))

    assert tampered.check(*deeds, are_heads_there=False).findings == ()
    assert places(tampered.check(*deeds)) == {"head 2"}


@pytest.mark.parametrize("table", PROVED)
def test_every_row_that_is_taken_out_of_the_books_is_named(tampered: Tampered, table: str) -> None:
    key = PROVED[table]
    of = "receipt" if table == "receipt" else "journal"
    where = " AND ".join(f"{name} = ?" for name in key)
    missed = []
    for row in tampered.rows(f"SELECT * FROM {table}"):
        values = tuple(row[name] for name in key)
        found = places(tampered.check((f"DELETE FROM {table} WHERE {where}", values)))
        if f"{of} {values[0]}" not in found:
            missed.append(values)
    assert missed == []


@pytest.mark.parametrize("table", PROVED)
def test_every_row_that_is_put_into_the_books_is_named(tampered: Tampered, table: str) -> None:
    key = PROVED[table]
    of = "receipt" if table == "receipt" else "journal"
    missed = []
    for row in tampered.rows(f"SELECT * FROM {table}"):
        copied = {**row, key[-1]: 9999}
        if table == "journal":
            copied["key"] = "put:in"
        put = (
            f"INSERT INTO {table}({', '.join(copied)}) VALUES ({', '.join('?' * len(copied))})",
            tuple(copied.values()),
        )
        if f"{of} {copied[key[0]]}" not in places(tampered.check(put)):
            missed.append(row)
    assert missed == []


def test_every_two_neighbours_of_the_books_that_are_swapped_are_named(tampered: Tampered) -> None:
    missed = []
    for table, name in (("journal", "id"), ("receipt", "number")):
        numbers = [row[name] for row in tampered.rows(f"SELECT {name} FROM {table} ORDER BY 1")]
        for one, two in pairwise(numbers):
            found = tampered.check(
                (f"UPDATE {table} SET {name} = -1 WHERE {name} = ?", (one,)),
                (f"UPDATE {table} SET {name} = ? WHERE {name} = ?", (one, two)),
                (f"UPDATE {table} SET {name} = ? WHERE {name} = -1", (two,)),
            )
            if not {f"{table} {one}", f"{table} {two}"} <= places(found):
                missed.append((table, one))
    for row in tampered.rows("SELECT * FROM transfer WHERE number = 1"):
        number = row["journal_id"]
        if not tampered.rows(f"SELECT 1 FROM transfer WHERE journal_id = {number} AND number = 2"):
            continue
        found = tampered.check(
            ("UPDATE transfer SET number = 99 WHERE journal_id = ? AND number = 1", (number,)),
            ("UPDATE transfer SET number = 1 WHERE journal_id = ? AND number = 2", (number,)),
            ("UPDATE transfer SET number = 2 WHERE journal_id = ? AND number = 99", (number,)),
        )
        if f"journal {number}" not in places(found):
            missed.append(("transfer", number))
    assert missed == []


def test_a_cut_of_the_books_is_named_also_where_the_balances_were_made_to_fit(
    tampered: Tampered,
) -> None:
    last = tampered.rows("SELECT max(id) AS id FROM journal")[0]["id"]
    transfers = tampered.rows(f"SELECT * FROM transfer WHERE journal_id = {last}")
    fitting = [
        (
            f"UPDATE account SET {side}s_minor = {side}s_minor - ? WHERE name = ?",
            (each["amount_minor"], each[side]),
        )
        for each in transfers
        for side in ("debit", "credit")
    ]

    checked = tampered.check(
        ("DELETE FROM transfer WHERE journal_id = ?", (last,)),
        ("DELETE FROM journal WHERE id = ?", (last,)),
        *fitting,
    )

    assert words(checked) == f"journal {last}: was written and is gone"


def test_a_changed_balance_is_named(tampered: Tampered) -> None:
    missed = []
    for account in tampered.rows("SELECT * FROM account"):
        for column in ("debits_minor", "credits_minor"):
            deed = (
                f"UPDATE account SET {column} = {column} + 1 WHERE name = ?",
                (account["name"],),
            )
            if places(tampered.check(deed)) != {f"account {account['name']} EUR"}:
                missed.append((account["name"], column))
    assert missed == []


def test_a_lost_account_is_named(tampered: Tampered) -> None:
    gone = tampered.check(("DELETE FROM account WHERE name = 'commission'", ()))

    assert places(gone) == {"account commission EUR"}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE operation SET state = 'failed' WHERE key = ?",
        "UPDATE operation SET amount_minor = amount_minor + 1 WHERE key = ?",
        "DELETE FROM operation WHERE key = ?",
    ],
)
def test_an_operation_that_was_changed_or_taken_out_is_named(tampered: Tampered, sql: str) -> None:
    keys = [row["key"] for row in tampered.rows("SELECT key FROM operation")]
    assert keys
    found = [places(tampered.check((sql, (key,)))) for key in keys]
    assert found == [{f"operation {key}"} for key in keys]


def test_facts_that_cannot_be_read_are_named(tampered: Tampered) -> None:
    said = words(tampered.check(("UPDATE audit SET facts = '{}' WHERE id = 3", ())))

    assert "audit 3: its facts cannot be read" in said


def test_a_head_that_somebody_has_on_paper_is_compared(tampered: Tampered) -> None:
    with tampered.store.reading() as tx:
        good = check_site(tx, told=(tampered.head, EMPTY))
        other_hash = check_site(tx, told=(Head(3, "f" * 64),))
        cut = check_site(tx, told=(Head(tampered.head.row + 1, "f" * 64),))

    assert good.findings == ()
    assert places(other_hash) == {"audit 3"}
    assert places(cut) == {f"audit {tampered.head.row + 1}"}


# What money rests on beside the books ------------------------------------------------------------

UNPROVED = {
    "audit": "is the evidence",
    "journal": "is proved with its transfers",
    "transfer": "is proved with its journal",
    "receipt": "is proved by its number",
    "tariff": "is proved by the terms of reservations",
    "split_terms": "is proved by the terms of reservations",
    "missing_operation": "moves nothing: the operation is proved",
    "missing_end": "moves nothing: the operation is proved",
}
"""Append-only tables that no row of their own proves, and why."""


@pytest.fixture(scope="module")
def rich(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tampered]:
    """A database with something in every table that money rests on."""
    folder = tmp_path_factory.mktemp("rich")
    shutil.copy(founded, folder)
    stage = Stage(folder)
    wallet = stage.wallet(20_000)
    name_account(stage, ALWAYS, GOOD_IBAN)
    ticket = left(stage, wallet.proof)
    refund(stage, ticket.reservation_id, 100)
    disputed = left(stage, wallet.proof).reservation_id
    with stage.site.core.store.transaction() as tx:
        dispute = tx.disputes.open(
            disputed, kind=DisputeKind.CHARGES, words="twice", at=stage.now, by="Kim"
        )
        tx.disputes.close(
            dispute,
            how=DisputeState.REFUSED,
            refunded=euro(0),
            words="no",
            at=stage.now,
            by="Kim",
        )
    charged = charged_back(stage, left(stage).reservation_id, 240)
    decide(stage, charged, is_lost=True)
    stage.wait(minutes=60 * 24 * 9)
    answered(stage, released(stage))
    fill_what_is_empty(stage)
    stage.close()
    file = Tampered(folder / "site.db")
    yield file
    file.close()


def fill_what_is_empty(stage: Stage) -> None:
    """One row through the repository for what no story of this file wrote."""
    now = stage.now
    with stage.site.core.store.transaction() as tx:
        reservation_id = ReservationId(1)
        one = euro(1)
        held = tx.authorisations.add(
            reservation_id,
            account="psp:simulator",
            amount=one,
            operation_key=None,
            made_at=now,
            expires_at=None,
        )
        tx.authorisations.end(held, how="voided", at=now)
        for code in ("LOWERED1", "ENDED222"):
            debt = DebtRecord(
                code=code,
                reservation_id=reservation_id,
                receipt_number=None,
                amount=euro(2),
                why="declined",
                made_at=now,
                pay_until=now + timedelta(hours=72),
                how=None,
            )
            tx.debts.add(debt)
        tx.debts.lower("LOWERED1", one, at=now)
        tx.debts.end("ENDED222", how="written-off", at=now)
        tx.shifts.open(
            desk="desk-2",
            attendant_id=stage.attendant_id,
            at=now,
            found=one,
            float_=one,
            intent="1",
        )
        opened = tx.shifts.open_of("desk-2")
        assert opened is not None
        tx.shifts.close(
            opened.number,
            attendant_id=stage.attendant_id,
            at=now,
            expected=one,
            counted=one,
            left=one,
            intent="2",
        )
        (chargeback,) = tx.disputes.chargebacks_of(ReservationId(3))
        tx.disputes.hold(chargeback, journal_key="k", original=None, amount=one, at=now)
        shop_id = tx.shops.add(name="Bakery", address="", tax_number="")
        given = Given(ValidationKind.AMOUNT, 100)
        tx.shops.add_voucher(
            shop_id, code_hash="0" * 64, given=given, made_at=now, expires_at=now + DAY
        )
        tx.shops.validate(reservation_id, shop_id=shop_id, given=given, at=now, voucher_id=1)
        tx.shops.note_posted(1, one, now)
        tx.payer_turns.add(reservation_id, Turn(wallet_account(DriverId(1)), now))
        tx.payer_turns.note_paid(reservation_id, turn=1, at=now)
        tx.payer_turns.note_posted(reservation_id, authorisation_id=held, payment="k", at=now)
        part = PayerPart(wallet_account(DriverId(1)), 1, one, one)
        tx.payer_turns.note_parts(1, (part,), at=now)
        tx.payments.add_top_up(paid_key(stage), DriverId(1), at=now)
        month = Month.read("2026-06")
        assert month is not None
        invoice = InvoiceRecord(
            number=1,
            fleet_id=None,
            shop_id=shop_id,
            month=month,
            amount=one,
            tax=one,
            issued_at=now,
            due_at=now,
            paid=euro(0),
        )
        source = UnbilledTransfer(
            journal_id=1, transfer_number=1, at=now, reservation_id=reservation_id, amount=one
        )
        line = InvoiceLine(
            at=now,
            reservation_id=reservation_id,
            receipt_number=None,
            space="A1",
            minutes=1,
            amount=one,
            tax=one,
        )
        tx.invoices.add(invoice, ((source, line),), pdf=b"pdf", csv=b"csv")
        tx.invoices.add_payment(1, one, now)


def paid_key(stage: Stage) -> OperationKey:
    """An operation that is there."""
    store = stage.site.core.store
    key: str = store._database.execute_sql("SELECT min(key) FROM operation").fetchone()[0]
    return OperationKey(key)


def changed(value: object) -> object:
    """Another value, also of the bytes of a file."""
    if isinstance(value, bytes):
        return value + b"~"
    if value is None:
        return FAR
    return value + FAR if isinstance(value, int) else other("", value)


def kept_place(table: str, row: dict[str, Any]) -> str:
    return " ".join([table, *(str(row[name]) for name in PROVED_ROWS[table].key)])


def where_of(table: str, row: dict[str, Any]) -> tuple[str, tuple[object, ...]]:
    names = PROVED_ROWS[table].key
    return " AND ".join(f"{name} = ?" for name in names), tuple(row[name] for name in names)


def test_every_append_only_table_is_proved(rich: Tampered, busy_day: Path) -> None:
    source = SqliteDatabase(str(busy_day))
    rows = source.execute_sql(
        "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' "
        "AND name LIKE '%_no_delete'"
    ).fetchall()
    source.close()
    assert {name for (name,) in rows} - PROVED_ROWS.keys() == UNPROVED.keys()
    assert rich.check().findings == ()


@pytest.mark.parametrize("table", PROVED_ROWS)
def test_every_edit_and_deletion_of_what_money_rests_on_is_named(
    rich: Tampered, table: str
) -> None:
    rows = rich.rows(f"SELECT * FROM {table}")
    assert rows, f"nothing to spoil in {table}"
    missed = []
    for row in rows:
        where, key = where_of(table, row)
        place = kept_place(table, row)
        columns = PROVED_ROWS[table].columns or tuple(row)
        for column in columns:
            sql = f"UPDATE {table} SET {column} = ? WHERE {where}"
            if place not in places(rich.check((sql, (changed(row[column]), *key)))):
                missed.append((column, key))
        if place not in places(rich.check((f"DELETE FROM {table} WHERE {where}", key))):
            missed.append(("deleted", key))
    assert missed == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reservation SET quote_minor = quote_minor + 1 WHERE id = 1",
        "UPDATE tariff SET version = version + 1",
        "UPDATE split_terms SET commission_bp = 0",
        "UPDATE split_terms SET rule = 'largest-remainder'",
        "DELETE FROM reservation WHERE id = 1",
    ],
)
def test_other_terms_of_a_reservation_are_named(rich: Tampered, sql: str) -> None:
    assert "reservation 1" in places(rich.check((sql, ())))


def test_a_row_that_the_site_did_not_write_is_named(rich: Tampered) -> None:
    sql = "INSERT INTO payout_approval(run_id, attendant_id, at) VALUES (1, 77, 0)"

    assert places(rich.check((sql, ()))) == {"payout_approval 1 77"}
