"""From a path or URL to an open Store: one owner per file, safe modes, a schema we know."""

from __future__ import annotations

from db.store import Store


def open_store(url: str, *, read_only: bool = False) -> Store:
    """Opens the database file, made new or upgraded as needed.

    `url` is `sqlite:///path` (four slashes for an absolute path) or a plain path; anything
    else is a ValueError. A reader needs no lock and finds a file that exists and is up to date.

    Faults: StoreBusy (another process owns the file), StoreTooNew, StoreTooOld (a reader met
    a file that waits for an upgrade), StoreFull, StoreCorrupt.
    """
    raise NotImplementedError
