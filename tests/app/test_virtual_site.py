"""Time in a virtual site: what is due is done when it is due, and clocks can be set."""

from __future__ import annotations

from datetime import timedelta

from kiosk.payments.simulator import SimulatedFault
from tests.fakes.stage import CARD, NOON, Stage


def test_what_is_due_on_the_way_is_done_when_it_is_due(stage: Stage) -> None:
    reserved = stage.reserve()

    stage.wait(minutes=600)

    with stage.site.core.store.reading() as tx:
        rows = tx.audit.of_reservation(reserved.reservation_id)
    assert [(row.action, row.at) for row in rows[1:]] == [
        ("reservation.expired", reserved.pay_until)
    ]


def test_a_payment_in_doubt_is_asked_for_before_its_reservation_runs_out(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING)
    stage.pay_deposit(reserved.reservation_id, CARD)

    stage.wait(minutes=20)

    assert stage.state(reserved.reservation_id) == "confirmed"


def test_a_clock_that_is_set_lets_no_time_pass(stage: Stage) -> None:
    passed_s = stage.site.clock.passed_s

    stage.site.clock.jump(timedelta(hours=-1))

    assert stage.now == NOON - timedelta(hours=1) + timedelta(seconds=int(passed_s))
    assert stage.site.clock.passed_s == passed_s
