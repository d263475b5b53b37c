"""Where a site keeps its files: beside the database that --db names, or in the user's data."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.app.errors import ConfigError

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Folders:
    """The folder of one site's database, ticket key and simulated devices."""

    database: Path

    @property
    def data(self) -> Path:
        """What only this site's process may read and write."""
        return self.database.parent

    @property
    def ticket_key(self) -> Path:
        """The secrets that sign tickets."""
        return self.data / "ticket.key"

    @property
    def revoked(self) -> Path:
        """The tickets that are revoked, for who checks one while the site is down."""
        return self.data / "revoked.json"

    @property
    def audit_key(self) -> Path:
        """The secret that signs the heads of the evidence."""
        return self.data / "audit.key"

    @property
    def audit_heads(self) -> Path:
        """Where the chain of the evidence stood, hour by hour."""
        return self.data / "audit.heads"

    @property
    def devices(self) -> Path:
        """Simulated ports stand here."""
        return self.data / "devices"

    @property
    def blackbox(self) -> Path:
        """What last crossed a lane's ports before each alarm."""
        return self.data / "blackbox"

    @property
    def simulator_books(self) -> Path:
        """What the pretended card provider keeps."""
        return self.data / "simulator.jsonl"


def folders_of(database: str | None, *, site_number: int) -> Folders:
    """The folders for --db URL; without it, under the user's data directory."""
    if database is not None:
        if "://" in database and not database.startswith(_SQLITE):
            raise ConfigError(f"--db {database}: expected sqlite:///PATH")
        return Folders(Path(database.removeprefix(_SQLITE)).absolute())
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Folders(home / "sharedpark-kiosk" / f"site-{site_number}" / "site.db")
