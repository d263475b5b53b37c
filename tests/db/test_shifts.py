"""The schema keeps shifts as they were counted: one open at a desk, closed once, never removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import IntegrityError, SqliteDatabase

from db.upgrade import upgrade

OPEN = """INSERT INTO shift(desk, currency, opened_by, opened_at, opened_intent, found_minor,
float_minor, since_journal) VALUES ('desk-1', 'EUR', 1, 10, ?, 0, 500, 0)"""
CLOSE = """UPDATE shift SET closed_by = 1, closed_at = 20, closed_intent = 'evening',
expected_minor = 500, counted_minor = 490, left_minor = 100, until_journal = 3"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    """A new database with one attendant and one open shift."""
    path = tmp_path / "site.db"
    made = SqliteDatabase(str(path), pragmas={"foreign_keys": 1})
    upgrade(made, path)
    made.execute_sql(
        "INSERT INTO attendant(name, pin_hash, is_one_time, wrong_pins) VALUES ('Kim', 'x', 0, 0)"
    )
    made.execute_sql(OPEN, ("morning",))
    yield made
    made.close()


@pytest.mark.parametrize(
    "statement",
    [
        OPEN.replace("?", "'again'"),
        "DELETE FROM shift",
        "UPDATE shift SET float_minor = 400",
        "UPDATE shift SET closed_at = 20",
        CLOSE.replace("left_minor = 100", "left_minor = 491"),
        f"{CLOSE}, float_minor = 400",
    ],
)
def test_an_open_shift_is_neither_doubled_nor_changed_nor_half_closed(
    database: SqliteDatabase, statement: str
) -> None:
    with pytest.raises(IntegrityError):
        database.execute_sql(statement)


@pytest.mark.parametrize(
    "statement", [CLOSE, "UPDATE shift SET counted_minor = 500", "DELETE FROM shift"]
)
def test_a_closed_shift_stays_as_it_was_counted(database: SqliteDatabase, statement: str) -> None:
    database.execute_sql(CLOSE)

    with pytest.raises(IntegrityError):
        database.execute_sql(statement)


def test_after_one_shift_comes_the_next(database: SqliteDatabase) -> None:
    database.execute_sql(CLOSE)

    database.execute_sql(OPEN, ("next",))

    (count,) = database.execute_sql("SELECT count(*) FROM shift").fetchone()
    assert count == 2
