"""Who takes the driver's money at a provider: the operator, or the owner (docs/money.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.journals_outside import handed_over
from kiosk.domain.settlement import Party

if TYPE_CHECKING:
    from db.records import OperationRecord
    from db.store import Tx
    from kiosk.domain.ids import OperationKey, SpaceId
    from kiosk.domain.ledger import Transfer
    from kiosk.domain.money import Money
    from kiosk.domain.reservation import Reservation
    from kiosk.domain.settlement import SplitTerms


def account_of(tx: Tx, adapter: str, reservation: Reservation | None) -> str:
    """The account that a provider's money comes into when it is asked for now."""
    if reservation is None:
        return ledger.psp(adapter)
    return _account(tx, adapter, reservation.split_terms, reservation.space_id)


def account_of_operation(tx: Tx, operation: OperationRecord) -> str:
    """The account that the money of an operation came into, and goes back from.

    What is not booked yet comes to whoever was the merchant when it was asked for: where the
    car was moved to another owner's space meanwhile, the provider knows nothing of that.
    """
    is_refund = operation.kind == "refund"
    paid_into = account_paid(tx, operation.original if is_refund else operation.key)
    if paid_into is not None:
        return paid_into
    reservation_id, adapter = operation.reservation_id, operation.adapter
    reservation = None if reservation_id is None else tx.reservations.get(reservation_id)
    if reservation is None:
        return ledger.psp(adapter)
    for move in tx.changes.moves(reservation.id):
        if move.at > operation.created_at:
            terms, receipts = reservation.split_terms, tx.ledger.receipts_of(reservation.id)
            if not any(each.settled_at <= move.at for each in receipts):  # else they stayed
                stored = tx.library.terms_for(move.from_space_id).split_terms_id
                terms = tx.library.split_terms(stored)
            return _account(tx, adapter, terms, move.from_space_id)
    return account_of(tx, adapter, reservation)


def _account(tx: Tx, adapter: str, terms: SplitTerms, space_id: SpaceId) -> str:
    if terms.merchant is Party.OPERATOR:
        return ledger.psp(adapter)
    return ledger.held_by_owner(tx.library.space(space_id).owner_id)


def account_paid(tx: Tx, payment: OperationKey | None) -> str | None:
    """The account that a payment came into; None where none was posted under its name."""
    posted = () if payment is None else tx.ledger.transfers_of_journal(payment)
    return posted[0].debit if posted else None


def kept_back(claim: str, amount: Money) -> tuple[Transfer, ...]:
    """What an owner who is the merchant held for a driver and never gives him: the operator's."""
    is_owners = ledger.kind_of(claim).name == "held-by-owner"
    return handed_over(claim, amount) if is_owners else ()
