"""Cancelling what is paid: how much goes back at each edge, and what is over with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from kiosk.domain.life_outcomes import CancellationPriced, ChangeProblem, ChangeRefused
from kiosk.domain.offer import OfferTerms
from kiosk.domain.outcomes import Cancelled, Granted, LaneBusy, ReservationEnded, TicketRevoked
from kiosk.domain.reservation import State
from kiosk.domain.tariff import Cap, CapScope
from kiosk.domain.time import Window
from kiosk.services.commands import CancelReservation
from tests.fakes.planned import (
    EVENING,
    cancel,
    cancel_price,
    change,
    hours,
    kept,
    reserve_for,
    set_rules,
    set_terms,
    ticket_for,
)
from tests.fakes.stage import CARD, DRIVER, ENTRY, NOON, Stage, Wallet, euro
from tests.fakes.tariffs import simple_tariff

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
IN_A_MONTH = Window(NOON + 30 * DAY, NOON + 32 * DAY)
"""28.00, and long enough for tiers."""


def be_at(stage: Stage, instant: datetime) -> None:
    """It is another instant, and nothing has happened in between."""
    stage.site.clock.jump(instant - stage.now)


def priced(refund: int, kept: int) -> CancellationPriced:
    return CancellationPriced(refund=euro(refund), kept=euro(kept))


@pytest.mark.parametrize(
    ("notice", "refund", "kept"),
    [
        (14 * DAY, 2800, 0),
        (14 * DAY - SECOND, 1400, 1400),
        (7 * DAY, 1400, 1400),
        (7 * DAY - SECOND, 700, 2100),
        (DAY, 700, 2100),
        (DAY - SECOND, 0, 2800),
        (SECOND, 0, 2800),
    ],
)
def test_each_tier_of_a_long_window_holds_to_the_second(
    stage: Stage, notice: timedelta, refund: int, kept: int
) -> None:
    set_rules(stage, longest_stay=5 * DAY)
    ada = stage.wallet(2800)
    ticket = ticket_for(stage, IN_A_MONTH, ada.proof)
    be_at(stage, IN_A_MONTH.from_ - notice)

    shown = cancel_price(stage, ticket.reservation_id)
    answer = cancel(stage, ticket.reservation_id)
    books = stage.books()

    assert shown == priced(refund, kept)
    assert answer == Cancelled(euro(refund))
    assert books.get(ada.account, 0) == refund
    assert {name: amount for name, amount in books.items() if "escrow" in name} == {}
    assert sum(books.values()) == 0
    assert stage.state(ticket.reservation_id) == "cancelled"


@pytest.mark.parametrize(("late", "refund"), [(-SECOND, 2800), (0 * SECOND, 0)])
def test_ten_minutes_of_regret_hold_to_the_second_even_for_a_window_of_tomorrow(
    stage: Stage, late: timedelta, refund: int
) -> None:
    set_rules(stage, longest_stay=5 * DAY)
    window = Window(NOON + timedelta(hours=12), NOON + timedelta(hours=60))
    ticket = ticket_for(stage, window, stage.wallet(2800).proof)
    be_at(stage, stage.now + timedelta(minutes=10) + late)

    assert cancel(stage, ticket.reservation_id) == Cancelled(euro(refund))


@pytest.mark.parametrize(("late", "refund"), [(-SECOND, 960), (0 * SECOND, 480)])
def test_a_window_of_a_day_is_cancelled_at_no_cost_until_the_very_second_it_begins(
    stage: Stage, ada: Wallet, late: timedelta, refund: int
) -> None:
    ticket = ticket_for(stage, hours(0, 4), ada.proof)
    be_at(stage, EVENING + late)

    assert cancel(stage, ticket.reservation_id) == Cancelled(euro(refund))


@pytest.mark.parametrize(("late", "refund"), [(-SECOND, 960), (0 * SECOND, 480)])
def test_a_walk_up_regrets_for_ten_minutes_and_then_pays_as_who_does_not_come(
    stage: Stage, ada: Wallet, late: timedelta, refund: int
) -> None:
    ticket = stage.ticket(ada.proof, minutes=240)
    be_at(stage, stage.now + timedelta(minutes=10) + late)

    assert cancel(stage, ticket.reservation_id) == Cancelled(euro(refund))


def test_a_window_of_24_hours_is_short_and_one_of_a_minute_more_is_long(stage: Stage) -> None:
    set_rules(stage, longest_stay=5 * DAY)
    tomorrow = EVENING + DAY / 2
    short = ticket_for(stage, Window(tomorrow, tomorrow + DAY), stage.wallet(5000).proof)
    longer = ticket_for(
        stage,
        Window(tomorrow, tomorrow + DAY + timedelta(minutes=1)),
        stage.wallet(5000).proof,
        plate="B AB 2",
        space_id=3,
    )
    be_at(stage, tomorrow - SECOND)

    assert cancel_price(stage, short.reservation_id) == priced(1400, 0)
    assert cancel_price(stage, longer.reservation_id) == priced(0, 1520)


def test_an_edge_that_passes_while_the_driver_reads_is_shown_before_anything_is_lost(
    stage: Stage,
) -> None:
    set_rules(stage, longest_stay=5 * DAY)
    ada = stage.wallet(2800)
    ticket = ticket_for(stage, IN_A_MONTH, ada.proof)
    be_at(stage, IN_A_MONTH.from_ - 14 * DAY)
    agreed = cancel_price(stage, ticket.reservation_id).refund
    be_at(stage, stage.now + SECOND)

    answer = stage.site.do(
        CancelReservation(actor=DRIVER, reservation_id=ticket.reservation_id, agreed_refund=agreed)
    )

    assert answer == priced(1400, 1400)
    assert stage.state(ticket.reservation_id) == "confirmed"
    assert stage.books()["escrow:1"] == 2800


def test_a_screen_that_is_left_gives_up_nothing_that_was_paid(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    answer = stage.site.do(CancelReservation(actor=DRIVER, reservation_id=ticket.reservation_id))

    assert answer == ReservationEnded(State.CONFIRMED)
    assert stage.state(ticket.reservation_id) == "confirmed"


def test_what_is_not_paid_yet_is_given_back_at_no_price(stage: Stage) -> None:
    reserved = reserve_for(stage, hours(0, 2))

    assert cancel_price(stage, reserved.reservation_id) == priced(0, 0)
    assert cancel(stage, reserved.reservation_id) == Cancelled()
    assert stage.state(reserved.reservation_id) == "cancelled"


def test_a_cancelled_space_is_idle_again_and_its_ticket_opens_nothing(
    stage: Stage, ada: Wallet
) -> None:
    before = stage.gaps()
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    cancelled_at = stage.now
    cancel(stage, ticket.reservation_id)
    gaps = stage.gaps()
    stage.site.car_to(ENTRY)

    stage.wait_until(EVENING)

    assert gaps == before
    assert stage.scan(ENTRY, ticket.text) == TicketRevoked(cancelled_at)


def test_a_card_gets_the_refund_from_its_provider(stage: Stage) -> None:
    ticket = ticket_for(stage, hours(0, 4), CARD)
    be_at(stage, EVENING)

    cancel(stage, ticket.reservation_id)
    stage.wait(seconds=3)

    assert stage.provider_counts() == (960, 480)
    assert stage.books()["psp:simulator"] == -480


def test_a_car_under_the_arm_is_not_cancelled_and_one_inside_has_begun(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    granted = stage.scan(ENTRY, ticket.text)
    under_the_arm = cancel(stage, ticket.reservation_id)
    stage.site.car_through(ENTRY, car)

    inside = stage.site.do(
        CancelReservation(
            actor=DRIVER, reservation_id=ticket.reservation_id, agreed_refund=euro(0)
        )
    )

    assert isinstance(granted, Granted)
    assert under_the_arm == LaneBusy()
    assert inside == ReservationEnded(State.ARRIVED)


def test_cancelling_forgets_a_change_that_waited_to_be_paid(stage: Stage, ada: Wallet) -> None:
    before = stage.gaps()
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3))

    cancel(stage, ticket.reservation_id)
    gaps = stage.gaps()
    stage.wait(minutes=11)

    assert gaps == before
    assert stage.state(ticket.reservation_id) == "cancelled"
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}


def test_a_long_window_is_not_made_short_to_be_cancelled_for_nothing(stage: Stage) -> None:
    set_rules(stage, longest_stay=5 * DAY)
    same_for_both = replace(
        simple_tariff("session", block_minutes=60, price_minor=200, cap_minor=1400),
        caps=(Cap(scope=CapScope.SESSION, price=Fraction(1400), restarts_blocks=False),),
    )
    with stage.site.core.store.transaction() as tx:
        tariff_id = tx.library.add_tariff(same_for_both)
    set_terms(stage, 1, OfferTerms(tariff_id=tariff_id))
    start = stage.now + 3 * DAY
    ticket = ticket_for(stage, Window(start, start + 30 * HOUR), stage.wallet(1400).proof)
    be_at(stage, start - HOUR)

    answer = change(stage, ticket.reservation_id, Window(start, start + 24 * HOUR))

    assert ticket.deposit == euro(1400)
    assert answer == ChangeRefused(ChangeProblem.CHEAPER_TOO_LATE)
