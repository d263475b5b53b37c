"""Wallets: proving whose they are by pass and PIN, and showing them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.ids import DriverId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import UnknownPass, WalletShown, WrongPin
from kiosk.services import limits

if TYPE_CHECKING:
    from datetime import datetime

    from db.records import DriverRecord
    from db.store import Tx
    from kiosk.services.commands import ShowWallet
    from kiosk.services.core import Core

PASS_PREFIX = "W1/"  # noqa: S105 - the head of a code, no secret
"""How the code of a pass begins when it is scanned; people type only the eight signs."""
FLEET_PREFIX = "F1/"
"""The same for the pass of a fleet; which of the two a code is, the site knows without it."""


def plain_pass(text: str) -> str:
    """The eight signs of a pass, however they were typed or scanned."""
    plain = "".join(text.split())
    return plain.removeprefix(PASS_PREFIX).removeprefix(FLEET_PREFIX).lower()


def lock_after(wrong_pins: int, now: datetime) -> datetime | None:
    """Until when a pass or an attendant waits after so many wrong PINs (security.md, 11)."""
    if wrong_pins < limits.PIN_TRIES:
        return None
    wait_s = limits.PIN_LOCK_S * 2 ** min(wrong_pins - limits.PIN_TRIES, 16)
    return now + timedelta(seconds=min(wait_s, limits.PIN_LOCK_LONGEST_S))


def prove_wallet(
    core: Core, tx: Tx, *, pass_code: str, pin: str
) -> DriverId | UnknownPass | WrongPin:
    """Whose wallet this is, if the PIN is right; every wrong PIN is counted and stored."""
    driver = tx.people.driver_by_pass(plain_pass(pass_code))
    return UnknownPass() if driver is None else prove_driver(core, tx, driver, pin=pin)


def prove_driver(core: Core, tx: Tx, driver: DriverRecord, *, pin: str) -> DriverId | WrongPin:
    """The same of a driver who is known otherwise."""
    now = core.clock.now()
    if driver.locked_until is not None and now < driver.locked_until:
        return WrongPin(driver.locked_until)
    if not core.pins.is_right(pin, driver.pin_hash):
        wrong_pins = driver.wrong_pins + 1
        locked_until = lock_after(wrong_pins, now)
        tx.people.note_wrong_pin(driver.id, wrong_pins=wrong_pins, locked_until=locked_until)
        return WrongPin(locked_until)
    if driver.wrong_pins:
        tx.people.note_wrong_pin(driver.id, wrong_pins=0, locked_until=None)
    return driver.id


def wallet_balance(core: Core, tx: Tx, driver_id: DriverId) -> Money:
    """What a wallet holds."""
    return tx.ledger.balance(ledger.wallet(driver_id), core.site.currency).owed


def show_wallet(core: Core, command: ShowWallet) -> WalletShown | UnknownPass | WrongPin:
    """The balance of a wallet, against its PIN."""
    with core.store.transaction() as tx:
        proven = prove_wallet(core, tx, pass_code=command.pass_code, pin=command.pin)
        if isinstance(proven, UnknownPass | WrongPin):
            return proven
        return WalletShown(proven, plain_pass(command.pass_code), wallet_balance(core, tx, proven))
