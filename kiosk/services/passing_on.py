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
from kiosk.domain.journals_outside import shared_by_merchant
from kiosk.domain.money import Money
from kiosk.domain.settlement import Party, Shares
from kiosk.services.held_refunds import waiting
from kiosk.services.merchants import account_of_operation, account_paid
from kiosk.services.owners import owner_at

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import OwnerId
    from kiosk.domain.ledger import Transfer
    from kiosk.domain.reservation import Reservation
    from kiosk.domain.settlement import Shared


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
    shares: Shared | None = None,
) -> tuple[Transfer, ...]:
    """What belongs behind the transfers of a journal that is to be posted.

    All that an owner holds is passed on, or what is missing is given again, but for what lies
    in escrow, is with a bank, or goes `back` to the driver. An owner's own share in this journal
    comes first (`shares` where it moves none of its own), then the manager's, the rest is the
    operator's: what others have paid (a wallet, a till) no owner holds.

    Whoever took money before the car was moved to another owner's space has no share in it, and
    hands all of it over; what others hold covers escrow before what the owner of the space does.
    """
    is_owners = reservation.split_terms.merchant is Party.OWNER
    if not moved or not (is_owners or tx.changes.moves(reservation.id)):
        return ()
    own = ledger.held_by_owner(owner_at(tx, reservation)) if is_owners else ""
    held = _held(tx, reservation, moved)
    for part in back:
        if part.account in held:
            held[part.account] -= part.amount
    escrow, zero = _escrow(tx, reservation, moved), Money.zero(moved[0].amount.currency)
    mine = _owners_in(moved) if shares is None else dict(shares.owners)
    manager = _net(moved, ledger.MANAGER) if shares is None else shares.shares.manager
    found: list[Transfer] = []
    for account in sorted(held, key=lambda each: each == own):
        stays = escrow if [*held] == [own] else _between(held[account], escrow)
        escrow -= stays
        owner_id, kept = ledger.whose(account), held[account] - stays
        to_owner = _between(kept, mine.get(owner_id, zero))
        has_share = account == own or to_owner
        to_manager = _between(kept - to_owner, manager) if has_share else zero
        manager -= to_manager
        rest = kept - to_owner - to_manager
        found += shared_by_merchant(owner_id, Shares(to_owner, rest, zero, to_manager))
    return tuple(found)


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


def _owners_in(moved: tuple[Transfer, ...]) -> dict[OwnerId, Money]:
    """What a journal gives to each owner, or takes from it."""
    accounts = {account for each in moved for account in (each.debit, each.credit)}
    owners = (each for each in accounts if ledger.kind_of(each).name == "owner")
    return {ledger.whose(account): _net(moved, account) for account in owners}


def _net(moved: tuple[Transfer, ...], account: str) -> Money:
    zero = Money.zero(moved[0].amount.currency)
    got = sum((each.amount for each in moved if each.credit == account), zero)
    return got - sum((each.amount for each in moved if each.debit == account), zero)


def _between(held: Money, share: Money) -> Money:
    """A share as far as what is held, or is missing, goes."""
    zero = held - held
    return max(min(share, max(held, zero)), min(held, zero))
