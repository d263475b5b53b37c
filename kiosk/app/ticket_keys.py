"""The file of a site's ticket keys: made, read, given a new key, and looked at while it is in use.

Which key signs and which are believed stands in kiosk/domain/key_ring.py.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from kiosk.app.errors import ConfigError
from kiosk.domain.key_ring import ClockBehind, DatedKey, KeyRing, NumberStillBelieved
from kiosk.domain.ticket import TicketKey
from kiosk.services import limits
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.whole_file import write_whole

if TYPE_CHECKING:
    from kiosk.services.core import Core

KEY_BYTES = 32
_OWNER = Actor(ActorKind.CLOCK, "ticket keys")
_log = logging.getLogger(__name__)


class _KeyTable(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    number: Annotated[int, Field(ge=0, le=15)]
    secret: Annotated[str, Field(pattern=r"^([0-9a-f]{2}){32,64}$")]
    signs_from: AwareDatetime
    believed_until: AwareDatetime | None


class _KeyFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    ticket_keys: Annotated[list[_KeyTable], Field(min_length=1, max_length=16)]


def read_ticket_keys(path: Path) -> KeyRing:
    """The keys of the file; ConfigError when others could read it too, or it is spoilt.

    A file of 32 bytes is the one key of a site from before keys could be changed.
    """
    if path.stat().st_mode & 0o077:
        raise ConfigError(f"{path}: whoever reads this file can print tickets; chmod 600 it")
    content = path.read_bytes()
    if len(content) == KEY_BYTES:
        return KeyRing.of(TicketKey(1, content))
    try:
        tables = _KeyFile.model_validate_json(content).ticket_keys
        return KeyRing(tuple(_dated_key(table) for table in tables))
    except ValidationError as error:
        problem = error.errors(include_input=False)[0]
        where = ".".join(map(str, problem["loc"])) or "file"
        why = f"{where}: {problem['msg']}"
    except (AssertionError, OverflowError) as error:
        why = str(error)
    raise ConfigError(f"{path}: is cut short or changed ({why}); restore it from the backup")


def ticket_keys(path: Path) -> KeyRing:
    """The keys of the site's file, which is made with a first key where there is none."""
    if not path.exists():
        _write(path, KeyRing.of(TicketKey(1, secrets.token_bytes(KEY_BYTES))))
    return read_ticket_keys(path)


def rotate_ticket_keys(path: Path, *, now: datetime, overlap: timedelta) -> KeyRing:
    """Write the file anew with a key that signs from now on; ConfigError where it must wait."""
    if not path.exists():
        raise ConfigError(f"{path}: there is no key yet; the site makes one when it first starts")
    with _alone(path.parent):
        match read_ticket_keys(path).rotated(
            secrets.token_bytes(KEY_BYTES), now=now, overlap=overlap
        ):
            case NumberStillBelieved(number, until):
                raise ConfigError(
                    f"{path}: key {number}, whose number comes next, is believed until "
                    f"{_utc(until)}; wait until then, or shorten its life with --overlap-days"
                )
            case ClockBehind(signs_from):
                raise ConfigError(
                    f"{path}: the newest key signs from {_utc(signs_from)}, and this machine's "
                    f"clock says {_utc(now)}; set the clock first"
                )
            case KeyRing() as ring:
                _write(path, ring)
                return ring
            case unheard_of:
                assert_never(unheard_of)


class TicketKeyFile:
    """The key file of a site at work; lives on the work thread."""

    def __init__(self, core: Core, path: Path) -> None:
        self._core = core
        self._path = path
        self._next_at: datetime | None = None
        self._refused = ""

    def look(self) -> None:
        """Take the keys if they have changed, at most once in TICKET_KEYS_LOOK_EVERY_S.

        A file that is gone or spoilt changes nothing: the keys in use stay in use.
        """
        core, now = self._core, self._core.clock.now()
        pause = timedelta(seconds=limits.TICKET_KEYS_LOOK_EVERY_S)
        # A clock that was set back must not silence a new key until it has caught up.
        if self._next_at is not None and self._next_at - pause <= now < self._next_at:
            return
        self._next_at = now + pause
        try:
            ring = read_ticket_keys(self._path)
        except (ConfigError, OSError) as error:
            if str(error) != self._refused:
                _log.warning("ticket_keys.refused why=%s", error)
            self._refused = str(error)
            return
        self._refused = ""
        if ring == core.ticket_keys:
            return
        with core.store.transaction() as tx:
            core.audit(
                tx,
                actor=_OWNER,
                action="ticket_keys.changed",
                detail=f"key {ring.signing(now).number} signs, believed: "
                + ", ".join(str(key.number) for key in ring.believed(now)),
            )
        core.ticket_keys = ring


def _dated_key(table: _KeyTable) -> DatedKey:
    until = table.believed_until
    return DatedKey(
        TicketKey(table.number, bytes.fromhex(table.secret)),
        table.signs_from.astimezone(UTC),
        until.astimezone(UTC) if until is not None else None,
    )


def _write(path: Path, ring: KeyRing) -> None:
    tables = [
        {
            "number": each.key.number,
            "secret": each.key.secret.hex(),
            "signs_from": each.signs_from.isoformat(),
            "believed_until": each.believed_until and each.believed_until.isoformat(),
        }
        for each in ring.keys
    ]
    write_whole(path, (json.dumps({"ticket_keys": tables}, indent=1) + "\n").encode("ascii"))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Of two that change the keys at once the second waits: neither loses the other's key."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _utc(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
