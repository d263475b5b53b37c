"""What a car that is inside still owes is taken in cash at the desk, and its stay settled so.

The price stands in bills.py and the settlement in leave.py; the barrier opens at the next scan,
or by hand, within the exit right that begins here (desk.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import journals_cash, ledger
from kiosk.domain.ledger import Journal
from kiosk.domain.life_outcomes import DuePriced, DueTaken, NothingDue
from kiosk.domain.money import Money
from kiosk.domain.outcomes import NotSignedIn, TicketNotInside
from kiosk.domain.reservation import Reservation, State
from kiosk.services import bills, leave, till
from kiosk.services.events import SiteChanged
from kiosk.services.life_commands import DueProblem

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.till_outcomes import ShiftClosed
    from kiosk.services.core import Core
    from kiosk.services.life_commands import PriceDue, TakeDueInCash

_TAKEN = "due.paid_in_cash"
"""In the audit, with its minor units, the receipt that it made and its intent."""
_INSIDE = frozenset({State.ARRIVED, State.SETTLED})


def price_due(core: Core, command: PriceDue) -> DuePriced | DueProblem:
    """What the desk would take now; nothing is moved."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.reading() as tx:
        return _priced(core, tx, command.reservation_id, is_lost_ticket=command.is_lost_ticket)


def take_due_in_cash(
    core: Core, command: TakeDueInCash
) -> DueTaken | DuePriced | ShiftClosed | DueProblem:
    """Cash goes into the till and through escrow to the parties; the exit is covered then.

    The exact due reaches escrow; what cash is rounded by stays between till and `rounding`.

    The same intent never takes twice. A lost ticket keeps its price at every later exit, for
    it stands on the receipt.
    """
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.transaction() as tx:
        taken = _taken_before(core, tx, command)
        if taken is not None:
            return taken
        closed = till.no_shift(core, tx, command.desk)
        if closed is not None:
            return closed
        priced = _priced(core, tx, command.reservation_id, is_lost_ticket=command.is_lost_ticket)
        if not isinstance(priced, DuePriced):
            return priced
        if command.agreed_due not in {None, priced.bill.due}:
            return priced
        due, reservation = priced.bill.due, _reservation(tx, command.reservation_id)
        if due:
            key = f"cash-due:{reservation.id}:{command.intent}"
            cash = journals_cash.cash_taken(
                command.desk,
                into=ledger.escrow(reservation.id),
                amount=due,
                step=till.cash_step(core, tx, reservation),
            )
            tx.ledger.post(Journal(key, "due", cash, reservation.id), core.clock.now())
        bill, no_price = bills.bill_at_desk(
            core,
            tx,
            reservation,
            presented_at=priced.bill.presented_at,
            is_lost_ticket=command.is_lost_ticket,
        )
        if no_price is not None:
            core.audit(
                tx,
                actor=command.actor,
                action="window.charged",
                detail=type(no_price.why).__name__,
                reservation_id=reservation.id,
            )
        bill = leave.settle_stay(core, tx, reservation, bill)
        core.audit(
            tx,
            actor=command.actor,
            action=_TAKEN,
            detail=f"{priced.cash_due.minor} {bill.receipt_number} {command.intent}",
            reservation_id=reservation.id,
        )
    core.publish(SiteChanged())
    return DueTaken(priced.cash_due, bill)


def _priced(
    core: Core, tx: Tx, reservation_id: ReservationId, *, is_lost_ticket: bool
) -> DuePriced | NothingDue | TicketNotInside:
    """The bill of now, at the stopped clock of an exit scan where there was one.

    A lost ticket has to be settled even where escrow covers it: the exit would not know of it.
    """
    reservation = _reservation(tx, reservation_id)
    if reservation.state not in _INSIDE:
        return TicketNotInside()
    bill, _ = bills.bill_at_desk(
        core,
        tx,
        reservation,
        presented_at=leave.frozen_at(core, tx, reservation),
        is_lost_ticket=is_lost_ticket,
    )
    is_lost = bill.facts is not None and bill.facts.is_lost_ticket
    if not bill.due and not (is_lost and bill.receipt_number is None):
        return NothingDue(bill)
    return till.due_priced(core, tx, reservation, bill)


def _taken_before(core: Core, tx: Tx, command: TakeDueInCash) -> DueTaken | None:
    """What the same intent has taken already, be it nothing, and the receipt that it made."""
    for row in tx.audit.of_reservation(command.reservation_id):
        minor, _, made = row.detail.partition(" ")
        number, _, intent = made.partition(" ")
        if row.action == _TAKEN and intent == command.intent:
            receipts = tx.ledger.receipts_of(command.reservation_id)
            receipt = next(each for each in receipts if each.number == int(number))
            bill = bills.bill_of(core, tx, _reservation(tx, command.reservation_id), receipt)
            return DueTaken(Money(int(minor), core.site.currency), bill)
    return None


def _reservation(tx: Tx, reservation_id: ReservationId) -> Reservation:
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None, "the desk takes cash only for what it lists"
    return reservation
