"""Opens the database of a site and of no other: whose a file is stands in the file itself.

Every command that takes --site and --db opens it here.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from db.errors import NotASitesDatabase
from db.open import open_store
from db.sites import OwnSite
from kiosk.app.display import founding_command
from kiosk.app.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.store import Store, Tx
    from kiosk.domain.site import Site


def open_site_store(
    path: Path, site: Site, *, read_only: bool = False, may_found: bool = False
) -> Store:
    """The site's database; a writer takes one that is nobody's yet, also one from before 0010.

    ConfigError for another site's file, for what is no site's database, and, unless it `may_found`
    one, for a file that is not there. Faults: those of db.open.
    """
    if not may_found and not path.exists():
        founding = f"a site is founded by `{founding_command()}`"
        raise ConfigError(f"{path}: there is no such database; {founding}")
    try:
        store = open_store(f"sqlite:///{path}", read_only=read_only)
    except IsADirectoryError as error:
        raise ConfigError(
            f"{path}: is a folder; name the database in it, for example "
            f"--db sqlite:///{path / 'site.db'}"
        ) from error
    except NotASitesDatabase as fault:
        raise ConfigError(f"{path}: is not the database of a site. {fault.remedy}") from fault
    try:
        _take(store, path, site, read_only=read_only)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def site_snapshot(path: Path, site: Site) -> Iterator[Tx]:
    """One consistent view of the site's database, of a running site too; as open_site_store."""
    store = open_site_store(path, site, read_only=True)
    try:
        with store.reading() as tx:
            yield tx
    finally:
        store.close()


def _take(store: Store, path: Path, site: Site, *, read_only: bool) -> None:
    wanted = OwnSite(site.number, site.name)
    # A name that is no UTF-8 is only another name: it must not end the check of the evidence.
    with store.reading() as tx, tx.evidence.as_found():
        own = tx.sites.own()
    if own is not None and own.number != wanted.number:
        raise ConfigError(
            f"{path}: belongs to site {own.number}, {own.name}, and the site file is that of site "
            f"{wanted.number}, {wanted.name}. Give --site with the file of {own.name}, or --db "
            f"with the database of {wanted.name}."
        )
    if own != wanted and not read_only:
        with store.transaction() as tx:
            tx.sites.set_own(wanted)
