"""A car comes back onto another owner's space: each keeps what it got, and gives no more of it.

Whoever came last gives first, as far as it has it; whoever came first has it again first.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.debt_outcomes import LeftUnpaid
from kiosk.domain.ids import OwnerId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import ExitDue, TicketIssued
from kiosk.domain.payee import Payee
from kiosk.domain.settlement import Shares
from kiosk.domain.time import Window
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services.owners import shared_at
from kiosk.services.statements import LineKind, StatementLine, statement_of
from tests.fakes.owners_parts import owners_have, too_much_given
from tests.fakes.stage import CARD, EXIT, Stage, euro
from tests.services.after import charged_back, decide, refund
from tests.services.coming_back import back_in, out_at
from tests.services.moving import ALWAYS, NIGHTS, close, rebuild, space_of
from tests.services.test_leaving_unpaid import leave, pay
from tests.services.test_owner_is_merchant_elsewhere import of_two_owners

LOST, WON = True, False
DAY = timedelta(days=1)
PARTS = {(1, "owner:1"): 174, (1, "owner:2"): 260 - 174}
"""Of 2.40 for the first hour and 1.20 for the next half."""


@pytest.fixture
def two(stage: Stage) -> Stage:
    """Space 3 is another owner's than space 1."""
    rebuild(stage, 3, "owner_id", NIGHTS)
    return stage


def back_elsewhere(stage: Stage) -> TicketIssued:
    """4.80 are paid, 2.40 of it settled on space 1 and the rest back; then it is on space 3."""
    ticket = stage.inside(CARD)
    out_at(stage, ticket, 50)
    stage.wait(seconds=60)
    close(stage)
    back_in(stage, ticket)
    assert space_of(stage, ticket.reservation_id) == 3
    return ticket


def at_no_more_cost(stage: Stage) -> TicketIssued:
    ticket = back_elsewhere(stage)
    out_at(stage, ticket, 58)
    stage.wait(seconds=60)
    return ticket


def scanned_out(stage: Stage, ticket: TicketIssued) -> None:
    """1.20 are due."""
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=70))
    assert isinstance(stage.scan(EXIT, ticket.text), ExitDue)


def for_longer(stage: Stage) -> TicketIssued:
    """1.20 more are paid at the second exit."""
    ticket = back_elsewhere(stage)
    scanned_out(stage, ticket)
    stage.pay_due(ticket.reservation_id, CARD)
    stage.wait(seconds=60)
    return ticket


def unpaid(stage: Stage) -> tuple[TicketIssued, str]:
    """They are left unpaid; with the code of that debt."""
    ticket = back_elsewhere(stage)
    scanned_out(stage, ticket)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED)
    stage.pay_due(ticket.reservation_id, CARD)
    outcome = leave(stage, ticket.reservation_id)
    assert isinstance(outcome, LeftUnpaid), outcome
    stage.wait(seconds=60)
    return ticket, outcome.code


def moved_once_more(stage: Stage, ticket: TicketIssued) -> None:
    """Some time after it has left, its reservation is on a space of the first owner again."""
    stage.wait(seconds=60)
    with stage.site.core.store.transaction() as tx:
        tx.reservations.set_space(ticket.reservation_id, SpaceId(5), split_terms_id=None)
        tx.changes.add_move(
            ticket.reservation_id,
            from_space_id=SpaceId(3),
            to_space_id=SpaceId(5),
            at=stage.now,
            why="re-entry",
        )


def lines_of(stage: Stage, owner_id: OwnerId) -> tuple[StatementLine, ...]:
    """What the statement of an owner has of all this."""
    with stage.site.core.store.reading() as tx:
        return statement_of(
            tx,
            owner_id,
            owner=Payee(name="any"),
            span=Window(stage.now - DAY, stage.now + DAY),
            currency="EUR",
            now=stage.now,
        ).lines


def parties_of(line: StatementLine) -> tuple[Money, ...]:
    shares = line.shares
    return shares.owner, shares.commission, shares.vat, shares.manager


