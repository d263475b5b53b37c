"""The audit proves each operation from its first day: one that it does not know was put in.

Operations from before the audit proved any are proved from here on, as they are now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.evidence import EMPTY, START, Head, Value, facts_text, seal

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator

OPERATIONS = """SELECT 'operation', key, state, kind, purpose, amount_minor, currency,
adapter, original, reservation_id FROM operation ORDER BY key"""
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
    facts = db.execute_sql(OPERATIONS).fetchall()
    last = db.execute_sql(LAST).fetchone()
    head, at = (EMPTY, 0) if last is None else (Head(last[0], last[2]), last[1])
    for start in range(0, len(facts), FACTS_A_ROW):
        some = facts_text(facts[start : start + FACTS_A_ROW])
        row = (head.row + 1, at, "clock", "books", "evidence.begun", None, None, "", some)
        columns: dict[str, Value] = dict(zip(COLUMNS, row, strict=True))
        sealed = seal(columns, before=head.hash, stay_before=START)
        db.execute_sql(INSERT, (*row, sealed.hash, sealed.stay_hash))
        head = Head(head.row + 1, sealed.hash)
