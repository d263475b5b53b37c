"""What providers outside are asked and what comes of their answers, each on its own thread.

The intent was committed before (pay.py, refunds.py); whatever order answers come in, a payment
that succeeded ends in exactly one of: the space, the change, or the money back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from db.records import OperationRecord, OperationState
from kiosk.domain import ledger
from kiosk.domain.ids import OperationKey
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.life_outcomes import Changed
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    Bill,
    ExitCovered,
    ExitDue,
    PaymentDeclined,
    PaymentInDoubt,
    PaymentUnavailable,
    ReservationEnded,
    TicketIssued,
)
from kiosk.domain.reservation import DueKind, Event, Reservation, State
from kiosk.payments.adapter import (
    Answer,
    Declined,
    InDoubt,
    NotSent,
    PaymentRequest,
    Pending,
    Rejected,
    Succeeded,
)
from kiosk.services import change, leave, refunds
from kiosk.services.bills import bill_now
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.events import PaymentFinished, SiteChanged
from kiosk.services.paper import ticket_paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.store import Tx
    from kiosk.domain.ids import LaneName
    from kiosk.services.core import Core


def finish(core: Core, key: OperationKey, answer: Answer) -> None:
    """Write what a provider answered, once; a second answer changes nothing.

    Whatever order things came in, a payment that succeeded ends in exactly one of: the
    space, or the money back.
    """
    outcome: PaymentOutcome
    with core.store.transaction() as tx:
        operation = tx.payments.operation(key)
        assert operation is not None, "an answer to an intent that was never written"
        is_open = operation.state in _OPEN_STATES
        is_late = operation.state in {"failed", "declined"} and operation.kind == "collect"
        if not is_open and not (is_late and isinstance(answer, Succeeded)):
            return
        now = core.clock.now()
        match answer:
            case Succeeded(reference, amount):
                tx.payments.set_operation(key, state="succeeded", reference=reference, at=now)
                if operation.kind == "refund":
                    _book_refund(core, tx, operation, amount)
                    return
                outcome = _book_success(core, tx, operation, amount, is_late=is_late)
            case Declined(code) | Rejected(code):
                tx.payments.set_operation(key, state="declined", reference=code, at=now)
                if operation.kind == "refund":
                    core.audit(
                        tx,
                        actor=Actor(ActorKind.DEVICE, operation.adapter),
                        action="refund.declined",
                        detail=code,
                        reservation_id=operation.reservation_id,
                    )
                outcome = PaymentDeclined()
            case InDoubt() | Pending():
                tx.payments.set_operation(key, state="in-doubt", reference=None, at=now)
                outcome = PaymentInDoubt(key)
            case NotSent():
                # What we owe a driver is sent again until it arrives; a payment is over.
                state: OperationState = "new" if operation.kind == "refund" else "failed"
                tx.payments.set_operation(key, state=state, reference=None, at=now)
                outcome = PaymentUnavailable()
            case _:
                assert_never(answer)
    lane = operation.lane
    if isinstance(outcome, TicketIssued):
        after_ticket(core, outcome, lane=lane)
    if isinstance(outcome, Changed):
        change.after_change(core, outcome, lane=lane)
    if isinstance(outcome, ExitCovered) and lane is not None:
        leave.after_settlement(core, outcome, lane=lane)
    if operation.kind == "collect":
        core.publish(PaymentFinished(key, outcome))


PaymentOutcome = (
    TicketIssued
    | Changed
    | ExitCovered
    | ExitDue
    | PaymentDeclined
    | PaymentUnavailable
    | PaymentInDoubt
    | ReservationEnded
    | leave.ExitProblem
)
_OPEN_STATES = frozenset({"new", "sent", "in-doubt"})


def send_refund(core: Core, operation: OperationRecord) -> None:
    """Hand a refund that a settlement has queued to its provider."""
    with core.store.transaction() as tx:
        tx.payments.set_operation(operation.key, state="sent", reference=None, at=core.clock.now())
    adapter = core.adapters[operation.adapter]
    request = PaymentRequest(operation.key, operation.amount)
    ask(core, operation.key, operation.adapter, lambda: adapter.refund(request))


def ask_again(core: Core, operation: OperationRecord) -> None:
    """Query what became of an operation whose answer is missing.

    A collect that was never executed is over (the driver starts anew); a refund that was
    never executed is sent again under the same key.
    """
    adapter = core.adapters[operation.adapter]
    request = PaymentRequest(operation.key, operation.amount)

    def query() -> Answer:
        answer = adapter.query(operation.key)
        if isinstance(answer, NotSent) and operation.kind == "refund":
            return adapter.refund(request)
        return answer

    ask(core, operation.key, operation.adapter, query)


def ask(core: Core, key: OperationKey, adapter: str, ask: Callable[[], Answer]) -> None:
    """Run one call on its adapter's thread; a key that is under way is not asked twice."""
    if key in core.under_way:
        return
    core.under_way.add(key)

    def answered(answer: Answer) -> None:
        core.under_way.discard(key)
        finish(core, key, answer)

    def run() -> None:
        answer = ask()
        core.post(lambda: answered(answer))

    core.run_payment(adapter, run)


