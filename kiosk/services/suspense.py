"""Explains what a provider and our books disagree about: what it was, by whom, and why.

How it came there stands in reconcile.py (more or less than our books) and missing.py (ours only).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.ids import OperationKey
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money
from kiosk.domain.outcomes import ReasonMissing
from kiosk.domain.suspense_outcomes import (
    NothingToExplain,
    NotThatOne,
    SuspenseExplained,
    WhatItWas,
)
from kiosk.services.approvals import Approved, approve
from kiosk.services.events import SiteChanged
from kiosk.services.held_refunds import for_the_desk
from kiosk.services.merchants import account_of_operation
from kiosk.services.missing import missing_cases, operation_of
from kiosk.services.money_alarms import suspended_cases
from kiosk.services.reconcile import booked, explain

if TYPE_CHECKING:
    from db.records import OperationRecord
    from db.store import Tx
    from kiosk.services.after_commands import ExplainSuspense
    from kiosk.services.approvals import ApprovalProblem
    from kiosk.services.core import Core
    from kiosk.services.views import OpenCase

_ACCOUNTS = {WhatItWas.BANK: ledger.BANK, WhatItWas.PROVIDER_FEES: ledger.PROVIDER_FEES}


def explain_suspense(
    core: Core, command: ExplainSuspense
) -> SuspenseExplained | NothingToExplain | NotThatOne | ReasonMissing | ApprovalProblem:
    """Move it to where it belongs, approved like a refund; what is explained stays so."""
    reason = command.reason.strip()
    if not reason:
        return ReasonMissing()
    with core.store.transaction() as tx:
        cases = [
            each
            for each in (*suspended_cases(tx), *missing_cases(tx))
            if each.key == command.key and each.amount is not None
        ]
        if not cases:
            return NothingToExplain()
        case, amount = cases[0], cases[0].amount
        assert amount is not None, "looked for above"
        account = _account(tx, command, case, amount)
        if account is None:
            return NotThatOne()
        takes_two = amount.minor > core.site.refund_two_persons_above_minor
        approved = approve(core, tx, command.proof, takes_two=takes_two)
        if not isinstance(approved, Approved):
            return approved
        why = f"{command.was} {amount.minor} {approved.by}: {reason}"
        if case.kind.startswith("missing"):
            _give_up(core, tx, command, operation_of(tx, case), account=account, why=why)
        else:
            explain(
                core,
                tx,
                case.key,
                account=account,
                actor=command.actor,
                reservation_id=command.reservation_id if _is_drivers(command) else None,
                why=why,
            )
    core.publish(SiteChanged())
    return SuspenseExplained(amount)


def _is_drivers(command: ExplainSuspense) -> bool:
    return command.was is WhatItWas.DRIVER


def _account(tx: Tx, command: ExplainSuspense, case: OpenCase, amount: Money) -> str | None:
    """Where it belongs; None when it cannot have been that."""
    reservation_id = command.reservation_id
    if case.kind.startswith("missing"):
        operation = operation_of(tx, case)
        is_refund, reservation_id = operation.kind == "refund", operation.reservation_id
        if command.was is not WhatItWas.BANK and _is_drivers(command) != is_refund:
            return None
    if not _is_drivers(command):
        return _ACCOUNTS[command.was]
    if reservation_id is None or tx.reservations.get(reservation_id) is None:
        return None
    is_due = case.kind != "suspense-less" or amount <= for_the_desk(
        tx, reservation_id, amount.currency
    )
    return ledger.refund_due(reservation_id) if is_due else None


def _give_up(
    core: Core,
    tx: Tx,
    command: ExplainSuspense,
    operation: OperationRecord,
    *,
    account: str,
    why: str,
) -> None:
    """Our books do not count on it any more, and a fee of what was not given back is none."""
    key, reservation_id = OperationKey(operation.key), operation.reservation_id
    claim = account_of_operation(tx, operation)
    amount = booked(tx, operation, operation.amount)
    kept = tx.ledger.transfers_of_journal(f"{key}:fee")
    if operation.kind == "refund":
        transfers = [Transfer(claim, account, amount)]
        transfers += [Transfer(each.credit, each.debit, each.amount) for each in kept]
    else:
        for each in kept:
            amount -= each.amount if each.credit == claim else Money.zero(amount.currency)
        transfers = [Transfer(account, claim, amount)] if amount.minor > 0 else []
    if transfers:
        journal = Journal(
            f"missing:{key}:cleared",
            "suspense",
            tuple(transfers),
            reservation_id if _is_drivers(command) else None,
        )
        tx.ledger.post(journal, core.clock.now())
    tx.missing.end(key, how="explained", at=core.clock.now())
    core.audit(
        tx,
        actor=command.actor,
        action="missing.explained",
        detail=f"{key} {why}",
        reservation_id=reservation_id,
    )
