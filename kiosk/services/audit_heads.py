"""Signed heads of the chain of evidence, kept where the database is not: a line an hour.

A cut at the end of a chain spoils no hash of it: only a head that stands elsewhere tells. What a
head is signed with, and which files there are, the composer decides.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.domain.evidence import START, Head, SignedHead
from kiosk.services import limits

if TYPE_CHECKING:
    from kiosk.services.core import Core

_TAIL_BYTES = 4096
_log = logging.getLogger(__name__)


class HeadsFiles:
    """The heads of a site at work, in each of its files; lives on the work thread."""

    def __init__(self, core: Core, paths: Iterable[Path], *, key: bytes) -> None:
        self._core = core
        self._paths = tuple(paths)
        self._key = key
        self._next_at: datetime | None = None
        self._refused: set[Path] = set()

    def look(self) -> None:
        """Sign the head when an hour has passed since the last time."""
        now = self._core.clock.now()
        pause = timedelta(seconds=limits.AUDIT_HEAD_EVERY_S)
        # A clock that was set back must not silence the heads until it has caught up.
        if self._next_at is not None and self._next_at - pause <= now < self._next_at:
            return
        self.sign("start" if self._next_at is None else "hour")
        self._next_at = now + pause

    def sign(self, why: str) -> None:
        """Append the head of this moment to every file.

        A file that cannot be written, such as on a disk that is not there, is logged once; the
        next head it takes shows what is missing.
        """
        core = self._core
        with core.store.reading() as tx:
            head = tx.audit.head()
        at = core.clock.now().isoformat()
        for path in self._paths:
            try:
                _append(path, head, key=self._key, at=at, why=why)
            except OSError as error:
                if path not in self._refused:
                    _log.warning("audit_heads.not_written file=%s why=%s", path, error.strerror)
                self._refused.add(path)
            else:
                self._refused.discard(path)


def read_heads(path: Path) -> tuple[SignedHead, ...]:
    """The heads of a file; OSError, or ValueError with the line that is none."""
    heads = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        head = _head_of(line)
        if head is None:
            raise ValueError(f"line {number} is no head")
        heads.append(head)
    return tuple(heads)


def signed_at(head: SignedHead) -> datetime | None:
    """When a head says that it was signed; None when that is no instant."""
    try:
        at = datetime.fromisoformat(head.at)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def head_line(head: SignedHead) -> str:
    """A head as its file has it."""
    table = {
        "number": head.number,
        "at": head.at,
        "why": head.why,
        "row": head.head.row,
        "hash": head.head.hash,
        "mac": head.mac,
    }
    return json.dumps(table)


def _append(path: Path, head: Head, *, key: bytes, at: str, why: str) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL_BYTES))
        tail = file.read()
        # A power cut can leave half a line: it was never a head.
        whole = tail[: tail.rfind(b"\n") + 1]
        file.truncate(size - len(tail) + len(whole))
        last = _head_of(whole.splitlines()[-1].decode("utf-8", "replace")) if whole else None
        number, before = (1, START) if last is None else (last.number + 1, last.mac)
        signed = SignedHead(number, at, why, head).signed(key, before=before)
        file.seek(0, os.SEEK_END)
        file.write(head_line(signed).encode("ascii") + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _head_of(line: str) -> SignedHead | None:
    try:
        table: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match table:
        case {
            "number": int(number),
            "at": str(at),
            "why": str(why),
            "row": int(row),
            "hash": str(row_hash),
            "mac": str(mac),
        } if mac.isascii():
            return SignedHead(number, at, why, Head(row, row_hash), mac)
        case _:
            return None
