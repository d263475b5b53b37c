"""Who may come in again, until when and onto which space, and what becomes of who does not."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.ids import SpaceId
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    NoCarInLane,
    TicketExpired,
    TicketNotInside,
    TicketUsed,
)
from kiosk.domain.reservation import DueKind
from kiosk.services.library import renew_space
from tests.fakes.stage import (
    ENTRY,
    EXIT,
    Stage,
    Wallet,
)
from tests.services.coming_back import HOUR, back_in, left_at, out_at, report_inside

# When -----------------------------------------------------------------------------------------


def test_the_last_second_of_the_time_of_re_entry_still_opens(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)

    back_in(stage, ticket, at=left_at(stage, ticket) + HOUR)


def test_a_second_later_the_ticket_is_over(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    entered_at = stage.now
    out_at(stage, ticket, 10)

    outcome = stage.drive(
        ENTRY, ticket.text, at=left_at(stage, ticket) + HOUR + timedelta(seconds=1)
    )

    assert isinstance(outcome, TicketUsed)
    assert outcome.used_at < entered_at + timedelta(minutes=1)
    assert stage.state(ticket.reservation_id) == "left"


def test_at_the_booked_end_nobody_comes_back(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof, minutes=60)
    out_at(stage, ticket, 50)

    outcome = stage.drive(ENTRY, ticket.text, at=ticket.window.until)

    assert isinstance(outcome, TicketUsed)


def test_on_foot_nobody_comes_back(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)

    outcome = stage.scan(ENTRY, ticket.text)

    assert outcome == NoCarInLane()
    assert stage.state(ticket.reservation_id) == "left"


def test_a_displaced_car_that_left_at_no_cost_has_no_right_to_come_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    with stage.site.core.store.transaction() as tx:
        tx.reservations.displace_stay(ticket.reservation_id, at=stage.now)
    out_at(stage, ticket, 10)

    outcome = stage.drive(ENTRY, ticket.text)

    assert isinstance(outcome, TicketUsed)


# Which space ----------------------------------------------------------------------------------


def test_who_comes_back_keeps_the_space_from_others_again(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    idle_meanwhile = stage.idle_spaces()

    back_in(stage, ticket)

    assert 1 in idle_meanwhile
    assert stage.idle_spaces() == idle_meanwhile - {1}
    assert_gaps_are_right(stage)


def assert_gaps_are_right(stage: Stage) -> None:
    before = stage.gaps()
    with stage.site.core.store.transaction() as tx:
        for space in tx.library.spaces():
            renew_space(stage.site.core, tx, space.id)
    assert stage.gaps() == before


def test_when_the_space_is_taken_the_car_gets_another_one_as_good(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    stage.wait(minutes=15)
    stage.inside(ada.proof, plate="B AB 2", minutes=60)

    granted = back_in(stage, ticket)

    reservation = stage.reservation(ticket.reservation_id)
    assert (granted.space.id, reservation.space_id) == (SpaceId(3), SpaceId(3))
    assert stage.sql("SELECT reservation_id, from_space_id, to_space_id FROM move") == [
        (ticket.reservation_id, 1, 3)
    ]
    out = stage.drive(EXIT, ticket.text, at=stage.now + timedelta(minutes=1))
    assert isinstance(out, ExitCovered | ExitDue)
    assert stage.wrong() == []


def test_when_nothing_as_good_is_idle_the_ticket_has_ended(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    stage.wait(minutes=15)
    rich = stage.wallet(10_000, name="Eve")
    stage.inside(rich.proof, plate="B AB 2", space_id=1)
    stage.inside(rich.proof, plate="B AB 3", space_id=3)
    stage.inside(rich.proof, plate="B AB 5", space_id=5)

    outcome = stage.drive(ENTRY, ticket.text)

    assert outcome == TicketExpired(left_at(stage, ticket))
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.wrong() == []


def test_a_car_that_stands_too_long_on_the_space_is_not_parked_upon(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof, minutes=180)
    out_at(stage, ticket, 70)
    stage.inside(ada.proof, plate="B AB 2", minutes=30)
    stage.wait(minutes=50)

    granted = back_in(stage, ticket)

    assert granted.space.id == SpaceId(3)


def test_a_car_that_was_settled_and_still_stands_there_is_not_parked_upon(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof, minutes=180)
    out_at(stage, ticket, 70)
    other = stage.inside(ada.proof, plate="B AB 2", minutes=30)
    car = stage.site.car_to(EXIT)
    stage.scan(EXIT, other.text)
    stage.back_out(EXIT, car)
    stage.wait(minutes=50)

    granted = back_in(stage, ticket)

    assert stage.state(other.reservation_id) == "settled"
    assert granted.space.id == SpaceId(3)


def test_a_space_of_a_lower_class_is_not_given_instead(stage: Stage) -> None:
    stage.sql("UPDATE space SET has_charger = 1 WHERE id IN (1, 5)")
    stage.restart()
    ada = stage.wallet()
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    stage.wait(minutes=15)
    stage.inside(ada.proof, plate="B AB 2", minutes=60)

    granted = back_in(stage, ticket)

    assert granted.space.id == SpaceId(5)


def test_who_has_kept_the_space_and_not_come_is_no_neighbour_in_one_window(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof, minutes=240)
    out_at(stage, ticket, 100)
    stage.ticket(ada.proof, plate="B AB 2", minutes=30)
    stage.ticket(ada.proof, plate="B AB 3", minutes=30, space_id=3)
    stage.site.clock.passed_s += 59 * 60  # nothing that is due since has been done yet

    granted = back_in(stage, ticket)

    assert granted.space.id == SpaceId(5)


# Not after all --------------------------------------------------------------------------------


def test_who_backs_out_may_try_again_with_the_same_ticket(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    stage.back_out(ENTRY, car)

    back_in(stage, ticket)

    assert stage.state(ticket.reservation_id) == "arrived"


def test_who_does_not_drive_in_after_all_has_left_and_pays_no_fee(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    first_left_at, books, idle = left_at(stage, ticket), stage.books(), stage.idle_spaces()
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    stage.back_out(ENTRY, car)
    confirmed = stage.state(ticket.reservation_id)
    stage.wait(minutes=25)

    assert confirmed == "confirmed"
    assert stage.state(ticket.reservation_id) == "left"
    assert left_at(stage, ticket) == first_left_at
    assert stage.books() == books
    assert stage.idle_spaces() == idle
    assert stage.sql("SELECT count(*) FROM due") == [(0,)]
    assert stage.wrong() == []


def test_who_stayed_away_may_still_come_within_the_hour(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    stage.back_out(ENTRY, car)
    stage.wait(minutes=26)
    stayed_away = stage.state(ticket.reservation_id)

    back_in(stage, ticket)

    assert stayed_away == "left"
    assert stage.state(ticket.reservation_id) == "arrived"


def test_a_car_let_in_again_and_not_seen_to_pass_is_not_inside(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)

    outcome = stage.drive(EXIT, ticket.text)

    assert outcome == TicketNotInside()


def test_an_attendant_who_has_seen_the_car_come_back_says_so(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)

    report_inside(stage, ticket)

    stay = stage.stay(ticket.reservation_id)
    assert stage.state(ticket.reservation_id) == "arrived"
    assert stay is not None
    assert stay.re_entered_at is not None


def test_time_to_come_back_is_a_due_of_its_own(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)

    with stage.site.core.store.reading() as tx:
        dues = tx.dues.of_reservation(ticket.reservation_id)

    assert [(due.kind, due.at) for due in dues] == [
        (DueKind.START_MISSED, stage.now + timedelta(minutes=25))
    ]
