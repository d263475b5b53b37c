"""Who takes the driver's money at a provider: the operator, or the owner (docs/money.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.journals_outside import handed_over
from kiosk.domain.settlement import Party

if TYPE_CHECKING:
    from db.records import OperationRecord
    from db.store import Tx
    from kiosk.domain.ids import OperationKey
    from kiosk.domain.ledger import Transfer
    from kiosk.domain.money import Money
    from kiosk.domain.reservation import Reservation


def account_of(tx: Tx, adapter: str, reservation: Reservation | None) -> str:
    """The account that a provider's money comes into from now on.

    What came before a car was moved to another owner's space stays where it came into:
    account_of_operation.
    """
    if reservation is None or reservation.split_terms.merchant is Party.OPERATOR:
        return ledger.psp(adapter)
    return ledger.held_by_owner(tx.library.space(reservation.space_id).owner_id)


def account_of_operation(tx: Tx, operation: OperationRecord) -> str:
    """The account that the money of an operation came into, and goes back from."""
    is_refund = operation.kind == "refund"
    paid_into = account_paid(tx, operation.original if is_refund else operation.key)
    if paid_into is not None:
        return paid_into
    reservation_id = operation.reservation_id
    reservation = None if reservation_id is None else tx.reservations.get(reservation_id)
    return account_of(tx, operation.adapter, reservation)


def account_paid(tx: Tx, payment: OperationKey | None) -> str | None:
    """The account that a payment came into; None where none was posted under its name."""
    posted = () if payment is None else tx.ledger.transfers_of_journal(payment)
    return posted[0].debit if posted else None


def kept_back(claim: str, amount: Money) -> tuple[Transfer, ...]:
    """What an owner who is the merchant held for a driver and never gives him: the operator's."""
    is_owners = ledger.kind_of(claim).name == "held-by-owner"
    return handed_over(claim, amount) if is_owners else ()
