"""A refund goes to who paid, newest payment first, and what went back once never goes again."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.outcomes import ExitCovered, TicketIssued
from tests.fakes.stage import CARD, ENTRY, EXIT, Stage, Wallet


def test_a_card_whose_late_payment_went_back_gets_nothing_of_the_wallets_refund(
    stage: Stage, ada: Wallet
) -> None:
    reserved = stage.reserve()
    waiting = stage.hold_payments()
    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    ticket = stage.pay_deposit(reserved.reservation_id, ada.proof)
    assert isinstance(ticket, TicketIssued)
    waiting.pop(0)()
    stage.site.core.run_payment = lambda _adapter, task: task()
    stage.wait(seconds=3)
    after_the_late_card = stage.provider_counts()
    stage.drive(ENTRY, ticket.text)

    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=3)

    assert isinstance(outcome, ExitCovered)
    assert after_the_late_card == stage.provider_counts() == (480, 480)
    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 1760,
        "owner:1": 174,
        "commission": 35,
        "vat": 7,
        "manager": 24,
    }
