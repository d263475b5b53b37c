"""The car of a merchant's driver ends on another owner's space: who took the money hands it over.

money.md, row 11: an owner who is the merchant of record holds nothing in the end. What moved the
car (recall, substitute, re-seating, wrong space, its driver's own change) makes no difference to
anyone's money.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.domain.after_outcomes import ChargebackRefused
from kiosk.domain.life_outcomes import Changed, Moved, Recalled
from kiosk.domain.outcomes import ExitCovered, Granted, TicketIssued
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services.commands import PayRefundInCash
from tests.fakes.planned import change
from tests.fakes.stage import CARD, ENTRY, EXIT, KIM, Stage, euro
from tests.services.after import ask_chargeback, charged_back, decide, refund
from tests.services.coming_back import out_at
from tests.services.moving import (
    NIGHTS,
    close,
    hours,
    rebuild,
    recall,
    report_wrong,
    space_of,
    take,
)
from tests.services.test_leaving_unpaid import pay

SHARES = {"owner:2": 174, "commission": 35, "vat": 7, "manager": 24}
"""Of 2.40, for half of what was paid."""
ALL_SHARES = {"owner:2": 347, "commission": 71, "vat": 14, "manager": 48}
"""Of 4.80, for the whole of it."""


@pytest.fixture
def two(stage: Stage) -> Stage:
    return of_two_owners(stage)


def of_two_owners(stage: Stage, *, first: str = "owner", second: str = "owner") -> Stage:
    """Area B is another owner's, as is space 3; who is the merchant of each area."""
    with stage.site.core.store.transaction() as tx:
        run = tx.library._session.run
        run("DROP TRIGGER split_terms_no_update")
        run("UPDATE split_terms SET merchant = ?", first)
        run(
            "INSERT INTO split_terms(id, commission_bp, vat_bp, manager_bp, merchant)"
            " SELECT 99, commission_bp, vat_bp, manager_bp, ? FROM split_terms LIMIT 1",
            second,
        )
        run("UPDATE area SET split_terms_id = 99 WHERE code = 'B'")
    for space_id in (3, 5):
        rebuild(stage, space_id, "owner_id", NIGHTS)
    return stage


def moved_inside(stage: Stage) -> TicketIssued:
    """Paid by card for space 1, and seen on space 5."""
    ticket = stage.inside(CARD)
    assert isinstance(report_wrong(stage, ticket.reservation_id, 5), Moved)
    return ticket


def moved_and_left(stage: Stage) -> TicketIssued:
    """The same, after a stay that cost all that was paid."""
    ticket = moved_inside(stage)
    out_at(stage, ticket, 119)
    return ticket


# -- whatever moves the car


def recalled(stage: Stage) -> TicketIssued:
    ticket = stage.ticket(CARD)
    assert isinstance(recall(stage, hours(stage, 0, 3), euro(0)), Recalled)
    stage.drive(ENTRY, ticket.text)
    return ticket


def closed(stage: Stage) -> TicketIssued:
    ticket = stage.ticket(CARD)
    close(stage)
    stage.drive(ENTRY, ticket.text)
    return ticket


def substituted(stage: Stage) -> TicketIssued:
    ticket = stage.inside(CARD)
    assert isinstance(take(stage, ticket.reservation_id, 5), Moved)
    return ticket


def changed(stage: Stage) -> TicketIssued:
    ticket = stage.ticket(CARD)
    answer = change(stage, ticket.reservation_id, ticket.window, space_id=5)
    assert isinstance(answer, Changed)
    entered = stage.drive(ENTRY, answer.ticket.text)
    assert isinstance(entered, Granted)
    assert entered.moved_from is None  # a driver need not be told of that
    return answer.ticket


@pytest.mark.parametrize("moved", [recalled, closed, substituted, moved_inside, changed])
def test_who_took_the_money_hands_over_what_does_not_go_back(
    two: Stage, moved: Callable[[Stage], TicketIssued]
) -> None:
    ticket = moved(two)
    assert space_of(two, ticket.reservation_id) in {3, 5}
    inside = two.books()

    out_at(two, ticket, 50)
    two.wait(seconds=90)

    assert inside == {"held-by-owner:1": -480, f"escrow:{ticket.reservation_id}": 480}
    assert two.books() == {**SHARES, "psp:operator": -240}
    assert two.provider_counts() == (480, 240)
    assert two.wrong() == []


