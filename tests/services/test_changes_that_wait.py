"""A change that waits to be paid: what it keeps, for how long, and what becomes of its money."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.ids import SpaceId
from kiosk.domain.life_outcomes import (
    Changed,
    ChangeDropped,
    ChangeKept,
    ChangeProblem,
    ChangeRefused,
)
from kiosk.domain.outcomes import (
    PaymentDeclined,
    PaymentRunning,
    PaymentUnavailable,
    ReservationEnded,
    Reserved,
    SpaceJustTaken,
    UnknownPass,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.reservation import State
from kiosk.domain.time import to_epoch
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.commands import WalletProof
from tests.fakes.planned import (
    EVENING,
    ask_for,
    change,
    drop_change,
    hours,
    kept,
    pay_change,
    reserve_for,
    ticket_for,
)
from tests.fakes.stage import CARD, Stage, Wallet, euro

SECOND = timedelta(seconds=1)


def idle_in_the_evening(stage: Stage) -> list[tuple[int, int, int]]:
    """The idle time of each space in the twelve hours from EVENING on."""
    first, last = to_epoch(EVENING), to_epoch(hours(0, 12).until)
    return [
        (space_id, max(from_s, first), min(until_s, last))
        for space_id, from_s, until_s in stage.gaps()
        if from_s < last and until_s > first
    ]


def test_what_a_change_keeps_and_what_the_reservation_has_are_both_taken(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(4, 7), space_id=3)

    answers = [
        ask_for(stage, hours(0, 2), plate="B AB 2", space_id=1),
        ask_for(stage, hours(6, 8), plate="B AB 3", space_id=3),
        ask_for(stage, hours(7.2, 8), plate="B AB 4", space_id=3),
        ask_for(stage, hours(7.25, 8), plate="B AB 5", space_id=3),
    ]

    assert [type(each) for each in answers] == [SpaceJustTaken] * 3 + [Reserved]


def test_a_change_that_nobody_pays_runs_out_within_a_second_and_leaves_no_trace(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    before = (stage.books(), idle_in_the_evening(stage))
    waits = kept(stage, ticket.reservation_id, hours(0, 3))
    kept_gaps = idle_in_the_evening(stage)

    stage.wait_until(waits.pay_until - SECOND)
    a_second_before = stage.sql("SELECT count(*) FROM change")
    stage.wait(seconds=1)

    assert kept_gaps != before[1]
    assert a_second_before == [(1,)]
    assert stage.sql("SELECT count(*) FROM change") == [(0,)]
    assert (stage.books(), idle_in_the_evening(stage)) == before
    assert stage.state(ticket.reservation_id) == "confirmed"
    assert stage.reservation(ticket.reservation_id).window == hours(0, 2)
    assert stage.sql("SELECT count(*) FROM audit WHERE action = 'change.expired'") == [(1,)]


def test_a_change_that_ran_out_is_not_paid_any_more(stage: Stage, ada: Wallet) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3))
    before = stage.books()
    stage.wait(minutes=10)

    by_wallet = pay_change(stage, ticket.reservation_id, ada.proof)
    by_card = pay_change(stage, ticket.reservation_id, CARD)

    assert by_wallet == by_card == ReservationEnded(State.CONFIRMED)
    assert stage.books() == before
    assert stage.provider_counts() == (0, 0)


def test_a_change_that_is_dropped_gives_back_what_it_kept(stage: Stage, ada: Wallet) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    before = stage.gaps()
    kept(stage, ticket.reservation_id, hours(4, 7), space_id=3)

    answers = [drop_change(stage, ticket.reservation_id) for _ in range(2)]

    assert answers == [ChangeDropped()] * 2
    assert stage.gaps() == before
    assert stage.sql("SELECT count(*) FROM due WHERE kind = 'change-runs-out'") == [(0,)]
    assert stage.sql("SELECT count(*) FROM audit WHERE action = 'change.dropped'") == [(1,)]


def test_a_later_wish_takes_the_place_of_an_earlier_one_and_a_refused_one_does_not(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    reserve_for(stage, hours(5, 6), plate="B AB 2")
    kept(stage, ticket.reservation_id, hours(0, 3))
    kept(stage, ticket.reservation_id, hours(0, 4))

    refused = change(stage, ticket.reservation_id, hours(0, 5))
    paid = pay_change(stage, ticket.reservation_id, ada.proof)

    assert refused == ChangeRefused(ChangeProblem.SPACE_TAKEN, hours(0, 4.75).until)
    assert isinstance(paid, Changed)
    assert (paid.ticket.window, paid.quote) == (hours(0, 4), euro(960))


def test_a_change_at_no_price_takes_the_place_of_one_that_waits(stage: Stage, ada: Wallet) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 4))

    answer = change(stage, ticket.reservation_id, hours(1, 3))
    stage.wait(minutes=11)

    assert isinstance(answer, Changed)
    assert stage.reservation(ticket.reservation_id).window == hours(1, 3)
    assert stage.sql("SELECT count(*) FROM change") == [(0,)]


def test_a_change_is_paid_no_later_than_the_start_would_be_missed(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    stage.wait_until(EVENING + timedelta(minutes=20))

    waits = kept(stage, ticket.reservation_id, hours(0, 3))
    stage.wait_until(waits.pay_until)

    assert waits.pay_until == EVENING + timedelta(minutes=25)
    assert stage.state(ticket.reservation_id) == "no-show"
    assert stage.sql("SELECT count(*) FROM change") == [(0,)]


@pytest.mark.parametrize("hours_back", [1, 24])
def test_a_clock_that_was_set_back_keeps_the_change_until_it_has_caught_up(
    stage: Stage, ada: Wallet, hours_back: int
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    waits = kept(stage, ticket.reservation_id, hours(0, 3))
    stage.site.clock.jump(-timedelta(hours=hours_back))
    stage.wait(minutes=11)

    paid = pay_change(stage, ticket.reservation_id, ada.proof)

    assert stage.now < waits.pay_until
    assert isinstance(paid, Changed)


def test_a_clock_that_was_set_on_lets_the_change_run_out_at_once(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    before = idle_in_the_evening(stage)
    kept(stage, ticket.reservation_id, hours(0, 3))

    stage.site.clock.jump(timedelta(minutes=10))
    stage.wait(seconds=1)

    assert idle_in_the_evening(stage) == before
    assert stage.sql("SELECT count(*) FROM change") == [(0,)]
    assert stage.state(ticket.reservation_id) == "confirmed"


def test_a_change_to_a_space_that_broke_meanwhile_is_not_paid(stage: Stage, ada: Wallet) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3), space_id=3)
    with stage.site.core.store.transaction() as tx:
        tx.library.close_space(SpaceId(3), hours(2.5, 9), reason="water")
    before = stage.books()

    answer = pay_change(stage, ticket.reservation_id, ada.proof)

    assert answer == ReservationEnded(State.CONFIRMED)
    assert stage.books() == before
    assert stage.reservation(ticket.reservation_id).window == hours(0, 2)


def test_a_change_to_a_space_that_somebody_was_given_meanwhile_is_not_paid(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3), space_id=3)
    other = reserve_for(stage, hours(2.5, 9), plate="B AB 2", space_id=4)
    with stage.site.core.store.transaction() as tx:
        terms = tx.library.terms_for(SpaceId(3))
        tx.reservations.set_space(
            other.reservation_id, SpaceId(3), split_terms_id=terms.split_terms_id
        )
    before = stage.books()

    answer = pay_change(stage, ticket.reservation_id, ada.proof)

    assert answer == ReservationEnded(State.CONFIRMED)
    assert stage.books() == before


def test_a_change_survives_a_restart(stage: Stage, ada: Wallet) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3))
    stage.wait(minutes=9, seconds=50)

    stage.restart()
    paid = pay_change(stage, ticket.reservation_id, ada.proof)

    assert isinstance(paid, Changed)
    assert stage.reservation(ticket.reservation_id).window == hours(0, 3)


def test_a_card_pays_the_difference_and_the_answer_comes_as_an_event(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3))

    asked = pay_change(stage, ticket.reservation_id, CARD, intent="card")
    again = pay_change(stage, ticket.reservation_id, CARD, intent="card")
    (finished,) = stage.finished("card")

    assert isinstance(asked, PaymentRunning)
    assert isinstance(finished, Changed)
    assert again == finished
    assert stage.provider_counts() == (240, 0)
    assert stage.books()["escrow:1"] == 720
    assert stage.site.papers[-1].paper.qr == finished.ticket.text


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (SimulatedFault.DECLINED, PaymentDeclined()),
        (SimulatedFault.UNREACHABLE, PaymentUnavailable()),
    ],
)
def test_a_card_that_is_refused_leaves_the_change_waiting_for_another_way(
    stage: Stage, ada: Wallet, fault: SimulatedFault, told: object
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3))
    stage.fault_next(fault)
    pay_change(stage, ticket.reservation_id, CARD, intent="card")

    same_press = pay_change(stage, ticket.reservation_id, CARD, intent="card")
    paid = pay_change(stage, ticket.reservation_id, ada.proof)

    assert stage.finished("card") == [told]
    assert same_press == told
    assert isinstance(paid, Changed)
    assert stage.provider_counts() == (0, 0)


def test_while_a_provider_is_asked_no_other_change_can_be_wished_for(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3))
    waiting = stage.hold_payments()
    running = pay_change(stage, ticket.reservation_id, CARD, intent="card")
    drop_change(stage, ticket.reservation_id)

    answers = [
        change(stage, ticket.reservation_id, hours(0, 4)),
        change(stage, ticket.reservation_id, hours(1, 3)),
    ]
    waiting.pop(0)()
    stage.site.core.run_payment = lambda _adapter, task: task()
    stage.wait(seconds=3)
    after = change(stage, ticket.reservation_id, hours(0, 4))

    assert isinstance(running, PaymentRunning)
    assert answers == [running, running]
    assert stage.provider_counts() == (240, 240)
    assert isinstance(after, ChangeKept)


def test_paying_says_what_is_wrong_and_moves_nothing(stage: Stage, ada: Wallet) -> None:
    poor = stage.wallet(100, name="Poor")
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3))
    before = stage.books()

    answers = [
        pay_change(stage, ticket.reservation_id, WalletProof("NOBODY", "1")),
        pay_change(stage, ticket.reservation_id, WalletProof(ada.pass_code, "000000")),
        pay_change(stage, ticket.reservation_id, poor.proof),
    ]

    assert answers == [UnknownPass(), WrongPin(None), WalletTooLow(euro(100), euro(140))]
    assert stage.books() == before


def test_the_same_press_never_pays_twice(stage: Stage, ada: Wallet) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3))
    first = pay_change(stage, ticket.reservation_id, ada.proof, intent="one press")
    before = stage.books()

    again = pay_change(stage, ticket.reservation_id, ada.proof, intent="one press")
    other = pay_change(stage, ticket.reservation_id, ada.proof, intent="another press")

    assert again == first
    assert other == ReservationEnded(State.CONFIRMED)
    assert stage.books() == before
