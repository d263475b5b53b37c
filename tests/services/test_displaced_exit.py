"""A car inside for which the site has no space leaves at no cost, and everything goes back."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.outcomes import ExitCovered, TicketIssued
from kiosk.domain.pricing.charge_lines import LineKind
from tests.fakes.stage import CARD, ENTRY, EXIT, Stage, Wallet, euro


def displaced(stage: Stage, ticket: TicketIssued) -> None:
    with stage.site.core.store.transaction() as tx:
        tx.reservations.displace_stay(ticket.reservation_id, at=stage.now)


def out_at(stage: Stage, ticket: TicketIssued, minutes: int) -> ExitCovered:
    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=minutes))
    assert isinstance(outcome, ExitCovered), outcome
    return outcome


def test_the_whole_charge_is_struck_off_and_the_deposit_goes_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    displaced(stage, ticket)

    covered = out_at(stage, ticket, 50)

    assert [(line.kind, line.amount.minor) for line in covered.bill.charge.lines] == [
        (LineKind.BLOCK, 240),
        (LineKind.WAIVED, -240),
    ]
    assert (covered.bill.charge.total, covered.bill.refund) == (euro(0), euro(480))
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.wrong() == []


def test_an_overstay_of_a_displaced_car_costs_nothing_either(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof, minutes=60)
    displaced(stage, ticket)

    covered = out_at(stage, ticket, 200)

    assert covered.bill.charge.total == euro(0)
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}
    assert stage.wrong() == []


def test_what_a_card_paid_goes_back_to_the_card(stage: Stage) -> None:
    ticket = stage.inside(CARD)
    displaced(stage, ticket)

    out_at(stage, ticket, 50)
    stage.wait(seconds=10)

    assert stage.provider_counts() == (480, 480)
    assert stage.books() == {}


def test_a_displaced_car_in_and_out_within_the_free_time_has_an_empty_receipt(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    displaced(stage, ticket)

    covered = out_at(stage, ticket, 3)

    assert covered.bill.charge.lines == ()
    assert stage.wrong() == []


def test_a_stay_without_a_price_is_no_reason_to_keep_a_displaced_car(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    displaced(stage, ticket)

    covered = out_at(stage, ticket, 400 * 24 * 60)

    assert covered.bill.charge.total == euro(0)
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}
    assert stage.wrong() == []


def test_a_displaced_car_that_backs_out_and_comes_too_late_still_owes_nothing(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    displaced(stage, ticket)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=50))
    stage.scan(EXIT, ticket.text)
    stage.back_out(EXIT, car)

    covered = out_at(stage, ticket, 120)

    assert (covered.bill.charge.total, covered.bill.receipt_number) == (euro(0), 1)
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}


def test_a_displaced_car_is_let_out_by_hand_at_no_cost_and_nothing_is_forgiven(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof, minutes=60)
    displaced(stage, ticket)
    stage.wait(minutes=200)

    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)

    actions = [row.action for row in stage.money_of(ticket.reservation_id).timeline]
    assert "difference.waived" not in actions
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}


def test_a_visit_that_was_paid_before_stays_paid_when_the_next_one_is_displaced(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 20)
    books = stage.books()
    stage.drive(ENTRY, ticket.text)
    displaced(stage, ticket)

    covered = out_at(stage, ticket, 100)

    assert covered.bill.charge.total == euro(120)
    assert stage.books() == books
    assert stage.wrong() == []
