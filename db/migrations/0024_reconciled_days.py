"""Which days of a provider's reports were compared with our books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import CompositeKey, Model, TextField

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator


class ReconciledDay(Model):
    adapter = TextField()
    day = TextField()

    class Meta:
        legacy_table_names = False
        strict_tables = True
        without_rowid = True
        primary_key = CompositeKey("adapter", "day")


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the table."""
    with db.bind_ctx([ReconciledDay]):
        db.create_tables([ReconciledDay])
