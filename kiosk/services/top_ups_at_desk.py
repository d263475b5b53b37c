"""A wallet is filled by card at the desk: the intent first, then the provider on its own thread.

What the answer means for the books is top_ups.py; cash onto a wallet is wallet_desk.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.ids import OperationKey
from kiosk.domain.money import Money
from kiosk.domain.outcomes import AmountRefused, NotSignedIn, PaymentRunning, UnknownPass
from kiosk.services import limits, pay, top_ups
from kiosk.services.wallet_desk import is_amount
from kiosk.services.wallets import plain_pass

if TYPE_CHECKING:
    from kiosk.domain.till_outcomes import WalletToppedUp
    from kiosk.services.core import Core
    from kiosk.services.till_commands import TopUpByCard, TopUpProblem


def top_up_by_card(
    core: Core, command: TopUpByCard
) -> PaymentRunning | WalletToppedUp | TopUpProblem:
    """Ask a provider for what goes onto a wallet; the same intent is never asked anew."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    most = Money(limits.TOP_UP_MOST_MINOR, core.site.currency)
    if not is_amount(command.amount, most):
        return AmountRefused(most)
    key = OperationKey(command.intent)
    with core.store.transaction() as tx:
        operation = tx.payments.operation(key)
        if operation is not None and operation.state == "succeeded":
            return top_ups.topped_up(core, tx, operation)
        driver = tx.people.driver_by_pass(plain_pass(command.pass_code))
        if driver is None:
            return UnknownPass()
        known = pay.write_intent(
            core,
            tx,
            key=key,
            adapter=command.card.adapter,
            kind="collect",
            purpose="top-up",
            reservation=None,
            amount=command.amount,
            lane=None,
        )
        if known is not None:
            return known
        tx.payments.add_top_up(key, driver.id, at=core.clock.now())
        core.audit(
            tx,
            actor=command.actor,
            action="wallet.top_up_asked",
            detail=f"{driver.id} {command.amount.minor}",
        )
    return pay.ask_provider(core, key)
