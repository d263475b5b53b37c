"""The debts of drivers at the desk and at a screen: shown, paid in any way, or given up.

What that moves in the books is debts.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.domain import ledger
from kiosk.domain.debt_outcomes import Debt, DebtPaid, DebtsShown, DebtUnknown, DebtWrittenOff
from kiosk.domain.ids import OperationKey
from kiosk.domain.journals_cash import cash_taken
from kiosk.domain.outcomes import (
    NotSignedIn,
    PaymentRunning,
    ReasonMissing,
    UnknownPass,
    WalletTooLow,
    WrongPin,
)
from kiosk.services import debts, pay, till
from kiosk.services.commands import CardPresented, WalletProof
from kiosk.services.debt_commands import CashAtDesk
from kiosk.services.events import SiteChanged
from kiosk.services.wallets import prove_wallet, wallet_balance

if TYPE_CHECKING:
    from db.records import DebtRecord
    from db.store import Tx
    from kiosk.domain.ledger import Transfer
    from kiosk.services.core import Core
    from kiosk.services.debt_commands import DebtProblem, PayDebt, ShowDebts, WriteOffDebt


def show_debts(core: Core, command: ShowDebts) -> DebtsShown | NotSignedIn:
    """Every open debt, oldest first."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.reading() as tx:
        return DebtsShown(
            tuple(
                Debt(
                    code=each.code,
                    reservation_id=each.reservation_id,
                    plate=tx.reservations.plate_of(each.reservation_id),
                    amount=each.amount,
                    why=each.why,
                    made_at=each.made_at,
                    pay_until=each.pay_until,
                )
                for each in tx.debts.open()
            )
        )


def pay_debt(core: Core, command: PayDebt) -> DebtPaid | PaymentRunning | DebtProblem:
    """Pay an open debt: at once by cash or wallet, by a card when its provider has answered.

    The same code is never paid twice; what a card pays too much goes back (operations.py).
    """
    code, method = _plain(command.code), command.method
    with core.store.transaction() as tx:
        debt = tx.debts.get(code)
        if debt is None or debt.how in {"written-off", "lowered"}:
            return DebtUnknown()
        if debt.how == "paid":
            return DebtPaid(debt.code, debt.amount)
        if isinstance(method, CardPresented):
            reservation = tx.reservations.get(debt.reservation_id)
            assert reservation is not None, "the schema keeps what is referred to"
            known = pay.write_intent(
                core,
                tx,
                key=OperationKey(command.intent),
                adapter=method.adapter,
                kind="collect",
                purpose="debt",
                reservation=reservation,
                amount=debt.amount,
                lane=None,
            )
            if known is not None:
                return known
        else:
            paid = _paid_at_once(core, tx, debt, method)
            if not isinstance(paid, tuple):
                return paid
            debts.pay(core, tx, debt, paid=paid, key=f"debt:{code}:paid", actor=command.actor)
    if isinstance(method, CardPresented):
        return pay.ask_provider(core, OperationKey(command.intent))
    core.publish(SiteChanged())
    return DebtPaid(debt.code, debt.amount)


def write_off_debt(
    core: Core, command: WriteOffDebt
) -> DebtWrittenOff | DebtUnknown | ReasonMissing | NotSignedIn:
    """Give an open debt up, with a reason."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    if not command.reason.strip():
        return ReasonMissing()
    with core.store.transaction() as tx:
        debt = tx.debts.get(_plain(command.code))
        if debt is None or debt.how in {"paid", "lowered"}:
            return DebtUnknown()
        if debt.how is None:
            debts.write_off(core, tx, debt, reason=command.reason.strip(), actor=command.actor)
    core.publish(SiteChanged())
    return DebtWrittenOff(debt.code, debt.amount)


def _plain(code: str) -> str:
    return "".join(code.split()).lower()


def _paid_at_once(
    core: Core, tx: Tx, debt: DebtRecord, method: CashAtDesk | WalletProof
) -> tuple[Transfer, ...] | DebtProblem:
    match method:
        case CashAtDesk(desk, attendant_id):
            if attendant_id not in core.signed_in:
                return NotSignedIn()
            closed = till.no_shift(core, tx, desk)
            if closed is not None:
                return closed
            step = till.coin_of(core)
            return cash_taken(desk, into=ledger.RECEIVABLE_DRIVER, amount=debt.amount, step=step)
        case WalletProof():
            proven = prove_wallet(core, tx, pass_code=method.pass_code, pin=method.pin)
            if isinstance(proven, UnknownPass | WrongPin):
                return proven
            balance = wallet_balance(core, tx, proven)
            if balance < debt.amount:
                return WalletTooLow(balance, debt.amount - balance)
            return debts.paid_from(debt, ledger.wallet(proven))
        case _:
            assert_never(method)