def test_an_authorised_deposit_is_posted_where_it_is_kept_and_handed_over(
    authorising: Stage,
) -> None:
    stage = of_two_owners(authorising)

    out_at(stage, moved_inside(stage), 50)
    stage.wait(seconds=90)

    assert stage.books() == {**SHARES, "psp:operator": -240}


def test_what_is_paid_after_the_move_the_other_owner_has_taken_and_keeps(two: Stage) -> None:
    ticket = moved_inside(two)
    two.site.car_to(EXIT)
    two.wait_until(ticket.window.from_ + timedelta(minutes=136))
    two.scan(EXIT, ticket.text)

    two.pay_due(ticket.reservation_id, CARD)

    # Of 6.00: 4.33 for the owner, who has taken 1.20 already; the first owner handed 4.80 over.
    parties = {"owner:2": 433 - 120, "commission": 90, "vat": 17, "manager": 60}
    assert two.books() == {**parties, "psp:operator": -480}


@pytest.mark.parametrize("provider", ["stage", "authorising"])
@pytest.mark.parametrize(
    ("first", "second", "account"),
    [
        ("owner", "owner", "held-by-owner:1"),
        ("owner", "operator", "held-by-owner:1"),
        ("operator", "owner", "psp:simulator"),
    ],
)
def test_what_was_asked_for_before_the_move_comes_to_whom_it_was_asked_for(
    provider: str, first: str, second: str, account: str, request: pytest.FixtureRequest
) -> None:
    stage = of_two_owners(request.getfixturevalue(provider), first=first, second=second)
    reserved = stage.reserve()
    close(stage, 3)  # the other space of its area
    stage.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING)
    stage.site.simulator.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING, kind="query")
    stage.pay_deposit(reserved.reservation_id, CARD)
    stage.wait(seconds=1)

    close(stage)
    before = stage.state(reserved.reservation_id)
    stage.wait(seconds=60)
    moved = stage.reservation(reserved.reservation_id)
    with stage.site.core.store.reading() as tx:
        paid = stage.site.core.ticket_of(tx, moved)
    stage.drive(ENTRY, paid.text)
    out_at(stage, paid, 119)

    assert (before, moved.space_id) == ("pending", 5)
    came = stage.sql("SELECT debit FROM transfer WHERE credit LIKE 'escrow:%'")
    assert [str(debit) for (debit,) in came] == [account]
    claim = account if first == "operator" else "psp:operator"
    assert stage.books() == {**ALL_SHARES, claim: -480}


def test_who_is_moved_to_a_space_of_the_operators_contract_is_refunded_by_who_took_it(
    stage: Stage,
) -> None:
    of_two_owners(stage, second="operator")

    out_at(stage, moved_inside(stage), 50)
    stage.wait(seconds=90)

    assert stage.books() == {**SHARES, "psp:operator": -240}


def test_who_changes_to_a_space_of_the_operators_contract_leaves_nothing_with_the_owner(
    stage: Stage,
) -> None:
    of_two_owners(stage, second="operator")

    out_at(stage, changed(stage), 50)
    stage.wait(seconds=90)

    assert stage.books() == {**SHARES, "psp:operator": -240}


def test_what_the_operator_took_it_gives_back_itself(stage: Stage) -> None:
    of_two_owners(stage, first="operator")

    out_at(stage, moved_inside(stage), 50)
    stage.wait(seconds=90)

    assert stage.books() == {**SHARES, "psp:simulator": -240}


# -- after the settlement


def test_a_later_refund_is_given_to_who_took_it_and_by_whom_to_the_driver(two: Stage) -> None:
    ticket = moved_and_left(two)

    refund(two, ticket.reservation_id, 240)
    granted = two.books()
    two.wait(seconds=90)

    on_the_way = {"held-by-owner:1": -240, f"refund-due:{ticket.reservation_id}": 240}
    assert granted == {**SHARES, "psp:operator": -240, **on_the_way}
    assert two.books() == {**SHARES, "psp:operator": -240}


