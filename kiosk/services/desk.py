"""What an attendant does: sign in, open a barrier with a reason, print a ticket again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.errors import CommandDropped
from kiosk.domain.errors import StoreFull
from kiosk.domain.ids import GrantToken
from kiosk.domain.lane_orders import LaneOrder, OrderRefused
from kiosk.domain.life_outcomes import DuePriced
from kiosk.domain.outcomes import (
    BarrierOrdered,
    LaneBusy,
    LaneOutOfOrder,
    MustChoosePin,
    NotSignedIn,
    PinRefused,
    ReasonMissing,
    ReservationEnded,
    SignedIn,
    TicketIssued,
    WrongPin,
)
from kiosk.domain.reservation import Reservation, State
from kiosk.services import limits
from kiosk.services.approvals import prove_attendant
from kiosk.services.events import GrantReturned, SiteChanged
from kiosk.services.full_disk import open_unwritten
from kiosk.services.grants import return_grant, void_grant
from kiosk.services.paper import ticket_paper
from kiosk.services.passages import begin_unreported_stay, not_agreed, settle_by_hand
from kiosk.services.pins import is_good_pin
from kiosk.services.views import Direction

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.services.commands import (
        ChoosePin,
        OpenBarrier,
        OpenRefused,
        PrintTicketAgain,
        SignIn,
    )
    from kiosk.services.core import Core


def sign_in(core: Core, command: SignIn) -> SignedIn | MustChoosePin | WrongPin:
    """Unlock the desk for an attendant; a one-time PIN only leads to choosing an own one."""
    with core.store.transaction() as tx:
        attendant = prove_attendant(core, tx, command.name, command.pin)
        if isinstance(attendant, WrongPin):
            return attendant
        if attendant.is_one_time:
            return MustChoosePin(attendant.id, attendant.name)
        core.audit(tx, actor=command.actor, action="attendant.signed_in")
    core.signed_in.add(attendant.id)
    return SignedIn(attendant.id, attendant.name)


def choose_pin(core: Core, command: ChoosePin) -> SignedIn | PinRefused | WrongPin:
    """Replace a one-time PIN by the attendant's own."""
    is_good = is_good_pin(command.new_pin, shortest_digits=limits.PIN_SHORTEST_DIGITS)
    if not is_good or command.new_pin == command.one_time_pin:
        return PinRefused(limits.PIN_SHORTEST_DIGITS)
    with core.store.transaction() as tx:
        attendant = prove_attendant(core, tx, command.name, command.one_time_pin)
        if isinstance(attendant, WrongPin):
            return attendant
        tx.people.set_attendant_pin(
            attendant.id,
            pin_hash=core.pins.hash(command.new_pin),
            is_one_time=False,
            at=core.clock.now(),
        )
        core.audit(tx, actor=command.actor, action="attendant.chose_pin")
    core.signed_in.add(attendant.id)
    return SignedIn(attendant.id, attendant.name)


def open_barrier(
    core: Core, command: OpenBarrier
) -> BarrierOrdered | DuePriced | LaneBusy | OpenRefused:
    """Open by hand, with a name and a reason; with a stay, its passage counts.

    Refused where the arm is up already, for a fire or held: no passage could be told there. At an
    exit the stay is settled first. What escrow does not cover is told to the attendant,
    who takes it in cash (cash_due.py) or waives that very amount; the audit says so. On a full
    disk the arm rises all the same, and the order is written down later (full_disk.py).
    """
    refused = _not_ordered(core, command)
    if refused is not None:
        return refused
    try:
        return _open_and_write(core, command)
    except StoreFull:
        return open_unwritten(core, command)


def _open_and_write(core: Core, command: OpenBarrier) -> BarrierOrdered | DuePriced | LaneBusy:
    lane, reason = core.lanes[command.lane], command.reason.strip()
    with core.store.reading() as tx:
        replaced = [grant for grant in tx.lanes.open_grants() if grant.lane == lane.name]
    if replaced and lane.status.phase == "passing":
        return LaneBusy()  # the car under the arm keeps its grant (hardware.lane)
    told = _not_agreed(core, command)
    if told is not None:
        return told
    token = core.new_token()
    with core.store.transaction() as tx:
        now = core.clock.now()
        # In one with the order: a grant whose arm was up must not end as if nobody had passed.
        for grant in replaced:
            void_grant(core, tx, grant.token, why="replaced")
        reservation = _reservation_to_pass(core, tx, command)
        if reservation is not None:
            _settle_at_exit(core, tx, reservation, command)
            tx.lanes.use_ticket(reservation.id, lane.direction.value, token=token, at=now)
        tx.lanes.open_grant(
            token=token,
            lane=lane.name,
            direction=lane.direction.value,
            reservation_id=reservation.id if reservation is not None else None,
            attendant_id=command.attendant_id,
            reason=reason,
            at=now,
        )
        core.audit(
            tx,
            actor=command.actor,
            action="barrier.ordered",
            detail=reason,
            lane=lane.name,
            reservation_id=command.reservation_id,
        )
    for grant in replaced:
        core.publish(GrantReturned(lane.name, grant.reservation_id, "replaced"))
    assert lane.control is not None, "a lane that is not blind is wired"
    try:
        lane.control.attendant_open(token, reason)
    except CommandDropped:
        return_grant(core, token, "not_taken")
        return LaneBusy()
    core.publish(SiteChanged())
    return BarrierOrdered(GrantToken(token), lane.name)


