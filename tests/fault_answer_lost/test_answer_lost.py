"""The provider was asked and no answer came: it is queried, never asked anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.outcomes import (
    ExitCovered,
    Granted,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    TicketIssued,
)
from kiosk.payments.simulator import SimulatedFault
from kiosk.services import limits
from kiosk.services.events import PaymentFinished
from tests.fakes.stage import CARD, ENTRY, EXIT, Stage, Wallet

AFTER, BEFORE = SimulatedFault.ANSWER_LOST_AFTER_DOING, SimulatedFault.ANSWER_LOST_BEFORE_DOING


def test_a_deposit_that_was_taken_is_found_and_the_ticket_comes(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.fault_next(AFTER)

    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    in_doubt, books = stage.operation("card"), stage.books()
    stage.wait(seconds=limits.DUE_EVERY_S)

    doubt, issued = stage.finished("card")
    assert (in_doubt, books) == ("in-doubt", {})
    assert isinstance(doubt, PaymentInDoubt)
    assert isinstance(issued, TicketIssued)
    assert stage.books() == {"psp:simulator": -480, "escrow:1": 480}
    assert stage.provider_counts() == (480, 0)
    assert isinstance(stage.drive(ENTRY, issued.text), Granted)


def test_a_deposit_that_was_never_taken_is_over_and_the_driver_pays_anew(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.fault_next(BEFORE)

    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    stage.wait(seconds=limits.DUE_EVERY_S)
    outcomes, books = stage.finished("card"), stage.books()
    stage.pay_deposit(reserved.reservation_id, CARD)

    assert outcomes[-1] == PaymentUnavailable()
    assert books == {}
    assert isinstance(stage.last(PaymentFinished).outcome, TicketIssued)
    assert stage.provider_counts() == (480, 0)


def test_pressing_again_while_in_doubt_asks_for_no_second_payment(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.fault_next(AFTER)
    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    again = stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    assert isinstance(again, PaymentRunning)
    assert stage.provider_counts() == (480, 0)


def test_who_pays_by_wallet_while_the_card_is_in_doubt_gets_the_card_money_back(
    stage: Stage, ada: Wallet
) -> None:
    reserved = stage.reserve()
    stage.fault_next(AFTER)
    stage.pay_deposit(reserved.reservation_id, CARD)

    by_wallet = stage.pay_deposit(reserved.reservation_id, ada.proof)
    stage.wait(seconds=3)
    stage.wait(seconds=3)

    assert isinstance(by_wallet, TicketIssued)
    assert stage.provider_counts() == (480, 480)
    assert stage.books() == {"till:desk-1": -2000, ada.account: 1520, "escrow:1": 480}


@pytest.mark.parametrize("fault", [AFTER, BEFORE])
def test_a_refund_whose_answer_is_lost_is_paid_once(stage: Stage, fault: SimulatedFault) -> None:
    ticket = stage.inside(CARD)
    stage.fault_next(fault)

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=1)
    stage.wait(seconds=limits.IN_DOUBT_ASK_EVERY_S)
    stage.wait(seconds=limits.IN_DOUBT_ASK_EVERY_S)

    assert stage.provider_counts() == (480, 240)
    assert stage.books()["psp:simulator"] == -240
    assert "refund-due:1" not in stage.books()


def overstayed(stage: Stage, ada: Wallet) -> TicketIssued:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    stage.scan(EXIT, ticket.text)
    return ticket


def test_a_difference_that_was_taken_is_found_and_the_barrier_opens(
    stage: Stage, ada: Wallet
) -> None:
    ticket = overstayed(stage, ada)
    (car,) = stage.site.lanes[EXIT].plant.cars
    stage.fault_next(AFTER)

    stage.pay_due(ticket.reservation_id, CARD, intent="card")
    is_up = stage.is_arm_up(EXIT)
    stage.wait(seconds=limits.DUE_EVERY_S)
    stage.site.car_through(EXIT, car)

    assert not is_up
    assert isinstance(stage.finished("card")[-1], ExitCovered)
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.provider_counts() == (120, 0)


def test_a_difference_that_is_found_after_the_car_was_let_out_goes_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = overstayed(stage, ada)
    (car,) = stage.site.lanes[EXIT].plant.cars
    waiting = stage.hold_payments()
    stage.pay_due(ticket.reservation_id, CARD, intent="card")
    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
    stage.site.car_through(EXIT, car)
    books = stage.books()

    while waiting:
        waiting.pop(0)()
        stage.wait(seconds=1)

    assert stage.state(ticket.reservation_id) == "left"
    assert stage.provider_counts() == (120, 120)
    assert stage.books() == books


def test_a_difference_that_is_paid_twice_is_kept_once(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)
    (car,) = stage.site.lanes[EXIT].plant.cars
    waiting = stage.hold_payments()
    stage.pay_due(ticket.reservation_id, CARD, intent="card")
    by_wallet = stage.pay_due(ticket.reservation_id, ada.proof)

    while waiting:
        waiting.pop(0)()
        stage.wait(seconds=1)
    stage.site.car_through(EXIT, car)

    assert isinstance(by_wallet, ExitCovered)
    assert stage.provider_counts() == (120, 120)
    assert stage.books()[ada.account] == 1400
    assert "escrow:1" not in stage.books()
    assert "refund-due:1" not in stage.books()


def test_a_difference_that_arrives_while_the_lane_is_out_of_order_waits_in_escrow(
    stage: Stage, ada: Wallet
) -> None:
    ticket = overstayed(stage, ada)
    (car,) = stage.site.lanes[EXIT].plant.cars
    stage.fault_next(AFTER)
    stage.pay_due(ticket.reservation_id, CARD)
    stage.site.lanes[EXIT].unplug_board()
    stage.wait(seconds=limits.DUE_EVERY_S)
    in_escrow = stage.books()["escrow:1"]

    stage.site.lanes[EXIT].replug_board()
    stage.wait(seconds=5)
    again = stage.scan(EXIT, ticket.text)
    stage.site.car_through(EXIT, car)

    assert in_escrow == 600
    assert isinstance(again, ExitCovered)
    assert stage.provider_counts() == (120, 0)
    assert stage.state(ticket.reservation_id) == "left"
