"""Indexes for what is looked for while somebody waits: a phone, claims, successes of a day.

A settlement of a stay that its driver pays writes nothing into any of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator

INDEXES = (
    'CREATE INDEX "person_phone" ON "person" ("phone")',
    'CREATE INDEX "driver_person_id" ON "driver" ("person_id")',
    "CREATE INDEX operation_done ON operation(adapter, changed_at) WHERE state = 'succeeded'",
    """CREATE INDEX transfer_claim ON transfer(debit)
WHERE debit >= 'receivable:' AND debit < 'receivable;'""",
    """CREATE INDEX transfer_claim_less ON transfer(credit)
WHERE credit >= 'receivable:' AND credit < 'receivable;'""",
)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the indexes."""
    for index in INDEXES:
        db.execute_sql(index)
