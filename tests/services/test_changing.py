"""Changing what is paid: another window or space, the exact difference, and the new ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.ids import AreaId
from kiosk.domain.life_outcomes import (
    CarDoesNotFit,
    Changed,
    ChangeKept,
    ChangeProblem,
    ChangeRefused,
    WindowInThePast,
    WindowTooFarAhead,
)
from kiosk.domain.offer import OfferTerms
from kiosk.domain.outcomes import (
    Granted,
    PlateHasReservation,
    Reserved,
    TicketRevoked,
)
from kiosk.domain.reservation import DueKind
from kiosk.domain.search_outcomes import WindowNotPriced, WindowRefused
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.space import CarNeeds, Misfit
from kiosk.domain.time import Window
from tests.fakes.planned import (
    EVENING,
    ask_for,
    change,
    hours,
    kept,
    pay_change,
    reserve_for,
    set_terms,
    ticket_for,
    withdraw_offer,
)
from tests.fakes.stage import CARD, ENTRY, Stage, Wallet, euro
from tests.fakes.tariffs import simple_tariff

SECOND = timedelta(seconds=1)


def dearer_terms(stage: Stage) -> OfferTerms:
    """2.00 for each half hour, and other parts for the parties."""
    tariff = simple_tariff("own", block_minutes=30, price_minor=200, cap_minor=3000)
    with stage.site.core.store.transaction() as tx:
        return OfferTerms(
            tariff_id=tx.library.add_tariff(tariff),
            split_terms_id=tx.library.add_split_terms(SplitTerms(0, 0, 0)),
        )


def test_a_longer_window_is_kept_paid_to_the_cent_and_has_a_new_ticket(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)

    waits = kept(stage, ticket.reservation_id, hours(0, 3))
    before = stage.books()
    paid = pay_change(stage, ticket.reservation_id, ada.proof)

    assert (waits.quote.total, waits.difference) == (euro(720), euro(240))
    assert waits.pay_until == stage.now + timedelta(minutes=10)
    assert before == {"till:desk-1": -2000, ada.account: 1520, "escrow:1": 480}
    assert isinstance(paid, Changed)
    assert (paid.ticket.window, paid.quote, paid.refund) == (hours(0, 3), euro(720), euro(0))
    assert stage.books() == {"till:desk-1": -2000, ada.account: 1280, "escrow:1": 720}
    assert stage.site.papers[-1].paper.qr == paid.ticket.text != ticket.text


def test_after_a_change_only_the_new_ticket_opens(stage: Stage, ada: Wallet) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    changed_at = stage.now
    answer = change(stage, ticket.reservation_id, hours(1, 3))
    stage.site.car_to(ENTRY)
    stage.wait_until(hours(1, 3).from_)

    old = stage.scan(ENTRY, ticket.text)
    assert isinstance(answer, Changed)
    new = stage.scan(ENTRY, answer.ticket.text)

    assert old == TicketRevoked(changed_at)
    assert isinstance(new, Granted)
    assert new.window == hours(1, 3)


def test_another_window_at_the_same_price_is_changed_at_once(stage: Stage, ada: Wallet) -> None:
    before = stage.gaps()
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    books = stage.books()

    answer = change(stage, ticket.reservation_id, hours(24, 26))
    with stage.site.core.store.reading() as tx:
        dues = tx.dues.of_reservation(ticket.reservation_id)
    old_window = ask_for(stage, hours(0, 2), plate="B AB 2")

    assert isinstance(answer, Changed)
    assert (answer.quote, answer.refund) == (euro(480), euro(0))
    assert stage.books() == books
    missed_at = hours(24, 26).from_ + timedelta(minutes=25)
    assert [(due.kind, due.at) for due in dues] == [(DueKind.START_MISSED, missed_at)]
    assert not isinstance(old_window, ChangeRefused)
    assert len(stage.gaps()) > len(before)


def test_a_changed_window_that_nobody_comes_for_is_missed_at_its_own_start(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    change(stage, ticket.reservation_id, hours(1, 3))

    stage.wait_until(EVENING + timedelta(minutes=85) - SECOND)
    before = stage.state(ticket.reservation_id)
    stage.wait(seconds=1)

    assert (before, stage.state(ticket.reservation_id)) == ("confirmed", "no-show")


def test_a_shorter_window_gives_the_surplus_back_at_once_newest_payment_first(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    kept(stage, ticket.reservation_id, hours(0, 3))
    pay_change(stage, ticket.reservation_id, CARD)

    answer = change(stage, ticket.reservation_id, hours(0, 1))
    stage.wait(seconds=3)

    assert isinstance(answer, Changed)
    assert (answer.quote, answer.refund) == (euro(240), euro(480))
    assert stage.provider_counts() == (240, 240)
    assert stage.books() == {"till:desk-1": -2000, ada.account: 1760, "escrow:1": 240}


@pytest.mark.parametrize(("late", "is_refused"), [(-SECOND, False), (0 * SECOND, True)])
@pytest.mark.parametrize("wanted", [hours(0, 3), hours(1, 5), hours(24, 28)])
def test_a_cheaper_or_later_window_is_had_until_the_second_in_which_cancelling_costs_something(
    stage: Stage, ada: Wallet, wanted: Window, late: timedelta, is_refused: bool
) -> None:
    ticket = ticket_for(stage, hours(0, 4), ada.proof)
    stage.site.clock.jump(EVENING + late - stage.now)
    before = stage.books()

    answer = change(stage, ticket.reservation_id, wanted)

    refused = ChangeRefused(ChangeProblem.CHEAPER_TOO_LATE)
    assert answer == refused if is_refused else isinstance(answer, Changed)
    is_same_price = wanted.duration == timedelta(hours=4)
    assert (stage.books() == before) is (is_refused or is_same_price)


def test_a_cap_makes_more_time_cost_less_and_then_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = ticket_for(stage, hours(0, 5), ada.proof)

    to_the_cap = kept(stage, ticket.reservation_id, hours(0, 8))
    pay_change(stage, ticket.reservation_id, ada.proof)
    beyond = change(stage, ticket.reservation_id, hours(0, 12))

    assert to_the_cap.difference == euro(200)
    assert isinstance(beyond, Changed)
    assert (beyond.quote, beyond.refund) == (euro(1400), euro(0))


def test_the_same_space_keeps_the_tariff_that_was_frozen(stage: Stage, ada: Wallet) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    before = stage.reservation(ticket.reservation_id)
    set_terms(stage, 1, dearer_terms(stage))

    waits = kept(stage, ticket.reservation_id, hours(0, 3))
    pay_change(stage, ticket.reservation_id, ada.proof)

    after = stage.reservation(ticket.reservation_id)
    assert waits.difference == euro(240)
    assert (after.tariff, after.split_terms) == (before.tariff, before.split_terms)


def test_another_space_is_priced_and_divided_on_its_own_terms(stage: Stage, ada: Wallet) -> None:
    set_terms(stage, 5, dearer_terms(stage))
    ticket = ticket_for(stage, hours(0, 2), ada.proof)

    waits = kept(stage, ticket.reservation_id, hours(0, 2), space_id=5)
    paid = pay_change(stage, ticket.reservation_id, ada.proof)

    after = stage.reservation(ticket.reservation_id)
    assert waits.difference == euro(320)
    assert isinstance(paid, Changed)
    assert (paid.ticket.area.code, paid.ticket.space.id) == ("B", 5)
    assert (after.tariff.code, after.split_terms) == ("own", SplitTerms(0, 0, 0))
    assert after.quote == euro(800)


def test_another_space_leaves_the_first_one_idle_and_keeps_the_same_text_good(
    stage: Stage, ada: Wallet
) -> None:
    before = stage.gaps()
    ticket = ticket_for(stage, hours(0, 2), ada.proof)

    answer = change(stage, ticket.reservation_id, hours(0, 2), space_id=3)
    back = change(stage, ticket.reservation_id, hours(0, 2), space_id=1)
    again = change(stage, ticket.reservation_id, hours(0, 2), space_id=3)

    assert isinstance(answer, Changed)
    assert isinstance(back, Changed)
    assert isinstance(again, Changed)
    assert again.ticket.text == ticket.text
    assert stage.sql("SELECT space_id FROM reservation") == [(3,)]
    taken = {each[0] for each in set(before) ^ set(stage.gaps())}
    assert taken == {3}


def test_a_space_that_the_car_does_not_fit_is_refused(stage: Stage, ada: Wallet) -> None:
    stage.sql("UPDATE space SET width_mm = 1700 WHERE id = 3 RETURNING id")
    stage.restart()
    reserved = ask_for(stage, hours(0, 2), needs=CarNeeds(width_mm=1800))
    assert isinstance(reserved, Reserved)
    stage.pay_deposit(reserved.reservation_id, ada.proof)

    other = change(stage, reserved.reservation_id, hours(0, 2), space_id=3)
    same = change(stage, reserved.reservation_id, hours(1, 3))

    assert isinstance(other, CarDoesNotFit)
    assert (other.space.id, other.why) == (3, Misfit.TOO_NARROW)
    assert isinstance(same, Changed)


def test_windows_that_the_site_does_not_take_are_refused_in_words(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    latest = stage.now + timedelta(days=60)
    windows = [
        hours(-5, 2),
        hours(0, 0.25),
        hours(0, 24.5),
        hours(0, 400 * 24),
        Window(latest - timedelta(minutes=59), latest + timedelta(minutes=1)),
    ]
    before = (stage.books(), stage.gaps())

    answers = [change(stage, ticket.reservation_id, window) for window in windows]

    assert answers == [
        WindowInThePast(stage.now),
        WindowRefused(30, 1440),
        WindowRefused(30, 1440),
        WindowRefused(30, 1440),
        WindowTooFarAhead(latest),
    ]
    assert (stage.books(), stage.gaps()) == before


def test_a_window_without_a_price_is_refused(stage: Stage, ada: Wallet) -> None:
    tariff = simple_tariff("own", block_minutes=30, price_minor=200, cap_minor=3000)
    with stage.site.core.store.transaction() as tx:
        tariff_id = tx.library.add_tariff(replace(tariff, maximum_stay_minutes=60))
    set_terms(stage, 5, OfferTerms(tariff_id=tariff_id))
    ticket = ticket_for(stage, hours(0, 2), ada.proof)

    answer = change(stage, ticket.reservation_id, hours(0, 2), space_id=5)

    assert isinstance(answer, WindowNotPriced)
    assert answer.area.id == AreaId(2)


def test_the_terms_of_the_offer_hold_for_the_changed_window(stage: Stage, ada: Wallet) -> None:
    terms = OfferTerms(shortest=timedelta(hours=1), longest=timedelta(hours=3))
    set_terms(stage, 1, terms)
    ticket = ticket_for(stage, hours(0, 2), ada.proof)

    answers = [change(stage, ticket.reservation_id, hours(0, until)) for until in (0.5, 3.5, 1, 3)]

    assert answers[:2] == [WindowRefused(60, 180)] * 2
    assert isinstance(answers[2], Changed)
    assert isinstance(answers[3], ChangeKept)


def test_only_time_that_is_added_needs_the_notice_of_the_offer(stage: Stage, ada: Wallet) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    set_terms(stage, 1, OfferTerms(notice=timedelta(hours=2)))
    stage.site.clock.jump(EVENING - SECOND - stage.now)

    earlier = change(stage, ticket.reservation_id, hours(-0.0001, 2))
    shorter = change(stage, ticket.reservation_id, hours(0.5, 2))
    stage.site.clock.jump(SECOND)
    longer = change(stage, ticket.reservation_id, hours(0.5, 3))
    stage.site.clock.jump(SECOND)
    a_second_late = change(stage, ticket.reservation_id, hours(0.5, 3))

    assert isinstance(earlier, ChangeRefused)
    assert isinstance(shorter, Changed)
    assert isinstance(longer, ChangeKept)
    assert a_second_late == ChangeRefused(ChangeProblem.SPACE_TAKEN, hours(0, 2).until)


def test_what_is_paid_may_shrink_and_not_grow_after_the_owner_stopped_sharing(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    withdraw_offer(stage, 1)

    longer = change(stage, ticket.reservation_id, hours(0, 3))
    shorter = change(stage, ticket.reservation_id, hours(0.5, 2))

    assert longer == ChangeRefused(ChangeProblem.SPACE_TAKEN, hours(0, 2).until)
    assert isinstance(shorter, Changed)


def test_a_window_or_space_of_somebody_else_is_taken(stage: Stage, ada: Wallet) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    reserve_for(stage, hours(3, 5), plate="B AB 2")
    reserve_for(stage, hours(0, 2), plate="B AB 3", space_id=3)

    answers = [
        change(stage, ticket.reservation_id, hours(0, 4)),
        change(stage, ticket.reservation_id, hours(4, 6)),
        change(stage, ticket.reservation_id, hours(0, 2), space_id=3),
        change(stage, ticket.reservation_id, hours(0, 2), space_id=4),
    ]

    assert answers[0] == ChangeRefused(ChangeProblem.SPACE_TAKEN, hours(0, 2.75).until)
    assert answers[1:3] == [ChangeRefused(ChangeProblem.SPACE_TAKEN)] * 2
    assert isinstance(answers[3], Changed)


def test_a_car_never_has_two_windows_that_lie_upon_one_another(stage: Stage, ada: Wallet) -> None:
    ticket_for(stage, hours(4, 6), ada.proof, space_id=3)
    ticket = ticket_for(stage, hours(0, 2), ada.proof)

    upon = change(stage, ticket.reservation_id, hours(3, 5))
    beside = change(stage, ticket.reservation_id, hours(2, 4))

    assert upon == PlateHasReservation(hours(4, 6))
    assert isinstance(beside, Changed)


def test_what_is_not_paid_or_is_over_is_not_changed(stage: Stage, ada: Wallet) -> None:
    pending = reserve_for(stage, hours(0, 2))
    before = change(stage, pending.reservation_id, hours(0, 3))
    stage.wait(minutes=10)

    after = change(stage, pending.reservation_id, hours(0, 3))

    assert before == after == ChangeRefused(ChangeProblem.STATE)


def test_a_walk_up_that_has_not_come_in_yet_may_change_what_has_begun(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    stage.wait(minutes=5)
    booked = ticket.window

    an_hour_more = Window(booked.from_, booked.until + timedelta(hours=1))
    longer = change(stage, ticket.reservation_id, an_hour_more)
    moved = change(stage, ticket.reservation_id, booked, space_id=3)
    earlier = change(
        stage, ticket.reservation_id, Window(booked.from_ + 60 * SECOND, booked.until)
    )

    assert isinstance(longer, ChangeKept)
    assert isinstance(moved, Changed)
    assert earlier == WindowInThePast(stage.now)
