"""Two persons are two whom the operator knows: an attendant is confirmed before counting so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator

COLUMN = '"is_confirmed" INTEGER NOT NULL DEFAULT 0 CHECK (is_confirmed IN (0, 1))'
FIRST = "UPDATE attendant SET is_confirmed = 1 WHERE id = (SELECT min(id) FROM attendant)"


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """The first attendant had the one-time PIN from the operator; whoever came after is asked."""
    db.execute_sql(f"ALTER TABLE attendant ADD COLUMN {COLUMN}")
    db.execute_sql(FIRST)
