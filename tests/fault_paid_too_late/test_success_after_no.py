"""The provider said no, and then took the money after all: it goes straight back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.ids import OperationKey
from kiosk.domain.outcomes import (
    ExitDue,
    PaymentDeclined,
    PaymentUnavailable,
    ReservationEnded,
    TicketIssued,
)
from kiosk.domain.reservation import State
from kiosk.payments.adapter import Answer, Declined, NotSent, PaymentRequest
from kiosk.services import providers
from tests.fakes.stage import CARD, EXIT, Stage, Wallet, euro

CARD_KEY = OperationKey("card")
NOES = [(NotSent(), PaymentUnavailable()), (Declined("do-not-honour"), PaymentDeclined())]


def said_no(stage: Stage, no: Answer) -> None:
    """The provider's no to what was asked; its answer is all that ever came of that task."""
    providers.finish(stage.site.core, CARD_KEY, no)
    stage.site.core.under_way.discard(CARD_KEY)
    stage.site.core.run_payment = lambda _adapter, task: task()


def takes_it_after_all(stage: Stage, minor: int) -> None:
    """The request arrives at the provider late, and the answer twice."""
    answer = stage.site.simulator.collect(PaymentRequest(CARD_KEY, euro(minor)))
    providers.finish(stage.site.core, CARD_KEY, answer)
    providers.finish(stage.site.core, CARD_KEY, answer)
    for _ in range(3):
        stage.wait(seconds=2)


@pytest.mark.parametrize(("no", "told"), NOES)
def test_a_deposit_that_succeeds_after_the_no_gives_no_space_and_goes_back(
    stage: Stage, no: Answer, told: object
) -> None:
    reserved = stage.reserve()
    stage.hold_payments()
    stage.pay_deposit(reserved.reservation_id, CARD, intent=CARD_KEY)
    said_no(stage, no)

    takes_it_after_all(stage, 480)

    assert stage.finished(CARD_KEY) == [told, ReservationEnded(State.PENDING)]
    assert stage.state(reserved.reservation_id) == "pending"
    assert stage.provider_counts() == (480, 480)
    assert stage.books() == {}


@pytest.mark.parametrize(("no", "told"), NOES)
def test_who_paid_again_after_the_no_has_one_space_and_the_other_money_back(
    stage: Stage, no: Answer, told: object
) -> None:
    reserved = stage.reserve()
    stage.hold_payments()
    stage.pay_deposit(reserved.reservation_id, CARD, intent=CARD_KEY)
    said_no(stage, no)
    stage.pay_deposit(reserved.reservation_id, CARD, intent="again")

    takes_it_after_all(stage, 480)

    assert isinstance(stage.finished("again")[0], TicketIssued)
    assert stage.finished(CARD_KEY) == [told, ReservationEnded(State.CONFIRMED)]
    assert stage.provider_counts() == (960, 480)
    assert stage.books() == {"psp:simulator": -480, "escrow:1": 480}


@pytest.mark.parametrize(("no", "told"), NOES)
def test_what_is_due_and_succeeds_after_the_no_opens_nothing_and_goes_back(
    stage: Stage, ada: Wallet, no: Answer, told: object
) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    due = stage.scan(EXIT, ticket.text)
    before = stage.books()
    stage.hold_payments()
    stage.pay_due(ticket.reservation_id, CARD, intent=CARD_KEY)
    said_no(stage, no)

    takes_it_after_all(stage, 120)

    assert isinstance(due, ExitDue)
    assert stage.finished(CARD_KEY) == [told, ReservationEnded(State.ARRIVED)]
    assert not stage.is_arm_up(EXIT)
    assert stage.provider_counts() == (120, 120)
    assert stage.books() == before
