# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Payment operations: the intent before money moves at a provider, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.records import OperationRecord, OperationState
from db.session import epoch, instant
from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_COLUMNS = """key, adapter, kind, purpose, reservation_id, amount_minor, currency, state, lane,
presented_at, reference, created_at, changed_at"""
_ADD = f"""INSERT INTO operation({_COLUMNS})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO NOTHING"""
_BY_KEY = f"SELECT {_COLUMNS} FROM operation WHERE key = ?"
_SET = """UPDATE operation
SET state = ?, reference = coalesce(?, reference), changed_at = ? WHERE key = ?"""
_OF_RESERVATION = f"""SELECT {_COLUMNS} FROM operation
WHERE reservation_id = ? ORDER BY created_at, key"""
_UNFINISHED = f"""SELECT {_COLUMNS} FROM operation
WHERE state IN ('new', 'sent', 'in-doubt') ORDER BY created_at, key"""


class Payments:
    """Operations by their idempotency key."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_operation(self, operation: OperationRecord) -> bool:
        """Writes the intent; False when the key is known (nothing changed)."""
        cursor = self._session.run(
            _ADD,
            operation.key,
            operation.adapter,
            operation.kind,
            operation.purpose,
            operation.reservation_id,
            operation.amount.minor,
            operation.amount.currency,
            operation.state,
            operation.lane,
            epoch(operation.presented_at),
            operation.reference,
            to_epoch(operation.created_at),
            to_epoch(operation.changed_at),
        )
        return cursor.rowcount == 1

    def operation(self, key: OperationKey) -> OperationRecord | None:
        """The operation with this key."""
        row = self._session.one(_BY_KEY, key)
        return None if row is None else _record(row)

    def set_operation(
        self, key: OperationKey, *, state: OperationState, reference: str | None, at: datetime
    ) -> None:
        """What became of an operation; a reference once known is kept when None is given."""
        cursor = self._session.run(_SET, state, reference, to_epoch(at), key)
        assert cursor.rowcount == 1, f"no operation {key}"

    def of_reservation(self, reservation_id: ReservationId) -> tuple[OperationRecord, ...]:
        """Every operation for a reservation, oldest first."""
        return tuple(map(_record, self._session.run(_OF_RESERVATION, reservation_id)))

    def unfinished(self) -> tuple[OperationRecord, ...]:
        """Operations that are new, sent or in doubt, oldest first."""
        return tuple(map(_record, self._session.run(_UNFINISHED)))


def _record(row: Any) -> OperationRecord:
    return OperationRecord(
        key=row[0],
        adapter=row[1],
        kind=row[2],
        purpose=row[3],
        reservation_id=row[4],
        amount=Money(row[5], row[6]),
        state=row[7],
        lane=row[8],
        presented_at=instant(row[9]),
        reference=row[10],
        created_at=from_epoch(row[11]),
        changed_at=from_epoch(row[12]),
    )
