"""What a provider and the books disagree about is explained at the desk: how, by whom, refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing, WrongPin
from kiosk.domain.suspense_outcomes import (
    NothingToExplain,
    NotThatOne,
    SuspenseExplained,
    WhatItWas,
)
from kiosk.services.after_commands import ExplainSuspense
from kiosk.services.approvals import Proof, SecondPerson, SecondPersonNeeded
from kiosk.services.commands import ShowStay
from kiosk.services.views import OpenCase
from kiosk.ui.desk.explain_form import ExplainForm
from tests.ui.desk_lives import told
from tests.ui.desk_looks import asked
from tests.ui.desk_stage import NOW, DeskStage, desk_stage, desk_view, euro, stay_money

MORE = OpenCase(
    kind="suspense-more",
    key="suspense:simulator:collect:who?:r-1:1",
    reservation_id=None,
    plate="",
    at=NOW,
    words="simulator",
    amount=euro(700),
)
MISSING = replace(
    MORE, kind="missing", key="missing k-1", reservation_id=ReservationId(4), plate="DDAB1234"
)
REFUND = replace(MISSING, kind="missing-refund", key="missing k-2")


def begin(stage: DeskStage, case: OpenCase = MORE) -> ExplainForm:
    stage.screen._forms.know(replace(desk_view(), cases=(case,)))
    form = stage.screen._forms.explain_form
    form.begin(case.key)
    return form


def typed(form: ExplainForm, pin: str = "482913", *, field: str = "pin") -> None:
    form._proof.point(field)
    for digit in pin:
        form._proof.typeDigit(digit)


def filled(form: ExplainForm, was: str = "bank") -> ExplainForm:
    form.say("was", was)
    form.say("reason", "a letter of theirs")
    typed(form)
    return form


@pytest.fixture
def desk(qapp: object) -> Iterator[DeskStage]:
    with desk_stage(with_window=True) as stage:
        stage.sign_in(replace(desk_view(), cases=(MORE, MISSING)))
        yield stage


def test_it_carries_what_it_was_why_and_the_pin_that_was_typed_again(at_work: DeskStage) -> None:
    at_work.asker.answers(ExplainSuspense, SuspenseExplained(euro(700)))
    form = filled(begin(at_work))

    form.confirm()

    command = at_work.last(ExplainSuspense)
    assert command.proof == Proof(at_work.screen._seat.attendant.id, "482913", None)  # type: ignore[union-attr]
    assert (command.key, command.was) == (MORE.key, WhatItWas.BANK)
    assert (command.reservation_id, command.reason) == (None, "a letter of theirs")
    assert told(at_work) == ("explained", "€7.00")
    assert (form.property("isShown"), form._proof.property("pinLength")) == (False, 0)


@pytest.mark.parametrize(
    ("case", "choices"),
    [
        (MORE, ["bank", "provider-fees"]),
        (MISSING, ["bank", "provider-fees"]),
        (REFUND, ["bank", "driver"]),
        (replace(MORE, kind="unanswered"), []),
    ],
)
def test_only_what_it_can_have_been_is_offered(
    at_work: DeskStage, case: OpenCase, choices: list[str]
) -> None:
    form = begin(at_work, case)

    assert form.property("choices") == choices
    assert form.property("isShown") == bool(choices)


def test_it_may_have_been_the_driver_of_the_stay_that_is_shown(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))
    at_work.screen.showStay("4")
    form = begin(at_work)
    offered = form.property("choices")

    filled(form, "driver").confirm()

    assert offered == ["bank", "provider-fees", "driver"]
    assert at_work.last(ExplainSuspense).reservation_id == ReservationId(4)


@pytest.mark.parametrize(
    ("leave_out", "problem"),
    [("was", "was-missing"), ("reason", "reason-missing"), ("pin", "pin-missing")],
)
def test_what_is_missing_is_asked_for_first(
    at_work: DeskStage, leave_out: str, problem: str
) -> None:
    form = filled(begin(at_work))
    if leave_out == "pin":
        for _ in range(6):
            form._proof.erase()
    else:
        form.say(leave_out, "")

    form.confirm()

    assert form.state.problem == problem
    assert not asked(at_work, ExplainSuspense)


def test_a_second_person_is_asked_for_only_when_it_is_needed(at_work: DeskStage) -> None:
    at_work.asker.answers(ExplainSuspense, SecondPersonNeeded())
    form = filled(begin(at_work))
    proof = form._proof
    before = proof.property("needsSecond")
    form.confirm()
    typed(form)
    form.confirm()
    missing = form.state.problem
    form._proof.nameSecond("Lee")
    typed(form, "975310", field="second")

    form.confirm()

    assert (before, proof.property("needsSecond"), missing) == (
        False,
        True,
        "second-missing",
    )
    assert at_work.last(ExplainSuspense).proof.second == SecondPerson("Lee", "975310")
    assert form._proof.property("secondLength") == 0


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (NothingToExplain(), "over"),
        (NotThatOne(), "not-that"),
        (ReasonMissing(), "reason-missing"),
        (WrongPin(None), "wrong-pin"),
        (WrongPin(NOW + timedelta(seconds=15)), "locked"),
    ],
)
def test_what_is_refused_says_why_and_stays_open(
    at_work: DeskStage, answer: object, problem: str
) -> None:
    at_work.asker.answers(ExplainSuspense, answer)
    form = filled(begin(at_work))

    form.confirm()

    assert (form.state.problem, form.state.is_waiting) == (problem, False)
    assert bool(form.state.limit) == (problem == "locked")


def test_a_busy_computer_is_told_and_a_locked_desk_forgets(at_work: DeskStage) -> None:
    form = filled(begin(at_work))
    form.confirm()
    form.try_again("busy")
    busy = form.state.problem
    at_work.asker.answers(ExplainSuspense, NotSignedIn())
    typed(form)

    form.confirm()

    assert busy == "busy"
    assert at_work.screen._seat.attendant is None
    assert not form.property("isShown")


def test_the_notice_opens_the_card_and_the_card_writes_it_down(desk: DeskStage) -> None:
    desk.asker.answers(ExplainSuspense, SuspenseExplained(euro(700)))
    shows_stay = desk.shown("notice_open_missing_4")

    desk.touch("notice_explain_suspense-more")
    desk.touch("explain_choice_provider-fees")
    desk.item("reason").forceActiveFocus()
    desk.type("a letter")
    desk.item("explain_pin").forceActiveFocus()
    desk.type("482913")
    desk.touch("explain_confirm")

    command = desk.last(ExplainSuspense)
    assert (command.was, command.reason, command.proof.pin) == (
        WhatItWas.PROVIDER_FEES,
        "a letter",
        "482913",
    )
    assert shows_stay
    assert not desk.shown("explain_title")


def test_a_desk_that_was_locked_meanwhile_says_nothing_of_it(at_work: DeskStage) -> None:
    form = filled(begin(at_work))
    form.confirm()
    at_work.screen._seat.leave()

    form._answered(MORE, SuspenseExplained(euro(700)))

    assert told(at_work) == ("", "")
