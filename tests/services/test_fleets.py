"""A fleet parks on its account: within its credit, posted at the exit, the rest let go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain import ledger
from kiosk.domain.ledger import Transfer
from kiosk.domain.outcomes import ExitCovered, ExitDue, TicketIssued, UnknownPass, WrongPin
from kiosk.domain.payer_outcomes import CreditExhausted
from kiosk.services.commands import CancelReservation, WalletProof
from kiosk.services.events import PassPresented
from tests.fakes.stage import DRIVER, DRIVER_PIN, ENTRY, EXIT, Stage, euro
from tests.services.fleets import add_fleet, credit


def test_a_deposit_on_a_fleets_account_is_a_promise_and_no_money_yet(stage: Stage) -> None:
    fleet = add_fleet(stage)

    ticket = stage.ticket(fleet.proof)

    assert credit(stage, fleet).authorised == euro(480)
    assert stage.money_of(ticket.reservation_id).transfers == ()


def test_the_exit_posts_what_the_stay_costs_and_lets_the_rest_go(stage: Stage) -> None:
    fleet = add_fleet(stage)
    ticket = stage.inside(fleet.proof)
    stage.wait(minutes=55)

    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    cost = outcome.bill.charge.total
    assert cost == euro(240)
    with stage.site.core.store.reading() as tx:
        transfers = [row.transfer for row in tx.ledger.transfers_of(ticket.reservation_id)]
    escrow = ledger.escrow(ticket.reservation_id)
    assert transfers[0] == Transfer(fleet.unbilled, escrow, cost)
    assert {each.debit for each in transfers[1:]} == {escrow}
    assert credit(stage, fleet).used == cost


def test_a_stay_that_the_credit_does_not_cover_is_not_sold(stage: Stage) -> None:
    fleet = add_fleet(stage, limit_minor=479)
    reserved = stage.reserve()

    assert stage.pay_deposit(reserved.reservation_id, fleet.proof) == CreditExhausted()

    assert credit(stage, fleet).authorised == euro(0)


def test_open_promises_count_against_the_credit(stage: Stage) -> None:
    fleet = add_fleet(stage, limit_minor=900)
    stage.ticket(fleet.proof)
    second = stage.reserve(plate="B AB 2", space_id=3)

    assert stage.pay_deposit(second.reservation_id, fleet.proof) == CreditExhausted()


def test_what_an_exit_still_asks_for_is_paid_on_the_fleets_account(stage: Stage) -> None:
    fleet = add_fleet(stage)
    ticket = stage.inside(fleet.proof)
    stage.wait(minutes=200)
    stage.site.car_to(EXIT)
    due = stage.scan(EXIT, ticket.text)
    assert isinstance(due, ExitDue)

    outcome = stage.pay_due(ticket.reservation_id, fleet.proof)

    assert isinstance(outcome, ExitCovered)
    assert credit(stage, fleet).unbilled == outcome.bill.charge.total
    assert credit(stage, fleet).authorised == euro(0)


def test_a_fleets_reservation_that_is_cancelled_in_time_costs_it_nothing(stage: Stage) -> None:
    fleet = add_fleet(stage)
    ticket = stage.ticket(fleet.proof, starts_at=stage.now + timedelta(days=20))

    stage.site.do(
        CancelReservation(
            actor=DRIVER, reservation_id=ticket.reservation_id, agreed_refund=euro(480)
        )
    )

    assert credit(stage, fleet).used == euro(0)


def test_wrong_pins_of_a_fleets_pass_are_counted_and_lock_it(stage: Stage) -> None:
    fleet = add_fleet(stage)
    reserved = stage.reserve()
    wrong = replace(fleet.proof, pin="999999")

    answers = [stage.pay_deposit(reserved.reservation_id, wrong) for _ in range(5)]

    assert answers[0] == WrongPin(None)
    assert answers[4] == WrongPin(stage.now + timedelta(seconds=15))
    assert stage.pay_deposit(reserved.reservation_id, fleet.proof) == answers[4]
    stage.wait(seconds=16)
    assert isinstance(stage.pay_deposit(reserved.reservation_id, fleet.proof), TicketIssued)


@pytest.mark.parametrize("what", ["pass", "fleet"])
def test_a_pass_or_a_fleet_that_has_ended_proves_nothing(stage: Stage, what: str) -> None:
    fleet = add_fleet(stage)
    with stage.site.core.store.transaction() as tx:
        if what == "pass":
            assert tx.fleets.end_pass(fleet.pass_code)
        else:
            tx.fleets.change(replace(tx.fleets.fleet(fleet.id), is_active=False))
    reserved = stage.reserve()

    assert stage.pay_deposit(reserved.reservation_id, fleet.proof) == UnknownPass()


def test_a_fleets_pass_is_scanned_like_a_wallets_or_typed_without_its_head(stage: Stage) -> None:
    fleet = add_fleet(stage)
    reserved = stage.reserve()

    stage.site.scan(ENTRY, f"F1/{fleet.pass_code.upper()}")

    assert stage.last(PassPresented).pass_code == fleet.pass_code
    scanned = WalletProof(f"F1/{fleet.pass_code.upper()}", DRIVER_PIN)
    assert isinstance(stage.pay_deposit(reserved.reservation_id, scanned), TicketIssued)
