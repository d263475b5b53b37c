"""Refunds that are held while a bank may give their driver the same money.

What would go back through the provider of an open chargeback stays in refund-due: lost, it meets
the chargeback (chargebacks.py), won, it is sent. What comes due after the loss meets it at once,
before the parties do (chargebacks.meet_losses).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.records import UNFINISHED, OperationRecord
from kiosk.domain import journals, ledger
from kiosk.domain.disputes import Cause, Chargeback, ChargebackState, HeldRefund
from kiosk.domain.ids import OperationKey
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.services.merchants import account_of, account_paid, kept_back

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.services.core import Core


def step_key(chargeback: Chargeback, step: str) -> str:
    """The key of the journal of one step of a chargeback."""
    return f"chargeback:{chargeback.adapter}:{chargeback.reference}:{step}"


def reason_of(chargeback: Chargeback) -> str:
    """What the corrections of a chargeback are written down for."""
    return f"chargeback {chargeback.adapter} {chargeback.reference}"


def lost_by_parties(tx: Tx, chargeback: Chargeback) -> Money:
    """What its loss has taken from the parties; nothing before it, and after it was won."""
    reason, zero = reason_of(chargeback), Money.zero(chargeback.amount.currency)
    made = tx.disputes.corrections_of(chargeback.reservation_id)
    of_it = (each for each in made if each.cause is Cause.CHARGEBACK and each.reason == reason)
    return sum((each.total for each in of_it), zero)


def unsent(tx: Tx, chargeback: Chargeback) -> tuple[HeldRefund, ...]:
    """What is held for a chargeback, or has met it."""
    held = tx.disputes.held_for(chargeback.id)
    return tuple(each for each in held if tx.payments.operation(each.sent_as) is None)


def held_sum(tx: Tx, chargeback: Chargeback) -> Money:
    """How much that is."""
    zero = Money.zero(chargeback.amount.currency)
    return sum((each.amount for each in unsent(tx, chargeback)), zero)


def claim_of(tx: Tx, chargeback: Chargeback) -> str:
    """The account that had been paid into: ours at the provider, or an owner's."""
    taken, *_ = tx.ledger.transfers_of_journal(step_key(chargeback, "opened"))
    return taken.credit


def waiting(tx: Tx, reservation_id: ReservationId) -> tuple[HeldRefund, ...]:
    """The refunds that wait for a bank: nobody sends them, and the desk does not pay them."""
    cases = tx.disputes.chargebacks_of(reservation_id)
    undecided = (each for each in cases if each.state is ChargebackState.OPEN)
    return tuple(held for each in undecided for held in unsent(tx, each))


def held_of(tx: Tx, reservation_id: ReservationId, currency: str) -> Money:
    """How much of refund-due waits for a bank."""
    return sum((each.amount for each in waiting(tx, reservation_id)), Money.zero(currency))


def for_the_desk(tx: Tx, reservation_id: ReservationId, currency: str) -> Money:
    """What of refund-due neither a provider is asked for nor a bank is waited for."""
    owed = tx.ledger.balance(ledger.refund_due(reservation_id), currency).owed
    for each in tx.payments.of_reservation(reservation_id):
        if each.kind == "refund" and each.state in UNFINISHED:
            owed -= each.amount
    return owed - held_of(tx, reservation_id, currency)


def hold(
    core: Core,
    tx: Tx,
    reservation_id: ReservationId,
    *,
    adapter: str,
    amount: Money,
    original: OperationKey | None,
    journal_key: str,
) -> Money:
    """Hold so much of a refund that is due as a bank may have given; what is left to be sent."""
    for chargeback in tx.disputes.chargebacks_of(reservation_id):
        if chargeback.adapter == adapter:
            amount -= _hold_for(
                core, tx, chargeback, amount=amount, original=original, journal_key=journal_key
            )
    return amount


CAME_OFF_DEBT = "came-off-debt"
"""The reference of a refund that its provider was never asked for (debts.py)."""


