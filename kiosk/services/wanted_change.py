"""Which change of a reservation can be had, and what it costs; nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.life_outcomes import CarDoesNotFit, ChangeProblem, ChangeRefused, WalkUpsOnly
from kiosk.domain.offer import USUAL_TERMS
from kiosk.domain.outcomes import PlateHasReservation
from kiosk.domain.pricing.charge import quote_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.reservation import DueKind, PendingChange, Reservation, State
from kiosk.domain.search_outcomes import WindowNotPriced
from kiosk.domain.space import misfit
from kiosk.domain.time import Window, without
from kiosk.services.authorisations import latest_change
from kiosk.services.bills import is_free_used
from kiosk.services.commands import WindowProblem
from kiosk.services.ending import has_had_its_stay
from kiosk.services.moves import is_inside
from kiosk.services.walk_ups import is_kept_for_walk_ups
from kiosk.services.windows import length_problem, window_problem

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import SpaceId
    from kiosk.domain.space import Space
    from kiosk.domain.tariff import Tariff
    from kiosk.services.core import Core


@dataclass(frozen=True, slots=True)
class WantedChange:
    """A change that can be had, with the price of its whole window."""

    change: PendingChange
    quote: Charge


Refusal = (
    ChangeRefused
    | CarDoesNotFit
    | PlateHasReservation
    | WalkUpsOnly
    | WindowNotPriced
    | WindowProblem
)


def wanted_change(
    core: Core,
    tx: Tx,
    reservation: Reservation,
    *,
    window: Window,
    space_id: SpaceId | None,
) -> WantedChange | Refusal:
    """The change that a driver wants, if rules, offer, quota and the other drivers leave room."""
    space = tx.library.space(reservation.space_id if space_id is None else space_id)
    refused = _refusal(core, tx, reservation, window, space)
    if refused is not None:
        return refused
    if space.id == reservation.space_id:
        tariff = reservation.tariff
        tariff_id, split_terms_id = tx.changes.term_ids(reservation.id)
    else:
        terms = tx.library.terms_for(space.id)
        tariff, tariff_id, split_terms_id = terms.tariff, terms.tariff_id, terms.split_terms_id
    had_free = _had_free(core, tx, reservation, tariff, window=window)
    quote = quote_for(tariff, window, is_free_used=had_free)
    if not isinstance(quote, Charge):
        return WindowNotPriced(tx.library.area(space.area_id), quote)
    taken = _taken(core, tx, reservation, window, space)
    if taken is not None:
        return taken
    change = PendingChange(
        reservation_id=reservation.id,
        space_id=space.id,
        window=window,
        quote=quote.total,
        tariff_id=tariff_id,
        split_terms_id=split_terms_id,
        pay_until=_pay_until(core, tx, reservation),
    )
    return WantedChange(change, quote)


def latest_end(core: Core, tx: Tx, reservation: Reservation) -> datetime | None:
    """How late a car inside could leave its space; the booked end when it cannot be moved on.

    None for a car that is not inside, and where rules of other windows allow less than the
    space would (the walk-up quota, a shortest stay, a tariff with time that it does not price):
    only asking can tell there.
    """
    if reservation.state is not State.ARRIVED:
        return None
    booked, space = reservation.window, tx.library.space(reservation.space_id)
    longer = Window(booked.from_, booked.until + timedelta(minutes=1))
    if change_problem(core, tx, reservation, longer, space.id) is not None:
        return booked.until
    latest = _latest_until(core, tx, reservation, space)
    if latest == booked.until:
        return latest
    window, tariff = Window(booked.from_, latest), reservation.tariff
    refused = _refusal(core, tx, reservation, window, space)
    had_free = _had_free(core, tx, reservation, tariff, window=window)
    is_priced = isinstance(quote_for(tariff, window, is_free_used=had_free), Charge)
    return latest if refused is None and is_priced else None


def change_problem(
    core: Core, tx: Tx, reservation: Reservation, window: Window, space_id: SpaceId
) -> ChangeProblem | None:
    """Why the reservation as it stands now cannot be changed so, whatever is idle."""
    stay = tx.reservations.stay(reservation.id)
    is_free_of_charge = stay is not None and stay.is_displaced
    if reservation.state not in {State.CONFIRMED, State.ARRIVED} or is_free_of_charge:
        return ChangeProblem.STATE
    if has_had_its_stay(tx, reservation):
        return ChangeProblem.STATE
    if reservation.linked_to is not None:  # priced by the window of another reservation
        return ChangeProblem.STATE
    if core.clock.now() >= reservation.window.until:
        return ChangeProblem.END_IS_OVER
    if is_inside(tx, reservation) and not _is_later_end(reservation, window, space_id):
        return ChangeProblem.ONLY_LATER_END
    return None


def _is_later_end(reservation: Reservation, window: Window, space_id: SpaceId) -> bool:
    booked = reservation.window
    return (
        space_id == reservation.space_id
        and window.from_ == booked.from_
        and window.until > booked.until
    )


def _refusal(
    core: Core, tx: Tx, reservation: Reservation, window: Window, space: Space
) -> Refusal | None:
    problem = change_problem(core, tx, reservation, window, space.id)
    if problem is not None:
        return ChangeRefused(problem)
    kept_until = latest_change(core, tx, reservation.id)
    if kept_until is not None and window.until > kept_until:
        return ChangeRefused(ChangeProblem.DEPOSIT_ENDS, kept_until)
    why = misfit(space, reservation.needs) if space.id != reservation.space_id else None
    if why is not None:
        return CarDoesNotFit(space, why)
    offer = tx.library.offer_in_force(space.id)
    terms = USUAL_TERMS if offer is None else offer.terms
    rules, now = core.site.rules, core.clock.now()
    refused = window_problem(
        rules, window, now=now, begun_at=reservation.window.from_
    ) or length_problem(rules, terms, window)
    if refused is not None:
        return refused
    for other in _other_windows(tx, reservation):
        if other.overlaps(window):
            return PlateHasReservation(other)
    is_kept = is_kept_for_walk_ups(
        rules, tx, space.area_id, window, made_at=reservation.made_at, but=reservation.id
    )
    return WalkUpsOnly(tx.library.area(space.area_id)) if is_kept else None


def _other_windows(tx: Tx, reservation: Reservation) -> tuple[Window, ...]:
    """When the same car has another space that is paid: it can stand on one alone."""
    return tuple(
        other.window
        for other in tx.reservations.of_vehicle(_vehicle_id(tx, reservation))
        if other.id != reservation.id and other.state in {State.CONFIRMED, State.ARRIVED}
    )


def _had_free(
    core: Core, tx: Tx, reservation: Reservation, tariff: Tariff, *, window: Window
) -> bool:
    stay = tx.reservations.stay(reservation.id)
    at = window.from_ if stay is None else stay.entered_at
    vehicle_id = _vehicle_id(tx, reservation)
    return is_free_used(core, tx, tariff, vehicle_id=vehicle_id, at=at)


def _vehicle_id(tx: Tx, reservation: Reservation) -> int:
    return tx.reservations.vehicle_id_for(tx.reservations.plate_of(reservation.id))


def _taken(
    core: Core, tx: Tx, reservation: Reservation, window: Window, space: Space
) -> ChangeRefused | None:
    """Refused when the time that the change adds is not all idle and offered early enough.

    What the reservation has already is its own, even if the space is not shared any more.
    """
    booked = reservation.window
    is_same_space = space.id == reservation.space_id
    added = without((window,), (booked,) if is_same_space else ())
    if _are_idle(core, tx, reservation, added, space):
        return None
    latest_until = None
    if _is_later_end(reservation, window, space.id):
        latest_until = _latest_until(core, tx, reservation, space)
    return ChangeRefused(ChangeProblem.SPACE_TAKEN, latest_until)


def _are_idle(
    core: Core, tx: Tx, reservation: Reservation, added: tuple[Window, ...], space: Space
) -> bool:
    if not added:
        return True
    if _stands_another_car(core, tx, reservation, space):
        return False
    offer = tx.library.offer_in_force(space.id)
    notice = timedelta() if offer is None else offer.terms.notice
    if notice and added[0].from_ < core.clock.now() + notice:
        return False
    idle = _idle(core, tx, reservation, Window(added[0].from_, added[-1].until), space)
    return all(any(gap.covers(part) for gap in idle) for part in added)


def _latest_until(core: Core, tx: Tx, reservation: Reservation, space: Space) -> datetime:
    """How late the end could be; the present one when it cannot be moved at all."""
    rules, booked = core.site.rules, reservation.window
    offer = tx.library.offer_in_force(space.id)
    longest = rules.longest_stay
    if offer is not None and offer.terms.longest is not None:
        longest = min(longest, offer.terms.longest)
    if reservation.tariff.maximum_stay_minutes is not None:
        longest = min(longest, timedelta(minutes=reservation.tariff.maximum_stay_minutes))
    starts = [each.from_ for each in _other_windows(tx, reservation) if each.from_ >= booked.until]
    last = min([core.clock.now() + rules.booking_ahead, booked.from_ + longest, *starts])
    last = min(last, latest_change(core, tx, reservation.id) or last)
    if last <= booked.until:
        return booked.until
    for gap in _idle(core, tx, reservation, Window(booked.until, last), space):
        if gap.from_ == booked.until and _are_idle(core, tx, reservation, (gap,), space):
            return gap.until
    return booked.until


def _idle(
    core: Core, tx: Tx, reservation: Reservation, span: Window, space: Space
) -> tuple[Window, ...]:
    return tx.library.idle_without(
        space.id,
        span,
        but=reservation.id,
        zone=core.site.zone,
        buffer=core.site.rules.buffer,
    )


def _stands_another_car(core: Core, tx: Tx, reservation: Reservation, space: Space) -> bool:
    """Whether a car stands on the space that should be gone: nobody knows for how long."""
    now = core.clock.now()
    standing = tx.reservations.standing_on(space.id, at=now)
    if standing is None or standing == reservation.id:
        return False
    other = tx.reservations.get(standing)
    assert other is not None, "it stands there"
    return other.state is State.SETTLED or other.window.until <= now


def _pay_until(core: Core, tx: Tx, reservation: Reservation) -> datetime:
    """Not longer than the reservation itself has: a missed start or its end comes first."""
    ends = [
        due.at
        for due in tx.dues.of_reservation(reservation.id)
        if due.kind in {DueKind.START_MISSED, DueKind.STAY_RUNS_LATE}
    ]
    return min([core.clock.now() + core.site.rules.pending, *ends])
