"""One import of published inventories that ends by SIGKILL at a named moment.

python -m tests.fault_killed.importing DATABASE MOMENT FILE...
"""

from __future__ import annotations

import sys
from typing import Any

from db import sites
from db.open import open_store
from kiosk.app import import_inventory, site_store
from kiosk.app.main import main
from tests.fault_killed.life import die

HALF = 1000
"""So many car parks are written by then; the list of HDB has 2,111."""


def half_way() -> None:
    """Die over a car park in the middle of the list."""
    written = 0
    row_of = sites._row

    def row_or_die(site: Any) -> Any:
        nonlocal written
        written += 1
        return die() if written > HALF else row_of(site)

    sites._row = row_or_die


def before_the_commit() -> None:
    """Die when every car park is written, before the commit."""
    put = sites.Sites.put

    def put_and_die(self: sites.Sites, listed: Any) -> Any:
        put(self, listed)
        die()

    sites.Sites.put = put_and_die  # type: ignore[assignment, method-assign]


def after_the_commit() -> None:
    """Die when all is stored, before anything of it is said."""
    import_inventory._lines = die


MOMENTS = {each.__name__: each for each in (half_way, before_the_commit, after_the_commit)}


def _spill() -> None:
    """Let no page wait in memory: what is written stands in the files when the power goes."""

    def opened(url: str, *, read_only: bool) -> Any:
        store = open_store(url, read_only=read_only)
        store._database.execute_sql("PRAGMA cache_size = 1")
        return store

    site_store.open_store = opened  # type: ignore[assignment, attr-defined]


if __name__ == "__main__":
    database, moment, *files = sys.argv[1:]
    _spill()
    MOMENTS[moment]()
    main(["import", "inventory", *files, "--db", f"sqlite:///{database}"])
    sys.exit("the moment never came")
