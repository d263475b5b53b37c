"""Keeps a space for a driver until the deposit is paid, and gives it back when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.life_outcomes import CarDoesNotFit, WalkUpsOnly
from kiosk.domain.outcomes import PlateHasReservation, PlateRefused, Reserved, SpaceJustTaken
from kiosk.domain.plate import plain_plate, plate_signs
from kiosk.domain.pricing.charge import quote_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.reservation import DueKind, Event
from kiosk.domain.search_outcomes import WindowNotPriced
from kiosk.domain.space import misfit
from kiosk.domain.ticket import SHORT_CODE_LENGTH
from kiosk.domain.time import Window
from kiosk.services import limits
from kiosk.services.bills import is_free_used
from kiosk.services.events import SiteChanged
from kiosk.services.library import renew_around
from kiosk.services.walk_ups import is_kept_for_walk_ups
from kiosk.services.windows import leave_by, length_problem, wanted_window

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.space import Space
    from kiosk.services.commands import Actor, Reserve, ReserveAnswer
    from kiosk.services.core import Core


def reserve(core: Core, command: Reserve) -> ReserveAnswer:
    """Keep the space from now on: its idle gap is consumed and the reservation written at once."""
    plate = plain_plate(command.plate)
    if not (
        0 < plate_signs(plate) <= limits.PLATE_LONGEST_SIGNS
        and len(plate) <= limits.PLATE_LONGEST_WITH_MARKS
    ):
        return PlateRefused(limits.PLATE_LONGEST_SIGNS)
    now = core.clock.now()
    window = wanted_window(
        core,
        command.duration_minutes,
        starts_at=command.starts_at,
        ends_by=command.ends_by,
        now=now,
    )
    if not isinstance(window, Window):
        return window
    with core.store.transaction() as tx:
        space = tx.library.space(command.space_id)
        why = misfit(space, command.needs)
        if why is not None:
            return CarDoesNotFit(space, why)
        vehicle_id = tx.reservations.vehicle_id_for(plate)
        paid = tx.reservations.paid_for_vehicle(vehicle_id, window, at=now)
        if paid is not None:
            return PlateHasReservation(paid)
        tariff = tx.library.terms_for(space.id).tariff
        had_free = is_free_used(core, tx, tariff, vehicle_id=vehicle_id, at=window.from_)
        quote = quote_for(tariff, window, is_free_used=had_free)
        if not isinstance(quote, Charge):
            return WindowNotPriced(tx.library.area(space.area_id), quote)
        for older in tx.reservations.pending_for_vehicle(vehicle_id):
            give_space_back(core, tx, older, actor=command.actor)  # one car, one space
        if is_kept_for_walk_ups(core.site.rules, tx, space.area_id, window, made_at=now):
            answer: ReserveAnswer = WalkUpsOnly(tx.library.area(space.area_id))
        else:
            answer = _keep(
                core,
                tx,
                command,
                space=space,
                window=window,
                plate=plate,
                vehicle_id=vehicle_id,
                quote=quote,
                now=now,
            )
    core.publish(SiteChanged())
    return answer


def _keep(
    core: Core,
    tx: Tx,
    command: Reserve,
    *,
    space: Space,
    window: Window,
    plate: str,
    vehicle_id: int,
    quote: Charge,
    now: datetime,
) -> ReserveAnswer:
    rules = core.site.rules
    gap = tx.library.take_gap(
        space.id, window, now=now, ahead=rules.reseat_ahead, buffer=rules.buffer
    )
    if gap is None:
        offer = tx.library.offer_in_force(space.id)
        refused = offer and length_problem(rules, offer.terms, window)
        return refused or SpaceJustTaken()
    pay_until = now + rules.pending
    reservation_id = tx.reservations.add(
        space_id=space.id,
        vehicle_id=vehicle_id,
        window=window,
        quote=quote.total,
        pay_until=pay_until,
        short_code=core.random_code(SHORT_CODE_LENGTH),
        created_at=now,
        needs=command.needs,
    )
    tx.dues.put(reservation_id, DueKind.PENDING_RUNS_OUT, pay_until)
    tx.audit.note_terms(reservation_id, at=now)
    core.audit(tx, actor=command.actor, action="reservation.made", reservation_id=reservation_id)
    return Reserved(
        reservation_id=reservation_id,
        area=tx.library.area(space.area_id),
        space=space,
        window=window,
        plate=plate,
        quote=quote,
        leave_by=leave_by(
            rules,
            gap,
            from_=window.from_,
            longest=tx.library.longest_stays().get(space.id),
            now=now,
        ),
        pay_until=pay_until,
        free_until=window.until + rules.late_grace,
    )


def give_space_back(core: Core, tx: Tx, reservation_id: ReservationId, *, actor: Actor) -> None:
    """A pending reservation is given up before it was paid: its space is idle again."""
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None, "it was pending a moment ago"
    tx.reservations.apply(reservation_id, Event.DRIVER_CANCELLED)
    tx.dues.drop(reservation_id, DueKind.PENDING_RUNS_OUT)
    renew_around(core, tx, reservation.space_id, reservation.window)
    core.audit(tx, actor=actor, action="reservation.cancelled", reservation_id=reservation_id)
