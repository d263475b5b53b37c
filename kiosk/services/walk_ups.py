"""The spaces of an area that are kept for drivers who come without a reservation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import AreaId, ReservationId
    from kiosk.domain.site import Rules
    from kiosk.domain.time import Window

_WHOLE_BP = 10_000


def is_kept_for_walk_ups(
    rules: Rules,
    tx: Tx,
    area_id: AreaId,
    window: Window,
    *,
    made_at: datetime,
    but: ReservationId | None = None,
) -> bool:
    """Whether no further reservation for later may have a space of the area in this window.

    A window that begins when it is made is a walk-up's: all spaces are for those.
    `but` is a reservation that would be changed, and is not counted (parking.md, walk-up quota).
    """
    if window.from_ <= made_at:
        return False
    spaces = tx.library.space_count(area_id)
    kept = spaces * rules.walk_up_quota_bp // _WHOLE_BP
    return tx.changes.count_for_later(area_id, window, but=but) >= spaces - kept
