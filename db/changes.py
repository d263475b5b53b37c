# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Changes that wait to be paid, moves to other spaces, and who displaced whom."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from db.conditions import live
from db.records import MoveRecord
from kiosk.domain.ids import AreaId, ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.reservation import PendingChange
from kiosk.domain.time import Window, from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_PUT = """INSERT INTO change(reservation_id, space_id, t0, t1, quote_minor, tariff_id,
split_terms_id, pay_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_DROP = "DELETE FROM change WHERE reservation_id = ?"
_GET = """SELECT c.reservation_id, c.space_id, c.t0, c.t1, c.quote_minor, r.currency, c.tariff_id,
c.split_terms_id, c.pay_until FROM change c JOIN reservation r ON r.id = c.reservation_id
WHERE c.reservation_id = ?"""
_ON_SPACE = """SELECT reservation_id FROM change WHERE space_id = ? AND t0 < ? AND t1 > ?
ORDER BY reservation_id"""
_ADD_MOVE = (
    "INSERT INTO move(reservation_id, from_space_id, to_space_id, at, why) VALUES (?, ?, ?, ?, ?)"
)
_MOVES = """SELECT reservation_id, from_space_id, to_space_id, at, why FROM move
WHERE reservation_id = ? ORDER BY id"""

_TERM_IDS = "SELECT tariff_id, split_terms_id FROM reservation WHERE id = ?"
# Live rows of a space never overlap: of those that began before, only the last can reach in.
_LATER_COUNT = f"""SELECT count(*) FROM space s WHERE s.area_id = :area AND (EXISTS (
SELECT 1 FROM reservation r WHERE r.space_id = s.id AND r.id IS NOT :but
AND {live("r.state")} AND r.t0 < :until AND r.t1 > :from
AND r.t0 >= coalesce((SELECT max(p.t0) FROM reservation p WHERE p.space_id = s.id
AND {live("p.state")} AND p.t0 <= :from), 0)
AND r.t0 > r.created_at)
OR EXISTS (SELECT 1 FROM change c JOIN reservation k ON k.id = c.reservation_id
WHERE c.space_id = s.id AND k.id IS NOT :but AND c.t0 > k.created_at
AND c.t0 < :until AND c.t1 > :from))"""


class Changes:
    """What becomes of a reservation besides its states."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, change: PendingChange) -> None:
        """Keep a change until it is paid; a reservation has one at most."""
        self._session.run(
            _PUT,
            change.reservation_id,
            change.space_id,
            to_epoch(change.window.from_),
            to_epoch(change.window.until),
            change.quote.minor,
            change.tariff_id,
            change.split_terms_id,
            to_epoch(change.pay_until),
        )

    def drop(self, reservation_id: ReservationId) -> None:
        """Forget a pending change: it was paid, ran out or was given up."""
        self._session.run(_DROP, reservation_id)

    def get(self, reservation_id: ReservationId) -> PendingChange | None:
        """The pending change of a reservation."""
        row = self._session.one(_GET, reservation_id)
        if row is None:
            return None
        return PendingChange(
            reservation_id=row[0],
            space_id=row[1],
            window=Window(from_epoch(row[2]), from_epoch(row[3])),
            quote=Money(row[4], row[5]),
            tariff_id=row[6],
            split_terms_id=row[7],
            pay_until=from_epoch(row[8]),
        )

    def on_space(self, space_id: SpaceId, span: Window) -> tuple[ReservationId, ...]:
        """Whose pending changes keep a space at some instant of the span."""
        rows = self._session.run(_ON_SPACE, space_id, to_epoch(span.until), to_epoch(span.from_))
        return tuple(ReservationId(row[0]) for row in rows)

    def term_ids(self, reservation_id: ReservationId) -> tuple[int, int]:
        """The tariff and the split terms that were frozen into a reservation, as stored."""
        tariff_id, split_terms_id = self._session.one(_TERM_IDS, reservation_id)
        return tariff_id, split_terms_id

    def count_for_later(
        self, area_id: AreaId, window: Window, *, but: ReservationId | None = None
    ) -> int:
        """How many spaces of an area reservations for later have within a window.

        A change that waits to be paid has its space already; `but` is not counted, for a
        change of that very reservation.
        """
        values = {
            "area": area_id,
            "but": but,
            "from": to_epoch(window.from_),
            "until": to_epoch(window.until),
        }
        return int(self._session.run_named(_LATER_COUNT, values).fetchone()[0])

    def add_move(
        self,
        reservation_id: ReservationId,
        *,
        from_space_id: SpaceId,
        to_space_id: SpaceId,
        at: datetime,
        why: str,
    ) -> None:
        """Write down that a reservation got another space."""
        self._session.run(_ADD_MOVE, reservation_id, from_space_id, to_space_id, to_epoch(at), why)

    def moves(self, reservation_id: ReservationId) -> tuple[MoveRecord, ...]:
        """Every space that a reservation was moved from and to, first move first."""
        return tuple(
            MoveRecord(
                reservation_id=row[0],
                from_space_id=row[1],
                to_space_id=row[2],
                at=from_epoch(row[3]),
                why=row[4],
            )
            for row in self._session.run(_MOVES, reservation_id)
        )
