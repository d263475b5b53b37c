"""A car that has left comes in again with the same ticket, once more paid to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain import ledger
from kiosk.domain.ids import SpaceId
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.outcomes import (
    Bill,
    ExitCovered,
    ExitDue,
    Granted,
    NoCarInLane,
    TicketExpired,
    TicketIssued,
    TicketNotInside,
    TicketUsed,
)
from kiosk.domain.pricing.charge_lines import LineKind
from kiosk.domain.reservation import DueKind
from kiosk.services.commands import ReportPassage
from kiosk.services.library import renew_space
from kiosk.services.views import Direction
from tests.fakes.stage import (
    ENTRY,
    EXIT,
    KIM,
    Stage,
    Wallet,
    euro,
    stage_with_own_tariff,
)

HOUR = timedelta(hours=1)


def out_at(stage: Stage, ticket: TicketIssued, minutes: int) -> ExitCovered:
    """Leave so many minutes after the start."""
    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=minutes))
    assert isinstance(outcome, ExitCovered), outcome
    return outcome


def back_in(stage: Stage, ticket: TicketIssued, *, at: datetime | None = None) -> Granted:
    outcome = stage.drive(ENTRY, ticket.text, at=at)
    assert isinstance(outcome, Granted), outcome
    return outcome


def left_at(stage: Stage, ticket: TicketIssued) -> datetime:
    stay = stage.stay(ticket.reservation_id)
    assert stay is not None
    assert stay.left_at is not None
    return stay.left_at


def test_the_same_ticket_opens_again_and_the_stay_goes_on(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    first = stage.stay(ticket.reservation_id)
    out_at(stage, ticket, 20)
    stage.wait(minutes=10)

    granted = back_in(stage, ticket)

    stay = stage.stay(ticket.reservation_id)
    assert granted.space == ticket.space
    assert stage.state(ticket.reservation_id) == "arrived"
    assert stay is not None
    assert first is not None
    assert (stay.entered_at, stay.left_at, stay.presented_at) == (first.entered_at, None, None)
    assert stay.re_entered_at is not None
    assert stay.re_entered_at > stay.entered_at
    assert stage.wrong() == []


def test_the_second_exit_asks_for_the_difference_from_the_first_entry_on(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    first = out_at(stage, ticket, 50)
    stage.wait(minutes=10)
    back_in(stage, ticket)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=110))

    due = stage.scan(EXIT, ticket.text)
    paid = stage.pay_due(ticket.reservation_id, ada.proof)
    stage.site.car_through(EXIT, car)

    assert first.bill.charge.total == euro(240)
    assert isinstance(due, ExitDue)
    assert (due.bill.charge.total, due.bill.deposit, due.bill.due) == (
        euro(480),
        euro(240),
        euro(240),
    )
    assert isinstance(paid, ExitCovered)
    assert [receipt.charge.total for receipt in stage.receipts(ticket.reservation_id)] == [
        euro(240),
        euro(480),
    ]
    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 1520,
        "owner:1": 347,
        "commission": 71,
        "vat": 14,
        "manager": 48,
    }
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.wrong() == []


def test_the_first_receipt_gives_no_right_to_leave_a_second_time(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    first = out_at(stage, ticket, 28)
    back_in(stage, ticket)

    due = stage.drive(EXIT, ticket.text, at=first.bill.presented_at + timedelta(minutes=6))

    assert isinstance(due, ExitDue)
    assert due.bill.due == euro(120)


def test_a_second_visit_within_the_paid_block_costs_nothing_and_ends_with_a_receipt(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    books = stage.books()
    back_in(stage, ticket)

    again = out_at(stage, ticket, 20)

    assert (again.bill.charge.total, again.bill.receipt_number) == (euro(120), 2)
    assert stage.books() == books
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.wrong() == []


def test_in_and_out_again_is_free_once_and_counts_from_the_first_entry(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    first = out_at(stage, ticket, 3)
    back_in(stage, ticket)

    second = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=7))

    assert first.bill.charge.total == euro(0)
    assert isinstance(second, ExitDue)
    assert second.bill.due == euro(120)


def test_a_new_reservation_of_a_car_that_has_just_left_is_not_free_again(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 3)
    again = stage.inside(ada.proof, minutes=60)

    second = stage.drive(EXIT, again.text, at=stage.now + timedelta(minutes=2))

    assert isinstance(second, ExitCovered)
    assert second.bill.charge.total == euro(120)
    assert stage.wrong() == []


def test_a_new_reservation_after_the_time_of_re_entry_is_free_again(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 3)
    stage.wait(minutes=60)
    again = stage.inside(ada.proof, minutes=60)

    second = stage.drive(EXIT, again.text, at=stage.now + timedelta(minutes=2))

    assert isinstance(second, ExitCovered)
    assert second.bill.charge.total == euro(0)


def test_a_car_that_enters_at_the_very_end_of_the_time_of_re_entry_is_not_free_again(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 3)
    stage.wait_until(left_at(stage, ticket) + HOUR)
    again = stage.ticket(ada.proof, minutes=60)
    report_inside(stage, again)

    second = out_at(stage, again, 2)

    assert second.bill.charge.total == euro(120)


@pytest.fixture
def free_minutes(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """The small site with twenty free minutes for each entry."""
    stage = stage_with_own_tariff(
        founded, tmp_path, added='[free]\nminutes = 20\nhow = "deducted"\n'
    )
    yield stage
    stage.close()


def test_free_minutes_for_each_entry_are_not_had_again_within_the_time_of_re_entry(
    free_minutes: Stage,
) -> None:
    stage, ada = free_minutes, free_minutes.wallet()
    first = stage.inside(ada.proof, minutes=60)
    free = out_at(stage, first, 18)
    second = stage.inside(ada.proof, minutes=60)

    paid = out_at(stage, second, 18)

    assert [line.kind for line in free.bill.charge.lines] == [LineKind.FREE]
    assert (second.deposit, paid.bill.charge.total) == (euro(240), euro(120))
    assert stage.wrong() == []


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
        tx.reservations.displace_stay(ticket.reservation_id)
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


def report_inside(stage: Stage, ticket: TicketIssued) -> None:
    stage.site.do(
        ReportPassage(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=ticket.reservation_id,
            direction=Direction.ENTRY,
            reason="board away",
        )
    )


# Again and again ------------------------------------------------------------------------------


def test_the_third_round_is_like_the_second(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 6)
    back_in(stage, ticket)
    out_at(stage, ticket, 15)
    back_in(stage, ticket)

    third = out_at(stage, ticket, 25)

    assert third.bill.receipt_number == 3
    assert third.bill.charge.total == euro(120)
    assert stage.wrong() == []


def test_a_copy_opens_nothing_while_the_car_is_inside_again(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    back_in(stage, ticket)
    stay = stage.stay(ticket.reservation_id)
    assert stay is not None
    assert stay.re_entered_at is not None

    outcome = stage.drive(ENTRY, ticket.text)

    assert outcome == TicketUsed(stay.re_entered_at)


def test_money_paid_too_much_in_the_second_round_goes_back_as_in_the_first(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    first = late_money_at_exit(stage, ticket, minutes=10)
    back_in(stage, ticket)

    second = late_money_at_exit(stage, ticket, minutes=20)

    assert first == second == {}
    assert stage.wrong() == []


def late_money_at_exit(stage: Stage, ticket: TicketIssued, *, minutes: int) -> dict[str, int]:
    """Somebody pays into escrow between the exit scan and the passage; what stays there."""
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=minutes))
    stage.scan(EXIT, ticket.text)
    late = Transfer(ledger.till("desk-1"), ledger.escrow(ticket.reservation_id), euro(50))
    with stage.site.core.store.transaction() as tx:
        journal = Journal(f"late:{minutes}", "deposit", (late,), ticket.reservation_id)
        tx.ledger.post(journal, stage.now)
    stage.site.car_through(EXIT, car)
    escrow = ledger.escrow(ticket.reservation_id)
    return {name: minor for name, minor in stage.books().items() if name == escrow}


def test_the_desk_shows_what_a_car_that_came_back_owes_now(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    back_in(stage, ticket)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=45))

    bill = stage.money_of(ticket.reservation_id).bill

    assert isinstance(bill, Bill)
    assert bill.charge.total == euro(240)


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
