"""Changes a paid reservation: another window or space, a later end for a car that is inside.

What costs more is kept until it is paid (pay.py, providers.py); which change can be had at all
stands in wanted_change.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.records import UNFINISHED
from kiosk.domain.cancellation import kept_fee
from kiosk.domain.life_outcomes import (
    Changed,
    ChangeDropped,
    ChangeKept,
    ChangeProblem,
    ChangeRefused,
)
from kiosk.domain.money import Money
from kiosk.domain.outcomes import PaymentRunning
from kiosk.domain.reservation import DueKind, Event, PendingChange, Reservation, State
from kiosk.services import refunds
from kiosk.services.bills import in_escrow
from kiosk.services.ending import forget_change
from kiosk.services.events import SiteChanged
from kiosk.services.library import renew_around
from kiosk.services.moves import CHANGED, is_inside
from kiosk.services.paper import ticket_paper
from kiosk.services.tickets import issue_ticket
from kiosk.services.wanted_change import WantedChange, change_problem, wanted_change

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import LaneName, ReservationId
    from kiosk.services.commands import Actor
    from kiosk.services.core import Core
    from kiosk.services.life_commands import ChangeAnswer, ChangeReservation, DropChange


def change_reservation(core: Core, command: ChangeReservation) -> ChangeAnswer:
    """Change at once what costs nothing more; keep what does until it is paid.

    The changed window is priced as one: by the tariff that was frozen when it was reserved as
    long as the space stays, by the tariff that another space has now.
    """
    answer: ChangeAnswer
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "a screen changes only what it was shown"
        for operation in tx.payments.of_reservation(reservation.id):
            if operation.purpose == "change" and operation.state in UNFINISHED:
                return PaymentRunning(operation.key)
        wanted = wanted_change(
            core, tx, reservation, window=command.window, space_id=command.space_id
        )
        if not isinstance(wanted, WantedChange):
            return wanted
        difference = wanted.quote.total - reservation.quote
        if _is_dodging(core, reservation, wanted.change):
            return ChangeRefused(ChangeProblem.CHEAPER_TOO_LATE)
        forget_change(core, tx, reservation.id)  # a later wish takes the place of an earlier one
        if difference.minor > 0:
            answer = _keep(core, tx, wanted, difference=difference, actor=command.actor)
        else:
            answer = apply_change(core, tx, reservation, wanted.change, actor=command.actor)
    if isinstance(answer, Changed):
        after_change(core, answer, lane=command.lane)
    else:
        core.publish(SiteChanged())
    return answer


def _is_dodging(core: Core, reservation: Reservation, change: PendingChange) -> bool:
    """Whether the change would get round what cancelling costs by now.

    By money that goes back, by a later start, or by a window that is not long any more.
    """
    now, rules = core.clock.now(), core.site.rules
    kept = kept_fee(reservation, at=now, rules=rules)
    if not kept:
        return False
    after = replace(reservation, window=change.window, quote=change.quote)
    return (
        change.quote < reservation.quote
        or change.window.from_ > reservation.window.from_
        or kept_fee(after, at=now, rules=rules) < kept
    )


def drop_change(core: Core, command: DropChange) -> ChangeDropped:
    """The driver gives the change up; what it had kept is idle again."""
    with core.store.transaction() as tx:
        _forget(core, tx, command.reservation_id, action="change.dropped", actor=command.actor)
    core.publish(SiteChanged())
    return ChangeDropped()


def let_change_run_out(core: Core, tx: Tx, reservation_id: ReservationId, *, actor: Actor) -> None:
    """Nobody has paid for the change in time; nothing when it is gone already."""
    _forget(core, tx, reservation_id, action="change.expired", actor=actor)


def _forget(
    core: Core, tx: Tx, reservation_id: ReservationId, *, action: str, actor: Actor
) -> None:
    if forget_change(core, tx, reservation_id):
        core.audit(tx, actor=actor, action=action, reservation_id=reservation_id)


def kept_change(core: Core, tx: Tx, reservation: Reservation) -> PendingChange | None:
    """The change that waits to be paid, if the reservation can still be changed so.

    A car can have come in or been given another space since it was asked for; a space can have
    broken.
    """
    change = tx.changes.get(reservation.id)
    if change is None or change_problem(core, tx, reservation, change.window, change.space_id):
        return None
    others = tx.reservations.of_space(change.space_id, change.window)
    closures = tx.library.closures(change.space_id, after=change.window.from_)
    is_lost = any(other.id != reservation.id for other in others) or any(
        closed.overlaps(change.window) for closed, _ in closures
    )
    return None if is_lost else change


def price_of(change: PendingChange, reservation: Reservation) -> Money:
    """What is to be paid for a change that is kept."""
    return change.quote - reservation.quote


def apply_change(
    core: Core, tx: Tx, reservation: Reservation, change: PendingChange, *, actor: Actor
) -> Changed:
    """The reservation gets its new window, space and price; what was paid too much goes back.

    The ticket of before opens nothing any more, but that of a car inside stays good beside the
    new one: the driver has it in hand.
    """
    now = core.clock.now()
    was_inside = is_inside(tx, reservation)
    tx.changes.drop(reservation.id)
    tx.dues.drop(reservation.id, DueKind.CHANGE_RUNS_OUT)
    tx.reservations.apply(reservation.id, Event.CHANGED)
    tx.reservations.set_window(change)
    if change.space_id != reservation.space_id:
        tx.changes.add_move(
            reservation.id,
            from_space_id=reservation.space_id,
            to_space_id=change.space_id,
            at=now,
            why=CHANGED,
        )
    if not was_inside:
        tx.tickets.revoke(reservation.id, why=Event.CHANGED.value, at=now)
        missed_at = change.window.from_ + core.site.rules.no_show_after
        tx.dues.put(reservation.id, DueKind.START_MISSED, missed_at)
    if reservation.state is State.ARRIVED:
        tx.dues.put(reservation.id, DueKind.STAY_RUNS_LATE, change.window.until)
    issue_ticket(core, tx, reservation.id, change.window)
    renew_around(core, tx, reservation.space_id, reservation.window)
    renew_around(core, tx, change.space_id, change.window)
    surplus = max(reservation.quote - change.quote, Money.zero(core.site.currency))
    number = len(tx.tickets.of_reservation(reservation.id))
    # What is only authorised need not go back: the exit takes no more than the stay costs.
    surplus = min(surplus, in_escrow(core, tx, reservation.id))
    if surplus:
        parts = refunds.refund_parts(tx, reservation.id, surplus)
        key = f"changed:{reservation.id}:{number}"
        refunds.give_back(core, tx, reservation.id, parts, key=key)
    tx.audit.note_terms(reservation.id, at=core.clock.now())
    core.audit(
        tx,
        actor=actor,
        action="reservation.changed",
        detail=f"ticket {number}",
        reservation_id=reservation.id,
    )
    return changed(core, tx, reservation.id, refund=surplus)


def changed(core: Core, tx: Tx, reservation_id: ReservationId, *, refund: Money) -> Changed:
    """A reservation as it stands after its change."""
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None, "it was changed a moment ago"
    return Changed(core.ticket_of(tx, reservation), reservation.quote, refund)


def after_change(core: Core, answer: Changed, *, lane: LaneName | None) -> None:
    """What follows a committed change: the new ticket on paper, and the screens."""
    if lane is not None:
        core.print_paper(lane, ticket_paper(core.site, answer.ticket))
    core.publish(SiteChanged())


def _keep(
    core: Core, tx: Tx, wanted: WantedChange, *, difference: Money, actor: Actor
) -> ChangeKept:
    change = wanted.change
    tx.changes.put(change)
    tx.dues.put(change.reservation_id, DueKind.CHANGE_RUNS_OUT, change.pay_until)
    renew_around(core, tx, change.space_id, change.window)
    core.audit(
        tx,
        actor=actor,
        action="change.kept",
        detail=str(difference.minor),
        reservation_id=change.reservation_id,
    )
    space = tx.library.space(change.space_id)
    return ChangeKept(
        reservation_id=change.reservation_id,
        area=tx.library.area(space.area_id),
        space=space,
        window=change.window,
        quote=wanted.quote,
        difference=difference,
        pay_until=change.pay_until,
    )
