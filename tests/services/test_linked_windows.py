"""How long a linked car may stand, and which stay belongs to a reservation at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.life_outcomes import Linked, LinkProblem, LinkRefused
from kiosk.domain.outcomes import ExitCovered, ExitDue
from kiosk.domain.pricing.charge_lines import LineKind
from tests.fakes.stage import ENTRY, EXIT, Stage, Wallet, euro
from tests.services.cash import due_of
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


def test_time_long_before_the_reserved_window_costs_what_it_costs_a_walk_up(
    stage: Stage, ada: Wallet
) -> None:
    later, pulled = booked_and_pulled(stage, ada, starts_in=60)
    stage.wait_until(later.window.from_ + MINUTE)

    linked = stage.link(pulled.reservation_id, later.reservation_id)
    stage.wait_until(later.window.from_ + 59 * MINUTE)
    outcome = stage.drive(EXIT, pulled.text)

    assert isinstance(linked, Linked)
    assert isinstance(outcome, ExitCovered | ExitDue)
    assert [(each.kind, each.seconds, each.amount) for each in outcome.bill.charge.lines] == [
        (LineKind.BLOCK, 0, euro(240)),
        (LineKind.EARLY, 45 * 60 - 4, euro(240)),  # the car needed four seconds to drive in
    ]
    assert not stage.wrong()


def test_the_reserved_window_of_an_early_stay_costs_no_more_than_its_quote(
    stage: Stage, ada: Wallet
) -> None:
    later, pulled = booked_and_pulled(stage, ada, starts_in=60)
    stage.wait_until(later.window.from_ + MINUTE)
    stage.link(pulled.reservation_id, later.reservation_id)
    stage.wait_until(later.window.until + 10 * MINUTE)
    car = stage.site.car_to(EXIT)

    due = stage.scan(EXIT, pulled.text)
    assert isinstance(due, ExitDue)
    assert due.bill.charge.total == euro(480 + 240)
    stage.pay_due(pulled.reservation_id, ada.proof)
    stage.site.car_through(EXIT, car)

    assert stage.state(pulled.reservation_id) == "left"
    (receipt,) = stage.receipts(pulled.reservation_id)
    assert receipt.facts is not None
    assert receipt.facts.early_entry == 15 * MINUTE
    assert not stage.wrong()


def test_a_car_that_was_at_the_exit_before_its_reserved_window_is_not_linked_by_its_scan(
    stage: Stage, ada: Wallet
) -> None:
    later, pulled = booked_and_pulled(stage, ada, starts_in=120, booked_minutes=30)
    stage.wait_until(later.window.from_ - MINUTE)
    car = stage.site.car_to(EXIT)
    due = stage.scan(EXIT, pulled.text)
    stage.back_out(EXIT, car)
    stage.wait_until(later.window.from_ + MINUTE)

    linked = stage.link(pulled.reservation_id, later.reservation_id)

    assert isinstance(due, ExitDue)
    assert linked == LinkRefused(LinkProblem.OTHER_TIME)
    stage.wait_until(later.window.from_ + 15 * MINUTE)  # that scan does not count any more
    assert isinstance(stage.link(pulled.reservation_id, later.reservation_id), Linked)
    assert not stage.wrong()


@pytest.mark.parametrize(("seconds_in_window", "total"), [(0, 480), (1, 480 + 120)])
def test_hours_before_the_window_of_an_entry_opened_by_hand_are_paid(
    stage: Stage, ada: Wallet, seconds_in_window: int, total: int
) -> None:
    later = stage.ticket(ada.proof, minutes=30, starts_at=stage.now + 120 * MINUTE)
    car = stage.site.car_to(ENTRY)
    stage.open_barrier(ENTRY, reservation_id=later.reservation_id)
    stage.site.car_through(ENTRY, car)
    stage.wait_until(later.window.from_ + timedelta(seconds=seconds_in_window))

    assert due_of(stage, later) == euro(total - 120)


def test_as_early_as_anybody_may_enter_a_linked_stay_costs_nothing_more(
    stage: Stage, ada: Wallet
) -> None:
    later, pulled = booked_and_pulled(stage, ada, starts_in=15)
    stage.wait_until(later.window.from_ + MINUTE)
    stage.link(pulled.reservation_id, later.reservation_id)
    stage.wait_until(later.window.from_ + 59 * MINUTE)

    outcome = stage.drive(EXIT, pulled.text)

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == euro(240)
