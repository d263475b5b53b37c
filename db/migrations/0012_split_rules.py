"""Split terms say how remainders fall, who takes the money and who supplies the parking."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator

COLUMNS = (
    """"rule" TEXT NOT NULL DEFAULT 'owner-rest' \
CHECK (rule IN ('owner-rest', 'largest-remainder'))""",
    """"merchant" TEXT NOT NULL DEFAULT 'operator' CHECK (merchant IN ('operator', 'owner'))""",
    """"supplier" TEXT NOT NULL DEFAULT 'owner' CHECK (supplier IN ('operator', 'owner'))""",
)
"""What held before for all: the owner takes every remainder, the operator takes the money."""


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Gives split terms room for it; what was promised before stays what it was."""
    for column in COLUMNS:
        db.execute_sql(f"ALTER TABLE split_terms ADD COLUMN {column}")