# -- the operator takes the money


def test_an_owner_who_got_nothing_of_a_stay_gives_nothing_of_it(two: Stage) -> None:
    ticket = at_no_more_cost(two)

    refund(two, ticket.reservation_id, 100)

    assert two.books()["owner:1"] == 174 - 72
    assert "owner:2" not in two.books()
    assert too_much_given(two) == []


def test_each_owner_has_what_was_settled_on_the_own_space(two: Stage) -> None:
    for_longer(two)

    assert owners_have(two) == PARTS
    assert (two.books()["owner:1"], two.books()["owner:2"]) == (174, 86)


def test_whoever_came_last_gives_first_and_then_the_one_before(two: Stage) -> None:
    ticket = for_longer(two)

    refund(two, ticket.reservation_id, 100)
    first = owners_have(two)
    refund(two, ticket.reservation_id, 100)

    # 2.60 and 1.60 leave the owners 1.88 and 1.16.
    assert first == {(1, "owner:1"): 174, (1, "owner:2"): 188 - 174}
    assert owners_have(two) == {(1, "owner:1"): 116, (1, "owner:2"): 0}


@pytest.mark.parametrize(
    ("decisions", "is_lost"),
    [((LOST,), True), ((LOST, WON), False), ((WON, LOST), True), ((LOST, WON, LOST), True)],
)
def test_a_bank_takes_of_each_owner_what_it_has_and_gives_it_again(
    two: Stage, decisions: tuple[bool, ...], is_lost: bool
) -> None:
    chargeback = charged_back(two, for_longer(two).reservation_id, 240)

    for decision in decisions:
        chargeback = decide(two, chargeback, is_lost=decision)

    # 1.20 are left, 0.87 of it the first owner's.
    lost = {(1, "owner:1"): 87, (1, "owner:2"): 0}
    assert owners_have(two) == (lost if is_lost else PARTS)


@pytest.mark.parametrize("is_refunded_first", [True, False])
def test_the_order_of_refunds_and_banks_makes_no_difference(
    two: Stage, is_refunded_first: bool
) -> None:
    ticket = for_longer(two)

    if is_refunded_first:
        refund(two, ticket.reservation_id, 100)
    chargeback = decide(two, charged_back(two, ticket.reservation_id, 140), is_lost=True)
    if not is_refunded_first:
        refund(two, ticket.reservation_id, 100)
    both = owners_have(two)
    decide(two, chargeback, is_lost=False)

    assert both == {(1, "owner:1"): 87, (1, "owner:2"): 0}
    assert owners_have(two) == {(1, "owner:1"): 174, (1, "owner:2"): 188 - 174}


def test_what_was_lost_before_the_next_exit_is_given_by_who_had_it(two: Stage) -> None:
    ticket = back_elsewhere(two)

    decide(two, charged_back(two, ticket.reservation_id, 240), is_lost=True)
    out_at(two, ticket, 58)

    assert owners_have(two) == {(1, "owner:1"): 0}


@pytest.mark.parametrize("is_moved", [False, True])
def test_a_debt_is_of_the_owner_whose_space_it_was_left_unpaid_for(
    two: Stage, is_moved: bool
) -> None:
    ticket, code = unpaid(two)
    before = owners_have(two)
    if is_moved:
        moved_once_more(two, ticket)

    pay(two, code, CARD)

    assert before == {(1, "owner:1"): 174}
    assert owners_have(two) == PARTS


@pytest.mark.parametrize("is_moved", [False, True])
def test_a_debt_that_goodwill_pays_is_of_that_owner_too(two: Stage, is_moved: bool) -> None:
    ticket, _ = unpaid(two)
    if is_moved:
        moved_once_more(two, ticket)

    refund(two, ticket.reservation_id, 120, is_goodwill=True)

    assert owners_have(two) == PARTS


