"""Several payers of one stay: what each has paid, pays at the exit, and gets back.

How a charge is divided is a rule of the domain (kiosk.domain.payers); how the next driver takes
a stay over stands in hand_over.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.money import Money
from kiosk.domain.payers import PayerPart, payer_parts
from kiosk.services.refunds import RefundPart, paid_by, refund_parts

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.payers import Turn
    from kiosk.services.core import Core

_NO_DRIVERS = ("receivable:shop:", ledger.PROMO, ledger.VOUCHER)
"""What shops and the operator paid is nobody's deposit."""


def parts_of_payers(
    core: Core, tx: Tx, reservation_id: ReservationId, *, until: datetime, total: Money
) -> tuple[PayerPart, ...]:
    """What each payer has to do with what drivers pay of a charge; none where there is one driver.

    `total` is the charge without what shops pay of it only when it is settled. What they have
    paid before counts as far as it has not gone back to them. What was paid from another
    account, at the exit say, counts as the last payer's.
    """
    turns = tx.payer_turns.of_reservation(reservation_id)
    if not turns:
        return ()
    zero = Money.zero(core.site.currency)
    paid: dict[str, Money] = {}
    for part in (*_paid(tx, reservation_id), *_authorised(core, tx, reservation_id)):
        payer = _payer_of(turns, part.account)
        paid[payer] = paid.get(payer, zero) + part.amount
    of_drivers = max(total - _paid_by_others(tx, reservation_id, zero), zero)
    return payer_parts(turns, until=until, total=of_drivers, paid=paid)


def authorised_by_account(
    core: Core, tx: Tx, reservation_id: ReservationId, parts: tuple[PayerPart, ...]
) -> dict[str, Money]:
    """How much of what is authorised on each account its payer's part needs."""
    turns = tx.payer_turns.of_reservation(reservation_id)
    zero = Money.zero(core.site.currency)
    needs = {part.account: part.part for part in parts}
    for part in _paid(tx, reservation_id):
        payer = _payer_of(turns, part.account)
        needs[payer] = max(needs[payer] - part.amount, zero)
    found: dict[str, Money] = {}
    for part in _authorised(core, tx, reservation_id):
        payer = _payer_of(turns, part.account)
        taken = min(part.amount, needs[payer])
        needs[payer] -= taken
        found[part.account] = found.get(part.account, zero) + taken
    return found


def payers_refunds(
    core: Core, tx: Tx, reservation_id: ReservationId, parts: tuple[PayerPart, ...]
) -> tuple[RefundPart, ...]:
    """What goes back to each payer out of escrow, once what is authorised was posted."""
    turns = tx.payer_turns.of_reservation(reservation_id)
    paid = _paid(tx, reservation_id)
    found: list[RefundPart] = []
    for part in parts:
        own = [each for each in paid if _payer_of(turns, each.account) == part.account]
        back = sum((each.amount for each in own), Money.zero(core.site.currency)) - part.part
        accounts = frozenset(each.account for each in own)
        found += refund_parts(tx, reservation_id, back, of=accounts)
    return tuple(found)


def first_payer(core: Core, tx: Tx, reservation_id: ReservationId) -> str | None:
    """The account that the deposit came from, or is authorised on; None where it cost nothing."""
    found = (*_paid(tx, reservation_id), *_authorised(core, tx, reservation_id))
    return found[0].account if found else None


def _payer_of(turns: tuple[Turn, ...], account: str) -> str:
    return account if account in {turn.account for turn in turns} else turns[-1].account


def _paid_by_others(tx: Tx, reservation_id: ReservationId, zero: Money) -> Money:
    """What shops and the operator have paid and not got back."""
    paid = paid_by(tx, reservation_id)
    return sum((part.amount for part in paid if part.account.startswith(_NO_DRIVERS)), zero)


def _paid(tx: Tx, reservation_id: ReservationId) -> list[RefundPart]:
    paid = paid_by(tx, reservation_id)
    return [part for part in paid if not part.account.startswith(_NO_DRIVERS)]


def _authorised(core: Core, tx: Tx, reservation_id: ReservationId) -> list[RefundPart]:
    """What can still be taken; an authorisation whose time is over pays nothing."""
    now = core.clock.now()
    return [
        RefundPart(each.account, each.amount)
        for each in tx.authorisations.open_of(reservation_id)
        if each.expires_at is None or each.expires_at > now
    ]
