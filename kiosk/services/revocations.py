"""The list of revoked tickets as a file, for who checks tickets while the site is down.

Which tickets are revoked stands in the database; at work the site asks that alone.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.domain.ids import ReservationId
from kiosk.domain.key_ring import LATEST_EXIT
from kiosk.domain.ticket import Ticket, TicketKey, rounded_outward
from kiosk.domain.time import Window
from kiosk.services import limits
from kiosk.services.strict_json import read_json
from kiosk.services.whole_file import write_whole

if TYPE_CHECKING:
    from kiosk.services.core import Core

_PURPOSE = b"sharedpark revoked tickets\n"
"""Signed with the list, so that no signature of a ticket is one of a list."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RevocationList:
    """Which tickets of a site were revoked at an instant; genuine, or it could not be read."""

    site_number: int
    made_at: datetime
    revoked: frozenset[Ticket]

    def revokes(self, ticket: Ticket) -> bool:
        """Whether this ticket is revoked; another one of the same reservation may be good."""
        return ticket in self.revoked

    def age(self, now: datetime) -> timedelta:
        """How old the list is; negative by a clock that stands before it."""
        return now - self.made_at


@dataclass(frozen=True, slots=True)
class NotOurList:
    """Nothing of the file may be believed; `why` says it in words."""

    why: str


def revocation_text(
    *, site_number: int, made_at: datetime, revoked: Iterable[Ticket], key: TicketKey
) -> str:
    """The list as its file has it: the same list, instant and key give the same text."""
    rows = sorted(
        (each.reservation_id, window.from_, window.until)
        for each in revoked
        for window in [rounded_outward(each.window)]
    )
    table = {
        "site": site_number,
        "made_at": made_at.isoformat(),
        "revoked": [
            {"reservation": number, "from": start.isoformat(), "until": end.isoformat()}
            for number, start, end in rows
        ],
        "key": key.number,
    }
    return _signed(table, key)


def write_revocations(
    path: Path,
    *,
    site_number: int,
    made_at: datetime,
    revoked: Iterable[Ticket],
    key: TicketKey,
) -> None:
    """Write the list, whole or not at all. OSError: the old one stands."""
    text = revocation_text(site_number=site_number, made_at=made_at, revoked=revoked, key=key)
    write_whole(path, text.encode("ascii"))


def read_revocations(
    text: str, *, site_number: int, keys: Iterable[TicketKey]
) -> RevocationList | NotOurList:
    """The list in a file's text, once its signature is found to be one of ours."""
    try:
        table = read_json(text)
    except ValueError:
        table = None
    if not isinstance(table, dict) or table.pop("hmac", None) is None:
        return NotOurList("it is cut short, or no list of revoked tickets")
    key = next((each for each in keys if each.number == table.get("key")), None)
    if key is None:
        return NotOurList("it was signed with a key that is not in the key file")
    if not hmac.compare_digest(text.encode(), _signed(table, key).encode()):
        return NotOurList("it was changed, or signed with another site's key")
    if table["site"] != site_number:
        return NotOurList(f"it is the list of site {table['site']}")
    return RevocationList(
        site_number,
        datetime.fromisoformat(table["made_at"]),
        frozenset(
            Ticket(
                site_number,
                ReservationId(row["reservation"]),
                Window(datetime.fromisoformat(row["from"]), datetime.fromisoformat(row["until"])),
            )
            for row in table["revoked"]
        ),
    )


class RevocationFile:
    """The file of a site at work; lives on the work thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: frozenset[Ticket] | None = None
        self._kept_at: datetime | None = None
        self._failed = ""

    def keep_of(self, core: Core) -> None:
        """Write the list of a site once a minute.

        Expired tickets still open exits, and stay in it so long.
        """
        now = core.clock.now()
        if self._is_young(now):
            return
        with core.store.reading() as tx:
            records = tx.tickets.revoked(until_after=now - LATEST_EXIT)
        self.keep(
            site_number=core.site.number,
            now=now,
            revoked=[
                Ticket(core.site.number, record.reservation_id, record.window)
                for record in records
            ],
            key=core.ticket_keys.signing(now),
        )

    def keep(
        self, *, site_number: int, now: datetime, revoked: Iterable[Ticket], key: TicketKey
    ) -> None:
        """Write the list when it has changed, or the written one is a minute old.

        Where it cannot be written the site goes on: the file's age tells who reads it.
        """
        tickets = frozenset(revoked)
        if self._is_young(now) and tickets == self._kept:
            return
        self._kept, self._kept_at = tickets, now
        try:
            write_revocations(
                self._path, site_number=site_number, made_at=now, revoked=tickets, key=key
            )
        except OSError as error:
            if str(error) != self._failed:
                _log.warning("revocations.not_written why=%s", error)
            self._failed = str(error)
        else:
            self._failed = ""

    def _is_young(self, now: datetime) -> bool:
        pause = timedelta(seconds=limits.REVOKED_WRITE_EVERY_S)
        return self._kept_at is not None and self._kept_at <= now < self._kept_at + pause


def _signed(table: dict[str, Any], key: TicketKey) -> str:
    """The text of a table with the signature over all of it."""
    message = _PURPOSE + json.dumps(table, default=str).encode()
    mac = hmac.digest(key.secret, message, hashlib.sha256).hex()
    return json.dumps({**table, "hmac": mac}, indent=1, default=str) + "\n"
