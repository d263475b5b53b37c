"""Tickets as they were printed, and which of them were revoked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.records import TicketRecord
from db.session import instant
from kiosk.domain.ids import ReservationId
from kiosk.domain.time import Window, from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_ISSUE = """INSERT INTO ticket(reservation_id, number, t0, t1, issued_at)
SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM ticket WHERE reservation_id = ?"""
_REVOKE = """UPDATE ticket SET revoked_at = ?, why = ?
WHERE reservation_id = ? AND revoked_at IS NULL"""
_COLUMNS = "SELECT reservation_id, number, t0, t1, issued_at, revoked_at, why FROM ticket"
_OF_RESERVATION = f"{_COLUMNS} WHERE reservation_id = ? ORDER BY number"
_REVOKED = f"""{_COLUMNS} INDEXED BY ticket_revoked WHERE revoked_at IS NOT NULL AND t1 > ?
ORDER BY reservation_id, number"""


class Tickets:
    """Every ticket has its window; a replaced one has another, so that paper tells them apart."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def issue(self, reservation_id: ReservationId, window: Window, *, at: datetime) -> None:
        """A ticket of a reservation; those before it stay as they are."""
        self._session.run(
            _ISSUE,
            reservation_id,
            to_epoch(window.from_),
            to_epoch(window.until),
            to_epoch(at),
            reservation_id,
        )

    def revoke(self, reservation_id: ReservationId, *, why: str, at: datetime) -> None:
        """None of the tickets that a reservation has so far opens anything any more."""
        self._session.run(_REVOKE, to_epoch(at), why, reservation_id)

    def of_reservation(self, reservation_id: ReservationId) -> tuple[TicketRecord, ...]:
        """Every ticket of a reservation, first issued first."""
        return tuple(map(_record, self._session.run(_OF_RESERVATION, reservation_id)))

    def revoked(self, *, until_after: datetime) -> tuple[TicketRecord, ...]:
        """The revoked tickets whose window ends after an instant: the revocation list."""
        return tuple(map(_record, self._session.run(_REVOKED, to_epoch(until_after))))


def _record(row: Any) -> TicketRecord:
    return TicketRecord(
        reservation_id=row[0],
        number=row[1],
        window=Window(from_epoch(row[2]), from_epoch(row[3])),
        issued_at=from_epoch(row[4]),
        revoked_at=instant(row[5]),
        why=row[6],
    )
