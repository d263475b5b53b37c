"""Keeps the table of idle gaps in step with the offers: rolled forward daily."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.ids import SpaceId
from kiosk.services import limits

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.services.core import Core


def rebuild_space(core: Core, tx: Tx, space_id: SpaceId) -> None:
    """Derive one space's idle gaps anew from its offers and live reservations.

    Yesterday is included, because an offer that started then may run over midnight.
    """
    today = core.clock.now().astimezone(core.site.zone).date()
    tx.library.rebuild_gaps(
        space_id,
        zone=core.site.zone,
        from_day=today - timedelta(days=1),
        days=limits.GAP_HORIZON_DAYS + 1,
        buffer=core.site.rules.buffer,
    )


def roll_forward(core: Core, tx: Tx, *, most: int) -> int:
    """Extend the gaps of at most so many spaces whose horizon has come near; how many it were.

    A few at a time, because the work thread has other things to do (limits.py).
    """
    near = core.clock.now() + timedelta(days=limits.GAP_HORIZON_DAYS - 1)
    behind = tx.library.spaces_behind(near, most=most)
    for space_id in behind:
        rebuild_space(core, tx, space_id)
    return len(behind)
