"""A payout that the bank sends back after it was noted as paid is its owner's again, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from peewee import IntegrityError

from kiosk.domain.ids import PayoutId
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing
from kiosk.domain.payee import Payee
from kiosk.domain.payout import Hold
from kiosk.domain.payout_outcomes import (
    NothingToPay,
    PayoutElsewhere,
    PayoutUnknown,
    RunElsewhere,
    RunReleased,
    RunUnknown,
)
from kiosk.domain.payout_run import PayoutResult, PayoutRun, ResultKind
from kiosk.domain.time import Window
from kiosk.services.statements import LineKind, statement_of
from tests.fakes.stage import NOON, Stage, euro
from tests.services.paying_out import (
    ALWAYS,
    GOOD_IBAN,
    NIGHTS,
    OTHER_IBAN,
    answer,
    answered,
    approve,
    give_back,
    given_back,
    move,
    name_account,
    propose,
    proposed,
    release,
    released,
)

WHY = "account closed"
PAID = {"bank": 1200, "goodwill": -1200}
BACK = {"bank": 700, "owner:1": 500, "goodwill": -1200}


@pytest.fixture
def run(stage: Stage) -> PayoutRun:
    """A run of two owners that the bank has paid."""
    name_account(stage, None, GOOD_IBAN, name="Operator")
    name_account(stage, ALWAYS, GOOD_IBAN, name="Ada")
    name_account(stage, NIGHTS, OTHER_IBAN, name="Ben")
    move(stage, ALWAYS, 500, key="one")
    move(stage, NIGHTS, 700, key="two")
    stage.wait(seconds=1)
    made = answered(stage, released(stage))
    assert stage.books() == PAID
    stage.wait(minutes=60 * 24 * 3)
    return made


def test_it_leaves_the_bank_account_as_if_never_paid_and_is_owed_to_its_owner_again(
    stage: Stage, run: PayoutRun
) -> None:
    back = given_back(stage, run, f" {WHY} ")

    assert back.payouts[0].result == PayoutResult(ResultKind.RETURNED, stage.now, WHY)
    assert back.payouts[1] == run.payouts[1]
    assert back.stands == "answered"
    assert stage.books() == BACK
    assert stage.wrong() == []


def test_the_next_run_pays_it_again_to_the_account_that_the_site_file_names_by_then(
    stage: Stage, run: PayoutRun
) -> None:
    given_back(stage, run)
    move(stage, ALWAYS, 20, key="three")
    name_account(stage, ALWAYS, OTHER_IBAN, name="Ada")
    stage.wait(seconds=1)

    second = released(stage)

    (payout,) = second.payouts
    assert (payout.amount, payout.iban) == (euro(520), OTHER_IBAN)
    answered(stage, second)
    assert stage.books() == {"bank": 1220, "goodwill": -1220}
    assert stage.wrong() == []


def test_what_came_back_after_the_cut_off_waits_for_the_run_after_it(
    stage: Stage, run: PayoutRun
) -> None:
    given_back(stage, run)
    early = propose(stage, stage.now)

    assert isinstance(early, NothingToPay)
    assert early.lines[0].held_back == {Hold.CAME_BACK_LATER: euro(500)}
    stage.wait(seconds=1)
    assert proposed(stage).total == euro(500)


def test_a_second_note_says_what_it_is_and_changes_nothing(stage: Stage, run: PayoutRun) -> None:
    name = run.payouts[0].end_to_end
    back = given_back(stage, run)

    again = give_back(stage, run, (run.payouts[1].end_to_end, WHY), (name, "again"))

    assert again == PayoutElsewhere(name, ResultKind.RETURNED)
    with stage.site.core.store.reading() as tx:
        assert tx.payouts.run(run.id) == back
    assert stage.books() == BACK
    assert answer(stage, run) == RunElsewhere(back)
    assert answer(stage, run, (name, WHY)) == RunElsewhere(back)


def test_it_may_come_back_again_from_the_next_run(stage: Stage, run: PayoutRun) -> None:
    given_back(stage, run)
    stage.wait(seconds=1)
    second = answered(stage, released(stage))

    given_back(stage, second)

    assert stage.books() == BACK
    stage.wait(seconds=1)
    assert proposed(stage).total == euro(500)


def test_what_was_not_paid_is_not_known_or_has_no_reason_cannot_come_back(
    stage: Stage, run: PayoutRun
) -> None:
    name = run.payouts[0].end_to_end
    assert give_back(stage, run, ("S17R9O9", WHY)) == PayoutUnknown("S17R9O9")
    assert give_back(stage, run, (name, " ")) == ReasonMissing()
    assert give_back(stage, replace(run, id=99), (name, WHY)) == RunUnknown()
    move(stage, ALWAYS, 300, key="three")
    move(stage, NIGHTS, 300, key="four")
    stage.wait(seconds=1)
    open_run = proposed(stage)
    ours, theirs = (each.end_to_end for each in open_run.payouts)
    assert give_back(stage, open_run, (ours, WHY)) == RunElsewhere(open_run)
    stage.wait(seconds=1)
    waiting = released_again(stage, open_run)
    assert give_back(stage, waiting, (ours, WHY)) == PayoutElsewhere(ours, None)
    answered(stage, waiting, (theirs, WHY))
    rejected = PayoutElsewhere(theirs, ResultKind.REJECTED)
    assert give_back(stage, waiting, (theirs, WHY)) == rejected
    assert stage.books() == {"bank": 1500, "owner:2": 300, "goodwill": -1800}
    stage.site.core.signed_in.clear()
    assert give_back(stage, run, (name, WHY)) == NotSignedIn()


def released_again(stage: Stage, run: PayoutRun) -> PayoutRun:
    """The run that was proposed, approved and released."""
    approve(stage, run)
    outcome = release(stage, run)
    assert isinstance(outcome, RunReleased)
    return outcome.run


def test_the_owners_statement_has_it_as_a_line_and_ends_with_what_is_owed(
    stage: Stage, run: PayoutRun
) -> None:
    given_back(stage, run)
    month = Window(NOON - timedelta(days=1), NOON + timedelta(days=30))
    with stage.site.core.store.reading() as tx:
        made = statement_of(
            tx, ALWAYS, owner=Payee(name="Ada"), span=month, currency="EUR", now=month.until
        )

    name = run.payouts[0].end_to_end
    lines = [(each.kind, each.reference, each.shares.owner) for each in made.lines]
    assert lines[1:] == [
        (LineKind.PAYOUT, name, euro(-500)),
        (LineKind.RETURNED, name, euro(500)),
    ]
    assert made.lines[2].at == stage.now
    assert made.closing == euro(500)


def test_the_audit_says_who_noted_it_and_of_which_payout(stage: Stage, run: PayoutRun) -> None:
    given_back(stage, run)
    with stage.site.core.store.reading() as tx:
        row = tx.audit.latest(1)[0]

    name = run.payouts[0].end_to_end
    assert (row.action, row.actor_name) == ("payout.returned", "Kim")
    assert row.detail == f"run {run.id} 2026-06-01T12:00:04Z 1200 released {name}"


def test_the_schema_itself_lets_only_what_was_paid_come_back_and_once(
    stage: Stage, run: PayoutRun
) -> None:
    given_back(stage, run)
    first = run.payouts[0].id
    with pytest.raises(IntegrityError, match="UNIQUE"):
        add_return(stage, first)
    move(stage, ALWAYS, 300, key="three")
    stage.wait(seconds=1)
    second = released(stage)
    (waiting,) = second.payouts
    with pytest.raises(IntegrityError, match="only what was paid"):
        add_return(stage, waiting.id)
    answered(stage, second, (waiting.end_to_end, WHY))
    with pytest.raises(IntegrityError, match="only what was paid"):
        add_return(stage, waiting.id)


def add_return(stage: Stage, payout_id: PayoutId) -> None:
    with stage.site.core.store.transaction() as tx:
        tx.payouts.add_return(payout_id, reason=WHY, at=stage.now, by="Kim")
