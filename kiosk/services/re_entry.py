"""A car comes back within the time of re-entry: its reservation goes on, on a space that is idle.

Whether it is soon enough stands in enter.py; that the stay goes on, in passages.py; what it
costs, in bills.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.reservation import DueKind, Event
from kiosk.domain.space import best_fit_first, is_as_good
from kiosk.domain.time import Window
from kiosk.services.library import renew_around

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.reservation import Reservation
    from kiosk.domain.space import Space
    from kiosk.services.core import Core


def space_to_return_to(core: Core, tx: Tx, reservation: Reservation) -> Space | None:
    """The space it had, else the best fit of those as good, idle up to the booked end."""
    now = core.clock.now()
    if now >= reservation.window.until:
        return None
    rest = Window(now, reservation.window.until)
    own = tx.library.space(reservation.space_id)
    if _is_free(tx, own, reservation.window, rest):
        return own
    areas = sorted(tx.library.areas(), key=lambda area: area.id != own.area_id)
    for area in areas:
        idle = best_fit_first(
            tx.library.idle_spaces(area.id, rest, now=now, ahead=core.site.rules.reseat_ahead),
            wanted=rest,
            minimum_stay=core.site.rules.minimum_stay,
        )
        for found in idle:
            is_good = is_as_good(found.space, own, reservation.needs)
            if is_good and _is_free(tx, found.space, reservation.window, rest):
                return found.space
    return None


def _is_free(tx: Tx, space: Space, booked: Window, rest: Window) -> bool:
    """Whether nobody needs the space for the rest, nor still has it from earlier.

    The owner's notice and shortest stay bound the reservation when it was made.
    """
    return (
        any(gap.covers(rest) for gap in tx.library.gaps(space.id, rest))
        and not tx.reservations.of_space(space.id, booked)
        and tx.reservations.standing_on(space.id, at=rest.from_) is None
    )


def come_back(core: Core, tx: Tx, reservation: Reservation, *, to: Space) -> None:
    """The reservation is confirmed again on this space, and its ticket good for another round.

    Who does not drive in after all has left for good when the time to come is over.
    """
    now = core.clock.now()
    if to.id != reservation.space_id:
        # Before the state: a space that is taken must not meet a live reservation.
        tx.reservations.set_space(reservation.id, to.id, split_terms_id=None)
        tx.audit.note_terms(reservation.id, at=now)
        tx.changes.add_move(
            reservation.id,
            from_space_id=reservation.space_id,
            to_space_id=to.id,
            at=now,
            why="re-entry",
        )
    tx.reservations.apply(reservation.id, Event.CAME_BACK)
    renew_around(core, tx, to.id, reservation.window)
    missed_at = now + core.site.rules.no_show_after
    tx.dues.put(reservation.id, DueKind.START_MISSED, missed_at)
    tx.lanes.forget_uses(reservation.id)
