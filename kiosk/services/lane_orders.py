"""What an attendant orders of a lane besides opening it: close, stop, hold, lock, reset.

A lock is a decision of a person about who may come: it is written down, and outlives the program
until somebody unlocks the lane. A hold ends with the program: a start raises no arm and keeps
none up, and the audit says that it was ordered. What the barrier does belongs to the lane.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from hardware.errors import CommandDropped
from kiosk.domain.lane_orders import REASONED, LaneOrder, LaneOrdered, NotWired, OrderRefused
from kiosk.domain.outcomes import LaneBusy, LaneReset, NotSignedIn, ReasonMissing
from kiosk.services.events import SiteChanged

if TYPE_CHECKING:
    from hardware.lane_control import LaneControl
    from kiosk.domain.ids import LaneName
    from kiosk.services.commands import Actor, LaneOrderAnswer, OrderLane, ResetLane
    from kiosk.services.core import Core

_ACTIONS = {
    LaneOrder.OPEN: "barrier.ordered",
    LaneOrder.CLOSE: "lane.close_ordered",
    LaneOrder.STOP: "lane.stop_ordered",
    LaneOrder.HOLD: "lane.hold_ordered",
    LaneOrder.RELEASE: "lane.release_ordered",
    LaneOrder.LOCK: "lane.locked",
    LaneOrder.UNLOCK: "lane.unlocked",
    LaneOrder.RESET: "lane.reset",
}
"""As in the audit table; opening by hand writes its own (desk.py)."""


def order_lane(core: Core, command: OrderLane) -> LaneOrderAnswer:
    """Give a lane an order under the attendant's name; written before the lane hears of it."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    order, reason, status = command.order, command.reason.strip(), core.lanes[command.lane].status
    assert order not in {LaneOrder.OPEN, LaneOrder.RESET}, "those have commands of their own"
    if order in REASONED and not reason:
        return ReasonMissing()
    if not status.wiring.has(order):
        return NotWired()
    obstacle = status.obstacle_to(order)
    if obstacle is not None:
        return OrderRefused(obstacle)
    if not _give(core, command.lane, order, actor=command.actor, reason=reason):
        return LaneBusy()
    return LaneOrdered(command.lane, order)


def reset_lane(
    core: Core, command: ResetLane
) -> LaneReset | OrderRefused | LaneBusy | NotSignedIn:
    """Let a lane in fault, stopped or up for a fire start again after somebody has looked.

    Refused while a fire is reported, and while the lane's board does not answer.
    """
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    obstacle = core.lanes[command.lane].status.obstacle_to(LaneOrder.RESET)
    if obstacle is not None:
        return OrderRefused(obstacle)
    if not _give(core, command.lane, LaneOrder.RESET, actor=command.actor, reason=""):
        return LaneBusy()
    return LaneReset(command.lane)


def lock_again(core: Core) -> None:
    """After a start, when the lanes are wired: those that were locked are locked."""
    with core.store.reading() as tx:
        locks = tx.lanes.locks()
    for lane in locks.keys() & core.lanes.keys():
        control = core.lanes[lane].control
        assert control is not None, "asked once the lanes are wired"
        control.lock()


def _give(core: Core, lane: LaneName, order: LaneOrder, *, actor: Actor, reason: str) -> bool:
    """Write the order and hand it over; False when the lane took none, which is written too."""
    control = core.lanes[lane].control
    assert control is not None, "a lane whose devices are not wired is blind or was never locked"
    with core.store.transaction() as tx:
        before = tx.lanes.locks().get(lane)
        if order is LaneOrder.LOCK:
            tx.lanes.lock(lane, reason=reason, at=core.clock.now())
        elif order is LaneOrder.UNLOCK:
            tx.lanes.unlock(lane)
        core.audit(tx, actor=actor, action=_ACTIONS[order], detail=reason, lane=lane)
    try:
        _tell(control, order)
    except CommandDropped:
        with core.store.transaction() as tx:
            if order is LaneOrder.LOCK and before is None:
                tx.lanes.unlock(lane)
            elif order is LaneOrder.UNLOCK and before is not None:
                tx.lanes.lock(lane, reason=before, at=core.clock.now())
            core.audit(tx, actor=actor, action="lane.order_dropped", detail=order.value, lane=lane)
        return False
    core.publish(SiteChanged())
    return True


def _tell(control: LaneControl, order: LaneOrder) -> None:
    match order:
        case LaneOrder.CLOSE:
            control.attendant_close()
        case LaneOrder.STOP:
            control.attendant_stop()
        case LaneOrder.HOLD:
            control.attendant_hold()
        case LaneOrder.RELEASE:
            control.attendant_release()
        case LaneOrder.LOCK:
            control.lock()
        case LaneOrder.UNLOCK:
            control.unlock()
        case LaneOrder.RESET:
            control.reset()
        case LaneOrder.OPEN:
            raise AssertionError("opening has a grant (desk.py)")
        case _:
            assert_never(order)
