"""Several payers of one stay: what each has paid, pays at the exit, and gets back.

How a charge is divided is a rule of the domain (kiosk.domain.payers); how the next driver takes
a stay over stands in hand_over.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.payer_turns import authorisation_name
from kiosk.domain import ledger
from kiosk.domain.money import Money
from kiosk.domain.payers import PayerPart, payer_parts
from kiosk.services.refunds import RefundPart, paid_by, refund_parts

if TYPE_CHECKING:
    from datetime import datetime

    from db.records import AuthorisationRecord
    from db.store import Tx
    from kiosk.domain.ids import OperationKey, ReservationId
    from kiosk.domain.payers import Turn
    from kiosk.services.core import Core

_NO_DRIVERS = ("receivable:shop:", ledger.PROMO, ledger.VOUCHER)
"""What shops and the operator paid is nobody's deposit."""


def parts_of_payers(
    core: Core, tx: Tx, reservation_id: ReservationId, *, until: datetime, total: Money
) -> tuple[PayerPart, ...]:
    """What each payer has to do with what drivers pay of a charge; none where there is one driver.

    `total` is the charge without what shops pay of it only when it is settled. What they have
    paid before counts as far as it has not gone back to them. What was paid, from whatever
    account, is that of whoever's turn it was.
    """
    turns = tx.payer_turns.of_reservation(reservation_id)
    if not turns:
        return ()
    zero = Money.zero(core.site.currency)
    whose = _Payers(tx, reservation_id, turns)
    paid: dict[str, Money] = {}
    for part in _paid(tx, reservation_id):
        payer = whose.payer_of(part)
        paid[payer] = paid.get(payer, zero) + part.amount
    for each in _authorised(core, tx, reservation_id):
        payer = whose.who_promised(each)
        paid[payer] = paid.get(payer, zero) + each.amount
    of_drivers = max(total - _paid_by_others(tx, reservation_id, zero), zero)
    return payer_parts(turns, until=until, total=of_drivers, paid=paid)


def due_for_rests(parts: tuple[PayerPart, ...], refund: Money) -> Money:
    """What is due so that each payer gets the own rest back, beyond what escrow has over."""
    zero = Money.zero(refund.currency)
    return max(sum((part.back for part in parts), zero) - refund, zero)


def authorised_to_post(
    core: Core, tx: Tx, reservation_id: ReservationId, parts: tuple[PayerPart, ...]
) -> dict[int, Money]:
    """How much of each authorisation, by its id, its payer's part needs."""
    whose = _Payers(tx, reservation_id, tx.payer_turns.of_reservation(reservation_id))
    zero = Money.zero(core.site.currency)
    needs = {part.account: part.part for part in parts}
    for part in _paid(tx, reservation_id):
        payer = whose.payer_of(part)
        needs[payer] = max(needs[payer] - part.amount, zero)
    found: dict[int, Money] = {}
    for each in _authorised(core, tx, reservation_id):
        payer = whose.who_promised(each)
        found[each.id] = min(each.amount, needs[payer])
        needs[payer] -= found[each.id]
    return found


def payers_refunds(
    core: Core, tx: Tx, reservation_id: ReservationId, parts: tuple[PayerPart, ...]
) -> tuple[RefundPart, ...]:
    """What goes back to each payer out of escrow, once what is authorised was posted."""
    whose = _Payers(tx, reservation_id, tx.payer_turns.of_reservation(reservation_id))
    paid = _paid(tx, reservation_id)
    found: list[RefundPart] = []
    for part in parts:
        own = [each for each in paid if whose.payer_of(each) == part.account]
        back = sum((each.amount for each in own), Money.zero(core.site.currency)) - part.part
        payments = frozenset(each.payment for each in own)
        found += refund_parts(tx, reservation_id, back, of=payments)
    return tuple(found)


def is_of_earlier_turn(tx: Tx, reservation_id: ReservationId, operation: OperationKey) -> bool:
    """Whether who paid by this operation has handed the car over since."""
    return operation in tx.payer_turns.turns_of_payments(reservation_id)


def first_payer(core: Core, tx: Tx, reservation_id: ReservationId) -> str | None:
    """The account that the deposit came from, or is authorised on; None where it cost nothing."""
    found: tuple[RefundPart | AuthorisationRecord, ...] = (
        *_paid(tx, reservation_id),
        *_authorised(core, tx, reservation_id),
    )
    return found[0].account if found else None


class _Payers:
    """Whose the payments of a stay are: each is of the turn that it was made in."""

    def __init__(self, tx: Tx, reservation_id: ReservationId, turns: tuple[Turn, ...]) -> None:
        self._turns = turns
        self._noted = tx.payer_turns.turns_of_payments(reservation_id)

    def payer_of(self, part: RefundPart) -> str:
        """The payer of what was paid."""
        return self._of(part.payment, part.operation)

    def who_promised(self, each: AuthorisationRecord) -> str:
        """The payer of what is authorised."""
        return self._of(each.operation_key, authorisation_name(each.id))

    def _of(self, *names: str | None) -> str:
        """What no hand-over came after is the last one's."""
        noted = (self._noted[name] for name in names if name in self._noted)
        return self._turns[next(noted, len(self._turns)) - 1].account


def _paid_by_others(tx: Tx, reservation_id: ReservationId, zero: Money) -> Money:
    """What shops and the operator have paid and not got back."""
    paid = paid_by(tx, reservation_id)
    return sum((part.amount for part in paid if part.account.startswith(_NO_DRIVERS)), zero)


def _paid(tx: Tx, reservation_id: ReservationId) -> list[RefundPart]:
    paid = paid_by(tx, reservation_id)
    return [part for part in paid if not part.account.startswith(_NO_DRIVERS)]


def _authorised(core: Core, tx: Tx, reservation_id: ReservationId) -> list[AuthorisationRecord]:
    """What can still be taken; an authorisation whose time is over pays nothing."""
    now = core.clock.now()
    return [
        each
        for each in tx.authorisations.open_of(reservation_id)
        if each.expires_at is None or each.expires_at > now
    ]
