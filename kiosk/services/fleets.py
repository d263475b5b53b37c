"""Fleets: a driver parks on the account of a firm, by its pass and PIN and within its credit.

What a stay may cost is authorised in our own ledger and posted at the exit, like any other
authorisation (authorisations.py); the monthly invoice stands in invoices.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.ids import FleetId, OperationKey
from kiosk.domain.invoice import FleetCredit
from kiosk.domain.money import Money
from kiosk.domain.outcomes import UnknownPass, WrongPin
from kiosk.domain.payer_outcomes import CreditExhausted
from kiosk.payments.adapter import PaymentRequest, Succeeded
from kiosk.payments.own_account import OwnAccountAdapter
from kiosk.services.wallets import lock_after, plain_pass

if TYPE_CHECKING:
    from db.fleets import FleetPassRecord
    from db.store import Tx
    from kiosk.domain.reservation import Reservation
    from kiosk.services.commands import WalletProof
    from kiosk.services.core import Core


def authorise(
    core: Core, tx: Tx, proof: WalletProof, reservation: Reservation, *, amount: Money
) -> FleetId | UnknownPass | WrongPin | CreditExhausted:
    """Promise an amount for a stay on the fleet's next invoice, if its credit covers it."""
    proven = prove_fleet(core, tx, pass_code=proof.pass_code, pin=proof.pin)
    if isinstance(proven, UnknownPass | WrongPin):
        return proven
    account, credit = ledger.fleet_unbilled(proven), credit_of(core, tx, proven)
    adapter = OwnAccountAdapter("fleet", account=account, spendable=credit.left)
    answer = adapter.authorise(PaymentRequest(OperationKey(f"fleet:{reservation.id}"), amount))
    if not isinstance(answer, Succeeded):
        return CreditExhausted()
    tx.authorisations.add(
        reservation.id,
        account=account,
        amount=amount,
        operation_key=None,
        made_at=core.clock.now(),
        expires_at=None,
    )
    return proven


def credit_of(core: Core, tx: Tx, fleet_id: FleetId) -> FleetCredit:
    """How much of its limit a fleet has used: unbilled, unpaid, and promised."""
    currency = core.site.currency
    unbilled, invoiced = ledger.fleet_unbilled(fleet_id), ledger.fleet_invoiced(fleet_id)
    promised = (each.amount for each in tx.authorisations.open_on(unbilled))
    return FleetCredit(
        limit=tx.fleets.fleet(fleet_id).credit_limit,
        unbilled=-tx.ledger.balance(unbilled, currency).owed,
        invoiced=-tx.ledger.balance(invoiced, currency).owed,
        authorised=sum(promised, Money.zero(currency)),
    )


def is_fleet_pass(tx: Tx, pass_code: str) -> bool:
    """Whether a code is the good pass of a fleet, however it was typed or scanned."""
    return _good_pass(tx, pass_code) is not None


def prove_fleet(
    core: Core, tx: Tx, *, pass_code: str, pin: str
) -> FleetId | UnknownPass | WrongPin:
    """Whose pass this is, if the PIN is right; every wrong PIN is counted and stored."""
    found, now = _good_pass(tx, pass_code), core.clock.now()
    if found is None:
        return UnknownPass()
    if found.locked_until is not None and now < found.locked_until:
        return WrongPin(found.locked_until)
    if not core.pins.is_right(pin, found.pin_hash):
        wrong_pins = found.wrong_pins + 1
        locked_until = lock_after(wrong_pins, now)
        tx.fleets.note_wrong_pin(found.id, wrong_pins=wrong_pins, locked_until=locked_until)
        return WrongPin(locked_until)
    if found.wrong_pins:
        tx.fleets.note_wrong_pin(found.id, wrong_pins=0, locked_until=None)
    return found.fleet_id


def _good_pass(tx: Tx, pass_code: str) -> FleetPassRecord | None:
    """The pass with this code; a fleet that takes part no more has none."""
    found = tx.fleets.pass_by_code(plain_pass(pass_code))
    if found is None or not tx.fleets.fleet(found.fleet_id).is_active:
        return None
    return found
