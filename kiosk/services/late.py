"""What a provider did although it had said no: squared with what was done about the no.

A capture pays the debt that its no has made, a refund what is still due. What somebody else has
paid meanwhile was paid twice: it waits in suspense, which the desk sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import journals
from kiosk.domain.journals_outside import found_less, found_more
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.services import debts, refunds
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.held_refunds import for_the_desk
from kiosk.services.merchants import account_of_operation

if TYPE_CHECKING:
    from db.records import OperationRecord
    from db.store import Tx
    from kiosk.domain.ledger import Transfer
    from kiosk.services.core import Core

SQUARED = frozenset({"capture", "refund"})
"""Kinds whose no was final: nobody asks about them again."""


def book_captured(core: Core, tx: Tx, operation: OperationRecord, amount: Money) -> None:
    """The driver has paid after all: so much of the debt is gone, the rest was paid before."""
    owed = debts.captured_late(core, tx, operation, amount, key=late_key(operation))
    if amount > owed:
        suspend(core, tx, operation, found_more(operation.adapter, amount - owed))
    _audit(core, tx, operation, amount, owed)


def book_refunded(core: Core, tx: Tx, operation: OperationRecord, amount: Money) -> None:
    """The driver has it after all: so much is due no more, the rest was given back before.

    What of the refund is still due then is asked for again.
    """
    reservation_id, zero = operation.reservation_id, Money.zero(amount.currency)
    assert reservation_id is not None, "a refund is of a reservation"
    due = max(for_the_desk(tx, reservation_id, amount.currency), zero)
    given = min(amount, operation.amount, due)
    if given:
        account = account_of_operation(tx, operation)
        paid = journals.refund_paid(reservation_id, account=account, amount=given)
        journal = Journal(f"{operation.key}:paid", "refund", paid, reservation_id)
        tx.ledger.post(journal, core.clock.now())
    if amount > given:
        suspend(core, tx, operation, found_less(operation.adapter, amount - given))
    rest = min(operation.amount - amount, due - given)
    if rest > zero:
        refunds.queue_rest(core, tx, operation, rest)
    _audit(core, tx, operation, amount, given)


def late_key(operation: OperationRecord) -> str:
    """The key of the journal by which a debt was paid after all."""
    return f"{operation.key}{refunds.LATE}"


def more_key(operation: OperationRecord) -> str:
    """The key of the journal that keeps what a provider moved beyond what it was to move."""
    return f"suspense:{operation.key}:more"


def suspend(
    core: Core, tx: Tx, operation: OperationRecord, transfers: tuple[Transfer, ...]
) -> None:
    """Keep it until somebody can explain it; the desk is told."""
    journal = Journal(more_key(operation), "suspense", transfers, operation.reservation_id)
    tx.ledger.post(journal, core.clock.now())


def _audit(core: Core, tx: Tx, operation: OperationRecord, amount: Money, squared: Money) -> None:
    core.audit(
        tx,
        actor=Actor(ActorKind.DEVICE, operation.adapter),
        action=f"{operation.kind}.done_after_all",
        detail=f"{amount.minor} of which {squared.minor} was open",
        reservation_id=operation.reservation_id,
    )
