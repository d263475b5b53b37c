"""Every row that money rests on beside the books is proved: edits, deletions, insertions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from peewee import SqliteDatabase

from db.invoices import InvoiceRecord, UnbilledTransfer
from db.proved import PROVED as PROVED_ROWS
from db.records import DebtRecord
from db.store import Tx
from kiosk.domain.disputes import DisputeKind, DisputeState
from kiosk.domain.ids import AttendantId, DriverId, OperationKey, ReservationId, ShopId
from kiosk.domain.invoice import InvoiceLine, Month
from kiosk.domain.ledger import wallet as wallet_account
from kiosk.domain.payers import PayerPart, Turn
from kiosk.domain.validation import Given, ValidationKind
from tests.fakes.stage import Stage, euro, founded
from tests.services.after import charged_back, decide, left, refund
from tests.services.paying_out import (
    ALWAYS,
    DAY,
    GOOD_IBAN,
    answered,
    given_back,
    name_account,
    released,
)
from tests.services.tampered import FAR, Tampered, other, places

__all__ = ["founded"]

UNPROVED = {
    "audit": "is the evidence",
    "journal": "is proved with its transfers",
    "transfer": "is proved with its journal",
    "receipt": "is proved by its number",
    "tariff": "is proved by the terms of reservations: by its hash, and its text by that",
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
    given_back(stage, answered(stage, released(stage)))
    fill_what_is_empty(stage)
    stage.close()
    file = Tampered(folder / "site.db")
    yield file
    file.close()


STAY = ReservationId(1)
ONE = euro(1)


def fill_what_is_empty(stage: Stage) -> None:
    """One row through the repository for what no story of this file wrote."""
    now = stage.now
    paid = paid_key(stage)
    with stage.site.core.store.transaction() as tx:
        add_debts(tx, now)
        add_shift(tx, stage.attendant_id, now)
        (chargeback,) = tx.disputes.chargebacks_of(ReservationId(3))
        tx.disputes.hold(chargeback, journal_key="k", original=None, amount=ONE, at=now)
        add_invoice(tx, add_shop(tx, now), now)
        add_turn(tx, now)
        tx.payments.add_top_up(paid, DriverId(1), at=now)


def add_debts(tx: Tx, now: datetime) -> None:
    """One that was lowered and one that ended."""
    for code in ("LOWERED1", "ENDED222"):
        debt = DebtRecord(
            code=code,
            reservation_id=STAY,
            receipt_number=None,
            amount=euro(2),
            why="declined",
            made_at=now,
            pay_until=now + timedelta(hours=72),
            how=None,
        )
        tx.debts.add(debt)
    tx.debts.lower("LOWERED1", ONE, at=now)
    tx.debts.end("ENDED222", how="written-off", at=now)


def add_shift(tx: Tx, attendant_id: AttendantId, now: datetime) -> None:
    """One that was opened and closed."""
    tx.shifts.open(
        desk="desk-2",
        attendant_id=attendant_id,
        at=now,
        found=ONE,
        float_=ONE,
        intent="1",
    )
    opened = tx.shifts.open_of("desk-2")
    assert opened is not None
    tx.shifts.close(
        opened.number,
        attendant_id=attendant_id,
        at=now,
        expected=ONE,
        counted=ONE,
        left=ONE,
        intent="2",
    )


def add_shop(tx: Tx, now: datetime) -> ShopId:
    """One with a voucher that was given and posted."""
    shop_id = tx.shops.add(name="Bakery", address="", tax_number="")
    given = Given(ValidationKind.AMOUNT, 100)
    tx.shops.add_voucher(
        shop_id, code_hash="0" * 64, given=given, made_at=now, expires_at=now + DAY
    )
    tx.shops.validate(STAY, shop_id=shop_id, given=given, at=now, voucher_id=1)
    tx.shops.note_posted(1, ONE, now)
    return shop_id


def add_turn(tx: Tx, now: datetime) -> None:
    """One that was paid and posted, with an authorisation that was voided."""
    held = tx.authorisations.add(
        STAY,
        account="psp:simulator",
        amount=ONE,
        operation_key=None,
        made_at=now,
        expires_at=None,
    )
    tx.authorisations.end(held, how="voided", at=now)
    tx.payer_turns.add(STAY, Turn(wallet_account(DriverId(1)), now))
    tx.payer_turns.note_paid(STAY, turn=1, at=now)
    tx.payer_turns.note_posted(STAY, authorisation_id=held, payment="k", at=now)
    part = PayerPart(wallet_account(DriverId(1)), 1, ONE, ONE)
    tx.payer_turns.note_parts(1, (part,), at=now)


def add_invoice(tx: Tx, shop_id: ShopId, now: datetime) -> None:
    """One with a line and a payment."""
    month = Month.read("2026-06")
    assert month is not None
    invoice = InvoiceRecord(
        number=1,
        fleet_id=None,
        shop_id=shop_id,
        month=month,
        amount=ONE,
        tax=ONE,
        issued_at=now,
        due_at=now,
        paid=euro(0),
    )
    source = UnbilledTransfer(
        journal_id=1, transfer_number=1, at=now, reservation_id=STAY, amount=ONE
    )
    line = InvoiceLine(
        at=now,
        reservation_id=STAY,
        receipt_number=None,
        space="A1",
        minutes=1,
        amount=ONE,
        tax=ONE,
    )
    tx.invoices.add(invoice, ((source, line),), pdf=b"pdf", csv=b"csv")
    tx.invoices.add_payment(1, ONE, now)


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


def test_every_append_only_table_is_proved(rich: Tampered, founded: Path) -> None:
    source = SqliteDatabase(str(founded))
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


def test_each_tariff_whose_text_was_changed_is_named(rich: Tampered) -> None:
    tariffs = rich.rows("SELECT code, version FROM tariff")

    found = places(rich.check(("UPDATE tariff SET text = text || ' '", ())))

    assert found == {f"tariff {each['code']} {each['version']}" for each in tariffs}
    assert found


@pytest.mark.parametrize("table", PROVED_ROWS)
def test_a_row_that_the_site_did_not_write_is_named(rich: Tampered, table: str) -> None:
    copied = rich.rows(f"SELECT * FROM {table}")[-1]
    row = {name: None if value is None else changed(value) for name, value in copied.items()}
    sql = f"INSERT INTO {table}({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"

    assert places(rich.check((sql, tuple(row.values())))) == {kept_place(table, row)}
