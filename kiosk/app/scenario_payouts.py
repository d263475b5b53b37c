"""Payouts to owners in a story: proposed, approved, released, answered; and owners' statements."""

from __future__ import annotations

from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_facts import Facts
from kiosk.app.scenario_money_events import (
    ApprovePayouts,
    PayoutResults,
    ProposePayouts,
    ShowStatement,
)
from kiosk.app.scenario_people import CLERK, DESK_PIN, clerk
from kiosk.app.scenario_stage import Stage
from kiosk.app.scenario_words import Seen
from kiosk.domain.invoice import Month
from kiosk.domain.money import Money
from kiosk.domain.payee import Payee
from kiosk.domain.payout import Hold
from kiosk.domain.payout_outcomes import NothingToPay, OwnersLine, ResultsNoted, RunProposed
from kiosk.domain.payout_run import Payout, PayoutRun
from kiosk.services.payout_commands import (
    ApprovePayoutRun,
    NotePayoutResults,
    ProposePayoutRun,
    ReleasePayoutRun,
    WithdrawPayoutRun,
)
from kiosk.services.statements import StatementLine, statement_of


def propose(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """What would be paid at a cut-off, and of every owner what becomes of the money."""
    table = planned.table
    assert isinstance(table, ProposePayouts)
    command = ProposePayoutRun(actor=CLERK, attendant_id=stage.attendant_id, cutoff=planned.cutoff)
    outcome = stage.do(command)
    seen = [stage.seen(CLERK.name, outcome)]
    if isinstance(outcome, RunProposed | NothingToPay):
        seen += [_owner_due(stage, line) for line in outcome.lines]
    return seen


def _owner_due(stage: Stage, line: OwnersLine) -> Seen:
    zero = Money.zero(stage.currency)
    held = {hold: line.held_back.get(hold, zero) for hold in Hold}
    facts: Facts = {
        "owner": line.owner,
        "due": line.due,
        "verdict": line.verdict.value,
        "problem": line.problem,
        **{hold.value.replace("-", "_"): amount for hold, amount in held.items()},
    }
    return Seen(line.owner, "owner-due", facts)


def approve(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """An attendant types the PIN again."""
    table = planned.table
    assert isinstance(table, ApprovePayouts)
    run = _latest(stage)
    if run is None:
        return [_no_run()]
    command = ApprovePayoutRun(
        actor=clerk(table.attendant),
        attendant_id=stage.people.attendant_ids[table.attendant],
        run_id=run.id,
        pin=DESK_PIN,
    )
    return [stage.seen(table.attendant, stage.do(command))]


def release(stage: Stage, _planned: PlannedEvent) -> list[Seen]:
    """The money goes on its way."""
    run = _latest(stage)
    if run is None:
        return [_no_run()]
    command = ReleasePayoutRun(actor=CLERK, attendant_id=stage.attendant_id, run_id=run.id)
    return [stage.seen(CLERK.name, stage.do(command))]


def withdraw(stage: Stage, _planned: PlannedEvent) -> list[Seen]:
    """The run is given up."""
    run = _latest(stage)
    if run is None:
        return [_no_run()]
    command = WithdrawPayoutRun(actor=CLERK, attendant_id=stage.attendant_id, run_id=run.id)
    return [stage.seen(CLERK.name, stage.do(command))]


def results(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """What the bank says of each payout."""
    table = planned.table
    assert isinstance(table, PayoutResults)
    run = _latest(stage)
    if run is None:
        return [_no_run()]

    def to(owners: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        ids = {stage.owner_ids[owner] for owner in owners}
        mine = (payout.end_to_end for payout in run.payouts if payout.owner_id in ids)
        return tuple((end_to_end, table.reason) for end_to_end in mine)

    command = NotePayoutResults(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        run_id=run.id,
        rejected=to(table.rejected),
        returned=to(table.returned),
    )
    outcome = stage.do(command)
    seen = [stage.seen(CLERK.name, outcome)]
    if isinstance(outcome, ResultsNoted):
        seen += [_answered(stage, payout) for payout in outcome.run.payouts]
    return seen


def _answered(stage: Stage, payout: Payout) -> Seen:
    owner = stage.names.owners[payout.owner_id]
    result = payout.result
    assert result is not None, "all of them were answered"
    facts: Facts = {
        "owner": owner,
        "amount": payout.amount,
        "how": result.how.value,
        "reason": result.reason or None,
    }
    return Seen(owner, "payout-answered", facts)


def _latest(stage: Stage) -> PayoutRun | None:
    with stage.site.core.store.reading() as tx:
        runs = tx.payouts.runs(1)
    return runs[0] if runs else None


def _no_run() -> Seen:
    return Seen(CLERK.name, "no-run", {})


# Statements ------------------------------------------------------------------------------


def statement(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Every movement of an owner's account in a month."""
    table = planned.table
    assert isinstance(table, ShowStatement)
    month, owner_id = Month.read(table.month), stage.owner_ids[table.owner]
    assert month is not None, "the table has read it"
    with stage.site.core.store.reading() as tx:
        made = statement_of(
            tx,
            owner_id,
            owner=tx.payees.of_owner(owner_id) or Payee(name=table.owner),
            span=month.window(stage.zone),
            currency=stage.currency,
            now=stage.now,
        )
    facts: Facts = {
        "owner": table.owner,
        "month": table.month,
        "opening": made.opening,
        "lines": tuple(_line(stage, line) for line in made.lines),
        "closing": made.closing,
        "so_far_at": made.so_far_at,
    }
    return [Seen(table.owner, "statement-shown", facts)]


def _line(stage: Stage, line: StatementLine) -> Facts:
    reservation_id, shares = line.reservation_id, line.shares
    stay = None if reservation_id is None else stage.names.reservations.get(reservation_id)
    about = f"{stay}, {line.space}" if stay else line.reference
    return {
        "at": line.at,
        "kind": line.kind.value,
        "about": about,
        "minutes": line.minutes,
        "fee": shares.total,
        "owner": shares.owner,
        "commission": shares.commission,
        "vat": shares.vat,
        "manager": shares.manager,
        "tax": line.tax,
    }
