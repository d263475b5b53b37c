"""The desk's page of payouts: proposed, approved with the PIN, released, answered by the bank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from kiosk.domain.ids import OwnerId, PayoutId
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing, WrongPin
from kiosk.domain.payout import Hold, Verdict
from kiosk.domain.payout_outcomes import (
    ApprovalsMissing,
    NothingToPay,
    OwnersLine,
    PayoutElsewhere,
    PayoutsShown,
    ResultsNoted,
    RunApproved,
    RunElsewhere,
    RunKnown,
    RunOutdated,
    RunProposed,
    RunReleased,
    RunWithdrawn,
)
from kiosk.domain.payout_run import (
    Approval,
    FileKind,
    Payout,
    PayoutResult,
    PayoutRun,
    ResultKind,
    RunState,
)
from kiosk.services.payout_commands import (
    ApprovePayoutRun,
    NotePayoutResults,
    ProposePayoutRun,
    ReleasePayoutRun,
    ShowPayouts,
    WithdrawPayoutRun,
)
from kiosk.ui.desk.payout_form import PayoutForm
from tests.ui.desk_stage import GLASS, NOW, DeskStage, desk_stage, euro

CUTOFF = NOW - timedelta(days=6, hours=8)
PIN = "482913"


def payout(number: int, name: str, minor: int) -> Payout:
    iban = f"DE8937040044053201{number:04d}"
    return Payout(
        PayoutId(number), OwnerId(number), euro(minor), name, iban, None, f"S1R3O{number}"
    )


PAYOUTS = (payout(1, "Lindner", 28_344), payout(2, "Office Nord", 9_120), payout(3, "Yilmaz", 507))
RUN = PayoutRun(3, CUTOFF, NOW, "operator", RunState.PROPOSED, PAYOUTS)
APPROVED = replace(
    RUN, state=RunState.APPROVED, approvals=(Approval("Ada", NOW, is_confirmed=True),)
)
RELEASED = replace(APPROVED, state=RunState.RELEASED)
BACK = PayoutResult(ResultKind.REJECTED, NOW, "account closed")
ANSWERED = replace(RELEASED, payouts=(replace(PAYOUTS[0], result=BACK), *PAYOUTS[1:]))
OLD = replace(RELEASED, id=2, cutoff=CUTOFF - timedelta(days=7), payouts=PAYOUTS[:1])
LINES = (
    OwnersLine(OwnerId(1), "Lindner", euro(28_344), {Hold.TOO_YOUNG: euro(360)}, Verdict.PAID),
    OwnersLine(OwnerId(4), "Bakery", euro(-1200), {}, Verdict.NEGATIVE),
)


@pytest.fixture
def stage(qapp: object) -> Iterator[DeskStage]:
    with desk_stage(with_window=True) as made:
        made.sign_in()
        yield made


def form(stage: DeskStage) -> PayoutForm:
    return stage.screen._forms.payout_form


def open_with(stage: DeskStage, *runs: PayoutRun, missing: int = 1) -> PayoutForm:
    """The page, where the core knows these runs."""
    stage.asker.answers(ShowPayouts, PayoutsShown(runs, CUTOFF, missing))
    stage.touch("payouts")
    return form(stage)


def then(stage: DeskStage, *runs: PayoutRun) -> None:
    """From now on the core knows these runs."""
    stage.asker.answers(ShowPayouts, PayoutsShown(runs, CUTOFF, 0))


def test_the_page_shows_the_runs_and_what_the_newest_pays(stage: DeskStage) -> None:
    page = open_with(stage, RUN, OLD)
    assert [row.key for row in page._runs.rows] == ["3", "2"]
    accounts = [row.account for row in page._payouts.rows]
    assert accounts == ["DE89 ... 0001", "DE89 ... 0002", "DE89 ... 0003"]
    assert stage.item("payout_head").property("text") == "Run 3: €379.71"
    stage.touch("row_2")
    assert stage.item("payout_head").property("text") == "Run 2: €283.44"


def test_no_word_of_the_tables_stands_close_to_the_numbers_before_it(stage: DeskStage) -> None:
    open_with(stage, OLD)
    stage.asker.answers(ProposePayoutRun, RunProposed(RUN, LINES))
    then(stage, RUN, OLD)
    stage.touch("payout_propose")
    least_px = GLASS.px_per_mm * 6
    gaps = [
        words.property("leftPadding") + numbers.property("rightPadding")
        for table, left, right in (
            ("payout_runs", "total", "state"),
            ("payout_rows", "amount", "result"),
            ("payout_owners", "amount", "why"),
        )
        for numbers in titles(stage, table, left)
        for words in titles(stage, table, right)
    ]

    assert len(gaps) == 3
    assert min(gaps) >= least_px
    assert pills_start(stage) == {round(GLASS.px_per_mm * 5)}


def titles(stage: DeskStage, table: str, role: str) -> list[QQuickItem]:
    """The head of one column of one table."""
    return [
        each
        for each in below(stage.item(table))
        if each.objectName() == f"title_{role}" and each.isVisible()
    ]


def pills_start(stage: DeskStage) -> set[int]:
    """How far right of its column each state of a payout begins."""
    rows = below(stage.item("payout_rows"))
    return {
        round(each.x())
        for each in rows
        if "StatusPill" in each.metaObject().className() and each.isVisible()
    }


def below(item: QQuickItem) -> list[QQuickItem]:
    """All that stands in an item."""
    inside = item.childItems()
    return [*inside, *(each for child in inside for each in below(child))]


def test_a_proposal_tells_who_is_not_paid_and_why(stage: DeskStage) -> None:
    page = open_with(stage, OLD)
    stage.asker.answers(ProposePayoutRun, RunProposed(RUN, LINES))
    then(stage, RUN, OLD)
    stage.touch("payout_propose")
    assert [(row.owner, row.amount, row.why) for row in page._owners.rows] == [
        ("Lindner", "€3.60", "too-young"),
        ("Bakery", "−€12.00", "negative"),
    ]
    assert stage.shown("payout_owners")
    assert page.property("runKey") == "3"


def test_the_list_marks_the_run_that_is_shown_when_one_comes_in_above_it(
    stage: DeskStage,
) -> None:
    first = replace(RUN, id=2, payouts=PAYOUTS[:1])
    gone = replace(first, state=RunState.WITHDRAWN)
    open_with(stage, first)
    stage.asker.answers(WithdrawPayoutRun, RunWithdrawn(gone))
    then(stage, gone)
    stage.touch("payout_withdraw")
    stage.touch("payout_close")
    then(stage, gone)
    form(stage).open()
    stage.asker.answers(ProposePayoutRun, RunProposed(RUN, LINES))
    then(stage, RUN, gone)
    stage.touch("payout_propose")
    stage.frame()

    (table,) = [each for each in below(stage.item("payout_runs")) if is_list(each)]
    assert stage.item("payout_head").property("text") == "Run 3: €379.71"
    assert table.property("currentIndex") == 0


def is_list(item: QQuickItem) -> bool:
    return item.metaObject().className().startswith("QQuickListView")


def test_a_run_that_the_bank_has_answered_reads_so_in_the_list(stage: DeskStage) -> None:
    told = PayoutResult(ResultKind.PAID, NOW, "")
    done = replace(RELEASED, payouts=tuple(replace(each, result=told) for each in PAYOUTS))
    page = open_with(stage, done, OLD)

    assert [row.state for row in page._runs.rows] == ["answered", "released"]
    assert "Answered" in [each.property("text") for each in below(stage.item("payout_runs"))]


def test_who_comes_later_sees_too_who_is_not_paid_and_only_beside_that_run(
    stage: DeskStage,
) -> None:
    stage.asker.answers(ShowPayouts, PayoutsShown((RUN, OLD), CUTOFF, 1, RUN.id, LINES))
    stage.touch("payouts")
    page = form(stage)

    assert stage.last(ShowPayouts).knows is None
    assert [row.why for row in page._owners.rows] == ["too-young", "negative"]
    stage.touch("row_2")
    assert not stage.shown("payout_owners")
    page.choose("3")
    assert stage.shown("payout_owners")
    page.ask()
    assert stage.last(ShowPayouts).knows == RUN.id


def test_a_run_is_approved_by_the_pin_alone_and_the_pin_is_forgotten(stage: DeskStage) -> None:
    page = open_with(stage, RUN)
    stage.asker.answers(ApprovePayoutRun, RunApproved(APPROVED, 0))
    then(stage, APPROVED)
    stage.type(PIN)
    assert page.property("pinLength") == 6
    stage.press(Qt.Key.Key_Return)
    asked = stage.last(ApprovePayoutRun)
    assert (asked.run_id, asked.pin) == (3, PIN)
    assert page.property("pinLength") == 0
    assert stage.item("payout_approved").property("text") == "Approved by Ada"
    assert PIN not in repr(asked)


def test_an_approved_run_is_released_by_one_touch(stage: DeskStage) -> None:
    open_with(stage, APPROVED)
    stage.asker.answers(ReleasePayoutRun, RunReleased(RELEASED, FileKind.PAIN_001))
    then(stage, RELEASED)
    stage.touch("payout_go")
    assert stage.last(ReleasePayoutRun).run_id == 3
    assert not stage.shown("payout_problem")


def test_a_release_without_a_pain_file_says_so(stage: DeskStage) -> None:
    open_with(stage, APPROVED)
    stage.asker.answers(ReleasePayoutRun, RunReleased(RELEASED, FileKind.CSV))
    then(stage, RELEASED)
    stage.touch("payout_go")
    assert "no pain.001 file" in stage.item("payout_problem").property("text")


def test_a_payout_that_came_back_takes_the_banks_reason(stage: DeskStage) -> None:
    open_with(stage, RELEASED)
    stage.asker.answers(NotePayoutResults, ReasonMissing(), ResultsNoted(ANSWERED))
    then(stage, RELEASED)
    then(stage, ANSWERED)
    stage.touch("row_S1R3O1")
    stage.touch("payout_go")
    assert "Write why" in stage.item("payout_problem").property("text")
    stage.type("account closed")
    stage.press(Qt.Key.Key_Return)
    asked = stage.last(NotePayoutResults)
    assert (asked.rejected, asked.are_others_paid) == ((("S1R3O1", "account closed"),), False)
    assert [row.result for row in form(stage)._payouts.rows] == ["rejected", "", ""]


def test_a_payout_that_came_back_after_it_was_paid_takes_the_banks_reason_too(
    stage: DeskStage,
) -> None:
    told = PayoutResult(ResultKind.PAID, NOW)
    done = replace(RELEASED, payouts=tuple(replace(each, result=told) for each in PAYOUTS))
    late = replace(BACK, how=ResultKind.RETURNED)
    returned = replace(done, payouts=(replace(PAYOUTS[0], result=late), *done.payouts[1:]))
    page = open_with(stage, done)
    assert not stage.shown("payout_go")
    assert stage.shown("payout_back_hint")
    stage.asker.answers(NotePayoutResults, ResultsNoted(returned))
    stage.touch("row_S1R3O1")
    assert stage.shown("payout_go")
    then(stage, returned)
    stage.type("account closed")
    stage.press(Qt.Key.Key_Return)

    asked = stage.last(NotePayoutResults)
    assert (asked.returned, asked.rejected) == ((("S1R3O1", "account closed"),), ())
    assert not asked.are_others_paid
    assert [row.result for row in page._payouts.rows] == ["returned", "paid", "paid"]
    words = [each.property("text") for each in below(stage.item("payout_rows"))]
    assert "Paid, then sent back" in words
    assert not stage.shown("payout_go")


def test_a_payout_comes_back_once(stage: DeskStage) -> None:
    late = replace(BACK, how=ResultKind.RETURNED)
    returned = replace(RELEASED, payouts=(replace(PAYOUTS[0], result=late),))
    page = open_with(stage, returned)
    stage.touch("row_S1R3O1")

    assert page.property("rejecting") == ""
    assert not stage.shown("payout_back_hint")


def test_a_return_that_another_desk_has_noted_is_said(stage: DeskStage) -> None:
    told = PayoutResult(ResultKind.PAID, NOW)
    open_with(stage, replace(RELEASED, payouts=(replace(PAYOUTS[0], result=told),)))
    stage.asker.answers(NotePayoutResults, PayoutElsewhere("S1R3O1", ResultKind.RETURNED))
    stage.touch("row_S1R3O1")
    stage.type("account closed")
    stage.touch("payout_go")

    assert "stands elsewhere by now" in stage.item("payout_problem").property("text")


def test_all_that_waits_is_paid_by_one_touch(stage: DeskStage) -> None:
    page = open_with(stage, ANSWERED)
    stage.touch("row_S1R3O1")
    assert page.property("rejecting") == ""
    stage.touch("row_S1R3O2")
    stage.touch("payout_keep")
    stage.touch("payout_go")
    asked = stage.last(NotePayoutResults)
    assert (asked.rejected, asked.are_others_paid) == ((), True)


def test_a_run_is_withdrawn_by_one_touch(stage: DeskStage) -> None:
    open_with(stage, RUN)
    withdrawn = replace(RUN, state=RunState.WITHDRAWN)
    stage.asker.answers(WithdrawPayoutRun, RunWithdrawn(withdrawn))
    then(stage, withdrawn)
    stage.touch("payout_withdraw")
    assert form(stage).property("runState") == "withdrawn"
    assert not stage.shown("payout_go")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (WrongPin(None), "The PIN is wrong."),
        (WrongPin(NOW), "Try again at 14:05."),
        (ApprovalsMissing(1), "It still has to be approved."),
        (RunOutdated(("Yilmaz", "Bakery")), "changed for Yilmaz, Bakery."),
        (RunElsewhere(RELEASED), "stands elsewhere by now"),
    ],
)
def test_what_is_refused_is_said_and_can_be_tried_again(
    stage: DeskStage, outcome: object, words: str
) -> None:
    page = open_with(stage, RUN)
    stage.asker.answers(ApprovePayoutRun, outcome)
    then(stage, RUN)
    stage.touch("payout_go")
    assert words in stage.item("payout_problem").property("text")
    assert not page.property("isWaiting")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(NothingToPay(CUTOFF, ()), "Nobody is paid"), (RunKnown(RUN), "Nothing new was made.")],
)
def test_a_proposal_without_a_run_says_so(stage: DeskStage, outcome: object, words: str) -> None:
    open_with(stage, RUN)
    stage.asker.answers(ProposePayoutRun, outcome)
    then(stage, RUN)
    stage.touch("payout_propose")
    assert words in stage.item("payout_problem").property("text")


def test_a_fault_while_it_waits_is_said_and_a_refused_seat_locks_the_desk(
    stage: DeskStage,
) -> None:
    page = open_with(stage, RUN)
    stage.touch("payout_go")
    assert page.property("isWaiting")
    stage.screen.on_overloaded()
    assert "The computer is busy." in stage.item("payout_problem").property("text")
    stage.asker.answers(ApprovePayoutRun, NotSignedIn())
    page.approve()
    assert stage.screen.state.page == "locked"
    assert not page.property("isShown")


def test_escape_closes_the_page_and_forgets_the_pin(stage: DeskStage) -> None:
    page = open_with(stage, RUN)
    stage.type("4829")
    stage.press(Qt.Key.Key_Escape)
    assert not page.property("isShown")
    assert page.property("pinLength") == 0
    assert stage.screen.property("page") == "overview"
