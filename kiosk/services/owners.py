"""Which owners have how much of a reservation, by the books, and whose space it was at a time.

How an amount is divided among them: domain/owners_part.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.journals import COMPENSATION
from kiosk.domain.owners_part import parts_of_owners, shared_on

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import OwnerId, ReservationId
    from kiosk.domain.owners_part import OwnersPart
    from kiosk.domain.reservation import Reservation
    from kiosk.domain.settlement import Shared, Shares


def owners_of(tx: Tx, reservation_id: ReservationId) -> tuple[OwnersPart, ...]:
    """Who has got how much of a reservation, and given of it since; who came first is first."""
    rows = tx.ledger.transfers_of(reservation_id)
    return parts_of_owners(
        reservation_id, (row.transfer for row in rows if row.journal_kind != COMPENSATION)
    )


def owner_at(tx: Tx, reservation: Reservation, at: datetime | None = None) -> OwnerId:
    """The owner of the space that a reservation had at a time; None: has now."""
    moves = () if at is None else tx.changes.moves(reservation.id)
    later = (move.from_space_id for move in moves if at is not None and move.at > at)
    return tx.library.space(next(later, reservation.space_id)).owner_id


def shared_at(
    tx: Tx, reservation: Reservation, shares: Shares, at: datetime | None = None
) -> Shared:
    """What is settled for the space of now, or paid later of what was settled at a time."""
    parts = owners_of(tx, reservation.id) if shares.owner.minor < 0 else ()
    return shared_on(parts, shares, of_now=owner_at(tx, reservation, at))
