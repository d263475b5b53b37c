"""A deposit is paid once, or not at all; a space that nobody pays for is given back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.ids import SpaceId
from kiosk.domain.outcomes import (
    Cancelled,
    PlateHasReservation,
    PlateRefused,
    ReservationEnded,
    SpaceJustTaken,
    TicketIssued,
    TicketsFound,
    UnknownPass,
    WalletShown,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.reservation import State
from kiosk.domain.search_outcomes import WindowRefused
from kiosk.services import limits
from kiosk.services.commands import (
    CancelReservation,
    FindTickets,
    Reserve,
    ShowWallet,
    WalletProof,
)
from kiosk.services.events import PaymentFinished, SiteChanged
from tests.fakes.stage import CARD, DRIVER, DRIVER_PIN, ENTRY, NOON, Stage, Wallet, euro


def ask(stage: Stage, *, space_id: int = 1, minutes: int = 120, plate: str = "B AB 1") -> object:
    return stage.site.do(
        Reserve(actor=DRIVER, space_id=SpaceId(space_id), duration_minutes=minutes, plate=plate)
    )


def test_a_space_is_kept_for_one_driver_only(stage: Stage) -> None:
    stage.reserve(plate="B AB 1")

    assert ask(stage, plate="B AB 2") == SpaceJustTaken()


def test_a_space_that_its_owner_does_not_share_now_is_not_given(stage: Stage) -> None:
    assert ask(stage, space_id=2) == SpaceJustTaken()


@pytest.mark.parametrize("plate", ["", "  ", "B AB 1234567890"])
def test_a_plate_is_neither_empty_nor_endless(stage: Stage, plate: str) -> None:
    assert ask(stage, plate=plate) == PlateRefused(limits.PLATE_LONGEST_SIGNS)


@pytest.mark.parametrize("minutes", [-30, 0, 29, 1441])
def test_a_stay_outside_the_rules_is_refused(stage: Stage, minutes: int) -> None:
    assert isinstance(ask(stage, minutes=minutes), WindowRefused)


def test_a_car_with_a_paid_reservation_gets_no_second_one(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof, plate="B AB 1")

    outcome = ask(stage, space_id=3, plate="b ab1")

    assert outcome == PlateHasReservation(ticket.window)


def test_the_same_press_pays_once(stage: Stage, ada: Wallet) -> None:
    reserved = stage.reserve()

    first = stage.pay_deposit(reserved.reservation_id, ada.proof, intent="one-press")
    second = stage.pay_deposit(reserved.reservation_id, ada.proof, intent="one-press")

    assert isinstance(first, TicketIssued)
    assert second == first
    assert stage.books()["escrow:1"] == 480


def test_another_press_after_the_ticket_pays_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    outcome = stage.pay_deposit(ticket.reservation_id, ada.proof)

    assert outcome == ReservationEnded(State.CONFIRMED)
    assert stage.books()["escrow:1"] == 480


def test_the_same_press_of_a_card_pays_once(stage: Stage) -> None:
    reserved = stage.reserve()

    stage.pay_deposit(reserved.reservation_id, CARD, intent="one-press")
    second = stage.pay_deposit(reserved.reservation_id, CARD, intent="one-press")

    assert isinstance(second, TicketIssued)
    assert stage.books() == {"psp:simulator": -480, "escrow:1": 480}
    assert stage.site.simulator.total("collect", "EUR") == euro(480)


def test_a_press_of_a_card_after_the_ticket_pays_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    outcome = stage.pay_deposit(ticket.reservation_id, CARD)

    assert outcome == ReservationEnded(State.CONFIRMED)
    assert stage.provider_counts() == (0, 0)


def test_the_same_press_of_a_card_gives_no_ticket_to_a_car_that_is_inside(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.pay_deposit(reserved.reservation_id, CARD, intent="one-press")
    issued = stage.last(PaymentFinished).outcome
    assert isinstance(issued, TicketIssued)
    stage.drive(ENTRY, issued.text)

    outcome = stage.pay_deposit(reserved.reservation_id, CARD, intent="one-press")

    assert outcome == ReservationEnded(State.ARRIVED)


def test_a_wallet_that_is_too_low_says_what_is_missing(stage: Stage) -> None:
    poor = stage.wallet(479)
    reserved = stage.reserve()
    before = stage.books()

    outcome = stage.pay_deposit(reserved.reservation_id, poor.proof)

    assert outcome == WalletTooLow(balance=euro(479), missing=euro(1))
    assert stage.books() == before
    assert stage.state(reserved.reservation_id) == "pending"


def test_a_wallet_may_be_spent_to_its_last_cent(stage: Stage) -> None:
    exact = stage.wallet(480)

    stage.ticket(exact.proof)

    assert exact.account not in stage.books()


def test_a_pass_that_nobody_has_pays_nothing(stage: Stage) -> None:
    reserved = stage.reserve()

    outcome = stage.pay_deposit(reserved.reservation_id, WalletProof("zzzzzzzz", DRIVER_PIN))

    assert outcome == UnknownPass()


def wrong_pins(stage: Stage, wallet: Wallet, count: int) -> list[object]:
    command = ShowWallet(actor=DRIVER, pass_code=wallet.pass_code, pin="000000")
    return [stage.site.do(command) for _ in range(count)]


def test_after_five_wrong_pins_even_the_right_one_waits(stage: Stage, ada: Wallet) -> None:
    reserved = stage.reserve()
    until = stage.now + timedelta(seconds=limits.PIN_LOCK_S)

    answers = wrong_pins(stage, ada, limits.PIN_TRIES)
    locked = stage.pay_deposit(reserved.reservation_id, ada.proof)

    assert answers == [WrongPin(None)] * (limits.PIN_TRIES - 1) + [WrongPin(until)]
    assert locked == WrongPin(until)
    assert "escrow:1" not in stage.books()


def test_when_the_wait_is_over_the_right_pin_pays(stage: Stage, ada: Wallet) -> None:
    reserved = stage.reserve()
    wrong_pins(stage, ada, limits.PIN_TRIES)
    stage.wait(seconds=limits.PIN_LOCK_S)

    outcome = stage.pay_deposit(reserved.reservation_id, ada.proof)

    assert isinstance(outcome, TicketIssued)


def test_each_further_wrong_pin_doubles_the_wait(stage: Stage, ada: Wallet) -> None:
    wrong_pins(stage, ada, limits.PIN_TRIES)
    stage.wait(seconds=limits.PIN_LOCK_S)

    (answer,) = wrong_pins(stage, ada, 1)

    assert answer == WrongPin(stage.now + timedelta(seconds=2 * limits.PIN_LOCK_S))


def test_the_lock_survives_a_restart(stage: Stage, ada: Wallet) -> None:
    wrong_pins(stage, ada, limits.PIN_TRIES)
    until = stage.now + timedelta(seconds=limits.PIN_LOCK_S)

    stage.restart()
    outcome = stage.site.do(ShowWallet(actor=DRIVER, pass_code=ada.pass_code, pin=DRIVER_PIN))

    # A virtual site lets three seconds pass while its lanes wake up.
    assert outcome == WrongPin(until)


def test_a_right_pin_forgets_the_wrong_ones(stage: Stage, ada: Wallet) -> None:
    wrong_pins(stage, ada, limits.PIN_TRIES - 1)
    shown = stage.site.do(ShowWallet(actor=DRIVER, pass_code=ada.pass_code, pin=DRIVER_PIN))

    answers = wrong_pins(stage, ada, limits.PIN_TRIES - 1)

    assert isinstance(shown, WalletShown)
    assert shown.balance == euro(2000)
    assert answers == [WrongPin(None)] * (limits.PIN_TRIES - 1)


def test_a_driver_who_lost_the_ticket_finds_it_by_pass_and_pin(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    found = stage.site.do(
        FindTickets(actor=DRIVER, pass_code=f"W1/{ada.pass_code.upper()}", pin=DRIVER_PIN)
    )
    stranger = stage.site.do(FindTickets(actor=DRIVER, pass_code=ada.pass_code, pin="000000"))

    assert found == TicketsFound((ticket,))
    assert stranger == WrongPin(None)


def test_cancelling_gives_the_space_back_at_once(stage: Stage, ada: Wallet) -> None:
    before = stage.idle_spaces()
    reserved = stage.reserve()
    while_kept = stage.idle_spaces()

    outcome = stage.site.do(
        CancelReservation(actor=DRIVER, reservation_id=reserved.reservation_id)
    )

    assert outcome == Cancelled()
    assert (while_kept, stage.idle_spaces()) == (before - {1}, before)
    assert stage.pay_deposit(reserved.reservation_id, ada.proof) == ReservationEnded(
        State.CANCELLED
    )
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}


def test_what_is_paid_is_not_cancelled_that_way(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    outcome = stage.site.do(CancelReservation(actor=DRIVER, reservation_id=ticket.reservation_id))

    assert outcome == ReservationEnded(State.CONFIRMED)


def test_an_unpaid_space_is_kept_to_its_last_second_and_idle_the_next(stage: Stage) -> None:
    reserved = stage.reserve()

    stage.wait_until(reserved.pay_until - timedelta(seconds=1))
    state_before, idle_before = stage.state(reserved.reservation_id), stage.idle_spaces()
    stage.wait(seconds=1)

    assert reserved.pay_until - NOON == timedelta(minutes=10, seconds=3)
    assert (state_before, 1 in idle_before) == ("pending", False)
    assert (stage.state(reserved.reservation_id), 1 in stage.idle_spaces()) == ("expired", True)


def test_an_expiry_stands_in_the_timeline_and_screens_look_again(stage: Stage) -> None:
    reserved = stage.reserve()
    stage.site.events.clear()

    stage.wait_until(reserved.pay_until)

    timeline = stage.money_of(reserved.reservation_id).timeline
    assert [(row.actor, row.action) for row in timeline] == [
        (DRIVER.name, "reservation.made"),
        ("housekeeping", "reservation.expired"),
    ]
    assert SiteChanged() in stage.site.events


def test_screens_look_again_when_a_space_is_kept_and_when_it_is_paid(
    stage: Stage, ada: Wallet
) -> None:
    stage.site.events.clear()
    reserved = stage.reserve()
    after_keeping = stage.site.events.count(SiteChanged())

    stage.pay_deposit(reserved.reservation_id, ada.proof)

    assert after_keeping == 1
    assert stage.site.events.count(SiteChanged()) == 2


def test_the_last_second_still_pays(stage: Stage, ada: Wallet) -> None:
    reserved = stage.reserve()
    stage.wait_until(reserved.pay_until - timedelta(seconds=1))

    outcome = stage.pay_deposit(reserved.reservation_id, ada.proof)
    stage.wait(seconds=1)

    assert isinstance(outcome, TicketIssued)
    assert stage.state(reserved.reservation_id) == "confirmed"


def test_an_expired_reservation_takes_no_money(stage: Stage, ada: Wallet) -> None:
    reserved = stage.reserve()
    stage.wait_until(reserved.pay_until)

    outcome = stage.pay_deposit(reserved.reservation_id, ada.proof)

    assert outcome == ReservationEnded(State.EXPIRED)
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}
