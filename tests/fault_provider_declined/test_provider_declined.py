"""The card provider says no: nothing moves, and another way to pay works."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    PaymentDeclined,
    PaymentRunning,
    TicketIssued,
)
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.events import PaymentFinished
from tests.fakes.stage import CARD, EXIT, Stage, Wallet


def test_a_declined_deposit_keeps_the_space_and_moves_nothing(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.fault_next(SimulatedFault.DECLINED)

    answer = stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    assert isinstance(answer, PaymentRunning)
    assert stage.finished("card") == [PaymentDeclined()]
    assert stage.operation("card") == "declined"
    assert (stage.books(), stage.provider_counts()) == ({}, (0, 0))
    assert stage.state(reserved.reservation_id) == "pending"
    assert 1 not in stage.idle_spaces()


def test_after_a_declined_card_another_press_pays(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.fault_next(SimulatedFault.DECLINED)
    stage.pay_deposit(reserved.reservation_id, CARD)

    stage.pay_deposit(reserved.reservation_id, CARD)

    assert isinstance(stage.last(PaymentFinished).outcome, TicketIssued)
    assert stage.books() == {"psp:simulator": -480, "escrow:1": 480}


def test_after_a_declined_card_the_wallet_pays(stage: Stage, ada: Wallet) -> None:
    reserved = stage.reserve()
    stage.fault_next(SimulatedFault.DECLINED)
    stage.pay_deposit(reserved.reservation_id, CARD)

    outcome = stage.pay_deposit(reserved.reservation_id, ada.proof)

    assert isinstance(outcome, TicketIssued)
    assert stage.provider_counts() == (0, 0)


def test_a_card_that_is_declined_at_the_exit_leaves_the_barrier_closed(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    due = stage.scan(EXIT, ticket.text)
    before = stage.books()
    stage.fault_next(SimulatedFault.DECLINED)

    stage.pay_due(ticket.reservation_id, CARD, intent="card")
    is_up, books = stage.is_arm_up(EXIT), stage.books()
    by_wallet = stage.pay_due(ticket.reservation_id, ada.proof)
    stage.site.car_through(EXIT, car)

    assert isinstance(due, ExitDue)
    assert stage.finished("card") == [PaymentDeclined()]
    assert (is_up, books) == (False, before)
    assert isinstance(by_wallet, ExitCovered)
    assert stage.state(ticket.reservation_id) == "left"
