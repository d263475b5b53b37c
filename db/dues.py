"""What time itself will do to reservations: one row for each thing, found when it is due."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.domain.ids import ReservationId
from kiosk.domain.reservation import Due, DueKind
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_PUT = """INSERT INTO due(reservation_id, kind, at) VALUES (?, ?, ?)
ON CONFLICT(reservation_id, kind) DO UPDATE SET at = excluded.at"""
_DROP = "DELETE FROM due WHERE reservation_id = ? AND kind = ?"
_DUE = "SELECT reservation_id, kind, at FROM due WHERE at <= ? ORDER BY at, reservation_id, kind"
_OF_RESERVATION = "SELECT reservation_id, kind, at FROM due WHERE reservation_id = ? ORDER BY at"


class Dues:
    """The due table: it survives power cuts and needs no timers (parking.md)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, reservation_id: ReservationId, kind: DueKind, at: datetime) -> None:
        """Time will do this then; an earlier word for the same thing is replaced."""
        self._session.run(_PUT, reservation_id, kind.value, to_epoch(at))

    def drop(self, reservation_id: ReservationId, *kinds: DueKind) -> None:
        """Time will not do this any more; nothing when it never would."""
        for kind in kinds:
            self._session.run(_DROP, reservation_id, kind.value)

    def by(self, now: datetime) -> tuple[Due, ...]:
        """Everything that is due by now, longest ago first."""
        return tuple(
            Due(row[0], DueKind(row[1]), from_epoch(row[2]))
            for row in self._session.run(_DUE, to_epoch(now))
        )

    def of_reservation(self, reservation_id: ReservationId) -> tuple[Due, ...]:
        """Everything that time will do to one reservation."""
        return tuple(
            Due(row[0], DueKind(row[1]), from_epoch(row[2]))
            for row in self._session.run(_OF_RESERVATION, reservation_id)
        )
