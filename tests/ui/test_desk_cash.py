"""What a car inside still owes, at the desk: told, then taken in cash or waived, then opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.domain.ids import GrantToken
from kiosk.domain.life_outcomes import DuePriced, DueTaken, EvidenceMissing, NothingDue
from kiosk.domain.outcomes import (
    BarrierOrdered,
    LaneBusy,
    NotSignedIn,
    ReasonMissing,
    TicketNotInside,
)
from kiosk.domain.reservation import State
from kiosk.services.commands import OpenBarrier, ShowStay
from kiosk.services.events import FaultRaised
from kiosk.services.life_commands import PriceDue, ReplaceTicket, TakeDueInCash
from kiosk.ui.desk.open_form import OpenForm
from tests.ui.desk_late import late
from tests.ui.desk_lives import STAY, told
from tests.ui.desk_looks import asked
from tests.ui.desk_stage import EXIT, DeskStage, desk_stage, euro, owing, stay_in

ORDERED = BarrierOrdered(GrantToken("g1"), EXIT)
TAKEN = DueTaken(euro(690), owing(0))


@pytest.fixture
def at_work(qapp: object) -> Iterator[DeskStage]:
    """A desk that Ada unlocked, and a stay that is inside."""
    with desk_stage() as stage:
        stage.sign_in()
        stage.asker.answers(ShowStay, stay_in(State.ARRIVED))
        stage.screen.showStay("4")
        yield stage


def begin(stage: DeskStage, *, due: int = 690, is_lost: bool = False) -> OpenForm:
    """The card that asks before it opens for the stay; the reason is typed already."""
    stage.asker.answers(PriceDue, DuePriced(owing(due), euro(due)))
    if is_lost:
        stage.screen._detail.openLost()
    else:
        stage.screen._detail.openBarrier()
    form = stage.screen._open_form
    form.say("Payment does not work")
    return form


def test_what_is_due_is_told_before_anything_is_ordered(at_work: DeskStage) -> None:
    form = begin(at_work)

    assert (form.property("price"), form.property("due"), form.property("pays")) == (
        "€3.60",
        "€6.90",
        "",
    )
    assert asked(at_work, OpenBarrier) == 0


def test_nothing_is_opened_until_somebody_says_what_happens_to_what_is_due(
    at_work: DeskStage,
) -> None:
    form = begin(at_work)

    form.confirm()

    assert form.property("problem") == "due"
    assert asked(at_work, OpenBarrier) + asked(at_work, TakeDueInCash) == 0


def test_cash_is_taken_first_and_then_the_barrier_is_ordered(at_work: DeskStage) -> None:
    at_work.asker.answers(TakeDueInCash, TAKEN)
    at_work.asker.answers(OpenBarrier, ORDERED)
    form = begin(at_work)
    form.pay("cash")

    form.confirm()

    cash, order = at_work.asker.asked[-2:]
    assert isinstance(cash, TakeDueInCash)
    assert (cash.reservation_id, cash.agreed_due, cash.desk) == (STAY, euro(690), "desk-1")
    assert isinstance(order, OpenBarrier)
    assert (order.reservation_id, order.agreed_waiver, order.lane) == (STAY, None, EXIT)
    assert not form.property("isShown")
    assert told(at_work) == ("ordered", EXIT)


def test_who_pays_before_driving_up_opens_with_the_ticket(at_work: DeskStage) -> None:
    at_work.asker.answers(TakeDueInCash, TAKEN)
    form = begin(at_work)
    form.say("")
    form.pay("later")

    form.confirm()

    assert not form.property("isShown")
    assert told(at_work) == ("cash", "€6.90")
    assert asked(at_work, OpenBarrier) == 0


def test_who_waives_says_so_and_why(at_work: DeskStage) -> None:
    at_work.asker.answers(OpenBarrier, ORDERED)
    form = begin(at_work)
    form.pay("waive")
    form.say("  ")
    form.confirm()
    assert form.property("problem") == "reason-missing"

    form.say("Breakdown")
    form.confirm()

    order = at_work.last(OpenBarrier)
    assert (order.agreed_waiver, order.reason) == (euro(690), "Breakdown")
    assert asked(at_work, TakeDueInCash) == 0


def test_what_escrow_covers_is_opened_as_before(at_work: DeskStage) -> None:
    at_work.asker.answers(PriceDue, NothingDue(owing(0)))
    at_work.asker.answers(OpenBarrier, ORDERED)
    at_work.screen._detail.openBarrier()
    form = at_work.screen._open_form
    form.say("Service")

    assert (form.property("price"), form.property("due")) == ("€3.60", "")
    form.confirm()

    assert at_work.last(OpenBarrier).agreed_waiver is None


@pytest.mark.parametrize("how", ["cash", "waive"])
def test_when_another_amount_is_due_by_now_it_is_told_and_agreed_to_again(
    at_work: DeskStage, how: str
) -> None:
    more = DuePriced(owing(810), euro(810))
    at_work.asker.answers(TakeDueInCash, more)
    at_work.asker.answers(OpenBarrier, more)
    form = begin(at_work)
    form.pay(how)

    form.confirm()

    assert (
        form.property("due"),
        form.property("pays"),
        form.property("problem"),
        form.property("isWaiting"),
    ) == ("€8.10", "", "due", False)


def test_a_second_try_after_a_fault_is_the_same_press(at_work: DeskStage) -> None:
    form = begin(at_work)
    form.pay("cash")
    form.confirm()
    first = at_work.last(TakeDueInCash)
    at_work.screen.on_published(FaultRaised("store-full", "Free space."))

    form.confirm()

    assert asked(at_work, TakeDueInCash) == 2
    assert at_work.last(TakeDueInCash).intent == first.intent


def test_the_next_order_is_another_press(at_work: DeskStage) -> None:
    intents = []
    for _ in range(2):
        form = begin(at_work)
        form.pay("cash")
        form.confirm()
        intents.append(at_work.last(TakeDueInCash).intent)
        form.cancel()

    assert len(set(intents)) == 2


def test_when_the_lane_is_busy_the_cash_is_not_asked_for_again(at_work: DeskStage) -> None:
    at_work.asker.answers(TakeDueInCash, TAKEN)
    at_work.asker.answers(OpenBarrier, LaneBusy(), ORDERED)
    form = begin(at_work)
    form.pay("cash")
    form.confirm()
    assert (form.property("problem"), form.property("due")) == ("passing", "")

    form.confirm()

    assert asked(at_work, TakeDueInCash) == 1
    assert told(at_work) == ("ordered", EXIT)


def test_a_car_that_has_left_meanwhile_pays_no_cash(at_work: DeskStage) -> None:
    at_work.asker.answers(TakeDueInCash, TicketNotInside())
    form = begin(at_work)
    form.pay("cash")

    form.confirm()

    assert (form.property("problem"), form.property("isWaiting")) == ("no-cash", False)


@pytest.mark.parametrize("command", [TakeDueInCash, OpenBarrier])
def test_a_desk_that_is_signed_out_meanwhile_is_locked(
    at_work: DeskStage, command: type[object]
) -> None:
    at_work.asker.answers(command, NotSignedIn())
    form = begin(at_work)
    form.pay("cash" if command is TakeDueInCash else "waive")

    form.confirm()

    assert at_work.screen.state.page == "locked"


def test_cash_that_was_taken_is_told_though_the_card_was_closed_and_nothing_opens(
    at_work: DeskStage,
) -> None:
    waiting = late(at_work, TakeDueInCash)
    form = begin(at_work)
    form.pay("cash")
    form.confirm()
    form.cancel()

    waiting.pop()(TAKEN)

    assert told(at_work) == ("cash", "€6.90")
    assert asked(at_work, OpenBarrier) == 0


def test_cash_that_was_taken_late_opens_nothing_for_the_next_order(at_work: DeskStage) -> None:
    waiting = late(at_work, TakeDueInCash)
    form = begin(at_work)
    form.pay("cash")
    form.confirm()
    at_work.screen._lanes.open(EXIT)

    waiting.pop()(TAKEN)

    assert asked(at_work, OpenBarrier) == 0
    assert (form.state.stay, form.state.bill) == (None, None)


def test_a_desk_that_was_locked_meanwhile_opens_nothing(at_work: DeskStage) -> None:
    waiting = late(at_work, TakeDueInCash)
    form = begin(at_work)
    form.pay("cash")
    form.confirm()
    at_work.screen.lock()

    waiting.pop()(TAKEN)

    assert asked(at_work, OpenBarrier) == 0
    assert told(at_work) == ("", "")


# A ticket that is lost ------------------------------------------------------------------------


def test_a_lost_ticket_is_priced_and_opened_as_lost(at_work: DeskStage) -> None:
    at_work.asker.answers(TakeDueInCash, TAKEN)
    at_work.asker.answers(OpenBarrier, ORDERED)
    form = begin(at_work, is_lost=True)
    assert form.property("isLost")
    form.pay("cash")

    form.confirm()

    price, cash, order = at_work.asker.asked[-3:]
    assert isinstance(price, PriceDue)
    assert isinstance(cash, TakeDueInCash)
    assert isinstance(order, OpenBarrier)
    assert (price.is_lost_ticket, cash.is_lost_ticket, order.is_lost_ticket) == (True, True, True)


def test_the_price_of_a_lost_ticket_comes_after_evidence_was_asked_for(
    at_work: DeskStage,
) -> None:
    at_work.asker.answers(ReplaceTicket, EvidenceMissing())
    life = at_work.screen._forms.life_form
    life.begin("replace")
    life.say("B XX 1")
    life.confirm()
    assert life.property("problem") == "evidence"

    form = begin(at_work, is_lost=True)

    assert not life.property("isShown")
    assert (form.property("isShown"), form.property("plate")) == (True, "DDKB1004")


def test_an_order_that_needs_a_reason_after_all_says_so(at_work: DeskStage) -> None:
    at_work.asker.answers(OpenBarrier, ReasonMissing())
    form = begin(at_work)
    form.pay("waive")

    form.confirm()

    assert form.property("problem") == "reason-missing"
