# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Fewer pages in each commit, and no list that reads all there ever was.

An index that few rows need holds those rows alone, and ids count on by themselves.

Rows of these tables are never removed, so that the highest id plus one was never given before:
AUTOINCREMENT only wrote a page of its own with every row. A transfer is found by its journal
alone: it is kept in that order, and needs no index beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator

TABLES = ("reservation", "move", "journal", "transfer", "audit")
TRANSFER = """CREATE TABLE "transfer" ("journal_id" INTEGER NOT NULL, "number" INTEGER NOT NULL, \
"debit" TEXT NOT NULL, "credit" TEXT NOT NULL, "amount_minor" INTEGER NOT NULL, \
"currency" TEXT NOT NULL, PRIMARY KEY ("journal_id", "number"), \
FOREIGN KEY ("journal_id") REFERENCES "journal" ("id"), \
CHECK (amount_minor > 0), CHECK (debit <> credit), \
FOREIGN KEY (debit, currency) REFERENCES account(name, currency), \
FOREIGN KEY (credit, currency) REFERENCES account(name, currency)) STRICT, WITHOUT ROWID"""
NUMBERED = """INSERT INTO transfer SELECT journal_id,
row_number() OVER (PARTITION BY journal_id ORDER BY id), debit, credit, amount_minor, currency
FROM kept_rows ORDER BY id"""
DROPPED = (
    "reservation_state_t0",
    "reservation_created_at",
    "reservation_driver_id",
    "journal_at",
    "transfer_journal_id",
)
INDEXES = (
    "DROP INDEX grant_restart",
    """CREATE INDEX grant_unreported ON passage_grant(ended_at) \
WHERE why IN ('restart', 'io_lost')""",
    "DROP INDEX ticket_revoked",
    "CREATE INDEX ticket_revoked ON ticket(t1) WHERE revoked_at IS NOT NULL",
    "CREATE INDEX res_driver ON reservation(driver_id) WHERE driver_id IS NOT NULL",
    """CREATE INDEX res_ended ON reservation(created_at) WHERE state IN \
('expired', 'cancelled', 'no-show', 'substituted', 'displaced', 'owner-recalled')""",
)
WRITTEN = """SELECT type, name, sql FROM sqlite_master
WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type = 'table' DESC, name"""


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the tables anew as they are written, but for AUTOINCREMENT; every row is kept.

    Foreign keys rest while a migration runs; what refers to a row finds it by its id.
    """
    for table in TABLES:
        (_, _, made), *rest = db.execute_sql(WRITTEN, (table,)).fetchall()
        db.execute_sql(f"CREATE TABLE kept_rows AS SELECT * FROM {table}")
        db.execute_sql(f"DROP TABLE {table}")
        if table == "transfer":
            db.execute_sql(TRANSFER)
            db.execute_sql(NUMBERED)
        else:
            db.execute_sql(made.replace(" AUTOINCREMENT", ""))
            db.execute_sql(f"INSERT INTO {table} SELECT * FROM kept_rows")
        db.execute_sql("DROP TABLE kept_rows")
        for _, name, sql in rest:
            if name not in DROPPED:
                db.execute_sql(sql)
    for index in INDEXES:
        db.execute_sql(index)
