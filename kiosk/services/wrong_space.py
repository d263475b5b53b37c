"""A car stands on another space than the reserved one: accepted where that can be had.

An attendant must have seen it, for the stay is priced anew. Whoever had reserved that space is
re-seated first (reseat.py), on the space that comes free too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import Overlap
from kiosk.domain.life_outcomes import Moved, MoveRefused
from kiosk.domain.outcomes import NotSignedIn, ReservationEnded
from kiosk.domain.pricing.charge import quote_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.reservation import Reservation, State
from kiosk.domain.space import misfit
from kiosk.services.bills import is_free_used
from kiosk.services.ending import forget_change
from kiosk.services.events import SiteChanged
from kiosk.services.library import renew_around
from kiosk.services.moves import (
    WRONG_SPACE,
    forget_changes_on,
    move,
    moved_from,
    not_come_yet,
    still_needed,
)
from kiosk.services.reseat import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.store import Tx
    from kiosk.domain.ids import SpaceId
    from kiosk.domain.space import Space
    from kiosk.domain.time import Window
    from kiosk.services.commands import Actor
    from kiosk.services.core import Core
    from kiosk.services.life_commands import ReportWrongSpace


_MADE_ROOM = "made room for a car inside"


class _NotToBeHad(Exception):
    """The space is not shared, or not free for the stay: whatever was moved already is not."""


def report_wrong_space(
    core: Core, command: ReportWrongSpace
) -> Moved | MoveRefused | ReservationEnded | NotSignedIn:
    """Let the car stand where it stands, at that space's price; else nothing is changed."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    try:
        with core.store.transaction() as tx:
            reservation = tx.reservations.get(command.reservation_id)
            assert reservation is not None, "the desk moves only what it lists"
            stay = tx.reservations.stay(reservation.id)
            space = tx.library.space(command.space_id)
            if reservation.state is not State.ARRIVED or stay is None or stay.is_displaced:
                return ReservationEnded(reservation.state)
            why = misfit(space, reservation.needs)
            window = still_needed(reservation, now=core.clock.now())
            if why is not None or window is None or space.id == reservation.space_id:
                return MoveRefused(space, why)
            moved = _take(core, tx, reservation, space, window=window, actor=command.actor)
    except (_NotToBeHad, Overlap):
        return MoveRefused(space, None)
    core.publish(SiteChanged())
    return moved


def _take(
    core: Core, tx: Tx, reservation: Reservation, space: Space, *, window: Window, actor: Actor
) -> Moved:
    """Others make room, the car gets the space, and who was to have the free one gets it."""
    if tx.reservations.inside_on(space.id):
        raise _NotToBeHad
    forget_change(core, tx, reservation.id)
    around = window.widened(core.site.rules.buffer)
    forget_changes_on(core, tx, space.id, around)
    others = {
        each.id: each
        for each in not_come_yet(tx, space.id, around)
        if still_needed(each, now=core.clock.now()) is not None
    }
    for other_id in others:
        forget_change(core, tx, other_id)
    seating = plan(core, tx, tuple(others.values()), becoming_idle=reservation)
    changing_places: list[Reservation] = []
    for found in seating.moves:
        other = others[found.reservation_id]
        if found.space_id == reservation.space_id:
            changing_places.append(other)
        else:
            move(core, tx, other, found.space_id, why=_MADE_ROOM, actor=actor)
    _step_aside(core, tx, changing_places, but=(space.id, reservation.space_id))
    # Whoever could not be seated elsewhere is in the way still. The owner's notice and shortest
    # stay are not: they bound the reservation when it was made, and this car stands there.
    if not any(gap.covers(window) for gap in tx.library.gaps(space.id, window)):
        raise _NotToBeHad
    move(core, tx, reservation, space.id, why=WRONG_SPACE, actor=actor)
    _reprice(core, tx, reservation, space, actor=actor)
    for other in changing_places:
        move(core, tx, other, reservation.space_id, why=_MADE_ROOM, actor=actor)
    return moved_from(core, tx, reservation.id, tx.library.space(reservation.space_id))


def _step_aside(
    core: Core, tx: Tx, changing_places: Sequence[Reservation], *, but: tuple[SpaceId, SpaceId]
) -> None:
    """Leave a space within the transaction, so that two can change places.

    At no instant may two live reservations of a space overlap: one of them stands for a moment
    on any third space where nobody is expected, shared or not.
    """
    if not changing_places:
        return
    aside = next(
        (
            space.id
            for space in tx.library.spaces()
            if space.id not in but
            and not any(
                tx.reservations.of_space(space.id, each.window) for each in changing_places
            )
        ),
        None,
    )
    if aside is None:
        raise _NotToBeHad
    for each in changing_places:
        tx.reservations.set_space(each.id, aside, split_terms_id=None)
        tx.audit.note_terms(each.id, at=core.clock.now())
        renew_around(core, tx, each.space_id, each.window)


def _reprice(core: Core, tx: Tx, reservation: Reservation, space: Space, *, actor: Actor) -> None:
    """The booked window costs what it costs there; the exit settles the difference.

    Not for a stay that was settled before (its receipts rest on the tariff of then) nor for
    one that has the terms of another reservation.
    """
    if reservation.linked_to is not None or tx.ledger.receipts_of(reservation.id):
        return
    stay = tx.reservations.stay(reservation.id)
    assert stay is not None, "the car is inside"
    terms = tx.library.terms_for(space.id)
    vehicle_id = tx.reservations.vehicle_id_for(tx.reservations.plate_of(reservation.id))
    had_free = is_free_used(core, tx, terms.tariff, vehicle_id=vehicle_id, at=stay.entered_at)
    quote = quote_for(terms.tariff, reservation.window, is_free_used=had_free)
    if not isinstance(quote, Charge):
        raise _NotToBeHad
    tx.reservations.set_price(
        reservation.id,
        quote=quote.total,
        tariff_id=terms.tariff_id,
        split_terms_id=terms.split_terms_id,
    )
    tx.audit.note_terms(reservation.id, at=core.clock.now())
    if quote.total != reservation.quote:
        core.audit(
            tx,
            actor=actor,
            action="reservation.repriced",
            detail=f"{reservation.quote.minor} -> {quote.total.minor}",
            reservation_id=reservation.id,
        )
