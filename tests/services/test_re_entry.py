"""A car that has left comes in again with the same ticket, and pays to the cent once more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain import ledger
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.outcomes import (
    Bill,
    ExitCovered,
    ExitDue,
    TicketIssued,
    TicketUsed,
)
from kiosk.domain.pricing.charge_lines import LineKind
from tests.fakes.stage import (
    ENTRY,
    EXIT,
    Stage,
    Wallet,
    euro,
    stage_with_own_tariff,
)
from tests.services.coming_back import HOUR, back_in, left_at, out_at, report_inside


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


def test_nor_does_it_when_the_clock_is_set_back_before_the_car_comes_in_again(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    first = out_at(stage, ticket, 10)
    stage.site.clock.jump(timedelta(minutes=-7))
    back_in(stage, ticket)

    again = stage.drive(EXIT, ticket.text)

    assert isinstance(again, ExitCovered)
    assert (first.bill.receipt_number, again.bill.receipt_number) == (1, 2)
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.wrong() == []


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


def test_a_charge_that_stands_keeps_the_free_time_that_it_was_worked_out_with(
    stage: Stage, ada: Wallet
) -> None:
    first = stage.inside(ada.proof)
    stage.drive(EXIT, first.text)
    again = stage.inside(ada.proof, space_id=3)  # the same car had just left: nothing is free
    stage.drive(EXIT, again.text)
    stage.drive(ENTRY, first.text)
    stage.drive(EXIT, first.text)  # left later than that: now it had not just left before
    stage.drive(ENTRY, again.text)

    covered = stage.drive(EXIT, again.text)

    assert isinstance(covered, ExitCovered)
    free = timedelta(minutes=5)
    assert stage.now < again.window.from_ + free
    assert [
        (each.charge.total.minor, each.free_consideration)
        for each in stage.receipts(again.reservation_id)
    ] == [(120, timedelta()), (120, timedelta())]
    assert stage.site.core.site.rules.free_consideration == free
    assert stage.wrong() == []
