"""A car stands on another space than the reserved one: accepted where that can be had."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.ids import AttendantId, SpaceId
from kiosk.domain.life_outcomes import ChangeKept, Moved, MoveRefused
from kiosk.domain.offer import OfferState
from kiosk.domain.outcomes import ExitCovered, ExitDue, Granted, NotSignedIn, ReservationEnded
from kiosk.domain.reservation import State
from kiosk.domain.space import CarNeeds, Misfit
from kiosk.domain.time import Window
from kiosk.services.life_commands import ChangeReservation, ReportWrongSpace
from tests.fakes.stage import CARD, DRIVER, ENTRY, EXIT, KIM, Stage, Wallet, euro
from tests.fakes.tariffs import simple_tariff
from tests.services.moving import (
    HOUR,
    accept,
    actions,
    assert_books_are_whole,
    assert_gaps_are_kept,
    close,
    fill,
    paid,
    pending,
    rebuild,
    report_wrong,
    space_of,
)


def dear(stage: Stage, *, price_minor: int = 200, maximum_stay_minutes: int | None = None) -> None:
    """The area of space 5 has a tariff of its own from now on."""
    with stage.site.core.store.transaction() as tx:
        tariff = simple_tariff(
            "dear",
            block_minutes=30,
            price_minor=price_minor,
            cap_minor=9000,
        )
        tariff = replace(tariff, maximum_stay_minutes=maximum_stay_minutes)
        area_id = next(area.id for area in tx.library.areas() if area.code == "B")
        tx.library.set_tariff(area_id, tx.library.add_tariff(tariff))


def test_the_car_may_stand_where_it_stands(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    moved = report_wrong(stage, ticket.reservation_id, 3)

    assert isinstance(moved, Moved)
    assert (moved.ticket.space.id, moved.moved_from.id, moved.quote) == (3, 1, euro(480))
    assert_gaps_are_kept(stage)


def test_a_dearer_space_costs_its_own_price_at_the_exit(stage: Stage, ada: Wallet) -> None:
    dear(stage)
    ticket = stage.inside(ada.proof)

    moved = report_wrong(stage, ticket.reservation_id, 5)
    stage.wait(minutes=100)
    due = stage.drive(EXIT, ticket.text)
    left = stage.pay_due(ticket.reservation_id, ada.proof)

    assert isinstance(moved, Moved)
    assert moved.quote == euro(800)
    assert isinstance(due, ExitDue)
    assert due.bill.due == euro(320)
    assert isinstance(left, ExitCovered)
    assert stage.books()[ada.account] == 1200
    assert "reservation.repriced" in actions(stage, ticket.reservation_id)
    assert_books_are_whole(stage)


def test_a_cheaper_space_gives_the_difference_back_only_at_the_exit(
    stage: Stage, ada: Wallet
) -> None:
    dear(stage, price_minor=50)
    ticket = stage.inside(ada.proof)

    moved = report_wrong(stage, ticket.reservation_id, 5)
    before = stage.books()[ada.account]
    stage.wait(minutes=115)
    stage.drive(EXIT, ticket.text)

    assert isinstance(moved, Moved)
    assert moved.quote == euro(200)
    assert before == 1520
    assert stage.books()[ada.account] == 1800
    assert_books_are_whole(stage)


def test_who_had_reserved_it_is_seated_elsewhere_first(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    other = paid(stage, ada, starts_in=60, space_id=3)

    moved = report_wrong(stage, ticket.reservation_id, 3)

    assert isinstance(moved, Moved)
    assert space_of(stage, other.reservation_id) == 5
    assert "reservation.moved" in actions(stage, other.reservation_id)
    assert_gaps_are_kept(stage)


def test_two_change_places_when_nothing_else_is_idle(stage: Stage, ada: Wallet) -> None:
    fill(stage, 5)
    ticket = stage.inside(ada.proof)
    other = paid(stage, ada, starts_in=60, space_id=3)

    moved = report_wrong(stage, ticket.reservation_id, 3)

    assert isinstance(moved, Moved)
    assert [space_of(stage, each.reservation_id) for each in (ticket, other)] == [3, 1]
    assert stage.sql("SELECT reservation_id, from_space_id, to_space_id FROM move") == [
        (ticket.reservation_id, 1, 3),
        (other.reservation_id, 3, 1),
    ]
    assert_gaps_are_kept(stage)


def test_who_cannot_step_aside_for_a_moment_does_not_change_places(
    stage: Stage, ada: Wallet
) -> None:
    stage.wait(minutes=215)  # every space of the site is shared in the evening
    fill(stage, 2, 4, 5)
    ticket = stage.inside(ada.proof)
    other = paid(stage, ada, starts_in=60, space_id=3)

    refused = report_wrong(stage, ticket.reservation_id, 3)

    assert isinstance(refused, MoveRefused)
    assert [space_of(stage, each.reservation_id) for each in (ticket, other)] == [1, 3]


def test_a_space_that_is_shared_no_more_is_not_changed_for(stage: Stage, ada: Wallet) -> None:
    fill(stage, 5)
    ticket = stage.inside(ada.proof)
    other = paid(stage, ada, starts_in=60, space_id=3)
    with stage.site.core.store.transaction() as tx:
        offer = tx.library.offer_in_force(SpaceId(1))
        assert offer is not None
        tx.library.set_offer_state(offer.id, OfferState.WITHDRAWN)

    refused = report_wrong(stage, ticket.reservation_id, 3)

    assert isinstance(refused, MoveRefused)
    assert space_of(stage, other.reservation_id) == 3


def test_nobody_is_sent_to_a_space_on_which_a_late_car_stands(stage: Stage, ada: Wallet) -> None:
    stage.inside(CARD, plate="X 1", minutes=60)
    fill(stage, 5)
    ticket = paid(stage, ada, starts_in=80)
    other = paid(stage, ada, starts_in=85, space_id=3, plate="B AB 3")
    stage.wait(minutes=70)
    stage.drive(ENTRY, ticket.text)

    refused = report_wrong(stage, ticket.reservation_id, 3)

    assert isinstance(refused, MoveRefused)
    assert [space_of(stage, each.reservation_id) for each in (ticket, other)] == [1, 3]


def test_when_one_of_the_others_cannot_be_seated_nothing_is_moved(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    fill(stage, 5)
    stage.top_up(ada.pass_code, 5000)
    first = paid(stage, ada, starts_in=60, space_id=3, minutes=40)
    rest = paid(stage, ada, starts_in=140, space_id=1, minutes=240, plate="B AB 3")
    last = paid(stage, ada, starts_in=125, space_id=3, minutes=240, plate="B AB 4")
    before = stage.gaps()

    refused = report_wrong(stage, ticket.reservation_id, 3)

    assert isinstance(refused, MoveRefused)
    moved = [space_of(stage, each.reservation_id) for each in (ticket, first, rest, last)]
    assert moved == [1, 3, 1, 3]
    assert stage.gaps() == before
    assert stage.sql("SELECT * FROM move") == []


def test_who_comes_within_the_buffer_after_the_end_is_seated_elsewhere_too(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    near = paid(stage, ada, starts_in=130, space_id=3)

    moved = report_wrong(stage, ticket.reservation_id, 3)

    assert isinstance(moved, Moved)
    assert space_of(stage, near.reservation_id) == 5


def test_who_has_not_paid_yet_is_seated_elsewhere_too(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    other = pending(stage, starts_in=60, space_id=3)

    report_wrong(stage, ticket.reservation_id, 3)

    assert space_of(stage, other.reservation_id) == 5
    assert stage.state(other.reservation_id) == "pending"


def test_a_space_with_another_car_is_refused(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3)
    ticket = stage.inside(ada.proof)

    assert isinstance(report_wrong(stage, ticket.reservation_id, 3), MoveRefused)


def test_a_change_onto_it_that_was_not_paid_yet_is_forgotten(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    other = paid(stage, ada, starts_in=60, space_id=5)
    kept = stage.site.do(
        ChangeReservation(
            actor=DRIVER,
            lane=ENTRY,
            reservation_id=other.reservation_id,
            space_id=SpaceId(3),
            window=Window(other.window.from_, other.window.until + HOUR),
        )
    )
    assert isinstance(kept, ChangeKept)

    moved = report_wrong(stage, ticket.reservation_id, 3)

    assert isinstance(moved, Moved)
    assert stage.sql("SELECT * FROM change") == []
    assert space_of(stage, other.reservation_id) == 5
    assert_gaps_are_kept(stage)


def test_a_space_with_a_car_that_has_paid_and_not_left_is_refused(
    stage: Stage, ada: Wallet
) -> None:
    other = stage.inside(CARD, plate="L 3", minutes=60, space_id=3)
    ticket = stage.inside(ada.proof, minutes=240)
    stage.wait(minutes=70)
    stage.site.car_to(EXIT)
    assert isinstance(stage.scan(EXIT, other.text), ExitCovered)
    stage.wait(minutes=10)

    assert isinstance(report_wrong(stage, ticket.reservation_id, 3), MoveRefused)


def test_a_space_to_which_a_car_is_on_its_way_is_refused(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    other = paid(stage, ada, starts_in=0, space_id=3)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, other.text)

    refused = report_wrong(stage, ticket.reservation_id, 3)
    stage.site.car_through(ENTRY, car)

    assert isinstance(refused, MoveRefused)
    assert stage.state(other.reservation_id) == "arrived"


def test_a_space_that_is_not_shared_or_out_of_order_is_refused(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    close(stage, 3)

    assert isinstance(report_wrong(stage, ticket.reservation_id, 2), MoveRefused)
    assert isinstance(report_wrong(stage, ticket.reservation_id, 3), MoveRefused)


def test_the_owner_s_notice_does_not_send_a_car_away_that_stands_there(
    stage: Stage, ada: Wallet
) -> None:
    with stage.site.core.store.transaction() as tx:
        tx.library._session.run("UPDATE free_gap SET notice_s = 7200 WHERE space_id = 3")
    ticket = stage.inside(ada.proof)

    assert isinstance(report_wrong(stage, ticket.reservation_id, 3), Moved)


def test_a_space_that_does_not_fit_is_refused_with_its_reason(stage: Stage, ada: Wallet) -> None:
    rebuild(stage, 3, "height_mm", 1900)
    ticket = paid(stage, ada, starts_in=0, needs=CarNeeds(height_mm=2000))
    stage.drive(ENTRY, ticket.text)

    refused = report_wrong(stage, ticket.reservation_id, 3)

    assert isinstance(refused, MoveRefused)
    assert refused.why is Misfit.TOO_LOW


def test_the_own_space_is_no_wrong_one(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    assert isinstance(report_wrong(stage, ticket.reservation_id, 1), MoveRefused)


def test_after_the_booked_end_nothing_is_accepted(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=120)

    assert isinstance(report_wrong(stage, ticket.reservation_id, 3), MoveRefused)


def test_only_a_car_inside_stands_anywhere(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    assert report_wrong(stage, ticket.reservation_id, 3) == ReservationEnded(State.CONFIRMED)


def test_who_is_not_signed_in_moves_nothing(stage: Stage, ada: Wallet) -> None:
    dear(stage)
    ticket = stage.inside(ada.proof)
    before = stage.reservation(ticket.reservation_id)

    outcome = stage.site.do(
        ReportWrongSpace(
            actor=KIM,
            attendant_id=AttendantId(99),
            reservation_id=ticket.reservation_id,
            space_id=SpaceId(5),
        )
    )

    assert outcome == NotSignedIn()
    assert stage.reservation(ticket.reservation_id) == before


def test_a_displaced_car_that_leaves_at_no_cost_takes_no_other_space(
    stage: Stage, ada: Wallet
) -> None:
    fill(stage, 3, 5)
    ticket = stage.inside(ada.proof)
    accept(stage, ticket.reservation_id)

    assert report_wrong(stage, ticket.reservation_id, 5) == ReservationEnded(State.ARRIVED)


def test_a_space_whose_tariff_has_no_price_is_refused(stage: Stage, ada: Wallet) -> None:
    dear(stage, maximum_stay_minutes=60)
    ticket = stage.inside(ada.proof)

    assert isinstance(report_wrong(stage, ticket.reservation_id, 5), MoveRefused)
    assert space_of(stage, ticket.reservation_id) == 1


def test_a_stay_that_was_settled_before_keeps_its_price(stage: Stage, ada: Wallet) -> None:
    dear(stage)
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=30)
    stage.drive(EXIT, ticket.text)
    stage.wait(minutes=10)
    again = stage.drive(ENTRY, ticket.text)
    assert isinstance(again, Granted)

    moved = report_wrong(stage, ticket.reservation_id, 5)
    stage.wait(minutes=10)
    left = stage.drive(EXIT, ticket.text)

    assert isinstance(moved, Moved)
    assert moved.quote == euro(480)
    assert isinstance(left, ExitCovered)
    assert_books_are_whole(stage)
