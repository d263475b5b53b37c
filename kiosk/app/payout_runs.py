"""`kiosk payout`: runs are proposed, approved, released, listed, written for the bank, answered.

What is due and what may be done when is decided in kiosk.services.payouts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.app.attendant_pin import attendant_and_pin, signed_in
from kiosk.app.config import read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED
from kiosk.app.import_calendar import core_at_rest
from kiosk.app.local_times import instant_of, time_text
from kiosk.app.payout_words import (
    held_words,
    lines_of,
    run_lines,
    run_table,
    total_words,
)
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing, WrongPin
from kiosk.domain.payout_outcomes import (
    ApprovalsMissing,
    CutoffAhead,
    NothingToPay,
    PayoutElsewhere,
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
from kiosk.domain.payout_run import FileKind
from kiosk.services import payouts
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.payees import sync_payees
from kiosk.services.payout_commands import (
    ApprovePayoutRun,
    NotePayoutResults,
    ProposePayoutRun,
    ReleasePayoutRun,
    WithdrawPayoutRun,
)

if TYPE_CHECKING:
    from kiosk.domain.ids import AttendantId
    from kiosk.services.core import Core

_OPERATOR = Actor(ActorKind.CLOCK, "operator")
_LISTED = 50


def propose(options: argparse.Namespace) -> int:
    """Print who is paid, carried and held back at a cut-off, and keep the run for approval."""
    file = read_site_file(options.site)
    with core_at_rest(file, options.db, is_dry_run=False) as core:
        sync_payees(core, file.to_payees())
        zone = core.site.zone
        cutoff = None if options.cutoff is None else instant_of(options.cutoff, zone)
        outcome = payouts.propose_payout_run(
            core, ProposePayoutRun(actor=_OPERATOR, cutoff=cutoff)
        )
        match outcome:
            case RunProposed(run, lines):
                table = {"run": run_table(run), "owners": held_words(lines)}
                told = [*run_lines(run, zone), *lines_of(lines)]
                return _told(options, table, told)
            case NothingToPay(at, lines):
                nothing: dict[str, Any] = {"run": None, "owners": held_words(lines)}
                said = f"Nothing to pay at the cut-off {time_text(at, zone)}."
                return _told(options, nothing, [said, *lines_of(lines)])
            case RunKnown(run):
                said = f"Nothing new: run {run.id} is {run.stands}."
                table = {"run": run_table(run), "owners": []}
                return _told(options, table, [said, *run_lines(run, zone)])
            case CutoffAhead(now):
                return _refused(f"the cut-off has not come yet; it is {time_text(now, zone)}")
            case NotSignedIn():
                raise AssertionError("the operator needs not sign in")


def list_runs(options: argparse.Namespace) -> int:
    """Print the latest runs."""
    file = read_site_file(options.site)
    with core_at_rest(file, options.db, is_dry_run=True) as core:
        with core.store.reading() as tx:
            runs = tx.payouts.runs(_LISTED)
        lines = [total_words(run, core.site.zone) for run in runs] or ["There is no run yet."]
        return _told(options, {"runs": [run_table(run) for run in runs]}, lines)


def show_run(options: argparse.Namespace) -> int:
    """Print one run with its payouts and its approvals."""
    file = read_site_file(options.site)
    with core_at_rest(file, options.db, is_dry_run=True) as core, core.store.reading() as tx:
        run = tx.payouts.run(options.run)
        if run is None:
            raise ConfigError(f"there is no run {options.run}")
        return _told(options, {"run": run_table(run)}, run_lines(run, core.site.zone))


def export(options: argparse.Namespace) -> int:
    """Write the order to the bank, byte for byte as it was made at the release."""
    file = read_site_file(options.site)
    with core_at_rest(file, options.db, is_dry_run=True) as core, core.store.reading() as tx:
        run, order = tx.payouts.run(options.run), tx.payouts.file(options.run)
    if run is None:
        raise ConfigError(f"there is no run {options.run}")
    if order is None:
        return _refused(f"run {options.run}: was not released; there is no order to the bank")
    try:
        options.out.write_bytes(order.content)
    except OSError as error:
        raise ConfigError(f"{options.out}: cannot be written: {error.strerror}") from error
    table = {"kind": order.kind.value, "msg_id": order.msg_id, "bytes": len(order.content)}
    return _told(options, table, [f"{options.out}: {order.kind.value}, {table['bytes']} bytes"])


def approve(options: argparse.Namespace) -> int:
    """An attendant approves a run with the PIN."""
    return _by_attendant(
        options,
        lambda core, actor, attendant_id, pin: payouts.approve_payout_run(
            core,
            ApprovePayoutRun(actor=actor, attendant_id=attendant_id, run_id=options.run, pin=pin),
        ),
    )


def release(options: argparse.Namespace) -> int:
    """An attendant lets the money of an approved run go."""
    return _by_attendant(
        options,
        lambda core, actor, attendant_id, _: payouts.release_payout_run(
            core, ReleasePayoutRun(actor=actor, attendant_id=attendant_id, run_id=options.run)
        ),
    )


def withdraw(options: argparse.Namespace) -> int:
    """An attendant gives a run up."""
    return _by_attendant(
        options,
        lambda core, actor, attendant_id, _: payouts.withdraw_payout_run(
            core, WithdrawPayoutRun(actor=actor, attendant_id=attendant_id, run_id=options.run)
        ),
    )


def paid(options: argparse.Namespace) -> int:
    """An attendant puts down what the bank has said: paid, but for these; or these came back."""
    back = options.rejected or options.returned
    if len(back) != len(options.reason):
        name = "--returned" if options.returned else "--rejected"
        raise ConfigError(f"payout paid: each {name} takes one --reason")
    said = tuple(zip(back, options.reason, strict=True))
    return _by_attendant(
        options,
        lambda core, actor, attendant_id, _: payouts.note_payout_results(
            core,
            NotePayoutResults(
                actor=actor,
                attendant_id=attendant_id,
                run_id=options.run,
                rejected=() if options.returned else said,
                returned=said if options.returned else (),
            ),
        ),
    )


def _by_attendant(
    options: argparse.Namespace, does: Callable[[Core, Actor, AttendantId, str], object]
) -> int:
    file, attendant = read_site_file(options.site), attendant_and_pin(options)
    assert attendant is not None, "the command line asks for one"
    actor, pin = attendant
    with core_at_rest(file, options.db, is_dry_run=False) as core:
        attendant_id = signed_in(core, actor, pin)
        if isinstance(attendant_id, str):
            return _refused(attendant_id)
        sync_payees(core, file.to_payees())
        outcome = does(core, actor, attendant_id, pin)
        refusal = _refusal(outcome, options)
        if refusal:
            return _refused(refusal)
        assert isinstance(outcome, RunApproved | RunReleased | RunWithdrawn | ResultsNoted)
        lines = [*_more(outcome, core.site.currency), *run_lines(outcome.run, core.site.zone)]
        return _told(options, {"run": run_table(outcome.run)}, lines)


def _refusal(outcome: object, options: argparse.Namespace) -> str:
    """Why the state of things allows it not; empty when it was done. ConfigError for no such."""
    match outcome:
        case RunUnknown():
            raise ConfigError(f"there is no run {options.run}")
        case RunElsewhere(run) if run.stands == "answered":
            later = "; what came back since is --returned" if vars(options).get("rejected") else ""
            return f"run {run.id} is answered: what the bank said of it is noted already{later}"
        case RunElsewhere(run):
            return f"run {run.id} is {run.state.value}: this cannot be done"
        case ApprovalsMissing(missing):
            return f"run {options.run}: {_persons(missing)} must approve it first"
        case RunOutdated(owners):
            names = ", ".join(owners)
            return (
                f"run {options.run}: what is due to {names} has changed since it was proposed; "
                "withdraw it and propose another"
            )
        case PayoutUnknown(end_to_end) if end_to_end in options.returned:
            raise ConfigError(f"run {options.run}: there is no payout {end_to_end}")
        case PayoutUnknown(end_to_end):
            waits = f"no payout {end_to_end} waits for the bank's answer"
            raise ConfigError(f"run {options.run}: {waits}")
        case PayoutElsewhere(end_to_end, how):
            stands = "not noted as paid" if how is None else f"noted as {how.value} already"
            return f"run {options.run}: {end_to_end} is {stands}"
        case ReasonMissing():
            raise ConfigError("give a reason for what came back")
        case WrongPin() | NotSignedIn():
            raise AssertionError("the PIN was right a moment ago")
        case _:
            return ""


def _more(outcome: object, currency: str) -> list[str]:
    """What is to be said besides the run itself."""
    match outcome:
        case RunApproved(run, missing) if missing:
            return [f"Run {run.id}: {_persons(missing)} must approve it, too."]
        case RunReleased(kind=FileKind.CSV):
            why = (
                "the money is " + currency if currency != "EUR" else "[operator] has no good iban"
            )
            return [f"No pain.001 file: {why}. `payout export` writes a list of transfers (CSV)."]
        case _:
            return []


def _persons(count: int) -> str:
    return "one more attendant" if count == 1 else f"{count} attendants"


def _told(options: argparse.Namespace, table: dict[str, Any], lines: list[str]) -> int:
    print(json.dumps(table, ensure_ascii=False) if options.json else "\n".join(lines))
    return DONE


def _refused(words: str) -> int:
    print(words, file=sys.stderr)
    return REFUSED
