"""Pays owners out: proposes a run, has it approved, releases it, and puts down the bank's word.

What is due stands in kiosk.domain.payout, the order to the bank in bank_file.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.domain import journals_outside
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing, WrongPin
from kiosk.domain.payout import (
    OwnersPart,
    Verdict,
    owners_parts,
    persons_needed,
    weekly_cutoff,
)
from kiosk.domain.payout_outcomes import (
    ApprovalsMissing,
    CutoffAhead,
    NothingToPay,
    OwnersLine,
    PayoutElsewhere,
    PayoutsShown,
    PayoutUnknown,
    ResultsNoted,
    RunApproved,
    RunElsewhere,
    RunKnown,
    RunOutdated,
    RunProposed,
    RunReleased,
    RunUnknown,
    RunWithdrawn,
)
from kiosk.domain.payout_run import OPEN_STATES, Payout, PayoutRun, ResultKind, RunState
from kiosk.services.approvals import prove_attendant
from kiosk.services.bank_accounts import BankAccount, account_of
from kiosk.services.bank_orders import Order
from kiosk.services.commands import ActorKind
from kiosk.services.events import SiteChanged

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import AttendantId
    from kiosk.services.core import Core
    from kiosk.services.payout_commands import (
        ApprovePayoutRun,
        NotePayoutResults,
        ProposePayoutRun,
        ReleasePayoutRun,
        RunProblem,
        ShowPayouts,
        WithdrawPayoutRun,
    )

_SHOWN = 20
"""So many runs are listed at the desk."""


def show_payouts(core: Core, command: ShowPayouts) -> PayoutsShown | NotSignedIn:
    """The latest runs and the cut-off of the next one.

    The order of the open run is prepared: who looks at it may release it.
    """
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.reading() as tx:
        runs, opened = tx.payouts.runs(_SHOWN), tx.payouts.open_run()
        payer = _payer(tx) if opened is not None else None
        is_asked = opened is not None and opened.id != command.knows
        lines = _lines(core, tx, opened) if opened is not None and is_asked else ()
    if opened is not None:
        _prepare(core, opened, payer)
    missing = 0 if opened is None else _missing(core, opened)
    of = opened.id if opened is not None and lines else None
    return PayoutsShown(runs, _weekly(core), missing, of, lines)


def propose_payout_run(
    core: Core, command: ProposePayoutRun
) -> RunProposed | NothingToPay | RunKnown | CutoffAhead | NotSignedIn:
    """Keep what every owner is paid at a cut-off, with the accounts of now; nothing moves.

    The same cut-off twice makes nothing new, and one run is open at a time: what it takes in
    must not be in another.
    """
    is_attendant = command.actor.kind is ActorKind.ATTENDANT
    if is_attendant and command.attendant_id not in core.signed_in:
        return NotSignedIn()
    now, cutoff = core.clock.now(), command.cutoff or _weekly(core)
    if cutoff > now:
        return CutoffAhead(now)
    with core.store.transaction() as tx:
        known = tx.payouts.open_run() or tx.payouts.released_at(cutoff)
        if known is not None:
            return RunKnown(known)
        parts = _parts(core, tx, cutoff)
        judged = [(part, *_account(tx, part)) for part in parts]
        lines = tuple(_line(tx, part, verdict, words) for part, _, verdict, words in judged)
        paid = [(part, account) for part, account, _, _ in judged if account is not None]
        if not paid:
            return NothingToPay(cutoff, lines)
        by = command.actor.name
        run_id = tx.payouts.add_run(cutoff=cutoff, made_at=now, made_by=by)
        for part, account in paid:
            tx.payouts.add(
                run_id,
                owner_id=part.owner_id,
                entries=part.entries,
                name=account.name,
                iban=account.iban,
                bic=account.bic,
                end_to_end=f"S{core.site.number}R{run_id}O{part.owner_id}",
                at=now,
            )
        run = _run(tx, run_id)
        _audit(core, tx, command, "payout.proposed", run)
    core.publish(SiteChanged())
    return RunProposed(run, lines)


def approve_payout_run(
    core: Core, command: ApprovePayoutRun
) -> RunApproved | WrongPin | RunProblem:
    """An attendant approves a run; with all that it needs it can be released."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.transaction() as tx:
        run = tx.payouts.run(command.run_id)
        if run is None:
            return RunUnknown()
        if run.state not in OPEN_STATES:
            return RunElsewhere(run)
        attendant = tx.people.attendant(command.attendant_id)
        assert attendant is not None, "who is signed in is known"
        proven = prove_attendant(core, tx, attendant.name, command.pin)
        if isinstance(proven, WrongPin):
            return proven
        now = core.clock.now()
        tx.payouts.approve(run.id, attendant.id, now)
        run = _run(tx, run.id)
        if run.state is RunState.PROPOSED and not _missing(core, run):
            tx.payouts.turn(run.id, RunState.APPROVED, at=now, by=attendant.name)
        run, payer = _run(tx, run.id), _payer(tx)
        _audit(core, tx, command, "payout.approved", run)
    _prepare(core, run, payer)
    core.publish(SiteChanged())
    return RunApproved(run, _missing(core, run))


