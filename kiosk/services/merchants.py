"""Who takes the driver's money at a provider: the operator, or the owner (money.md, row 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.journals_outside import shared_by_merchant
from kiosk.domain.money import Money
from kiosk.domain.settlement import Party, Shares

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ledger import Transfer
    from kiosk.domain.reservation import Reservation
    from kiosk.services.refunds import RefundPart


def account_of(tx: Tx, adapter: str, reservation: Reservation | None) -> str:
    """The account that a provider's money comes into, and is given back from."""
    if reservation is None or reservation.split_terms.merchant is Party.OPERATOR:
        return ledger.psp(adapter)
    return ledger.held_by_owner(tx.library.space(reservation.space_id).owner_id)


def passed_on(
    tx: Tx, reservation: Reservation, shares: Shares, back: tuple[RefundPart, ...]
) -> tuple[Transfer, ...]:
    """What an owner who is the merchant passes on when `shares` are settled.

    All that the owner holds, but for what goes `back` to the driver. What others have paid (a
    wallet, a till) the owner does not hold: then the owner's own share of what is held comes
    first, and the manager's next.
    """
    if reservation.split_terms.merchant is Party.OPERATOR:
        return ()
    owner_id = tx.library.space(reservation.space_id).owner_id
    account = ledger.held_by_owner(owner_id)
    held = Money.zero(shares.owner.currency)
    for row in tx.ledger.transfers_of(reservation.id):
        if row.transfer.debit == account:
            held += row.transfer.amount
        elif row.transfer.credit == account:
            held -= row.transfer.amount
    for part in back:
        if part.account == account:
            held -= part.amount
    to_owner = min(held, shares.owner)
    to_manager = min(held - to_owner, shares.manager)
    rest = held - to_owner - to_manager
    zero = Money.zero(held.currency)
    return shared_by_merchant(owner_id, Shares(to_owner, rest, zero, to_manager))
