# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Payment operations: the intent before money moves at a provider, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.conditions import UNFINISHED
from db.records import OperationKind, OperationPurpose, OperationRecord, OperationState
from db.session import epoch, instant
from db.settlement_sql import ADD_OPERATION
from kiosk.domain.ids import DriverId, LaneName, OperationKey, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_COLUMNS = """key, adapter, kind, purpose, reservation_id, amount_minor, currency, state,
lane, reference, created_at, changed_at, original, fee_minor, capture_before,
attempts, next_at, ends_at"""
_BY_KEY = f"SELECT {_COLUMNS} FROM operation WHERE key = ?"
_SET = """UPDATE operation
SET state = ?, reference = coalesce(?, reference), changed_at = ? WHERE key = ?
RETURNING reservation_id"""
_SET_MORE = """UPDATE operation SET fee_minor = coalesce(?, fee_minor),
capture_before = coalesce(?, capture_before) WHERE key = ?"""
_PUT_OFF = """UPDATE operation SET attempts = attempts + 1, next_at = ?,
ends_at = coalesce(?, ends_at) WHERE key = ?"""
_ASK_ALL = f"""UPDATE operation SET next_at = NULL
WHERE {UNFINISHED} AND next_at IS NOT NULL"""
_NEXT_AT = f"""SELECT min(coalesce(next_at, 0)) FROM operation
WHERE {UNFINISHED}"""
_DOUBT_ALL_SENT = f"""UPDATE operation SET state = 'in-doubt', changed_at = ?
WHERE {UNFINISHED} AND state = 'sent'
RETURNING key, reservation_id"""
_OF_RESERVATION = f"""SELECT {_COLUMNS} FROM operation
WHERE reservation_id = ? ORDER BY created_at, key"""
_DONE = f"""SELECT {_COLUMNS} FROM operation
WHERE adapter = ? AND state = 'succeeded' AND changed_at >= ? AND changed_at < ?
ORDER BY changed_at, key"""
_ADD_TOP_UP = "INSERT INTO top_up(operation_key, driver_id) VALUES (?, ?)"
_TOPS_UP = "SELECT driver_id FROM top_up WHERE operation_key = ?"
_UNFINISHED = f"""SELECT {_COLUMNS} FROM operation
WHERE {UNFINISHED} ORDER BY created_at, key"""


class Payments:
    """Operations by their idempotency key."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_operation(
        self,
        key: OperationKey,
        *,
        adapter: str,
        kind: OperationKind,
        purpose: OperationPurpose,
        reservation_id: ReservationId | None,
        amount: Money,
        state: OperationState,
        at: datetime,
        lane: LaneName | None = None,
        original: OperationKey | None = None,
    ) -> bool:
        """Writes the intent, of no stay where there is none; False when the key is known.

        `state` is new for housekeeping to send, or sent when the caller sends it after the commit;
        `original` is the operation that is captured, released, increased or given back.
        """
        at_s, minor, currency = to_epoch(at), amount.minor, amount.currency
        values = (key, adapter, kind, purpose, reservation_id, minor, currency, state, lane)
        cursor = self._session.run(ADD_OPERATION, *values, original, at_s, at_s)
        if cursor.rowcount != 1:
            return False
        asked = (kind, purpose, minor, currency, adapter, original, reservation_id)
        self._session.note(reservation_id, ("operation", key, state, *asked), at=at)
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
        reference=row[9],
        created_at=from_epoch(row[10]),
        changed_at=from_epoch(row[11]),
        original=row[12],
        fee=None if row[13] is None else Money(row[13], row[6]),
        capture_before=instant(row[14]),
        attempts=row[15],
        next_at=instant(row[16]),
        ends_at=instant(row[17]),
    )
