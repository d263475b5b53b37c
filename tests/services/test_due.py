"""More is due at the exit than escrow holds: the clock has stopped, and each way to pay opens."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    PaymentRunning,
    TicketNotInside,
    TicketUsed,
    WalletTooLow,
    WrongPin,
)
from kiosk.services.commands import WalletProof
from kiosk.services.events import PaymentFinished
from tests.fakes.stage import CARD, EXIT, Stage, Wallet, euro
from tests.fakes.tariffs import blocks, overstay

SPLIT_OF_600 = {"owner:1": 433, "commission": 90, "vat": 17, "manager": 60}


def overstayed(stage: Stage, wallet: Wallet, *, minutes: int = 136) -> ExitDue:
    """A car of two booked hours stands at the exit, so many minutes after its start."""
    ticket = stage.inside(wallet.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=minutes))
    outcome = stage.scan(EXIT, ticket.text)
    assert isinstance(outcome, ExitDue)
    return outcome


def drive_out(stage: Stage) -> None:
    (car,) = stage.site.lanes[EXIT].plant.cars
    stage.site.car_through(EXIT, car)


def test_after_the_grace_all_the_overstay_counts_and_nothing_moves_before_it_is_paid(
    stage: Stage, ada: Wallet
) -> None:
    due = overstayed(stage, ada)

    assert due.bill.charge.lines == (blocks(4), overstay(minutes=16, minor=120))
    assert (due.bill.deposit, due.bill.due, due.bill.refund) == (euro(480), euro(120), euro(0))
    assert not stage.is_arm_up(EXIT)
    assert stage.books() == {"till:desk-1": -2000, ada.account: 1520, "escrow:1": 480}
    assert stage.state(due.bill.reservation_id) == "arrived"


def test_the_wallet_pays_the_rest_and_the_barrier_opens(stage: Stage, ada: Wallet) -> None:
    due = overstayed(stage, ada)

    outcome = stage.pay_due(due.bill.reservation_id, ada.proof)
    drive_out(stage)

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.receipt_number == 1
    assert stage.books() == {"till:desk-1": -2000, ada.account: 1400} | SPLIT_OF_600
    assert stage.state(due.bill.reservation_id) == "left"


def test_a_card_pays_the_rest_and_the_barrier_opens(stage: Stage, ada: Wallet) -> None:
    due = overstayed(stage, ada)

    answer = stage.pay_due(due.bill.reservation_id, CARD)
    drive_out(stage)

    assert isinstance(answer, PaymentRunning)
    assert isinstance(stage.last(PaymentFinished).outcome, ExitCovered)
    assert (
        stage.books()
        == {
            "till:desk-1": -2000,
            ada.account: 1520,
            "psp:simulator": -120,
        }
        | SPLIT_OF_600
    )
    assert stage.state(due.bill.reservation_id) == "left"


def test_the_clock_stays_stopped_while_the_driver_pays(stage: Stage, ada: Wallet) -> None:
    due = overstayed(stage, ada, minutes=149)

    stage.wait(minutes=14)
    outcome = stage.pay_due(due.bill.reservation_id, ada.proof)

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == due.bill.charge.total == euro(600)


def test_who_pays_much_later_pays_for_the_time_until_then(stage: Stage, ada: Wallet) -> None:
    due = overstayed(stage, ada, minutes=149)

    stage.wait(minutes=16)
    outcome = stage.pay_due(due.bill.reservation_id, ada.proof)

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == euro(720)


def test_a_wallet_too_low_for_the_rest_moves_nothing(stage: Stage) -> None:
    poor = stage.wallet(500)
    due = overstayed(stage, poor)
    before = stage.books()

    outcome = stage.pay_due(due.bill.reservation_id, poor.proof)

    assert outcome == WalletTooLow(balance=euro(20), missing=euro(100))
    assert stage.books() == before
    assert not stage.is_arm_up(EXIT)


def test_a_wrong_pin_opens_no_exit(stage: Stage, ada: Wallet) -> None:
    due = overstayed(stage, ada)

    outcome = stage.pay_due(due.bill.reservation_id, WalletProof(ada.pass_code, "000000"))

    assert outcome == WrongPin(None)
    assert not stage.is_arm_up(EXIT)


def test_another_drivers_wallet_may_pay_the_rest(stage: Stage, ada: Wallet) -> None:
    due = overstayed(stage, ada)
    friend = stage.wallet(1000, name="Bo")

    stage.pay_due(due.bill.reservation_id, friend.proof)
    drive_out(stage)

    assert stage.books()[friend.account] == 880
    assert stage.books()[ada.account] == 1520


def test_the_same_press_pays_the_rest_once(stage: Stage, ada: Wallet) -> None:
    due = overstayed(stage, ada)
    (car,) = stage.site.lanes[EXIT].plant.cars
    stage.pay_due(due.bill.reservation_id, ada.proof, intent="one-press")
    stage.back_out(EXIT, car)
    stage.site.car_to(EXIT)

    again = stage.pay_due(due.bill.reservation_id, ada.proof, intent="one-press")

    assert isinstance(again, ExitCovered)
    assert stage.books()[ada.account] == 1400


def test_a_stale_screen_cannot_pay_for_a_car_that_has_left(stage: Stage, ada: Wallet) -> None:
    due = overstayed(stage, ada)
    stage.open_barrier(EXIT, reservation_id=due.bill.reservation_id)
    drive_out(stage)
    books, stay = stage.books(), stage.stay(due.bill.reservation_id)

    by_wallet = stage.pay_due(due.bill.reservation_id, ada.proof)
    by_card = stage.pay_due(due.bill.reservation_id, CARD)

    assert stay is not None
    assert stay.left_at is not None
    assert by_wallet == by_card == TicketUsed(stay.left_at)
    assert stage.books() == books
    assert stage.site.simulator.total("collect", "EUR") == euro(0)


def test_what_was_waived_is_not_asked_for_again_within_the_exit_right(
    stage: Stage, ada: Wallet
) -> None:
    due = overstayed(stage, ada)
    (car,) = stage.site.lanes[EXIT].plant.cars
    stage.open_barrier(EXIT, reservation_id=due.bill.reservation_id)
    stage.back_out(EXIT, car)
    stage.site.car_to(EXIT)
    books = stage.books()

    outcome = stage.pay_due(due.bill.reservation_id, ada.proof)

    assert isinstance(outcome, ExitCovered)
    assert stage.books() == books


def test_who_is_not_inside_has_nothing_to_pay_at_the_exit(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    outcome = stage.pay_due(ticket.reservation_id, ada.proof)

    assert outcome == TicketNotInside()
