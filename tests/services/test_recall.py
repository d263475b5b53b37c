"""An owner wants the space back: the price first, then another space or money for everyone."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.life_outcomes import (
    ChangeKept,
    OfferRefused,
    Recalled,
    RecallImpossible,
    RecallItem,
    RecallPriced,
    WindowInThePast,
)
from kiosk.domain.offer import OfferState
from kiosk.domain.outcomes import NothingToRefund, RefundPaid
from kiosk.domain.time import Window
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.commands import PayRefundInCash
from kiosk.services.events import SiteChanged
from kiosk.services.life_commands import ChangeReservation
from tests.fakes.stage import CARD, DRIVER, ENTRY, EXIT, KIM, Stage, Wallet, euro
from tests.services.moving import (
    ALWAYS,
    HOUR,
    NIGHTS,
    accept,
    actions,
    assert_gaps_are_kept,
    fill,
    hours,
    idle_for,
    paid,
    pending,
    price_recall,
    recall,
    space_of,
)


def priced(stage: Stage, window: Window) -> RecallPriced:
    answer = price_recall(stage, window)
    assert isinstance(answer, RecallPriced), answer
    return answer


# -- the price


def test_a_free_substitute_costs_the_owner_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = paid(stage, ada, starts_in=120)

    answer = priced(stage, hours(stage, 1, 4))

    item = RecallItem(ticket.reservation_id, ticket.window, SpaceId(3), euro(0), euro(0))
    assert answer.items == (item,)
    assert answer.cost == euro(0)


def test_without_one_the_driver_has_all_back_and_the_owner_pays_a_compensation(
    stage: Stage, ada: Wallet
) -> None:
    fill(stage, 3, 5)
    ticket = paid(stage, ada, starts_in=120)

    answer = priced(stage, hours(stage, 1, 3.2))

    assert answer.items == (
        RecallItem(ticket.reservation_id, ticket.window, None, euro(240), euro(48)),
    )
    assert answer.cost == euro(48)


def test_who_has_not_paid_yet_has_nothing_back_and_no_compensation(stage: Stage) -> None:
    fill(stage, 3, 5)
    reserved = pending(stage, starts_in=120)

    answer = priced(stage, hours(stage, 1, 3.2))

    assert answer.items == (
        RecallItem(reserved.reservation_id, reserved.window, None, euro(0), euro(0)),
    )


def test_a_price_changes_nothing(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = paid(stage, ada, starts_in=120)
    tables = ("reservation", "journal", "move", "audit", "due", "offer", "ticket", "free_gap")
    before = [stage.sql(f"SELECT * FROM {table}") for table in tables]
    stage.site.events.clear()

    priced(stage, hours(stage, 1, 4))

    assert [stage.sql(f"SELECT * FROM {table}") for table in tables] == before
    assert stage.site.events == []
    assert stage.state(ticket.reservation_id) == "confirmed"


# -- the recall


def test_at_the_agreed_cost_the_owner_has_the_space_back(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = paid(stage, ada, starts_in=120)
    window = hours(stage, 1, 3.2)
    cost = priced(stage, window).cost
    owner_before = stage.books().get("owner:1", 0)
    stage.site.events.clear()

    done = recall(stage, window, cost)

    assert isinstance(done, Recalled)
    assert stage.state(ticket.reservation_id) == "owner-recalled"
    assert stage.books()[ada.account] == 2000 + 48
    assert stage.books()["owner:1"] == owner_before - 48  # below zero, when he has had nothing yet
    assert "reservation.recalled" in actions(stage, ticket.reservation_id)
    assert stage.site.events == [SiteChanged()]
    assert stage.wrong() == []
    assert_gaps_are_kept(stage)


def test_nobody_can_reserve_the_recalled_time(stage: Stage) -> None:
    window = hours(stage, 1, 4)

    done = recall(stage, window, euro(0))

    assert isinstance(done, Recalled)
    assert done.window.covers(window)
    assert 1 not in idle_for(stage, hours(stage, 1, 2))
    assert 1 not in idle_for(stage, hours(stage, 3.5, 4))
    assert 1 in idle_for(stage, hours(stage, 4.1, 5))
    assert_gaps_are_kept(stage)


def test_who_can_be_seated_elsewhere_keeps_ticket_and_price(stage: Stage, ada: Wallet) -> None:
    ticket = paid(stage, ada, starts_in=120)

    recall(stage, hours(stage, 1, 4), euro(0))

    assert space_of(stage, ticket.reservation_id) == 3
    assert stage.state(ticket.reservation_id) == "confirmed"
    assert stage.books()[ada.account] == 2000 - 240


def test_when_the_cost_has_changed_the_new_one_is_shown_and_nothing_done(
    stage: Stage, ada: Wallet
) -> None:
    ticket = paid(stage, ada, starts_in=120)
    window = hours(stage, 1, 3.2)
    agreed = priced(stage, window).cost
    fill(stage, 3, 5)

    answer = recall(stage, window, agreed)

    assert agreed == euro(0)
    assert isinstance(answer, RecallPriced)
    assert answer.cost == euro(48)
    assert stage.state(ticket.reservation_id) == "confirmed"
    assert 1 in idle_for(stage, hours(stage, 1, 1.5))


def test_a_driver_who_paid_by_card_has_the_compensation_at_the_desk(stage: Stage) -> None:
    fill(stage, 3, 5)
    reserved = pending(stage, starts_in=120)
    stage.pay_deposit(reserved.reservation_id, CARD)
    window = hours(stage, 1, 3.2)
    recall(stage, window, priced(stage, window).cost)

    while_it_runs = cash(stage, reserved.reservation_id)
    stage.wait(minutes=1)
    again = cash(stage, reserved.reservation_id)

    assert stage.state(reserved.reservation_id) == "owner-recalled"
    assert while_it_runs == RefundPaid(euro(48))
    assert again == NothingToRefund()
    assert stage.provider_counts()[1] == 240
    assert stage.wrong() == []


def test_the_desk_pays_what_the_provider_refuses_too_and_not_twice(stage: Stage) -> None:
    fill(stage, 3, 5)
    reserved = pending(stage, starts_in=120)
    stage.pay_deposit(reserved.reservation_id, CARD)
    window = hours(stage, 1, 3.2)
    recall(stage, window, priced(stage, window).cost)
    first = cash(stage, reserved.reservation_id)
    stage.fault_next(SimulatedFault.DECLINED)
    stage.wait(minutes=1)

    second = cash(stage, reserved.reservation_id)

    assert (first, second) == (RefundPaid(euro(48)), RefundPaid(euro(240)))
    assert cash(stage, reserved.reservation_id) == NothingToRefund()
    assert stage.wrong() == []


def test_what_is_recalled_twice_is_written_once(stage: Stage) -> None:
    window = hours(stage, 1, 4)
    recall(stage, window, euro(0))

    again = recall(stage, window, euro(0))

    assert isinstance(again, Recalled)
    with stage.site.core.store.reading() as tx:
        offer = tx.library.offer_in_force(SpaceId(1))
    assert offer is not None
    assert len(offer.times.blackouts) == 1


def test_a_change_onto_the_space_that_was_not_paid_yet_is_forgotten(
    stage: Stage, ada: Wallet
) -> None:
    ticket = paid(stage, ada, starts_in=120, space_id=3)
    kept = stage.site.do(
        ChangeReservation(
            actor=DRIVER,
            lane=ENTRY,
            reservation_id=ticket.reservation_id,
            space_id=SpaceId(1),
            window=Window(ticket.window.from_, ticket.window.until + HOUR),
        )
    )
    assert isinstance(kept, ChangeKept)

    recall(stage, hours(stage, 1, 4), euro(0))

    assert stage.sql("SELECT * FROM change") == []
    assert_gaps_are_kept(stage)


def test_an_owner_who_has_withdrawn_the_offer_can_recall_what_still_stands(
    stage: Stage, ada: Wallet
) -> None:
    ticket = paid(stage, ada, starts_in=120)
    with stage.site.core.store.transaction() as tx:
        offer = tx.library.offer_in_force(ticket.space.id)
        assert offer is not None
        tx.library.set_offer_state(offer.id, OfferState.WITHDRAWN)

    done = recall(stage, hours(stage, 1, 4), euro(0))

    assert isinstance(done, Recalled)
    assert space_of(stage, ticket.reservation_id) == 3


# -- what cannot be recalled


def test_a_car_that_stands_there_stays_until_its_booked_end(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    answer = price_recall(stage, hours(stage, 1, 4))
    assert isinstance(answer, RecallImpossible)
    after = price_recall(stage, Window(answer.not_before, answer.not_before + HOUR))

    assert timedelta() <= answer.not_before - ticket.window.until < timedelta(minutes=1)
    assert isinstance(after, RecallPriced)
    assert recall(stage, hours(stage, 1, 4), euro(0)) == answer


def test_a_car_that_has_paid_and_is_on_its_way_counts_too(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.scan(EXIT, ticket.text)

    answer = price_recall(stage, hours(stage, 1, 4))

    assert isinstance(answer, RecallImpossible)
    assert answer.not_before >= ticket.window.until


def test_a_late_car_is_waited_for(stage: Stage, ada: Wallet) -> None:
    stage.inside(ada.proof, minutes=60)
    stage.wait(minutes=70)

    answer = price_recall(stage, hours(stage, 0, 4))
    assert isinstance(answer, RecallImpossible)
    later = price_recall(stage, Window(answer.not_before, answer.not_before + HOUR))

    waited_for = answer.not_before - stage.now
    assert timedelta(minutes=30) <= waited_for < timedelta(minutes=31)
    assert isinstance(later, RecallPriced)


def test_a_car_under_the_arm_counts_as_inside(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)

    answer = price_recall(stage, hours(stage, 0, 4))
    stage.site.car_through(ENTRY, car)

    assert isinstance(answer, RecallImpossible)


def test_a_displaced_car_stands_somewhere_else(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = stage.inside(ada.proof)
    accept(stage, ticket.reservation_id)

    assert isinstance(price_recall(stage, hours(stage, 1, 4)), RecallPriced)


def test_only_the_owner_of_the_space_recalls_it(stage: Stage) -> None:
    answer = price_recall(stage, hours(stage, 1, 4), owner_id=NIGHTS)

    assert answer == OfferRefused(("A01 belongs to another owner",))
    assert recall(stage, hours(stage, 1, 4), euro(0), owner_id=NIGHTS) == answer


def test_a_space_that_is_not_shared_is_the_owner_s_already(stage: Stage) -> None:
    with stage.site.core.store.transaction() as tx:
        for offer in tx.library.offers(SpaceId(1)):
            tx.library.set_offer_state(offer.id, OfferState.WITHDRAWN)

    answer = price_recall(stage, hours(stage, 1, 4), owner_id=ALWAYS)

    assert answer == OfferRefused(("A01 is not shared: it is the owner's already",))


def test_a_window_that_is_over_is_not_recalled_but_one_that_has_begun_is(stage: Stage) -> None:
    assert price_recall(stage, hours(stage, -2, -0.1)) == WindowInThePast(stage.now)
    assert isinstance(price_recall(stage, hours(stage, -2, 1)), RecallPriced)


def test_a_recall_of_years_is_refused(stage: Stage) -> None:
    answer = price_recall(stage, hours(stage, 1, 24 * 400))

    assert answer == OfferRefused(("a recall takes 366 days at most",))


def test_a_recall_beyond_all_known_idle_time_is_kept_for_later(stage: Stage) -> None:
    window = hours(stage, 24 * 100, 24 * 101)

    assert isinstance(recall(stage, window, euro(0)), Recalled)
    assert_gaps_are_kept(stage)


def cash(stage: Stage, reservation_id: ReservationId) -> object:
    """Kim pays from the till what no provider gives back."""
    return stage.site.do(
        PayRefundInCash(
            actor=KIM,
            attendant_id=stage.attendant_id,
            desk="desk-1",
            reservation_id=reservation_id,
        )
    )
