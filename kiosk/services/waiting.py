"""Rings the desk for a driver who stands at an exit with something due and gets nowhere.

Whatever the reason is: nobody waits longer than a minute without a person (docs/money.md).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.outcomes import Bill
from kiosk.services import leave, limits
from kiosk.services.bills import bill_now
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.events import DriverWaits

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.services.core import Core, Lane

_CLOCK = Actor(ActorKind.CLOCK, "waiting")


def ring_for_waiting(core: Core) -> None:
    """Ring once for each lane whose driver was told so long ago what is still due."""
    patience = timedelta(seconds=limits.PERSON_WITHIN_S)
    for lane in core.lanes.values():
        asked, asked_at = lane.asked, lane.asked_at
        if asked is None or asked_at is None or core.clock.now() < asked_at + patience:
            continue
        lane.asked_at = None
        with core.store.transaction() as tx:
            if not _is_waiting(core, tx, lane, asked):
                lane.asked = None
                continue
            core.audit(tx, actor=_CLOCK, action="desk.rung", lane=lane.name, reservation_id=asked)
        core.publish(DriverWaits(lane.name))


def _is_waiting(core: Core, tx: Tx, lane: Lane, asked: ReservationId) -> bool:
    """Whether that driver is still before the barrier, and has not paid."""
    stay, reservation = tx.reservations.stay(asked), tx.reservations.get(asked)
    assert reservation is not None, "a ticket was read"
    if stay is None or stay.left_at is not None or not lane.status.is_car_there:
        return False
    bill = bill_now(core, tx, reservation, presented_at=leave.frozen_at(core, tx, reservation))
    return isinstance(bill, Bill) and bool(bill.due)
