"""What is done to one stay at the desk beside opening: asked once more, refused, answered late."""

from __future__ import annotations

import pytest

from kiosk.domain.life_outcomes import DuePriced, NothingDue
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    NothingToRefund,
    NotSignedIn,
    ReasonMissing,
    RefundPaid,
    ReservationEnded,
)
from kiosk.domain.passage_outcomes import PassageImpossible
from kiosk.domain.reservation import State
from kiosk.services.commands import (
    PayRefundInCash,
    PrintTicketAgain,
    ReportPassage,
    ShowStay,
)
from kiosk.services.events import FaultRaised
from kiosk.services.life_commands import PriceDue
from kiosk.ui.desk.stay_form import StayForm
from tests.ui.desk_late import late
from tests.ui.desk_stage import ENTRY, DeskStage, euro, owing, stay_in

FAULT = FaultRaised("store-full", "Free space on the data partition.")


def _asked(stage: DeskStage, command_type: type[object]) -> int:
    return sum(isinstance(command, command_type) for command in stage.asker.asked)


def begin(stage: DeskStage, deed: str, state: State = State.ARRIVED) -> StayForm:
    """The attendant has begun this on the page of stay 4."""
    stage.asker.answers(ShowStay, stay_in(state, refund_due=120))
    stage.screen.showStay("4")
    stage.screen._stay_form.begin(deed)
    return stage.screen._stay_form


def test_no_passage_is_said_without_a_reason(at_work: DeskStage) -> None:
    form = begin(at_work, "left")
    form.say("  ")

    form.confirm()

    assert form.state.problem == "reason-missing"
    assert _asked(at_work, ReportPassage) == 0


def test_what_makes_no_sense_for_a_stay_cannot_be_begun(at_work: DeskStage) -> None:
    form = begin(at_work, "inside")

    assert not form.state.deed


def test_a_ticket_is_printed_again_at_the_first_entry(at_work: DeskStage) -> None:
    form = begin(at_work, "print")

    form.confirm()

    command = at_work.last(PrintTicketAgain)
    assert (command.lane, command.reservation_id, command.actor.name) == (ENTRY, 4, "Ada")


@pytest.mark.parametrize(
    ("deed", "command", "outcome", "problem"),
    [
        ("left", ReportPassage, ReasonMissing(), "reason-missing"),
        ("left", ReportPassage, PassageImpossible(State.LEFT), "impossible"),
        ("refund", PayRefundInCash, NothingToRefund(), "nothing-to-refund"),
        ("print", PrintTicketAgain, ReservationEnded(State.LEFT), "ended"),
    ],
)
def test_a_refused_deed_says_why_and_may_be_tried_again(
    at_work: DeskStage, deed: str, command: type[object], outcome: object, problem: str
) -> None:
    at_work.asker.answers(command, outcome)
    form = begin(at_work, deed)
    form.say("Seen driving out")

    form.confirm()

    assert (form.state.deed, form.state.is_waiting, form.state.problem) == (deed, False, problem)


@pytest.mark.parametrize(
    ("deed", "command"),
    [("left", ReportPassage), ("refund", PayRefundInCash), ("print", PrintTicketAgain)],
)
def test_nothing_is_done_twice_nor_by_nobody(
    at_work: DeskStage, deed: str, command: type[object]
) -> None:
    form = begin(at_work, deed)
    form.say("Seen driving out")
    form.confirm()
    form.confirm()
    assert _asked(at_work, command) == 1

    at_work.screen.on_published(FAULT)
    at_work.asker.answers(command, NotSignedIn())
    form.confirm()

    assert at_work.screen.state.page == "locked"
    assert not form.state.deed


def test_a_refund_paid_after_all_names_its_cash_though_it_was_cancelled(
    at_work: DeskStage,
) -> None:
    held = late(at_work, PayRefundInCash)
    form = begin(at_work, "refund")
    form.confirm()
    form.cancel()

    held[-1](RefundPaid(Money(120, "EUR")))

    assert (form.state.deed, form.state.amount) == ("paid", "€1.20")
    assert form.state.plate.startswith("DD")


def test_a_late_refusal_leaves_another_deed_alone(at_work: DeskStage) -> None:
    held = late(at_work, PrintTicketAgain)
    form = begin(at_work, "print")
    form.confirm()
    form.cancel()
    form.begin("left")

    held[-1](ReservationEnded(State.LEFT))

    assert (form.state.deed, form.state.problem) == ("left", "")


def test_an_answer_to_a_desk_that_was_locked_shows_nothing(at_work: DeskStage) -> None:
    held = late(at_work, PayRefundInCash)
    form = begin(at_work, "refund")
    form.confirm()
    at_work.screen.lock()

    held[-1](RefundPaid(Money(120, "EUR")))

    assert not form.state.deed


def test_what_a_car_that_has_left_still_owes_is_told_and_waived_as_told(
    at_work: DeskStage,
) -> None:
    at_work.asker.answers(PriceDue, DuePriced(owing(690), euro(690)))
    form = begin(at_work, "left")
    assert (form.property("price"), form.property("due")) == ("€3.60", "€6.90")
    form.say("Seen driving out")

    form.confirm()

    assert at_work.last(PriceDue).reservation_id == 4
    assert at_work.last(ReportPassage).agreed_waiver == euro(690)


def test_when_more_is_due_by_now_it_is_told_and_nothing_is_waived_yet(
    at_work: DeskStage,
) -> None:
    at_work.asker.answers(PriceDue, NothingDue(owing(0)))
    at_work.asker.answers(ReportPassage, DuePriced(owing(810), euro(810)))
    form = begin(at_work, "left")
    form.say("Seen driving out")
    form.confirm()
    first = at_work.last(ReportPassage)

    told = (form.property("due"), form.property("problem"), form.property("isWaiting"))
    form.confirm()

    assert first.agreed_waiver is None
    assert told == ("€8.10", "due", False)
    assert at_work.last(ReportPassage).agreed_waiver == euro(810)


def test_a_price_that_comes_late_is_not_shown_for_another_deed(at_work: DeskStage) -> None:
    held = late(at_work, PriceDue)
    form = begin(at_work, "left")
    form.cancel()
    form.begin("refund")

    held[-1](DuePriced(owing(690), euro(690)))

    assert form.property("due") == ""


@pytest.mark.parametrize(("deed", "state"), [("left", State.SETTLED), ("inside", State.CONFIRMED)])
def test_who_is_settled_or_comes_in_is_asked_for_no_price(
    at_work: DeskStage, deed: str, state: State
) -> None:
    begin(at_work, deed, state)

    assert _asked(at_work, PriceDue) == 0
