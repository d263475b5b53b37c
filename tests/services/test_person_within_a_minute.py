"""Nobody stands at an exit for more than a minute without a person at the desk knowing."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.ids import ReservationId
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services.events import DriverWaits
from tests.fakes.stage import CARD, EXIT, Stage, Wallet


def rung(stage: Stage) -> int:
    """How often the desk was rung."""
    return sum(isinstance(each, DriverWaits) for each in stage.site.events)


def at_the_exit(stage: Stage, wallet: Wallet) -> ReservationId:
    """An overstay of 1.20; the scan has just said so."""
    ticket = stage.inside(wallet.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    stage.scan(EXIT, ticket.text)
    return ticket.reservation_id


def test_a_driver_who_does_nothing_is_told_of_after_a_minute_and_once(
    stage: Stage, ada: Wallet
) -> None:
    at_the_exit(stage, ada)
    stage.wait(seconds=58)
    early = rung(stage)

    stage.wait(seconds=3)
    after_a_minute = rung(stage)
    stage.wait(minutes=5)

    assert (early, after_a_minute, rung(stage)) == (0, 1, 1)


def test_another_scan_of_the_same_ticket_does_not_begin_the_minute_anew(
    stage: Stage, ada: Wallet
) -> None:
    reservation_id = at_the_exit(stage, ada)
    stage.wait(seconds=40)
    stage.scan(EXIT, stage.ticket_text(reservation_id))

    stage.wait(seconds=21)

    assert rung(stage) == 1


def test_a_payment_in_doubt_or_refused_is_no_reason_to_wait_longer(
    stage: Stage, ada: Wallet
) -> None:
    reservation_id = at_the_exit(stage, ada)
    stage.site.simulator.fault_next(*[SimulatedFault.UNREACHABLE] * 90)
    stage.pay_due(reservation_id, CARD)
    stage.wait(seconds=61)

    assert rung(stage) == 1
    assert stage.sql("SELECT count(*) FROM audit WHERE action = 'desk.rung'") == [(1,)]


def test_who_has_backed_out_waits_no_more(stage: Stage, ada: Wallet) -> None:
    at_the_exit(stage, ada)
    (car,) = stage.site.lanes[EXIT].plant.cars
    stage.back_out(EXIT, car)

    stage.wait(minutes=2)

    assert rung(stage) == 0


def test_who_has_paid_waits_for_nobody(stage: Stage, ada: Wallet) -> None:
    reservation_id = at_the_exit(stage, ada)
    stage.pay_due(reservation_id, ada.proof)

    stage.wait(minutes=2)

    assert rung(stage) == 0
