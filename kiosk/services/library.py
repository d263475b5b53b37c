"""Keeps the table of idle gaps in step with the offers: rolled forward daily."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.ids import SpaceId
from kiosk.domain.time import Window
from kiosk.services import limits

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.services.core import Core


def renew_around(core: Core, tx: Tx, space_id: SpaceId, window: Window) -> None:
    """Derive a space's idle gaps anew where a commitment came, went or changed its window."""
    buffer = core.site.rules.buffer
    tx.library.renew_gaps(space_id, window.widened(buffer), zone=core.site.zone, buffer=buffer)


def renew_space(core: Core, tx: Tx, space_id: SpaceId) -> None:
    """Derive all idle gaps of a space anew, after its offer has changed.

    From yesterday on, because nobody can reserve what is before that.
    """
    now = core.clock.now()
    until = now + timedelta(days=limits.GAP_HORIZON_DAYS)
    _build(core, tx, space_id, Window(now - timedelta(days=1), until))


def _build(core: Core, tx: Tx, space_id: SpaceId, span: Window) -> None:
    tx.library.renew_gaps(space_id, span, zone=core.site.zone, buffer=core.site.rules.buffer)
    tx.library.set_horizon(space_id, span.until)


def roll_forward(core: Core, tx: Tx, *, most: int) -> int:
    """Extend the gaps of at most so many spaces whose horizon has come near; how many it were.

    A few at a time, because the work thread has other things to do (limits.py).
    """
    near = core.clock.now() + timedelta(days=limits.GAP_HORIZON_DAYS - 1)
    now = core.clock.now()
    until = now + timedelta(days=limits.GAP_HORIZON_DAYS)
    behind = tx.library.spaces_behind(near, most=most)
    for space_id, built_until in behind:
        tx.library.forget_gaps(space_id, before=now - timedelta(days=1))
        from_ = max(built_until or now, now) - timedelta(days=1)
        _build(core, tx, space_id, Window(from_, until))
    return len(behind)
