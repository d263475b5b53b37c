"""A provider is asked once about one thing, and never about more than it can be asked."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.ids import OperationKey
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    PaymentDeclined,
    PaymentRunning,
    PaymentUnavailable,
    TicketIssued,
)
from kiosk.payments.simulator import SimulatedFault
from kiosk.services import limits
from kiosk.services.commands import TopUpWallet
from kiosk.services.events import PaymentFinished
from tests.fakes.stage import CARD, EXIT, KIM, Stage, Wallet, euro


def has_intent(stage: Stage, key: str) -> bool:
    with stage.site.core.store.reading() as tx:
        return tx.payments.operation(OperationKey(key)) is not None


def ten_minutes_of_ticks(stage: Stage) -> None:
    for _ in range(10 * 60 // 2):
        stage.wait(seconds=limits.IN_DOUBT_ASK_EVERY_S)


def test_while_a_payment_is_under_way_its_provider_is_not_asked_again(stage: Stage) -> None:
    reserved = stage.reserve()
    waiting = stage.hold_payments()

    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    ten_minutes_of_ticks(stage)

    assert len(waiting) == 1


def test_while_a_refund_is_under_way_its_provider_is_not_asked_again(stage: Stage) -> None:
    ticket = stage.inside(CARD)
    waiting = stage.hold_payments()

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    ten_minutes_of_ticks(stage)
    waiting.pop(0)()

    assert waiting == []
    assert stage.provider_counts() == (480, 240)
    assert "refund-due:1" not in stage.books()


def test_a_provider_that_answered_in_doubt_is_asked_again(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING)

    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    stage.wait(seconds=limits.IN_DOUBT_ASK_EVERY_S)

    assert isinstance(stage.finished("card")[-1], TicketIssued)


def fill_the_queue(stage: Stage) -> None:
    other = stage.reserve(plate="B AB 9", space_id=5)
    for number in range(limits.PAY_QUEUE_LENGTH):
        answer = stage.pay_deposit(other.reservation_id, CARD, intent=f"waits-{number}")
        assert isinstance(answer, PaymentRunning)


def test_one_payment_too_many_is_refused_and_leaves_no_intent(stage: Stage) -> None:
    reserved = stage.reserve()
    waiting = stage.hold_payments()
    fill_the_queue(stage)

    refused = stage.pay_deposit(reserved.reservation_id, CARD, intent="too-much")
    intent_then = has_intent(stage, "too-much")
    waiting.pop(0)()
    later = stage.pay_deposit(reserved.reservation_id, CARD, intent="too-much")

    assert (refused, intent_then) == (PaymentUnavailable(), False)
    assert later == PaymentRunning(OperationKey("too-much"))


def test_one_payment_too_many_at_the_exit_is_refused_and_the_wallet_still_pays(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    due = stage.scan(EXIT, ticket.text)
    waiting = stage.hold_payments()
    fill_the_queue(stage)

    by_card = stage.pay_due(ticket.reservation_id, CARD, intent="too-much")
    by_wallet = stage.pay_due(ticket.reservation_id, ada.proof)

    assert isinstance(due, ExitDue)
    assert by_card == PaymentUnavailable()
    assert not has_intent(stage, "too-much")
    assert len(waiting) == limits.PAY_QUEUE_LENGTH
    assert isinstance(by_wallet, ExitCovered)


def test_the_same_press_after_a_decline_is_answered_with_the_decline(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.fault_next(SimulatedFault.DECLINED)
    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    again = stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    assert again == PaymentDeclined()
    assert stage.finished("card") == [PaymentDeclined()]
    assert stage.provider_counts() == (0, 0)


def test_the_same_press_after_the_provider_was_away_says_so_again(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.fault_next(SimulatedFault.UNREACHABLE)
    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    again = stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    assert again == PaymentUnavailable()
    assert stage.provider_counts() == (0, 0)


def test_the_same_press_at_the_exit_after_a_decline_is_answered_with_the_decline(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    stage.scan(EXIT, ticket.text)
    stage.fault_next(SimulatedFault.DECLINED)
    stage.pay_due(ticket.reservation_id, CARD, intent="card")

    again = stage.pay_due(ticket.reservation_id, CARD, intent="card")

    assert again == PaymentDeclined()
    assert not stage.is_arm_up(EXIT)


def top_up(stage: Stage, wallet: Wallet, intent: str) -> None:
    stage.site.do(
        TopUpWallet(
            actor=KIM,
            attendant_id=stage.attendant_id,
            desk="desk-1",
            pass_code=wallet.pass_code,
            amount=euro(100),
            intent=intent,
        )
    )


def test_a_press_named_like_a_top_up_pays_from_the_wallet_all_the_same(
    stage: Stage, ada: Wallet
) -> None:
    top_up(stage, ada, "same-name")
    reserved = stage.reserve()

    outcome = stage.pay_deposit(reserved.reservation_id, ada.proof, intent="same-name")

    assert isinstance(outcome, TicketIssued)
    assert stage.books() == {"till:desk-1": -2100, ada.account: 2100 - 480, "escrow:1": 480}


def test_a_card_named_like_a_top_up_pays_all_the_same(stage: Stage, ada: Wallet) -> None:
    top_up(stage, ada, "same-name")
    reserved = stage.reserve()

    stage.pay_deposit(reserved.reservation_id, CARD, intent="same-name")

    assert isinstance(stage.last(PaymentFinished).outcome, TicketIssued)
    assert stage.books()["escrow:1"] == 480
    assert stage.books()["psp:simulator"] == -480


def test_a_press_named_like_a_payment_by_card_pays_from_the_wallet_all_the_same(
    stage: Stage, ada: Wallet
) -> None:
    first = stage.reserve(plate="B AB 1", space_id=1)
    stage.pay_deposit(first.reservation_id, CARD, intent="same-name")
    second = stage.reserve(plate="B AB 3", space_id=3)

    outcome = stage.pay_deposit(second.reservation_id, ada.proof, intent="same-name")

    assert isinstance(outcome, TicketIssued)
    assert stage.books()["escrow:2"] == 480
    assert stage.books()[ada.account] == 2000 - 480
