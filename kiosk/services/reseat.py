"""Gives other spaces to reservations that lost theirs, all of them at once and before they come.

The choice is the domain's (seating.py), each move is moves.py. Who has lost a space is known in
closures.py, recall.py and wrong_space.py; behind a car that stays too long it is found here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from db.errors import Overlap
from kiosk.domain.ids import SpaceId
from kiosk.domain.life_outcomes import Moved
from kiosk.domain.offer import LONGEST_WINDOW
from kiosk.domain.reservation import DueKind, Reservation
from kiosk.domain.search import TermedGap
from kiosk.domain.seating import Seat, Seating, Unseated, seat
from kiosk.domain.space import CarNeeds, Space, is_as_good
from kiosk.domain.time import Window
from kiosk.services import limits
from kiosk.services.displace import displace
from kiosk.services.ending import forget_change
from kiosk.services.moves import (
    is_elsewhere,
    is_inside,
    move,
    not_come_yet,
    reserved_space,
    still_needed,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.services.commands import Actor
    from kiosk.services.core import Core

_OTHER_AREA = 4
"""Another area is tried after every space of the same one, whatever else a space has."""
_LEFT_UNSEEN = 8
"""The space of a car that stands elsewhere comes last: somebody unknown may stand there."""


@dataclass(frozen=True, slots=True)
class Reseating:
    """Who has another space now, and who could be given none, in order of preference."""

    moved: tuple[Moved, ...]
    left_over: tuple[Reservation, ...]


@dataclass(frozen=True, slots=True)
class _Terms:
    """On which terms of its owner a gap can be had."""

    notice: timedelta
    shortest: timedelta
    longest: timedelta

    @classmethod
    def of(cls, gap: TermedGap) -> _Terms:
        return cls(gap.notice, gap.shortest, gap.longest)

    def admit(self, window: Window, *, now: datetime) -> bool:
        is_in_time = window.from_ - now >= self.notice
        return is_in_time and self.shortest <= window.duration <= self.longest


@dataclass(frozen=True, slots=True)
class _Wish:
    """All that decides which spaces fit a reservation: what its car needs, what it had, and
    which of the site's few terms admit its window."""

    needs: CarNeeds
    had: Space
    admitting: frozenset[_Terms]


def reseat(
    core: Core, tx: Tx, affected: Sequence[Reservation], *, why: str, actor: Actor
) -> Reseating:
    """Move whoever can be moved to a space that is as good; nobody who can be seated is left."""
    for each in affected:
        forget_change(core, tx, each.id)
    seating = plan(core, tx, affected)
    by_id = {each.id: each for each in affected}
    moved: list[Moved] = []
    left_over = [by_id[reservation_id] for reservation_id in seating.left_over]
    for found in seating.moves:
        reservation = by_id[found.reservation_id]
        try:
            moved.append(move(core, tx, reservation, found.space_id, why=why, actor=actor))
        except Overlap:
            # Somebody whose time is over has not been written off there yet: it is not free.
            left_over.append(reservation)
    return Reseating(tuple(moved), tuple(left_over))


def plan(
    core: Core,
    tx: Tx,
    affected: Sequence[Reservation],
    *,
    becoming_idle: Reservation | None = None,
) -> Seating:
    """Who could be moved where; nothing is written.

    The spaces of the affected are lost to all of them. `becoming_idle` leaves its own space
    to them, as if it were idle already.
    """
    now, rules = core.clock.now(), core.site.rules
    if not affected:
        return Seating((), ())
    needed: dict[ReservationId, Window] = {}
    for each in affected:
        window = still_needed(each, now=now)
        assert window is not None, "nobody needs a space after the booked end"
        needed[each.id] = window
    lost = {each.space_id for each in affected}
    span = Window(
        min(window.from_ for window in needed.values()),
        max(window.until for window in needed.values()),
    )
    gaps = _gaps(core, tx, span, lost=lost, becoming_idle=becoming_idle)
    terms = {gap.space_id: _Terms.of(gap) for gap in gaps}
    kinds = frozenset(terms.values())
    near = {tx.library.space(space_id).area_id for space_id in lost}

    def fits(wish: _Wish, space_id: SpaceId) -> bool:
        return terms[space_id] in wish.admitting and is_as_good(
            tx.library.space(space_id), wish.had, wish.needs
        )

    def as_seat(gap: TermedGap) -> Seat:
        space = tx.library.space(gap.space_id)
        scarcity = 2 * space.is_accessible + space.has_charger
        if space.area_id not in near:
            scarcity += _OTHER_AREA
        if becoming_idle is not None and space.id == becoming_idle.space_id:
            scarcity += _LEFT_UNSEEN
        return Seat(space.id, gap.gap, space.rank, scarcity)

    def as_unseated(reservation: Reservation) -> Unseated[_Wish]:
        window = needed[reservation.id]
        admitting = frozenset(each for each in kinds if each.admit(window, now=now))
        wish = _Wish(reservation.needs, reserved_space(tx, reservation), admitting)
        return Unseated(reservation.id, window, wish)

    return seat(
        map(as_unseated, affected),
        map(as_seat, gaps),
        fits=fits,
        buffer=rules.buffer,
        minimum_stay=rules.minimum_stay,
    )


