"""The audit proves more than journals and receipts: each row that money rests on.

Rows from before are proved from here on: what was changed before this day no hash can tell.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from kiosk.domain.evidence import EMPTY, START, Fact, Head, Value, digest, facts_text, named, seal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator

TABLES: dict[str, tuple[str, ...]] = {
    "attendant": ("id",),
    "authorisation": ("id",),
    "authorisation_end": ("authorisation_id",),
    "chargeback": ("id",),
    "chargeback_turn": ("chargeback_id", "number"),
    "correction": ("id",),
    "debt": ("code",),
    "debt_end": ("debt_code",),
    "debt_lowering": ("id",),
    "dispute": ("id",),
    "dispute_end": ("dispute_id",),
    "held_refund": ("id",),
    "invoice": ("number",),
    "invoice_line": ("invoice_id", "number"),
    "invoice_payment": ("id",),
    "payee": ("id",),
    "payer_turn": ("reservation_id", "number"),
    "payout": ("id",),
    "payout_approval": ("run_id", "attendant_id"),
    "payout_file": ("run_id",),
    "payout_item": ("payout_id", "journal_id"),
    "payout_result": ("payout_id",),
    "payout_run": ("id",),
    "payout_run_state": ("run_id", "number"),
    "receipt_payer": ("receipt_id", "number"),
    "shift": ("id",),
    "stay": ("reservation_id",),
    "top_up": ("operation_key",),
    "validation": ("id",),
    "validation_posting": ("validation_id",),
    "voucher": ("id",),
}
SOME = {
    "attendant": ("id", "name", "pin_hash", "is_one_time", "is_blocked", "is_confirmed"),
    "stay": (
        "reservation_id",
        "entry_lane",
        "entered_at",
        "left_at",
        "re_entered_at",
        "is_displaced",
    ),
}
"""Columns that are proved where others change."""
LAST = "SELECT id, at, hash FROM audit ORDER BY id DESC LIMIT 1"
COLUMNS = (
    "id",
    "at",
    "actor_kind",
    "actor_name",
    "action",
    "lane",
    "reservation_id",
    "detail",
    "facts",
)
INSERT = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
FACTS_A_ROW = 200


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Rows of the chain that prove what is there."""
    facts = [fact for table in TABLES for fact in _facts(db, table)]
    last = db.execute_sql(LAST).fetchone()
    head, at = (EMPTY, 0) if last is None else (Head(last[0], last[2]), last[1])
    for start in range(0, len(facts), FACTS_A_ROW):
        some = facts_text(facts[start : start + FACTS_A_ROW])
        row = (head.row + 1, at, "clock", "books", "evidence.begun", None, None, "", some)
        columns: dict[str, Value] = dict(zip(COLUMNS, row, strict=True))
        sealed = seal(columns, before=head.hash, stay_before=START)
        db.execute_sql(INSERT, (*row, sealed.hash, sealed.stay_hash))
        head = Head(head.row + 1, sealed.hash)


def _facts(db: SqliteDatabase, table: str) -> Iterator[Fact]:
    cursor = db.execute_sql(f"SELECT * FROM {table}")  # noqa: S608 (a name of ours)
    names = [column[0] for column in cursor.description]
    for found in cursor.fetchall():
        row = {name: _plain(value) for name, value in zip(names, found, strict=True)}
        proved = {name: row[name] for name in SOME.get(table, names)}
        yield ("row", table, digest(named(proved)), *(row[name] for name in TABLES[table]))


def _plain(value: Any) -> Value:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
