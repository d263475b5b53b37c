"""What cars may leave with together: of one plate for ever, of the site in any 24 hours."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.debt_outcomes import DebtPaid, LeavingRefused, LeftUnpaid, MustPay
from kiosk.domain.outcomes import ExitDue, TicketIssued
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services.debt_commands import CashAtDesk
from tests.fakes.stage import CARD, EXIT, Stage, Wallet
from tests.services.test_leaving_unpaid import leave, left, pay, set_limits

STAYS = timedelta(minutes=136)
"""So long after its start a stay of two hours owes 1.20 at the exit."""


def declined(stage: Stage, wallet: Wallet, *, plate: str) -> TicketIssued:
    """A second car with 1.20 due at the exit, whose card was declined."""
    ticket = stage.inside(wallet.proof, plate=plate, space_id=5)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + STAYS)
    assert isinstance(stage.scan(EXIT, ticket.text), ExitDue)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED)
    stage.pay_due(ticket.reservation_id, CARD, intent="second")
    return ticket


def test_what_a_plate_owes_already_counts_until_it_is_paid(stage: Stage, ada: Wallet) -> None:
    set_limits(stage, per_plate_minor=239)
    owed = left(stage, ada, SimulatedFault.DECLINED)
    stage.wait(minutes=25 * 60)
    again = declined(stage, ada, plate="B AB 1")

    refused = leave(stage, again.reservation_id)
    paid = pay(stage, owed.code, CashAtDesk("desk-1", stage.attendant_id))
    allowed = leave(stage, again.reservation_id)

    assert refused == LeavingRefused(MustPay.PLATE_LIMIT)
    assert isinstance(paid, DebtPaid)
    assert isinstance(allowed, LeftUnpaid)


def test_what_one_plate_owes_does_not_count_for_another(stage: Stage, ada: Wallet) -> None:
    set_limits(stage, per_plate_minor=239)
    left(stage, ada, SimulatedFault.DECLINED)
    other = declined(stage, ada, plate="B AB 2")

    assert isinstance(leave(stage, other.reservation_id), LeftUnpaid)


def test_what_cars_left_with_counts_for_24_hours_to_the_second(stage: Stage, ada: Wallet) -> None:
    set_limits(stage, per_site_day_minor=239)
    left(stage, ada, SimulatedFault.DECLINED)
    ((made_s,),) = stage.sql("SELECT made_at FROM debt")
    a_day_later = stage.now.fromtimestamp(int(str(made_s)), stage.now.tzinfo) + timedelta(days=1)
    stage.wait_until(a_day_later - STAYS - timedelta(minutes=2))
    other = declined(stage, ada, plate="B AB 2")

    stage.wait_until(a_day_later - timedelta(seconds=1))
    refused = leave(stage, other.reservation_id)
    stage.wait_until(a_day_later)
    allowed = leave(stage, other.reservation_id)

    assert refused == LeavingRefused(MustPay.SITE_LIMIT)
    assert isinstance(allowed, LeftUnpaid)


def test_what_was_paid_since_still_counts_for_the_site(stage: Stage, ada: Wallet) -> None:
    set_limits(stage, per_site_day_minor=239)
    owed = left(stage, ada, SimulatedFault.DECLINED)
    pay(stage, owed.code, CashAtDesk("desk-1", stage.attendant_id))
    other = declined(stage, ada, plate="B AB 2")

    assert leave(stage, other.reservation_id) == LeavingRefused(MustPay.SITE_LIMIT)