def make_room_behind(core: Core, tx: Tx, late_id: ReservationId, *, actor: Actor) -> None:
    """The booked end of a stay has come: whoever has its space next gets another one.

    Until the car has left it is looked at again every few minutes. Who can be given no other
    space keeps this one until its start, because the car may still go; then the site has failed.
    """
    now, rules = core.clock.now(), core.site.rules
    late = tx.reservations.get(late_id)
    assert late is not None, "its stay has begun"
    if not is_inside(tx, late) or is_elsewhere(tx, late):
        tx.dues.drop(late_id, DueKind.STAY_RUNS_LATE)
        return
    # Since its end, not since now: after a power cut even a window that is over was promised.
    span = Window(late.window.until, now + rules.reseat_ahead)
    affected = not_come_yet(tx, late.space_id, span)
    waiting = [each for each in affected if each.window.until > now]
    reseating = reseat(core, tx, waiting, why="a car stays too long", actor=actor)
    look_again = now + timedelta(seconds=limits.LATE_STAY_LOOK_EVERY_S)
    for each in (*reseating.left_over, *(each for each in affected if each not in waiting)):
        if each.window.from_ <= now:
            displace(core, tx, each, by=late, actor=actor)
        else:
            look_again = min(look_again, each.window.from_)
    tx.dues.put(late_id, DueKind.STAY_RUNS_LATE, look_again)


def _gaps(
    core: Core,
    tx: Tx,
    span: Window,
    *,
    lost: Collection[SpaceId],
    becoming_idle: Reservation | None,
) -> list[TermedGap]:
    """The idle gaps of all other spaces; where a car stands too long they begin later.

    How much later is how far ahead whoever comes next is re-seated: what begins after that is
    as good there as what was reserved.
    """
    now = core.clock.now()
    gaps = [
        gap
        for area in tx.library.areas()
        for gap in tx.library.area_gaps(area.id, span)
        if gap.space_id not in lost
    ]
    if becoming_idle is not None:
        own_id = becoming_idle.space_id
        gaps = [gap for gap in gaps if gap.space_id != own_id]
        gaps += _gaps_without(core, tx, becoming_idle, span)
    ahead = core.site.rules.reseat_ahead
    standing = tx.library.standing(Window(now, span.until), now=now, ahead=ahead)
    kept: list[TermedGap] = []
    for gap in gaps:
        from_ = max(gap.gap.from_, now + ahead) if gap.space_id in standing else gap.gap.from_
        if from_ < gap.gap.until:
            kept.append(replace(gap, gap=Window(from_, gap.gap.until)))
    return kept


def _gaps_without(
    core: Core, tx: Tx, reservation: Reservation, span: Window
) -> tuple[TermedGap, ...]:
    """The gaps that the space of a reservation would have without it."""
    offer = tx.library.offer_in_force(reservation.space_id)
    if offer is None:
        return ()
    idle = tx.library.idle_without(
        reservation.space_id,
        span,
        but=reservation.id,
        zone=core.site.zone,
        buffer=core.site.rules.buffer,
    )
    terms = offer.terms
    shortest, longest = terms.shortest or timedelta(), terms.longest or LONGEST_WINDOW
    return tuple(
        TermedGap(reservation.space_id, gap, terms.notice, shortest, longest) for gap in idle
    )
