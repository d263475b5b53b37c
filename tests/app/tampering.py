"""A database that somebody has changed behind the program's back."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def rewritten(database: Path, copy: Path, *statements: str) -> Path:
    """A copy of a database in which the statements ran, with all triggers out of the way."""
    copy.write_bytes(database.read_bytes())
    connection = sqlite3.connect(copy)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _ in (kept := triggers.fetchall()):
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount != 0, f"nothing was changed by {statement}"
    for _, sql in kept:
        connection.execute(sql)
    connection.commit()
    connection.close()
    return copy
