"""The golden schema: what migrations make, as text to be read and compared.

`python -m db.schema` writes schema.sql anew after a migration was added.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from peewee import SqliteDatabase

from db.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterable

GOLDEN = Path(__file__).with_name("schema.sql")


def schema_of(
    database: SqliteDatabase, kinds: Iterable[str] = ("table", "index", "trigger")
) -> str:
    """Every table, index and trigger by name, in a form that a diff shows well."""
    wanted = tuple(kinds)
    rows = database.execute_sql(
        "SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY tbl_name, type = 'table' DESC, name"
    )
    texts = [_pretty(sql) if kind == "table" else sql for kind, sql in rows if kind in wanted]
    return "".join(f"{text};\n\n" for text in texts)


def fresh_schema(folder: Path) -> str:
    """The schema of a database that all migrations have just made in `folder`."""
    path = folder / "fresh.db"
    database = SqliteDatabase(str(path))
    try:
        upgrade(database, path)
        return schema_of(database)
    finally:
        database.close()


def _pretty(sql: str) -> str:
    """One column or constraint a line: peewee writes a table into a single one."""
    depth, lines, line = 0, [], ""
    for sign in sql:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if (depth, sign) == (0, ")"):
            lines.append(f"  {line.strip()}")
            line = ""
        line += sign
        if (depth, sign) == (1, ",") or ((depth, sign) == (1, "(") and len(lines) == 0):
            lines.append(line if sign == "(" else f"  {line.strip()}")
            line = ""
    return "\n".join([*lines, line])


def main() -> None:
    """Writes schema.sql anew."""
    with tempfile.TemporaryDirectory() as folder:
        GOLDEN.write_text(fresh_schema(Path(folder)), encoding="utf-8")
    sys.stdout.write(f"{GOLDEN.name} written\n")


if __name__ == "__main__":
    main()
