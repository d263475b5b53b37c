"""Grants between the commit and the barrier: can a lane take one, handing it over, its end.

A grant is written before the barrier is asked and ends in exactly one of: a passage, or its
right given back. Nothing here repeats an order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.errors import CommandDropped
from kiosk.domain.outcomes import LaneBusy, LaneOutOfOrder, NoCarInLane
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.events import GrantReturned, SiteChanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records import GrantRecord
    from db.store import Tx
    from kiosk.domain.evidence import Fact
    from kiosk.domain.ids import GrantToken, LaneName
    from kiosk.services.core import Core

LaneProblem = LaneBusy | LaneOutOfOrder | NoCarInLane
SITE_FAILED = frozenset(
    {
        "io_lost",
        "restart",
        "blind",
        "fault",
        "open_timeout",
        "not_taken",
        "fire",
        "stopped",
        "held",
        "locked",
        "loop_suspect",
    }
)
"""Ends of a grant that are no driver's doing."""


def lane_problem(core: Core, tx: Tx, lane: LaneName) -> LaneProblem | None:
    """Why nothing may be settled or granted in this lane now.

    Where the arm is held open a ticket still counts: the lane ends its grant at once, its right
    goes back, and an attendant says whether the car has passed. Without a car before the barrier
    nothing is settled: a driver on foot would free a space on which the car still stands.
    """
    status = core.lanes[lane].status
    if not status.is_in_order:
        return LaneOutOfOrder()
    if any(grant.lane == lane for grant in tx.lanes.open_grants()):
        return LaneBusy()
    if not status.is_car_there:
        return NoCarInLane()
    return None


def raise_arm(core: Core, lane: LaneName, token: GrantToken) -> None:
    """Hand a committed grant to its barrier; a lane that takes none gives the right back."""
    control = core.lanes[lane].control
    assert control is not None, "a lane in order is wired"
    try:
        control.grant(token)
    except CommandDropped:
        # The screens hear the answer first, and then that its right is back.
        core.post(lambda: return_grant(core, token, "not_taken"))


def return_grant(
    core: Core, token: GrantToken, why: str, *, evidence: Sequence[Fact] = ()
) -> GrantRecord | None:
    """End an open grant without a passage and give its right back; None when it was over.

    `evidence` is what the lane saw and did meanwhile.
    """
    with core.store.transaction() as tx:
        grant = void_grant(core, tx, token, why=why, evidence=evidence)
    if grant is not None:
        core.publish(GrantReturned(grant.lane, grant.reservation_id, why))
        core.publish(SiteChanged())
    return grant


def void_grant(
    core: Core, tx: Tx, token: GrantToken, *, why: str, evidence: Sequence[Fact] = ()
) -> GrantRecord | None:
    """The same within a transaction of the caller, who then tells of it; None: it was over."""
    grant = tx.lanes.close_grant(token, state="void", why=why, at=core.clock.now())
    if grant is None:
        return None
    if grant.reservation_id is not None:
        tx.lanes.return_ticket(grant.reservation_id, grant.direction, token)
    for fact in evidence:
        tx.audit.note(grant.reservation_id, fact, at=core.clock.now())
    core.audit(
        tx,
        actor=Actor(ActorKind.DEVICE, grant.lane),
        action="grant.returned",
        detail=why,
        lane=grant.lane,
        reservation_id=grant.reservation_id,
    )
    return grant
