"""Ends a paid reservation that never became a stay: a fee is shared out, the rest goes back.

Who decides that it ends, and how much is kept, stands in housekeeping.py, cancel.py and moves.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.reservation import DueKind, Event, Reservation, State
from kiosk.domain.settlement import settle, share_transfers, split
from kiosk.services import bills, refunds
from kiosk.services.authorisations import post_authorised
from kiosk.services.chargebacks import meet_losses
from kiosk.services.library import renew_around
from kiosk.services.owners import shared_at
from kiosk.services.passing_on import passed_on

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.ledger import Transfer
    from kiosk.services.commands import Actor
    from kiosk.services.core import Core


def end_reservation(
    core: Core, tx: Tx, reservation: Reservation, *, event: Event, fee: Money, kind: str
) -> Money:
    """Apply the event, keep the fee, give the rest of escrow back; what goes back.

    `kind` names the journal ("no-show", "cancellation" ...). The space is free again, a change
    that waited to be paid is forgotten, and no ticket of the reservation opens anything.
    """
    currency, now = core.site.currency, core.clock.now()
    settled_before = tx.ledger.settled(reservation.id, currency)
    held = bills.held_for(core, tx, reservation.id)
    # Where an authorisation is over, nobody pays more for not coming than is still there.
    fee = min(fee, settled_before.total + held)
    settlement = settle(
        shares=split(fee, reservation.split_terms), settled_before=settled_before, escrow=held
    )
    key = f"{kind}:{reservation.id}"
    zero = Money.zero(currency)
    to_share = settlement.to_share.total
    need = max(to_share - bills.in_escrow(core, tx, reservation.id), zero)
    post_authorised(core, tx, reservation.id, need, key=key)
    rest = bills.in_escrow(core, tx, reservation.id) - to_share
    parts = refunds.refund_parts(tx, reservation.id, rest)
    transfers: tuple[Transfer, ...] = (
        *share_transfers(reservation.id, shared_at(tx, reservation, settlement.to_share)),
        *refunds.parts_transfers(reservation.id, parts),
    )
    transfers += passed_on(tx, reservation, transfers, back=parts)
    if transfers:
        tx.ledger.post(Journal(key, kind, transfers, reservation.id), now)
    refunds.queue_refunds(core, tx, reservation.id, parts, key=key)
    meet_losses(core, tx, reservation, key=key)
    tx.reservations.apply(reservation.id, event)
    tx.dues.drop(reservation.id, *DueKind)
    tx.tickets.revoke(reservation.id, why=event.value, at=now)
    free_space(core, tx, reservation)
    return settlement.refund


def stay_away(core: Core, tx: Tx, reservation: Reservation, *, actor: Actor) -> None:
    """The car was let in again and did not drive in: it left when it left, and owes nothing."""
    tx.reservations.apply(reservation.id, Event.STAYED_AWAY)
    tx.dues.drop(reservation.id, DueKind.START_MISSED)
    free_space(core, tx, reservation)
    core.audit(tx, actor=actor, action="car.stayed_away", reservation_id=reservation.id)


def has_had_its_stay(tx: Tx, reservation: Reservation) -> bool:
    """Whether it waits only for a car that was let in again after its stay was settled."""
    is_waiting = reservation.state is State.CONFIRMED
    return is_waiting and tx.reservations.stay(reservation.id) is not None


def free_space(core: Core, tx: Tx, reservation: Reservation) -> None:
    """The space of a reservation that has ended, and what its change had kept, are idle again."""
    forget_change(core, tx, reservation.id)
    renew_around(core, tx, reservation.space_id, reservation.window)


def forget_change(core: Core, tx: Tx, reservation_id: ReservationId) -> bool:
    """What a change had kept until it is paid is idle again; False when there is none.

    A payment for it that is under way goes back when it succeeds (providers.py).
    """
    tx.dues.drop(reservation_id, DueKind.CHANGE_RUNS_OUT)
    change = tx.changes.get(reservation_id)
    if change is None:
        return False
    tx.changes.drop(reservation_id)
    renew_around(core, tx, change.space_id, change.window)
    return True
