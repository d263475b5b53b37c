"""A car inside stays longer: before its end, up to the next commitment, for the difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.domain.life_outcomes import (
    Changed,
    ChangeKept,
    ChangeProblem,
    ChangeRefused,
    TicketShown,
)
from kiosk.domain.offer import OfferTerms
from kiosk.domain.outcomes import ExitCovered, Granted, ReservationEnded, TicketIssued
from kiosk.domain.reservation import DueKind, State
from kiosk.domain.search_outcomes import WindowRefused
from kiosk.domain.time import Window
from tests.fakes.planned import (
    EVENING,
    change,
    kept,
    pay_change,
    reserve_for,
    sell_by,
    set_rules,
    set_terms,
    ticket_for,
)
from tests.fakes.stage import CARD, ENTRY, EXIT, Stage, Wallet, euro
from tests.fakes.tariffs import simple_tariff

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
OWN = simple_tariff("own", block_minutes=30, price_minor=100, cap_minor=9000)


def longer(ticket: TicketIssued, *, minutes: int) -> Window:
    """The booked window and so many minutes more."""
    return Window(ticket.window.from_, ticket.window.until + minutes * MINUTE)


@pytest.mark.parametrize(("minutes", "is_possible"), [(105, True), (106, False)])
def test_a_stay_is_extended_to_the_next_reservation_minus_the_buffer_to_the_minute(
    stage: Stage, ada: Wallet, minutes: int, is_possible: bool
) -> None:
    ticket = stage.inside(ada.proof)
    until = ticket.window.until
    reserve_for(stage, Window(until + 120 * MINUTE, until + 180 * MINUTE), plate="B AB 2")

    answer = change(stage, ticket.reservation_id, longer(ticket, minutes=minutes))

    refused = ChangeRefused(ChangeProblem.SPACE_TAKEN, until + 105 * MINUTE)
    assert isinstance(answer, ChangeKept) if is_possible else answer == refused


def test_a_stay_is_extended_to_the_end_of_what_the_owner_shares(stage: Stage, ada: Wallet) -> None:
    stage.wait_until(EVENING)
    ticket = stage.inside(ada.proof, minutes=840, space_id=2)  # shared until 08:00

    answer = change(stage, ticket.reservation_id, longer(ticket, minutes=60))

    assert isinstance(answer, ChangeRefused)
    assert answer.latest_until == EVENING + timedelta(hours=14)


def test_nothing_can_be_added_where_the_next_one_comes_right_after_the_buffer(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    until = ticket.window.until
    reserve_for(stage, Window(until + 15 * MINUTE, until + 75 * MINUTE), plate="B AB 2")

    answer = change(stage, ticket.reservation_id, longer(ticket, minutes=1))

    assert answer == ChangeRefused(ChangeProblem.SPACE_TAKEN, until)


def test_an_extension_is_paid_to_the_cent_and_the_ticket_in_hand_stays_good(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)

    waits = kept(stage, ticket.reservation_id, longer(ticket, minutes=60))
    paid = pay_change(stage, ticket.reservation_id, ada.proof)
    assert isinstance(paid, Changed)
    out = stage.drive(EXIT, ticket.text, at=longer(ticket, minutes=60).until)

    assert waits.difference == euro(240)
    assert paid.ticket.text != ticket.text
    assert isinstance(out, ExitCovered)
    assert out.bill.charge.total == euro(720)
    assert out.bill.refund == out.bill.due == euro(0)
    assert stage.state(ticket.reservation_id) == "left"


def test_the_new_ticket_of_an_extension_opens_the_exit_too(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    kept(stage, ticket.reservation_id, longer(ticket, minutes=60))
    paid = pay_change(stage, ticket.reservation_id, ada.proof)
    assert isinstance(paid, Changed)

    out = stage.drive(EXIT, paid.ticket.text, at=ticket.window.until + 10 * MINUTE)

    assert isinstance(out, ExitCovered)
    assert out.bill.refund == euro(120)


def test_only_the_end_of_a_car_inside_can_be_moved_and_only_later(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    booked = ticket.window
    refused = ChangeRefused(ChangeProblem.ONLY_LATER_END)

    answers = [
        change(stage, ticket.reservation_id, Window(booked.from_, booked.until - MINUTE)),
        change(stage, ticket.reservation_id, booked),
        change(
            stage,
            ticket.reservation_id,
            Window(booked.from_ + MINUTE, booked.until + 60 * MINUTE),
        ),
        change(stage, ticket.reservation_id, longer(ticket, minutes=60), space_id=3),
    ]

    assert answers == [refused] * 4


@pytest.mark.parametrize(("late", "is_possible"), [(-SECOND, True), (0 * SECOND, False)])
def test_the_end_is_moved_only_before_it_has_come(
    stage: Stage, ada: Wallet, late: timedelta, is_possible: bool
) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait_until(ticket.window.until + late)

    answer = change(stage, ticket.reservation_id, longer(ticket, minutes=60))

    refused = ChangeRefused(ChangeProblem.END_IS_OVER)
    assert isinstance(answer, ChangeKept) if is_possible else answer == refused


def test_an_extension_is_paid_before_the_booked_end_or_not_at_all(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait_until(ticket.window.until - 3 * MINUTE)
    waits = kept(stage, ticket.reservation_id, longer(ticket, minutes=60))
    stage.wait_until(ticket.window.until)
    before = stage.books()

    answer = pay_change(stage, ticket.reservation_id, ada.proof)

    assert waits.pay_until == ticket.window.until
    assert answer == ReservationEnded(State.ARRIVED)
    assert stage.books() == before
    assert stage.sql("SELECT count(*) FROM change") == [(0,)]


def test_lateness_counts_from_the_extended_end(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    kept(stage, ticket.reservation_id, longer(ticket, minutes=60))
    pay_change(stage, ticket.reservation_id, ada.proof)

    with stage.site.core.store.reading() as tx:
        dues = tx.dues.of_reservation(ticket.reservation_id)

    end = longer(ticket, minutes=60).until
    assert [(due.kind, due.at) for due in dues] == [(DueKind.STAY_RUNS_LATE, end)]


def test_the_longest_stay_of_site_and_offer_hold_for_an_extended_stay(
    stage: Stage, ada: Wallet
) -> None:
    set_terms(stage, 3, OfferTerms(longest=timedelta(hours=3)))
    ticket = stage.inside(ada.proof)
    other = stage.inside(ada.proof, plate="B AB 2", space_id=3)

    answers = [
        change(stage, ticket.reservation_id, longer(ticket, minutes=22 * 60)),
        change(stage, ticket.reservation_id, longer(ticket, minutes=22 * 60 + 1)),
        change(stage, other.reservation_id, longer(other, minutes=60)),
        change(stage, other.reservation_id, longer(other, minutes=61)),
    ]

    assert isinstance(answers[0], ChangeKept)
    assert answers[1] == WindowRefused(30, 1440)
    assert isinstance(answers[2], ChangeKept)
    assert answers[3] == WindowRefused(30, 180)


def test_up_to_the_cap_of_the_day_more_time_is_paid_and_beyond_it_is_free(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof, minutes=300)

    waits = kept(stage, ticket.reservation_id, longer(ticket, minutes=120))
    pay_change(stage, ticket.reservation_id, ada.proof)
    free = change(stage, ticket.reservation_id, longer(ticket, minutes=600))

    assert waits.difference == euro(200)
    assert isinstance(free, Changed)
    assert (free.quote, free.refund) == (euro(1400), euro(0))


def test_a_car_under_the_arm_of_the_entrance_is_a_car_inside(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    granted = stage.scan(ENTRY, ticket.text)
    moved = change(stage, ticket.reservation_id, ticket.window, space_id=3)
    kept(stage, ticket.reservation_id, longer(ticket, minutes=60))
    paid = pay_change(stage, ticket.reservation_id, ada.proof)

    stage.site.car_through(ENTRY, car)
    out = stage.drive(EXIT, ticket.text, at=longer(ticket, minutes=30).until)

    assert isinstance(granted, Granted)
    assert moved == ChangeRefused(ChangeProblem.ONLY_LATER_END)
    assert isinstance(paid, Changed)
    assert isinstance(out, ExitCovered)


def test_a_driver_who_came_in_meanwhile_pays_for_no_other_window(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    tomorrow = Window(
        ticket.window.from_ + timedelta(days=1),
        ticket.window.until + timedelta(days=1, hours=1),
    )
    kept(stage, ticket.reservation_id, tomorrow)
    stage.drive(ENTRY, ticket.text)
    before = stage.books()

    answer = pay_change(stage, ticket.reservation_id, ada.proof)

    assert answer == ReservationEnded(State.ARRIVED)
    assert stage.books() == before
    assert stage.reservation(ticket.reservation_id).window == ticket.window


def test_a_settled_car_and_one_that_has_left_are_not_extended(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.scan(EXIT, ticket.text)
    settled = change(stage, ticket.reservation_id, longer(ticket, minutes=60))
    stage.site.car_through(EXIT, car)

    left = change(stage, ticket.reservation_id, longer(ticket, minutes=60))

    assert settled == left == ChangeRefused(ChangeProblem.STATE)


def test_a_space_on_which_somebody_stands_too_long_is_not_to_be_had(
    stage: Stage, ada: Wallet
) -> None:
    late = stage.inside(CARD, minutes=30, plate="B AB 2", space_id=3)
    ticket = ticket_for(
        stage, Window(late.window.until + 90 * MINUTE, late.window.until + 150 * MINUTE), ada.proof
    )
    before = change(stage, ticket.reservation_id, ticket.window, space_id=3)
    change(stage, ticket.reservation_id, ticket.window, space_id=1)
    stage.wait_until(late.window.until)

    after = change(stage, ticket.reservation_id, ticket.window, space_id=3)

    assert isinstance(before, Changed)
    assert after == ChangeRefused(ChangeProblem.SPACE_TAKEN)


def latest(stage: Stage, ticket: TicketIssued) -> datetime | None:
    """What the driver is told before asking."""
    shown = stage.show_ticket(ticket.short_code)
    assert isinstance(shown, TicketShown), shown
    return shown.latest_until


@pytest.mark.parametrize("limit", ["site", "offer", "tariff", "next", "own car", "ahead"])
def test_the_latest_end_that_is_told_can_be_had_and_no_minute_more(
    stage: Stage, ada: Wallet, limit: str
) -> None:
    if limit == "tariff":
        sell_by(stage, 1, replace(OWN, maximum_stay_minutes=150))
    ticket = stage.inside(ada.proof, space_id=1)
    until = ticket.window.until
    later = Window(until + 120 * MINUTE, until + 180 * MINUTE)
    match limit:
        case "site":
            expected = ticket.window.from_ + timedelta(hours=24)
        case "offer":
            set_terms(stage, 1, OfferTerms(longest=timedelta(hours=3)))
            expected = ticket.window.from_ + timedelta(hours=3)
        case "tariff":
            expected = ticket.window.from_ + timedelta(hours=2.5)
        case "next":
            reserve_for(stage, later, plate="B AB 2")
            expected = later.from_ - 15 * MINUTE
        case "own car":
            ticket_for(stage, later, ada.proof, space_id=3)  # the same plate
            expected = later.from_
        case _:
            set_rules(stage, booking_ahead=timedelta(hours=5))
            expected = stage.now + timedelta(hours=5)

    told = latest(stage, ticket)
    one_more = change(stage, ticket.reservation_id, Window(ticket.window.from_, expected + MINUTE))
    had = change(stage, ticket.reservation_id, Window(ticket.window.from_, expected))

    assert told == expected
    assert not isinstance(one_more, Changed | ChangeKept)
    assert isinstance(had, Changed | ChangeKept)


def test_no_latest_end_is_told_where_the_tariff_does_not_price_all_time(
    stage: Stage, ada: Wallet
) -> None:
    (band,) = OWN.bands
    day = replace(band, from_minute=8 * 60, until_minute=20 * 60)
    night = replace(
        band,
        name="Night",
        from_minute=20 * 60,
        until_minute=32 * 60,
        rows=(),
        unstated="no prices",
    )
    sell_by(stage, 1, replace(OWN, bands=(day, night)))
    ticket = stage.inside(ada.proof, space_id=1)

    assert latest(stage, ticket) is None
    assert isinstance(change(stage, ticket.reservation_id, longer(ticket, minutes=60)), ChangeKept)


def test_no_latest_end_is_told_of_a_car_that_is_not_inside(stage: Stage, ada: Wallet) -> None:
    assert latest(stage, stage.ticket(ada.proof)) is None


def test_the_booked_end_is_the_latest_one_of_a_stay_that_cannot_be_extended(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof, space_id=1)
    set_terms(stage, 1, OfferTerms(notice=timedelta(hours=3)))
    assert latest(stage, ticket) == ticket.window.until
