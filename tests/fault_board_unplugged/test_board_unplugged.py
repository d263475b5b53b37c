"""The relay board is unplugged in the middle: the grant is void, no cent moves twice, it heals."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.outcomes import ExitCovered, Granted, LaneOutOfOrder
from kiosk.services.commands import ShowDesk
from kiosk.services.events import GrantReturned
from tests.fakes.stage import ENTRY, EXIT, KIM, Stage, Wallet


def heal(stage: Stage, lane: str) -> None:
    """Plug the board in again; the lane finds its arm by itself."""
    (virtual,) = [each for name, each in stage.site.lanes.items() if name == lane]
    virtual.replug_board()
    stage.wait(minutes=1)


def desk_alarms(stage: Stage, lane: str) -> tuple[str, ...]:
    (status,) = [each for each in stage.site.do(ShowDesk(actor=KIM)).lanes if each.lane == lane]
    return status.alarms


def test_at_the_entrance_the_same_ticket_opens_again(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    books = stage.books()
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)

    stage.site.lanes[ENTRY].unplug_board()
    returned, alarms = stage.last(GrantReturned), desk_alarms(stage, ENTRY)
    while_out = stage.scan(ENTRY, ticket.text)
    heal(stage, ENTRY)
    again = stage.scan(ENTRY, ticket.text)
    stage.site.car_through(ENTRY, car)

    assert returned == GrantReturned(ENTRY, ticket.reservation_id, "io_lost")
    assert alarms == ("io_lost",)
    assert while_out == LaneOutOfOrder()
    assert isinstance(again, Granted)
    assert desk_alarms(stage, ENTRY) == ()
    assert stage.state(ticket.reservation_id) == "arrived"
    assert stage.books() == books


def test_at_the_exit_nothing_is_charged_twice_and_the_same_ticket_opens(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=50))
    first = stage.scan(EXIT, ticket.text)
    books, journals = stage.books(), stage.journal_count()

    stage.site.lanes[EXIT].unplug_board()
    state = stage.state(ticket.reservation_id)
    heal(stage, EXIT)
    again = stage.scan(EXIT, ticket.text)
    stage.site.car_through(EXIT, car)

    assert isinstance(first, ExitCovered)
    assert state == "settled"
    assert isinstance(again, ExitCovered)
    assert again.bill == first.bill
    assert (stage.books(), stage.journal_count()) == (books, journals)
    assert stage.state(ticket.reservation_id) == "left"


def test_a_voided_grant_is_never_replayed_when_the_board_is_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    lane = stage.site.lanes[ENTRY]
    stage.site.car_to(ENTRY)
    lane.plant.jam()
    stage.scan(ENTRY, ticket.text)
    lane.unplug_board()
    lane.plant.heal()

    heal(stage, ENTRY)

    assert not stage.is_arm_up(ENTRY)
    assert stage.state(ticket.reservation_id) == "confirmed"


def test_a_lane_without_its_board_does_not_hold_up_the_others(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.lanes[ENTRY].unplug_board()

    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    assert stage.state(ticket.reservation_id) == "left"