def release_payout_run(
    core: Core, command: ReleasePayoutRun
) -> RunReleased | ApprovalsMissing | RunOutdated | RunProblem:
    """Owners' money goes in flight and the order to the bank is written, in one transaction.

    Refused when an owner is due something else than was approved: a dispute, a refund or a
    chargeback came in between.
    """
    with core.store.reading() as tx:
        run = _open_run(core, tx, command.attendant_id, command.run_id)
        if not isinstance(run, PayoutRun):
            return run
        if run.state is not RunState.APPROVED:
            return ApprovalsMissing(_missing(core, run))
        due = {part.owner_id: part.due for part in _parts(core, tx, run.cutoff, besides=run.id)}
        names = tx.library.owner_names()
        other = [each for each in run.payouts if due.get(each.owner_id) != each.amount]
        if other:
            return RunOutdated(tuple(names[payout.owner_id] for payout in other))
        payer = _payer(tx)
    now, file = core.clock.now(), core.bank_orders.made(_order(core, run, payer))
    with core.store.transaction() as tx:
        for payout in run.payouts:
            moved = journals_outside.payout_started(payout.owner_id, payout.id, payout.amount)
            tx.ledger.post(Journal(f"payout:{payout.id}:start", "payout-started", moved), now)
        tx.payouts.add_file(run.id, file, at=now)
        tx.payouts.turn(run.id, RunState.RELEASED, at=now, by=command.actor.name)
        run = _run(tx, run.id)
        _audit(core, tx, command, "payout.released", run)
    core.publish(SiteChanged())
    return RunReleased(run, file.kind)


def withdraw_payout_run(core: Core, command: WithdrawPayoutRun) -> RunWithdrawn | RunProblem:
    """Give up a run that was not released: its money is in the next one."""
    with core.store.transaction() as tx:
        run = _open_run(core, tx, command.attendant_id, command.run_id)
        if not isinstance(run, PayoutRun):
            return run
        now = core.clock.now()
        tx.payouts.turn(run.id, RunState.WITHDRAWN, at=now, by=command.actor.name)
        run = _run(tx, run.id)
        _audit(core, tx, command, "payout.withdrawn", run)
    core.publish(SiteChanged())
    return RunWithdrawn(run)


def note_payout_results(
    core: Core, command: NotePayoutResults
) -> ResultsNoted | PayoutUnknown | PayoutElsewhere | ReasonMissing | RunProblem:
    """What was paid leaves the bank; what was sent back is owed to its owner again, at once.

    A payout comes back once: rejected before it was paid, or returned after it.
    """
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    rejected = {end_to_end: reason.strip() for end_to_end, reason in command.rejected}
    returned = {end_to_end: reason.strip() for end_to_end, reason in command.returned}
    if not all((*rejected.values(), *returned.values())):
        return ReasonMissing()
    with core.store.transaction() as tx:
        run = tx.payouts.run(command.run_id)
        if run is None:
            return RunUnknown()
        waiting = [payout for payout in run.payouts if payout.result is None]
        if run.state is not RunState.RELEASED or not (waiting or returned):
            return RunElsewhere(run)
        refused = _not_there(run, rejected=rejected, returned=returned)
        if refused is not None:
            return refused
        for payout in waiting:
            reason = rejected.get(payout.end_to_end)
            if reason is not None or command.are_others_paid:
                _note(core, tx, payout, reason=reason, by=command.actor.name)
        for payout in run.payouts:
            if payout.end_to_end in returned:
                reason = returned[payout.end_to_end]
                _note_return(core, tx, payout, reason=reason, by=command.actor.name)
        run = _run(tx, run.id)
        action = "payout.returned" if returned else "payout.answered"
        _audit(core, tx, command, action, run, of=returned)
    core.publish(SiteChanged())
    return ResultsNoted(run)


def _not_there(
    run: PayoutRun, *, rejected: Collection[str], returned: Collection[str]
) -> PayoutUnknown | PayoutElsewhere | None:
    """The first that cannot be noted so: rejected is what waits, returned what was paid."""
    said = {payout.end_to_end: payout.result for payout in run.payouts}
    waiting = {end_to_end for end_to_end, result in said.items() if result is None}
    unknown = sorted({*rejected} - waiting) + sorted({*returned} - said.keys())
    if unknown:
        return PayoutUnknown(unknown[0])
    for end_to_end in returned:
        result = said[end_to_end]
        how = None if result is None else result.how
        if how is not ResultKind.PAID:
            return PayoutElsewhere(end_to_end, how)
    return None


