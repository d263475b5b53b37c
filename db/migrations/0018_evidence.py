"""The audit is chained by SHA-256, as a whole and for each stay, and proves journals and receipts.

Rows from before are chained here: what was changed before this day no hash can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kiosk.domain.evidence import EMPTY, START, Fact, Head, Value, digest, facts_text, named, seal

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator

TABLE = """CREATE TABLE "audit" ("id" INTEGER NOT NULL PRIMARY KEY, "at" INTEGER NOT NULL, \
"actor_kind" TEXT NOT NULL, "actor_name" TEXT NOT NULL, "action" TEXT NOT NULL, "lane" TEXT, \
"reservation_id" INTEGER, "detail" TEXT NOT NULL, "facts" TEXT, "hash" TEXT NOT NULL, \
"stay_hash" TEXT, FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"), \
CHECK (length(action) > 0), CHECK (facts IS NULL OR json_valid(facts)), \
CHECK (length(hash) = 64), \
CHECK ((stay_hash IS NULL) = (reservation_id IS NULL))) STRICT"""
COLUMNS = (
    "id",
    "at",
    "actor_kind",
    "actor_name",
    "action",
    "lane",
    "reservation_id",
    "detail",
    "facts",
)
KEPT = """SELECT id, at, actor_kind, actor_name, action, lane, reservation_id, detail
FROM kept_rows ORDER BY id"""
INSERT = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
WRITTEN = """SELECT sql FROM sqlite_master
WHERE tbl_name = 'audit' AND type <> 'table' AND sql IS NOT NULL ORDER BY name"""
JOURNALS = "SELECT id, key, kind, reservation_id, at FROM journal ORDER BY id"
TRANSFERS = """SELECT journal_id, number, debit, credit, amount_minor, currency
FROM transfer ORDER BY journal_id, number"""
FACTS_A_ROW = 200


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the audit anew with its chain; a last row for each stay proves its books up to now."""
    others = [row[0] for row in db.execute_sql(WRITTEN)]
    db.execute_sql("CREATE TABLE kept_rows AS SELECT * FROM audit")
    db.execute_sql("DROP TABLE audit")
    db.execute_sql(TABLE)
    chain = _Chain(db)
    for row in db.execute_sql(KEPT).fetchall():
        chain.add(*row)
    for reservation_id, facts, at in _books(db):
        for start in range(0, len(facts), FACTS_A_ROW):
            some = facts_text(facts[start : start + FACTS_A_ROW])
            row = (at, "clock", "books", "evidence.begun", None, reservation_id, "", some)
            chain.add(chain.head.row + 1, *row)
    db.execute_sql("DROP TABLE kept_rows")
    for sql in others:
        db.execute_sql(sql)


class _Chain:
    def __init__(self, db: SqliteDatabase) -> None:
        self._db = db
        self.head = EMPTY
        self._stays: dict[Value, str] = {}

    def add(self, row_id: int, *rest: Value) -> None:
        columns = dict.fromkeys(COLUMNS) | dict(zip(COLUMNS, (row_id, *rest), strict=False))
        stay = columns["reservation_id"]
        stay_before = self._stays.get(stay, START)
        sealed = seal(columns, before=self.head.hash, stay_before=stay_before)
        self._stays[stay] = sealed.stay_hash or START
        self.head = Head(row_id, sealed.hash)
        self._db.execute_sql(INSERT, (*columns.values(), sealed.hash, sealed.stay_hash))


def _books(db: SqliteDatabase) -> Iterator[tuple[int | None, list[Fact], int]]:
    """For each reservation, and for none, the proof of its journals and receipts."""
    found = [*_journals(db), *_receipts(db)]
    found.sort(key=lambda each: (each[0] is not None, each[0] or 0))
    for reservation_id, group in groupby(found, lambda each: each[0]):
        books = list(group)
        yield reservation_id, [fact for _, fact, _ in books], max(at for *_, at in books)


def _journals(db: SqliteDatabase) -> Iterator[tuple[int | None, Fact, int]]:
    transfers: dict[int, list[tuple[Value, ...]]] = {}
    for row in _rows(db, TRANSFERS):
        transfers.setdefault(row["journal_id"], []).append(tuple(row.values()))
    for row in _rows(db, JOURNALS):
        proof = digest(tuple(row.values()), *transfers.get(row["id"], ()))
        yield row["reservation_id"], ("journal", row["id"], proof), row["at"]


def _receipts(db: SqliteDatabase) -> Iterator[tuple[int | None, Fact, int]]:
    for row in _rows(db, "SELECT * FROM receipt ORDER BY number"):
        proof = digest(named(row))
        yield row["reservation_id"], ("receipt", row["number"], proof), row["settled_at"]


def _rows(db: SqliteDatabase, sql: str) -> list[dict[str, Any]]:
    cursor = db.execute_sql(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
