"""A bank takes a deposit back before the stay has ended: nothing is paid twice, none stops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.after_outcomes import ChargebackRefused, RefundRefused
from kiosk.domain.debt_outcomes import LeftUnpaid
from kiosk.domain.disputes import Chargeback
from kiosk.domain.outcomes import ExitDue, NothingToRefund, RefundPaid, TicketIssued
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.commands import CancelReservation
from kiosk.services.show_after import open_cases
from kiosk.services.views import OpenCase
from tests.fakes.stage import CARD, DRIVER, EXIT, Stage, euro
from tests.services.after import (
    ask_chargeback,
    ask_refund,
    charged_back,
    decide,
    parties,
    refund,
    split_of,
    stage_at,
)
from tests.services.test_leaving_unpaid import leave
from tests.services.till import Till

DISPUTED = "psp:simulator:disputed"
LOSS = "chargeback-loss"


@pytest.fixture
def seven(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """Two hours cost 7.00, the first one 3.50."""
    with stage_at(founded, tmp_path, "1.75") as stage:
        yield stage


def out_early(stage: Stage, ticket: TicketIssued) -> None:
    """The car leaves after half an hour: 3.50 of 7.00 would go back."""
    stage.wait(minutes=30)
    stage.drive(EXIT, ticket.text)
    assert stage.state(ticket.reservation_id) == "left"
    stage.wait(seconds=5)


def left_early(stage: Stage, minor: int) -> tuple[TicketIssued, Chargeback]:
    """So much was taken back while the car was inside, and then it left."""
    ticket = stage.inside(CARD)
    chargeback = charged_back(stage, ticket.reservation_id, minor)
    out_early(stage, ticket)
    return ticket, chargeback


def due(stage: Stage, ticket: TicketIssued) -> int:
    """What waits for the driver, in cents."""
    return stage.books().get(f"refund-due:{ticket.reservation_id}", 0)


def given_back(stage: Stage) -> int:
    """What the provider has given back, in cents, by its own count."""
    return stage.provider_counts()[1]


# At the exit ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minor", "held"), [(100, 100), (350, 350), (351, 350), (700, 350)])
def test_what_a_bank_may_give_is_held_at_the_exit(seven: Stage, minor: int, held: int) -> None:
    ticket, _ = left_early(seven, minor)

    assert due(seven, ticket) == held
    assert given_back(seven) == 350 - held
    assert parties(seven) == split_of(seven, ticket.reservation_id, 350)
    assert seven.wrong() == []


@pytest.mark.parametrize(("minor", "total"), [(100, 350), (350, 350), (351, 349), (700, 0)])
def test_when_it_is_lost_what_is_held_meets_it_before_the_parties_do(
    seven: Stage, minor: int, total: int
) -> None:
    ticket, chargeback = left_early(seven, minor)

    decide(seven, chargeback, is_lost=True)
    seven.wait(seconds=5)

    assert parties(seven) == split_of(seven, ticket.reservation_id, total)
    assert {DISPUTED, LOSS, f"refund-due:{ticket.reservation_id}"} & set(seven.books()) == set()
    assert given_back(seven) == 350 - min(minor, 350)
    assert seven.wrong() == []


def test_when_it_is_won_what_is_held_is_sent(seven: Stage) -> None:
    ticket, chargeback = left_early(seven, 700)

    decide(seven, chargeback, is_lost=False)
    seven.wait(seconds=5)

    assert seven.provider_counts() == (700, 350)
    assert due(seven, ticket) == 0
    assert parties(seven) == split_of(seven, ticket.reservation_id, 350)
    assert seven.wrong() == []


def test_a_bank_that_turns_its_mind_has_what_was_held_sent_once(seven: Stage) -> None:
    ticket, chargeback = left_early(seven, 700)

    lost = decide(seven, chargeback, is_lost=True)
    won = decide(seven, lost, is_lost=False)
    seven.wait(seconds=5)
    after_it_was_won = (given_back(seven), parties(seven), seven.books().get(LOSS, 0))
    lost_again = decide(seven, won, is_lost=True)
    after_it_was_lost_again = (given_back(seven), parties(seven), seven.books().get(LOSS, 0))
    decide(seven, lost_again, is_lost=False)
    seven.wait(seconds=5)

    of_350 = split_of(seven, ticket.reservation_id, 350)
    assert after_it_was_won == (350, of_350, 0)
    assert after_it_was_lost_again == (350, (0, 0, 0, 0), -350)
    assert (given_back(seven), parties(seven), seven.books().get(LOSS, 0)) == (350, of_350, 0)
    assert DISPUTED not in seven.books()


def test_the_desk_does_not_pay_what_is_held(seven: Stage) -> None:
    ticket, chargeback = left_early(seven, 700)

    while_open = Till(seven).refund(ticket.reservation_id)
    decide(seven, chargeback, is_lost=True)

    assert while_open == NothingToRefund()
    assert Till(seven).refund(ticket.reservation_id) == NothingToRefund()


def test_each_of_two_banks_has_its_own_part_of_what_is_held(seven: Stage) -> None:
    ticket = seven.inside(CARD)
    one = charged_back(seven, ticket.reservation_id, 200, reference="one")
    two = charged_back(seven, ticket.reservation_id, 200, reference="two")
    out_early(seven, ticket)

    decide(seven, one, is_lost=False)
    seven.wait(seconds=5)
    after_one = (given_back(seven), due(seven, ticket))
    decide(seven, two, is_lost=True)

    assert after_one == (200, 150)
    assert due(seven, ticket) == 0
    assert parties(seven) == split_of(seven, ticket.reservation_id, 300)
    assert seven.wrong() == []


# Lost before the end ----------------------------------------------------------------------------


def test_what_comes_due_after_a_loss_meets_it_and_is_sent_when_the_bank_turns(
    seven: Stage,
) -> None:
    ticket = seven.inside(CARD)
    lost = decide(seven, charged_back(seven, ticket.reservation_id, 700), is_lost=True)
    while_inside = seven.books()[LOSS]
    out_early(seven, ticket)
    when_left = (seven.books().get(LOSS, 0), due(seven, ticket), given_back(seven))

    decide(seven, lost, is_lost=False)
    seven.wait(seconds=5)

    assert while_inside == -700
    assert when_left == (0, 0, 0)
    assert (seven.books().get(LOSS, 0), due(seven, ticket), given_back(seven)) == (0, 0, 350)
    assert parties(seven) == split_of(seven, ticket.reservation_id, 350)
    assert seven.wrong() == []


@pytest.mark.parametrize("minor", [1, 350, 351, 699, 700])
@pytest.mark.parametrize("minutes", [30, 119, 136])
def test_lost_before_the_exit_or_after_it_all_have_the_same(
    seven: Stage, minor: int, minutes: int
) -> None:
    books: list[dict[str, int]] = []
    for is_early in (True, False):
        before = seven.books()
        ticket = seven.inside(CARD)
        chargeback = charged_back(seven, ticket.reservation_id, minor, reference=str(is_early))
        if is_early:
            decide(seven, chargeback, is_lost=True)
        out_paid(seven, ticket, minutes)
        if not is_early:
            decide(seven, chargeback, is_lost=True)
        seven.wait(seconds=5)
        after = seven.books()
        books.append({of: after.get(of, 0) - before.get(of, 0) for of in before | after})
        assert seven.wrong() == []

    early, late = ({name: each for name, each in one.items() if each} for one in books)
    assert early == late
    assert LOSS not in early


def out_paid(stage: Stage, ticket: TicketIssued, minutes: int) -> None:
    """The car leaves so many minutes after the start, and pays by card what is due."""
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=minutes))
    if isinstance(stage.scan(EXIT, ticket.text), ExitDue):
        stage.pay_due(ticket.reservation_id, CARD, intent=f"due-{ticket.reservation_id}")
    stage.site.car_through(EXIT, car)
    assert stage.state(ticket.reservation_id) == "left"


def test_a_car_that_leaves_unpaid_after_a_loss_owes_its_rest_and_the_parties_theirs(
    seven: Stage,
) -> None:
    ticket = seven.inside(CARD)
    decide(seven, charged_back(seven, ticket.reservation_id, 700), is_lost=True)
    seven.site.car_to(EXIT)
    seven.wait_until(ticket.window.from_ + timedelta(minutes=136))
    asked = seven.scan(EXIT, ticket.text)
    assert isinstance(asked, ExitDue)
    seven.site.simulator.fault_next(SimulatedFault.DECLINED)
    seven.pay_due(ticket.reservation_id, CARD)

    outcome = leave(seven, ticket.reservation_id, asked.bill.due.minor)

    assert isinstance(outcome, LeftUnpaid), outcome
    assert (parties(seven), seven.books().get(LOSS, 0)) == ((0, 0, 0, 0), 0)
    assert seven.wrong() == []


def test_who_does_not_come_after_a_loss_leaves_the_parties_nothing_of_it(seven: Stage) -> None:
    ticket = seven.ticket(CARD, starts_at=seven.now + timedelta(hours=5))
    decide(seven, charged_back(seven, ticket.reservation_id, 700), is_lost=True)

    seven.wait_until(ticket.window.until + timedelta(hours=3))

    assert seven.state(ticket.reservation_id) == "no-show"
    assert (parties(seven), seven.books().get(LOSS, 0)) == ((0, 0, 0, 0), 0)
    assert seven.wrong() == []


# A cancellation ---------------------------------------------------------------------------------


@pytest.mark.parametrize("minor", [1, 700])
def test_a_reservation_is_cancelled_and_what_the_bank_keeps_is_not_sent(
    seven: Stage, minor: int
) -> None:
    ticket = seven.ticket(CARD, starts_at=seven.now + timedelta(hours=5))
    chargeback = charged_back(seven, ticket.reservation_id, minor)

    seven.site.do(
        CancelReservation(
            actor=DRIVER, reservation_id=ticket.reservation_id, agreed_refund=euro(700)
        )
    )
    seven.wait(seconds=5)
    held = due(seven, ticket)
    decide(seven, chargeback, is_lost=True)
    seven.wait(seconds=5)

    assert seven.state(ticket.reservation_id) == "cancelled"
    assert held == minor
    assert given_back(seven) == 700 - minor
    assert {DISPUTED, LOSS, f"refund-due:{ticket.reservation_id}"} & set(seven.books()) == set()
    assert seven.wrong() == []


# After a refund ---------------------------------------------------------------------------------


def test_a_refund_that_is_done_and_lost_too_is_not_the_owners(seven: Stage) -> None:
    ticket = seven.inside(CARD)
    out_early(seven, ticket)

    decide(seven, charged_back(seven, ticket.reservation_id, 700), is_lost=True)

    assert given_back(seven) == 350
    assert parties(seven) == (0, 0, 0, 0)
    assert seven.books()[LOSS] == -350
    assert seven.wrong() == []


def test_of_goodwill_that_is_lost_too_the_parties_bear_nothing(seven: Stage) -> None:
    ticket = seven.inside(CARD)
    out_early(seven, ticket)
    refund(seven, ticket.reservation_id, 100, is_goodwill=True)
    seven.wait(seconds=5)

    decide(seven, charged_back(seven, ticket.reservation_id, 700), is_lost=True)

    assert parties(seven) == split_of(seven, ticket.reservation_id, 100)
    assert seven.books()[LOSS] == -450


@pytest.mark.parametrize("is_refused_first", [True, False])
def test_a_refund_that_the_provider_refuses_is_held_too(
    seven: Stage, *, is_refused_first: bool
) -> None:
    ticket = seven.inside(CARD)
    faults = [SimulatedFault.DECLINED]
    if not is_refused_first:
        faults.insert(0, SimulatedFault.UNREACHABLE)
    seven.site.simulator.fault_next(*faults, kind="refund")
    seven.wait(minutes=30)
    seven.drive(EXIT, ticket.text)
    seven.wait(seconds=1)
    chargeback = charged_back(seven, ticket.reservation_id, 700)
    seven.wait(minutes=5)

    alarms_while_open = {each.kind for each in cases(seven)}
    at_the_desk = Till(seven).refund(ticket.reservation_id)
    decide(seven, chargeback, is_lost=True)

    assert at_the_desk == NothingToRefund()
    assert alarms_while_open == {"chargeback"}
    assert (due(seven, ticket), given_back(seven)) == (0, 0)
    assert parties(seven) == (0, 0, 0, 0)
    assert LOSS not in seven.books()


def test_what_was_granted_beside_an_open_chargeback_is_paid_by_the_desk(seven: Stage) -> None:
    ticket = seven.inside(CARD)
    chargeback = charged_back(seven, ticket.reservation_id, 500)
    seven.wait(minutes=119)
    seven.drive(EXIT, ticket.text)
    seven.site.simulator.fault_next(SimulatedFault.DECLINED, kind="refund")
    refund(seven, ticket.reservation_id, 200)
    seven.wait(seconds=5)

    assert Till(seven).refund(ticket.reservation_id) == RefundPaid(euro(200))
    decide(seven, chargeback, is_lost=True)
    assert parties(seven) == (0, 0, 0, 0)
    assert LOSS not in seven.books()


def test_what_the_desk_has_paid_is_not_held_again(seven: Stage) -> None:
    ticket = seven.inside(CARD)
    seven.site.simulator.fault_next(SimulatedFault.DECLINED, kind="refund")
    out_early(seven, ticket)
    paid = Till(seven).refund(ticket.reservation_id)

    decide(seven, charged_back(seven, ticket.reservation_id, 700), is_lost=True)

    assert paid == RefundPaid(euro(350))
    assert parties(seven) == (0, 0, 0, 0)
    assert seven.books()[LOSS] == -350


@pytest.mark.parametrize("is_refused", [False, True])
def test_beside_what_is_held_the_desk_can_give_back_the_rest(
    seven: Stage, *, is_refused: bool
) -> None:
    ticket = seven.inside(CARD)
    if is_refused:
        seven.site.simulator.fault_next(SimulatedFault.DECLINED, kind="refund")
        out_early(seven, ticket)
        charged_back(seven, ticket.reservation_id, 350)
    else:
        charged_back(seven, ticket.reservation_id, 350)
        out_early(seven, ticket)

    too_much = ask_refund(seven, ticket.reservation_id, 351)
    refund(seven, ticket.reservation_id, 350)
    seven.wait(seconds=5)

    assert too_much == RefundRefused(euro(350))
    assert (due(seven, ticket), given_back(seven)) == (350, 350)


def test_what_was_won_and_refused_meets_the_loss_when_the_bank_turns(seven: Stage) -> None:
    ticket, chargeback = left_early(seven, 700)
    seven.site.simulator.fault_next(SimulatedFault.DECLINED, kind="refund")
    won = decide(seven, chargeback, is_lost=False)
    seven.wait(seconds=5)
    when_won = due(seven, ticket)

    decide(seven, won, is_lost=True)

    assert when_won == 350
    assert (due(seven, ticket), given_back(seven)) == (0, 0)
    assert parties(seven) == (0, 0, 0, 0)
    assert LOSS not in seven.books()


# Refused ----------------------------------------------------------------------------------------


def test_a_deposit_that_is_only_authorised_cannot_be_charged_back(authorising: Stage) -> None:
    ticket = authorising.inside(CARD)

    assert ask_chargeback(authorising, ticket.reservation_id, 1) == ChargebackRefused(euro(0))
    assert authorising.books() == {}


def cases(stage: Stage) -> tuple[OpenCase, ...]:
    """What waits for somebody."""
    with stage.site.core.store.reading() as tx:
        return open_cases(tx)
