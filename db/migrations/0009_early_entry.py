"""What a receipt rests on says how early a car may enter at no cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator

COLUMN = '"early_entry_s" INTEGER CHECK (early_entry_s >= 0)'
"""Empty on receipts from before: all early time was free where the tariff did not charge it."""


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Gives receipts room for it."""
    db.execute_sql(f"ALTER TABLE receipt ADD COLUMN {COLUMN}")
