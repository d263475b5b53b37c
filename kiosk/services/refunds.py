"""Money on its way back to drivers: to whom, through whom, and what is done when that fails.

What a wallet paid returns to the wallet in the same commit. What a provider collected becomes
a debt (refund-due) and an intent, until the provider confirms it; when it will not, an
attendant pays the debt from the till, as with all that was paid in cash.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.records import OperationRecord, RefundPartRecord
from kiosk.domain import journals_cash, ledger
from kiosk.domain.ids import OperationKey
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money
from kiosk.domain.outcomes import NothingToRefund, NotSignedIn, RefundPaid
from kiosk.domain.settlement import refund_transfers
from kiosk.services import till
from kiosk.services.events import SiteChanged
from kiosk.services.held_refunds import claim_of, for_the_desk, hold, queue_refund, unsent
from kiosk.services.passing_on import passed_on

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.till_outcomes import ShiftClosed, TillTooLow
    from kiosk.services.commands import PayRefundInCash
    from kiosk.services.core import Core

_PROVIDER = "psp:"
_PAYERS = frozenset({"wallet", "psp", "till", "receivable", "held-by-owner", "promo", "voucher"})
"""Kinds of accounts that deposits come from; a share that was taken back is nobody's payment."""
_WAITING = frozenset({"psp", "till"})
"""Where money goes back only when a provider has confirmed it, or when it is handed out."""
_NOT_THE_DRIVERS = ("receivable:shop:", ledger.PROMO)
"""What a shop or the operator paid of a stay goes back only when the driver has all of his."""
LATER_REFUND = "later-refund"
"""The kind of journal by which parties, or the operator alone, give back what was settled."""
LATE = ":late"
"""After the key of a capture: the journal of what it brought after it had failed (late.py)."""
SET_OFF = ":off"
"""After the key of a refund: what of it came off a debt, its capture having failed (debts.py)."""


@dataclass(frozen=True, slots=True)
class RefundPart:
    """A part of a refund and the account of whoever had paid it."""

    account: str
    amount: Money
    operation: OperationKey | None = None
    """The operation at a provider that had taken it; None where no provider has."""
    is_free: bool = False
    """Whether it was looked for among what no bank has taken back (later_parts)."""
    journal: str | None = None
    """The journal that had brought it; None where that is named as the operation is."""

    @property
    def payment(self) -> str:
        """The journal that had brought it: it tells this payment from others of its account."""
        name = self.journal or self.operation
        assert name is not None, "what was paid was posted"
        return name

    @property
    def adapter(self) -> str | None:
        """The provider that must give it back; None for a wallet of ours, and for cash."""
        return self.account.removeprefix(_PROVIDER) if self._is_provider else None

    @property
    def account_now(self) -> str | None:
        """Where it goes in the same commit; None where it waits, for a provider or for the desk.

        At an exit nobody hands out cash.
        """
        is_waiting = ledger.kind_of(self.account).name in _WAITING or self.operation is not None
        return None if is_waiting else self.account

    @property
    def _is_provider(self) -> bool:
        return self.account.startswith(_PROVIDER)


def refund_parts(
    tx: Tx, reservation_id: ReservationId, refund: Money, *, of: frozenset[str] | None = None
) -> tuple[RefundPart, ...]:
    """Divide a refund among those who paid, newest payment first (docs/money.md).

    What was given back before is nobody's any more. With `of` only what these payments had
    brought.
    """
    paid = paid_by(tx, reservation_id)
    return _take([part for part in paid if of is None or part.payment in of], refund)


def paid_by(tx: Tx, reservation_id: ReservationId) -> list[RefundPart]:
    """Who has paid how much of it and has it not back yet, oldest payment first.

    What a provider could not collect was not paid. What a bank has taken back was: escrow has
    it, and what would go back of it is held (held_refunds.py).
    """
    return _paid_and_taken(tx, reservation_id)[0]


def free_parts(tx: Tx, reservation_id: ReservationId) -> list[RefundPart]:
    """What was paid and no bank has taken back: so much can be given back after a settlement."""
    paid, taken = _paid_and_taken(tx, reservation_id)
    return _without(paid, taken)


def collected_by(tx: Tx, reservation_id: ReservationId, account: str, zero: Money) -> Money:
    """What a provider has collected for a reservation and no bank has taken back.

    What has gone back to the driver counts: his bank may take it once more.
    """
    into, total = _paid_into(reservation_id), zero
    for row in tx.ledger.transfers_of(reservation_id):
        debit, credit = row.transfer.debit, row.transfer.credit
        if debit == account and (credit in into or credit == f"{account}:disputed"):
            total += row.transfer.amount
        elif credit == account and debit in {f"{account}:disputed", ledger.RECEIVABLE_DRIVER}:
            total -= row.transfer.amount
    return total


