"""Brings tickets back to whoever pays for them and has the pass, but not the paper, at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.outcomes import TicketsFound, UnknownPass, WrongPin
from kiosk.domain.reservation import State
from kiosk.services.commands import WalletProof
from kiosk.services.pay import account_of_pass
from kiosk.services.wallets import plain_pass

if TYPE_CHECKING:
    from kiosk.services.commands import FindTickets
    from kiosk.services.core import Core

_RUNNING = frozenset({State.CONFIRMED, State.ARRIVED, State.SETTLED})


def find_tickets(core: Core, command: FindTickets) -> TicketsFound | UnknownPass | WrongPin:
    """The tickets that a wallet or a fleet pays for and that still open a barrier, by start.

    A fleet's pass brings back those of the whole fleet: no stay is kept by the pass.
    """
    proof = WalletProof(command.pass_code, command.pin)
    with core.store.transaction() as tx:
        account = account_of_pass(core, tx, proof)
        if isinstance(account, UnknownPass | WrongPin):
            return account
        paid = [tx.reservations.get(each) for each in tx.payer_turns.paid_by(account)]
        running = {each.id: each for each in paid if each is not None and each.state in _RUNNING}
        driver = tx.people.driver_by_pass(plain_pass(command.pass_code))
        if driver is not None and account == ledger.wallet(driver.id):
            own = tx.reservations.of_driver(driver.id, _RUNNING)
            running |= {each.id: each for each in own}
        tickets = sorted(running.values(), key=lambda each: (each.window.from_, each.id))
        return TicketsFound(tuple(core.ticket_of(tx, each) for each in tickets))
