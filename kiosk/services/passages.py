"""What a passage does to a stay: begins or ends it, whoever reports it, a lane or an attendant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.life_outcomes import DuePriced
from kiosk.domain.outcomes import (
    Bill,
    NotSignedIn,
    ReasonMissing,
    StayNotPriced,
)
from kiosk.domain.passage_outcomes import PassageImpossible, PassageWritten
from kiosk.domain.reservation import DueKind, Event, Reservation, State, next_state
from kiosk.services import bills, leave, till
from kiosk.services.events import GrantReturned, SiteChanged
from kiosk.services.grants import void_grant
from kiosk.services.library import renew_around
from kiosk.services.refunds import give_back_rest
from kiosk.services.views import Direction

if TYPE_CHECKING:
    from datetime import datetime

    from db.records import GrantRecord
    from db.store import Tx
    from kiosk.domain.ids import LaneName, ReservationId
    from kiosk.domain.money import Money
    from kiosk.services.commands import Actor, ReportPassage
    from kiosk.services.core import Core

_REPLACED = "replaced"


def begin_or_end_stay(
    core: Core,
    tx: Tx,
    reservation_id: ReservationId,
    direction: Direction,
    *,
    lane: LaneName,
    at: datetime,
) -> None:
    """The car is through; nothing when somebody was quicker and has begun or ended the stay."""
    event = Event.ENTRY_PASSAGE if direction is Direction.ENTRY else Event.EXIT_PASSAGE
    reservation = tx.reservations.get(reservation_id)
    if reservation is None or next_state(reservation.state, event) is None:
        return
    tx.reservations.apply(reservation_id, event)
    if direction is Direction.ENTRY:
        if tx.reservations.stay(reservation_id) is None:
            tx.reservations.begin_stay(reservation_id, lane=lane, at=at)
        else:
            tx.reservations.resume_stay(reservation_id, at)
        tx.dues.drop(reservation_id, DueKind.START_MISSED)
        tx.dues.put(reservation_id, DueKind.STAY_RUNS_LATE, reservation.window.until)
    else:
        tx.reservations.end_stay(reservation_id, at)
        tx.dues.drop(reservation_id, DueKind.STAY_RUNS_LATE)
        give_back_rest(core, tx, reservation_id)
        renew_around(core, tx, reservation.space_id, reservation.window)


def report_passage(
    core: Core, command: ReportPassage
) -> PassageWritten | PassageImpossible | DuePriced | ReasonMissing | NotSignedIn:
    """An attendant has looked: this car is inside, or has left.

    For what no lane could report. A car that has left is settled first, as if it had been
    opened for by hand: what escrow does not cover is told, and waived only when agreed to.
    """
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    reason = command.reason.strip()
    if not reason:
        return ReasonMissing()
    is_entry = command.direction is Direction.ENTRY
    wanted = {State.CONFIRMED} if is_entry else {State.ARRIVED, State.SETTLED}
    with core.store.reading() as tx:
        reservation = tx.reservations.get(command.reservation_id)
    assert reservation is not None, "the desk reports only what it lists"
    if reservation.state not in wanted:
        return PassageImpossible(reservation.state)
    with core.store.transaction() as tx:
        lane = _lane_of(core, command.direction)
        if reservation.state is State.ARRIVED:
            told = not_agreed(
                core, tx, reservation, lane=lane, agreed_waiver=command.agreed_waiver
            )
            if told is not None:
                return told
        replaced = _void_open_grants(core, tx, reservation.id)
        if reservation.state is State.ARRIVED:
            settle_by_hand(core, tx, reservation, lane=lane, actor=command.actor)
        at = _began_at(core, tx, reservation) if is_entry else core.clock.now()
        begin_or_end_stay(core, tx, reservation.id, command.direction, lane=lane, at=at)
        core.audit(
            tx,
            actor=command.actor,
            action=f"{command.direction.value}.reported",
            detail=reason,
            lane=lane,
            reservation_id=reservation.id,
        )
        after = tx.reservations.get(reservation.id)
        assert after is not None, "it was there a moment ago"
    for grant in replaced:
        core.publish(GrantReturned(grant.lane, reservation.id, _REPLACED))
    core.publish(SiteChanged())
    return PassageWritten(reservation.id, after.state)


def settle_by_hand(
    core: Core,
    tx: Tx,
    reservation: Reservation,
    *,
    lane: LaneName,
    actor: Actor,
    is_lost_ticket: bool = False,
) -> None:
    """Settle what is owed now; what escrow does not cover is waived and stands in the audit."""
    bill, no_price = _bill_by_hand(core, tx, reservation, lane=lane, is_lost_ticket=is_lost_ticket)
    if no_price is not None:
        core.audit(
            tx,
            actor=actor,
            action="window.charged",
            detail=type(no_price.why).__name__,
            lane=lane,
            reservation_id=reservation.id,
        )
    if bill.due:
        core.audit(
            tx,
            actor=actor,
            action="difference.waived",
            detail=str(bill.due.minor),
            lane=lane,
            reservation_id=reservation.id,
        )
        bill = bills.waived(bill, reservation)
    if bill.receipt_number is None:
        leave.settle_stay(core, tx, reservation, bill)


def not_agreed(
    core: Core,
    tx: Tx,
    reservation: Reservation,
    *,
    lane: LaneName,
    agreed_waiver: Money | None,
    is_lost_ticket: bool = False,
) -> DuePriced | None:
    """What settle_by_hand would waive without the attendant's word; the clock of the exit stops.

    None: escrow covers the stay, or it is the very amount that was told and is waived.
    """
    bill, _ = _bill_by_hand(core, tx, reservation, lane=lane, is_lost_ticket=is_lost_ticket)
    if not bill.due or bill.due == agreed_waiver:
        return None
    return till.due_priced(core, tx, reservation, bill)


def _bill_by_hand(
    core: Core,
    tx: Tx,
    reservation: Reservation,
    *,
    lane: LaneName,
    is_lost_ticket: bool = False,
) -> tuple[Bill, StayNotPriced | None]:
    """What is owed for a car that an attendant sees at a lane; its clock stops here."""
    presented_at = leave.frozen_at(core, tx, reservation)
    tx.reservations.present(reservation.id, lane=lane, at=presented_at)
    return bills.bill_at_desk(
        core, tx, reservation, presented_at=presented_at, is_lost_ticket=is_lost_ticket
    )


def begin_unreported_stay(
    core: Core, tx: Tx, reservation: Reservation, *, lane: LaneName
) -> Reservation:
    """The car stands at the exit, so it came in; the stay that no lane has reported begins."""
    at = _began_at(core, tx, reservation)
    begin_or_end_stay(core, tx, reservation.id, Direction.ENTRY, lane=lane, at=at)
    begun = tx.reservations.get(reservation.id)
    assert begun is not None, "it was there a moment ago"
    return begun


def _began_at(core: Core, tx: Tx, reservation: Reservation) -> datetime:
    """When an unreported car came in: its last grant, or else the booked start."""
    grants = tx.lanes.of_reservation(reservation.id, "entry")
    if grants:
        return grants[-1].granted_at
    return min(reservation.window.from_, core.clock.now())


def _void_open_grants(core: Core, tx: Tx, reservation_id: ReservationId) -> list[GrantRecord]:
    """The grants of a stay that are still open, each of which has ended by now."""
    replaced = [each for each in tx.lanes.open_grants() if each.reservation_id == reservation_id]
    for grant in replaced:
        void_grant(core, tx, grant.token, why=_REPLACED)
    return replaced


def _lane_of(core: Core, direction: Direction) -> LaneName:
    return next(lane.name for lane in core.lanes.values() if lane.direction is direction)
