"""All who lost a space get another one at once: which, in what order, and who is left over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain import ledger
from kiosk.domain.ids import OperationKey, ReservationId, SpaceId
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.life_outcomes import SpaceClosed, TicketShown
from kiosk.domain.offer import OfferTerms
from kiosk.domain.reservation import Event
from kiosk.domain.seating import Move, Seating
from kiosk.domain.space import CarNeeds
from kiosk.domain.time import Window
from kiosk.payments.adapter import PaymentRequest
from kiosk.services import reseat
from tests.fakes.stage import CARD, KIM, Stage, Wallet, euro
from tests.services.moving import (
    HOUR,
    assert_gaps_are_kept,
    close,
    fill,
    paid,
    pending,
    rebuild,
    space_of,
)


def with_terms(stage: Stage, space_id: int, terms: OfferTerms) -> None:
    """The owner of a space shares it on other terms from now on."""
    with stage.site.core.store.transaction() as tx:
        tx.library._session.run(
            "UPDATE free_gap SET notice_s = ?, shortest_s = ?, longest_s = ? WHERE space_id = ?",
            int(terms.notice.total_seconds()),
            int((terms.shortest or timedelta()).total_seconds()),
            int((terms.longest or timedelta(days=366)).total_seconds()),
            space_id,
        )


def test_the_same_area_comes_before_a_better_fit_in_another(stage: Stage, ada: Wallet) -> None:
    stage.top_up(ada.pass_code, 5000)
    paid(stage, ada, starts_in=135, minutes=600, plate="B AB 9", space_id=5)
    ticket = paid(stage, ada, starts_in=60)

    close(stage, 1)

    assert space_of(stage, ticket.reservation_id) == 3


def test_another_area_is_better_than_none(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3)
    ticket = paid(stage, ada, starts_in=60)

    close(stage, 1)

    assert space_of(stage, ticket.reservation_id) == 5


def test_a_space_with_a_charger_is_kept_for_those_who_need_it(stage: Stage, ada: Wallet) -> None:
    rebuild(stage, 3, "has_charger", 1)
    with stage.site.core.store.transaction() as tx:
        tx.library._session.run("UPDATE space SET area_id = 1, rank = 9 WHERE id = 5")
        tx.library._spaces.clear()
    ticket = paid(stage, ada, starts_in=60)

    close(stage, 1)

    assert space_of(stage, ticket.reservation_id) == 5


def test_nobody_gets_less_than_he_had(stage: Stage, ada: Wallet) -> None:
    rebuild(stage, 1, "has_charger", 1)
    ticket = paid(stage, ada, starts_in=60)

    close(stage, 1)

    assert stage.state(ticket.reservation_id) == "displaced"


def test_nobody_gets_a_space_that_does_not_fit(stage: Stage, ada: Wallet) -> None:
    rebuild(stage, 3, "height_mm", 1900)
    ticket = paid(stage, ada, starts_in=60, needs=CarNeeds(height_mm=2000))

    close(stage, 1)

    assert space_of(stage, ticket.reservation_id) == 5


@pytest.mark.parametrize(
    "terms",
    [
        OfferTerms(notice=timedelta(minutes=61)),
        OfferTerms(shortest=timedelta(minutes=61)),
        OfferTerms(longest=timedelta(minutes=59)),
    ],
    ids=("notice", "shortest stay", "longest stay"),
)
def test_terms_of_other_owners_hold(stage: Stage, ada: Wallet, terms: OfferTerms) -> None:
    with_terms(stage, 3, terms)
    ticket = paid(stage, ada, starts_in=60)

    close(stage, 1)

    assert space_of(stage, ticket.reservation_id) == 5


def test_terms_that_admit_the_window_exactly_do_not_stand_in_the_way(
    stage: Stage, ada: Wallet
) -> None:
    terms = OfferTerms(timedelta(minutes=60), timedelta(minutes=60), timedelta(minutes=60))
    with_terms(stage, 3, terms)
    ticket = paid(stage, ada, starts_in=60)

    close(stage, 1)

    assert space_of(stage, ticket.reservation_id) == 3


def test_those_of_several_spaces_are_solved_together(stage: Stage, ada: Wallet) -> None:
    """The first one's best fit is the only space for the second one: he gets another."""
    stage.top_up(ada.pass_code, 5000)
    stage.wait(minutes=215)  # spaces 2 and 4 are shared in the evening
    fill(stage, 2)
    rebuild(stage, 1, "height_mm", 1900)
    rebuild(stage, 4, "height_mm", 1900)
    low = paid(stage, ada, starts_in=60)
    tall_car = CarNeeds(height_mm=2000)
    tall = paid(stage, ada, starts_in=60, plate="B AB 3", space_id=5, needs=tall_car)
    paid(stage, ada, starts_in=135, plate="B AB 4", space_id=3)
    affected = [stage.reservation(each.reservation_id) for each in (low, tall)]

    core = stage.site.core
    with core.store.transaction() as tx:
        reseating = reseat.reseat(core, tx, affected, why="a test", actor=KIM)
        alone = reseat.plan(core, tx, ())

    assert [moved.ticket.space.id for moved in reseating.moved] == [4, 3]
    assert reseating.left_over == ()
    assert alone == Seating((), ())


def test_a_space_that_one_has_lost_is_given_to_none_of_the_others(
    stage: Stage, ada: Wallet
) -> None:
    fill(stage, 3)
    first = paid(stage, ada, starts_in=60)
    second = paid(stage, ada, starts_in=195, plate="B AB 3", space_id=5)
    affected = [stage.reservation(each.reservation_id) for each in (first, second)]

    core = stage.site.core
    with core.store.transaction() as tx:
        reseating = reseat.reseat(core, tx, affected, why="a test", actor=KIM)

    assert reseating.moved == ()
    assert list(reseating.left_over) == affected


