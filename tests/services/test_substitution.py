"""A driver comes and the space is occupied: another one as good in three taps, or the money."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.ids import ReservationId
from kiosk.domain.life_outcomes import (
    AskAttendant,
    Displaced,
    Moved,
    MoveRefused,
    NoSubstitute,
    SubstitutesFound,
)
from kiosk.domain.outcomes import (
    ExitCovered,
    Granted,
    ReservationEnded,
    SpaceJustTaken,
    TicketIssued,
)
from kiosk.domain.reservation import State
from kiosk.domain.space import CarNeeds, Misfit
from tests.fakes.stage import CARD, ENTRY, EXIT, Stage, Wallet, euro
from tests.services.moving import (
    accept,
    actions,
    assert_books_are_whole,
    assert_gaps_are_kept,
    close,
    fill,
    find,
    paid,
    rebuild,
    reopen,
    space_of,
    take,
)


def substitutes(stage: Stage, reservation_id: ReservationId) -> list[int]:
    found = find(stage, reservation_id)
    assert isinstance(found, SubstitutesFound), found
    return [space.id for space in found.substitutes]


# -- which ones


def test_spaces_of_the_same_area_come_first(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof, space_id=1)

    found = find(stage, ticket.reservation_id)

    assert isinstance(found, SubstitutesFound)
    assert found.instead_of == ticket.space
    assert [space.id for space in found.substitutes] == [3, 5]


def test_of_the_other_area_the_own_one_comes_first(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof, space_id=5)

    assert substitutes(stage, ticket.reservation_id) == [1, 3]


def test_the_best_fit_comes_first(stage: Stage, ada: Wallet) -> None:
    paid(stage, ada, starts_in=135, minutes=600, plate="B AB 3", space_id=3)
    ticket = stage.ticket(ada.proof, space_id=5)

    assert substitutes(stage, ticket.reservation_id) == [3, 1]


def test_a_space_of_a_lower_class_is_none(stage: Stage, ada: Wallet) -> None:
    rebuild(stage, 1, "is_covered", 1)
    rebuild(stage, 5, "is_covered", 1)
    ticket = stage.ticket(ada.proof, space_id=1)

    assert substitutes(stage, ticket.reservation_id) == [5]


def test_a_space_that_does_not_fit_the_car_is_none(stage: Stage, ada: Wallet) -> None:
    rebuild(stage, 3, "height_mm", 1900)
    ticket = paid(stage, ada, starts_in=0, needs=CarNeeds(height_mm=2000))

    assert substitutes(stage, ticket.reservation_id) == [5]


def test_a_car_inside_needs_only_the_rest_of_its_window(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof, minutes=240)
    stage.wait(minutes=20)
    paid(stage, ada, starts_in=240, plate="B AB 3", space_id=3, minutes=60)

    assert substitutes(stage, ticket.reservation_id) == [3, 5]


def test_there_is_none_when_all_are_taken(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = stage.ticket(ada.proof)

    assert find(stage, ticket.reservation_id) == NoSubstitute(ticket.reservation_id)


# -- taking one


def test_a_driver_who_waits_takes_another_space_at_the_same_price(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)

    moved = take(stage, ticket.reservation_id, 3)

    assert isinstance(moved, Moved)
    assert (moved.moved_from, moved.quote) == (ticket.space, euro(480))
    granted = stage.drive(ENTRY, ticket.text)
    assert isinstance(granted, Granted)
    assert granted.space.id == 3


def test_a_car_inside_takes_another_space_and_leaves_with_its_ticket(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=5)

    moved = take(stage, ticket.reservation_id, 5)
    stage.wait(minutes=30)
    left = stage.drive(EXIT, ticket.text)

    assert isinstance(moved, Moved)
    assert isinstance(left, ExitCovered)
    assert left.bill.space.id == 5
    assert_books_are_whole(stage)
    assert_gaps_are_kept(stage)


def test_a_space_that_somebody_took_meanwhile_is_just_taken(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    stage.inside(CARD, plate="X 3", space_id=3)

    assert take(stage, ticket.reservation_id, 3) == SpaceJustTaken()
    assert space_of(stage, ticket.reservation_id) == 1


def test_a_space_that_is_not_shared_now_is_not_to_be_had(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    assert take(stage, ticket.reservation_id, 2) == SpaceJustTaken()


def test_a_space_that_does_not_fit_is_refused_with_its_reason(stage: Stage, ada: Wallet) -> None:
    rebuild(stage, 3, "height_mm", 1900)
    ticket = paid(stage, ada, starts_in=0, needs=CarNeeds(height_mm=2000))

    refused = take(stage, ticket.reservation_id, 3)

    assert isinstance(refused, MoveRefused)
    assert refused.why is Misfit.TOO_LOW


def test_a_space_of_a_lower_class_and_the_own_one_are_refused(stage: Stage, ada: Wallet) -> None:
    rebuild(stage, 1, "is_covered", 1)
    ticket = stage.ticket(ada.proof)

    lower = take(stage, ticket.reservation_id, 3)
    own = take(stage, ticket.reservation_id, 1)

    assert isinstance(lower, MoveRefused)
    assert isinstance(own, MoveRefused)
    assert (lower.why, own.why) == (None, None)


def test_idle_time_that_is_out_of_date_gives_no_space_twice(stage: Stage, ada: Wallet) -> None:
    other = paid(stage, ada, starts_in=60, plate="B AB 3", space_id=3)
    ticket = stage.ticket(ada.proof)
    with stage.site.core.store.transaction() as tx:
        tx.library._session.run("DELETE FROM free_gap WHERE space_id = 3")
        tx.library._session.run(
            "INSERT INTO free_gap SELECT 3, t0, t1, notice_s, shortest_s, longest_s "
            "FROM free_gap WHERE space_id = 5"
        )

    assert take(stage, ticket.reservation_id, 3) == SpaceJustTaken()
    assert [space_of(stage, each.reservation_id) for each in (ticket, other)] == [1, 3]


# -- only on arrival


def test_long_before_the_start_a_driver_is_sent_to_the_attendant(
    stage: Stage, ada: Wallet
) -> None:
    ticket = paid(stage, ada, starts_in=16)
    ask = AskAttendant(ticket.reservation_id)

    answers = [
        find(stage, ticket.reservation_id),
        take(stage, ticket.reservation_id, 3),
        accept(stage, ticket.reservation_id),
    ]

    assert answers == [ask, ask, ask]
    stage.wait(minutes=1)  # the entrance opens 15 minutes before the start
    assert isinstance(find(stage, ticket.reservation_id), SubstitutesFound)


def test_half_an_hour_after_the_entry_a_driver_is_sent_to_the_attendant(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    entered_at = stage.stay(ticket.reservation_id).entered_at  # type: ignore[union-attr]

    stage.wait_until(entered_at + timedelta(minutes=30))
    in_time = find(stage, ticket.reservation_id)
    stage.wait(seconds=1)

    assert isinstance(in_time, SubstitutesFound)
    assert find(stage, ticket.reservation_id) == AskAttendant(ticket.reservation_id)
    assert isinstance(find(stage, ticket.reservation_id, with_kim=True), SubstitutesFound)


def test_after_the_booked_end_nobody_can_say_so(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=120)

    said = accept(stage, ticket.reservation_id, with_kim=True)

    assert said == AskAttendant(ticket.reservation_id)
    assert not stage.stay(ticket.reservation_id).is_displaced  # type: ignore[union-attr]


def test_a_car_under_the_arm_is_asked_to_come_in_first(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)

    said = accept(stage, ticket.reservation_id)
    stage.site.car_through(ENTRY, car)

    assert said == AskAttendant(ticket.reservation_id)
    assert stage.state(ticket.reservation_id) == "arrived"


def test_what_has_ended_or_is_not_paid_gets_no_substitute(stage: Stage, ada: Wallet) -> None:
    unpaid = stage.reserve().reservation_id
    ticket = stage.inside(ada.proof, plate="B AB 3", space_id=3)
    stage.drive(EXIT, ticket.text)

    assert find(stage, unpaid) == ReservationEnded(State.PENDING)
    assert take(stage, unpaid, 5) == ReservationEnded(State.PENDING)
    assert accept(stage, ticket.reservation_id) == ReservationEnded(State.LEFT)


# -- the money back


def test_while_there_is_a_substitute_nobody_is_displaced(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    assert isinstance(accept(stage, ticket.reservation_id), SubstitutesFound)
    assert stage.state(ticket.reservation_id) == "confirmed"


def test_a_driver_who_waits_gets_everything_back(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = stage.ticket(ada.proof)

    displaced = accept(stage, ticket.reservation_id)

    assert displaced == Displaced(ticket.reservation_id, euro(480))
    assert stage.state(ticket.reservation_id) == "displaced"
    assert stage.books()[ada.account] == 2000
    assert "reservation.displaced" in actions(stage, ticket.reservation_id)
    assert not isinstance(stage.drive(ENTRY, ticket.text), Granted)
    assert_gaps_are_kept(stage)


def test_a_car_inside_leaves_at_no_cost(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=10)

    displaced = accept(stage, ticket.reservation_id)
    again = accept(stage, ticket.reservation_id)
    stage.wait(minutes=10)
    left = stage.drive(EXIT, ticket.text)

    assert displaced == Displaced(ticket.reservation_id, euro(480))
    assert again == ReservationEnded(State.ARRIVED)
    assert isinstance(left, ExitCovered)
    assert left.bill.charge.total == euro(0)
    assert stage.books()[ada.account] == 2000
    assert stage.state(ticket.reservation_id) == "left"


def test_a_space_out_of_order_is_no_substitute(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3)
    close(stage, 5)
    ticket = stage.ticket(ada.proof)

    assert find(stage, ticket.reservation_id) == NoSubstitute(ticket.reservation_id)
    reopen(stage, 5)
    assert substitutes(stage, ticket.reservation_id) == [5]


# -- somebody is known to stand there


def test_the_late_car_on_the_space_is_blamed_for_a_substitute(stage: Stage, ada: Wallet) -> None:
    late, stranger, ticket = late_car_and_next(stage, ada)
    stage.drive(ENTRY, ticket.text)
    stage.drive(EXIT, stranger.text)

    moved = take(stage, ticket.reservation_id, 3)

    assert isinstance(moved, Moved)
    assert blamed(stage, ticket.reservation_id) == late.reservation_id


def test_the_late_car_on_the_space_is_blamed_when_there_is_none(stage: Stage, ada: Wallet) -> None:
    late, _, ticket = late_car_and_next(stage, ada)

    displaced = accept(stage, ticket.reservation_id)

    assert isinstance(displaced, Displaced)
    assert blamed(stage, ticket.reservation_id) == late.reservation_id


def test_nobody_is_blamed_where_nobody_is_late(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    take(stage, ticket.reservation_id, 3)

    assert blamed(stage, ticket.reservation_id) is None


def test_a_displaced_car_stands_elsewhere_and_is_not_blamed(stage: Stage, ada: Wallet) -> None:
    late, stranger, ticket = late_car_and_next(stage, ada)
    with stage.site.core.store.transaction() as tx:
        tx.reservations.displace_stay(late.reservation_id, at=stage.now)
    stage.drive(ENTRY, ticket.text)
    stage.drive(EXIT, stranger.text)

    take(stage, ticket.reservation_id, 3)

    assert blamed(stage, ticket.reservation_id) is None


def test_a_car_in_its_own_time_is_not_blamed(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    stage.inside(CARD, plate="X 1", minutes=60)
    ticket = paid(stage, ada, starts_in=80)

    displaced = accept(stage, ticket.reservation_id, with_kim=True)

    assert isinstance(displaced, Displaced)
    assert blamed(stage, ticket.reservation_id) is None


def late_car_and_next(
    stage: Stage, ada: Wallet
) -> tuple[TicketIssued, TicketIssued, TicketIssued]:
    """A late car on space 1, a stranger's on 3, and who comes early for space 1."""
    late = stage.inside(CARD, plate="X 1", minutes=60)
    stranger = stage.inside(CARD, plate="X 3", minutes=240, space_id=3)
    fill(stage, 5)
    ticket = paid(stage, ada, starts_in=80)
    stage.wait_until(ticket.window.from_ - timedelta(minutes=10))
    return late, stranger, ticket


def blamed(stage: Stage, reservation_id: int) -> int | None:
    ((late_id,),) = stage.sql(f"SELECT displaced_by FROM reservation WHERE id = {reservation_id}")
    return late_id