def _paid_and_taken(
    tx: Tx, reservation_id: ReservationId
) -> tuple[list[RefundPart], dict[str, int]]:
    """What was paid and is not back, and how much of each account a bank has in minor units."""
    into = _paid_into(reservation_id)
    paid: list[RefundPart] = []
    taken: dict[str, int] = {}
    for row in tx.ledger.transfers_of(reservation_id):
        key, debit, credit = row.journal_key, row.transfer.debit, row.transfer.credit
        amount = row.transfer.amount
        if credit in into and ledger.kind_of(debit).name in _PAYERS and debit not in into:
            operation = tx.payments.operation(OperationKey(key.removesuffix(LATE)))
            by = None if operation is None else operation.key
            paid.append(RefundPart(debit, amount, by, journal=key))
        elif credit == f"{debit}:disputed":
            taken[debit] = taken.get(debit, 0) - amount.minor  # the bank has given it again
        elif debit == f"{credit}:disputed":
            taken[credit] = taken.get(credit, 0) + amount.minor
        elif debit == ledger.RECEIVABLE_DRIVER:
            _out_of(paid, credit, amount, payment=key.removesuffix(":failed"))
        elif credit == ledger.RECEIVABLE_DRIVER and key.endswith(SET_OFF):
            _left_alone(tx, paid, OperationKey(key.removesuffix(SET_OFF)), amount)
    for back in tx.refund_parts.of_reservation(reservation_id):
        _out_of(paid, back.account, back.amount, payment=back.payment)
    for chargeback in tx.disputes.chargebacks_of(reservation_id):
        for each in unsent(tx, chargeback):  # it is out of what was paid
            account = claim_of(tx, chargeback)
            taken[account] = taken.get(account, 0) - each.amount.minor
    return paid, taken


def _without(paid: list[RefundPart], taken: dict[str, int]) -> list[RefundPart]:
    """What was paid less what banks have of it, the newest of each account first."""
    free = list(paid)
    for part in paid:
        minor = taken.pop(part.account, 0)
        if minor > 0:
            _out_of(free, part.account, Money(minor, part.amount.currency))
    return free


def later_parts(tx: Tx, reservation_id: ReservationId, refund: Money) -> tuple[RefundPart, ...]:
    """Divide what goes back after a settlement: what a bank has taken is not refunded too."""
    parts = _take(free_parts(tx, reservation_id), refund)
    return tuple(replace(part, is_free=True) for part in parts)


def _paid_into(reservation_id: ReservationId) -> frozenset[str]:
    """Escrow, and what is owed since a car was let out or a provider could not collect."""
    return frozenset({ledger.escrow(reservation_id), ledger.RECEIVABLE_DRIVER})


def _out_of(
    paid: list[RefundPart], account: str, amount: Money, *, payment: str | None = None
) -> None:
    """Take so much of one payment, or of all that an account had paid, the newest first."""
    for place in range(len(paid) - 1, -1, -1):
        part = paid[place]
        if part.account == account and payment in {None, part.payment}:
            lost = min(part.amount, amount)
            amount -= lost
            paid[place] = replace(part, amount=part.amount - lost)
    paid[:] = [part for part in paid if part.amount]


def _left_alone(tx: Tx, paid: list[RefundPart], refund_key: OperationKey, amount: Money) -> None:
    """So much of a refund was meant for a payment and came off a debt instead."""
    refund = tx.payments.operation(refund_key)
    assert refund is not None, "what was set off had been asked for"
    for place, part in enumerate(paid):
        if part.operation == refund.original:
            paid[place] = replace(part, amount=part.amount + amount)


def _take(paid: list[RefundPart], amount: Money) -> tuple[RefundPart, ...]:
    """Take an amount from the newest of what was paid; who gets how much of it."""
    parts: list[RefundPart] = []
    while amount:
        assert paid, "more is given back than was ever paid"
        of_drivers = [
            place
            for place, each in enumerate(paid)
            if not each.account.startswith(_NOT_THE_DRIVERS)
        ]
        place = of_drivers[-1] if of_drivers else len(paid) - 1
        newest = paid.pop(place)
        part = min(newest.amount, amount)
        parts.append(replace(newest, amount=part))
        amount -= part
        if part < newest.amount:
            paid.insert(place, replace(newest, amount=newest.amount - part))
    return tuple(parts)


