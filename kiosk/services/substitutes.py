"""A driver comes and finds the space occupied: another one as good, or the money back.

Taking another space is moves.py; what a displaced driver is owed, displace.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.errors import Overlap
from kiosk.domain.life_outcomes import (
    AskAttendant,
    Displaced,
    Moved,
    MoveRefused,
    NoSubstitute,
    SubstitutesFound,
)
from kiosk.domain.outcomes import ReservationEnded, SpaceJustTaken
from kiosk.domain.reservation import Reservation, State
from kiosk.domain.space import best_fit_first, is_as_good, misfit
from kiosk.services import limits
from kiosk.services.displace import blame, displace, late_car_on
from kiosk.services.events import SiteChanged
from kiosk.services.moves import is_inside, move, reserved_space, still_needed

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import AttendantId
    from kiosk.domain.space import Space
    from kiosk.domain.time import Window
    from kiosk.services.core import Core
    from kiosk.services.life_commands import AcceptDisplacement, FindSubstitutes, TakeSubstitute


def find_substitutes(
    core: Core, command: FindSubstitutes
) -> SubstitutesFound | NoSubstitute | AskAttendant | ReservationEnded:
    """Spaces as good as the reserved one that are idle for the rest of the window, best first."""
    with core.store.reading() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "a screen asks only for what it was shown"
        now = core.clock.now()
        problem = _problem(core, tx, reservation, command.attendant_id, now=now)
        if problem is not None:
            return problem
        return _found(core, tx, reservation, now=now) or NoSubstitute(reservation.id)


def take_substitute(
    core: Core, command: TakeSubstitute
) -> Moved | SpaceJustTaken | MoveRefused | AskAttendant | ReservationEnded:
    """Move to the chosen space, when it is still idle; ticket and price stay."""
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "a screen asks only for what it was shown"
        now = core.clock.now()
        problem = _problem(core, tx, reservation, command.attendant_id, now=now)
        if problem is not None:
            return problem
        space = tx.library.space(command.space_id)
        had, needs = reserved_space(tx, reservation), reservation.needs
        if space.id == reservation.space_id or not is_as_good(space, had, needs):
            return MoveRefused(space, misfit(space, needs))
        window = _still_needed(reservation, now=now)
        idle = tx.library.gap_around(space.id, window, now=now, ahead=core.site.rules.reseat_ahead)
        if idle is None:
            return SpaceJustTaken()
        late = late_car_on(core, tx, reservation)
        try:
            moved = move(
                core, tx, reservation, space.id, why="space occupied", actor=command.actor
            )
        except Overlap:
            return SpaceJustTaken()
        if late is not None:
            blame(core, tx, reservation.id, by=late)
    core.publish(SiteChanged())
    return moved


def accept_displacement(
    core: Core, command: AcceptDisplacement
) -> Displaced | SubstitutesFound | AskAttendant | ReservationEnded:
    """There is no space for this driver: all money goes back, or the stay costs nothing."""
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "a screen asks only for what it was shown"
        now = core.clock.now()
        problem = _problem(core, tx, reservation, command.attendant_id, now=now)
        if problem is not None:
            return problem
        found = _found(core, tx, reservation, now=now)
        if found is not None:
            return found
        late = late_car_on(core, tx, reservation)
        displaced = displace(core, tx, reservation, by=late, actor=command.actor)
    core.publish(SiteChanged())
    return displaced


def _problem(
    core: Core,
    tx: Tx,
    reservation: Reservation,
    attendant_id: AttendantId | None,
    *,
    now: datetime,
) -> AskAttendant | ReservationEnded | None:
    """Why nothing is given in place of this space now.

    A driver's word alone would otherwise turn a cheap space into a dear one, a late
    cancellation into a free one, and a long stay into none, whenever the site is full.
    """
    stay = tx.reservations.stay(reservation.id)
    if reservation.state not in {State.CONFIRMED, State.ARRIVED}:
        return ReservationEnded(reservation.state)
    if stay is not None and stay.is_displaced:
        return ReservationEnded(reservation.state)  # it leaves at no cost as it is
    if now >= reservation.window.until:
        return AskAttendant(reservation.id)
    if reservation.state is State.CONFIRMED and is_inside(tx, reservation):
        return AskAttendant(reservation.id)  # the arm is up: its stay begins in a moment
    if attendant_id is not None and attendant_id in core.signed_in:
        return None
    if reservation.state is State.CONFIRMED:
        is_arrival = now >= reservation.window.from_ - core.site.rules.early_entry
    else:
        assert stay is not None, "a car inside has a stay"
        entered_at = stay.re_entered_at or stay.entered_at
        is_arrival = now <= entered_at + timedelta(seconds=limits.ARRIVAL_LASTS_S)
    return None if is_arrival else AskAttendant(reservation.id)


def _found(
    core: Core, tx: Tx, reservation: Reservation, *, now: datetime
) -> SubstitutesFound | None:
    own = tx.library.space(reservation.space_id)
    had = reserved_space(tx, reservation)
    window = _still_needed(reservation, now=now)
    ahead = core.site.rules.reseat_ahead
    idle = [
        found
        for area in tx.library.areas()
        for found in tx.library.idle_spaces(area.id, window, now=now, ahead=ahead)
        if is_as_good(found.space, had, reservation.needs)
    ]
    best_first = best_fit_first(idle, wanted=window, minimum_stay=core.site.rules.minimum_stay)
    spaces: list[Space] = [found.space for found in best_first]
    spaces.sort(key=lambda space: space.area_id != own.area_id)
    return SubstitutesFound(reservation.id, own, tuple(spaces)) if spaces else None


def _still_needed(reservation: Reservation, *, now: datetime) -> Window:
    window = still_needed(reservation, now=now)
    assert window is not None, "the booked end is asked for before"
    return window
