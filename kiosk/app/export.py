"""`kiosk export ledger`: the books of a site for other programs, read without disturbing it."""

from __future__ import annotations

import sys
from pathlib import Path

from db.open import open_store
from kiosk.app.config import read_site_file
from kiosk.app.exit_codes import DONE, INPUT
from kiosk.app.places import folders_of
from kiosk.services.export_ledger import hledger_lines


def export_ledger(*, site: Path, database: str | None, out: Path | None) -> int:
    """Write all journals and the stored balances; one consistent view of a running site too."""
    file = read_site_file(site)
    folders = folders_of(database, site_number=file.site.number)
    if not folders.database.exists():
        print(f"{folders.database}: there is no such database", file=sys.stderr)
        return INPUT
    store = open_store(f"sqlite:///{folders.database}", read_only=True)
    try:
        with store.reading() as tx:
            text = "".join(
                f"{line}\n"
                for line in hledger_lines(
                    journals=tx.ledger.journals(),
                    balances=tx.ledger.balances(),
                    zone=file.to_site().zone,
                )
            )
    finally:
        store.close()
    if out is None:
        print(text, end="")
    else:
        out.write_text(text, encoding="utf-8")
    return DONE
