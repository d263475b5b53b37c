"""A car that changes hands: each driver pays for the own minutes and gets the own rest back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.domain import ledger
from kiosk.domain.ledger import Transfer
from kiosk.domain.outcomes import Bill, ExitCovered, ExitDue, TicketIssued, WalletTooLow, WrongPin
from kiosk.domain.payer_outcomes import HandedOver, HandOverImpossible, HandOverPriced
from kiosk.domain.payers import PayerPart, divide_by_minutes
from kiosk.domain.validation import Given
from kiosk.services.commands import OpenBarrier, WalletProof
from kiosk.services.payer_commands import HandOver, PriceHandOver
from tests.fakes.stage import DRIVER, ENTRY, EXIT, KIM, Stage, Wallet, euro
from tests.services.after import refund
from tests.services.coming_back import back_in, out_at
from tests.services.fleets import add_fleet, credit
from tests.services.test_shops import AMOUNT, PERCENT, add_shop, validate


def take_over(
    stage: Stage, ticket: TicketIssued, proof: WalletProof, *, intent: str = "over"
) -> object:
    return stage.site.do(
        HandOver(actor=DRIVER, reservation_id=ticket.reservation_id, method=proof, intent=intent)
    )


def went_to(stage: Stage, ticket: TicketIssued, account: str) -> int:
    """How much went back to an account."""
    with stage.site.core.store.reading() as tx:
        rows = tx.ledger.transfers_of(ticket.reservation_id)
    due = ledger.refund_due(ticket.reservation_id)
    return sum(
        row.transfer.amount.minor
        for row in rows
        if row.transfer == Transfer(due, account, row.transfer.amount)
    )


def test_the_charge_is_divided_by_minutes_and_each_gets_the_own_rest(
    stage: Stage, ada: Wallet
) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(ada.proof)  # 4.80 for two hours
    stage.wait_until(ticket.window.from_)
    stage.wait(minutes=60)

    told = take_over(stage, ticket, bob.proof)

    assert told == HandedOver(stage.now, euro(240))
    stage.wait(minutes=25)
    outcome = stage.drive(EXIT, ticket.text)
    assert isinstance(outcome, ExitCovered)
    total = outcome.bill.charge.total
    assert total == euro(360)
    first, second = outcome.bill.payers
    assert (first.account, second.account) == (ada.account, bob.account)
    assert first.part + second.part == total
    assert went_to(stage, ticket, ada.account) == 480 - first.part.minor
    assert went_to(stage, ticket, bob.account) == 240 - second.part.minor
    assert first.part.minor * second.minutes > second.part.minor * first.minutes - 100
    assert stage.wrong() == []


def test_who_takes_over_from_one_who_came_late_and_leaves_in_time_owes_nothing(
    stage: Stage, ada: Wallet
) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.ticket(ada.proof)  # 4.80 for two hours
    stage.wait_until(ticket.window.from_)
    stage.wait(minutes=20)
    stage.drive(ENTRY, ticket.text)
    stage.wait(minutes=40)

    told = take_over(stage, ticket, bob.proof)

    assert isinstance(told, HandedOver)
    assert told.deposit > euro(240), "an hour of the hundred minutes that the car has"
    stage.wait_until(ticket.window.until - timedelta(minutes=1))
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)


def test_the_receipt_keeps_who_paid_how_much(stage: Stage, ada: Wallet) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=30)
    take_over(stage, ticket, bob.proof)
    stage.wait(minutes=20)
    outcome = stage.drive(EXIT, ticket.text)
    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.receipt_number is not None

    with stage.site.core.store.reading() as tx:
        kept = tx.payer_turns.parts_of(outcome.bill.receipt_number)

    assert kept == outcome.bill.payers


def test_a_fleet_takes_over_and_is_asked_for_its_minutes_alone(stage: Stage, ada: Wallet) -> None:
    fleet = add_fleet(stage)
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=60)
    assert isinstance(take_over(stage, ticket, fleet.proof), HandedOver)
    stage.wait(minutes=30)

    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    by_fleet = outcome.bill.payers[1].part
    assert by_fleet.minor > 0
    assert credit(stage, fleet).used == by_fleet
    assert went_to(stage, ticket, ada.account) == 480 - outcome.bill.payers[0].part.minor


def test_a_wallet_takes_over_from_a_fleet(stage: Stage, ada: Wallet) -> None:
    fleet = add_fleet(stage)
    ticket = stage.inside(fleet.proof)
    stage.wait(minutes=60)
    take_over(stage, ticket, ada.proof)
    stage.wait(minutes=30)

    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    by_fleet, by_ada = outcome.bill.payers
    assert credit(stage, fleet).used == by_fleet.part
    assert by_ada.part.minor > 0
    assert stage.wrong() == []


def test_what_is_due_at_the_exit_is_asked_of_the_last_one(stage: Stage, ada: Wallet) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=60)
    take_over(stage, ticket, bob.proof)
    stage.wait(minutes=300)
    stage.site.car_to(EXIT)
    due = stage.scan(EXIT, ticket.text)
    assert isinstance(due, ExitDue)

    outcome = stage.pay_due(ticket.reservation_id, bob.proof)

    assert isinstance(outcome, ExitCovered)
    parts = {part.account: part for part in outcome.bill.payers}
    assert parts[bob.account].minutes > 4 * parts[ada.account].minutes
    assert parts[ada.account].part + parts[bob.account].part == outcome.bill.charge.total
    assert stage.wrong() == []


def test_the_first_driver_does_not_pay_for_the_second_ones_overstay(
    stage: Stage, ada: Wallet
) -> None:
    bob = stage.wallet(name="Bob")
    due = overstayed(stage, ada, bob)

    outcome = stage.pay_due(due.reservation_id, bob.proof)

    assert isinstance(outcome, ExitCovered)
    total = due.charge.total
    first, second = divide_by_minutes(total, [part.minutes for part in due.payers])
    assert due.due == second - due.payers[1].part
    assert due.deposit + due.due == total + due.refund
    assert due.refund == euro(240) - first == due.payers[0].back
    assert stage.books()[ada.account] == 2000 - first.minor
    assert stage.books()[bob.account] == 2000 - second.minor
    assert stage.wrong() == []


def test_the_first_driver_has_the_own_rest_when_the_seconds_overstay_is_waived(
    stage: Stage, ada: Wallet
) -> None:
    bob = stage.wallet(name="Bob")
    due = overstayed(stage, ada, bob)

    stage.site.do(
        OpenBarrier(
            actor=KIM,
            lane=EXIT,
            attendant_id=stage.attendant_id,
            reason="broken card reader",
            reservation_id=due.reservation_id,
            agreed_waiver=due.due,
        )
    )

    assert stage.books()[ada.account] == 2000 - due.payers[0].part.minor
    assert stage.books()[bob.account] == 2000 - due.payers[1].part.minor
    assert stage.wrong() == []


def overstayed(stage: Stage, ada: Wallet, bob: Wallet) -> Bill:
    """An hour of Ada's, handed over after 25 minutes; Bob is at the exit 30 minutes late."""
    ticket = stage.inside(ada.proof, minutes=60)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=25))
    assert take_over(stage, ticket, bob.proof) == HandedOver(stage.now, euro(140))
    stage.wait(minutes=65)
    stage.site.car_to(EXIT)
    asked = stage.scan(EXIT, ticket.text)
    assert isinstance(asked, ExitDue)
    return asked.bill


