"""Keeps a space for a driver until the deposit is paid, and gives it back when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.outcomes import (
    Cancelled,
    PlateHasReservation,
    PlateRefused,
    ReservationEnded,
    Reserved,
    SpaceJustTaken,
)
from kiosk.domain.pricing.charge import quote_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.reservation import DueKind, Event, State
from kiosk.domain.search_outcomes import WindowNotPriced, WindowRefused
from kiosk.domain.ticket import SHORT_CODE_LENGTH
from kiosk.services import limits
from kiosk.services.bills import has_used_free
from kiosk.services.events import SiteChanged
from kiosk.services.find_space import wanted_window
from kiosk.services.library import renew_around

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.services.commands import Actor, CancelReservation, Reserve
    from kiosk.services.core import Core

ReserveOutcome = (
    Reserved
    | SpaceJustTaken
    | PlateRefused
    | PlateHasReservation
    | WindowRefused
    | WindowNotPriced
)


def reserve(core: Core, command: Reserve) -> ReserveOutcome:
    """Keep the space from now on: its idle gap is consumed and the reservation written at once."""
    plate = "".join(command.plate.split()).upper()
    if not 0 < len(plate) <= limits.PLATE_LONGEST_SIGNS:
        return PlateRefused(limits.PLATE_LONGEST_SIGNS)
    window = wanted_window(core, command.duration_minutes)
    if isinstance(window, WindowRefused):
        return window
    rules, now = core.site.rules, core.clock.now()
    with core.store.transaction() as tx:
        vehicle_id = tx.reservations.vehicle_id_for(plate)
        paid = tx.reservations.paid_for_vehicle(vehicle_id, window, at=now)
        if paid is not None:
            return PlateHasReservation(paid)
        space = tx.library.space(command.space_id)
        tariff = tx.library.terms_for(space.id).tariff
        is_free_used = has_used_free(tx, tariff, vehicle_id=vehicle_id, at=now)
        quote = quote_for(tariff, window, is_free_used=is_free_used)
        if not isinstance(quote, Charge):
            return WindowNotPriced(tx.library.area(space.area_id), quote)
        for older in tx.reservations.pending_for_vehicle(vehicle_id):
            _give_space_back(core, tx, older, actor=command.actor)  # one car, one space
        gap = tx.library.gap_around(space.id, window, now=now)
        if gap is None:
            return SpaceJustTaken()
        tx.library.take_gap(space.id, window, now=now, buffer=rules.buffer)
        pay_until = now + rules.pending
        reservation_id = tx.reservations.add(
            space_id=space.id,
            vehicle_id=vehicle_id,
            window=window,
            quote=quote.total,
            pay_until=pay_until,
            short_code=core.random_code(SHORT_CODE_LENGTH),
            created_at=now,
        )
        tx.dues.put(reservation_id, DueKind.PENDING_RUNS_OUT, pay_until)
        core.audit(
            tx,
            actor=command.actor,
            action="reservation.made",
            reservation_id=reservation_id,
        )
        outcome = Reserved(
            reservation_id=reservation_id,
            area=tx.library.area(space.area_id),
            space=space,
            window=window,
            plate=plate,
            quote=quote,
            leave_by=gap.until,
            pay_until=pay_until,
            free_until=window.until + rules.late_grace,
        )
    core.publish(SiteChanged())
    return outcome


def cancel_reservation(core: Core, command: CancelReservation) -> Cancelled | ReservationEnded:
    """Give a pending reservation back; once it is paid this is not the way any more."""
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "a screen cancels only what it reserved"
        if reservation.state is not State.PENDING:
            return ReservationEnded(reservation.state)
        _give_space_back(core, tx, reservation.id, actor=command.actor)
    core.publish(SiteChanged())
    return Cancelled()


def _give_space_back(core: Core, tx: Tx, reservation_id: ReservationId, *, actor: Actor) -> None:
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None, "it was pending a moment ago"
    tx.reservations.apply(reservation_id, Event.DRIVER_CANCELLED)
    tx.dues.drop(reservation_id, DueKind.PENDING_RUNS_OUT)
    renew_around(core, tx, reservation.space_id, reservation.window)
    core.audit(tx, actor=actor, action="reservation.cancelled", reservation_id=reservation_id)
