"""Who did what, where and why: rows that are only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.records import AuditRecord
from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_WRITE = """INSERT INTO audit(at, actor_kind, actor_name, action, lane, reservation_id, detail)
VALUES (?, ?, ?, ?, ?, ?, ?)"""
_COLUMNS = "SELECT id, at, actor_kind, actor_name, action, detail, lane, reservation_id FROM audit"
_OF_RESERVATION = f"{_COLUMNS} WHERE reservation_id = ? ORDER BY id"
_LATEST = f"{_COLUMNS} ORDER BY id DESC LIMIT ?"
_HAS = "SELECT 1 FROM audit WHERE reservation_id = ? AND action = ? AND detail = ? LIMIT 1"


class Audit:
    """The record of acts; the schema refuses to change or remove a row."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(
        self,
        *,
        at: datetime,
        actor_kind: str,
        actor_name: str,
        action: str,
        detail: str = "",
        lane: LaneName | None = None,
        reservation_id: ReservationId | None = None,
    ) -> None:
        """Adds one act; `action` is noun.verb in the past tense."""
        self._session.run(
            _WRITE, to_epoch(at), actor_kind, actor_name, action, lane, reservation_id, detail
        )

    def of_reservation(self, reservation_id: ReservationId) -> tuple[AuditRecord, ...]:
        """Everything that happened to one reservation, oldest first."""
        return tuple(map(_record, self._session.run(_OF_RESERVATION, reservation_id)))

    def has(self, reservation_id: ReservationId, *, action: str, detail: str) -> bool:
        """Whether this was written down for a reservation."""
        return self._session.one(_HAS, reservation_id, action, detail) is not None

    def latest(self, count: int) -> tuple[AuditRecord, ...]:
        """The last acts of the site, newest first, at most `count`."""
        return tuple(map(_record, self._session.run(_LATEST, count)))


def _record(row: Any) -> AuditRecord:
    return AuditRecord(
        id=row[0],
        at=from_epoch(row[1]),
        actor_kind=row[2],
        actor_name=row[3],
        action=row[4],
        detail=row[5],
        lane=row[6],
        reservation_id=row[7],
    )
