"""Only a passage that the lane reports begins or ends a stay; an unused right comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hardware.sim.cars import Car
from kiosk.domain.outcomes import ExitCovered, Granted, LaneBusy, TicketUsed
from kiosk.services.events import GrantReturned, PassageReported
from tests.fakes.stage import ENTRY, EXIT, Stage, Wallet


def under_the_arm(stage: Stage, car: Car) -> str:
    """Let the car drive until it is under the arm; the lane's phase then."""
    stage.site.lanes[ENTRY].plant.drive_through(car)
    while not stage.site.lanes[ENTRY].plant.inputs().under_arm:
        stage.wait(seconds=1)
    return stage.site.core.lanes[ENTRY].status.phase


def test_a_car_that_backs_out_of_the_entrance_gets_its_ticket_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    books = stage.books()
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)

    stage.back_out(ENTRY, car)
    state, stay = stage.state(ticket.reservation_id), stage.stay(ticket.reservation_id)
    again = stage.drive(ENTRY, ticket.text)

    assert stage.last(GrantReturned) == GrantReturned(ENTRY, ticket.reservation_id, "back_out")
    assert (state, stay) == ("confirmed", None)
    assert isinstance(again, Granted)
    assert stage.state(ticket.reservation_id) == "arrived"
    assert stage.books() == books


def test_a_ticket_whose_grant_is_open_in_the_lane_is_not_used_up_by_a_second_scan(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)

    second = stage.scan(ENTRY, ticket.text)
    stage.site.car_through(ENTRY, car)

    assert not isinstance(second, Granted)
    assert stage.state(ticket.reservation_id) == "arrived"


def test_an_attendant_who_opens_while_a_car_passes_does_not_take_its_stay(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    phase = under_the_arm(stage, car)

    ordered = stage.open_barrier(ENTRY, reason="in a hurry")
    stage.site.car_through(ENTRY, car)

    assert phase == "passing"
    assert ordered == LaneBusy()
    assert stage.last(PassageReported) == PassageReported(ENTRY, ticket.reservation_id)
    assert stage.state(ticket.reservation_id) == "arrived"
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)


def test_a_car_already_under_the_arm_keeps_its_stay_when_the_lane_knew_it_first(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    phase = under_the_arm(stage, car)
    status = stage.site.core.lanes[ENTRY].status
    stage.site.core.lanes[ENTRY].status = replace(status, phase="open")  # reported late

    stage.open_barrier(ENTRY, reason="in a hurry")
    stage.site.car_through(ENTRY, car)

    assert phase == "passing"
    assert stage.state(ticket.reservation_id) == "arrived"
    assert isinstance(stage.scan(ENTRY, ticket.text), TicketUsed)


def test_a_stay_that_an_attendant_ended_is_not_begun_by_a_late_passage(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
    books = stage.books()

    stage.site.car_through(ENTRY, car)

    assert stage.state(ticket.reservation_id) == "settled"
    assert stage.books() == books


def test_a_car_that_never_drives_off_loses_its_grant_but_not_its_right(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.scan(EXIT, ticket.text)

    stage.wait(minutes=2)

    assert stage.last(GrantReturned) == GrantReturned(EXIT, ticket.reservation_id, "arm_closed")
    assert stage.state(ticket.reservation_id) == "settled"
    assert isinstance(stage.scan(EXIT, ticket.text), ExitCovered)


def test_the_space_is_idle_again_when_its_car_has_left_and_not_before(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=40))

    stage.scan(EXIT, ticket.text)
    when_settled = stage.idle_spaces()
    stage.site.car_through(EXIT, car)

    assert 1 not in when_settled
    assert 1 in stage.idle_spaces()


def test_a_car_that_overstays_keeps_its_space_from_the_next_driver(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)

    stage.wait_until(ticket.window.until + timedelta(hours=2))

    assert 1 not in stage.idle_spaces()
    assert stage.state(ticket.reservation_id) == "arrived"
