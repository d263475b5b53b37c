"""Before a barrier opens by hand the attendant is told what is due, and waives it or takes it."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.life_outcomes import DuePriced, DueTaken
from kiosk.domain.outcomes import BarrierOrdered, Granted, TicketIssued, TicketNotInside
from kiosk.services.commands import ReportPassage
from kiosk.services.views import Direction
from tests.fakes.stage import ENTRY, EXIT, KIM, Stage, Wallet, euro
from tests.services.cash import happened, open_for, overstayed, selling, take

__all__ = ["selling"]


def test_before_a_barrier_opens_the_attendant_is_told_what_is_due(
    stage: Stage, ada: Wallet
) -> None:
    ticket = overstayed(stage, ada)
    before = stage.books()
    stage.site.car_to(EXIT)

    told = open_for(stage, ticket)

    assert isinstance(told, DuePriced)
    assert told.bill.due == euro(120)
    assert stage.state(ticket.reservation_id) == "arrived"
    assert stage.books() == before
    stage.wait(seconds=5)
    assert not stage.is_arm_up(EXIT)


def test_what_the_attendant_was_told_and_waives_is_written_down(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)

    assert isinstance(open_for(stage, ticket, waives=euro(120)), BarrierOrdered)

    assert happened(stage, ticket)[-2:] == [
        ("Kim", "difference.waived", "120"),
        ("Kim", "barrier.ordered", "no card at hand"),
    ]
    assert stage.wrong() == []


def test_less_than_what_is_due_is_not_waived_for_all_of_it(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)

    told = open_for(stage, ticket, waives=euro(60))

    assert isinstance(told, DuePriced)
    assert told.bill.due == euro(120)


def test_what_was_taken_in_cash_is_not_waived_too(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)
    told = open_for(stage, ticket)
    assert isinstance(told, DuePriced)
    take(stage, ticket, agreed=told.bill.due)

    assert isinstance(open_for(stage, ticket), BarrierOrdered)

    assert "difference.waived" not in [action for _, action, _ in happened(stage, ticket)]


def test_the_clock_stops_when_the_attendant_is_told(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)
    stage.wait_until(ticket.window.until + timedelta(minutes=59))
    told = open_for(stage, ticket)
    assert isinstance(told, DuePriced)
    stage.wait(minutes=10)

    assert isinstance(take(stage, ticket, agreed=told.bill.due), DueTaken)


def expected_at(stage: Stage) -> TicketIssued:
    """A ticket of 2.40 with which nobody was seen to come in."""
    ticket = stage.ticket(stage.wallet().proof, minutes=60)
    stage.wait(minutes=10)
    return ticket


def test_what_a_car_that_nobody_saw_come_in_would_owe_is_told_and_nothing_begins(
    selling: Stage,
) -> None:
    stage = selling
    ticket = expected_at(stage)
    before = (stage.books(), happened(stage, ticket))

    told = open_for(stage, ticket, is_lost=True)

    assert isinstance(told, DuePriced)
    assert told.bill.due == euro(1200 - 240)
    assert (stage.books(), happened(stage, ticket)) == before
    assert (stage.state(ticket.reservation_id), stage.stay(ticket.reservation_id)) == (
        "confirmed",
        None,
    )
    assert take(stage, ticket, is_lost=True) == TicketNotInside()
    assert isinstance(stage.drive(ENTRY, ticket.text), Granted)
    assert stage.wrong() == []


def test_the_stay_of_a_car_that_nobody_saw_come_in_begins_with_the_order(selling: Stage) -> None:
    stage = selling
    ticket = expected_at(stage)

    ordered = open_for(stage, ticket, waives=euro(1200 - 240), is_lost=True)

    assert isinstance(ordered, BarrierOrdered)
    assert stage.state(ticket.reservation_id) == "settled"
    assert [(action, detail) for _, action, detail in happened(stage, ticket)][-2:] == [
        ("difference.waived", "960"),
        ("barrier.ordered", "no card at hand"),
    ]
    assert stage.wrong() == []


def test_once_it_was_said_to_be_inside_it_pays_in_cash(selling: Stage) -> None:
    stage = selling
    ticket = expected_at(stage)
    stage.site.do(
        ReportPassage(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=ticket.reservation_id,
            direction=Direction.ENTRY,
            reason="stands at the exit",
        )
    )

    assert isinstance(take(stage, ticket, agreed=euro(960), is_lost=True), DueTaken)
    assert isinstance(open_for(stage, ticket, is_lost=True), BarrierOrdered)
