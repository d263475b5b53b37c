"""What drivers owe after they left: paid, or given up (docs/money.md).

Who may leave unpaid is leave_unpaid.py, and how a debt is paid pay_debt.py. A failed capture is
a debt too: there the parties have their shares already.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from db.records import DebtReason, DebtRecord, OperationRecord
from kiosk.domain import journals, ledger
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.settlement import given_back, share_transfers
from kiosk.domain.ticket import SHORT_CODE_LENGTH
from kiosk.services import limits, refunds, set_off
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.displace import share_surcharge
from kiosk.services.held_refunds import CAME_OFF_DEBT
from kiosk.services.merchants import account_of_operation
from kiosk.services.owners import shared_at
from kiosk.services.passing_on import passed_on
from kiosk.services.standing import standing

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.money import Money
    from kiosk.domain.reservation import Reservation
    from kiosk.domain.settlement import Shared
    from kiosk.services.core import Core

_NOT_PAID: Literal["capture-failed"] = "capture-failed"


def owe(
    core: Core,
    tx: Tx,
    reservation_id: ReservationId,
    amount: Money,
    *,
    why: DebtReason,
    receipt_number: int | None,
) -> DebtRecord:
    """Write a debt with a code of its own; what it moves in the books is the caller's."""
    now = core.clock.now()
    debt = DebtRecord(
        code=core.random_code(SHORT_CODE_LENGTH),
        reservation_id=reservation_id,
        receipt_number=receipt_number,
        amount=amount,
        why=why,
        made_at=now,
        pay_until=now + timedelta(hours=limits.PAY_LATER_HOURS),
    )
    tx.debts.add(debt)
    return debt


def capture_failed(core: Core, tx: Tx, operation: OperationRecord, amount: Money) -> None:
    """A provider does not pay what it had promised: the driver owes it, and the desk is told."""
    assert operation.reservation_id is not None, "a stay was settled by it"
    reservation = tx.reservations.get(operation.reservation_id)
    assert reservation is not None, "the schema keeps what is referred to"
    claim = account_of_operation(tx, operation)
    transfers = journals.capture_failed(claim, amount)
    # What an owner did not take the owner has not passed on.
    shares = _shares_of(core, tx, reservation.id, amount)
    transfers += passed_on(tx, reservation, transfers, shares=shares)
    key = f"{operation.key}:failed"
    journal = Journal(key, _NOT_PAID, transfers, operation.reservation_id)
    tx.ledger.post(journal, core.clock.now())
    debt = owe(core, tx, operation.reservation_id, amount, why=_NOT_PAID, receipt_number=None)
    core.audit(
        tx,
        actor=Actor(ActorKind.DEVICE, operation.adapter),
        action="debt.made",
        detail=f"{amount.minor} {_NOT_PAID} {debt.code}",
        reservation_id=operation.reservation_id,
    )
    for each in tx.payments.of_reservation(reservation.id):
        if each.kind == "refund" and each.original == operation.key and each.state == "new":
            _take_off(core, tx, each, reservation, debt)


def captured_late(
    core: Core, tx: Tx, operation: OperationRecord, amount: Money, *, key: str
) -> Money:
    """A provider pays after all what it could not collect; how much of it was still owed."""
    reservation_id, now = operation.reservation_id, core.clock.now()
    assert reservation_id is not None, "a stay was settled by it"
    failed, *_ = tx.ledger.transfers_of_journal(f"{operation.key}:failed")
    of_its_kind = [each for each in tx.debts.open_of(reservation_id) if each.why == _NOT_PAID]
    of_its_kind.sort(key=lambda each: each.made_at != operation.changed_at)  # its own is first
    owed = amount - amount
    for debt in of_its_kind:
        part = min(debt.amount, amount - owed)
        owed += part
        if part == debt.amount:
            tx.debts.end(debt.code, how="paid", at=now)
        elif part:
            tx.debts.lower(debt.code, part, at=now)
    if owed:
        paid = journals.debt_paid(failed.credit, owed)
        reservation = tx.reservations.get(reservation_id)
        assert reservation is not None, "the schema keeps what is referred to"
        shares = -_shares_of(core, tx, reservation_id, owed)
        paid += passed_on(tx, reservation, paid, shares=shares)
        tx.ledger.post(Journal(key, "debt", paid, reservation_id), now)
    return owed


