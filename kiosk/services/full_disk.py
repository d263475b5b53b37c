"""An attendant lets cars out though nothing can be written: the order goes to the arm alone.

It stands in the log at once, and in the record of acts as soon as there is room again.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from hardware.errors import CommandDropped
from kiosk.domain.errors import StoreFull
from kiosk.domain.outcomes import BarrierOrdered, LaneBusy
from kiosk.services.events import SiteChanged
from kiosk.services.unwritten import UnwrittenOrder

if TYPE_CHECKING:
    from kiosk.services.commands import OpenBarrier
    from kiosk.services.core import Core

_log = logging.getLogger(__name__)


def open_unwritten(core: Core, command: OpenBarrier) -> BarrierOrdered | LaneBusy:
    """Raise the arm by hand without a grant in the database; nothing is settled by it."""
    lane, reason = core.lanes[command.lane], command.reason.strip()
    assert lane.control is not None, "a lane that is not blind is wired"
    token = core.new_token()
    try:
        lane.control.attendant_open(token, reason)
    except CommandDropped:
        return LaneBusy()
    core.unwritten.append(UnwrittenOrder(command, core.clock.now()))
    _log.warning(
        "full_disk.opened_by_hand who=%s lane=%s stay=%s why=%s",
        command.actor.name,
        lane.name,
        command.reservation_id,
        reason,
    )
    core.publish(SiteChanged())
    return BarrierOrdered(token, lane.name)


def write_down(core: Core) -> None:
    """Write what could not be written before; nothing while there is still no room."""
    if not core.unwritten:
        return
    try:
        with core.store.transaction() as tx:
            for order in core.unwritten:
                command = order.command
                tx.audit.write(
                    at=order.at,
                    actor_kind=command.actor.kind.value,
                    actor_name=command.actor.name,
                    action="barrier.ordered",
                    detail=f"{command.reason.strip()} (disk full)",
                    lane=command.lane,
                    reservation_id=command.reservation_id,
                )
    except StoreFull:
        return
    core.unwritten.clear()
