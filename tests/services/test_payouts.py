"""Owners are paid what is released at a cut-off, once; the rest is carried to the next run."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from peewee import IntegrityError

from kiosk.domain.disputes import DisputeKind, DisputeState
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing, WrongPin
from kiosk.domain.payout import Hold, Verdict
from kiosk.domain.payout_outcomes import (
    ApprovalsMissing,
    CutoffAhead,
    NothingToPay,
    OwnersLine,
    PayoutsShown,
    PayoutUnknown,
    RunApproved,
    RunElsewhere,
    RunKnown,
    RunOutdated,
    RunProposed,
    RunReleased,
    RunUnknown,
    RunWithdrawn,
)
from kiosk.domain.payout_run import ResultKind, RunState
from kiosk.services.payout_commands import ProposePayoutRun, ShowPayouts, WithdrawPayoutRun
from tests.fakes.stage import KIM, Stage, Wallet, euro
from tests.services.paying_out import (
    ALWAYS,
    DAY,
    GOOD_IBAN,
    LEE_PIN,
    NIGHTS,
    OTHER_IBAN,
    WRONG_IBAN,
    answer,
    answered,
    approve,
    approve_as,
    lee,
    left,
    left_at,
    move,
    name_account,
    propose,
    proposed,
    release,
    released,
    with_terms,
)

SECOND = timedelta(seconds=1)
SHARE = 174
"""What the owner gets of a stay of one hour for 2.40."""


@pytest.fixture(autouse=True)
def _accounts(stage: Stage) -> None:
    name_account(stage, None, GOOD_IBAN, name="Operator")
    name_account(stage, ALWAYS, GOOD_IBAN, name="Ada")
    name_account(stage, NIGHTS, OTHER_IBAN, name="Ben")


def line(outcome: object) -> OwnersLine:
    """The one owner that a proposal speaks of."""
    assert isinstance(outcome, RunProposed | NothingToPay), outcome
    (only,) = outcome.lines
    return only


# What is due ----------------------------------------------------------------------------------


def test_a_stay_is_paid_24_hours_after_its_exit_and_not_at_that_very_second(
    stage: Stage, ada: Wallet
) -> None:
    ticket = left(stage, ada)
    released_at = left_at(stage, ticket) + DAY
    stage.site.clock.jump(2 * DAY)

    early = propose(stage, released_at)
    late = propose(stage, released_at + SECOND)

    assert isinstance(early, NothingToPay)
    assert line(early).held_back == {Hold.TOO_YOUNG: euro(SHARE)}
    assert isinstance(late, RunProposed)
    assert late.run.total == euro(SHARE)
    assert stage.books()["owner:1"] == SHARE


def test_a_disputed_stay_is_held_back_until_it_is_decided(stage: Stage, ada: Wallet) -> None:
    ticket = left(stage, ada)
    with stage.site.core.store.transaction() as tx:
        dispute = tx.disputes.open(
            ticket.reservation_id,
            kind=DisputeKind.CHARGES,
            words="twice",
            at=stage.now,
            by="Kim",
        )
    stage.site.clock.jump(2 * DAY)

    assert line(propose(stage)).held_back == {Hold.DISPUTED: euro(SHARE)}
    with stage.site.core.store.transaction() as tx:
        refused = DisputeState.REFUSED
        tx.disputes.close(
            dispute, how=refused, refunded=euro(0), words="no", at=stage.now, by="Kim"
        )

    assert proposed(stage).total == euro(SHARE)


def test_a_negative_balance_is_carried_until_the_owner_has_earned_it_back(stage: Stage) -> None:
    move(stage, ALWAYS, -700, key="lost")
    stage.wait(seconds=1)
    assert line(propose(stage)).verdict is Verdict.NEGATIVE

    move(stage, ALWAYS, 1000, key="earned")
    stage.wait(seconds=1)

    assert proposed(stage).total == euro(300)


def test_less_than_the_minimum_is_carried_and_paid_with_the_next(stage: Stage) -> None:
    with_terms(stage, minimum_minor=1000)
    move(stage, ALWAYS, 999, key="one")
    stage.wait(seconds=1)
    assert line(propose(stage)).verdict is Verdict.BELOW_MINIMUM

    move(stage, ALWAYS, 1, key="two")
    stage.wait(seconds=1)

    assert proposed(stage).total == euro(1000)


def test_an_owner_whose_iban_has_wrong_check_digits_is_named_and_others_are_paid(
    stage: Stage,
) -> None:
    name_account(stage, NIGHTS, WRONG_IBAN)
    move(stage, ALWAYS, 500, key="one")
    move(stage, NIGHTS, 700, key="two")
    stage.wait(seconds=1)

    outcome = propose(stage)

    assert isinstance(outcome, RunProposed)
    assert [payout.owner_id for payout in outcome.run.payouts] == [ALWAYS]
    wrong = outcome.lines[1]
    assert (wrong.owner, wrong.verdict) == ("Nights", Verdict.WRONG_ACCOUNT)
    assert wrong.problem == "the IBAN DE88 ... 3000 has wrong check digits"


def test_an_owner_whose_name_no_order_can_write_is_named_and_the_others_are_released(
    stage: Stage,
) -> None:
    name_account(stage, None, GOOD_IBAN)
    name_account(stage, NIGHTS, GOOD_IBAN, name="\N{GRINNING FACE}")
    move(stage, ALWAYS, 500, key="one")
    move(stage, NIGHTS, 700, key="two")
    stage.wait(seconds=1)

    outcome = propose(stage)

    assert isinstance(outcome, RunProposed)
    assert [each.verdict for each in outcome.lines] == [Verdict.PAID, Verdict.WRONG_ACCOUNT]
    assert outcome.lines[1].problem == "no order to a bank can name '\\U0001f600'"
    approve(stage, outcome.run)
    assert isinstance(release(stage, outcome.run), RunReleased)


def test_an_owner_without_an_account_is_named_and_paid_once_there_is_one(stage: Stage) -> None:
    name_account(stage, ALWAYS, "")
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    assert line(propose(stage)).verdict is Verdict.NO_ACCOUNT

    name_account(stage, ALWAYS, "DE89 3704 0044 0532 0130 00", name="Ada L.")

    (payout,) = proposed(stage).payouts
    assert (payout.name, payout.iban, payout.bic) == ("Ada L.", GOOD_IBAN, "COBADEFFXXX")


# One run at a time ----------------------------------------------------------------------------


def test_the_same_cut_off_twice_proposes_nothing_new(stage: Stage) -> None:
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    run = proposed(stage)

    assert propose(stage, run.cutoff) == RunKnown(run)
    approve(stage, run)
    assert isinstance(release(stage, run), RunReleased)
    again = propose(stage, run.cutoff)

    assert isinstance(again, RunKnown)
    assert again.run.id == run.id
    stage.wait(seconds=1)
    assert isinstance(propose(stage), NothingToPay)
    assert stage.books() == {"payout-in-flight:1": 500, "goodwill": -500}


def test_a_cut_off_that_has_not_come_is_refused(stage: Stage) -> None:
    assert propose(stage, stage.now + SECOND) == CutoffAhead(stage.now)


def test_without_a_word_the_cut_off_is_the_latest_weekly_one(stage: Stage) -> None:
    shown = stage.site.do(ShowPayouts(actor=KIM, attendant_id=stage.attendant_id))
    assert isinstance(shown, PayoutsShown)
    assert shown.cutoff.isoformat() == "2026-06-01T04:00:00+00:00"
    outcome = stage.site.do(ProposePayoutRun(actor=KIM, attendant_id=stage.attendant_id))
    assert outcome == NothingToPay(shown.cutoff, ())


def test_whoever_looks_at_an_open_run_sees_whom_it_does_not_pay_and_why(stage: Stage) -> None:
    move(stage, ALWAYS, 500, key="one")
    move(stage, NIGHTS, -300, key="two")
    stage.wait(seconds=1)
    outcome = propose(stage)
    assert isinstance(outcome, RunProposed)
    show = ShowPayouts(actor=KIM, attendant_id=stage.attendant_id)

    shown = stage.site.do(show)
    again = stage.site.do(dataclasses.replace(show, knows=outcome.run.id))

    assert isinstance(shown, PayoutsShown)
    assert isinstance(again, PayoutsShown)
    assert (shown.lines_of, shown.lines) == (outcome.run.id, outcome.lines)
    assert [each.verdict for each in shown.lines] == [Verdict.PAID, Verdict.NEGATIVE]
    assert (again.lines_of, again.lines) == (None, ())
    assert released_of(stage, outcome).lines_of is None


def released_of(stage: Stage, outcome: RunProposed) -> PayoutsShown:
    """What is shown once the run was approved and released."""
    approve(stage, outcome.run)
    release(stage, outcome.run)
    shown = stage.site.do(ShowPayouts(actor=KIM, attendant_id=stage.attendant_id))
    assert isinstance(shown, PayoutsShown)
    return shown


def test_a_run_that_is_withdrawn_leaves_its_money_to_the_next_one(stage: Stage) -> None:
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    run = proposed(stage)

    command = WithdrawPayoutRun(actor=KIM, attendant_id=stage.attendant_id, run_id=run.id)
    outcome = stage.site.do(command)

    assert isinstance(outcome, RunWithdrawn)
    assert proposed(stage).total == euro(500)
    assert isinstance(stage.site.do(command), RunElsewhere)


def test_the_schema_itself_refuses_to_pay_a_journal_out_twice(stage: Stage) -> None:
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    released(stage)
    with pytest.raises(IntegrityError, match="paid out once"):
        _pay_again(stage)


def _pay_again(stage: Stage) -> None:
    with stage.site.core.store.transaction() as tx:
        entries = tx.payouts.unpaid(besides=1)
        assert [entry.amount for entry in entries] == [euro(500)]
        tx.payouts.add(
            tx.payouts.add_run(cutoff=stage.now, made_at=stage.now, made_by="Kim"),
            owner_id=ALWAYS,
            entries=entries,
            name="Ada",
            iban=GOOD_IBAN,
            bic=None,
            end_to_end="again",
            at=stage.now,
        )


# Approved and released ------------------------------------------------------------------------


def test_a_run_is_released_only_after_the_pin_was_typed_again(stage: Stage) -> None:
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    run = proposed(stage)

    assert release(stage, run) == ApprovalsMissing(1)
    assert isinstance(approve(stage, run, pin="111111"), WrongPin)
    assert release(stage, run) == ApprovalsMissing(1)
    approved = approve(stage, run)
    assert isinstance(approved, RunApproved)
    assert approved.run.state is RunState.APPROVED
    assert isinstance(release(stage, run), RunReleased)
    assert stage.books() == {"payout-in-flight:1": 500, "goodwill": -500}
    assert stage.wrong() == []


def test_a_run_above_the_limit_takes_two_different_attendants(stage: Stage) -> None:
    with_terms(stage, two_persons_above_minor=499)
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    run = proposed(stage)

    assert approve(stage, run) == approve(stage, run)
    assert release(stage, run) == ApprovalsMissing(1)
    actor, attendant_id = lee(stage)
    second = approve_as(stage, run, actor, attendant_id, pin=LEE_PIN)

    assert isinstance(second, RunApproved)
    assert [each.name for each in second.run.approvals] == ["Kim", "Lee"]
    assert isinstance(release(stage, run), RunReleased)


def test_what_is_taken_back_after_the_approval_stops_the_release(stage: Stage) -> None:
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    run = proposed(stage)
    approve(stage, run)
    move(stage, ALWAYS, -100, key="refund")

    assert release(stage, run) == RunOutdated(("Always",))
    assert stage.books()["owner:1"] == 400


def test_who_is_not_signed_in_or_names_no_run_changes_nothing(stage: Stage) -> None:
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    run = proposed(stage)
    assert approve(stage, dataclasses.replace(run, id=99)) == RunUnknown()
    assert release(stage, dataclasses.replace(run, id=99)) == RunUnknown()
    assert answer(stage, dataclasses.replace(run, id=99)) == RunUnknown()
    stage.site.core.signed_in.clear()

    assert [approve(stage, run), release(stage, run), answer(stage, run)] == [NotSignedIn()] * 3
    show = ShowPayouts(actor=KIM, attendant_id=stage.attendant_id)
    ask = ProposePayoutRun(actor=KIM, attendant_id=stage.attendant_id)
    assert [stage.site.do(show), stage.site.do(ask)] == [NotSignedIn()] * 2


# The bank's word ------------------------------------------------------------------------------


def test_a_paid_payout_leaves_the_bank(stage: Stage) -> None:
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    run = answered(stage, released(stage))

    assert [payout.result and payout.result.how for payout in run.payouts] == [ResultKind.PAID]
    assert stage.books() == {"bank": 500, "goodwill": -500}
    assert isinstance(answer(stage, run), RunElsewhere)


def test_a_rejected_payout_comes_back_and_is_paid_with_the_next_run(stage: Stage) -> None:
    move(stage, ALWAYS, 500, key="one")
    move(stage, NIGHTS, 700, key="two")
    stage.wait(seconds=1)
    run = released(stage)
    end_to_end = run.payouts[0].end_to_end

    answered(stage, run, (end_to_end, "account closed"))
    assert stage.books() == {"bank": 700, "owner:1": 500, "goodwill": -1200}
    move(stage, ALWAYS, 20, key="three")
    stage.wait(seconds=1)
    second = answered(stage, released(stage))

    assert second.total == euro(520)
    assert second.payouts[0].end_to_end != end_to_end
    assert stage.books() == {"bank": 1220, "goodwill": -1220}
    assert stage.wrong() == []


def test_one_payout_can_be_rejected_while_the_others_still_wait(stage: Stage) -> None:
    move(stage, ALWAYS, 500, key="one")
    move(stage, NIGHTS, 700, key="two")
    stage.wait(seconds=1)
    run = released(stage)
    first = run.payouts[0].end_to_end

    answer(stage, run, (first, "account closed"), are_others_paid=False)

    assert stage.books() == {"payout-in-flight:2": 700, "owner:1": 500, "goodwill": -1200}
    assert answer(stage, run, (first, "again")) == PayoutUnknown(first)
    assert answer(stage, run, (run.payouts[1].end_to_end, " ")) == ReasonMissing()