def test_a_car_that_comes_to_the_exit_again_is_divided_anew(stage: Stage, ada: Wallet) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=30)
    take_over(stage, ticket, bob.proof)
    stage.wait(minutes=30)
    car = stage.site.car_to(EXIT)
    stage.scan(EXIT, ticket.text)
    stage.back_out(EXIT, car)
    stage.wait(minutes=50)
    stage.site.car_to(EXIT)
    assert isinstance(stage.scan(EXIT, ticket.text), ExitDue)

    outcome = stage.pay_due(ticket.reservation_id, bob.proof)

    assert isinstance(outcome, ExitCovered)
    paid = {account: 2000 - stage.books()[account] for account in (ada.account, bob.account)}
    assert paid == {part.account: part.part.minor for part in outcome.bill.payers}
    assert stage.wrong() == []


def test_a_shops_part_lowers_what_all_payers_divide(stage: Stage, ada: Wallet) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=30)
    take_over(stage, ticket, bob.proof)
    validate(stage, ticket, add_shop(stage), Given(AMOUNT, 100))
    stage.wait(minutes=25)

    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    parts = sum(part.part.minor for part in outcome.bill.payers)
    assert parts == outcome.bill.charge.total.minor - 100
    assert stage.wrong() == []


def test_what_a_shop_has_back_pays_for_no_driver_who_takes_over_later(
    stage: Stage, ada: Wallet
) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=40)
    validate(stage, ticket, add_shop(stage), Given(AMOUNT, 240))
    out_at(stage, ticket, 50)
    refund(stage, ticket.reservation_id, 10)
    back_in(stage, ticket)
    stage.wait(minutes=2)
    take_over(stage, ticket, bob.proof)
    stage.wait(minutes=20)

    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == euro(350)  # 3.60 less what was given back
    assert stage.books() == {
        "till:desk-1": -4000,
        ada.account: 2000,
        bob.account: 1880,
        "receivable:shop:1": -230,
        "owner:1": 253,
        "commission": 52,
        "vat": 10,
        "manager": 35,
    }


