"""Whose window, quote and tariff a stay is priced by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.reservation import Reservation


def terms_of(tx: Tx, reservation: Reservation) -> Reservation:
    """Its own, or those of the reservation that it is linked to."""
    if reservation.linked_to is None:
        return reservation
    linked = tx.reservations.get(reservation.linked_to)
    assert linked is not None, "the schema keeps what is linked"
    return linked
