"""kill -9 at the worst moments: the money is where it must be, and the driver can go on."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.outcomes import ExitCovered, Granted, TicketIssued, TicketsFound
from kiosk.services.commands import FindTickets, ShowDesk
from kiosk.services.events import PaymentFinished
from tests.fakes.stage import CARD, DRIVER, DRIVER_PIN, ENTRY, EXIT, KIM
from tests.fault_killed.afterlife import CASH, Kill


def test_between_intent_and_provider_nothing_was_taken_and_the_driver_pays_anew(
    kill: Kill,
) -> None:
    after = kill("before_the_provider_acts")
    stage = after.stage
    found, books, counts = after.state, stage.books(), stage.provider_counts()

    stage.pay_deposit(after.reservation_id, CARD)

    assert (found, books, counts) == ("pending", CASH | {after.wallet.account: 2000}, (0, 0))
    assert stage.operation("card") == "failed"
    assert isinstance(stage.last(PaymentFinished).outcome, TicketIssued)
    assert stage.provider_counts() == (480, 0)


def test_between_provider_and_answer_the_payment_is_found_and_the_ticket_printed(
    kill: Kill,
) -> None:
    after = kill("after_the_provider_acted")
    stage = after.stage

    (issued,) = stage.finished("card")

    assert isinstance(issued, TicketIssued)
    assert after.state == "confirmed"
    assert [printed.paper.qr for printed in stage.site.papers] == [issued.text]
    assert stage.provider_counts() == (480, 0)
    assert stage.books()["escrow:1"] == 480
    assert isinstance(stage.drive(ENTRY, issued.text), Granted)


def test_inside_the_commit_of_the_deposit_nothing_has_moved(kill: Kill) -> None:
    after = kill("inside_the_deposits_commit")
    books, state = after.stage.books(), after.state

    outcome = after.stage.pay_deposit(after.reservation_id, after.wallet.proof)

    assert (books, state) == (CASH | {after.wallet.account: 2000}, "pending")
    assert isinstance(outcome, TicketIssued)
    assert after.stage.books()[after.wallet.account] == 1520


def test_between_deposit_and_ticket_the_driver_finds_it_by_pass_and_pin(kill: Kill) -> None:
    after = kill("before_the_ticket_is_shown")
    stage = after.stage

    found = stage.site.do(
        FindTickets(actor=DRIVER, pass_code=after.wallet.pass_code, pin=DRIVER_PIN)
    )

    assert isinstance(found, TicketsFound)
    (ticket,) = found.tickets
    assert ticket.reservation_id == after.reservation_id
    assert stage.books() == CASH | {after.wallet.account: 1520, "escrow:1": 480}
    assert isinstance(stage.drive(ENTRY, ticket.text), Granted)
    assert after.state == "arrived"


def test_between_grant_and_entrance_the_same_ticket_opens_again(kill: Kill) -> None:
    after = kill("before_the_entrance_opens")
    stage = after.stage
    is_up = stage.is_arm_up(ENTRY)
    unreported = stage.site.do(ShowDesk(actor=KIM)).unreported

    outcome = stage.drive(ENTRY, after.text)

    assert not is_up
    assert [grant.reservation_id for grant in unreported] == [after.reservation_id]
    assert isinstance(outcome, Granted)
    assert after.state == "arrived"
    assert stage.books() == CASH | {after.wallet.account: 1520, "escrow:1": 480}


def test_between_settlement_and_passage_the_same_ticket_opens_and_charges_nothing_twice(
    kill: Kill,
) -> None:
    after = kill("before_the_exit_opens")
    stage = after.stage
    found, books, journals = after.state, stage.books(), stage.journal_count()

    outcome = stage.drive(EXIT, after.text)

    assert found == "settled"
    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.receipt_number == 1
    assert (stage.books(), stage.journal_count()) == (books, journals)
    assert books == CASH | {
        after.wallet.account: 1760,
        "owner:1": 174,
        "commission": 35,
        "vat": 7,
        "manager": 24,
    }
    assert after.state == "left"


def test_after_a_power_cut_at_the_exit_the_exit_right_still_runs_out(kill: Kill) -> None:
    after = kill("before_the_exit_opens")
    stage = after.stage
    stage.wait_until(stage.now + timedelta(minutes=16))

    stage.site.car_to(EXIT)
    stage.scan(EXIT, after.text)
    paid = stage.pay_due(after.reservation_id, after.wallet.proof)

    assert isinstance(paid, ExitCovered)
    assert paid.bill.receipt_number == 2
    assert stage.books()[after.wallet.account] == 1640


def test_between_a_refund_and_its_answer_it_is_not_paid_again(kill: Kill) -> None:
    after = kill("after_the_refund_was_paid")
    stage = after.stage

    assert stage.provider_counts() == (480, 240)
    assert stage.books()["psp:simulator"] == -240
    assert "refund-due:1" not in stage.books()
    assert after.state == "left"
