"""Who came while the site itself failed is no no-show: at the booked end all money goes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.outcomes import Granted, LaneOutOfOrder, TicketIssued
from tests.fakes.stage import CARD, ENTRY, Stage, Wallet


def failed(stage: Stage, ticket: TicketIssued, how: str) -> None:
    """The driver comes to the entrance, and the site fails in this way; the car drives off."""
    car = stage.site.car_to(ENTRY)
    if how == "out of order":
        stage.site.lanes[ENTRY].unplug_board()
        assert stage.scan(ENTRY, ticket.text) == LaneOutOfOrder()
    else:
        assert isinstance(stage.scan(ENTRY, ticket.text), Granted)
    if how == "io_lost":
        stage.site.lanes[ENTRY].unplug_board()
    if how == "restart":
        stage.restart()
    else:
        stage.site.lanes[ENTRY].plant.back_out(car)
        stage.site.lanes[ENTRY].replug_board()
    stage.wait(minutes=1)


@pytest.mark.parametrize("how", ["io_lost", "restart", "out of order"])
def test_where_the_entrance_failed_nobody_is_a_no_show_before_the_booked_end(
    stage: Stage, ada: Wallet, how: str
) -> None:
    ticket = stage.ticket(ada.proof)
    failed(stage, ticket, how)

    stage.wait_until(ticket.window.until - timedelta(seconds=1))
    state, idle = stage.state(ticket.reservation_id), stage.idle_spaces()
    stage.wait_until(ticket.window.until)

    assert (state, 1 in idle) == ("confirmed", False)
    assert stage.state(ticket.reservation_id) == "no-show"
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}
    assert 1 in stage.idle_spaces()


def test_where_the_entrance_failed_a_card_gets_everything_back_too(stage: Stage) -> None:
    ticket = stage.ticket(CARD)
    failed(stage, ticket, "out of order")

    stage.wait_until(ticket.window.until)
    stage.wait(seconds=3)

    assert stage.provider_counts() == (480, 480)
    assert stage.books() == {}


@pytest.mark.parametrize("how", ["io_lost", "restart", "out of order"])
def test_where_the_entrance_failed_the_ticket_still_opens_after_half_an_hour(
    stage: Stage, ada: Wallet, how: str
) -> None:
    ticket = stage.ticket(ada.proof)
    failed(stage, ticket, how)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=30))

    outcome = stage.drive(ENTRY, ticket.text)

    assert isinstance(outcome, Granted)
    assert stage.state(ticket.reservation_id) == "arrived"


def test_who_backs_out_of_the_entrance_and_stays_away_is_a_no_show(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof, minutes=180)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    stage.back_out(ENTRY, car)

    stage.wait_until(ticket.window.from_ + timedelta(minutes=25))

    assert stage.state(ticket.reservation_id) == "no-show"
    assert stage.books()[ada.account] == 2000 - 480
