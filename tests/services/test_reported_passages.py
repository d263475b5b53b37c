"""What no lane could report an attendant may: the car is inside, or has left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.ids import AttendantId, ReservationId
from kiosk.domain.life_outcomes import DuePriced
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    Bill,
    ExitCovered,
    ExitDue,
    LaneBusy,
    NotSignedIn,
    ReasonMissing,
    TicketIssued,
)
from kiosk.domain.passage_outcomes import PassageImpossible, PassageWritten
from kiosk.domain.reservation import State
from kiosk.services.commands import ReportPassage, ShowDesk
from kiosk.services.events import GrantReturned
from kiosk.services.views import Direction
from tests.fakes.stage import ENTRY, EXIT, KIM, Stage, Wallet, euro

IN, OUT = Direction.ENTRY, Direction.EXIT


def report(
    stage: Stage,
    reservation_id: ReservationId,
    direction: Direction,
    *,
    reason: str = "seen on the space",
    attendant_id: AttendantId | None = None,
    waives: Money | None = None,
) -> object:
    return stage.site.do(
        ReportPassage(
            actor=KIM,
            attendant_id=attendant_id if attendant_id is not None else stage.attendant_id,
            reservation_id=reservation_id,
            direction=direction,
            reason=reason,
            agreed_waiver=waives,
        )
    )


def unreported(stage: Stage) -> list[ReservationId | None]:
    return [grant.reservation_id for grant in stage.site.do(ShowDesk(actor=KIM)).unreported]


def lose_the_entrance(stage: Stage, how: str) -> None:
    if how == "restart":
        stage.restart()
    else:
        stage.site.lanes[ENTRY].unplug_board()


def granted_and_unseen(stage: Stage, wallet: Wallet, how: str) -> TicketIssued:
    """Five minutes after its start a ticket was granted, and the car drove in unseen."""
    ticket = stage.ticket(wallet.proof)
    stage.site.car_to(ENTRY)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=5))
    stage.scan(ENTRY, ticket.text)
    lose_the_entrance(stage, how)
    stage.wait(minutes=4)
    return ticket


@pytest.mark.parametrize("how", ["restart", "io_lost"])
def test_a_car_that_is_inside_unseen_has_a_stay_since_its_grant(
    stage: Stage, ada: Wallet, how: str
) -> None:
    ticket = granted_and_unseen(stage, ada, how)
    listed = unreported(stage)

    outcome = report(stage, ticket.reservation_id, IN)

    stay = stage.stay(ticket.reservation_id)
    assert stay is not None
    assert stay.entered_at == ticket.window.from_ + timedelta(minutes=5)
    assert outcome == PassageWritten(ticket.reservation_id, State.ARRIVED)
    assert (listed, unreported(stage)) == ([ticket.reservation_id], [])
    row = stage.money_of(ticket.reservation_id).timeline[-1]
    assert (row.actor, row.action, row.detail) == ("Kim", "entry.reported", "seen on the space")


def test_a_car_that_was_reported_inside_leaves_with_its_own_ticket(
    stage: Stage, ada: Wallet
) -> None:
    ticket = granted_and_unseen(stage, ada, "restart")
    report(stage, ticket.reservation_id, IN)

    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))

    assert isinstance(outcome, ExitCovered)
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.books()[ada.account] == 2000 - 240


def test_a_car_that_drives_in_later_is_not_unreported_any_more(stage: Stage, ada: Wallet) -> None:
    ticket = granted_and_unseen(stage, ada, "restart")
    listed = unreported(stage)

    stage.drive(ENTRY, ticket.text)

    assert (listed, unreported(stage)) == ([ticket.reservation_id], [])
    assert stage.state(ticket.reservation_id) == "arrived"


def test_an_arrived_car_that_has_left_is_settled_first(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=50))

    outcome = report(stage, ticket.reservation_id, OUT)

    assert outcome == PassageWritten(ticket.reservation_id, State.LEFT)
    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 1760,
        "owner:1": 174,
        "commission": 35,
        "vat": 7,
        "manager": 24,
    }
    assert 1 in stage.idle_spaces()


def test_an_overstayed_car_that_has_left_is_settled_and_the_difference_waived(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    due = stage.scan(EXIT, ticket.text)

    report(stage, ticket.reservation_id, OUT, waives=euro(120))

    money = stage.money_of(ticket.reservation_id)
    assert isinstance(due, ExitDue)
    assert [row.detail for row in money.timeline if row.action == "difference.waived"] == ["120"]
    assert isinstance(money.bill, Bill)
    assert money.bill.charge.total == euro(480)
    assert "escrow:1" not in stage.books()


@pytest.mark.parametrize("agreed_minor", [None, 60])
def test_nothing_is_waived_for_a_car_that_has_left_unless_that_very_amount_is_agreed_to(
    stage: Stage, ada: Wallet, agreed_minor: int | None
) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    before = (stage.books(), stage.money_of(ticket.reservation_id).timeline)
    waives = None if agreed_minor is None else euro(agreed_minor)

    told = report(stage, ticket.reservation_id, OUT, waives=waives)

    assert isinstance(told, DuePriced)
    assert told.bill.due == euro(120)
    assert (stage.books(), stage.money_of(ticket.reservation_id).timeline) == before
    assert stage.state(ticket.reservation_id) == "arrived"


def test_the_clock_stops_when_it_is_told_what_a_car_that_has_left_owes(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait_until(ticket.window.until + timedelta(minutes=29))
    told = report(stage, ticket.reservation_id, OUT)
    assert isinstance(told, DuePriced)
    stage.wait(minutes=10)

    outcome = report(stage, ticket.reservation_id, OUT, waives=told.bill.due)

    assert outcome == PassageWritten(ticket.reservation_id, State.LEFT)


def test_a_settled_car_that_has_left_unseen_is_not_charged_again(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.scan(EXIT, ticket.text)
    stage.restart()
    books, listed = stage.books(), unreported(stage)

    outcome = report(stage, ticket.reservation_id, OUT)

    stay = stage.stay(ticket.reservation_id)
    assert outcome == PassageWritten(ticket.reservation_id, State.LEFT)
    assert (listed, unreported(stage)) == ([ticket.reservation_id], [])
    assert stage.books() == books
    assert stay is not None
    assert stay.left_at == stage.now


def test_a_report_while_the_grant_is_open_ends_it_and_the_passage_changes_nothing_more(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    granted = open_grants(stage)

    outcome = report(stage, ticket.reservation_id, IN)

    assert (granted, open_grants(stage)) == ([ticket.reservation_id], [])
    assert outcome == PassageWritten(ticket.reservation_id, State.ARRIVED)
    assert GrantReturned(ENTRY, ticket.reservation_id, "replaced") in stage.site.events
    stage.site.car_through(ENTRY, car)
    assert stage.state(ticket.reservation_id) == "arrived"
    assert stage.wrong() == []


def test_the_exit_of_a_car_that_has_left_by_report_is_free_for_the_next_one(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    following = stage.inside(ada.proof, plate="B AB 2", space_id=3)
    stage.site.car_to(EXIT)
    stage.scan(EXIT, ticket.text)
    busy = stage.scan(EXIT, following.text)

    report(stage, ticket.reservation_id, OUT)

    assert busy == LaneBusy()
    assert open_grants(stage) == []
    assert isinstance(stage.scan(EXIT, following.text), ExitCovered)
    assert stage.wrong() == []


def open_grants(stage: Stage) -> list[ReservationId | None]:
    with stage.site.core.store.reading() as tx:
        return [grant.reservation_id for grant in tx.lanes.open_grants()]


@pytest.mark.parametrize("direction", [IN, OUT])
def test_a_reservation_that_is_not_paid_has_passed_nowhere(
    stage: Stage, direction: Direction
) -> None:
    reserved = stage.reserve()

    assert report(stage, reserved.reservation_id, direction) == PassageImpossible(State.PENDING)
    assert stage.state(reserved.reservation_id) == "pending"


def test_a_paid_car_that_never_came_cannot_have_left(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    books = stage.books()

    assert report(stage, ticket.reservation_id, OUT) == PassageImpossible(State.CONFIRMED)
    assert stage.books() == books


def test_a_report_that_is_impossible_leaves_an_open_grant_alone(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)

    outcome = report(stage, ticket.reservation_id, OUT)

    with stage.site.core.store.reading() as tx:
        (grant,) = tx.lanes.open_grants()
    assert outcome == PassageImpossible(State.CONFIRMED)
    assert grant.reservation_id == ticket.reservation_id


def test_a_car_that_is_inside_cannot_come_in_again(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    assert report(stage, ticket.reservation_id, IN) == PassageImpossible(State.ARRIVED)


def test_a_car_that_has_left_cannot_leave_again(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.drive(EXIT, ticket.text)

    assert report(stage, ticket.reservation_id, OUT) == PassageImpossible(State.LEFT)


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_written(stage: Stage, ada: Wallet, reason: str) -> None:
    ticket = stage.inside(ada.proof)

    assert report(stage, ticket.reservation_id, OUT, reason=reason) == ReasonMissing()
    assert stage.state(ticket.reservation_id) == "arrived"


def test_who_is_not_signed_in_reports_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    outcome = report(stage, ticket.reservation_id, OUT, attendant_id=AttendantId(99))

    assert outcome == NotSignedIn()
    assert stage.state(ticket.reservation_id) == "arrived"
