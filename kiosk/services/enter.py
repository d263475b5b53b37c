"""The entrance: a paid ticket opens it once, within its window.

The ticket's use and the grant are committed before the barrier is asked; the stay begins
only when the lane reports the passage (lane_control.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.outcomes import (
    Granted,
    LaneBusy,
    LaneOutOfOrder,
    TicketEarly,
    TicketExpired,
    TicketUnknown,
    TicketUsed,
)
from kiosk.domain.reservation import State
from kiosk.services.leave import lane_problem

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.ids import LaneName, ReservationId
    from kiosk.services.core import Core

EntryOutcome = (
    Granted | TicketUnknown | TicketEarly | TicketExpired | TicketUsed | LaneBusy | LaneOutOfOrder
)


def present_at_entry(
    core: Core, *, lane: LaneName, reservation_id: ReservationId, presented_at: datetime
) -> EntryOutcome:
    """A genuine ticket was scanned at the entrance: grant one passage, or say why not."""
    rules = core.site.rules
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(reservation_id)
        if reservation is None or reservation.state is State.PENDING:
            return TicketUnknown()
        stay = tx.reservations.stay(reservation_id)
        if stay is not None:
            return TicketUsed(stay.entered_at)
        window = reservation.window
        if reservation.state is not State.CONFIRMED or presented_at >= window.until:
            return TicketExpired(window.until)
        if presented_at < window.from_ - rules.early_entry:
            return TicketEarly(window.from_ - rules.early_entry)
        problem = lane_problem(core, tx, lane)
        if problem is not None:
            return problem
        now, token = core.clock.now(), core.new_token()
        used_at = tx.lanes.use_ticket(reservation_id, "entry", token=token, at=now)
        if used_at is not None:
            return TicketUsed(used_at)
        is_open = tx.lanes.open_grant(
            token=token,
            lane=lane,
            direction="entry",
            reservation_id=reservation_id,
            attendant_id=None,
            reason=None,
            at=now,
        )
        assert is_open, "the lane was asked before"
        space = tx.library.space(reservation.space_id)
        outcome = Granted(
            token, reservation_id, tx.library.area(space.area_id), space, reservation.window
        )
    control = core.lanes[lane].control
    assert control is not None
    control.grant(token)
    return outcome
