"""A space is out of order: whoever had reserved it is re-seated before anyone arrives.

A car that stands on it is not touched. Choosing other spaces is reseat.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.life_outcomes import Reseated, SpaceClosed, SpaceReopened, WindowInThePast
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing
from kiosk.domain.time import Window
from kiosk.services import limits
from kiosk.services.displace import displace
from kiosk.services.events import SiteChanged
from kiosk.services.library import renew_around
from kiosk.services.moves import forget_changes_on, not_come_yet
from kiosk.services.reseat import reseat

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import SpaceId
    from kiosk.services.core import Core
    from kiosk.services.life_commands import CloseSpace, ReopenSpace


def close_space(
    core: Core, command: CloseSpace
) -> SpaceClosed | WindowInThePast | ReasonMissing | NotSignedIn:
    """From now until an instant nobody gets the space; who had it gets another or the money."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    reason, now = command.reason.strip(), core.clock.now()
    if not reason:
        return ReasonMissing()
    if command.until <= now:
        return WindowInThePast(now)
    window = Window(now, command.until)
    with core.store.transaction() as tx:
        space = tx.library.space(command.space_id)
        tx.library.close_space(space.id, window, reason=reason)
        forget_changes_on(core, tx, space.id, window)
        renew_within_horizon(core, tx, space.id, window)
        affected = not_come_yet(tx, space.id, window)
        reseating = reseat(core, tx, affected, why="space out of order", actor=command.actor)
        displaced = tuple(
            displace(core, tx, each, by=None, actor=command.actor) for each in reseating.left_over
        )
        core.audit(
            tx, actor=command.actor, action="space.closed", detail=f"{space.label}: {reason}"
        )
    core.publish(SiteChanged())
    return SpaceClosed(space, window, Reseated(reseating.moved, displaced))


def reopen_space(core: Core, command: ReopenSpace) -> SpaceReopened | NotSignedIn:
    """The space is in order again; who was moved away stays where he is."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    now = core.clock.now()
    with core.store.transaction() as tx:
        space = tx.library.space(command.space_id)
        closed = tx.library.closures(space.id, after=now)
        tx.library.reopen_space(space.id, at=now)
        for window, _ in closed:
            renew_within_horizon(core, tx, space.id, window)
        core.audit(tx, actor=command.actor, action="space.reopened", detail=space.label)
    core.publish(SiteChanged())
    return SpaceReopened(space)


def renew_within_horizon(core: Core, tx: Tx, space_id: SpaceId, window: Window) -> None:
    """Derive gaps anew for a window that can end long after the last day that has gaps."""
    horizon = core.clock.now() + timedelta(days=limits.GAP_HORIZON_DAYS)
    if window.from_ < horizon:
        renew_around(core, tx, space_id, Window(window.from_, min(window.until, horizon)))
