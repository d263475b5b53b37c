"""Gives back a part of what a settled stay has cost, by all parties or by the operator alone.

The fee is split again at the new total and each party gives the difference (docs/money.md);
who gets how much of it, and through whom, stands in refunds.py. A receipt is never changed: a
corrective receipt with a number of its own names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain import journals, ledger
from kiosk.domain.after_outcomes import RefundRefused, StayRefunded
from kiosk.domain.disputes import Cause, Correction
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.outcomes import ReasonMissing
from kiosk.domain.settlement import Shares
from kiosk.services import refunds, set_off
from kiosk.services.approvals import Approved, approve
from kiosk.services.displace import share_surcharge
from kiosk.services.events import SiteChanged
from kiosk.services.passing_on import passed_on
from kiosk.services.standing import Standing, standing

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.ledger import Transfer
    from kiosk.services.after_commands import RefundProblem, RefundStay
    from kiosk.services.approvals import Proof
    from kiosk.services.commands import Actor
    from kiosk.services.core import Core
    from kiosk.services.refunds import RefundPart

_GIVEN = "stay.refunded"
"""In the audit, with its minor units, the number of its corrective receipt and its intent."""


def refund_stay(core: Core, command: RefundStay) -> StayRefunded | RefundProblem:
    """Give back so much, under the attendant's name; above a limit two persons approve it."""
    with core.store.transaction() as tx:
        given = _given_before(core, tx, command.reservation_id, command.intent)
        if given is not None:
            return given
        amount = command.amount
        if command.is_new_total and amount.currency == core.site.currency:
            amount = standing(core, tx, command.reservation_id).total_now - amount
        refund = Refund(
            reservation_id=command.reservation_id,
            amount=amount,
            is_goodwill=command.is_goodwill,
            reason=command.reason,
            intent=command.intent,
        )
        refunded = give_back_later(core, tx, refund, actor=command.actor, proof=command.proof)
    if isinstance(refunded, StayRefunded):
        core.publish(SiteChanged())
    return refunded


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """What is to be given back of which stay, at whose cost and why."""

    reservation_id: ReservationId
    amount: Money
    is_goodwill: bool
    reason: str
    intent: str


def most_refund(core: Core, tx: Tx, reservation_id: ReservationId) -> Money:
    """How much can still go back: what was paid and is neither back, at a bank nor in escrow.

    What its driver still owes can be taken off that debt. Never more than the stay costs by
    now, whoever gives it.
    """
    zero = Money.zero(core.site.currency)
    paid = sum((part.amount for part in refunds.free_parts(tx, reservation_id)), zero)
    escrow = ledger.escrow(reservation_id)
    settled = paid - tx.ledger.balance(escrow, core.site.currency).owed
    stands = standing(core, tx, reservation_id)
    debts = set_off.open_debts(tx, reservation_id, stands.receipt_number)
    owed = sum((debt.amount for debt in debts), zero)
    return max(min(settled + owed, stands.total_now), zero)


def give_back_later(
    core: Core, tx: Tx, refund: Refund, *, actor: Actor, proof: Proof
) -> StayRefunded | RefundProblem:
    """Approve, post, queue what providers must do, and write the corrective receipt."""
    reservation_id, amount = refund.reservation_id, refund.amount
    if not refund.reason.strip():
        return ReasonMissing()
    most = most_refund(core, tx, reservation_id)
    if amount.currency != most.currency or not Money.zero(most.currency) < amount <= most:
        return RefundRefused(most)
    earlier = _given_by_attendants(core, tx, reservation_id)
    takes_two = (earlier + amount).minor > core.site.refund_two_persons_above_minor
    approved = approve(core, tx, proof, takes_two=takes_two)
    if not isinstance(approved, Approved):
        return approved
    stands = standing(core, tx, reservation_id)
    off = set_off.set_off(set_off.open_debts(tx, reservation_id, stands.receipt_number), amount)
    rest = amount - sum((each.amount for each in off), Money.zero(most.currency))
    parts = refunds.later_parts(tx, reservation_id, rest)
    moved = set_off.goodwill_transfers if refund.is_goodwill else set_off.refund_transfers
    granted = moved(reservation_id, stands, amount, off)
    correction = tx.disputes.correct(_correction(core, refund, stands, by=approved.by))
    key = f"later-refund:{correction.note_number}"
    transfers = (*granted, *_paid_at_once(reservation_id, parts))
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None, "only what is listed is refunded"
    transfers += passed_on(tx, reservation, transfers, back=parts)
    is_new = tx.ledger.post(
        Journal(key, refunds.LATER_REFUND, transfers, reservation_id), core.clock.now()
    )
    assert is_new, "the number of a corrective receipt is new"
    refunds.queue_refunds(core, tx, reservation_id, parts, key=key)
    set_off.lower(core, tx, off, actor=actor)
    share_surcharge(core, tx, reservation)
    core.audit(
        tx,
        actor=actor,
        action=_GIVEN,
        detail=f"{amount.minor} {correction.note_number} {refund.intent}",
        reservation_id=reservation_id,
    )
    return _told(correction, parts)


def _given_before(
    core: Core, tx: Tx, reservation_id: ReservationId, intent: str
) -> StayRefunded | None:
    """What the same intent has given back already."""
    for row in tx.audit.of_reservation(reservation_id):
        _, _, made = row.detail.partition(" ")
        number, _, said = made.partition(" ")
        if row.action == _GIVEN and said == intent:
            corrections = tx.disputes.corrections_of(reservation_id)
            correction = next(each for each in corrections if each.note_number == int(number))
            zero = Money.zero(core.site.currency)
            return StayRefunded(correction, by_provider=zero, in_cash=zero)
    return None


def _given_by_attendants(core: Core, tx: Tx, reservation_id: ReservationId) -> Money:
    """All that was given back of it before: much in small pieces is much."""
    corrections = tx.disputes.corrections_of(reservation_id)
    given = (each.total for each in corrections if each.cause is not Cause.CHARGEBACK)
    return sum(given, Money.zero(core.site.currency))


def _correction(core: Core, refund: Refund, stands: Standing, *, by: str) -> Correction:
    currency = core.site.currency
    nothing = Shares.nothing(currency)
    is_goodwill = refund.is_goodwill
    return Correction(
        reservation_id=refund.reservation_id,
        receipt_number=stands.receipt_number,
        cause=Cause.GOODWILL if is_goodwill else Cause.REFUND,
        total=refund.amount,
        tax=Money.zero(currency) if is_goodwill else stands.tax_of(refund.amount),
        shares=nothing if is_goodwill else nothing - stands.receipt_back(refund.amount),
        reason=refund.reason.strip(),
        at=core.clock.now(),
        by=by,
    )


def _paid_at_once(
    reservation_id: ReservationId, parts: tuple[RefundPart, ...]
) -> tuple[Transfer, ...]:
    """What needs neither a provider nor a hand: wallets, and who is billed later."""
    return tuple(
        transfer
        for part in parts
        if part.account_now is not None
        for transfer in journals.refund_paid(
            reservation_id, account=part.account_now, amount=part.amount
        )
    )


def _told(correction: Correction, parts: tuple[RefundPart, ...]) -> StayRefunded:
    zero = correction.total - correction.total
    waiting = [part for part in parts if part.account_now is None]
    return StayRefunded(
        correction,
        by_provider=sum((each.amount for each in waiting if each.adapter is not None), zero),
        in_cash=sum((each.amount for each in waiting if each.adapter is None), zero),
    )
