"""Puts an amount of the operator's own money on a driver's wallet, where no stay stands for it.

Goodwill that goes back to whoever paid a stay is a refund (refund_stay.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.after_outcomes import GoodwillGiven, GoodwillRefused
from kiosk.domain.journals import goodwill_into_wallet
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.outcomes import ReasonMissing, UnknownPass
from kiosk.services import limits
from kiosk.services.approvals import Approved, approve
from kiosk.services.events import SiteChanged
from kiosk.services.wallets import plain_pass, wallet_balance

if TYPE_CHECKING:
    from kiosk.services.after_commands import GiveGoodwill
    from kiosk.services.approvals import ApprovalProblem
    from kiosk.services.core import Core


def give_goodwill(
    core: Core, command: GiveGoodwill
) -> GoodwillGiven | GoodwillRefused | UnknownPass | ReasonMissing | ApprovalProblem:
    """Give it, approved like a refund; the same intent never gives twice."""
    amount, reason = command.amount, command.reason.strip()
    most, nothing = (
        Money(limits.TOP_UP_MOST_MINOR, core.site.currency),
        Money.zero(core.site.currency),
    )
    if amount.currency != most.currency or not nothing < amount <= most:
        return GoodwillRefused(most)
    if not reason:
        return ReasonMissing()
    with core.store.transaction() as tx:
        driver = tx.people.driver_by_pass(plain_pass(command.pass_code))
        if driver is None:
            return UnknownPass()
        takes_two = amount.minor > core.site.refund_two_persons_above_minor
        approved = approve(core, tx, command.proof, takes_two=takes_two)
        if not isinstance(approved, Approved):
            return approved
        transfers = goodwill_into_wallet(driver.id, amount)
        journal = Journal(f"goodwill:{command.intent}", "goodwill", transfers)
        if tx.ledger.post(journal, core.clock.now()):
            core.audit(
                tx,
                actor=command.actor,
                action="goodwill.given",
                detail=f"{driver.id} {amount.minor} {approved.by}: {reason}",
            )
        given = GoodwillGiven(driver.id, amount, wallet_balance(core, tx, driver.id))
    core.publish(SiteChanged())
    return given
