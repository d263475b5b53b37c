"""A site at work whose evidence is looked at from outside: heads, commands, a spoilt file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.audit_key import audit_key
from kiosk.app.main import main
from kiosk.domain.outcomes import ExitCovered
from kiosk.services.audit_heads import HeadsFiles
from tests.fakes.stage import EXIT, SITE_FILE, Stage


@pytest.fixture
def heads(stage: Stage) -> HeadsFiles:
    """The heads of the stage's site, signed once."""
    files = heads_of(stage)
    files.look()
    return files


def heads_of(stage: Stage, *more: Path) -> HeadsFiles:
    """The heads of the stage's site."""
    key = audit_key(stage.folder / "audit.key")
    return HeadsFiles(stage.site.core, (stage.folder / "audit.heads", *more), key=key)


def audit(stage: Stage, *words: str) -> int:
    """`kiosk audit ...` on the database of the stage, which is at work."""
    database = f"sqlite:///{stage.folder / 'site.db'}"
    return main(["audit", *words, "--site", str(SITE_FILE), "--db", database])


def stay(stage: Stage, wallet: Any) -> int:
    """A car comes, stays and leaves."""
    ticket = stage.inside(wallet.proof)
    stage.wait(minutes=50)
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)
    stage.wait(minutes=1)
    return ticket.reservation_id


def spoil(stage: Stage, sql: str) -> None:
    """Somebody with the file and without scruples."""
    with sqlite3.connect(stage.folder / "site.db") as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql)
    connection.close()