def pay(
    core: Core,
    tx: Tx,
    debt: DebtRecord,
    *,
    paid: tuple[Transfer, ...],
    key: str,
    actor: Actor,
) -> None:
    """The debt is paid by `paid`, which brings its amount; everyone gets the share of it."""
    now = core.clock.now()
    reservation = tx.reservations.get(debt.reservation_id)
    assert reservation is not None, "the schema keeps what is referred to"
    transfers = (*paid, *_shared_later(tx, debt, reservation))
    shares = None
    if debt.why == _NOT_PAID:
        shares = -_shares_of(core, tx, reservation.id, debt.amount)
    transfers += passed_on(tx, reservation, transfers, shares=shares)
    tx.ledger.post(Journal(key, "debt", transfers, debt.reservation_id), now)
    tx.debts.end(debt.code, how="paid", at=now)
    if debt.receipt_number is not None:
        share_surcharge(core, tx, reservation)
    _audit(core, tx, debt, "debt.paid", actor=actor)


def write_off(core: Core, tx: Tx, debt: DebtRecord, *, reason: str, actor: Actor) -> None:
    """Given up: what nobody has a share of is struck off, the rest the operator bears."""
    now = core.clock.now()
    if debt.why == _NOT_PAID:
        transfers = journals.debt_written_off(debt.amount)
    else:
        transfers = journals.unpaid_written_off(debt.reservation_id, debt.amount)
    key = f"debt:{debt.code}:written-off"
    tx.ledger.post(Journal(key, "write-off", transfers, debt.reservation_id), now)
    tx.debts.end(debt.code, how="written-off", at=now)
    _audit(core, tx, debt, "debt.written_off", actor=actor, why=reason)


def paid_from(debt: DebtRecord, account: str) -> tuple[Transfer, ...]:
    """What brings the amount of a debt from an account: a provider's, a wallet's."""
    return journals.debt_paid(account, debt.amount)


def _take_off(
    core: Core, tx: Tx, refund: OperationRecord, reservation: Reservation, debt: DebtRecord
) -> None:
    """A refund that waited for its capture is off the debt, as one that is granted later is.

    The provider is asked only for what it has beyond.
    """
    now, actor = core.clock.now(), Actor(ActorKind.DEVICE, refund.adapter)
    tx.payments.set_operation(refund.key, state="declined", reference=CAME_OFF_DEBT, at=now)
    open_now = [each for each in tx.debts.open_of(reservation.id) if each.code == debt.code]
    off = set_off.set_off(tuple(open_now), refund.amount)
    taken = sum((each.amount for each in off), refund.amount - refund.amount)
    if taken < refund.amount:  # before what is passed on: it is on its way
        refunds.queue_rest(core, tx, refund, refund.amount - taken)
    if taken:
        due = ledger.refund_due(reservation.id)
        transfers = ledger.moved(due, ledger.RECEIVABLE_DRIVER, taken)
        transfers += passed_on(tx, reservation, transfers)
        tx.ledger.post(
            Journal(f"{refund.key}{refunds.SET_OFF}", "refund", transfers, reservation.id), now
        )
        set_off.lower(core, tx, off, actor=actor)


def _shares_of(core: Core, tx: Tx, reservation_id: ReservationId, amount: Money) -> Shared:
    """What the parties have of so much that a provider could not collect, under zero."""
    stands = standing(core, tx, reservation_id)
    return stands.given(min(amount, stands.total_now - stands.uncollected))


def _shared_later(tx: Tx, debt: DebtRecord, reservation: Reservation) -> tuple[Transfer, ...]:
    """What was uncollected goes through escrow to the parties: the difference of two splits.

    What was refunded since, and what nobody has paid yet of the same receipt, is in neither.
    """
    if debt.receipt_number is None:
        return ()
    receipt = tx.ledger.receipt(debt.receipt_number)
    assert receipt is not None, "it says what was left unpaid"
    uncollected = tx.debts.uncollected(
        debt.reservation_id, debt.receipt_number, debt.amount.currency
    )
    more = given_back(
        receipt.charge,
        reservation.split_terms,
        before=tx.ledger.corrected(receipt) + uncollected,
        now=-debt.amount,
    )
    shared = shared_at(tx, reservation, more, receipt.settled_at)
    _, collected = journals.paid_later(debt.reservation_id, account="bank", amount=debt.amount)
    return (collected, *share_transfers(reservation.id, shared))


def _audit(
    core: Core, tx: Tx, debt: DebtRecord, action: str, *, actor: Actor, why: str = ""
) -> None:
    core.audit(
        tx,
        actor=actor,
        action=action,
        detail=f"{debt.amount.minor} {debt.code} {why}".rstrip(),
        reservation_id=debt.reservation_id,
    )
