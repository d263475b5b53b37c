"""How long a linked car may stand, and which stay belongs to a reservation at all."""

from __future__ import annotations

from kiosk.domain.life_outcomes import LinkProblem, LinkRefused
from tests.fakes.stage import Stage, Wallet
from tests.services.pulled import MINUTE, booked_and_pulled


def test_the_car_may_stand_as_long_as_was_reserved(stage: Stage, ada: Wallet) -> None:
    booked, pulled = booked_and_pulled(stage, ada, booked_minutes=240, pulled_minutes=60)

    stage.link(pulled.reservation_id, booked.reservation_id)

    assert stage.reservation(pulled.reservation_id).window.until == booked.window.until
    stage.wait_until(pulled.window.until + MINUTE)
    assert 3 not in stage.idle_spaces()
    assert not stage.wrong()


def test_who_has_the_space_next_keeps_it(stage: Stage, ada: Wallet) -> None:
    booked, pulled = booked_and_pulled(stage, ada, booked_minutes=240, pulled_minutes=60)
    stage.ticket(
        stage.wallet().proof,
        minutes=60,
        plate="B AB 3",
        space_id=3,
        starts_at=pulled.window.until + 30 * MINUTE,
    )

    stage.link(pulled.reservation_id, booked.reservation_id)

    assert stage.reservation(pulled.reservation_id).window.until == pulled.window.until
    assert not stage.wrong()


def test_a_stay_that_began_long_before_is_not_priced_by_the_reservation(
    stage: Stage, ada: Wallet
) -> None:
    later, pulled = booked_and_pulled(stage, ada, starts_in=60)
    stage.wait_until(later.window.from_ + MINUTE)

    outcome = stage.link(pulled.reservation_id, later.reservation_id)

    assert outcome == LinkRefused(LinkProblem.OTHER_TIME)
