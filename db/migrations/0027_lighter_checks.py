# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Checks of what is written at every entry and exit compare by OR, and operations have no rowid.

Of a list of more than two SQLite builds a table each time that it checks a row. An operation's
presented_at goes: nothing has ever written it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator

TABLES = ("operation", "reservation", "passage_grant", "due")
WRITTEN = """SELECT name, sql FROM sqlite_master
WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type = 'table' DESC, name"""
NEVER_USED = ' "presented_at" INTEGER,'
LIST = re.compile(r"([\w.]+)( NOT)? IN \(('[^']*'(?:,\s*'[^']*'){2,})\)")
TURNS = re.compile(r"OLD\.state \|\| '>' \|\| NEW\.state NOT IN \(([^)]*)\)")


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the tables anew with the same checks in other words; every row is kept."""
    for table in TABLES:
        (_, made), *rest = db.execute_sql(WRITTEN, (table,)).fetchall()
        made = by_or(made)
        if table == "operation":
            made = made.replace(") STRICT", ") STRICT, WITHOUT ROWID").replace(NEVER_USED, "")
        db.execute_sql(f"CREATE TABLE kept_rows AS SELECT * FROM {table}")
        db.execute_sql(f"DROP TABLE {table}")
        db.execute_sql(made)
        columns = ", ".join(column.name for column in db.get_columns(table))
        db.execute_sql(f"INSERT INTO {table}({columns}) SELECT {columns} FROM kept_rows")
        db.execute_sql("DROP TABLE kept_rows")
        for _, sql in rest:
            db.execute_sql(by_or(sql))


def by_or(sql: str) -> str:
    """The same statement without a list of more than two."""
    return LIST.sub(_compared, TURNS.sub(_looked_up, sql))


def _compared(found: re.Match[str]) -> str:
    column, is_not, values = found[1], found[2] or "", found[3]
    terms = " OR ".join(f"{column} = {value}" for value in re.split(r",\s*", values))
    return f"{is_not.strip()} ({terms})".lstrip()


def _looked_up(found: re.Match[str]) -> str:
    turns = " ".join(turn.strip(" '\n") for turn in found[1].split(","))
    return f"instr(' {turns} ', ' ' || OLD.state || '>' || NEW.state || ' ') = 0"
