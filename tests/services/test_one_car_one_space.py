"""One car keeps one space: who reserves again gives the first one back."""

from __future__ import annotations

from kiosk.domain.outcomes import ReservationEnded, TicketIssued
from kiosk.domain.reservation import State
from tests.fakes.stage import CARD, Stage, Wallet


def test_who_reserves_again_gives_the_first_space_back(stage: Stage, ada: Wallet) -> None:
    before = stage.idle_spaces()
    first = stage.reserve(plate="B AB 1", space_id=1)

    second = stage.reserve(plate="b ab1", space_id=3)

    assert stage.state(first.reservation_id) == "cancelled"
    assert stage.idle_spaces() == before - {3}
    assert stage.pay_deposit(first.reservation_id, ada.proof) == ReservationEnded(State.CANCELLED)
    assert isinstance(stage.pay_deposit(second.reservation_id, ada.proof), TicketIssued)


def test_who_reserves_the_same_space_again_gets_it(stage: Stage) -> None:
    first = stage.reserve(120)

    second = stage.reserve(60)

    assert second.space == first.space
    assert stage.state(first.reservation_id) == "cancelled"


def test_another_car_keeps_its_space(stage: Stage) -> None:
    first = stage.reserve(plate="B AB 1", space_id=1)

    stage.reserve(plate="B AB 2", space_id=3)

    assert stage.state(first.reservation_id) == "pending"


def test_a_card_that_was_paying_for_the_first_space_gets_its_money_back(stage: Stage) -> None:
    first = stage.reserve(space_id=1)
    waiting = stage.hold_payments()
    stage.pay_deposit(first.reservation_id, CARD, intent="card")
    stage.reserve(space_id=3)

    waiting.pop(0)()
    stage.site.core.run_payment = lambda _adapter, task: task()
    stage.wait(seconds=3)

    assert stage.finished("card") == [ReservationEnded(State.CANCELLED)]
    assert stage.provider_counts() == (480, 480)
    assert stage.books() == {}