def test_a_refund_that_the_desk_pays_is_handed_over_too(two: Stage) -> None:
    ticket = moved_and_left(two)
    two.site.simulator.fault_next(SimulatedFault.DECLINED, kind="refund")
    refund(two, ticket.reservation_id, 240)
    two.wait(seconds=90)

    two.site.do(
        PayRefundInCash(
            actor=KIM,
            attendant_id=two.attendant_id,
            desk="desk-1",
            reservation_id=ticket.reservation_id,
        )
    )

    assert two.books() == {**SHARES, "psp:operator": -480, "till:desk-1": 240}


def test_what_could_not_be_collected_is_given_again_and_handed_over_once_it_is_paid(
    authorising: Stage,
) -> None:
    stage = of_two_owners(authorising)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED, kind="capture")
    ticket = moved_and_left(stage)
    stage.wait(seconds=90)
    owed = stage.books()

    ((code,),) = stage.sql("SELECT code FROM debt")
    pay(stage, str(code), CARD)

    assert owed == {**ALL_SHARES, "receivable:driver": -480}
    # The driver pays the debt to the owner of today, who has the own share by that.
    rest = {"commission": 71, "vat": 14, "psp:operator": -85}
    assert stage.books() == rest
    assert stage.state(ticket.reservation_id) == "left"


LOST, WON = True, False


@pytest.mark.parametrize(
    ("decisions", "is_lost"),
    [((LOST,), True), ((WON,), False), ((LOST, WON), False), ((WON, LOST), True)],
)
def test_a_bank_asks_who_took_it_and_everyone_gives_a_part(
    two: Stage, decisions: tuple[bool, ...], is_lost: bool
) -> None:
    chargeback = charged_back(two, moved_and_left(two).reservation_id, 480)
    opened = two.books()

    for decision in decisions:
        chargeback = decide(two, chargeback, is_lost=decision)

    assert (opened["held-by-owner:1"], opened["held-by-owner:1:disputed"]) == (480, -480)
    assert two.books() == ({} if is_lost else {**ALL_SHARES, "psp:operator": -480})


def test_a_bank_asks_the_one_of_two_who_has_taken_so_much(two: Stage) -> None:
    ticket = moved_inside(two)
    two.site.car_to(EXIT)
    two.wait_until(ticket.window.from_ + timedelta(minutes=136))
    two.scan(EXIT, ticket.text)
    two.pay_due(ticket.reservation_id, CARD)
    settled = two.books()

    small = charged_back(two, ticket.reservation_id, 120)
    large = charged_back(two, ticket.reservation_id, 480, reference="case-2")
    disputed = two.books()
    more = ask_chargeback(two, ticket.reservation_id, 1, reference="case-3")
    for case in (small, large):
        decide(two, case, is_lost=False)
    won = two.books()
    decide(two, large, is_lost=True)

    assert (disputed["held-by-owner:2:disputed"], disputed["held-by-owner:1:disputed"]) == (
        -120,
        -480,
    )
    assert isinstance(more, ChargebackRefused)
    assert won == settled
    # 1.20 is the whole price now; the owner of today has taken all of it, and owes the others.
    parties = {"owner:2": 87 - 120, "commission": 18, "vat": 3, "manager": 12}
    assert two.books() == parties


def test_a_deposit_that_is_lost_before_the_exit_ends_as_if_it_were_lost_after_it(
    two: Stage,
) -> None:
    ticket = moved_inside(two)
    decide(two, charged_back(two, ticket.reservation_id, 480), is_lost=True)
    lost = two.books()

    two.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    two.wait(seconds=90)

    assert lost == {f"escrow:{ticket.reservation_id}": 480, "chargeback-loss": -480}
    assert two.books() == {}


@pytest.mark.parametrize("is_lost", [LOST, WON])
def test_a_bank_that_asks_before_the_exit_is_answered_for_by_who_took_it(
    two: Stage, is_lost: bool
) -> None:
    ticket = moved_inside(two)
    chargeback = charged_back(two, ticket.reservation_id, 480)
    outcome = two.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    assert isinstance(outcome, ExitCovered)
    two.wait(seconds=90)

    decide(two, chargeback, is_lost=is_lost)
    two.wait(seconds=90)

    assert two.books() == ({} if is_lost else {**SHARES, "psp:operator": -240})
