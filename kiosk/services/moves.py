"""The same reservation on another space: window, ticket, tariff and quote stay as they were.

Who is moved, and to which space, is decided in substitutes.py, wrong_space.py and reseat.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.life_outcomes import Moved
from kiosk.domain.reservation import Event, Reservation, State
from kiosk.domain.time import Window
from kiosk.services.ending import forget_change
from kiosk.services.library import renew_around

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import ReservationId, SpaceId
    from kiosk.domain.space import Space
    from kiosk.services.commands import Actor
    from kiosk.services.core import Core

WRONG_SPACE = "wrong space taken"
CHANGED = "changed"
"""By the driver, who wanted another space or time."""
CHOSEN = (WRONG_SPACE, CHANGED)
"""The moves whose space the driver chose: by its class later moves are measured."""


def move(
    core: Core,
    tx: Tx,
    reservation: Reservation,
    to_space_id: SpaceId,
    *,
    why: str,
    actor: Actor,
) -> Moved:
    """Give a reservation another space, whose owner has the share of it from now on.

    Raises Overlap, with nothing written, when the space is kept for somebody else. Whether it
    is idle and fits is asked before. A change that waits to be paid was worked out for the
    space of before: it is forgotten. What was settled before the move (a car that came back)
    was divided once and stays divided so.
    """
    from_space = tx.library.space(reservation.space_id)
    to_space = tx.library.space(to_space_id)
    was_divided = bool(tx.ledger.receipts_of(reservation.id))
    split_terms_id = None if was_divided else tx.library.terms_for(to_space_id).split_terms_id
    tx.reservations.set_space(reservation.id, to_space_id, split_terms_id=split_terms_id)
    tx.audit.note_terms(reservation.id, at=core.clock.now())
    tx.reservations.apply(reservation.id, Event.MOVED)
    tx.changes.add_move(
        reservation.id,
        from_space_id=from_space.id,
        to_space_id=to_space_id,
        at=core.clock.now(),
        why=why,
    )
    forget_change(core, tx, reservation.id)
    renew_around(core, tx, from_space.id, reservation.window)
    renew_around(core, tx, to_space_id, reservation.window)
    core.audit(
        tx,
        actor=actor,
        action="reservation.moved",
        detail=f"{from_space.label} -> {to_space.label}: {why}",
        reservation_id=reservation.id,
    )
    return moved_from(core, tx, reservation.id, from_space)


def moved_from(core: Core, tx: Tx, reservation_id: ReservationId, space: Space) -> Moved:
    """What a driver is told of a move from a space."""
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None, "it was there a moment ago"
    return Moved(core.ticket_of(tx, reservation), space, reservation.quote)


def forget_changes_on(core: Core, tx: Tx, space_id: SpaceId, window: Window) -> None:
    """Forget the changes that waited to be paid and kept a space which cannot be had any more."""
    for reservation_id in tx.changes.on_space(space_id, window):
        forget_change(core, tx, reservation_id)


def still_needed(reservation: Reservation, *, now: datetime) -> Window | None:
    """For what time a space is still needed: not for what is over; None after the booked end."""
    window = reservation.window
    return Window(max(window.from_, now), window.until) if now < window.until else None


def is_inside(tx: Tx, reservation: Reservation) -> bool:
    """Whether the car is inside, or under the arm of an entrance on its way to its space."""
    if reservation.state is not State.CONFIRMED:
        return reservation.state in {State.ARRIVED, State.SETTLED}
    return any(grant.reservation_id == reservation.id for grant in tx.lanes.open_grants())


def is_elsewhere(tx: Tx, car: Reservation) -> bool:
    """Whether the site had no space for a car that is inside, not even its own one."""
    stay = tx.reservations.stay(car.id)
    return stay is not None and stay.is_displaced


def not_come_yet(tx: Tx, space_id: SpaceId, span: Window) -> tuple[Reservation, ...]:
    """The reservations of a space within a span whose cars can still be sent elsewhere."""
    live = tx.reservations.of_space(space_id, span)
    return tuple(each for each in live if not is_inside(tx, each))


def reserved_space(tx: Tx, reservation: Reservation) -> Space:
    """The space that the driver chose: by its class substitutes are measured.

    Who was once given a better one than that is not owed the better one again.
    """
    space_id = reservation.space_id
    for each in reversed(tx.changes.moves(reservation.id)):
        if each.to_space_id != space_id or each.why in CHOSEN:
            break
        space_id = each.from_space_id
    return tx.library.space(space_id)
