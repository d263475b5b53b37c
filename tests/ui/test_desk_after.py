"""Refunds, disputes, chargebacks and debts at the desk: asked once more, proven, refused, told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.after_outcomes import (
    ChargebackDecided,
    ChargebackOpened,
    ChargebackRefused,
    DisputeClosed,
    DisputeDecided,
    DisputeOpened,
    DisputeStands,
    DisputeTooLate,
    NothingToDispute,
    RefundRefused,
    StayRefunded,
)
from kiosk.domain.debt_outcomes import DebtPaid, DebtUnknown, DebtWrittenOff
from kiosk.domain.disputes import (
    ChargebackState,
    DisputeKind,
)
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing, WrongPin
from kiosk.domain.reservation import State
from kiosk.domain.till_outcomes import ShiftClosed
from kiosk.services.after_commands import (
    CloseDispute,
    DecideChargeback,
    OpenChargeback,
    OpenDispute,
    RefundStay,
)
from kiosk.services.approvals import Proof, SecondPerson, SecondPersonNeeded
from kiosk.services.debt_commands import CashAtDesk, PayDebt, WriteOffDebt
from kiosk.services.desk_paper import PaperOrdered, PrintCorrection
from kiosk.services.events import FaultRaised
from kiosk.services.views import OpenCase, StayMoney
from tests.ui.desk_after import (
    CHARGEBACK,
    CORRECTION,
    DISPUTE,
    STAY,
    after_stay,
    begin,
    filled,
    typed_pin,
)
from tests.ui.desk_lives import told
from tests.ui.desk_looks import asked
from tests.ui.desk_stage import EXIT, NOW, DeskStage, desk_view, euro, stay_in

# What makes sense -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("money", "deeds"),
    [
        (stay_in(State.LEFT), ()),
        (after_stay(), ("give-back", "dispute")),
        (after_stay(dispute=DISPUTE), ("give-back", "uphold", "refuse")),
        (after_stay(by_card=True), ("give-back", "dispute", "chargeback")),
        (after_stay(chargeback=CHARGEBACK), ("give-back", "dispute", "lost", "won")),
        (
            after_stay(chargeback=replace(CHARGEBACK, state=ChargebackState.LOST)),
            ("give-back", "dispute", "won"),
        ),
        (after_stay(debt=True), ("give-back", "dispute", "debt-cash", "debt-give-up")),
    ],
)
def test_only_what_makes_sense_is_offered(
    at_work: DeskStage, money: StayMoney, deeds: tuple[str, ...]
) -> None:
    form = begin(at_work, "nothing", money)

    assert form.property("deeds") == list(deeds)
    assert not form.property("isShown")


# What is asked of the core --------------------------------------------------------------------


def test_a_refund_carries_amount_reason_and_the_pin_that_was_typed_again(
    at_work: DeskStage,
) -> None:
    form = filled(begin(at_work, "give-back"))
    form.say("choice", "operator")

    form.confirm()

    command = at_work.last(RefundStay)
    assert command.proof == Proof(at_work.screen._seat.attendant.id, "482913", None)  # type: ignore[union-attr]
    assert (command.amount, command.reason, command.is_goodwill) == (euro(120), "barrier", True)
    assert form._proof.property("pinLength") == 0


def test_a_second_person_is_asked_for_only_when_it_is_needed(at_work: DeskStage) -> None:
    at_work.asker.answers(RefundStay, SecondPersonNeeded())
    form = filled(begin(at_work, "give-back"))
    proof = form._proof
    before = proof.property("needsSecond")
    form.confirm()
    typed_pin(form)
    form.confirm()
    missing = form.state.problem
    form._proof.nameSecond("Lee")
    typed_pin(form, "975310", field="second")

    form.confirm()

    assert (before, proof.property("needsSecond"), missing) == (
        False,
        True,
        "second-missing",
    )
    assert at_work.last(RefundStay).proof.second == SecondPerson("Lee", "975310")
    assert at_work.last(RefundStay).intent == at_work.asker.asked[-2].intent  # type: ignore[attr-defined]


def test_a_dispute_says_what_of(at_work: DeskStage) -> None:
    at_work.asker.answers(OpenDispute, DisputeOpened(DISPUTE))
    form = begin(at_work, "dispute", after_stay())
    form.say("choice", "could-not-park")
    form.say("reason", "All taken")

    form.confirm()

    command = at_work.last(OpenDispute)
    assert (command.kind, command.words) == (DisputeKind.COULD_NOT_PARK, "All taken")
    assert told(at_work)[0] == "disputed"


@pytest.mark.parametrize(("deed", "refund"), [("uphold", euro(120)), ("refuse", None)])
def test_a_dispute_is_upheld_with_an_amount_or_refused(
    at_work: DeskStage, deed: str, refund: object
) -> None:
    form = filled(begin(at_work, deed))

    form.confirm()

    command = at_work.last(CloseDispute)
    assert (command.dispute_id, command.refund, command.words) == (7, refund, "barrier")


def test_a_chargeback_copies_the_letter(at_work: DeskStage) -> None:
    at_work.asker.answers(OpenChargeback, ChargebackOpened(CHARGEBACK))
    form = begin(at_work, "chargeback", after_stay(by_card=True))
    for field, text in (("amount", "3.60"), ("fee", "15"), ("days", "9"), ("reason", "case-9")):
        form.say(field, text)

    form.confirm()

    command = at_work.last(OpenChargeback)
    assert (command.adapter, command.reference) == ("simulator", "case-9")
    assert (command.amount, command.fee) == (euro(360), euro(1500))
    assert command.answer_by == NOW + timedelta(days=9)
    assert told(at_work)[0] == "charged-back"


@pytest.mark.parametrize("deed", ["lost", "won"])
def test_the_banks_decision_is_written_down(at_work: DeskStage, deed: str) -> None:
    decided = replace(CHARGEBACK, state=ChargebackState(deed))
    at_work.asker.answers(DecideChargeback, ChargebackDecided(decided))
    form = begin(at_work, deed)

    form.confirm()

    command = at_work.last(DecideChargeback)
    assert (command.chargeback_id, command.is_lost) == (3, deed == "lost")
    assert told(at_work)[0] == deed


def test_a_debt_is_taken_in_cash_or_given_up(at_work: DeskStage) -> None:
    at_work.asker.answers(PayDebt, DebtPaid("k7mp2xqa", euro(120)))
    at_work.asker.answers(WriteOffDebt, DebtWrittenOff("k7mp2xqa", euro(120)))
    form = begin(at_work, "debt-cash", after_stay(debt=True))
    form.confirm()
    paid = told(at_work)[0]
    form.begin("debt-give-up")
    form.say("reason", "abroad")

    form.confirm()

    assert isinstance(at_work.last(PayDebt).method, CashAtDesk)
    assert at_work.last(WriteOffDebt).reason == "abroad"
    assert (paid, told(at_work)[0]) == ("debt-paid", "debt-given-up")


# What is missing, refused or late ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("deed", "field", "text", "problem"),
    [
        ("give-back", "amount", "", "amount-missing"),
        ("give-back", "amount", "1.234", "amount-missing"),
        ("give-back", "amount", "0", "amount-missing"),
        ("give-back", "reason", "  ", "reason-missing"),
        ("refuse", "reason", "", "reason-missing"),
    ],
)
def test_nothing_is_asked_before_all_is_there(
    at_work: DeskStage, deed: str, field: str, text: str, problem: str
) -> None:
    form = filled(begin(at_work, deed))
    form.say(field, text)

    form.confirm()

    assert form.state.problem == problem
    assert asked(at_work, RefundStay) + asked(at_work, CloseDispute) == 0


def test_no_money_goes_back_without_the_pin(at_work: DeskStage) -> None:
    form = filled(begin(at_work, "give-back"))
    form._proof.point("pin")
    for _ in range(6):
        form.erase()

    form.confirm()

    assert form.state.problem == "pin-missing"
    assert asked(at_work, RefundStay) == 0


@pytest.mark.parametrize(
    ("deed", "outcome", "problem", "limit"),
    [
        ("give-back", RefundRefused(euro(360)), "too-much", "€3.60"),
        ("give-back", WrongPin(None), "wrong-pin", ""),
        ("give-back", WrongPin(NOW), "locked", "14:05"),
        ("give-back", ReasonMissing(), "reason-missing", ""),
        ("uphold", DisputeDecided(DISPUTE), "decided-already", ""),
        ("dispute", DisputeTooLate(NOW), "too-late", "Sun 22 Nov 14:05"),
        ("dispute", DisputeStands(DISPUTE), "disputed-already", ""),
        ("dispute", NothingToDispute(), "nothing-paid", ""),
        ("chargeback", ChargebackRefused(euro(480)), "too-much", "€4.80"),
        ("debt-cash", DebtUnknown(), "no-debt", ""),
        ("debt-cash", ShiftClosed(), "no-shift", ""),
    ],
)
def test_what_the_core_refuses_is_said(
    at_work: DeskStage, deed: str, outcome: object, problem: str, limit: str
) -> None:
    commands = {
        "give-back": RefundStay,
        "uphold": CloseDispute,
        "dispute": OpenDispute,
        "chargeback": OpenChargeback,
        "debt-cash": PayDebt,
    }
    at_work.asker.answers(commands[deed], outcome)
    dispute = DISPUTE if deed == "uphold" else None
    form = filled(begin(at_work, deed, after_stay(dispute=dispute, debt=True, by_card=True)))

    form.confirm()

    assert (form.state.problem, form.state.limit) == (problem, limit)
    assert (form.state.deed, form.state.is_waiting) == (deed, False)


def test_what_was_given_back_is_told_with_the_number_of_its_receipt(at_work: DeskStage) -> None:
    at_work.asker.answers(RefundStay, StayRefunded(CORRECTION, euro(0), euro(120)))
    form = filled(begin(at_work, "give-back"))

    form.confirm()

    assert (form.state.deed, form.state.note) == ("given", "5")
    assert (form.state.amount, form.state.in_cash) == ("€1.20", "€1.20")
    at_work.asker.answers(PrintCorrection, PaperOrdered(EXIT))
    at_work.screen._forms._papers.printCorrection(
        form.property("shown")["stay"], form.property("shown")["note"]
    )
    paper = at_work.last(PrintCorrection)
    assert (paper.reservation_id, paper.note_number, paper.lane) == (STAY, 5, EXIT)
    assert told(at_work) == ("paper", EXIT)
    form.confirm()
    assert not form.property("isShown")


def test_a_refused_dispute_is_told(at_work: DeskStage) -> None:
    at_work.asker.answers(CloseDispute, DisputeClosed(DISPUTE, None))
    form = filled(begin(at_work, "refuse"))

    form.confirm()

    assert told(at_work)[0] == "refused"


def test_a_fault_lets_the_attendant_try_again_with_the_same_intent(at_work: DeskStage) -> None:
    form = filled(begin(at_work, "give-back"))
    form.confirm()
    at_work.screen.on_published(FaultRaised("store-full", "Free space."))
    problem = form.state.problem
    typed_pin(form)

    form.confirm()

    first, second = (each for each in at_work.asker.asked if isinstance(each, RefundStay))
    assert problem == "failed"
    assert first.intent == second.intent


def test_a_locked_desk_forgets_what_was_typed(at_work: DeskStage) -> None:
    form = filled(begin(at_work, "give-back"))

    at_work.screen.lock()

    assert not form.property("isShown")
    assert form._proof.property("pinLength") == 0


def test_an_attendant_who_is_not_signed_in_any_more_is_sent_to_the_sign_in(
    at_work: DeskStage,
) -> None:
    at_work.asker.answers(RefundStay, NotSignedIn())
    form = filled(begin(at_work, "give-back"))

    form.confirm()

    assert at_work.screen.state.page == "locked"


# What needs the attendant -----------------------------------------------------------------------


def test_open_disputes_chargebacks_and_debts_need_the_attendant_until_they_are_decided(
    at_work: DeskStage,
) -> None:
    notices = at_work.screen._notices
    notices.show(replace(desk_view(), cases=CASES))
    lines = [(each.kind, each.plate, each.code, each.stay) for each in notices._lines.rows]
    notices.done("dispute 7")
    after_seen = len(notices._lines.rows)

    notices.show(desk_view())

    assert lines == [
        ("chargeback", "DDAB1234", "€3.60", "4"),
        ("dispute", "DDAB1234", "", "4"),
        ("debt", "DDAB1234", "€1.20", "4"),
    ]
    assert after_seen == 3
    assert len(notices._lines.rows) == 0


CASES = (
    OpenCase(
        kind="dispute",
        key="dispute 7",
        reservation_id=STAY,
        plate="DDAB1234",
        at=NOW,
        words="The sign said two euros",
    ),
    OpenCase(
        kind="chargeback",
        key="chargeback 3",
        reservation_id=STAY,
        plate="DDAB1234",
        at=NOW,
        amount=euro(360),
        until=NOW + timedelta(days=9),
    ),
    OpenCase(
        kind="debt",
        key="debt k7mp2xqa",
        reservation_id=STAY,
        plate="DDAB1234",
        at=NOW,
        amount=euro(120),
        until=NOW + timedelta(hours=72),
    ),
)
