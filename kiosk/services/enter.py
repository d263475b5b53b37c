"""The entrance: a paid ticket opens it once, within its window.

The ticket's use and the grant are committed before the barrier is asked (present.py); the stay
begins only when the lane reports the passage (lane_control.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.outcomes import (
    Granted,
    LaneBusy,
    LaneOutOfOrder,
    NoCarInLane,
    TicketEarly,
    TicketExpired,
    TicketUnknown,
    TicketUsed,
)
from kiosk.domain.reservation import State
from kiosk.services.grants import lane_problem

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import LaneName
    from kiosk.domain.reservation import Reservation
    from kiosk.services.core import Core

EntryOutcome = (
    Granted
    | TicketUnknown
    | TicketEarly
    | TicketExpired
    | TicketUsed
    | LaneBusy
    | LaneOutOfOrder
    | NoCarInLane
)


def present_at_entry(
    core: Core, tx: Tx, reservation: Reservation, *, lane: LaneName, presented_at: datetime
) -> EntryOutcome:
    """A genuine ticket was scanned at the entrance: grant one passage, or say why not."""
    rules, window = core.site.rules, reservation.window
    if reservation.state is State.PENDING:
        return TicketUnknown()
    stay = tx.reservations.stay(reservation.id)
    if stay is not None:
        return TicketUsed(stay.entered_at)
    if reservation.state is State.NO_SHOW:
        return TicketExpired(min(window.from_ + rules.no_show_after, window.until))
    if reservation.state is not State.CONFIRMED or presented_at >= window.until:
        return TicketExpired(window.until)
    if presented_at < window.from_ - rules.early_entry:
        return TicketEarly(window.from_ - rules.early_entry)
    problem = lane_problem(core, tx, lane)
    if problem is not None:
        return problem
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
    space = tx.library.space(reservation.space_id)
    return Granted(token, reservation.id, tx.library.area(space.area_id), space, window)