def confirm(core: Core, tx: Tx, reservation: Reservation, *, actor: Actor) -> TicketIssued:
    """The deposit is paid: the reservation stands, and its first ticket is issued."""
    tx.reservations.apply(reservation.id, Event.DEPOSIT_PAID)
    tx.dues.drop(reservation.id, DueKind.PENDING_RUNS_OUT)
    missed_at = reservation.window.from_ + core.site.rules.no_show_after
    tx.dues.put(reservation.id, DueKind.START_MISSED, missed_at)
    tx.tickets.issue(reservation.id, reservation.window, at=core.clock.now())
    core.audit(tx, actor=actor, action="deposit.paid", reservation_id=reservation.id)
    return core.ticket_of(tx, reservation)


def after_ticket(core: Core, ticket: TicketIssued, *, lane: LaneName | None) -> None:
    if lane is not None:
        core.print_paper(lane, ticket_paper(core.site, ticket))
    core.publish(SiteChanged())


def _book_success(
    core: Core, tx: Tx, operation: OperationRecord, amount: Money, *, is_late: bool
) -> PaymentOutcome:
    """Book what came; what comes after a no was already said goes straight back."""
    reservation = tx.reservations.get(operation.reservation_id)
    assert reservation is not None, "an intent belongs to a reservation"
    is_wanted = not is_late and _is_still_wanted(core, tx, operation, reservation, amount)
    account = ledger.psp(operation.adapter)
    provider = Actor(ActorKind.DEVICE, operation.adapter)
    now = core.clock.now()
    taken = Transfer(account, ledger.escrow(reservation.id), amount)
    tx.ledger.post(Journal(operation.key, "deposit", (taken,), reservation.id), now)
    core.audit(tx, actor=provider, action="payment.received", reservation_id=reservation.id)
    if not is_wanted:
        part = refunds.RefundPart(account, amount)
        refunds.give_back(core, tx, reservation.id, (part,), key=f"{operation.key}:back")
        return ReservationEnded(reservation.state)
    if operation.purpose == "deposit":
        return confirm(core, tx, reservation, actor=provider)
    if operation.purpose == "change":
        kept = change.kept_change(core, tx, reservation)
        assert kept is not None, "it is still wanted"
        return change.apply_change(core, tx, reservation, kept, actor=provider)
    assert operation.lane is not None
    problem = leave.exit_problem(core, tx, reservation.id, operation.lane)
    if problem is not None:
        # The money waits in escrow: the next scan of the ticket finds the exit covered.
        return problem
    return leave.settle_and_grant(
        core,
        tx,
        reservation,
        presented_at=leave.frozen_at(core, tx, reservation),
        lane=operation.lane,
    )


def _is_still_wanted(
    core: Core, tx: Tx, operation: OperationRecord, reservation: Reservation, amount: Money
) -> bool:
    """Whether what was asked of the provider is still unpaid: the answer can come late.

    A change that ran out, was dropped or cannot be had any more is not wanted.
    """
    if operation.purpose == "deposit":
        return reservation.state is State.PENDING
    if operation.purpose == "change":
        kept = change.kept_change(core, tx, reservation)
        return kept is not None and change.price_of(kept, reservation) == amount
    if reservation.state not in {State.ARRIVED, State.SETTLED}:
        return False
    frozen_at = leave.frozen_at(core, tx, reservation)
    bill = bill_now(core, tx, reservation, presented_at=frozen_at)
    return isinstance(bill, Bill) and bool(bill.due)


def _book_refund(core: Core, tx: Tx, operation: OperationRecord, amount: Money) -> None:
    """The provider has paid the refund: the debt to the driver is gone."""
    due = ledger.refund_due(operation.reservation_id)
    paid = Transfer(due, ledger.psp(operation.adapter), amount)
    journal = Journal(f"{operation.key}:paid", "refund", (paid,), operation.reservation_id)
    tx.ledger.post(journal, core.clock.now())
