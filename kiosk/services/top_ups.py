"""What a provider has taken for a wallet, in the books: asking for it is top_ups_at_desk.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.journals_cash import wallet_topped_up
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.till_outcomes import WalletToppedUp
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.wallets import wallet_balance

if TYPE_CHECKING:
    from db.records import OperationRecord
    from db.store import Tx
    from kiosk.services.core import Core


def book(
    core: Core, tx: Tx, operation: OperationRecord, amount: Money, *, is_late: bool
) -> WalletToppedUp:
    """Put onto the wallet whatever came: it is the driver's money, and the driver gets it there.

    A success after a no is booked too, and the audit says so: no space depends on it.
    """
    driver_id = tx.payments.tops_up(operation.key)
    assert driver_id is not None, "a top-up is of a wallet"
    account = ledger.psp(operation.adapter)
    paid = wallet_topped_up(driver_id, account=account, amount=amount)
    tx.ledger.post(Journal(operation.key, "top-up", paid), core.clock.now())
    core.audit(
        tx,
        actor=Actor(ActorKind.DEVICE, operation.adapter),
        action="wallet.topped_up_late" if is_late else "wallet.topped_up",
        detail=f"{driver_id} {amount.minor}",
    )
    return topped_up(core, tx, operation)


def topped_up(core: Core, tx: Tx, operation: OperationRecord) -> WalletToppedUp:
    """What a top-up that is booked has added, and what the wallet holds now."""
    driver_id = tx.payments.tops_up(operation.key)
    assert driver_id is not None, "a top-up is of a wallet"
    driver = tx.people.driver(driver_id)
    assert driver is not None, "the schema keeps what is referred to"
    (booked,) = tx.ledger.transfers_of_journal(operation.key)
    balance = wallet_balance(core, tx, driver_id)
    return WalletToppedUp(driver_id, driver.pass_code, booked.amount, balance)
