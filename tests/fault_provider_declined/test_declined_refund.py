"""The card provider takes no refund: the debt stays in the books until it is paid in cash."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.ids import AttendantId, OperationKey
from kiosk.domain.outcomes import (
    ExitCovered,
    NothingToRefund,
    NotSignedIn,
    RefundPaid,
    TicketIssued,
)
from kiosk.payments.adapter import Declined
from kiosk.payments.simulator import SimulatedFault
from kiosk.services import providers
from kiosk.services.commands import PayRefundInCash
from tests.fakes.stage import CARD, EXIT, KIM, Stage, euro

SHARES_OF_240 = {"owner:1": 174, "commission": 35, "vat": 7, "manager": 24}


def left_early(stage: Stage, *faults: SimulatedFault) -> TicketIssued:
    """Two hours paid by card, one used: 240 go back to the card, which meets these faults."""
    ticket = stage.inside(CARD)
    stage.fault_next(*faults)
    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    assert isinstance(outcome, ExitCovered)
    stage.wait(seconds=1)
    return ticket


def pay_cash(
    stage: Stage, ticket: TicketIssued, *, attendant_id: AttendantId | None = None
) -> object:
    return stage.site.do(
        PayRefundInCash(
            actor=KIM,
            attendant_id=attendant_id if attendant_id is not None else stage.attendant_id,
            desk="desk-1",
            reservation_id=ticket.reservation_id,
        )
    )


def test_a_refund_that_is_declined_stays_owed_and_stands_in_the_audit(stage: Stage) -> None:
    ticket = left_early(stage, SimulatedFault.DECLINED)

    written = [
        (row.actor, row.detail)
        for row in stage.money_of(ticket.reservation_id).timeline
        if row.action == "refund.declined"
    ]
    assert written == [("simulator", "card-declined")]
    assert stage.books() == {"psp:simulator": -480, "refund-due:1": 240} | SHARES_OF_240
    assert stage.provider_counts() == (480, 0)


def test_a_declined_refund_is_paid_from_the_till_once(stage: Stage) -> None:
    ticket = left_early(stage, SimulatedFault.DECLINED)

    first, second = pay_cash(stage, ticket), pay_cash(stage, ticket)
    stage.wait(minutes=1)

    assert (first, second) == (RefundPaid(euro(240)), NothingToRefund())
    assert stage.books() == {"psp:simulator": -480, "till:desk-1": 240} | SHARES_OF_240
    assert stage.provider_counts() == (480, 0)


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (SimulatedFault.UNREACHABLE, "new"),
        (SimulatedFault.ANSWER_LOST_BEFORE_DOING, "in-doubt"),
        (SimulatedFault.ANSWER_LOST_AFTER_DOING, "in-doubt"),
    ],
)
def test_while_a_refund_may_still_arrive_no_cash_is_paid(
    stage: Stage, fault: SimulatedFault, state: str
) -> None:
    ticket = left_early(stage, fault)
    was = stage.operation("settlement:1:refund:1")

    outcome = pay_cash(stage, ticket)
    stage.wait(seconds=3)

    assert (was, outcome) == (state, NothingToRefund())
    assert stage.provider_counts() == (480, 240)
    assert stage.books() == {"psp:simulator": -240} | SHARES_OF_240


def test_while_the_provider_is_asked_no_cash_is_paid(stage: Stage) -> None:
    stage_ticket = stage.inside(CARD)
    stage.hold_payments()
    stage.drive(EXIT, stage_ticket.text, at=stage_ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=1)

    assert stage.operation("settlement:1:refund:1") == "sent"
    assert pay_cash(stage, stage_ticket) == NothingToRefund()


def test_who_is_not_signed_in_pays_no_cash(stage: Stage) -> None:
    ticket = left_early(stage, SimulatedFault.DECLINED)
    before = stage.books()

    assert pay_cash(stage, ticket, attendant_id=AttendantId(99)) == NotSignedIn()
    assert stage.books() == before


def test_two_refunds_that_are_declined_one_after_the_other_are_each_paid_in_cash(
    stage: Stage,
) -> None:
    reserved = stage.reserve()
    waiting = stage.hold_payments()
    for intent in ("first", "second", "third"):
        stage.pay_deposit(reserved.reservation_id, CARD, intent=intent)
    for _ in range(3):
        waiting.pop(0)()  # one gets the space, two are to go back
    ticket = stage.finished("first")[0]
    assert isinstance(ticket, TicketIssued)
    stage.wait(seconds=1)

    answers = []
    for key in ("second:back:refund:1", "third:back:refund:1"):
        providers.finish(stage.site.core, OperationKey(key), Declined("card-declined"))
        answers += [pay_cash(stage, ticket), pay_cash(stage, ticket)]

    assert answers == [RefundPaid(euro(480)), NothingToRefund()] * 2
    assert stage.books() == {"psp:simulator": -1440, "escrow:1": 480, "till:desk-1": 960}
