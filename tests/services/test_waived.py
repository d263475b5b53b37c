"""What an attendant waives is written down and not asked again; late money never stays behind."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    NoCarInLane,
    ReservationEnded,
    TicketIssued,
)
from kiosk.domain.reservation import State
from kiosk.services.commands import ReportPassage
from kiosk.services.views import Direction
from tests.fakes.stage import CARD, EXIT, KIM, Stage, Wallet, euro


def settled_and_still_here(stage: Stage, wallet: Wallet) -> TicketIssued:
    """Settled 31 minutes after its start (240), backed out; 61 minutes after it is at the exit.

    By then the exit right is over and one block more is due (120).
    """
    ticket = stage.inside(wallet.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=31))
    outcome = stage.scan(EXIT, ticket.text)
    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == euro(240)
    stage.back_out(EXIT, car)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=61))
    return ticket


def leave(stage: Stage) -> None:
    (car,) = stage.site.lanes[EXIT].plant.cars
    stage.site.car_through(EXIT, car)


def back_out(stage: Stage) -> None:
    (car,) = stage.site.lanes[EXIT].plant.cars
    stage.back_out(EXIT, car)


def waived(stage: Stage, ticket: TicketIssued) -> list[tuple[str, str]]:
    return [
        (row.actor, row.detail)
        for row in stage.money_of(ticket.reservation_id).timeline
        if row.action == "difference.waived"
    ]


def card_that_answers_when_the_car_is_gone(stage: Stage, ticket: TicketIssued) -> None:
    """The driver pays by card and backs out; the provider answers to an empty lane."""
    waiting = stage.hold_payments()
    stage.pay_due(ticket.reservation_id, CARD, intent="card")
    back_out(stage)
    waiting.pop(0)()
    stage.site.core.run_payment = lambda _adapter, task: task()


def test_a_settled_car_whose_exit_right_is_over_is_let_out_and_the_difference_waived(
    stage: Stage, ada: Wallet
) -> None:
    ticket = settled_and_still_here(stage, ada)
    books = stage.books()

    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
    leave(stage)

    assert waived(stage, ticket) == [("Kim", "120")]
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.books() == books


def test_what_was_waived_once_is_not_asked_for_again_when_the_exit_right_is_over(
    stage: Stage, ada: Wallet
) -> None:
    ticket = settled_and_still_here(stage, ada)
    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
    back_out(stage)
    books = stage.books()
    stage.site.car_to(EXIT)

    stage.wait_until(ticket.window.from_ + timedelta(minutes=61 + 16))
    outcome = stage.scan(EXIT, ticket.text)
    leave(stage)

    assert isinstance(outcome, ExitCovered)
    assert waived(stage, ticket) == [("Kim", "120")]
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.books() == books


def test_only_the_time_after_what_was_waived_is_asked_for(stage: Stage, ada: Wallet) -> None:
    ticket = settled_and_still_here(stage, ada)
    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
    back_out(stage)
    stage.site.car_to(EXIT)

    stage.wait_until(ticket.window.from_ + timedelta(minutes=91))
    outcome = stage.scan(EXIT, ticket.text)

    assert isinstance(outcome, ExitDue)
    assert outcome.bill.due == euro(120)


def test_a_late_card_payment_that_waits_in_escrow_is_used_when_the_attendant_opens(
    stage: Stage, ada: Wallet
) -> None:
    ticket = settled_and_still_here(stage, ada)
    card_that_answers_when_the_car_is_gone(stage, ticket)
    in_escrow = stage.books()["escrow:1"]
    stage.site.car_to(EXIT)

    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
    leave(stage)

    assert stage.finished("card") == [NoCarInLane()]
    assert in_escrow == 120
    assert waived(stage, ticket) == []
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 2000 - 240,
        "psp:simulator": -120,
        "owner:1": 260,
        "commission": 54,
        "vat": 10,
        "manager": 36,
    }


def test_a_late_card_payment_that_nobody_used_goes_back_when_the_car_is_reported_out(
    stage: Stage, ada: Wallet
) -> None:
    ticket = settled_and_still_here(stage, ada)
    before = stage.books()
    card_that_answers_when_the_car_is_gone(stage, ticket)

    stage.site.do(
        ReportPassage(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=ticket.reservation_id,
            direction=Direction.EXIT,
            reason="the space is empty",
        )
    )
    stage.wait(seconds=3)

    assert stage.state(ticket.reservation_id) == "left"
    assert stage.provider_counts() == (120, 120)
    assert stage.books() == before


def test_a_card_payment_that_comes_after_the_difference_was_waived_goes_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = settled_and_still_here(stage, ada)
    before = stage.books()
    waiting = stage.hold_payments()
    stage.pay_due(ticket.reservation_id, CARD, intent="card")
    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)

    waiting.pop(0)()
    stage.site.core.run_payment = lambda _adapter, task: task()
    leave(stage)
    stage.wait(seconds=3)

    assert stage.finished("card") == [ReservationEnded(State.SETTLED)]
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.provider_counts() == (120, 120)
    assert stage.books() == before


def test_a_card_payment_that_comes_after_the_car_has_left_goes_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = settled_and_still_here(stage, ada)
    before = stage.books()
    waiting = stage.hold_payments()
    stage.pay_due(ticket.reservation_id, CARD, intent="card")
    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
    leave(stage)

    waiting.pop(0)()
    stage.site.core.run_payment = lambda _adapter, task: task()
    stage.wait(seconds=3)

    assert stage.finished("card") == [ReservationEnded(State.LEFT)]
    assert stage.provider_counts() == (120, 120)
    assert stage.books() == before
