"""A later refund of a stay that is not all paid lowers its debt first; only the rest goes back.

What was left unpaid is nobody's share yet: a refund strikes it off, goodwill pays it for the
driver. What a provider could not collect the parties have: they give it back to who advanced it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain import journals, ledger
from kiosk.domain.money import Money
from kiosk.domain.settlement import share_transfers

if TYPE_CHECKING:
    from db.records import DebtRecord
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.ledger import Transfer
    from kiosk.services.commands import Actor
    from kiosk.services.core import Core
    from kiosk.services.standing import Standing


@dataclass(frozen=True, slots=True)
class SetOff:
    """So much of a refund that lowers a debt."""

    debt: DebtRecord
    amount: Money


def open_debts(
    tx: Tx, reservation_id: ReservationId, receipt_number: int | None
) -> tuple[DebtRecord, ...]:
    """What a refund of this receipt lowers, oldest first; not what an earlier receipt left."""
    of_it = {None, receipt_number}
    return tuple(each for each in tx.debts.open_of(reservation_id) if each.receipt_number in of_it)


def set_off(debts: tuple[DebtRecord, ...], refund: Money) -> tuple[SetOff, ...]:
    """Divide a refund among open debts, as far as it and they go."""
    found: list[SetOff] = []
    for debt in debts:
        amount = min(debt.amount, refund)
        refund -= amount
        if amount:
            found.append(SetOff(debt, amount))
    return tuple(found)


def refund_transfers(
    reservation_id: ReservationId, stands: Standing, refund: Money, off: tuple[SetOff, ...]
) -> tuple[Transfer, ...]:
    """A refund at the cost of the parties: they give back only what they have of it."""
    unshared = _unshared(off, refund)
    struck = journals.unpaid_written_off(reservation_id, unshared) if unshared else ()
    granted = journals.refund_granted(reservation_id, stands.given(refund - unshared))
    advanced = _total(off, refund) - unshared
    due = ledger.refund_due(reservation_id)
    return (*struck, *granted, *ledger.moved(due, ledger.RECEIVABLE_DRIVER, advanced))


def goodwill_transfers(
    reservation_id: ReservationId, stands: Standing, gift: Money, off: tuple[SetOff, ...]
) -> tuple[Transfer, ...]:
    """A refund at the operator's cost: what it pays of a debt is shared out like any payment."""
    unshared, due = _unshared(off, gift), ledger.refund_due(reservation_id)
    shared: tuple[Transfer, ...] = ()
    if unshared:
        shared = (
            *journals.paid_later(reservation_id, account=due, amount=unshared),
            *share_transfers(reservation_id, stands.paid_later(unshared)),
        )
    advanced = _total(off, gift) - unshared
    return (
        *journals.goodwill_granted(reservation_id, gift),
        *shared,
        *ledger.moved(due, ledger.RECEIVABLE_DRIVER, advanced),
    )


def lower(core: Core, tx: Tx, off: tuple[SetOff, ...], *, actor: Actor) -> None:
    """Write down what is off each debt."""
    for each in off:
        tx.debts.lower(each.debt.code, each.amount, at=core.clock.now())
        core.audit(
            tx,
            actor=actor,
            action="debt.lowered",
            detail=f"{each.amount.minor} {each.debt.code}",
            reservation_id=each.debt.reservation_id,
        )


def _unshared(off: tuple[SetOff, ...], refund: Money) -> Money:
    """What of it nobody has a share of."""
    return _total(tuple(each for each in off if each.debt.receipt_number is not None), refund)


def _total(off: tuple[SetOff, ...], refund: Money) -> Money:
    return sum((each.amount for each in off), Money.zero(refund.currency))