def _note(core: Core, tx: Tx, payout: Payout, *, reason: str | None, by: str) -> None:
    if reason is None:
        how, kind = ResultKind.PAID, "payout-paid"
        moved = journals_outside.payout_paid(payout.id, payout.amount)
    else:
        how, kind = ResultKind.REJECTED, "payout-rejected"
        moved = journals_outside.payout_rejected(payout.owner_id, payout.id, payout.amount)
    now = core.clock.now()
    tx.payouts.add_result(payout.id, how, reason=reason or "", at=now, by=by)
    tx.ledger.post(Journal(f"payout:{payout.id}:end", kind, moved), now)


def _note_return(core: Core, tx: Tx, payout: Payout, *, reason: str, by: str) -> None:
    now = core.clock.now()
    moved = journals_outside.payout_returned(payout.owner_id, payout.id, payout.amount)
    tx.payouts.add_return(payout.id, reason=reason, at=now, by=by)
    tx.ledger.post(Journal(f"payout:{payout.id}:return", "payout-returned", moved), now)


def _weekly(core: Core) -> datetime:
    return weekly_cutoff(core.clock.now(), terms=core.site.payouts, zone=core.site.zone)


def _missing(core: Core, run: PayoutRun) -> int:
    """How many attendants must still approve the run; of two the operator knows both."""
    needed = persons_needed(run.total, core.site.payouts)
    counted = sum(each.is_confirmed or needed == 1 for each in run.approvals)
    return max(needed - counted, 0)


def _parts(
    core: Core, tx: Tx, cutoff: datetime, *, besides: int | None = None
) -> tuple[OwnersPart, ...]:
    """What owners are due; as if the run `besides` had taken nothing in."""
    return owners_parts(
        tx.payouts.unpaid(besides=besides),
        cutoff=cutoff,
        disputed=tx.disputes.open_reservations(),
        minimum=Money(core.site.payouts.minimum_minor, core.site.currency),
    )


def _account(tx: Tx, part: OwnersPart) -> tuple[BankAccount | None, Verdict, str]:
    """Where an owner's part is paid to, if it is; else what becomes of it, and why in words."""
    if part.verdict is not Verdict.PAID:
        return None, part.verdict, ""
    payee = tx.payees.of_owner(part.owner_id)
    if payee is None or not payee.iban:
        return None, Verdict.NO_ACCOUNT, "the site file names no account"
    account = account_of(payee)
    if isinstance(account, BankAccount):
        return account, Verdict.PAID, ""
    return None, Verdict.WRONG_ACCOUNT, account.why


def _payer(tx: Tx) -> BankAccount | None:
    payer = tx.payees.operator()
    account = None if payer is None or not payer.iban else account_of(payer)
    return account if isinstance(account, BankAccount) else None


def _prepare(core: Core, run: PayoutRun, payer: BankAccount | None) -> None:
    """Have the order made beside this thread: no lane may wait until the release has it."""
    order = _order(core, run, payer)
    core.bank_orders.prepare(order, run_aside=core.run_aside, post=core.post)


def _order(core: Core, run: PayoutRun, payer: BankAccount | None) -> Order:
    """What the bank would be told of a run if it were released now, whoever has approved it."""
    today = core.clock.now().astimezone(core.site.zone).date()
    text = f"{core.site.name} {run.cutoff.astimezone(core.site.zone):%Y-%m-%d} R{run.id}"
    return Order(replace(run, state=RunState.APPROVED, approvals=()), payer, today, text)


def _lines(core: Core, tx: Tx, run: PayoutRun) -> tuple[OwnersLine, ...]:
    """What a run that is open does with each owner, by what is due and known now."""
    judged = [(part, *_account(tx, part)) for part in _parts(core, tx, run.cutoff, besides=run.id)]
    return tuple(_line(tx, part, verdict, words) for part, _, verdict, words in judged)


def _line(tx: Tx, part: OwnersPart, verdict: Verdict, problem: str) -> OwnersLine:
    return OwnersLine(
        owner_id=part.owner_id,
        owner=tx.library.owner_names()[part.owner_id],
        due=part.due,
        held_back=part.held_back,
        verdict=verdict,
        problem=problem,
    )


def _open_run(
    core: Core, tx: Tx, attendant_id: AttendantId, run_id: int
) -> PayoutRun | RunProblem:
    if attendant_id not in core.signed_in:
        return NotSignedIn()
    run = tx.payouts.run(run_id)
    if run is None:
        return RunUnknown()
    return run if run.state in OPEN_STATES else RunElsewhere(run)


def _run(tx: Tx, run_id: int) -> PayoutRun:
    run = tx.payouts.run(run_id)
    assert run is not None, "it was just there"
    return run


def _audit(
    core: Core,
    tx: Tx,
    command: ProposePayoutRun
    | ApprovePayoutRun
    | ReleasePayoutRun
    | WithdrawPayoutRun
    | NotePayoutResults,
    action: str,
    run: PayoutRun,
    of: Iterable[str] = (),
) -> None:
    cutoff = f"{run.cutoff.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    detail = f"run {run.id} {cutoff} {run.total.minor} {run.state.value}"
    core.audit(tx, actor=command.actor, action=action, detail=" ".join((detail, *of)))
