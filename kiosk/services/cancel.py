"""Cancels a reservation for its driver: what that gives back is shown before the yes.

How much goes back is a rule of the domain (cancellation.py); the money moves in ending.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.cancellation import kept_fee
from kiosk.domain.life_outcomes import CancellationPriced
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Cancelled, LaneBusy, ReservationEnded
from kiosk.domain.reservation import Event, Reservation, State
from kiosk.services.ending import end_reservation, has_had_its_stay
from kiosk.services.events import SiteChanged
from kiosk.services.reserve import give_space_back

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.services.commands import CancelAnswer, CancelReservation
    from kiosk.services.core import Core
    from kiosk.services.life_commands import PriceCancellation


def price_cancellation(
    core: Core, command: PriceCancellation
) -> CancellationPriced | ReservationEnded:
    """What cancelling at this instant gives back; nothing is written."""
    with core.store.reading() as tx:
        reservation = _reservation(tx, command.reservation_id)
        if reservation.state is State.PENDING:
            zero = Money.zero(core.site.currency)
            return CancellationPriced(refund=zero, kept=zero)
        if not _waits_to_begin(tx, reservation):
            return ReservationEnded(reservation.state)
        return _priced(core, reservation)


def cancel_reservation(core: Core, command: CancelReservation) -> CancelAnswer:
    """Give a reservation back: the space is idle again and its tickets open nothing.

    LaneBusy while its car stands under the arm of the entrance.
    """
    with core.store.transaction() as tx:
        reservation = _reservation(tx, command.reservation_id)
        if reservation.state is State.PENDING:
            give_space_back(core, tx, reservation.id, actor=command.actor)
            refund = None
        else:
            if command.agreed_refund is None or not _waits_to_begin(tx, reservation):
                return ReservationEnded(reservation.state)
            if any(grant.reservation_id == reservation.id for grant in tx.lanes.open_grants()):
                return LaneBusy()
            priced = _priced(core, reservation)
            agreed = command.agreed_refund
            if agreed.currency != priced.refund.currency or priced.refund < agreed:
                return priced  # an edge was passed while the driver was reading
            refund = end_reservation(
                core,
                tx,
                reservation,
                event=Event.DRIVER_CANCELLED,
                fee=priced.kept,
                kind="cancellation",
            )
            core.audit(
                tx,
                actor=command.actor,
                action="reservation.cancelled",
                detail=str(refund.minor),
                reservation_id=reservation.id,
            )
    core.publish(SiteChanged())
    return Cancelled(refund)


def _reservation(tx: Tx, reservation_id: ReservationId) -> Reservation:
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None, "a screen cancels only what it was shown"
    return reservation


def _waits_to_begin(tx: Tx, reservation: Reservation) -> bool:
    """Paid, and its car has never been inside: one that came back has had its stay."""
    return reservation.state is State.CONFIRMED and not has_had_its_stay(tx, reservation)


def _priced(core: Core, reservation: Reservation) -> CancellationPriced:
    kept = kept_fee(reservation, at=core.clock.now(), rules=core.site.rules)
    return CancellationPriced(refund=reservation.quote - kept, kept=kept)
