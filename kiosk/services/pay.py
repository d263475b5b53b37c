"""Pays a deposit, a change, or what is due at an exit: intent first, then money, then the result.

A wallet is our own ledger: everything happens in one transaction. A provider outside is
asked on its own thread, after the intent was committed (providers.py). An intent whose answer
is lost is found by housekeeping and queried, never asked anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from db.records import OperationPurpose, OperationRecord
from kiosk.domain import ledger
from kiosk.domain.ids import DriverId, OperationKey
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    PaymentDeclined,
    PaymentRunning,
    PaymentUnavailable,
    ReservationEnded,
    StayNotPriced,
    TicketIssued,
    UnknownPass,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.reservation import Reservation, State
from kiosk.payments.adapter import (
    PaymentRequest,
    Succeeded,
)
from kiosk.payments.wallet import WalletAdapter
from kiosk.services import change, leave, limits, providers
from kiosk.services.bills import bill_now
from kiosk.services.commands import (
    CardPresented,
    PayDeposit,
    PayDue,
    PaymentProblem,
    WalletProof,
)
from kiosk.services.wallets import prove_wallet, wallet_balance

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import LaneName
    from kiosk.domain.life_outcomes import Changed
    from kiosk.services.core import Core
    from kiosk.services.life_commands import PayChange


def pay_deposit(core: Core, command: PayDeposit) -> TicketIssued | PaymentProblem:
    """Pay the quote of a pending reservation into escrow and issue its ticket.

    Where the tariff asks nothing for the booked window, neither wallet nor card is asked.
    """
    free = _ticket_without_deposit(core, command)
    if free is not None:
        return free
    if isinstance(command.method, CardPresented):
        return _pay_deposit_by_card(core, command, command.method)
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "a screen pays only what it reserved"
        key = f"deposit:{reservation.id}:{command.intent}"
        if tx.ledger.has_journal(key):
            return core.ticket_of(tx, reservation)
        if reservation.state is not State.PENDING:
            return ReservationEnded(reservation.state)
        paid = _pay_from_wallet(
            core, tx, command.method, reservation, amount=reservation.quote, key=key
        )
        if not isinstance(paid, int):
            return paid
        tx.reservations.set_driver(reservation.id, paid)
        ticket = providers.confirm(core, tx, reservation, actor=command.actor)
    providers.after_ticket(core, ticket, lane=command.lane)
    return ticket


def pay_due(
    core: Core, command: PayDue
) -> ExitCovered | ExitDue | PaymentProblem | leave.ExitProblem:
    """Pay what an exit still asks for, then settle and open as if escrow had covered it."""
    with core.store.transaction() as tx:
        problem = leave.exit_problem(core, tx, command.reservation_id, command.lane)
        if problem is not None:
            return problem
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "it has a stay"
        frozen_at = leave.frozen_at(core, tx, reservation)
        bill = bill_now(core, tx, reservation, presented_at=frozen_at)
        if isinstance(bill, StayNotPriced):
            return bill
        if bill.due:
            match command.method:
                case CardPresented(adapter):
                    known = _write_intent(
                        core,
                        tx,
                        key=OperationKey(command.intent),
                        adapter=adapter,
                        purpose="due",
                        reservation=reservation,
                        amount=bill.due,
                        lane=command.lane,
                    )
                    if known is not None:
                        return known
                case WalletProof():
                    paid = _pay_from_wallet(
                        core,
                        tx,
                        command.method,
                        reservation,
                        amount=bill.due,
                        key=f"due:{reservation.id}:{command.intent}",
                    )
                    if not isinstance(paid, int):
                        return paid
                case _:
                    assert_never(command.method)
        if not (bill.due and isinstance(command.method, CardPresented)):
            outcome = leave.settle_and_grant(
                core, tx, reservation, presented_at=frozen_at, lane=command.lane
            )
    if bill.due and isinstance(command.method, CardPresented):
        return _ask_provider(core, OperationKey(command.intent), command.method, bill.due)
    leave.after_settlement(core, outcome, lane=command.lane)
    return outcome


def pay_change(core: Core, command: PayChange) -> Changed | PaymentProblem:
    """Pay the difference of the change that is kept; the reservation is changed with it.

    ReservationEnded when no change waits to be paid, or it cannot be had any more.
    """
    card = command.method if isinstance(command.method, CardPresented) else None
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "a screen pays only what it was shown"
        key = command.intent if card else f"change:{reservation.id}:{command.intent}"
        if tx.ledger.has_journal(key) and not tx.ledger.has_journal(f"{key}:back"):
            zero = Money.zero(core.site.currency)
            return change.changed(core, tx, reservation.id, refund=zero)
        kept = change.kept_change(core, tx, reservation)
        if kept is None:
            return ReservationEnded(reservation.state)
        difference = change.price_of(kept, reservation)
        if card:
            known = _write_intent(
                core,
                tx,
                key=OperationKey(key),
                adapter=card.adapter,
                purpose="change",
                reservation=reservation,
                amount=difference,
                lane=command.lane,
            )
            if known is not None:
                return known
        else:
            assert isinstance(command.method, WalletProof), "there are two ways to pay"
            paid = _pay_from_wallet(
                core, tx, command.method, reservation, amount=difference, key=key
            )
            if not isinstance(paid, int):
                return paid
            changed = change.apply_change(core, tx, reservation, kept, actor=command.actor)
    if card:
        return _ask_provider(core, OperationKey(key), card, difference)
    change.after_change(core, changed, lane=command.lane)
    return changed


def _ticket_without_deposit(
    core: Core, command: PayDeposit
) -> TicketIssued | ReservationEnded | None:
    """The ticket of a reservation that costs nothing; None when it costs something."""
    with core.store.reading() as tx:
        reservation = tx.reservations.get(command.reservation_id)
    assert reservation is not None, "a screen pays only what it reserved"
    if reservation.quote:
        return None
    with core.store.transaction() as tx:
        if reservation.state is State.CONFIRMED:
            return core.ticket_of(tx, reservation)
        if reservation.state is not State.PENDING:
            return ReservationEnded(reservation.state)
        ticket = providers.confirm(core, tx, reservation, actor=command.actor)
    providers.after_ticket(core, ticket, lane=command.lane)
    return ticket


def _pay_deposit_by_card(
    core: Core, command: PayDeposit, card: CardPresented
) -> TicketIssued | PaymentProblem:
    key = OperationKey(command.intent)
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "a screen pays only what it reserved"
        if tx.ledger.has_journal(key) and reservation.state is State.CONFIRMED:
            return core.ticket_of(tx, reservation)
        if reservation.state is not State.PENDING:
            return ReservationEnded(reservation.state)
        known = _write_intent(
            core,
            tx,
            key=key,
            adapter=card.adapter,
            purpose="deposit",
            reservation=reservation,
            amount=reservation.quote,
            lane=command.lane,
        )
        if known is not None:
            return known
    return _ask_provider(core, key, card, reservation.quote)


def _ask_provider(
    core: Core, key: OperationKey, card: CardPresented, amount: Money
) -> PaymentRunning:
    adapter = core.adapters[card.adapter]
    request = PaymentRequest(key, amount)
    providers.ask(core, key, card.adapter, lambda: adapter.collect(request))
    return PaymentRunning(key)


def _known_intent(
    operation: OperationRecord,
) -> PaymentRunning | PaymentDeclined | PaymentUnavailable:
    """The answer to an intent that was written before: what became of it."""
    match operation.state:
        case "declined":
            return PaymentDeclined()
        case "failed":
            return PaymentUnavailable()
        case _:
            return PaymentRunning(operation.key)


def _write_intent(
    core: Core,
    tx: Tx,
    *,
    key: OperationKey,
    adapter: str,
    purpose: OperationPurpose,
    reservation: Reservation,
    amount: Money,
    lane: LaneName,
) -> PaymentRunning | PaymentDeclined | PaymentUnavailable | None:
    """Write the intent, and None; or why the provider is not asked with this key now."""
    known = tx.payments.operation(key)
    if known is not None:
        return _known_intent(known)
    if len(core.under_way) >= limits.PAY_QUEUE_LENGTH:
        return PaymentUnavailable()
    now = core.clock.now()
    tx.payments.add_operation(
        OperationRecord(
            key=key,
            adapter=adapter,
            kind="collect",
            purpose=purpose,
            reservation_id=reservation.id,
            amount=amount,
            state="sent",
            lane=lane,
            presented_at=None,
            reference=None,
            created_at=now,
            changed_at=now,
        )
    )
    return None


def _pay_from_wallet(
    core: Core,
    tx: Tx,
    proof: WalletProof,
    reservation: Reservation,
    *,
    amount: Money,
    key: str,
) -> DriverId | UnknownPass | WrongPin | WalletTooLow:
    proven = prove_wallet(core, tx, pass_code=proof.pass_code, pin=proof.pin)
    if isinstance(proven, UnknownPass | WrongPin):
        return proven
    account = ledger.wallet(proven)
    balance = wallet_balance(core, tx, proven)
    adapter = WalletAdapter(account=account, balance=balance)
    answer = adapter.collect(PaymentRequest(OperationKey(key), amount))
    if not isinstance(answer, Succeeded):
        return WalletTooLow(balance, amount - balance)
    transfer = Transfer(account, ledger.escrow(reservation.id), amount)
    tx.ledger.post(Journal(key, "deposit", (transfer,), reservation.id), core.clock.now())
    return proven
