"""Owners of the small site with accounts, stays that earn them something, and payout runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.domain import ledger
from kiosk.domain.ids import AttendantId, OwnerId
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.outcomes import ExitCovered, SignedIn, TicketIssued
from kiosk.domain.payee import Payee
from kiosk.domain.payout import PayoutTerms
from kiosk.domain.payout_outcomes import ResultsNoted, RunApproved, RunProposed, RunReleased
from kiosk.domain.payout_run import PayoutRun
from kiosk.services.commands import Actor, ActorKind, SignIn
from kiosk.services.payout_commands import (
    ApprovePayoutRun,
    NotePayoutResults,
    ProposePayoutRun,
    ReleasePayoutRun,
)
from tests.fakes.stage import DESK_PIN, EXIT, KIM, Stage, Wallet, euro

OPERATOR = Actor(ActorKind.CLOCK, "operator")
ALWAYS, NIGHTS = OwnerId(1), OwnerId(2)
GOOD_IBAN, OTHER_IBAN = "DE89370400440532013000", "NL91ABNA0417164300"
WRONG_IBAN = "DE88370400440532013000"
DAY = timedelta(hours=24)
LEE_PIN = "864209"


def with_terms(stage: Stage, **terms: int) -> None:
    """The site file has these terms from now on."""
    core = stage.site.core
    core.site = replace(core.site, payouts=PayoutTerms(**terms))  # type: ignore[arg-type]


def name_account(stage: Stage, owner_id: OwnerId | None, iban: str, *, name: str = "Ada") -> None:
    """The site file names this account from now on; None: the operator's."""
    with stage.site.core.store.transaction() as tx:
        tx.payees.put(Payee(name=name, iban=iban), owner_id=owner_id, at=stage.now)


def left(stage: Stage, wallet: Wallet, *, minutes: int = 60) -> TicketIssued:
    """A stay of an hour that has been paid and has left; it earns its owner 174 of 240."""
    ticket = stage.inside(wallet.proof, minutes=minutes)
    stage.wait(minutes=minutes - 1)
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)
    return ticket


def left_at(stage: Stage, ticket: TicketIssued) -> datetime:
    """When the car drove out."""
    with stage.site.core.store.reading() as tx:
        stay = tx.reservations.stay(ticket.reservation_id)
    assert stay is not None
    assert stay.left_at is not None
    return stay.left_at


def move(stage: Stage, owner_id: OwnerId, minor: int, *, key: str) -> None:
    """Something that is no stay gives an owner so much, or takes it."""
    account, goodwill = ledger.owner(owner_id), ledger.GOODWILL
    pair = (goodwill, account) if minor > 0 else (account, goodwill)
    with stage.site.core.store.transaction() as tx:
        tx.ledger.post(Journal(key, "by-hand", (Transfer(*pair, euro(abs(minor))),)), stage.now)


def propose(stage: Stage, cutoff: datetime | None = None) -> object:
    """The operator asks what is to be paid; at once, or at a cut-off."""
    return stage.site.do(ProposePayoutRun(actor=OPERATOR, cutoff=cutoff or stage.now))


def proposed(stage: Stage, cutoff: datetime | None = None) -> PayoutRun:
    """The run that came of it."""
    outcome = propose(stage, cutoff)
    assert isinstance(outcome, RunProposed), outcome
    return outcome.run


def approve(stage: Stage, run: PayoutRun, *, pin: str = DESK_PIN) -> object:
    """Kim types the PIN once more."""
    return approve_as(stage, run, KIM, stage.attendant_id, pin=pin)


def approve_as(
    stage: Stage, run: PayoutRun, actor: Actor, attendant_id: AttendantId, *, pin: str
) -> object:
    """An attendant types the PIN once more."""
    return stage.site.do(
        ApprovePayoutRun(actor=actor, attendant_id=attendant_id, run_id=run.id, pin=pin)
    )


def release(stage: Stage, run: PayoutRun) -> object:
    """Kim lets the money go."""
    command = ReleasePayoutRun(actor=KIM, attendant_id=stage.attendant_id, run_id=run.id)
    return stage.site.do(command)


def released(stage: Stage, cutoff: datetime | None = None) -> PayoutRun:
    """A run that was proposed, approved and released."""
    run = proposed(stage, cutoff)
    assert isinstance(approve(stage, run), RunApproved)
    outcome = release(stage, run)
    assert isinstance(outcome, RunReleased), outcome
    return outcome.run


def answer(
    stage: Stage, run: PayoutRun, *rejected: tuple[str, str], are_others_paid: bool = True
) -> object:
    """Kim puts down what the bank says."""
    return stage.site.do(
        NotePayoutResults(
            actor=KIM,
            attendant_id=stage.attendant_id,
            run_id=run.id,
            rejected=rejected,
            are_others_paid=are_others_paid,
        )
    )


def answered(stage: Stage, run: PayoutRun, *rejected: tuple[str, str]) -> PayoutRun:
    """The run with the bank's word."""
    outcome = answer(stage, run, *rejected)
    assert isinstance(outcome, ResultsNoted), outcome
    return outcome.run


def give_back(stage: Stage, run: PayoutRun, *returned: tuple[str, str]) -> object:
    """Kim puts down what the bank has sent back after it was noted as paid."""
    return stage.site.do(
        NotePayoutResults(
            actor=KIM, attendant_id=stage.attendant_id, run_id=run.id, returned=returned
        )
    )


def given_back(stage: Stage, run: PayoutRun, reason: str = "account closed") -> PayoutRun:
    """The run whose first payout came back."""
    outcome = give_back(stage, run, (run.payouts[0].end_to_end, reason))
    assert isinstance(outcome, ResultsNoted), outcome
    return outcome.run


def lee(stage: Stage) -> tuple[Actor, AttendantId]:
    """A second attendant, signed in."""
    core = stage.site.core
    with core.store.transaction() as tx:
        lee_id = tx.people.add_attendant(
            name="Lee", pin_hash=core.pins.hash(LEE_PIN), is_one_time=False, at=stage.now
        )
        tx.people.confirm_attendant(lee_id, at=stage.now)
    actor = Actor(ActorKind.ATTENDANT, "Lee")
    outcome = stage.site.do(SignIn(actor=actor, name="Lee", pin=LEE_PIN))
    assert isinstance(outcome, SignedIn)
    return actor, outcome.attendant_id
