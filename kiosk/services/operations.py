"""What the answer of a provider means: the operation's state and the books, in one transaction.

Asking is providers.py. Whatever order answers come in, a payment that succeeded ends in exactly
one of: the space, the change, the debt, or the money back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from db.records import UNFINISHED, OperationRecord
from kiosk.domain import journals
from kiosk.domain.debt_outcomes import DebtPaid, EndsTooLate
from kiosk.domain.journals_outside import fee_taken, found_less, found_more
from kiosk.domain.ledger import Journal, psp
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
from kiosk.domain.till_outcomes import WalletToppedUp
from kiosk.payments.adapter import (
    Answer,
    Declined,
    InDoubt,
    NotSent,
    Pending,
    Rejected,
    Succeeded,
)
from kiosk.services import authorisations, change, debts, late, leave, limits, refunds, top_ups
from kiosk.services.believable import can_be_true, plain
from kiosk.services.bills import bill_now
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.held_refunds import hold_refused
from kiosk.services.merchants import account_of_operation

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.services.core import Core

PaymentOutcome = (
    TicketIssued
    | Changed
    | ExitCovered
    | ExitDue
    | DebtPaid
    | WalletToppedUp
    | PaymentDeclined
    | PaymentUnavailable
    | PaymentInDoubt
    | EndsTooLate
    | ReservationEnded
    | leave.ExitProblem
)
COLLECTING = frozenset({"collect", "authorise", "increase"})
"""Kinds that a driver waits for; all others are sent again until they are answered."""
NO: frozenset[str] = frozenset({"failed", "declined"})


def write_answer(
    core: Core, tx: Tx, operation: OperationRecord, answer: Answer
) -> PaymentOutcome | None:
    """Write what a provider answered, once; what the driver is told of it, None when nothing.

    A second answer changes nothing. A success after a no is booked all the same: what a driver
    paid goes straight back, what a provider was to pay or to give back is squared (late.py).
    """
    is_late = operation.state in NO
    if operation.state not in UNFINISHED and not (is_late and isinstance(answer, Succeeded)):
        return None
    now, key = core.clock.now(), operation.key
    match answer:
        case Succeeded() if not can_be_true(operation, answer):
            _doubt(core, tx, operation, answer, is_late=is_late)
            return PaymentInDoubt(key) if operation.kind in COLLECTING and not is_late else None
        case Succeeded(reference, _, fee, capture_before):
            tx.payments.set_operation(key, state="succeeded", reference=reference, at=now)
            tx.payments.note_terms(key, fee=fee, capture_before=capture_before)
            if fee is not None:
                book_fee(core, tx, operation, fee)
            return _book(core, tx, operation, answer, is_late=is_late)
        case Declined(code) | Rejected(code):
            tx.payments.set_operation(key, state="declined", reference=plain(code), at=now)
            _book_no(core, tx, operation, plain(code))
            return PaymentDeclined() if operation.kind in COLLECTING else None
        case Pending():
            tx.payments.set_operation(key, state="pending", reference=None, at=now)
            pause, ends_at = _waits_for(operation, answer)
            tx.payments.put_off(key, until=now + pause, ends_at=ends_at)
            return None
        case InDoubt(next_query_s):
            pause = limits.ask_pause(operation.attempts, next_query_s)
            tx.payments.set_operation(key, state="in-doubt", reference=None, at=now)
            tx.payments.put_off(key, until=now + pause)
            return PaymentInDoubt(key) if operation.kind in COLLECTING else None
        case NotSent(retry_after_s):
            if operation.kind in COLLECTING:
                tx.payments.set_operation(key, state="failed", reference=None, at=now)
                return PaymentUnavailable()
            pause = limits.ask_pause(operation.attempts, retry_after_s)
            tx.payments.set_operation(key, state="new", reference=None, at=now)
            tx.payments.put_off(key, until=now + pause)
            return None
        case _:
            assert_never(answer)


def confirm(core: Core, tx: Tx, reservation: Reservation, *, actor: Actor) -> TicketIssued:
    """The deposit is paid: the reservation stands, and its first ticket is issued."""
    tx.reservations.apply(reservation.id, Event.DEPOSIT_PAID)
    tx.dues.drop(reservation.id, DueKind.PENDING_RUNS_OUT)
    missed_at = reservation.window.from_ + core.site.rules.no_show_after
    tx.dues.put(reservation.id, DueKind.START_MISSED, missed_at)
    tx.tickets.issue(reservation.id, reservation.window, at=core.clock.now())
    core.audit(tx, actor=actor, action="deposit.paid", reservation_id=reservation.id)
    return core.ticket_of(tx, reservation)


def book_fee(core: Core, tx: Tx, operation: OperationRecord, fee: Money) -> None:
    """What our provider keeps, from an answer or from its report, once.

    An owner who is the merchant bears the fees of the own provider, which settles with the owner.
    """
    if fee and account_of_operation(tx, operation) == psp(operation.adapter):
        transfers = fee_taken(operation.adapter, fee)
        journal = Journal(
            f"{operation.key}:fee", "provider-fee", transfers, operation.reservation_id
        )
        tx.ledger.post(journal, core.clock.now())


def _waits_for(operation: OperationRecord, answer: Pending) -> tuple[timedelta, datetime | None]:
    """How soon a pending one is asked about again, and for how long at most."""
    pause_s, ends_at = answer.poll_after_s, answer.expires_at
    if answer.action is None or answer.action.value not in limits.ACTION_LASTS_S:
        return timedelta(seconds=pause_s), ends_at
    pause_s = limits.ACTION_POLLED_EVERY_S[answer.action.value]
    most = operation.created_at + timedelta(seconds=limits.ACTION_LASTS_S[answer.action.value])
    return timedelta(seconds=pause_s), most if ends_at is None else min(most, ends_at)


def _book(
    core: Core, tx: Tx, operation: OperationRecord, answer: Succeeded, *, is_late: bool
) -> PaymentOutcome | None:
    match operation.kind:
        case "collect" if operation.purpose == "top-up":
            return top_ups.book(core, tx, operation, answer.amount, is_late=is_late)
        case "collect":
            return _book_taken(core, tx, operation, answer.amount, is_late=is_late)
        case "authorise" | "increase":
            return _book_authorised(core, tx, operation, answer, is_late=is_late)
        case "capture" if is_late:
            late.book_captured(core, tx, operation, answer.amount)
        case "refund" if is_late:
            late.book_refunded(core, tx, operation, answer.amount)
        case "capture":
            _book_captured(core, tx, operation, answer.amount)
        case "refund":
            _book_refunded(core, tx, operation, answer.amount)
        case "release":
            pass
        case _:
            assert_never(operation.kind)
    return None


def _book_no(core: Core, tx: Tx, operation: OperationRecord, code: str) -> None:
    """A clear no: a refund stays due, and what a provider was to pay the driver owes."""
    if operation.kind in COLLECTING:
        return
    core.audit(
        tx,
        actor=_provider(operation),
        action=f"{operation.kind}.declined",
        detail=code,
        reservation_id=operation.reservation_id,
    )
    if operation.kind == "capture":
        debts.capture_failed(core, tx, operation, operation.amount)
        authorisations.release_after(core, tx, operation)
    elif operation.kind == "refund":
        assert operation.reservation_id is not None, "a refund is of a reservation"
        hold_refused(core, tx, operation.reservation_id)


def _book_taken(
    core: Core, tx: Tx, operation: OperationRecord, amount: Money, *, is_late: bool
) -> PaymentOutcome:
    """Book what came; what comes after a no was already said goes straight back."""
    reservation = _reservation(tx, operation)
    provider = _provider(operation)
    account = account_of_operation(tx, operation)
    open_debts = tx.debts.open_of(reservation.id)
    if operation.purpose in {"due", "debt"} and open_debts and amount >= open_debts[0].amount:
        return _book_debt(core, tx, operation, amount)
    is_wanted = (
        not is_late
        and (amount >= operation.amount or operation.purpose == "due")
        and _is_still_wanted(core, tx, operation, reservation)
    )
    taken = journals.paid_in(reservation.id, account=account, amount=amount)
    tx.ledger.post(Journal(operation.key, "deposit", taken, reservation.id), core.clock.now())
    core.audit(tx, actor=provider, action="payment.received", reservation_id=reservation.id)
    if not is_wanted:
        part = refunds.RefundPart(account, amount, operation.key)
        refunds.give_back(core, tx, reservation.id, (part,), key=f"{operation.key}:back")
        is_short = amount < operation.amount and not is_late
        return PaymentDeclined() if is_short else ReservationEnded(reservation.state)
    if operation.purpose != "due":
        outcome = _apply(core, tx, operation, reservation)
        if amount > operation.amount:
            part = refunds.RefundPart(account, amount - operation.amount, operation.key)
            refunds.give_back(core, tx, reservation.id, (part,), key=f"{operation.key}:more")
        return outcome
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


def _book_authorised(
    core: Core, tx: Tx, operation: OperationRecord, answer: Succeeded, *, is_late: bool
) -> PaymentOutcome:
    """Count what is kept for us, or let it go at once when nobody wants it any more."""
    reservation = _reservation(tx, operation)
    window = reservation.window
    kept = change.kept_change(core, tx, reservation) if operation.purpose == "change" else None
    until = window.until if kept is None else kept.window.until
    lasts = authorisations.lasts_for(until, answer.capture_before)
    is_wanted = (
        lasts
        and not is_late
        and answer.amount >= operation.amount
        and _is_still_wanted(core, tx, operation, reservation)
    )
    tx.authorisations.add(
        reservation.id,
        account=account_of_operation(tx, operation),
        amount=answer.amount,
        operation_key=operation.key,
        made_at=core.clock.now(),
        expires_at=answer.capture_before,
    )
    core.audit(
        tx, actor=_provider(operation), action="deposit.authorised", reservation_id=reservation.id
    )
    if is_wanted:
        return _apply(core, tx, operation, reservation)
    authorisations.let_one_go(core, tx, operation)
    if answer.capture_before is not None and not lasts and not is_late:
        return EndsTooLate(authorisations.latest_end(answer.capture_before))
    is_short = answer.amount < operation.amount and not is_late
    return PaymentDeclined() if is_short else ReservationEnded(reservation.state)


def _apply(
    core: Core, tx: Tx, operation: OperationRecord, reservation: Reservation
) -> TicketIssued | Changed:
    """The deposit or the change that was paid for stands."""
    provider = _provider(operation)
    if operation.purpose == "deposit":
        return confirm(core, tx, reservation, actor=provider)
    kept = change.kept_change(core, tx, reservation)
    assert kept is not None, "it is still wanted"
    return change.apply_change(core, tx, reservation, kept, actor=provider)


def _book_debt(core: Core, tx: Tx, operation: OperationRecord, amount: Money) -> PaymentOutcome:
    """The car has left meanwhile, or its driver came back to pay: the debt is gone."""
    reservation = _reservation(tx, operation)
    account = account_of_operation(tx, operation)
    debt = tx.debts.open_of(reservation.id)[0]
    more = amount - debt.amount
    paid = debts.paid_from(debt, account)
    if more:
        paid += journals.paid_in(reservation.id, account=account, amount=more)
    debts.pay(core, tx, debt, paid=paid, key=operation.key, actor=_provider(operation))
    if more:
        part = refunds.RefundPart(account, more, operation.key)
        refunds.give_back(core, tx, reservation.id, (part,), key=f"{operation.key}:more")
    return DebtPaid(debt.code, debt.amount)


def _is_still_wanted(
    core: Core, tx: Tx, operation: OperationRecord, reservation: Reservation
) -> bool:
    """Whether what was asked of the provider is still unpaid: the answer can come late.

    A change that ran out, was dropped or cannot be had any more is not wanted.
    """
    if operation.purpose == "deposit":
        return reservation.state is State.PENDING
    if operation.purpose == "change":
        kept = change.kept_change(core, tx, reservation)
        return kept is not None and change.price_of(kept, reservation) == operation.amount
    if operation.purpose != "due" or reservation.state not in {State.ARRIVED, State.SETTLED}:
        return False
    frozen_at = leave.frozen_at(core, tx, reservation)
    bill = bill_now(core, tx, reservation, presented_at=frozen_at)
    return isinstance(bill, Bill) and bool(bill.due)


def _book_captured(core: Core, tx: Tx, operation: OperationRecord, amount: Money) -> None:
    """It was posted with the settlement; only what the provider did otherwise is booked."""
    if amount < operation.amount:
        debts.capture_failed(core, tx, operation, operation.amount - amount)
    elif amount > operation.amount:
        more = found_more(operation.adapter, amount - operation.amount)
        late.suspend(core, tx, operation, more)


def _book_refunded(core: Core, tx: Tx, operation: OperationRecord, amount: Money) -> None:
    """The provider has paid the refund: the debt to the driver is gone, or so much of it."""
    reservation = _reservation(tx, operation)
    account = account_of_operation(tx, operation)
    paid = journals.refund_paid(
        reservation.id, account=account, amount=min(amount, operation.amount)
    )
    key = f"{operation.key}:paid"
    tx.ledger.post(Journal(key, "refund", paid, reservation.id), core.clock.now())
    if amount > operation.amount:
        less = found_less(operation.adapter, amount - operation.amount)
        late.suspend(core, tx, operation, less)
    elif amount < operation.amount:
        core.audit(
            tx,
            actor=_provider(operation),
            action="refund.partial",
            detail=str(amount.minor),
            reservation_id=reservation.id,
        )
        refunds.queue_rest(core, tx, operation, operation.amount - amount)


def _doubt(
    core: Core, tx: Tx, operation: OperationRecord, answer: Succeeded, *, is_late: bool
) -> None:
    """An answer that cannot be true: nothing is booked, the desk is told, the report decides."""
    now, amount, fee = core.clock.now(), answer.amount, answer.fee
    if not is_late:
        tx.payments.set_operation(operation.key, state="in-doubt", reference=None, at=now)
        tx.payments.put_off(operation.key, until=now + limits.ask_pause(operation.attempts))
    why = "" if fee is None else f" fee {fee.minor} {fee.currency}"
    core.audit(
        tx,
        actor=_provider(operation),
        action="answer.refused",
        detail=f"{amount.minor} {amount.currency}{why}",
        reservation_id=operation.reservation_id,
    )


def _provider(operation: OperationRecord) -> Actor:
    return Actor(ActorKind.DEVICE, operation.adapter)


def _reservation(tx: Tx, operation: OperationRecord) -> Reservation:
    assert operation.reservation_id is not None, "what drivers pay is for a reservation"
    reservation = tx.reservations.get(operation.reservation_id)
    assert reservation is not None, "an intent belongs to a reservation"
    return reservation
