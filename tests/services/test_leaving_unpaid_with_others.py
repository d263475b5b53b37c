"""Leaving unpaid where more than one driver has a part in it: other payers, shops, displaced."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.debt_outcomes import DebtPaid, LeftUnpaid
from kiosk.domain.outcomes import ExitDue, TicketIssued
from kiosk.domain.validation import Given
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services.debt_commands import CashAtDesk, WriteOffDebt
from tests.fakes.stage import CARD, EXIT, KIM, Stage, Wallet, euro
from tests.services.after import charged_back, decide, parties, refund, split_of
from tests.services.moving import fill, paid
from tests.services.test_hand_over import take_over
from tests.services.test_late_leavers import dear, late_car
from tests.services.test_leaving_unpaid import leave, pay
from tests.services.test_shops import AMOUNT, add_shop, validate

__all__ = ["dear"]


def refused(stage: Stage, ticket: TicketIssued, *, minutes: int) -> int:
    """So long after the booked end at the exit, and the card is declined; what is due."""
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.until + timedelta(minutes=minutes))
    asked = stage.scan(EXIT, ticket.text)
    assert isinstance(asked, ExitDue), asked
    stage.site.simulator.fault_next(SimulatedFault.DECLINED, kind="collect")
    stage.pay_due(ticket.reservation_id, CARD)
    return asked.bill.due.minor


def left(stage: Stage, ticket: TicketIssued, minor: int) -> LeftUnpaid:
    (car,) = stage.site.lanes[EXIT].plant.cars
    outcome = leave(stage, ticket.reservation_id, minor)
    assert isinstance(outcome, LeftUnpaid), outcome
    stage.site.car_through(EXIT, car)
    return outcome


def all_shares(stage: Stage) -> dict[str, int]:
    """What each party has."""
    kinds = ("owner:", "commission", "vat", "manager")
    return {name: minor for name, minor in stage.books().items() if name.startswith(kinds)}


def in_cash(stage: Stage, code: str) -> object:
    return pay(stage, code, CashAtDesk("desk-1", stage.attendant_id))


def test_what_several_payers_leave_open_is_one_debt_and_all_of_it_is_shared_later(
    stage: Stage, ada: Wallet
) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(ada.proof)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=60))
    take_over(stage, ticket, bob.proof)
    due = refused(stage, ticket, minutes=80)

    debt = left(stage, ticket, due)
    before = sum(all_shares(stage).values())
    bill = debt.covered.bill
    total = bill.charge.total.minor
    ada_has = stage.books()[ada.account]
    paid_later = in_cash(stage, debt.code)

    assert debt.amount == euro(due)
    assert bill.payers[0].back == bill.refund != euro(0)
    assert ada_has == 2000 - bill.payers[0].part.minor == stage.books()[ada.account]
    assert before == total - due
    assert paid_later == DebtPaid(debt.code, euro(due))
    assert sum(all_shares(stage).values()) == total
    assert not any(name.startswith(("escrow:", "uncollected:")) for name in stage.books())
    assert stage.wrong() == []


def test_what_a_shop_pays_is_no_debt_of_the_driver(stage: Stage, ada: Wallet) -> None:
    shop_id = add_shop(stage)
    ticket = stage.inside(ada.proof)
    validate(stage, ticket, shop_id, Given(AMOUNT, 50))
    due = refused(stage, ticket, minutes=40)

    debt = left(stage, ticket, due)
    total = debt.covered.bill.charge.total.minor
    at_first = stage.books()
    in_cash(stage, debt.code)

    assert due == total - 480 - 50
    assert at_first[f"receivable:shop:{shop_id}"] == -50
    assert sum(all_shares(stage).values()) == total
    assert stage.books()[f"receivable:shop:{shop_id}"] == -50
    assert stage.wrong() == []


def test_the_displaced_drivers_half_of_a_surcharge_waits_until_the_debt_is_paid(
    dear: Stage,
) -> None:
    ada, bob = dear.wallet(), dear.wallet(name="Bob")
    late = late_car(dear, ada)
    fill(dear, 3, 5)
    next_ = paid(dear, bob, starts_in=80)
    dear.wait_until(next_.window.from_ + timedelta(minutes=1))
    before = dear.books()[bob.account]
    due = refused(dear, late, minutes=25)
    debt = left(dear, late, due)
    unpaid = dear.books()[bob.account]

    in_cash(dear, debt.code)

    assert due == 480  # one hour at twice 2.40, of which half is surcharge
    assert unpaid == before
    assert dear.books()[bob.account] == before + 120
    assert dear.wrong() == []


def owing_before_the_next(dear: Stage, bob: Wallet, *, shop_pays: int = 0) -> LeftUnpaid:
    """A late car at the exit that owes its overstay; meanwhile Bob's start comes, on its space."""
    late = late_car(dear, dear.wallet())
    fill(dear, 3, 5)
    next_ = paid(dear, bob, starts_in=80)
    if shop_pays:
        validate(dear, late, add_shop(dear), Given(AMOUNT, shop_pays))
    due = refused(dear, late, minutes=16)
    debt = leave(dear, late.reservation_id, due)
    assert isinstance(debt, LeftUnpaid), debt
    dear.wait_until(next_.window.from_)
    assert dear.state(next_.reservation_id) == "displaced"
    return debt