def parts_transfers(
    reservation_id: ReservationId, parts: tuple[RefundPart, ...]
) -> tuple[Transfer, ...]:
    """The transfers of a refund out of escrow; what no wallet gets back waits in refund-due."""
    return tuple(
        transfer
        for part in parts
        for transfer in refund_transfers(reservation_id, part.amount, part.account_now)
    )


def queue_refunds(
    core: Core, tx: Tx, reservation_id: ReservationId, parts: tuple[RefundPart, ...], *, key: str
) -> None:
    """Write whose payments the parts were, and what providers must do for theirs.

    A provider is not asked for what a bank may give back (held).
    """
    now = core.clock.now()
    for number, part in enumerate(parts, start=1):
        of = RefundPartRecord(
            reservation_id=reservation_id,
            payment=part.payment,
            account=part.account,
            amount=part.amount,
        )
        tx.refund_parts.add(of, journal_key=key, number=number, at=now)
        taken_by = None if part.operation is None else tx.payments.operation(part.operation)
        adapter = part.adapter if taken_by is None else taken_by.adapter
        if adapter is None:
            continue
        amount = part.amount
        if not part.is_free:
            amount = hold(
                core,
                tx,
                reservation_id,
                adapter=adapter,
                amount=amount,
                original=part.operation,
                journal_key=key,
            )
        if amount:
            queue_refund(
                core,
                tx,
                reservation_id,
                adapter=adapter,
                key=OperationKey(f"{key}:refund:{number}"),
                amount=amount,
                original=part.operation,
            )


def queue_rest(core: Core, tx: Tx, operation: OperationRecord, rest: Money) -> None:
    """A provider has given back only a part: the rest is asked for under a key of its own."""
    now = core.clock.now()
    tx.payments.add_operation(
        OperationKey(f"{operation.key}:rest"),
        adapter=operation.adapter,
        kind=operation.kind,
        purpose=operation.purpose,
        reservation_id=operation.reservation_id,
        amount=rest,
        state="new",
        lane=operation.lane,
        original=operation.original,
        at=now,
    )


def give_back(
    core: Core,
    tx: Tx,
    reservation_id: ReservationId,
    parts: tuple[RefundPart, ...],
    *,
    key: str,
) -> None:
    """Post a refund that is no part of a settlement, and queue what providers must do."""
    transfers = parts_transfers(reservation_id, parts)
    tx.ledger.post(Journal(key, "refund", transfers, reservation_id), core.clock.now())
    queue_refunds(core, tx, reservation_id, parts, key=key)


def give_back_rest(core: Core, tx: Tx, reservation_id: ReservationId) -> None:
    """When a stay has ended nothing of it stays in escrow: a late payment goes back."""
    account = ledger.escrow(reservation_id)
    rest = tx.ledger.balance(account, core.site.currency).owed
    if rest:
        parts = refund_parts(tx, reservation_id, rest)
        left_before = len(tx.ledger.receipts_of(reservation_id))  # a car may come back and leave
        give_back(core, tx, reservation_id, parts, key=f"rest:{reservation_id}:{left_before}")


def pay_refund_in_cash(
    core: Core, command: PayRefundInCash
) -> RefundPaid | NothingToRefund | ShiftClosed | TillTooLow | NotSignedIn:
    """Pay from the till what no provider gives back; never what one, or a bank, still may.

    That is what it has refused, what was paid in cash, and what came from others than the
    driver: a compensation of an owner, a part of a late stay's surcharge.
    """
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.transaction() as tx:
        due = ledger.refund_due(command.reservation_id)
        owed = for_the_desk(tx, command.reservation_id, core.site.currency)
        if not owed:
            return NothingToRefund()
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "the desk refunds only what it lists"
        step = till.cash_step(core, tx, reservation)
        cash = journals_cash.round_cash(owed, step)
        refused = till.not_in_till(core, tx, command.desk, cash)
        if refused is not None:
            return refused
        paid = journals_cash.cash_given(command.desk, out_of=due, amount=owed, step=step)
        paid += passed_on(tx, reservation, paid)
        posted = len(tx.ledger.transfers_of(command.reservation_id))
        key = f"cash-refund:{command.reservation_id}:{posted}"
        is_new = tx.ledger.post(
            Journal(key, "refund", paid, command.reservation_id), core.clock.now()
        )
        assert is_new, "what was paid in cash is not owed any more"
        core.audit(
            tx,
            actor=command.actor,
            action="refund.paid_in_cash",
            detail=str(cash.minor),
            reservation_id=command.reservation_id,
        )
    core.publish(SiteChanged())
    return RefundPaid(cash)
