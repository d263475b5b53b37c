"""The pretended provider's books: one JSON line an entry, only ever appended, on the disk first.

They outlive the provider's process and ours, so that after a crash it can truthfully be asked
what became of a payment. What an entry means stands in provider.py.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from kiosk.payments.adapter import OperationKind

OPERATIONS: frozenset[str] = frozenset(get_args(OperationKind))
EntryKind = OperationKind | Literal["expire", "chargeback", "bank"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the provider did, or declined, under one key."""

    key: str
    kind: str
    state: Literal["done", "declined"]
    reference: str
    currency: str
    minor: int
    """What was done of it."""
    asked_minor: int | None = None
    """None: written before there were originals and partial amounts; `minor` was asked."""
    fee_minor: int = 0
    original: str | None = None
    stay: int | None = None
    code: str = ""
    at: str = ""
    """When (ISO 8601, UTC); empty in entries older than the report."""
    capture_before: str | None = None


class BooksDamaged(Exception):
    """A line in the middle of the books cannot be read; nothing is guessed."""


class Books:
    """The file of one provider; only one process may have it open (server.py locks it)."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.entries = _read(file) if file.exists() else []
        """In the order in which they were written."""

    def append(self, entry: Entry) -> None:
        """Promises that the entry is on the disk, or raises OSError and nothing was written."""
        line = json.dumps(asdict(entry)).encode() + b"\n"
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            before = os.fstat(descriptor).st_size
            try:
                if os.write(descriptor, line) != len(line):
                    raise OSError("the disk is full")
                os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, before)
                raise
        finally:
            os.close(descriptor)
        self.entries.append(entry)


def _read(file: Path) -> list[Entry]:
    text = file.read_bytes()
    whole = text.rfind(b"\n") + 1
    if whole != len(text):
        # A crash in the middle of a line: it was never answered, so it never happened.
        os.truncate(file, whole)
    try:
        return [Entry(**json.loads(line)) for line in text[:whole].splitlines()]
    except (ValueError, TypeError) as error:
        raise BooksDamaged(f"{file}: {error}") from error
