"""Who had reserved and pulled another ticket pays once, by the terms of the reservation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.ids import AttendantId
from kiosk.domain.life_outcomes import Linked, LinkProblem, LinkRefused, TicketShown
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    NotSignedIn,
    TicketIssued,
    TicketRevoked,
)
from kiosk.domain.reservation import State
from kiosk.domain.tariff_text import tariff_hash
from kiosk.services.life_commands import LinkStay
from tests.fakes.stage import (
    CARD,
    ENTRY,
    EXIT,
    KIM,
    Stage,
    Wallet,
    euro,
    stage_with_own_tariff,
)
from tests.services.pulled import booked_and_pulled

MINUTE = timedelta(minutes=1)


def out_at(stage: Stage, ticket: TicketIssued, minutes: int) -> object:
    return stage.drive(EXIT, ticket.text, at=ticket.window.from_ + minutes * MINUTE)


def refused(why: LinkProblem) -> LinkRefused:
    return LinkRefused(why)


def test_the_money_of_the_reservation_goes_back_and_its_terms_go_to_the_stay(
    stage: Stage, ada: Wallet
) -> None:
    booked, pulled = booked_and_pulled(stage, ada)
    idle = stage.idle_spaces()
    stage.wait(minutes=10)

    linked = stage.link(pulled.reservation_id, booked.reservation_id)

    assert linked == Linked(pulled.reservation_id, booked.reservation_id, euro(480))
    assert stage.state(booked.reservation_id) == "substituted"
    assert stage.reservation(pulled.reservation_id).linked_to == booked.reservation_id
    assert stage.books() == {"till:desk-1": -2000, ada.account: 1760, "escrow:2": 240}
    assert stage.idle_spaces() == idle | {1}
    assert stage.wrong() == []


def test_time_within_the_reserved_window_is_no_overstay(stage: Stage, ada: Wallet) -> None:
    booked, pulled = booked_and_pulled(stage, ada)
    stage.wait(minutes=10)
    stage.link(pulled.reservation_id, booked.reservation_id)
    car = stage.site.car_to(EXIT)
    stage.wait_until(pulled.window.from_ + 110 * MINUTE)

    due = stage.scan(EXIT, pulled.text)
    paid = stage.pay_due(pulled.reservation_id, ada.proof)
    stage.site.car_through(EXIT, car)

    assert isinstance(due, ExitDue)
    assert (due.bill.charge.total, due.bill.due) == (euro(480), euro(240))
    assert due.bill.booked == booked.window
    assert isinstance(paid, ExitCovered)
    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 1520,
        "owner:1": 347,
        "commission": 71,
        "vat": 14,
        "manager": 48,
    }
    assert stage.state(pulled.reservation_id) == "left"
    assert stage.wrong() == []


def test_the_receipt_of_a_linked_stay_keeps_its_terms_in_the_database(
    stage: Stage, ada: Wallet
) -> None:
    booked, pulled = booked_and_pulled(stage, ada)
    stage.wait(minutes=10)
    stage.link(pulled.reservation_id, booked.reservation_id)

    covered = out_at(stage, pulled, 50)

    (receipt,) = stage.receipts(pulled.reservation_id)
    assert isinstance(covered, ExitCovered)
    assert receipt.facts is not None
    assert receipt.facts == covered.bill.facts
    assert (receipt.facts.booked, receipt.facts.quote) == (booked.window, booked.deposit)
    assert stage.wrong() == []


def test_a_missed_reservation_is_linked_and_its_fee_is_taken_back_from_every_party(
    stage: Stage, ada: Wallet
) -> None:
    booked, pulled = booked_and_pulled(stage, ada, booked_minutes=180)
    stage.wait(minutes=30)
    missed = stage.books()

    linked = stage.link(pulled.reservation_id, booked.reservation_id)

    assert missed["owner:1"] == 347
    assert linked == Linked(pulled.reservation_id, booked.reservation_id, euro(480))
    assert stage.books() == {"till:desk-1": -2000, ada.account: 1760, "escrow:2": 240}
    assert stage.state(booked.reservation_id) == "substituted"
    assert [row.journal for row in stage.money_of(booked.reservation_id).transfers] == [
        "deposit",
        *["no-show"] * 6,
        *["link"] * 6,
    ]
    out_at(stage, pulled, 50)
    assert stage.wrong() == []


def test_what_a_card_paid_for_a_missed_reservation_goes_back_to_the_card(stage: Stage) -> None:
    booked = stage.ticket(CARD)
    pulled = stage.inside(CARD, minutes=60, plate="B AB 2", space_id=3)
    stage.wait(minutes=30)
    stage.link(pulled.reservation_id, booked.reservation_id)
    stage.wait(seconds=10)

    assert stage.provider_counts() == (720, 480)
    assert stage.books() == {"psp:simulator": -240, "escrow:2": 240}
    assert stage.wrong() == []


def test_the_ticket_of_the_reservation_opens_nothing_more_and_says_what_went_back(
    stage: Stage, ada: Wallet
) -> None:
    booked, pulled = booked_and_pulled(stage, ada)
    stage.wait(minutes=10)
    stage.link(pulled.reservation_id, booked.reservation_id)
    revoked = TicketRevoked(stage.now)

    assert stage.drive(ENTRY, booked.text) == revoked
    shown = stage.show_ticket(booked.text)
    assert isinstance(shown, TicketShown)
    assert (shown.state, shown.pays_back) == (State.SUBSTITUTED, euro(480))


def test_linked_at_the_exit_the_next_scan_is_priced_so_at_the_stopped_clock(
    stage: Stage, ada: Wallet
) -> None:
    booked, pulled = booked_and_pulled(stage, ada, pulled_minutes=30)
    car = stage.site.car_to(EXIT)
    stage.wait_until(pulled.window.from_ + 80 * MINUTE)
    before = stage.scan(EXIT, pulled.text)
    stage.wait(minutes=5)
    stage.link(pulled.reservation_id, booked.reservation_id)
    after = stage.scan(EXIT, pulled.text)
    stage.site.car_through(EXIT, car)

    assert isinstance(before, ExitDue)
    assert isinstance(after, ExitDue)
    assert before.bill.booked == pulled.window
    assert after.bill.booked == booked.window
    assert after.bill.presented_at == before.bill.presented_at
    assert after.bill.due == euro(240)


def test_both_timelines_say_who_linked_them(stage: Stage, ada: Wallet) -> None:
    booked, pulled = booked_and_pulled(stage, ada)
    stage.link(pulled.reservation_id, booked.reservation_id)

    rows = [stage.money_of(ticket.reservation_id).timeline[-1] for ticket in (booked, pulled)]

    assert [(row.actor, row.action, row.detail) for row in rows] == [
        ("Kim", "reservation.linked", str(pulled.reservation_id)),
        ("Kim", "stay.linked", str(booked.reservation_id)),
    ]


@pytest.fixture
def dearer(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """The small site, dearer from now on; what was founded is version 1."""
    stage = stage_with_own_tariff(founded, tmp_path, ("price = 1.20", "price = 2.40"))
    yield stage
    stage.close()


def test_the_tariff_of_the_day_of_the_reservation_prices_the_stay(
    dearer: Stage,
) -> None:
    stage, ada = dearer, dearer.wallet(5000)
    booked, pulled = booked_and_pulled(stage, ada)
    old = stage.sql("SELECT id FROM tariff ORDER BY version LIMIT 1")[0][0]
    stage.sql(
        f"UPDATE reservation SET tariff_id = {old}, quote_minor = 480 "
        f"WHERE id = {booked.reservation_id}"
    )
    stage.wait(minutes=10)
    stage.link(pulled.reservation_id, booked.reservation_id)

    covered = out_at(stage, pulled, 50)

    assert isinstance(covered, ExitCovered)
    assert covered.bill.charge.total == euro(240)
    assert covered.bill.tariff_hash == tariff_hash(stage.reservation(booked.reservation_id).tariff)
    assert covered.bill.tariff_hash != tariff_hash(stage.reservation(pulled.reservation_id).tariff)
    assert stage.wrong() == []


def test_by_hand_a_linked_stay_is_priced_by_its_reservation_too(stage: Stage, ada: Wallet) -> None:
    booked, pulled = booked_and_pulled(stage, ada, pulled_minutes=120)
    stage.wait(minutes=10)
    stage.link(pulled.reservation_id, booked.reservation_id)
    stage.wait(minutes=60)

    stage.open_barrier(EXIT, reservation_id=pulled.reservation_id)

    (receipt,) = stage.receipts(pulled.reservation_id)
    assert receipt.charge.total == euro(360)
    assert stage.wrong() == []


def test_a_linked_stay_that_comes_back_keeps_its_terms(stage: Stage, ada: Wallet) -> None:
    booked, pulled = booked_and_pulled(stage, ada, pulled_minutes=120)
    stage.wait(minutes=10)
    stage.link(pulled.reservation_id, booked.reservation_id)
    out_at(stage, pulled, 20)
    stage.drive(ENTRY, pulled.text)

    again = out_at(stage, pulled, 28)

    assert isinstance(again, ExitCovered)
    assert again.bill.booked == booked.window
    assert stage.wrong() == []


# What does not belong together ----------------------------------------------------------------


def test_a_ticket_is_not_linked_to_itself(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    outcome = stage.link(ticket.reservation_id, ticket.reservation_id)

    assert outcome == refused(LinkProblem.SAME)


def test_a_ticket_whose_car_is_not_inside_is_not_linked(stage: Stage, ada: Wallet) -> None:
    booked = stage.ticket(ada.proof)
    other = stage.ticket(ada.proof, minutes=60, plate="B AB 2", space_id=3)
    waiting = stage.link(other.reservation_id, booked.reservation_id)
    stage.drive(ENTRY, other.text)
    stage.drive(EXIT, other.text)
    gone = stage.link(other.reservation_id, booked.reservation_id)

    assert waiting == gone == refused(LinkProblem.STAY_STATE)
    assert stage.state(booked.reservation_id) == "confirmed"


def test_a_stay_that_is_settled_is_not_priced_anew(stage: Stage, ada: Wallet) -> None:
    booked, pulled = booked_and_pulled(stage, ada)
    car = stage.site.car_to(EXIT)
    stage.scan(EXIT, pulled.text)
    stage.back_out(EXIT, car)

    outcome = stage.link(pulled.reservation_id, booked.reservation_id)

    assert outcome == refused(LinkProblem.STAY_STATE)


def test_a_stay_with_a_receipt_from_before_it_came_back_is_not_priced_anew(
    stage: Stage, ada: Wallet
) -> None:
    booked, pulled = booked_and_pulled(stage, ada)
    out_at(stage, pulled, 8)
    stage.drive(ENTRY, pulled.text)

    outcome = stage.link(pulled.reservation_id, booked.reservation_id)

    assert outcome == refused(LinkProblem.STAY_STATE)


def test_a_stay_is_linked_once(stage: Stage, ada: Wallet) -> None:
    booked, pulled = booked_and_pulled(stage, ada)
    third = stage.ticket(ada.proof, plate="B AB 5", space_id=5)
    stage.link(pulled.reservation_id, booked.reservation_id)

    outcome = stage.link(pulled.reservation_id, third.reservation_id)

    assert outcome == refused(LinkProblem.STAY_STATE)
    assert stage.state(third.reservation_id) == "confirmed"


def test_a_reservation_is_given_back_once(stage: Stage, ada: Wallet) -> None:
    booked, pulled = booked_and_pulled(stage, ada)
    other = stage.inside(ada.proof, minutes=60, plate="B AB 5", space_id=5)
    stage.link(pulled.reservation_id, booked.reservation_id)
    books = stage.books()

    outcome = stage.link(other.reservation_id, booked.reservation_id)

    assert outcome == refused(LinkProblem.RESERVATION_STATE)
    assert stage.books() == books


def test_a_reservation_whose_own_car_is_inside_is_not_given_back(
    stage: Stage, ada: Wallet
) -> None:
    booked, pulled = booked_and_pulled(stage, ada)
    stage.site.car_to(ENTRY)
    stage.scan(ENTRY, booked.text)

    outcome = stage.link(pulled.reservation_id, booked.reservation_id)

    assert outcome == refused(LinkProblem.RESERVATION_STATE)


def test_a_reservation_whose_car_came_back_is_not_given_back(stage: Stage, ada: Wallet) -> None:
    booked = stage.inside(ada.proof)
    out_at(stage, booked, 10)
    pulled = stage.inside(ada.proof, minutes=60, plate="B AB 2", space_id=3)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, booked.text)
    stage.back_out(ENTRY, car)

    outcome = stage.link(pulled.reservation_id, booked.reservation_id)

    assert stage.state(booked.reservation_id) == "confirmed"
    assert outcome == refused(LinkProblem.RESERVATION_STATE)


def test_a_reservation_for_another_time_is_not_linked(stage: Stage, ada: Wallet) -> None:
    later, pulled = booked_and_pulled(stage, ada, starts_in=14)
    too_early = stage.link(pulled.reservation_id, later.reservation_id)
    stage.wait_until(later.window.from_)
    in_time = stage.link(pulled.reservation_id, later.reservation_id)

    assert too_early == refused(LinkProblem.OTHER_TIME)
    assert isinstance(in_time, Linked)


def test_a_reservation_that_was_over_before_the_stay_is_not_linked(
    stage: Stage, ada: Wallet
) -> None:
    missed = stage.ticket(ada.proof, minutes=30)
    stage.wait(minutes=30)
    pulled = stage.inside(ada.proof, minutes=60, plate="B AB 2", space_id=3)

    outcome = stage.link(pulled.reservation_id, missed.reservation_id)

    assert outcome == refused(LinkProblem.OTHER_TIME)
    assert stage.state(missed.reservation_id) == "no-show"


def test_who_is_not_signed_in_links_nothing(stage: Stage, ada: Wallet) -> None:
    booked, pulled = booked_and_pulled(stage, ada)

    outcome = stage.site.do(
        LinkStay(
            actor=KIM,
            attendant_id=AttendantId(99),
            stay_id=pulled.reservation_id,
            reservation_id=booked.reservation_id,
        )
    )

    assert outcome == NotSignedIn()
    assert stage.state(booked.reservation_id) == "confirmed"
