"""What our books have done and a provider does not know; who looks is kiosk.services.missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kiosk.domain.ids import OperationKey
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from datetime import datetime

    from db.session import Session

_ADD = "INSERT INTO missing_operation(operation_key, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
_END = """INSERT INTO missing_end(operation_key, how, at)
SELECT operation_key, ?2, ?3 FROM missing_operation WHERE operation_key = ?1
ON CONFLICT DO NOTHING"""
_HOW = "SELECT how FROM missing_end WHERE operation_key = ?"
_OPEN = """SELECT m.operation_key, m.at FROM missing_operation m
LEFT JOIN missing_end e ON e.operation_key = m.operation_key
WHERE e.how IS NULL ORDER BY m.at, m.operation_key"""


class Missing:
    """Operations by their keys; the schema refuses to change or remove a row."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, key: OperationKey, *, at: datetime) -> bool:
        """A provider does not know it; False when that was written before."""
        return self._session.run(_ADD, key, to_epoch(at)).rowcount > 0

    def end(
        self, key: OperationKey, *, how: Literal["reported", "explained"], at: datetime
    ) -> bool:
        """Nobody has to look any more; False when it was not open."""
        return self._session.run(_END, key, how, to_epoch(at)).rowcount > 0

    def end_of(self, key: OperationKey) -> str | None:
        """How it ended: reported or explained; None while it is open, or never was missing."""
        row = self._session.one(_HOW, key)
        return None if row is None else row[0]

    def open(self) -> tuple[tuple[OperationKey, datetime], ...]:
        """What nobody has explained and no report has had yet, oldest first, and since when."""
        return tuple(
            (OperationKey(row[0]), from_epoch(row[1])) for row in self._session.run(_OPEN)
        )
