"""Permissions given to lanes, and the uses of tickets that they stand for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from db.conditions import UNREPORTED, one_of
from db.records import GrantRecord, PassageDirection
from db.session import instant
from kiosk.domain.ids import AttendantId, GrantToken, LaneName, ReservationId
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_OPEN_GRANT = """INSERT INTO passage_grant(token, lane, direction, reservation_id, attendant_id,
reason, state, granted_at) VALUES (?, ?, ?, ?, ?, ?, 'open', ?)
ON CONFLICT(lane) WHERE state = 'open' DO NOTHING"""
_USE_TICKET = """INSERT INTO ticket_use(reservation_id, direction, token, used_at)
VALUES (?, ?, ?, ?) ON CONFLICT(reservation_id, direction) DO NOTHING"""
_USED_AT = "SELECT used_at FROM ticket_use WHERE reservation_id = ? AND direction = ?"
_RETURN_TICKET = """DELETE FROM ticket_use
WHERE reservation_id = ? AND direction = ? AND token = ?"""
_COLUMNS = """SELECT token, lane, direction, reservation_id, attendant_id, reason, state,
granted_at, ended_at, why FROM passage_grant"""
_FORGET_USES = "DELETE FROM ticket_use WHERE reservation_id = ?"
_GRANT = f"{_COLUMNS} WHERE token = ?"
_OPEN_GRANTS = f"{_COLUMNS} WHERE state = 'open' ORDER BY granted_at, token"
_VOID_SINCE = f"""{_COLUMNS}
WHERE state = 'void' AND {one_of("why", *UNREPORTED)} AND ended_at >= ?
ORDER BY ended_at, token"""
_OF_RESERVATION = f"""{_COLUMNS} WHERE reservation_id = ? AND direction = ?
ORDER BY granted_at, token"""
_LOCK = """INSERT INTO lane_lock(lane, reason, locked_at) VALUES (?, ?, ?)
ON CONFLICT(lane) DO UPDATE SET reason = excluded.reason, locked_at = excluded.locked_at"""
_UNLOCK = "DELETE FROM lane_lock WHERE lane = ?"
_LOCKS = "SELECT lane, reason FROM lane_lock ORDER BY lane"
_CLOSE_GRANT = """UPDATE passage_grant SET state = ?, why = ?, ended_at = ?
WHERE token = ? AND state = 'open'"""


class Lanes:
    """Grants and ticket uses; a lane has at most one open grant."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open_grant(
        self,
        *,
        token: GrantToken,
        lane: LaneName,
        direction: PassageDirection,
        reservation_id: ReservationId | None,
        attendant_id: AttendantId | None,
        reason: str | None,
        at: datetime,
    ) -> bool:
        """Gives one passage; False when the lane has an open grant (nothing changed).

        A token that was ever used is a bug.
        """
        cursor = self._session.run(
            _OPEN_GRANT,
            token,
            lane,
            direction,
            reservation_id,
            attendant_id,
            reason,
            to_epoch(at),
        )
        return cursor.rowcount == 1

    def use_ticket(
        self,
        reservation_id: ReservationId,
        direction: PassageDirection,
        *,
        token: GrantToken,
        at: datetime,
    ) -> datetime | None:
        """Uses the ticket: None when it is used now, else when it was before (no change)."""
        cursor = self._session.run(_USE_TICKET, reservation_id, direction, token, to_epoch(at))
        if cursor.rowcount == 1:
            return None
        return from_epoch(self._session.one(_USED_AT, reservation_id, direction)[0])

    def return_ticket(
        self, reservation_id: ReservationId, direction: PassageDirection, token: GrantToken
    ) -> None:
        """Undoes the use that this very grant stands for; another use stays."""
        self._session.run(_RETURN_TICKET, reservation_id, direction, token)

    def forget_uses(self, reservation_id: ReservationId) -> None:
        """The car comes back: its ticket may be used once more in each direction."""
        self._session.run(_FORGET_USES, reservation_id)

    def grant(self, token: GrantToken) -> GrantRecord | None:
        """The grant with this token."""
        row = self._session.one(_GRANT, token)
        return None if row is None else _record(row)

    def close_grant(
        self, token: GrantToken, *, state: Literal["passed", "void"], why: str, at: datetime
    ) -> GrantRecord | None:
        """Ends an open grant and returns it as it ended; None when it is not open any more."""
        cursor = self._session.run(_CLOSE_GRANT, state, why, to_epoch(at), token)
        return self.grant(token) if cursor.rowcount == 1 else None

    def of_reservation(
        self, reservation_id: ReservationId, direction: PassageDirection
    ) -> tuple[GrantRecord, ...]:
        """Every grant that a reservation had in this direction, oldest first."""
        return tuple(map(_record, self._session.run(_OF_RESERVATION, reservation_id, direction)))

    def open_grants(self) -> tuple[GrantRecord, ...]:
        """The grants that are open, oldest first."""
        return tuple(map(_record, self._session.run(_OPEN_GRANTS)))

    def void_since(self, at: datetime) -> tuple[GrantRecord, ...]:
        """Grants that ended since although their cars may have passed, oldest first."""
        return tuple(map(_record, self._session.run(_VOID_SINCE, to_epoch(at))))

    def lock(self, lane: LaneName, *, reason: str, at: datetime) -> None:
        """The lane takes no ticket from now on, whatever becomes of the program."""
        self._session.run(_LOCK, lane, reason, to_epoch(at))

    def unlock(self, lane: LaneName) -> None:
        """The lane takes tickets again; nothing when it was not locked."""
        self._session.run(_UNLOCK, lane)

    def locks(self) -> dict[LaneName, str]:
        """The locked lanes, each with its reason."""
        return {LaneName(row[0]): row[1] for row in self._session.run(_LOCKS)}


def _record(row: Any) -> GrantRecord:
    return GrantRecord(
        token=row[0],
        lane=row[1],
        direction=row[2],
        reservation_id=row[3],
        attendant_id=row[4],
        reason=row[5],
        state=row[6],
        granted_at=from_epoch(row[7]),
        ended_at=instant(row[8]),
        why=row[9],
    )
