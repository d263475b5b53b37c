"""A barrier opens for cars: who comes on foot settles nothing and frees no space."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.ids import SpaceId
from kiosk.domain.outcomes import ExitCovered, Granted, NoCarInLane, Reserved, SpaceJustTaken
from kiosk.services.commands import Reserve, ShowDesk
from kiosk.services.views import SpaceUse
from tests.fakes.stage import CARD, DRIVER, ENTRY, EXIT, KIM, Stage, Wallet


def next_driver(stage: Stage) -> object:
    return stage.site.do(
        Reserve(actor=DRIVER, space_id=SpaceId(1), duration_minutes=30, plate="B AB 2")
    )


def settled_in_the_exit(stage: Stage, wallet: Wallet) -> object:
    """A car of two booked hours is settled after 40 minutes and has not driven off yet."""
    ticket = stage.inside(wallet.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=40))
    assert isinstance(stage.scan(EXIT, ticket.text), ExitCovered)
    return car


def test_who_stands_at_the_exit_on_foot_settles_nothing_and_keeps_the_space(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=40))
    books, journals = stage.books(), stage.journal_count()

    outcome = stage.scan(EXIT, ticket.text)
    by_wallet = stage.pay_due(ticket.reservation_id, ada.proof)
    by_card = stage.pay_due(ticket.reservation_id, CARD)

    assert outcome == by_wallet == by_card == NoCarInLane()
    assert (stage.books(), stage.journal_count()) == (books, journals)
    assert stage.provider_counts() == (0, 0)
    assert stage.state(ticket.reservation_id) == "arrived"
    assert 1 not in stage.idle_spaces()
    assert not stage.is_arm_up(EXIT)


def test_who_stands_at_the_entrance_on_foot_does_not_use_up_the_ticket(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)

    on_foot = stage.scan(ENTRY, ticket.text)
    is_up = stage.is_arm_up(ENTRY)
    in_the_car = stage.drive(ENTRY, ticket.text)

    assert (on_foot, is_up) == (NoCarInLane(), False)
    assert isinstance(in_the_car, Granted)
    assert stage.state(ticket.reservation_id) == "arrived"


def test_a_settled_car_that_has_not_left_keeps_its_space_from_the_next_driver(
    stage: Stage, ada: Wallet
) -> None:
    settled_in_the_exit(stage, ada)
    (car,) = stage.site.lanes[EXIT].plant.cars
    stage.back_out(EXIT, car)

    assert next_driver(stage) == SpaceJustTaken()
    assert 1 not in stage.idle_spaces()


def test_when_the_settled_car_has_left_the_next_driver_gets_its_space(
    stage: Stage, ada: Wallet
) -> None:
    settled_in_the_exit(stage, ada)
    (car,) = stage.site.lanes[EXIT].plant.cars

    stage.site.car_through(EXIT, car)

    assert isinstance(next_driver(stage), Reserved)


def test_the_plan_shows_the_space_of_a_settled_car_as_occupied_until_it_has_left(
    stage: Stage, ada: Wallet
) -> None:
    settled_in_the_exit(stage, ada)
    (car,) = stage.site.lanes[EXIT].plant.cars

    before = {each.space.id: each.use for each in stage.site.do(ShowDesk(actor=KIM)).spaces}
    stage.site.car_through(EXIT, car)
    after = {each.space.id: each.use for each in stage.site.do(ShowDesk(actor=KIM)).spaces}

    assert (before[SpaceId(1)], after[SpaceId(1)]) == (SpaceUse.OCCUPIED, SpaceUse.IDLE)