def test_a_shop_that_paid_all_and_had_some_back_leaves_nothing_to_divide_at_the_next_exit(
    stage: Stage, ada: Wallet
) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=10)
    take_over(stage, ticket, bob.proof)
    validate(stage, ticket, add_shop(stage), Given(PERCENT, 10_000))
    out_at(stage, ticket, 20)
    refund(stage, ticket.reservation_id, 100)
    back_in(stage, ticket)
    stage.wait(minutes=1)

    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.books() == {
        "till:desk-1": -4000,
        ada.account: 2000,
        bob.account: 2000,
        "receivable:shop:1": -20,
        "owner:1": 15,
        "commission": 3,
        "manager": 2,
    }


def test_whoever_pays_already_takes_nothing_over(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    assert take_over(stage, ticket, ada.proof) == HandOverImpossible()


def test_a_car_outside_changes_no_hands(stage: Stage, ada: Wallet) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.ticket(ada.proof)

    assert take_over(stage, ticket, bob.proof) == HandOverImpossible()


def test_without_the_pin_or_the_money_nothing_changes(stage: Stage, ada: Wallet) -> None:
    poor = stage.wallet(0, name="Bob")
    ticket = stage.inside(ada.proof)

    assert take_over(stage, ticket, replace(poor.proof, pin="999999")) == WrongPin(None)
    assert isinstance(take_over(stage, ticket, poor.proof), WalletTooLow)
    with stage.site.core.store.reading() as tx:
        assert tx.payer_turns.of_reservation(ticket.reservation_id) == ()


def test_the_same_press_takes_over_once(stage: Stage, ada: Wallet) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=30)

    first = take_over(stage, ticket, bob.proof)

    assert isinstance(first, HandedOver)
    assert take_over(stage, ticket, bob.proof) == first
    with stage.site.core.store.reading() as tx:
        assert len(tx.payer_turns.of_reservation(ticket.reservation_id)) == 2


def test_after_the_booked_end_nothing_is_asked_before_the_exit(stage: Stage, ada: Wallet) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=125)

    told = take_over(stage, ticket, bob.proof)

    assert isinstance(told, HandedOver)
    assert told.deposit == euro(0)
    outcome = stage.drive(EXIT, ticket.text)
    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.payers[1] == PayerPart(
        bob.account, outcome.bill.payers[1].minutes, euro(0), euro(0)
    )


def test_the_deposit_of_the_next_driver_is_told_before_anything_is_paid(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait_until(ticket.window.from_)
    stage.wait(minutes=60)
    price = PriceHandOver(actor=DRIVER, reservation_id=ticket.reservation_id)

    told = stage.site.do(price)
    taken = take_over(stage, ticket, stage.wallet(name="Bob").proof)
    stage.wait(minutes=25)
    stage.drive(EXIT, ticket.text)

    assert told == HandOverPriced(euro(240))
    assert isinstance(taken, HandedOver)
    assert taken.deposit == euro(240)
    assert stage.site.do(price) == HandOverImpossible()
