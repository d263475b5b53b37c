"""The money arrives when the reservation is over: it goes back, and never pays for nothing."""

from __future__ import annotations

import pytest

from kiosk.domain.outcomes import Cancelled, ReservationEnded, TicketIssued
from kiosk.domain.reservation import State
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.commands import CancelReservation
from tests.fakes.stage import CARD, DRIVER, Stage

REFUND_FAULTS = [
    None,
    SimulatedFault.UNREACHABLE,
    SimulatedFault.ANSWER_LOST_AFTER_DOING,
    SimulatedFault.ANSWER_LOST_BEFORE_DOING,
    SimulatedFault.ANSWERED_TWICE,
]


def settle_all(stage: Stage) -> None:
    """Time enough for every queued or doubtful operation to be finished."""
    for _ in range(6):
        stage.wait(seconds=3)


@pytest.mark.parametrize("fault", REFUND_FAULTS)
def test_a_payment_that_succeeds_after_the_reservation_expired_goes_back(
    stage: Stage, fault: SimulatedFault | None
) -> None:
    reserved = stage.reserve()
    waiting = stage.hold_payments()
    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    stage.wait_until(reserved.pay_until)
    expired = stage.state(reserved.reservation_id)
    (take_the_money, *_) = waiting

    take_the_money()
    taken = stage.provider_counts()
    stage.site.core.run_payment = lambda _adapter, task: task()
    stage.fault_next(*([fault] if fault else []))
    settle_all(stage)

    assert expired == "expired"
    assert taken == (480, 0)
    assert stage.finished("card") == [ReservationEnded(State.EXPIRED)]
    assert stage.provider_counts() == (480, 480)
    assert stage.books() == {}
    assert 1 in stage.idle_spaces()


def test_a_payment_in_the_last_second_gets_the_space(stage: Stage) -> None:
    reserved = stage.reserve()
    waiting = stage.hold_payments()
    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    stage.wait(minutes=9, seconds=59)

    waiting[0]()
    stage.wait(seconds=1)

    assert isinstance(stage.finished("card")[0], TicketIssued)
    assert stage.state(reserved.reservation_id) == "confirmed"
    assert stage.books() == {"psp:simulator": -480, "escrow:1": 480}


def test_a_payment_that_succeeds_after_the_driver_cancelled_goes_back(stage: Stage) -> None:
    reserved = stage.reserve()
    waiting = stage.hold_payments()
    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    cancelled = stage.site.do(
        CancelReservation(actor=DRIVER, reservation_id=reserved.reservation_id)
    )

    waiting[0]()
    stage.site.core.run_payment = lambda _adapter, task: task()
    settle_all(stage)

    assert cancelled == Cancelled()
    assert stage.provider_counts() == (480, 480)
    assert stage.books() == {}


def test_a_doubtful_payment_that_is_found_after_a_restart_and_the_expiry_goes_back(
    stage: Stage,
) -> None:
    reserved = stage.reserve()
    waiting = stage.hold_payments()
    stage.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING)
    stage.pay_deposit(reserved.reservation_id, CARD)
    waiting[0]()
    stage.wait_until(reserved.pay_until)

    stage.restart()
    settle_all(stage)

    assert stage.state(reserved.reservation_id) == "expired"
    assert stage.provider_counts() == (480, 480)
    assert stage.books() == {}