def test_a_late_car_s_space_is_given_only_for_when_it_is_expected_gone(
    stage: Stage, ada: Wallet
) -> None:
    stage.inside(CARD, plate="L 3", minutes=60, space_id=3)
    fill(stage, 5)
    stage.wait(minutes=70)
    soon = paid(stage, ada, starts_in=29, minutes=30)
    later = paid(stage, ada, starts_in=80, plate="B AB 3", minutes=30)

    close(stage, 1, hours=2)

    assert stage.state(soon.reservation_id) == "displaced"
    assert space_of(stage, later.reservation_id) == 3


def test_a_gap_that_ends_before_a_late_car_is_expected_gone_is_none(
    stage: Stage, ada: Wallet
) -> None:
    stage.inside(CARD, plate="L 3", minutes=60, space_id=3)
    fill(stage, 5)
    paid(stage, ada, starts_in=150, plate="B AB 3", space_id=3)
    stage.wait(minutes=115)
    soon = paid(stage, ada, starts_in=0, minutes=30)

    close(stage, 1, hours=2)

    assert stage.state(soon.reservation_id) == "displaced"


def test_who_is_moved_reads_it_on_his_ticket(stage: Stage, ada: Wallet) -> None:
    ticket = paid(stage, ada, starts_in=60)

    close(stage, 1)

    shown = stage.show_ticket(ticket.text)
    assert isinstance(shown, TicketShown)
    assert shown.moved_from == ticket.space
    assert shown.ticket.space.id == 3
    last = stage.money_of(ticket.reservation_id).timeline[-1]
    assert (last.action, last.detail) == (
        "reservation.moved",
        "A01 -> A03: space out of order",
    )


def test_who_is_displaced_reads_what_came_back(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = paid(stage, ada, starts_in=60)

    close(stage, 1)

    shown = stage.show_ticket(ticket.text)
    assert isinstance(shown, TicketShown)
    assert shown.pays_back == euro(240)


def test_a_pending_one_is_paid_and_used_on_its_new_space(stage: Stage, ada: Wallet) -> None:
    reserved = pending(stage, starts_in=15)
    close(stage, 1)

    ticket = stage.pay_deposit(reserved.reservation_id, ada.proof)

    assert ticket.space.id == 3  # type: ignore[attr-defined]


def test_a_space_that_the_schema_refuses_counts_as_not_free(
    stage: Stage, ada: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = paid(stage, ada, starts_in=60, plate="B AB 3", space_id=3)
    ticket = paid(stage, ada, starts_in=60)
    wrong = Seating((Move(ticket.reservation_id, SpaceId(3)),), ())
    monkeypatch.setattr(reseat, "plan", lambda *_: wrong)

    closed = close(stage, 1)

    assert isinstance(closed, SpaceClosed)
    assert closed.reseated.moved == ()
    assert stage.state(ticket.reservation_id) == "displaced"
    assert space_of(stage, taken.reservation_id) == 3


# -- many


def crowd(stage: Stage, count: int) -> list[ReservationId]:
    """Paid reservations of space 1, half an hour each, one an hour; written past the screens."""
    core, made = stage.site.core, []
    with core.store.transaction() as tx:
        for number in range(count):
            starts = stage.now + (number + 1) * HOUR
            reservation_id = tx.reservations.add(
                space_id=SpaceId(1),
                vehicle_id=tx.reservations.vehicle_id_for(f"C {number}"),
                window=Window(starts, starts + HOUR / 2),
                quote=euro(120),
                pay_until=starts,
                short_code=core.random_code(8),
                created_at=stage.now,
            )
            escrow = ledger.escrow(reservation_id)
            taken = Transfer(ledger.psp("simulator"), escrow, euro(120))
            tx.ledger.post(Journal(f"c{number}", "deposit", (taken,), reservation_id), stage.now)
            tx.reservations.apply(reservation_id, Event.DEPOSIT_PAID)
            made.append(reservation_id)
        site = core.site
        span = Window(stage.now, stage.now + (count + 2) * HOUR)
        tx.library.renew_gaps(SpaceId(1), span, zone=site.zone, buffer=site.rules.buffer)
    # It gives nothing back that it has not taken.
    stage.site.simulator.collect(PaymentRequest(OperationKey("crowd"), euro(120) * count))
    return made


def test_two_hundred_are_seated_at_once(stage: Stage) -> None:
    made = crowd(stage, 200)

    closed = close(stage, 1, hours=24 * 30)

    assert isinstance(closed, SpaceClosed)
    assert [each.ticket.reservation_id for each in closed.reseated.moved] == made
    assert closed.reseated.displaced == ()
    assert_gaps_are_kept(stage)


def test_of_two_hundred_those_without_a_space_have_everything_back(stage: Stage) -> None:
    made = crowd(stage, 200)
    close(stage, 3, hours=100.25)
    close(stage, 5, hours=100.25)

    closed = close(stage, 1, hours=24 * 30)
    stage.wait(minutes=5)

    assert isinstance(closed, SpaceClosed)
    displaced = [each.reservation_id for each in closed.reseated.displaced]
    assert displaced[0] == made[0]
    assert len(closed.reseated.moved) + len(displaced) == 200
    assert {stage.state(each) for each in displaced} == {"displaced"}
    assert stage.provider_counts()[1] == 120 * len(displaced)
    assert stage.wrong() == []
    assert_gaps_are_kept(stage)
