"""The card provider cannot be reached: payments are over at once, refunds are sent until they are.

Whatever our own ledger covers never waits for it.
"""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.outcomes import ExitCovered, PaymentUnavailable, TicketIssued
from kiosk.payments.simulator import SimulatedFault
from kiosk.services import limits
from kiosk.services.events import PaymentFinished
from tests.fakes.stage import CARD, ENTRY, EXIT, Stage, Wallet

UNREACHABLE = SimulatedFault.UNREACHABLE


def test_a_deposit_that_was_never_sent_is_over_and_another_press_pays(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.fault_next(UNREACHABLE)

    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    books, state = stage.books(), stage.state(reserved.reservation_id)
    stage.pay_deposit(reserved.reservation_id, CARD)

    assert stage.finished("card") == [PaymentUnavailable()]
    assert stage.operation("card") == "failed"
    assert (books, state) == ({}, "pending")
    assert isinstance(stage.last(PaymentFinished).outcome, TicketIssued)
    assert stage.provider_counts() == (480, 0)


def test_a_refund_is_sent_again_until_the_provider_has_it(stage: Stage) -> None:
    ticket = stage.inside(CARD)
    stage.fault_next(UNREACHABLE, UNREACHABLE, UNREACHABLE)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))

    stage.wait(seconds=1)
    first_books, first_counts = stage.books(), stage.provider_counts()
    for _ in range(4):
        stage.wait(seconds=limits.IN_DOUBT_ASK_EVERY_S)

    assert first_books["refund-due:1"] == 240
    assert first_counts == (480, 0)
    assert stage.provider_counts() == (480, 240)
    assert "refund-due:1" not in stage.books()
    assert stage.books()["psp:simulator"] == -240


def test_a_refund_that_waits_survives_a_restart(stage: Stage) -> None:
    ticket = stage.inside(CARD)
    stage.fault_next(UNREACHABLE)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=1)

    stage.restart()

    assert stage.provider_counts() == (480, 240)
    assert "refund-due:1" not in stage.books()


def test_the_exit_does_not_wait_for_the_provider_when_escrow_covers(stage: Stage) -> None:
    ticket = stage.inside(CARD)
    waiting = stage.hold_payments()

    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=1)

    assert isinstance(outcome, ExitCovered)
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.provider_counts() == (480, 0)
    assert waiting != []


def test_a_wallet_pays_and_opens_while_the_provider_is_away(stage: Stage, ada: Wallet) -> None:
    stage.fault_next(*[UNREACHABLE] * 9)

    ticket = stage.inside(ada.proof)
    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    assert stage.site.papers[0].lane == ENTRY
