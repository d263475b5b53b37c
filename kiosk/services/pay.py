"""Pays a deposit, a change, or what is due at an exit: intent first, then money, then the result.

A wallet or a fleet is our own ledger: everything happens in one transaction. A provider outside
is asked on its own thread, after the intent was committed (providers.py). An intent whose answer
is lost is found by housekeeping and queried, never asked anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from db.records import OperationKind, OperationPurpose, OperationRecord
from kiosk.domain import journals, ledger
from kiosk.domain.debt_outcomes import EndsTooLate
from kiosk.domain.ids import DriverId, OperationKey
from kiosk.domain.ledger import Journal
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
from kiosk.domain.payer_outcomes import CreditExhausted
from kiosk.domain.reservation import Reservation, State
from kiosk.payments.adapter import (
    PaymentRequest,
    Succeeded,
)
from kiosk.payments.own_account import OwnAccountAdapter
from kiosk.services import authorisations, change, fleets, leave, limits, operations, providers
from kiosk.services.bills import bill_now
from kiosk.services.commands import (
    CardPresented,
    PayDeposit,
    PayDue,
    PaymentProblem,
    WalletProof,
)
from kiosk.services.payers import is_of_earlier_turn
from kiosk.services.wallets import prove_wallet, wallet_balance

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import LaneName
    from kiosk.domain.life_outcomes import Changed
    from kiosk.domain.reservation import PendingChange
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
        paid = pay_by_pass(
            core, tx, command.method, reservation, amount=reservation.quote, key=key
        )
        if not isinstance(paid, PaidBy):
            return paid
        if paid.driver_id is not None:
            tx.reservations.set_driver(reservation.id, paid.driver_id)
        ticket = operations.confirm(core, tx, reservation, actor=command.actor)
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
                    known = write_intent(
                        core,
                        tx,
                        key=OperationKey(command.intent),
                        adapter=adapter,
                        kind="collect",
                        purpose="due",
                        reservation=reservation,
                        amount=bill.due,
                        lane=command.lane,
                    )
                    if known is not None:
                        return known
                case WalletProof():
                    paid = pay_by_pass(
                        core,
                        tx,
                        command.method,
                        reservation,
                        amount=bill.due,
                        key=f"due:{reservation.id}:{command.intent}",
                    )
                    if not isinstance(paid, PaidBy):
                        return paid
                case _:
                    assert_never(command.method)
        if not (bill.due and isinstance(command.method, CardPresented)):
            outcome = leave.settle_and_grant(
                core, tx, reservation, presented_at=frozen_at, lane=command.lane
            )
    if bill.due and isinstance(command.method, CardPresented):
        return ask_provider(core, OperationKey(command.intent))
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
        if _is_changed(tx, key):
            zero = Money.zero(core.site.currency)
            return change.changed(core, tx, reservation.id, refund=zero)
        kept = change.kept_change(core, tx, reservation)
        if kept is None:
            return ReservationEnded(reservation.state)
        difference = change.price_of(kept, reservation)
        if card:
            known = _intent_to_change(
                core, tx, command, card, reservation, kept=kept, amount=difference
            )
            if known is not None:
                return known
        else:
            assert isinstance(command.method, WalletProof), "there are two ways to pay"
            paid = pay_by_pass(core, tx, command.method, reservation, amount=difference, key=key)
            if not isinstance(paid, PaidBy):
                return paid
            changed = change.apply_change(core, tx, reservation, kept, actor=command.actor)
    if card:
        return ask_provider(core, OperationKey(key))
    change.after_change(core, changed, lane=command.lane)
    return changed


def _is_changed(tx: Tx, key: str) -> bool:
    """Whether this press has paid for the change already, and its money did not go back."""
    operation = tx.payments.operation(OperationKey(key))
    if operation is not None and operation.state == "succeeded":
        release = tx.payments.operation(OperationKey(f"{key}:back"))
        return release is None and not tx.ledger.has_journal(f"{key}:back")
    return tx.ledger.has_journal(key) and not tx.ledger.has_journal(f"{key}:back")


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
        ticket = operations.confirm(core, tx, reservation, actor=command.actor)
    providers.after_ticket(core, ticket, lane=command.lane)
    return ticket


def _pay_deposit_by_card(
    core: Core, command: PayDeposit, card: CardPresented
) -> TicketIssued | PaymentProblem:
    key = OperationKey(command.intent)
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "a screen pays only what it reserved"
        operation = tx.payments.operation(key)
        is_done = operation is not None and operation.state == "succeeded"
        if is_done and reservation.state is State.CONFIRMED:
            return core.ticket_of(tx, reservation)
        if reservation.state is not State.PENDING:
            return ReservationEnded(reservation.state)
        too_late = _ends_too_late(core, card, reservation.window.until)
        if too_late is not None:
            return too_late
        can_authorise = core.adapters[card.adapter].capabilities.can_authorise
        known = write_intent(
            core,
            tx,
            key=key,
            adapter=card.adapter,
            kind="authorise" if can_authorise else "collect",
            purpose="deposit",
            reservation=reservation,
            amount=reservation.quote,
            lane=command.lane,
        )
        if known is not None:
            return known
    return ask_provider(core, key)


def _ends_too_late(core: Core, card: CardPresented, until: datetime) -> EndsTooLate | None:
    """Whether a provider that only keeps a deposit would not keep it to the end of the window."""
    can = core.adapters[card.adapter].capabilities
    if not can.can_authorise:
        return None
    capture_before = core.clock.now() + can.authorisation
    if authorisations.lasts_for(until, capture_before):
        return None
    return EndsTooLate(authorisations.latest_end(capture_before))


def _intent_to_change(
    core: Core,
    tx: Tx,
    command: PayChange,
    card: CardPresented,
    reservation: Reservation,
    *,
    kept: PendingChange,
    amount: Money,
) -> PaymentProblem | None:
    """Raise what the provider keeps already where it can, else have it keep or take more."""
    can = core.adapters[card.adapter].capabilities
    kind: OperationKind = "authorise" if can.can_authorise else "collect"
    original: OperationKey | None = None
    for held in authorisations.held_by_provider(core, tx, reservation.id):
        known = held.operation
        assert known is not None, "a provider keeps it"
        is_others = is_of_earlier_turn(tx, reservation.id, known.key)
        if can.can_increase and known.adapter == card.adapter and not is_others:
            kind, original = "increase", known.key
    too_late = _ends_too_late(core, card, kept.window.until) if original is None else None
    return too_late or write_intent(
        core,
        tx,
        key=OperationKey(command.intent),
        adapter=card.adapter,
        kind=kind,
        purpose="change",
        reservation=reservation,
        amount=amount,
        lane=command.lane,
        original=original,
    )


def ask_provider(core: Core, key: OperationKey) -> PaymentRunning:
    """Ask for what was committed as an intent a moment ago."""
    with core.store.reading() as tx:
        operation = tx.payments.operation(key)
    assert operation is not None, "its intent was committed"
    providers.start(core, operation)
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


def write_intent(
    core: Core,
    tx: Tx,
    *,
    key: OperationKey,
    adapter: str,
    kind: OperationKind,
    purpose: OperationPurpose,
    reservation: Reservation | None,
    amount: Money,
    lane: LaneName | None,
    original: OperationKey | None = None,
) -> PaymentRunning | PaymentDeclined | PaymentUnavailable | None:
    """Write the intent, and None; or why the provider is not asked with this key now."""
    known = tx.payments.operation(key)
    if known is not None:
        return _known_intent(known)
    if len(core.under_way) >= limits.PAY_QUEUE_LENGTH:
        return PaymentUnavailable()
    now = core.clock.now()
    tx.payments.add_operation(
        key,
        adapter=adapter,
        kind=kind,
        purpose=purpose,
        reservation_id=None if reservation is None else reservation.id,
        amount=amount,
        state="sent",
        lane=lane,
        at=now,
        original=original,
    )
    return None


@dataclass(frozen=True, slots=True)
class PaidBy:
    """Whose pass has paid: the account, and the driver where it is a wallet."""

    account: str
    driver_id: DriverId | None


def pay_by_pass(
    core: Core,
    tx: Tx,
    proof: WalletProof,
    reservation: Reservation,
    *,
    amount: Money,
    key: str,
) -> PaidBy | UnknownPass | WrongPin | WalletTooLow | CreditExhausted:
    """Pay into escrow from a wallet, or authorise on the account of a fleet: the code says which.

    `key` names the journal of a wallet; a fleet's is posted when the stay is settled.
    """
    if fleets.is_fleet_pass(tx, proof.pass_code):
        fleet_id = fleets.authorise(core, tx, proof, reservation, amount=amount)
        if not isinstance(fleet_id, int):
            return fleet_id
        return PaidBy(ledger.fleet_unbilled(fleet_id), None)
    proven = prove_wallet(core, tx, pass_code=proof.pass_code, pin=proof.pin)
    if isinstance(proven, UnknownPass | WrongPin):
        return proven
    account = ledger.wallet(proven)
    balance = wallet_balance(core, tx, proven)
    adapter = OwnAccountAdapter("wallet", account=account, spendable=balance)
    answer = adapter.collect(PaymentRequest(OperationKey(key), amount))
    if not isinstance(answer, Succeeded):
        return WalletTooLow(balance, amount - balance)
    paid = journals.paid_in(reservation.id, account=account, amount=amount)
    tx.ledger.post(Journal(key, "deposit", paid, reservation.id), core.clock.now())
    return PaidBy(account, proven)


def account_of_pass(core: Core, tx: Tx, proof: WalletProof) -> str | UnknownPass | WrongPin:
    """The account behind a pass, if the PIN is right; nothing is paid."""
    if fleets.is_fleet_pass(tx, proof.pass_code):
        fleet_id = fleets.prove_fleet(core, tx, pass_code=proof.pass_code, pin=proof.pin)
        return ledger.fleet_unbilled(fleet_id) if isinstance(fleet_id, int) else fleet_id
    driver_id = prove_wallet(core, tx, pass_code=proof.pass_code, pin=proof.pin)
    return ledger.wallet(driver_id) if isinstance(driver_id, int) else driver_id
