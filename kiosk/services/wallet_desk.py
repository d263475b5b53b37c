"""Wallets at the desk: opened, filled and paid out in cash, and their lost passes and PINs.

Filling one by card is top_ups_at_desk.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import journals_cash, ledger
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    AmountRefused,
    NotSignedIn,
    PinRefused,
    UnknownPass,
    WalletOpened,
    WalletShown,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.ticket import SHORT_CODE_LENGTH
from kiosk.domain.till_outcomes import DriverNotFound, PinChanged, ShiftClosed, WalletPaidOut
from kiosk.services import limits, till
from kiosk.services.events import SiteChanged
from kiosk.services.pins import is_good_pin
from kiosk.services.wallets import plain_pass, prove_driver, prove_wallet, wallet_balance

if TYPE_CHECKING:
    from db.records import DriverRecord
    from db.store import Tx
    from kiosk.services.commands import OpenWallet, TopUpWallet
    from kiosk.services.core import Core
    from kiosk.services.till_commands import (
        ChangeWalletPin,
        PayOutRefused,
        PayOutWallet,
        ReplacePass,
    )


def open_wallet(core: Core, command: OpenWallet) -> WalletOpened | PinRefused | NotSignedIn:
    """Open a wallet for a driver who stands at the desk and has chosen a PIN."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    if not is_good_pin(command.pin, shortest_digits=limits.PIN_SHORTEST_DIGITS):
        return PinRefused(limits.PIN_SHORTEST_DIGITS)
    pass_code = core.random_code(SHORT_CODE_LENGTH)
    with core.store.transaction() as tx:
        driver_id = tx.people.add_driver(
            name=command.driver_name,
            phone=command.phone,
            pass_code=pass_code,
            pin_hash=core.pins.hash(command.pin),
        )
        core.audit(tx, actor=command.actor, action="wallet.opened", detail=str(driver_id))
    return WalletOpened(driver_id, pass_code)


def top_up_wallet(
    core: Core, command: TopUpWallet
) -> WalletShown | UnknownPass | AmountRefused | ShiftClosed | NotSignedIn:
    """Cash goes into the till and onto the wallet; the same intent never adds twice."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    most = Money(limits.TOP_UP_MOST_MINOR, core.site.currency)
    if not is_amount(command.amount, most):
        return AmountRefused(most)
    key = f"top-up:{command.intent}"
    with core.store.transaction() as tx:
        driver = tx.people.driver_by_pass(plain_pass(command.pass_code))
        if driver is None:
            return UnknownPass()
        if not tx.ledger.has_journal(key):
            closed = till.no_shift(core, tx, command.desk)
            if closed is not None:
                return closed
            cash = journals_cash.cash_taken(
                command.desk, into=ledger.wallet(driver.id), amount=command.amount
            )
            tx.ledger.post(Journal(key, "top-up", cash), core.clock.now())
            core.audit(
                tx,
                actor=command.actor,
                action="wallet.topped_up",
                detail=f"{driver.id} {command.amount.minor}",
            )
        shown = WalletShown(driver.id, driver.pass_code, wallet_balance(core, tx, driver.id))
    core.publish(SiteChanged())
    return shown


def pay_out_wallet(core: Core, command: PayOutWallet) -> WalletPaidOut | PayOutRefused:
    """Cash out of the till for what the wallet held, in coins that there are."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.transaction() as tx:
        driver_id = prove_wallet(core, tx, pass_code=command.pass_code, pin=command.pin)
        if isinstance(driver_id, UnknownPass | WrongPin):
            return driver_id
        balance = wallet_balance(core, tx, driver_id)
        key = f"pay-out:{command.intent}"
        if tx.ledger.has_journal(key):
            # Whichever desk has paid: the same press pays once, and its coins were given there.
            before = _out_of_tills(tx, key, Money.zero(balance.currency))
            return WalletPaidOut(driver_id, plain_pass(command.pass_code), before, balance)
        amount = balance if command.amount is None else command.amount
        if not is_amount(amount, Money(limits.TILL_MOST_MINOR, core.site.currency)):
            return AmountRefused(balance)
        if amount > balance:
            return WalletTooLow(balance, amount - balance)
        step = till.coin_of(core)
        cash = journals_cash.round_cash(amount, step)
        refused = till.not_in_till(core, tx, command.desk, cash)
        if refused is not None:
            return refused
        paid = journals_cash.cash_given(
            command.desk, out_of=ledger.wallet(driver_id), amount=amount, step=step
        )
        is_new = tx.ledger.post(Journal(key, "pay-out", paid), core.clock.now())
        assert is_new, "an intent pays once"
        core.audit(
            tx,
            actor=command.actor,
            action="wallet.paid_out",
            detail=f"{driver_id} {cash.minor}",
        )
        left = wallet_balance(core, tx, driver_id)
    core.publish(SiteChanged())
    return WalletPaidOut(driver_id, plain_pass(command.pass_code), cash, left)


def change_wallet_pin(
    core: Core, command: ChangeWalletPin
) -> PinChanged | UnknownPass | PinRefused | NotSignedIn:
    """Who has the pass in hand may choose another PIN at the desk; the audit says for whom."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    if not is_good_pin(command.new_pin, shortest_digits=limits.PIN_SHORTEST_DIGITS):
        return PinRefused(limits.PIN_SHORTEST_DIGITS)
    with core.store.transaction() as tx:
        driver = tx.people.driver_by_pass(plain_pass(command.pass_code))
        if driver is None:
            return UnknownPass()
        tx.people.set_pin(driver.id, core.pins.hash(command.new_pin))
        core.audit(tx, actor=command.actor, action="wallet.pin_changed", detail=str(driver.id))
    return PinChanged(driver.id)


def replace_pass(
    core: Core, command: ReplacePass
) -> WalletOpened | DriverNotFound | WrongPin | NotSignedIn:
    """A new pass for who knows name, phone number and PIN; the lost one opens nothing."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    pass_code = core.random_code(SHORT_CODE_LENGTH)
    with core.store.transaction() as tx:
        driver = _driver_named(tx, command.driver_name, command.phone)
        if driver is None:
            return DriverNotFound()
        proven = prove_driver(core, tx, driver, pin=command.pin)
        if isinstance(proven, WrongPin):
            return proven
        tx.people.set_pass(driver.id, pass_code)
        core.audit(tx, actor=command.actor, action="wallet.pass_replaced", detail=str(driver.id))
    return WalletOpened(driver.id, pass_code)


def is_amount(amount: Money, most: Money) -> bool:
    """Whether it is more than nothing and at most so much, in the same currency."""
    return ledger.amount_problem(amount, most=most) is None


def _out_of_tills(tx: Tx, key: str, zero: Money) -> Money:
    """The cash that a journal has taken out of a till, as it was rounded to coins."""
    cash = zero
    for each in tx.ledger.transfers_of_journal(key):
        if ledger.kind_of(each.credit).name == "till":
            cash += each.amount
        if ledger.kind_of(each.debit).name == "till":
            cash -= each.amount
    return cash


def _driver_named(tx: Tx, name: str, phone: str) -> DriverRecord | None:
    """The only driver of this name and phone number."""
    wanted = " ".join(name.split()).casefold()
    found = [
        driver
        for driver in tx.people.drivers_with_phone(phone.strip())
        if " ".join(driver.name.split()).casefold() == wanted
    ]
    return found[0] if len(found) == 1 else None