def print_ticket_again(
    core: Core, command: PrintTicketAgain
) -> TicketIssued | ReservationEnded | NotSignedIn:
    """The paper of a paid stay once more; it revokes nothing, for it is the same ticket."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "the desk prints only what it lists"
        if reservation.state not in {State.CONFIRMED, State.ARRIVED, State.SETTLED}:
            return ReservationEnded(reservation.state)
        ticket = core.ticket_of(tx, reservation)
        core.audit(
            tx,
            actor=command.actor,
            action="ticket.printed_again",
            lane=command.lane,
            reservation_id=reservation.id,
        )
    core.print_paper(command.lane, ticket_paper(core.site, ticket))
    return ticket


def offer_one_time_pin(core: Core, *, name: str, one_time_pin: str) -> bool:
    """Let the first attendant in with this PIN, until an own one was chosen; False afterwards.

    Asked at every start: a one-time PIN that nobody saw, or that a power cut swallowed, must
    not lock the desk for ever. Whoever has it from the operator counts where it takes two.
    """
    pin_hash, now = core.pins.hash(one_time_pin), core.clock.now()
    with core.store.transaction() as tx:
        people, attendant = tx.people, tx.people.attendant_by_name(name)
        if attendant is None:
            new_id = people.add_attendant(name=name, pin_hash=pin_hash, is_one_time=True, at=now)
            people.confirm_attendant(new_id, at=now)
            return True
        if attendant.is_one_time:
            people.set_attendant_pin(attendant.id, pin_hash=pin_hash, is_one_time=True, at=now)
            people.confirm_attendant(attendant.id, at=now)
        return attendant.is_one_time


def _reservation_to_pass(core: Core, tx: Tx, command: OpenBarrier) -> Reservation | None:
    """The stay that this passage begins or ends; None when it can do neither."""
    if command.reservation_id is None:
        return None
    reservation = tx.reservations.get(command.reservation_id)
    assert reservation is not None, "the desk opens only for what it lists"
    lane = core.lanes[command.lane]
    if lane.direction is Direction.ENTRY:
        return reservation if reservation.state is State.CONFIRMED else None
    if reservation.state is State.CONFIRMED:
        reservation = begin_unreported_stay(core, tx, reservation, lane=lane.name)
    return reservation if reservation.state in {State.ARRIVED, State.SETTLED} else None


def _not_ordered(core: Core, command: OpenBarrier) -> OpenRefused | None:
    """Why nobody asks this lane to open: who wants it, without a reason, or as it stands."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    if not command.reason.strip():
        return ReasonMissing()
    status = core.lanes[command.lane].status
    if status.phase == "blind":
        return LaneOutOfOrder()
    obstacle = status.obstacle_to(LaneOrder.OPEN)
    return None if obstacle is None else OrderRefused(obstacle)


def _not_agreed(core: Core, command: OpenBarrier) -> DuePriced | None:
    """What the attendant has not agreed to waive; the clock of the exit stops at this question.

    For a car that nobody saw come in nothing stops: whose ticket it is may still be at the
    entrance, so that its stay begins in the commit that orders the barrier, and not before.
    """
    if command.reservation_id is None or core.lanes[command.lane].direction is Direction.ENTRY:
        return None
    with core.store.reading() as tx:
        asked = tx.reservations.get(command.reservation_id)
    is_expected = asked is not None and asked.state is State.CONFIRMED
    with core.store.rehearsal() if is_expected else core.store.transaction() as tx:
        reservation = _reservation_to_pass(core, tx, command)
        if reservation is None:
            return None
        return not_agreed(
            core,
            tx,
            reservation,
            lane=command.lane,
            agreed_waiver=command.agreed_waiver,
            is_lost_ticket=command.is_lost_ticket,
        )


def _settle_at_exit(core: Core, tx: Tx, reservation: Reservation, command: OpenBarrier) -> None:
    if core.lanes[command.lane].direction is Direction.EXIT:
        settle_by_hand(
            core,
            tx,
            reservation,
            lane=command.lane,
            actor=command.actor,
            is_lost_ticket=command.is_lost_ticket,
        )
