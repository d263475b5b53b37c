"""A space is out of order: whoever had reserved it is told before anyone arrives."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain.ids import AttendantId, SpaceId
from kiosk.domain.life_outcomes import ChangeKept, SpaceClosed, SpaceReopened, WindowInThePast
from kiosk.domain.outcomes import ExitCovered, NotSignedIn, ReasonMissing
from kiosk.domain.time import Window
from kiosk.services.commands import ShowDesk
from kiosk.services.events import SiteChanged
from kiosk.services.life_commands import ChangeReservation, CloseSpace, ReopenSpace
from kiosk.services.views import SpaceUse
from tests.fakes.stage import CARD, DRIVER, ENTRY, EXIT, KIM, Stage, Wallet, euro
from tests.services.moving import (
    HOUR,
    assert_books_are_whole,
    assert_gaps_are_kept,
    close,
    fill,
    hours,
    idle_for,
    paid,
    pending,
    reopen,
    space_of,
)


def test_nobody_gets_a_closed_space_until_it_is_in_order(stage: Stage) -> None:
    close(stage, 1, hours=2)

    assert idle_for(stage, hours(stage, 0, 1)) == {3, 5}
    assert idle_for(stage, hours(stage, 1.5, 2.5)) == {3, 5}
    assert idle_for(stage, hours(stage, 2, 3)) == {1, 3, 5}
    assert_gaps_are_kept(stage)


def test_who_had_reserved_it_gets_another_one(stage: Stage, ada: Wallet) -> None:
    stage.top_up(ada.pass_code, 5000)
    first = paid(stage, ada, starts_in=60)
    second = paid(stage, ada, starts_in=180, plate="B AB 3")
    unpaid = pending(stage, starts_in=300, plate="B AB 4")

    closed = close(stage, 1)

    assert isinstance(closed, SpaceClosed)
    assert [each.ticket.reservation_id for each in closed.reseated.moved] == [
        first.reservation_id,
        second.reservation_id,
        unpaid.reservation_id,
    ]
    assert closed.reseated.displaced == ()
    assert stage.sql("SELECT DISTINCT space_id FROM reservation WHERE space_id = 1") == []
    assert_gaps_are_kept(stage)


def test_a_window_that_has_begun_needs_only_its_rest(stage: Stage, ada: Wallet) -> None:
    fill(stage, 5)
    close(stage, 3)
    ticket = stage.ticket(ada.proof)
    stage.wait(minutes=20)
    reopen(stage, 3)

    close(stage, 1)

    assert space_of(stage, ticket.reservation_id) == 3


def test_who_can_be_given_none_gets_everything_back(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = paid(stage, ada, starts_in=60)
    unpaid = pending(stage, starts_in=180, plate="B AB 3", minutes=30)

    closed = close(stage, 1, hours=4)

    assert isinstance(closed, SpaceClosed)
    assert [(each.reservation_id, each.refund) for each in closed.reseated.displaced] == [
        (ticket.reservation_id, euro(240)),
        (unpaid.reservation_id, euro(0)),
    ]
    assert stage.state(ticket.reservation_id) == "displaced"
    assert stage.state(unpaid.reservation_id) == "displaced"
    assert stage.books()[ada.account] == 2000
    assert stage.sql("SELECT kind FROM due WHERE reservation_id IN (3, 4)") == []
    assert_gaps_are_kept(stage)


def test_one_who_can_be_seated_is_not_left_for_one_who_cannot(stage: Stage, ada: Wallet) -> None:
    stage.top_up(ada.pass_code, 5000)
    fill(stage, 5)
    whole = paid(stage, ada, starts_in=30, minutes=60)
    short = paid(stage, ada, starts_in=120, minutes=60, plate="B AB 3")
    paid(stage, ada, starts_in=60, minutes=30, plate="B AB 4", space_id=3)

    close(stage, 1)

    assert stage.state(whole.reservation_id) == "displaced"
    assert space_of(stage, short.reservation_id) == 3


def test_a_driver_by_card_is_paid_back_by_the_provider(stage: Stage) -> None:
    fill(stage, 3, 5)
    ticket = stage.ticket(CARD)

    close(stage, 1)
    stage.wait(minutes=1)

    assert stage.state(ticket.reservation_id) == "displaced"
    assert stage.provider_counts()[1] == 480


def test_a_payment_that_comes_after_the_space_was_closed_goes_back(stage: Stage) -> None:
    fill(stage, 3, 5)
    reserved = stage.reserve()
    waiting = stage.hold_payments()
    stage.pay_deposit(reserved.reservation_id, CARD)

    close(stage, 1)
    waiting.pop()()
    stage.wait(minutes=1)
    waiting.pop()()

    assert stage.state(reserved.reservation_id) == "displaced"
    taken, given_back = stage.provider_counts()
    assert taken - given_back == 2 * 1400  # of the two strangers alone


def test_a_car_that_stands_there_is_not_touched(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    closed = close(stage, 1)
    stage.wait(minutes=100)
    left = stage.drive(EXIT, ticket.text)

    assert isinstance(closed, SpaceClosed)
    assert closed.reseated.moved == ()
    assert isinstance(left, ExitCovered)
    assert left.bill.space.id == 1
    assert_books_are_whole(stage)
    assert_gaps_are_kept(stage)


def test_a_car_under_the_arm_is_not_touched_either(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)

    close(stage, 1)
    stage.site.car_through(ENTRY, car)

    assert stage.state(ticket.reservation_id) == "arrived"


def test_what_begins_after_the_closure_stays(stage: Stage, ada: Wallet) -> None:
    ticket = paid(stage, ada, starts_in=120)

    close(stage, 1, hours=2)

    assert space_of(stage, ticket.reservation_id) == 1


def test_a_change_onto_the_space_that_was_not_paid_yet_is_forgotten(
    stage: Stage, ada: Wallet
) -> None:
    ticket = paid(stage, ada, starts_in=60, space_id=3)
    kept = stage.site.do(
        ChangeReservation(
            actor=DRIVER,
            lane=ENTRY,
            reservation_id=ticket.reservation_id,
            space_id=SpaceId(1),
            window=Window(ticket.window.from_, ticket.window.until + HOUR),
        )
    )
    assert isinstance(kept, ChangeKept)

    close(stage, 1)

    assert stage.sql("SELECT * FROM change") == []
    assert space_of(stage, ticket.reservation_id) == 3
    assert_gaps_are_kept(stage)


def test_a_change_to_the_last_idle_space_gives_way_to_the_reservation_itself(
    stage: Stage, ada: Wallet
) -> None:
    fill(stage, 5)
    ticket = paid(stage, ada, starts_in=60)
    kept = stage.site.do(
        ChangeReservation(
            actor=DRIVER,
            lane=ENTRY,
            reservation_id=ticket.reservation_id,
            space_id=SpaceId(3),
            window=Window(ticket.window.from_, ticket.window.until + HOUR),
        )
    )
    assert isinstance(kept, ChangeKept)

    close(stage, 1)

    assert space_of(stage, ticket.reservation_id) == 3
    assert stage.state(ticket.reservation_id) == "confirmed"


def test_an_opened_space_is_idle_again_and_nobody_is_moved_back(stage: Stage, ada: Wallet) -> None:
    ticket = paid(stage, ada, starts_in=60)
    close(stage, 1)

    reopened = reopen(stage, 1)

    assert isinstance(reopened, SpaceReopened)
    assert space_of(stage, ticket.reservation_id) == 3
    assert 1 in idle_for(stage, hours(stage, 0, 1))
    assert_gaps_are_kept(stage)


def test_a_closure_that_ends_after_all_known_idle_time_closes_what_is_known(
    stage: Stage,
) -> None:
    close(stage, 1, hours=24 * 400)

    assert not stage.sql("SELECT t0 FROM free_gap WHERE space_id = 1 AND t0 > 1780315200")
    reopen(stage, 1)
    assert_gaps_are_kept(stage)


def test_every_screen_is_told(stage: Stage) -> None:
    stage.site.events.clear()

    close(stage, 1)
    reopen(stage, 1)

    assert stage.site.events == [SiteChanged(), SiteChanged()]


def test_a_closure_wants_a_reason_an_end_and_an_attendant(stage: Stage) -> None:
    stranger = AttendantId(99)

    assert close(stage, 1, reason="  ") == ReasonMissing()
    assert close(stage, 1, hours=0) == WindowInThePast(stage.now)
    assert (
        stage.site.do(
            CloseSpace(
                actor=KIM,
                attendant_id=stranger,
                space_id=SpaceId(1),
                until=stage.now + HOUR,
                reason="?",
            )
        )
        == NotSignedIn()
    )
    assert (
        stage.site.do(ReopenSpace(actor=KIM, attendant_id=stranger, space_id=SpaceId(1)))
        == NotSignedIn()
    )
    assert stage.sql("SELECT * FROM closure") == []


def test_the_plan_of_the_desk_shows_a_closed_space_until_it_is_open_again(stage: Stage) -> None:
    def shown() -> tuple[SpaceUse, datetime | None]:
        spaces = stage.site.do(ShowDesk(actor=KIM)).spaces
        return next((each.use, each.until) for each in spaces if each.space.id == 5)

    close(stage, 5)
    closed = shown()
    reopen(stage, 5)

    assert closed == (SpaceUse.CLOSED, stage.now + 6 * HOUR)
    assert shown()[0] is SpaceUse.IDLE
