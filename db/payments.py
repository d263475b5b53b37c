# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Payment operations: the intent before money moves at a provider, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.records import OperationRecord, OperationState
from db.session import epoch, instant
from db.settlement_sql import ADD_OPERATION, OPERATION_COLUMNS
from kiosk.domain.ids import DriverId, OperationKey, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_BY_KEY = f"SELECT {OPERATION_COLUMNS} FROM operation WHERE key = ?"
_SET = """UPDATE operation
SET state = ?, reference = coalesce(?, reference), changed_at = ? WHERE key = ?
RETURNING reservation_id"""
_SET_MORE = """UPDATE operation SET fee_minor = coalesce(?, fee_minor),
capture_before = coalesce(?, capture_before) WHERE key = ?"""
_PUT_OFF = """UPDATE operation SET attempts = attempts + 1, next_at = ?,
ends_at = coalesce(?, ends_at) WHERE key = ?"""
_ASK_ALL = """UPDATE operation SET next_at = NULL
WHERE state IN ('new', 'sent', 'pending', 'in-doubt') AND next_at IS NOT NULL"""
_NEXT_AT = """SELECT min(coalesce(next_at, 0)) FROM operation
WHERE state IN ('new', 'sent', 'pending', 'in-doubt')"""
_DOUBT_ALL_SENT = """UPDATE operation SET state = 'in-doubt', changed_at = ?
WHERE state IN ('new', 'sent', 'pending', 'in-doubt') AND state = 'sent'
RETURNING key, reservation_id"""
_OF_RESERVATION = f"""SELECT {OPERATION_COLUMNS} FROM operation
WHERE reservation_id = ? ORDER BY created_at, key"""
_DONE = f"""SELECT {OPERATION_COLUMNS} FROM operation
WHERE adapter = ? AND state = 'succeeded' AND changed_at >= ? AND changed_at < ?
ORDER BY changed_at, key"""
_ADD_TOP_UP = "INSERT INTO top_up(operation_key, driver_id) VALUES (?, ?)"
_TOPS_UP = "SELECT driver_id FROM top_up WHERE operation_key = ?"
_UNFINISHED = f"""SELECT {OPERATION_COLUMNS} FROM operation
WHERE state IN ('new', 'sent', 'pending', 'in-doubt') ORDER BY created_at, key"""


class Payments:
    """Operations by their idempotency key."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_operation(self, operation: OperationRecord) -> bool:
        """Writes the intent; False when the key is known (nothing changed)."""
        cursor = self._session.run(
            ADD_OPERATION,
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
            operation.original,
            None if operation.fee is None else operation.fee.minor,
            epoch(operation.capture_before),
            operation.attempts,
            epoch(operation.next_at),
            epoch(operation.ends_at),
        )
        if cursor.rowcount != 1:
            return False
        amount = operation.amount
        asked = (operation.kind, operation.purpose, amount.minor, amount.currency)
        fact = ("operation", operation.key, operation.state, *asked)
        self._session.note(operation.reservation_id, fact, at=operation.created_at)
        return True

    def add_top_up(self, key: OperationKey, driver_id: DriverId, *, at: datetime) -> None:
        """Writes whose wallet an operation fills, once."""
        self._session.keep("top_up", _ADD_TOP_UP, key, driver_id, at=at)

    def tops_up(self, key: OperationKey) -> DriverId | None:
        """Whose wallet an operation fills; None where it fills none."""
        row = self._session.one(_TOPS_UP, key)
        return None if row is None else row[0]

    def operation(self, key: OperationKey) -> OperationRecord | None:
        """The operation with this key."""
        row = self._session.one(_BY_KEY, key)
        return None if row is None else _record(row)

    def set_operation(
        self, key: OperationKey, *, state: OperationState, reference: str | None, at: datetime
    ) -> None:
        """What became of an operation; a reference once known is kept when None is given."""
        found = self._session.one(_SET, state, reference, to_epoch(at), key)
        assert found is not None, f"no operation {key}"
        self._session.note(found[0], ("operation", key, state), at=at)

    def note_terms(
        self, key: OperationKey, *, fee: Money | None, capture_before: datetime | None
    ) -> None:
        """What a success said besides its amount; what was known and is not said again is kept."""
        minor = None if fee is None else fee.minor
        self._session.run(_SET_MORE, minor, epoch(capture_before), key)

    def put_off(
        self, key: OperationKey, *, until: datetime, ends_at: datetime | None = None
    ) -> None:
        """It was asked about once more without a final answer; not again before `until`.

        `ends_at`: how long a pending one is waited for, once that is known.
        """
        self._session.run(_PUT_OFF, to_epoch(until), epoch(ends_at), key)

    def doubt_all_sent(self, at: datetime) -> None:
        """After a start: whatever was sent may have been done, and all is asked about at once."""
        for key, reservation_id in self._session.run(_DOUBT_ALL_SENT, to_epoch(at)).fetchall():
            self._session.note(reservation_id, ("operation", key, "in-doubt"), at=at)
        self._session.run(_ASK_ALL)

    def next_at(self) -> datetime | None:
        """When the first operation without a final answer is to be asked about; None: none."""
        (at,) = self._session.one(_NEXT_AT)
        return None if at is None else from_epoch(at)

    def of_reservation(self, reservation_id: ReservationId) -> tuple[OperationRecord, ...]:
        """Every operation for a reservation, oldest first."""
        return tuple(map(_record, self._session.run(_OF_RESERVATION, reservation_id)))

    def done_between(
        self, adapter: str, since: datetime, until: datetime
    ) -> tuple[OperationRecord, ...]:
        """What a provider has done for us in [since, until), by when we came to know it."""
        rows = self._session.run(_DONE, adapter, to_epoch(since), to_epoch(until))
        return tuple(map(_record, rows))

    def unfinished(self) -> tuple[OperationRecord, ...]:
        """Operations without a final answer, oldest first."""
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
        original=row[13],
        fee=None if row[14] is None else Money(row[14], row[6]),
        capture_before=instant(row[15]),
        attempts=row[16],
        next_at=instant(row[17]),
        ends_at=instant(row[18]),
    )
