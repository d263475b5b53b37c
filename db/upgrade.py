"""Brings a database file to the schema of this program, forward only, with a backup first.

The migrations themselves are numbered files in migrations/; what their sum should be stands in
schema.sql.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import NotASitesDatabase, StoreTooOld
from kiosk.domain.errors import StoreCorrupt, StoreTooNew

if TYPE_CHECKING:
    from peewee import SqliteDatabase

MIGRATIONS = Path(__file__).parent / "migrations"
HISTORY = "schema_migration"


def upgrade(database: SqliteDatabase, path: Path, *, migrations: Path = MIGRATIONS) -> bool:
    """Runs the migrations that the file has not seen, if any; a file with rows is copied before.

    The copy stands beside the file, named after the last migration that it has. Faults:
    StoreTooNew, NotASitesDatabase (the tables of another program stand in it), StoreCorrupt (the
    upgraded file does not pass its check), StoreFull.
    """
    applied = _applied(database)
    pending = _pending(applied, migrations)
    if not pending:
        return False
    if not database.table_exists(HISTORY) and database.get_tables():
        raise NotASitesDatabase(f"{path.name} is the database of another program")
    if applied:
        _back_up(database, path.with_name(f"{path.name}.{applied[-1]}"))
    # Only here: this import alone takes longer than opening the file.
    from playhouse.migrations import Runner  # noqa: PLC0415

    Runner(database, directory=str(migrations), table_name=HISTORY).up()
    _verify(database)
    return True


def refuse_unless_current(database: SqliteDatabase, *, migrations: Path = MIGRATIONS) -> None:
    """For readers: StoreTooNew or StoreTooOld when the file has another schema than ours.

    NotASitesDatabase when it never was a site's.
    """
    if not database.table_exists(HISTORY):
        raise NotASitesDatabase("it has no tables of a site")
    pending = _pending(_applied(database), migrations)
    if pending:
        raise StoreTooOld(f"waits for {', '.join(pending)}")


def _applied(database: SqliteDatabase) -> list[str]:
    if not database.table_exists(HISTORY):
        return []
    return [
        row[0] for row in database.execute_sql("SELECT name FROM schema_migration ORDER BY name")
    ]


def _pending(applied: list[str], migrations: Path) -> list[str]:
    known = sorted(file.stem for file in migrations.glob("[0-9]*.py"))
    unknown = sorted(set(applied) - set(known))
    if unknown:
        raise StoreTooNew(f"written with {', '.join(unknown)}")
    return [name for name in known if name not in applied]


def _back_up(database: SqliteDatabase, target: Path) -> None:
    # Made empty first, so that the copy is nobody else's to read from its first byte on.
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    connection = database.connection()
    copy = type(connection)(str(target))
    try:
        connection.backup(copy)
    finally:
        copy.close()


def _verify(database: SqliteDatabase) -> None:
    if database.execute_sql("PRAGMA quick_check").fetchall() != [("ok",)]:
        raise StoreCorrupt("the upgraded file is damaged")
    if database.execute_sql("PRAGMA foreign_key_check").fetchall():
        raise StoreCorrupt("the upgraded file has rows that refer to nothing")