def test_who_is_displaced_after_a_late_car_left_unpaid_has_his_half_once_it_is_paid(
    dear: Stage,
) -> None:
    bob = dear.wallet(name="Bob")
    debt = owing_before_the_next(dear, bob)
    unpaid = dear.books()

    in_cash(dear, debt.code)

    assert debt.amount == euro(480)  # one hour at twice 2.40, of which half is surcharge
    assert (unpaid[bob.account], unpaid["commission"], unpaid["vat"]) == (2000, 35, 7)
    assert dear.books()[bob.account] == 2000 + 120
    assert dear.wrong() == []


def test_of_a_surcharge_that_a_shop_paid_in_part_so_much_is_shared_and_later_the_rest(
    dear: Stage,
) -> None:
    bob = dear.wallet(name="Bob")
    debt = owing_before_the_next(dear, bob, shop_pays=300)
    partly = dear.books()[bob.account]

    in_cash(dear, debt.code)

    assert debt.amount == euro(180)  # off the surcharge of 2.40: 0.60 of it are paid
    assert (partly, dear.books()[bob.account]) == (2000 + 30, 2000 + 120)
    assert dear.wrong() == []


def test_what_goodwill_pays_of_a_surcharge_is_shared_at_once(dear: Stage) -> None:
    bob = dear.wallet(name="Bob")
    debt = owing_before_the_next(dear, bob)

    refund(dear, debt.covered.bill.reservation_id, 480, is_goodwill=True)

    assert dear.books()[bob.account] == 2000 + 120
    assert dear.wrong() == []


def given_up(stage: Stage, code: str) -> None:
    stage.site.do(
        WriteOffDebt(actor=KIM, attendant_id=stage.attendant_id, code=code, reason="unknown")
    )


def test_a_surcharge_that_nobody_paid_is_not_taken_back_by_a_refund(dear: Stage) -> None:
    late = late_car(dear, dear.wallet())
    debt = left(dear, late, refused(dear, late, minutes=25))
    given_up(dear, debt.code)

    refund(dear, late.reservation_id, 140)
    some_back = parties(dear)
    refund(dear, late.reservation_id, 100)

    assert some_back == split_of(dear, late.reservation_id, 100)
    assert parties(dear) == (0, 0, 0, 0)


def test_a_surcharge_that_nobody_paid_is_not_lost_to_a_bank(dear: Stage) -> None:
    late = dear.inside(CARD, plate="L 1", minutes=60)
    debt = left(dear, late, refused(dear, late, minutes=25))
    given_up(dear, debt.code)

    decide(dear, charged_back(dear, late.reservation_id, 240), is_lost=True)

    assert parties(dear) == (0, 0, 0, 0)
