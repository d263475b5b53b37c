"""The money for a change arrives when the change is over: it goes back, in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.domain.ids import OperationKey
from kiosk.domain.life_outcomes import Changed
from kiosk.domain.outcomes import (
    Cancelled,
    PaymentDeclined,
    PaymentUnavailable,
    ReservationEnded,
    TicketIssued,
)
from kiosk.domain.reservation import State
from kiosk.payments.adapter import Answer, Declined, NotSent, PaymentRequest
from kiosk.payments.simulator import SimulatedFault
from kiosk.services import providers
from tests.fakes.planned import (
    cancel,
    change,
    drop_change,
    hours,
    kept,
    pay_change,
    ticket_for,
)
from tests.fakes.stage import CARD, ENTRY, Stage, Wallet, euro

Waiting = list[Callable[[], None]]
REFUND_FAULTS = [
    None,
    SimulatedFault.UNREACHABLE,
    SimulatedFault.ANSWER_LOST_AFTER_DOING,
    SimulatedFault.ANSWER_LOST_BEFORE_DOING,
    SimulatedFault.ANSWERED_TWICE,
]


def asked_for_change(stage: Stage, ada: Wallet) -> tuple[TicketIssued, Waiting]:
    """A longer window is kept, and a provider is being asked for its 2.40."""
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3))
    waiting = stage.hold_payments()
    pay_change(stage, ticket.reservation_id, CARD, intent="card")
    return ticket, waiting


def answered(stage: Stage, waiting: Waiting) -> None:
    """The provider takes the money; then whatever is queued is finished."""
    waiting[0]()
    stage.site.core.run_payment = lambda _adapter, task: task()
    for _ in range(6):
        stage.wait(seconds=3)


def assert_money_back(stage: Stage, ticket: TicketIssued, before: dict[str, int]) -> None:
    """The provider has taken and given back, and the reservation stands as it was."""
    assert stage.provider_counts() == (240, 240)
    assert stage.books() == before
    assert stage.reservation(ticket.reservation_id).window == ticket.window
    assert stage.sql("SELECT count(*) FROM change") == [(0,)]


@pytest.mark.parametrize("fault", REFUND_FAULTS)
def test_a_change_that_is_paid_after_it_ran_out_is_not_made_and_the_money_goes_back(
    stage: Stage, ada: Wallet, fault: SimulatedFault | None
) -> None:
    ticket, waiting = asked_for_change(stage, ada)
    before = stage.books()
    stage.wait(minutes=10)
    waiting[0]()
    taken = stage.provider_counts()
    stage.site.core.run_payment = lambda _adapter, task: task()
    stage.fault_next(*([fault] if fault else []))

    for _ in range(6):
        stage.wait(seconds=3)

    assert taken == (240, 0)
    assert stage.finished("card") == [ReservationEnded(State.CONFIRMED)]
    assert_money_back(stage, ticket, before)


def test_a_change_that_is_paid_in_its_last_second_is_made(stage: Stage, ada: Wallet) -> None:
    ticket, waiting = asked_for_change(stage, ada)
    stage.wait(minutes=9, seconds=59)

    answered(stage, waiting)

    assert isinstance(stage.finished("card")[0], Changed)
    assert stage.reservation(ticket.reservation_id).window == hours(0, 3)
    assert stage.provider_counts() == (240, 0)
    assert stage.books()["escrow:1"] == 720


def test_a_change_that_is_paid_after_it_was_dropped_is_not_made(stage: Stage, ada: Wallet) -> None:
    ticket, waiting = asked_for_change(stage, ada)
    before = stage.books()
    drop_change(stage, ticket.reservation_id)

    answered(stage, waiting)

    assert stage.finished("card") == [ReservationEnded(State.CONFIRMED)]
    assert_money_back(stage, ticket, before)


def test_the_press_whose_money_went_back_is_not_told_that_it_changed_anything(
    stage: Stage, ada: Wallet
) -> None:
    ticket, waiting = asked_for_change(stage, ada)
    drop_change(stage, ticket.reservation_id)
    answered(stage, waiting)

    again = pay_change(stage, ticket.reservation_id, CARD, intent="card")

    assert again == ReservationEnded(State.CONFIRMED)


def test_a_card_that_paid_another_price_than_is_due_now_gets_it_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket, waiting = asked_for_change(stage, ada)
    with stage.site.core.store.transaction() as tx:
        tariff_id, split_terms_id = tx.changes.term_ids(ticket.reservation_id)
        tx.reservations.set_price(
            ticket.reservation_id,
            quote=euro(500),
            tariff_id=tariff_id,
            split_terms_id=split_terms_id,
        )
    before = stage.books()

    answered(stage, waiting)
    drop_change(stage, ticket.reservation_id)

    assert stage.finished("card") == [ReservationEnded(State.CONFIRMED)]
    assert_money_back(stage, ticket, before)


def test_a_change_that_is_paid_after_the_reservation_was_cancelled_goes_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket, waiting = asked_for_change(stage, ada)
    cancelled = cancel(stage, ticket.reservation_id)

    answered(stage, waiting)

    assert cancelled == Cancelled(euro(480))
    assert stage.finished("card") == [ReservationEnded(State.CANCELLED)]
    assert stage.provider_counts() == (240, 240)
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}


def test_who_pays_by_wallet_meanwhile_has_the_change_once_and_the_card_its_money_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket, waiting = asked_for_change(stage, ada)

    by_wallet = pay_change(stage, ticket.reservation_id, ada.proof)
    answered(stage, waiting)

    assert isinstance(by_wallet, Changed)
    assert stage.finished("card") == [ReservationEnded(State.CONFIRMED)]
    assert stage.provider_counts() == (240, 240)
    assert stage.books() == {"till:desk-1": -2000, ada.account: 1280, "escrow:1": 720}


def test_two_cards_for_one_change_pay_once(stage: Stage, ada: Wallet) -> None:
    ticket, waiting = asked_for_change(stage, ada)
    pay_change(stage, ticket.reservation_id, CARD, intent="other card")

    waiting[1]()
    answered(stage, waiting)

    assert isinstance(stage.finished("other card")[0], Changed)
    assert stage.finished("card") == [ReservationEnded(State.CONFIRMED)]
    assert stage.provider_counts() == (480, 240)
    assert stage.books()["escrow:1"] == 720


def test_a_change_to_another_day_that_is_paid_after_the_car_came_in_goes_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    kept(stage, ticket.reservation_id, hours(24, 27))
    waiting = stage.hold_payments()
    pay_change(stage, ticket.reservation_id, CARD, intent="card")
    stage.drive(ENTRY, ticket.text)
    before = stage.books()

    waiting[0]()
    after = stage.finished("card")
    drop_change(stage, ticket.reservation_id)
    stage.site.core.run_payment = lambda _adapter, task: task()
    stage.wait(seconds=9)

    assert after == [ReservationEnded(State.ARRIVED)]
    assert_money_back(stage, ticket, before)


def test_an_extension_that_is_paid_after_the_end_has_come_goes_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait_until(ticket.window.until - timedelta(minutes=3))
    longer = type(ticket.window)(ticket.window.from_, ticket.window.until + timedelta(hours=1))
    kept(stage, ticket.reservation_id, longer)
    waiting = stage.hold_payments()
    pay_change(stage, ticket.reservation_id, CARD, intent="card")
    before = stage.books()
    stage.wait_until(ticket.window.until)

    answered(stage, waiting)

    assert stage.finished("card") == [ReservationEnded(State.ARRIVED)]
    assert_money_back(stage, ticket, before)


@pytest.mark.parametrize(
    ("no", "told"), [(NotSent(), PaymentUnavailable()), (Declined("no"), PaymentDeclined())]
)
def test_a_provider_that_takes_the_money_after_its_no_gives_it_back_whatever_waits_by_then(
    stage: Stage, ada: Wallet, no: Answer, told: object
) -> None:
    ticket, _ = asked_for_change(stage, ada)
    key = OperationKey("card")
    before = stage.books()
    providers.finish(stage.site.core, key, no)
    stage.site.core.under_way.discard(key)
    stage.site.core.run_payment = lambda _adapter, task: task()
    change(stage, ticket.reservation_id, hours(3, 6))

    answer = stage.site.simulator.collect(PaymentRequest(key, euro(240)))
    providers.finish(stage.site.core, key, answer)
    providers.finish(stage.site.core, key, answer)
    stage.wait(seconds=6)
    drop_change(stage, ticket.reservation_id)

    assert stage.finished("card") == [told, ReservationEnded(State.CONFIRMED)]
    assert_money_back(stage, ticket, before)


def test_a_doubtful_payment_found_after_a_restart_makes_the_change_while_it_waits(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3))
    waiting = stage.hold_payments()
    stage.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING)
    pay_change(stage, ticket.reservation_id, CARD)
    waiting[0]()

    stage.restart()
    stage.wait(seconds=9)

    assert stage.reservation(ticket.reservation_id).window == hours(0, 3)
    assert stage.provider_counts() == (240, 0)


def test_a_doubtful_payment_found_after_a_restart_and_the_end_of_the_change_goes_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    before = stage.books()
    waits = kept(stage, ticket.reservation_id, hours(0, 3))
    waiting = stage.hold_payments()
    stage.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING)
    pay_change(stage, ticket.reservation_id, CARD)
    waiting[0]()
    stage.wait_until(waits.pay_until)

    stage.restart()
    stage.wait(seconds=9)

    assert_money_back(stage, ticket, before)
