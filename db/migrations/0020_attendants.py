"""An attendant can be blocked: who works here no more signs in and approves no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator

COLUMN = '"is_blocked" INTEGER NOT NULL DEFAULT 0 CHECK (is_blocked IN (0, 1))'


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Whoever was there before may go on."""
    db.execute_sql(f"ALTER TABLE attendant ADD COLUMN {COLUMN}")
