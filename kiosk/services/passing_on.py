"""What an owner who is the merchant of record passes on, and gets again (docs/money.md).

Each journal that settles, gives back or loses money of a reservation ends with it, so that the
owner holds nothing but what is still on its way. Whose account that is: merchants.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from db.records import UNFINISHED
from kiosk.domain import ledger
from kiosk.domain.journals_outside import shared_by_merchant
from kiosk.domain.money import Money
from kiosk.domain.settlement import Party, Shares
from kiosk.services.held_refunds import held_of

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import OwnerId
    from kiosk.domain.ledger import Transfer
    from kiosk.domain.reservation import Reservation


class Back(Protocol):
    """What goes back to a driver through an account (refunds.RefundPart)."""

    @property
    def account(self) -> str: ...

    @property
    def amount(self) -> Money: ...


def passed_on(
    tx: Tx,
    reservation: Reservation,
    moved: tuple[Transfer, ...],
    *,
    back: Sequence[Back] = (),
    shares: Shares | None = None,
) -> tuple[Transfer, ...]:
    """What belongs behind the transfers of a journal that is to be posted.

    All that the owner holds is passed on, or what is missing is given again, but for what lies
    in escrow, is with a bank, or goes `back` to the driver. The owner's and the manager's share
    in this journal come first (`shares` where it moves none of its own), the rest is the
    operator's: what others have paid (a wallet, a till) the owner does not hold.
    """
    if reservation.split_terms.merchant is Party.OPERATOR or not moved:
        return ()
    owner_id = tx.library.space(reservation.space_id).owner_id
    held = _held(tx, reservation, owner_id, moved)
    account = ledger.held_by_owner(owner_id)
    held -= sum((part.amount for part in back if part.account == account), held - held)
    mine = shares or _shares_in(moved, owner_id)
    to_owner = _between(held, mine.owner)
    to_manager = _between(held - to_owner, mine.manager)
    rest, zero = held - to_owner - to_manager, held - held
    return shared_by_merchant(owner_id, Shares(to_owner, rest, zero, to_manager))


def _held(
    tx: Tx, reservation: Reservation, owner_id: OwnerId, moved: tuple[Transfer, ...]
) -> Money:
    """What the owner, or a bank in the owner's place, has of it that is settled and stays."""
    account, escrow = ledger.held_by_owner(owner_id), ledger.escrow(reservation.id)
    counted = {account, ledger.disputed(account), escrow}
    held = Money.zero(moved[0].amount.currency)
    before = (row.transfer for row in tx.ledger.transfers_of(reservation.id))
    for each in chain(before, moved):
        held += each.amount if each.debit in counted else held - held
        held -= each.amount if each.credit in counted else held - held
    for operation in tx.payments.of_reservation(reservation.id):
        if operation.kind == "refund" and operation.state in UNFINISHED:
            held -= operation.amount
    return held - held_of(tx, reservation.id, held.currency)


def _shares_in(moved: tuple[Transfer, ...], owner_id: OwnerId) -> Shares:
    """What a journal gives to the owner and the manager, or takes from them."""
    zero = Money.zero(moved[0].amount.currency)

    def net(account: str) -> Money:
        got = sum((each.amount for each in moved if each.credit == account), zero)
        return got - sum((each.amount for each in moved if each.debit == account), zero)

    return Shares(net(ledger.owner(owner_id)), zero, zero, net(ledger.MANAGER))


def _between(held: Money, share: Money) -> Money:
    """A share as far as what is held, or is missing, goes."""
    zero = held - held
    return max(min(share, max(held, zero)), min(held, zero))
