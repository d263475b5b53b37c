"""The same request arrives twice, or the same answer comes twice: money moves once."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.ids import OperationKey
from kiosk.domain.outcomes import TicketIssued
from kiosk.payments.adapter import Declined, NotSent, Succeeded
from kiosk.payments.simulator import SimulatedFault
from kiosk.services import providers
from kiosk.services.events import PaymentFinished
from tests.fakes.stage import CARD, EXIT, Stage, euro

TWICE = SimulatedFault.ANSWERED_TWICE
CARD_KEY = OperationKey("card")


def test_a_deposit_that_arrives_twice_is_taken_once(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.fault_next(TWICE)

    stage.pay_deposit(reserved.reservation_id, CARD)

    assert isinstance(stage.last(PaymentFinished).outcome, TicketIssued)
    assert stage.provider_counts() == (480, 0)
    assert stage.books() == {"psp:simulator": -480, "escrow:1": 480}


def test_a_refund_that_arrives_twice_is_paid_once(stage: Stage) -> None:
    ticket = stage.inside(CARD)
    stage.fault_next(TWICE)

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=1)

    assert stage.provider_counts() == (480, 240)
    assert stage.books()["psp:simulator"] == -240


def test_a_second_answer_changes_nothing_whatever_it_says(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.pay_deposit(reserved.reservation_id, CARD, intent=CARD_KEY)
    books, finished = stage.books(), stage.finished(CARD_KEY)

    providers.finish(stage.site.core, CARD_KEY, Succeeded("sim-000001", euro(480)))
    providers.finish(stage.site.core, CARD_KEY, Declined("card-declined"))
    providers.finish(stage.site.core, CARD_KEY, NotSent())

    assert stage.books() == books
    assert stage.finished(CARD_KEY) == finished
    assert stage.operation(CARD_KEY) == "succeeded"
    assert stage.state(reserved.reservation_id) == "confirmed"


def test_two_presses_that_both_succeed_pay_one_space_and_give_the_other_back(
    stage: Stage,
) -> None:
    reserved = stage.reserve()
    waiting = stage.hold_payments()
    stage.pay_deposit(reserved.reservation_id, CARD, intent="first")
    stage.pay_deposit(reserved.reservation_id, CARD, intent="second")

    while waiting:
        waiting.pop(0)()
        stage.wait(seconds=1)

    assert stage.provider_counts() == (960, 480)
    assert stage.books() == {"psp:simulator": -480, "escrow:1": 480}
    assert stage.state(reserved.reservation_id) == "confirmed"
