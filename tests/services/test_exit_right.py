"""Who has settled may leave within 15 minutes; later only the difference is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.domain.outcomes import ExitCovered, ExitDue
from kiosk.domain.settlement import Shares
from kiosk.services.events import GrantReturned
from tests.fakes.stage import CARD, EXIT, EXIT_2, Stage, Wallet, euro

RIGHT = timedelta(minutes=15)


def settled_but_not_out(stage: Stage, text: str, *, at: datetime) -> ExitCovered:
    """Scan at an instant, then back out of the exit lane."""
    car = stage.site.car_to(EXIT)
    stage.wait_until(at)
    outcome = stage.scan(EXIT, text)
    stage.back_out(EXIT, car)
    assert isinstance(outcome, ExitCovered)
    return outcome


def test_a_voided_exit_opens_again_without_a_second_charge(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    first = settled_but_not_out(stage, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    books, journals = stage.books(), stage.journal_count()

    again = stage.drive(EXIT_2, ticket.text)

    assert stage.last(GrantReturned) == GrantReturned(EXIT, ticket.reservation_id, "back_out")
    assert isinstance(again, ExitCovered)
    assert again.bill == first.bill
    assert again.token != first.token
    assert (stage.books(), stage.journal_count()) == (books, journals)
    assert stage.state(ticket.reservation_id) == "left"


def test_the_exit_right_is_good_to_its_last_second(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    settled_at = ticket.window.from_ + timedelta(minutes=50)
    settled_but_not_out(stage, ticket.text, at=settled_at)
    books = stage.books()

    again = stage.drive(EXIT, ticket.text, at=settled_at + RIGHT)

    assert isinstance(again, ExitCovered)
    assert stage.books() == books


def test_a_second_scan_does_not_promise_more_time_than_it_keeps(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    settled_at = ticket.window.from_ + timedelta(minutes=50)
    first = settled_but_not_out(stage, ticket.text, at=settled_at)

    again = stage.drive(EXIT, ticket.text, at=settled_at + timedelta(minutes=10))

    assert isinstance(again, ExitCovered)
    assert first.exit_until == again.exit_until == settled_at + RIGHT


def test_after_the_exit_right_only_the_difference_is_due_and_shared(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    settled_at = ticket.window.from_ + timedelta(minutes=50)
    settled_but_not_out(stage, ticket.text, at=settled_at)
    car = stage.site.car_to(EXIT)
    stage.wait_until(settled_at + RIGHT + timedelta(seconds=1))

    due = stage.scan(EXIT, ticket.text)
    paid = stage.pay_due(ticket.reservation_id, ada.proof)
    stage.site.car_through(EXIT, car)

    assert isinstance(due, ExitDue)
    assert (due.bill.charge.total, due.bill.deposit, due.bill.due) == (
        euro(360),
        euro(240),
        euro(120),
    )
    assert isinstance(paid, ExitCovered)
    assert paid.bill.receipt_number == 2
    assert paid.bill.shares == Shares(euro(260), euro(54), euro(10), euro(36))
    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 1640,
        "owner:1": 260,
        "commission": 54,
        "vat": 10,
        "manager": 36,
    }
    assert [
        (row.credit, row.amount.minor)
        for row in stage.money_of(ticket.reservation_id).transfers[-4:]
    ] == [("owner:1", 86), ("commission", 19), ("vat", 3), ("manager", 12)]
    assert stage.state(ticket.reservation_id) == "left"


def test_after_the_exit_right_nothing_is_due_while_the_same_block_runs(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    settled_at = ticket.window.from_ + timedelta(minutes=31)
    settled_but_not_out(stage, ticket.text, at=settled_at)
    books, journals = stage.books(), stage.journal_count()

    again = stage.drive(EXIT, ticket.text, at=settled_at + RIGHT + timedelta(minutes=5))

    assert isinstance(again, ExitCovered)
    assert again.bill.receipt_number == 1
    assert (stage.books(), stage.journal_count()) == (books, journals)


def test_a_difference_that_is_paid_by_card_is_claimed_from_its_provider(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    settled_at = ticket.window.from_ + timedelta(minutes=50)
    settled_but_not_out(stage, ticket.text, at=settled_at)
    car = stage.site.car_to(EXIT)
    stage.wait_until(settled_at + RIGHT + timedelta(seconds=1))
    stage.scan(EXIT, ticket.text)

    stage.pay_due(ticket.reservation_id, CARD)
    stage.site.car_through(EXIT, car)

    assert stage.books()["psp:simulator"] == -120
    assert stage.books()[ada.account] == 1760
    assert stage.state(ticket.reservation_id) == "left"
