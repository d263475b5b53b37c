"""Puts an amount of the operator's own money on a driver's wallet, where no stay stands for it.

Goodwill that goes back to whoever paid a stay is a refund (refund_stay.py).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.after_outcomes import GoodwillGiven, GoodwillRefused
from kiosk.domain.ids import DriverId
from kiosk.domain.journals import goodwill_into_wallet
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.outcomes import ReasonMissing, UnknownPass
from kiosk.services import limits
from kiosk.services.approvals import Approved, approve
from kiosk.services.events import SiteChanged
from kiosk.services.wallets import plain_pass, wallet_balance

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.services.after_commands import GiveGoodwill
    from kiosk.services.approvals import ApprovalProblem
    from kiosk.services.core import Core

ADDED_UP = timedelta(hours=24)
"""What one attendant gives within this time, and what one wallet gets, counts together."""
_GIVEN = "goodwill.given"
"""In the audit, with the driver, minor units, who approved it and why."""


def give_goodwill(
    core: Core, command: GiveGoodwill
) -> GoodwillGiven | GoodwillRefused | UnknownPass | ReasonMissing | ApprovalProblem:
    """Give it, approved like a refund; the same intent never gives twice."""
    with core.store.transaction() as tx:
        given = _given_before(core, tx, command.intent)
        if given is not None:
            return given
        outcome = _give(core, tx, command)
    if isinstance(outcome, GoodwillGiven):
        core.publish(SiteChanged())
    return outcome


def _give(
    core: Core, tx: Tx, command: GiveGoodwill
) -> GoodwillGiven | GoodwillRefused | UnknownPass | ReasonMissing | ApprovalProblem:
    amount, reason = command.amount, command.reason.strip()
    most = Money(limits.TOP_UP_MOST_MINOR, core.site.currency)
    if amount.currency != most.currency or not Money.zero(most.currency) < amount <= most:
        return GoodwillRefused(most)
    if not reason:
        return ReasonMissing()
    driver = tx.people.driver_by_pass(plain_pass(command.pass_code))
    if driver is None:
        return UnknownPass()
    alone = core.site.refund_two_persons_above_minor
    earlier = _given_lately(core, tx, command, driver.id)
    approved = approve(core, tx, command.proof, takes_two=earlier + amount.minor > alone)
    if not isinstance(approved, Approved):
        return approved
    transfers = goodwill_into_wallet(driver.id, amount)
    is_new = tx.ledger.post(Journal(_key(command.intent), "goodwill", transfers), core.clock.now())
    assert is_new, "what was given before was told before"
    core.audit(
        tx,
        actor=command.actor,
        action=_GIVEN,
        detail=f"{driver.id} {amount.minor} {approved.by}: {reason}",
    )
    return GoodwillGiven(driver.id, amount, wallet_balance(core, tx, driver.id))


def _key(intent: str) -> str:
    return f"goodwill:{intent}"


def _given_before(core: Core, tx: Tx, intent: str) -> GoodwillGiven | None:
    """What the same intent has given already, whatever is asked for now."""
    for given in tx.ledger.transfers_of_journal(_key(intent)):
        driver_id = DriverId(int(given.credit.rpartition(":")[2]))
        return GoodwillGiven(driver_id, given.amount, wallet_balance(core, tx, driver_id))
    return None


def _given_lately(core: Core, tx: Tx, command: GiveGoodwill, driver_id: DriverId) -> int:
    """Minor units of before: by this attendant or to this wallet, whichever is more.

    Much in small pieces is much.
    """
    attendant = tx.people.attendant(command.proof.attendant_id)
    by_attendant = to_wallet = 0
    for detail in tx.audit.since(core.clock.now() - ADDED_UP, action=_GIVEN):
        to, minor, rest = detail.split(" ", 2)
        to_wallet += int(minor) if int(to) == driver_id else 0
        if attendant is not None and rest.startswith(
            (f"{attendant.name}:", f"{attendant.name} +")
        ):
            by_attendant += int(minor)
    return max(by_attendant, to_wallet)