def test_a_unit_that_a_settlement_takes_back_is_given_by_who_has_got_something(two: Stage) -> None:
    ticket = back_elsewhere(two)
    reservation, zero = two.reservation(ticket.reservation_id), euro(0)

    with two.site.core.store.reading() as tx:
        taken = shared_at(tx, reservation, Shares(euro(-1), euro(1), zero, zero))
        settled = shared_at(tx, reservation, Shares(euro(1), zero, zero, zero))

    assert taken.owners == ((1, euro(-1)),)
    assert settled.owners == ((2, euro(1)),)


@pytest.mark.parametrize("minor", [100, 200, 201, 299])
def test_each_statement_has_its_owners_part_of_a_refund_and_of_its_tax(
    two: Stage, minor: int
) -> None:
    ticket = for_longer(two)
    refund(two, ticket.reservation_id, minor)

    both = [line for owner_id in (ALWAYS, NIGHTS) for line in lines_of(two, owner_id)]

    stays = [each for each in both if each.kind is LineKind.STAY]
    back = [each for each in both if each.kind is LineKind.BACK]
    assert [each.space for each in stays] == ["A01", "A03"]
    assert [each.shares.total.minor for each in stays] == [240, 120]
    assert sum(each.shares.total.minor for each in back) == -minor
    names = ("commission", "vat", "manager")
    sums = {name: sum(getattr(each.shares, name).minor for each in both) for name in names}
    assert sums == {name: two.books()[name] for name in names}
    left = two.receipts(ticket.reservation_id)[-1].charge.waived(euro(-minor))
    assert sum(each.tax.minor for each in both if each.tax is not None) == left.tax.minor


def test_a_statement_names_the_own_space_and_gives_no_more_tax_back_than_its_fee_had(
    two: Stage,
) -> None:
    ticket = for_longer(two)
    refund(two, ticket.reservation_id, 200)

    first, second = (lines_of(two, owner_id)[-1] for owner_id in (ALWAYS, NIGHTS))

    # 0.58 and 0.86 of the owners' 1.44: so of the 2.00, and of the 0.32 of tax in them.
    assert (first.space, second.space) == ("A01", "A03")
    assert (first.tax, second.tax) == (euro(-13), euro(-19))
    assert [each.minor for each in parties_of(first)] == [-58, -12, -2, -8]
    assert [each.minor for each in parties_of(second)] == [-86, -18, -4, -12]


# -- the owners take it


def test_a_merchant_gives_of_the_own_share_what_goes_back_of_it(stage: Stage) -> None:
    of_two_owners(stage)
    ticket = at_no_more_cost(stage)

    refund(stage, ticket.reservation_id, 100)
    stage.wait(seconds=90)

    # Of the 1.00 that it gives back itself, the operator gives the commission again.
    rest = {"commission": 20, "vat": 4, "psp:operator": -24}
    assert stage.books() == rest
    assert owners_have(stage) == {(1, "owner:1"): 102}


def test_a_merchant_who_came_last_gives_no_more_than_the_own_share(stage: Stage) -> None:
    of_two_owners(stage)
    ticket = for_longer(stage)

    refund(stage, ticket.reservation_id, 200)
    stage.wait(seconds=90)

    assert owners_have(stage) == {(1, "owner:1"): 116, (1, "owner:2"): 0}
    assert not [name for name in stage.books() if name.startswith(("held-by", "refund-due"))]
    assert stage.wrong() == []


def test_a_merchant_who_is_paid_a_debt_of_another_ones_stay_hands_it_over(
    authorising: Stage,
) -> None:
    stage = of_two_owners(authorising)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED, kind="capture")
    at_no_more_cost(stage)
    stage.wait(seconds=90)
    owed = stage.books()
    ((code,),) = stage.sql("SELECT code FROM debt")

    pay(stage, str(code), CARD)

    assert owed["receivable:driver"] == -240
    # 1.74 stay owed to the first owner, who took nothing; the second has taken 2.40 for it.
    rest = {"owner:1": 174, "commission": 35, "vat": 7, "psp:operator": -216}
    assert stage.books() == rest
