"""The entrance: a paid ticket opens it once, within its window, and again soon after leaving.

The ticket's use and the grant are committed before the barrier is asked (present.py); the stay
begins only when the lane reports the passage (lane_control.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.outcomes import (
    CarInside,
    Granted,
    LaneBusy,
    LaneOutOfOrder,
    NoCarInLane,
    TicketEarly,
    TicketExpired,
    TicketUsed,
)
from kiosk.domain.reservation import State
from kiosk.services.grants import lane_problem
from kiosk.services.re_entry import come_back, space_to_return_to

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import LaneName
    from kiosk.domain.reservation import Reservation
    from kiosk.domain.stay import Stay
    from kiosk.services.core import Core

EntryProblem = TicketEarly | TicketExpired | TicketUsed | CarInside
EntryOutcome = Granted | EntryProblem | LaneBusy | LaneOutOfOrder | NoCarInLane


def present_at_entry(
    core: Core, tx: Tx, reservation: Reservation, *, lane: LaneName, presented_at: datetime
) -> EntryOutcome:
    """A good ticket was presented at the entrance: grant one passage, or say why not."""
    stay = tx.reservations.stay(reservation.id)
    problem = _ticket_problem(core, reservation, stay, presented_at) or _passed_back(
        tx, reservation
    )
    if problem is not None:
        return problem
    lane_is = lane_problem(core, tx, lane)
    if lane_is is not None:
        return lane_is
    space_id = reservation.space_id
    if reservation.state is State.LEFT:
        assert stay is not None
        assert stay.left_at is not None
        space = space_to_return_to(core, tx, reservation)
        if space is None:
            return TicketExpired(stay.left_at)
        space_id = space.id
        come_back(core, tx, reservation, to=space)
    now, token = core.clock.now(), core.new_token()
    used_at = tx.lanes.use_ticket(reservation.id, "entry", token=token, at=now)
    if used_at is not None:
        return TicketUsed(used_at)
    is_open = tx.lanes.open_grant(
        token=token,
        lane=lane,
        direction="entry",
        reservation_id=reservation.id,
        attendant_id=None,
        reason=None,
        at=now,
    )
    assert is_open, "the lane was asked before"
    space = tx.library.space(space_id)
    area = tx.library.area(space.area_id)
    return Granted(token, reservation.id, area, space, reservation.window)


def _ticket_problem(
    core: Core, reservation: Reservation, stay: Stay | None, presented_at: datetime
) -> TicketEarly | TicketExpired | TicketUsed | None:
    """Why this ticket does not open the entrance now, whoever is inside."""
    rules, window = core.site.rules, reservation.window
    match reservation.state:
        case State.CONFIRMED:
            if presented_at >= window.until:
                return TicketExpired(window.until)
            opens_at = window.from_ - rules.early_entry
            return TicketEarly(opens_at) if presented_at < opens_at else None
        case State.NO_SHOW:
            return TicketExpired(min(window.from_ + rules.no_show_after, window.until))
        case State.LEFT if stay is not None and _may_return(core, reservation, stay, presented_at):
            return None
    if stay is not None:
        return TicketUsed(stay.re_entered_at or stay.entered_at)
    return TicketExpired(window.until)


def _may_return(core: Core, reservation: Reservation, stay: Stay, presented_at: datetime) -> bool:
    """Whether it is time for a re-entry; a displaced car has its money back, and no right."""
    assert stay.left_at is not None
    is_soon = presented_at - stay.left_at <= core.site.rules.re_entry
    return is_soon and presented_at < reservation.window.until and not stay.is_displaced


def _passed_back(tx: Tx, reservation: Reservation) -> CarInside | None:
    """The same car is inside, or being let in, with another ticket (anti-passback)."""
    plate = tx.reservations.plate_of(reservation.id)
    inside = tx.reservations.inside_for_vehicle(tx.reservations.vehicle_id_for(plate))
    if inside is not None and inside != reservation.id:
        stay = tx.reservations.stay(inside)
        assert stay is not None, "who is inside has come in"
        return CarInside(stay.re_entered_at or stay.entered_at)
    for grant in tx.lanes.open_grants():
        other = grant.reservation_id
        if grant.direction != "entry" or other is None or other == reservation.id:
            continue
        if tx.reservations.plate_of(other) == plate:
            return CarInside(grant.granted_at)
    return None
