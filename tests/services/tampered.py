"""A database whose guards were got past, and what its check then finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from db.store import Store, Tx
from kiosk.domain.evidence import EMPTY, START, SignedHead
from kiosk.services.audit_check import Checked, check_site

KEY = b"k" * 32
FAR = 1_000_000

Deed = tuple[str, tuple[object, ...]]
"""A statement and its values."""


class Tampered:
    """The database in memory without its guards; what is done to it is undone again."""

    def __init__(self, path: Path) -> None:
        self._database = SqliteDatabase(":memory:", thread_safe=False, autoconnect=False)
        self._database.connect()
        source = SqliteDatabase(str(path))
        source.connection().backup(self._database.connection())
        source.close()
        self._database.execute_sql("PRAGMA foreign_keys = OFF")
        self._database.execute_sql("PRAGMA ignore_check_constraints = ON")
        triggers = self.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for trigger in triggers:
            self._database.execute_sql(f"DROP TRIGGER {trigger['name']}")
        self.store = Store(self._database, release=lambda: None)
        with self.store.reading() as tx:
            self.head = tx.audit.head()
        first = SignedHead(1, "opening", "hour", EMPTY).signed(KEY, before=START)
        last = SignedHead(2, "evening", "close", self.head).signed(KEY, before=first.mac)
        self.heads = (first, last)

    def close(self) -> None:
        """Forget it."""
        self.store.close()

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """What a query finds."""
        cursor = self._database.execute_sql(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def check(self, *deeds: Deed, are_heads_there: bool = True) -> Checked:
        """What is found after these statements, which are then undone."""
        checked: list[Checked] = []
        with self.store.rehearsal() as tx:
            for sql, values in deeds:
                self._database.execute_sql(sql, values)
            checked.append(self._verify(tx, are_heads_there=are_heads_there))
        return checked[0]

    def _verify(self, tx: Tx, *, are_heads_there: bool) -> Checked:
        return check_site(tx, heads=self.heads if are_heads_there else (), key=KEY)


def other(column: str, value: object) -> object:
    """Another value that this column can have."""
    if column == "facts":
        return '[["other"]]'
    if isinstance(value, int):
        return value + 1
    return f"{value}~" if isinstance(value, str) else OTHER_THAN_NONE.get(column, 1)


OTHER_THAN_NONE = {"lane": "x", "stay_hash": "x"}


def places(checked: Checked) -> set[str]:
    """Where something is wrong."""
    return {finding.where for finding in checked.findings}


def words(checked: Checked) -> str:
    """What is wrong."""
    return "\n".join(f"{finding.where}: {finding.what}" for finding in checked.findings)
