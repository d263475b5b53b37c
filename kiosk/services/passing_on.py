"""What an owner who is the merchant of record passes on, and gets again (docs/money.md).

Each journal that settles, gives back or loses money of a reservation ends with it, so that the
owner holds nothing but what is still on its way. Whose account that is: merchants.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from db.records import UNFINISHED
from kiosk.domain import ledger
from kiosk.domain.journals_outside import given_again, handed_over, shared_by_merchant
from kiosk.domain.money import Money
from kiosk.domain.settlement import Party, Shares
from kiosk.services.held_refunds import waiting
from kiosk.services.merchants import account_of_operation, account_paid

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import OwnerId
    from kiosk.domain.ledger import Transfer
    from kiosk.domain.reservation import Reservation


_HELD, _DISPUTED = "held-by-owner:", ":disputed"


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

    The owner is that of the space now. Whoever took money before the car was moved there hands
    it over; what others hold covers escrow before what this owner does.

    All that the owner holds is passed on, or what is missing is given again, but for what lies
    in escrow, is with a bank, or goes `back` to the driver. The owner's and the manager's share
    in this journal come first (`shares` where it moves none of its own), the rest is the
    operator's: what others have paid (a wallet, a till) the owner does not hold.
    """
    is_owners = reservation.split_terms.merchant is Party.OWNER
    if not moved or not (is_owners or tx.changes.moves(reservation.id)):
        return ()
    owner_id = tx.library.space(reservation.space_id).owner_id
    own = ledger.held_by_owner(owner_id) if is_owners else ""
    held = _held(tx, reservation, moved)
    for part in back:
        if part.account in held:
            held[part.account] -= part.amount
    escrow, zero = _escrow(tx, reservation, moved), Money.zero(moved[0].amount.currency)
    others: list[Transfer] = []
    for account, kept in held.items():
        if account != own:
            stays = _between(kept, escrow)
            escrow -= stays
            others += _squared(account, kept - stays)
    if own not in held:
        return tuple(others)
    mine, kept = shares or _shares_in(moved, owner_id), held[own]
    kept -= _between(kept, escrow) if len(held) > 1 else escrow
    to_owner = _between(kept, mine.owner)
    to_manager = _between(kept - to_owner, mine.manager)
    rest = kept - to_owner - to_manager
    return (*others, *shared_by_merchant(owner_id, Shares(to_owner, rest, zero, to_manager)))


def _squared(account: str, kept: Money) -> tuple[Transfer, ...]:
    """What somebody holds whose space it is not: handed over, or what is missing given again."""
    if not kept:
        return ()
    return handed_over(account, kept) if kept.minor > 0 else given_again(account, -kept)


def _held(tx: Tx, reservation: Reservation, moved: tuple[Transfer, ...]) -> dict[str, Money]:
    """What each owner, or a bank in an owner's place, has of it that is not on its way back."""
    held: dict[str, Money] = {}
    zero = Money.zero(moved[0].amount.currency)
    for each in _all(tx, reservation, moved):
        for account, amount in ((each.debit, each.amount), (each.credit, -each.amount)):
            if account.startswith(_HELD):
                name = account.removesuffix(_DISPUTED)
                held[name] = held.get(name, zero) + amount
    on_the_way = [
        (account_of_operation(tx, each), each.amount)
        for each in tx.payments.of_reservation(reservation.id)
        if each.kind == "refund" and each.state in UNFINISHED
    ]
    on_the_way += [
        (account_paid(tx, each.original) or "", each.amount)
        for each in waiting(tx, reservation.id)
    ]
    for account, amount in on_the_way:
        if account in held:
            held[account] -= amount
    return held


def _escrow(tx: Tx, reservation: Reservation, moved: tuple[Transfer, ...]) -> Money:
    """What lies in escrow once a journal is posted."""
    escrow = ledger.escrow(reservation.id)
    zero = Money.zero(moved[0].amount.currency)
    rest = tx.ledger.balance(escrow, zero.currency).owed
    for each in moved:
        rest += each.amount if each.credit == escrow else zero
        rest -= each.amount if each.debit == escrow else zero
    return rest


def _all(tx: Tx, reservation: Reservation, moved: tuple[Transfer, ...]) -> Iterable[Transfer]:
    """All that was ever moved of a reservation, and what is to be."""
    return chain((row.transfer for row in tx.ledger.transfers_of(reservation.id)), moved)


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
