"""Who takes the driver's money at a provider: the operator, or the owner (docs/money.md)."""

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


def account_of(tx: Tx, adapter: str, reservation: Reservation | None) -> str:
    """The account that a provider's money comes into, and is given back from."""
    if reservation is None or reservation.split_terms.merchant is Party.OPERATOR:
        return ledger.psp(adapter)
    return ledger.held_by_owner(tx.library.space(reservation.space_id).owner_id)


def kept_back(tx: Tx, reservation: Reservation, amount: Money) -> tuple[Transfer, ...]:
    """What an owner who is the merchant held for a driver and never gives him: the operator's."""
    if reservation.split_terms.merchant is Party.OPERATOR:
        return ()
    owner_id = tx.library.space(reservation.space_id).owner_id
    zero = Money.zero(amount.currency)
    return shared_by_merchant(owner_id, Shares(zero, amount, zero, zero))
