"""Migrations: the golden schema, files of other programs, backups and halves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import SqliteDatabase

from db import (
    models,
    models_books,
    models_disputes,
    models_fleets,
    models_operations,
    models_payees,
    models_payouts,
    models_reports,
    models_shifts,
    models_sites,
    models_stays,
)
from db.errors import StoreTooOld
from db.open import open_store
from db.schema import GOLDEN, fresh_schema, schema_of
from db.upgrade import upgrade
from kiosk.domain.errors import StoreTooNew

LATEST = max(file.stem for file in Path("db/migrations").glob("0*.py"))
ADD_A_TABLE = """
def up(migrator, db):
    db.execute_sql("CREATE TABLE later(id INTEGER PRIMARY KEY) STRICT")
"""
FAIL_HALF_WAY = f"{ADD_A_TABLE}    db.execute_sql('CREATE TABLE later(id INTEGER PRIMARY KEY)')\n"


@pytest.fixture
def database(path: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(str(path))
    yield database
    database.close()


def more_migrations(folder: Path, text: str) -> Path:
    """The real migrations and a later one with this text."""
    folder.mkdir()
    for file in Path("db/migrations").glob("0*.py"):
        (folder / file.name).write_text(file.read_text())
    (folder / "0099_later.py").write_text(text)
    return folder


def forget_or_invent(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_a_fresh_database_has_the_golden_schema(tmp_path: Path) -> None:
    assert fresh_schema(tmp_path) == GOLDEN.read_text(encoding="utf-8")


def test_the_models_say_the_same_as_the_migrations(
    tmp_path: Path, database: SqliteDatabase
) -> None:
    tables = (
        *models.TABLES,
        *models_stays.TABLES,
        *models_operations.TABLES,
        *models_payees.TABLES,
        *models_reports.TABLES,
        *models_books.TABLES,
        *models_fleets.TABLES,
        *models_disputes.TABLES,
        *models_payouts.TABLES,
        *models_shifts.TABLES,
        *models_sites.TABLES,
    )
    by_models = SqliteDatabase(str(tmp_path / "models.db"))
    with by_models.bind_ctx(tables):
        by_models.create_tables(tables)
    said = schema_of(by_models, ("table", "index"))
    by_models.close()
    database.execute_sql("DROP TABLE schema_migration")

    assert said == schema_of(database, ("table", "index"))


def test_a_file_of_a_newer_program_is_refused_and_not_touched(path: Path) -> None:
    forget_or_invent(path, "INSERT INTO schema_migration(name, applied) VALUES('0999_x', '')")
    before = path.read_bytes()

    with pytest.raises(StoreTooNew, match="0999_x"):
        open_store(str(path))

    assert path.read_bytes() == before


def test_a_reader_refuses_a_file_of_a_newer_program(path: Path) -> None:
    forget_or_invent(path, "INSERT INTO schema_migration(name, applied) VALUES('0999_x', '')")

    with pytest.raises(StoreTooNew):
        open_store(str(path), read_only=True)


def test_a_reader_refuses_a_file_that_waits_for_an_upgrade(path: Path) -> None:
    forget_or_invent(path, "DELETE FROM schema_migration WHERE name LIKE '0003%'")

    with pytest.raises(StoreTooOld, match="0003_books"):
        open_store(str(path), read_only=True)


def test_an_upgrade_runs_what_is_new_and_keeps_a_copy_from_before(
    tmp_path: Path, path: Path, database: SqliteDatabase
) -> None:
    migrations = more_migrations(tmp_path / "more", ADD_A_TABLE)

    upgrade(database, path, migrations=migrations)

    copy = path.with_name(f"site.db.{LATEST}")
    before = SqliteDatabase(str(copy))
    had_it_before = before.table_exists("later")
    before.close()
    assert database.table_exists("later")
    assert not had_it_before
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_migration_that_fails_half_way_leaves_the_file_as_it_was(
    tmp_path: Path, path: Path, database: SqliteDatabase
) -> None:
    migrations = more_migrations(tmp_path / "more", FAIL_HALF_WAY)

    with pytest.raises(Exception, match="already exists"):
        upgrade(database, path, migrations=migrations)

    assert schema_of(database) == GOLDEN.read_text(encoding="utf-8")


def test_an_upgrade_of_a_current_file_does_nothing(path: Path, database: SqliteDatabase) -> None:
    upgrade(database, path)

    assert not path.with_name(f"site.db.{LATEST}").exists()
