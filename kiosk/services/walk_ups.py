"""The spaces of an area that are kept for drivers who come without a reservation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import AreaId, ReservationId
    from kiosk.domain.time import Window
    from kiosk.services.core import Core

_WHOLE_BP = 10_000


def is_kept_for_walk_ups(
    core: Core,
    tx: Tx,
    area_id: AreaId,
    window: Window,
    *,
    but: ReservationId | None = None,
    made_at: datetime | None = None,
) -> bool:
    """Whether no further reservation for later may have a space of the area in this window.

    A window that begins when it is made (None: now) is a walk-up's: all spaces are for those.
    `but` is a reservation that would be changed, and is not counted (parking.md, walk-up quota).
    """
    if window.from_ <= (core.clock.now() if made_at is None else made_at):
        return False
    spaces = tx.library.space_count(area_id)
    kept = spaces * core.site.rules.walk_up_quota_bp // _WHOLE_BP
    return tx.changes.count_for_later(area_id, window, but=but) >= spaces - kept