def hold_refused(core: Core, tx: Tx, reservation_id: ReservationId) -> None:
    """What a provider will not give back waits for the desk, which must not pay it twice either.

    Held is what was asked of the provider before the bank came, or was won; what was granted
    while the bank had the money was granted beside it.
    """
    held_before = {
        each.journal_key
        for chargeback in tx.disputes.chargebacks_of(reservation_id)
        for each in tx.disputes.held_for(chargeback.id)
    }
    for chargeback in tx.disputes.chargebacks_of(reservation_id):
        won = {each.sent_as for each in tx.disputes.held_for(chargeback.id)}
        for refused in _refused(tx, reservation_id):
            is_older = refused.created_at <= chargeback.opened_at or refused.key in won
            is_its = refused.adapter == chargeback.adapter and refused.key not in held_before
            if is_older and is_its:
                _hold_for(
                    core,
                    tx,
                    chargeback,
                    amount=min(
                        refused.amount, for_the_desk(tx, reservation_id, refused.amount.currency)
                    ),
                    original=refused.original,
                    journal_key=refused.key,
                )


def _refused(tx: Tx, reservation_id: ReservationId) -> list[OperationRecord]:
    """Refunds that a provider has refused since the desk last paid what was due."""
    due = ledger.refund_due(reservation_id)
    paid_at = [
        row.at
        for row in tx.ledger.transfers_of(reservation_id)
        if row.transfer.debit == due and ledger.kind_of(row.transfer.credit).name == "till"
    ]
    return [
        each
        for each in tx.payments.of_reservation(reservation_id)
        if each.kind == "refund"
        and each.state == "declined"
        and each.reference != CAME_OFF_DEBT
        and (not paid_at or each.changed_at > paid_at[-1])
    ]


def _hold_for(
    core: Core,
    tx: Tx,
    chargeback: Chargeback,
    *,
    amount: Money,
    original: OperationKey | None,
    journal_key: str,
) -> Money:
    """Hold no more than what is still at stake; how much it is."""
    held = min(amount, at_stake(tx, chargeback))
    if not held:
        return held
    now, reservation_id = core.clock.now(), chargeback.reservation_id
    held_id = tx.disputes.hold(
        chargeback, journal_key=journal_key, original=original, amount=held, at=now
    )
    if chargeback.state is ChargebackState.LOST:
        reservation = tx.reservations.get(reservation_id)
        assert reservation is not None, "a chargeback is of a reservation"
        met = journals.lost_before_refund(reservation_id, held)
        paid_into = account_paid(tx, original) or account_of(tx, chargeback.adapter, reservation)
        met += kept_back(paid_into, held)
        key = step_key(chargeback, f"met:{held_id}")
        tx.ledger.post(Journal(key, "chargeback", met, reservation_id), now)
    return held


def send(core: Core, tx: Tx, chargeback: Chargeback) -> None:
    """The chargeback is won: what was held for it goes to the driver."""
    for each in unsent(tx, chargeback):
        queue_refund(
            core,
            tx,
            chargeback.reservation_id,
            adapter=chargeback.adapter,
            key=each.sent_as,
            amount=each.amount,
            original=each.original,
        )


def queue_refund(
    core: Core,
    tx: Tx,
    reservation_id: ReservationId,
    *,
    adapter: str,
    key: OperationKey,
    amount: Money,
    original: OperationKey | None,
) -> None:
    """Write the intent of a refund; housekeeping sends it after this commit."""
    now = core.clock.now()
    tx.payments.add_operation(
        key,
        adapter=adapter,
        kind="refund",
        purpose="refund",
        reservation_id=reservation_id,
        amount=amount,
        state="new",
        at=now,
        original=original,
    )


def at_stake(tx: Tx, chargeback: Chargeback) -> Money:
    """What of a chargeback no refund that was held, and no party, has met yet."""
    if chargeback.state is ChargebackState.WON:
        return Money.zero(chargeback.amount.currency)
    return chargeback.amount - held_sum(tx, chargeback) - lost_by_parties(tx, chargeback)
