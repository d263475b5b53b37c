"""Which owner has how much of a reservation whose car has stood on spaces of several owners.

A settlement is the affair of the space that the car leaves; what goes back afterwards, or comes
again, is divided here among all who have got something (docs/decisions/0012-money.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.domain import ledger
from kiosk.domain.ids import OwnerId, ReservationId
from kiosk.domain.ledger import Transfer
from kiosk.domain.money import Money
from kiosk.domain.settlement import Shared, Shares


@dataclass(frozen=True, slots=True)
class OwnersPart:
    """What one owner got out of the escrow of a reservation, and has given back of it since."""

    owner_id: OwnerId
    got: Money
    given: Money

    @property
    def has(self) -> Money:
        """What is still the owner's."""
        return self.got - self.given


def parts_of_owners(
    reservation_id: ReservationId, transfers: Iterable[Transfer]
) -> tuple[OwnersPart, ...]:
    """Who of the owners has how much, by all transfers of the reservation: first come, first.

    What an owner who is the merchant holds, and passes on, is no part of it. What an owner gives
    beside any fee (journals.COMPENSATION) must not be among the transfers.
    """
    escrow = ledger.escrow(reservation_id)
    got: dict[str, Money] = {}
    given: dict[str, Money] = {}
    for each in transfers:
        for account, other, amount in (
            (each.credit, each.debit, each.amount),
            (each.debit, each.credit, -each.amount),
        ):
            if ledger.kind_of(account).name != "owner" or ledger.is_held(other):
                continue
            zero = each.amount - each.amount
            got.setdefault(account, zero)
            given.setdefault(account, zero)
            if other == escrow:
                got[account] += amount
            else:
                given[account] -= amount
    return tuple(
        OwnersPart(ledger.whose(account), got[account], given[account]) for account in got
    )


def shared_back(parts: Sequence[OwnersPart], shares: Shares, *, of_now: OwnerId) -> Shared:
    """Divides what owners give (below zero) or have again, and nobody gives what it has not got.

    Whoever came last gives first, as far as it has it; whoever came first has again first what
    it had given. So it makes no difference in what order refunds and banks come and go. What is
    beyond all of it, a unit that the rounding of two splits has moved, is the last one's; `of_now`
    is the owner whose space it is, for a stay of which nobody has got anything.
    """
    left = shares.owner
    zero = left - left
    found = {part.owner_id: zero for part in parts} or {of_now: zero}
    if left < zero:
        for part in reversed(parts):
            found[part.owner_id] = max(left, min(-part.has, zero))
            left -= found[part.owner_id]
    else:
        for part in parts:
            found[part.owner_id] = min(left, max(part.given, zero))
            left -= found[part.owner_id]
    found[[*found][-1]] += left
    return Shared(shares, tuple(found.items()))


def shared_on(parts: Sequence[OwnersPart], shares: Shares, *, of_now: OwnerId) -> Shared:
    """Divides what is settled, or paid later of it: the owner whose space it was gets it.

    Where a unit goes back because two remainders have grown into one at once, it is divided.
    """
    if shares.owner.minor < 0:
        return shared_back(parts, shares, of_now=of_now)
    return Shared.to(of_now, shares)
