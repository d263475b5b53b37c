"""The owner is the merchant of record (money.md, row 11): in the end the owner holds nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.ids import ReservationId
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.payments.simulator.provider import Fees
from kiosk.payments.simulator.transport import InProcess
from kiosk.services.commands import PayRefundInCash
from kiosk.services.debt_commands import CashAtDesk
from tests.fakes.stage import CARD, EXIT, KIM, Stage, Wallet, euro
from tests.services.after import charged_back, decide, left, refund
from tests.services.test_leaving_unpaid import leave, pay
from tests.services.test_reconciling import report, run

ALL_PAID = {"psp:operator": -85, "commission": 71, "vat": 14}
"""A stay of 4.80 that the owner has passed on."""
TWO_BACK = {"psp:operator": -49, "commission": 41, "vat": 8}
"""The same when it costs 2.80 in the end."""


def make_owners_merchants(stage: Stage) -> None:
    """As if the site had been founded so: what is frozen is otherwise never changed."""
    with stage.site.core.store.transaction() as tx:
        tx.library._session.run("DROP TRIGGER split_terms_no_update")
        tx.library._session.run("UPDATE split_terms SET merchant = 'owner'")


@pytest.mark.parametrize("provider", ["stage", "authorising"])
def test_what_the_owner_took_is_passed_on_and_the_rest_goes_back(
    provider: str, request: pytest.FixtureRequest
) -> None:
    stage: Stage = request.getfixturevalue(provider)
    make_owners_merchants(stage)
    ticket = stage.inside(CARD)

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=3)

    assert stage.books() == {"psp:operator": -42, "commission": 35, "vat": 7}
    assert stage.wrong() == []


def take_fees(stage: Stage, *, minor: int) -> None:
    """The provider keeps so much of each charge and capture from now on."""
    transport = stage.site.simulator._transport
    assert isinstance(transport, InProcess)
    transport._front._provider._fees = Fees(fixed_minor=minor)


@pytest.mark.parametrize("provider", ["stage", "authorising"])
def test_what_the_owners_provider_keeps_is_the_owners_affair(
    provider: str, request: pytest.FixtureRequest
) -> None:
    stage: Stage = request.getfixturevalue(provider)
    make_owners_merchants(stage)
    take_fees(stage, minor=35)
    ticket = stage.inside(CARD)

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=3)

    assert stage.books() == {"psp:operator": -42, "commission": 35, "vat": 7}
    assert stage.sql("SELECT fee_minor FROM operation WHERE fee_minor > 0") == [(35,)]


def test_so_is_a_fee_that_only_the_report_says(authorising: Stage) -> None:
    stage = authorising
    make_owners_merchants(stage)
    ticket = stage.inside(CARD)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=3)
    with stage.site.core.store.transaction() as tx:
        tx.payments._session.run("UPDATE operation SET fee_minor = NULL")

    captures = (line for line in report(stage) if line.kind == "capture")
    run(stage, tuple(replace(line, fee=euro(12)) for line in captures))

    assert stage.books() == {"psp:operator": -42, "commission": 35, "vat": 7}
    assert stage.sql("SELECT fee_minor FROM operation WHERE kind = 'capture'") == [(12,)]


def test_what_the_operators_provider_keeps_is_the_operators_expense(stage: Stage) -> None:
    take_fees(stage, minor=35)
    ticket = stage.inside(CARD)

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=3)

    parties = {"owner:1": 174, "commission": 35, "vat": 7, "manager": 24}
    assert stage.books() == {**parties, "provider-fees": -35, "psp:simulator": -240 + 35}


def test_what_a_wallet_paid_the_owner_does_not_hold(stage: Stage, ada: Wallet) -> None:
    make_owners_merchants(stage)
    ticket = stage.inside(ada.proof)

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))

    books = stage.books()
    assert (books["owner:1"], books["manager"]) == (174, 24)
    assert "psp:operator" not in books


def test_of_a_later_refund_everyone_gives_the_owner_a_part_and_the_owner_gives_it_back(
    stage: Stage,
) -> None:
    make_owners_merchants(stage)
    ticket = left(stage)

    refund(stage, ticket.reservation_id, 200)
    before = stage.books()
    stage.wait(seconds=90)

    refund_due = f"refund-due:{ticket.reservation_id}"
    assert (before[refund_due], before["held-by-owner:1"]) == (200, -200)
    assert stage.books() == TWO_BACK


def test_of_a_refund_out_of_goodwill_the_operator_gives_the_owner_all(stage: Stage) -> None:
    make_owners_merchants(stage)
    ticket = left(stage)

    refund(stage, ticket.reservation_id, 200, is_goodwill=True)
    stage.wait(seconds=90)

    assert stage.books() == {**ALL_PAID, "psp:operator": 115, "goodwill": -200}


def test_a_refund_that_the_desk_pays_the_owner_passes_on_to_the_operator(stage: Stage) -> None:
    make_owners_merchants(stage)
    ticket = left(stage)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED, kind="refund")
    refund(stage, ticket.reservation_id, 200)
    stage.wait(seconds=90)

    stage.site.do(
        PayRefundInCash(
            actor=KIM,
            attendant_id=stage.attendant_id,
            desk="desk-1",
            reservation_id=ticket.reservation_id,
        )
    )

    assert stage.books() == {**TWO_BACK, "psp:operator": -249, "till:desk-1": 200}


def left_owing(stage: Stage) -> str:
    """A stay of 6.00 of which 4.80 are paid; the code of its debt."""
    ticket = stage.inside(CARD)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    stage.scan(EXIT, ticket.text)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED)
    stage.pay_due(ticket.reservation_id, CARD)
    (car,) = stage.site.lanes[EXIT].plant.cars
    debt = leave(stage, ticket.reservation_id)
    stage.site.car_through(EXIT, car)
    return debt.code  # type: ignore[attr-defined, no-any-return]


def test_a_debt_that_a_card_pays_later_is_passed_on_too(stage: Stage) -> None:
    make_owners_merchants(stage)

    pay(stage, left_owing(stage), CARD)

    assert stage.books() == {"psp:operator": -107, "commission": 90, "vat": 17}


def test_a_debt_that_the_till_takes_the_owner_is_owed(stage: Stage) -> None:
    make_owners_merchants(stage)

    pay(stage, left_owing(stage), CashAtDesk("desk-1", stage.attendant_id))

    shares = {"commission": 90, "vat": 17, "owner:1": 86, "manager": 12}
    assert stage.books() == {**shares, "psp:operator": -85, "till:desk-1": -120}


def test_what_the_owner_could_not_collect_the_owner_has_not_passed_on(authorising: Stage) -> None:
    stage = authorising
    make_owners_merchants(stage)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED, kind="capture")
    left(stage)
    stage.wait(seconds=90)
    shares = {"owner:1": 347, "commission": 71, "vat": 14, "manager": 48}
    assert stage.books() == {**shares, "receivable:driver": -480}

    ((code,),) = stage.sql("SELECT code FROM debt")
    pay(stage, str(code), CARD)

    assert stage.books() == ALL_PAID


LOST, WON = True, False


@pytest.mark.parametrize(
    ("decisions", "books"),
    [((LOST,), {}), ((WON,), ALL_PAID), ((LOST, WON), ALL_PAID), ((WON, LOST), {})],
)
def test_whatever_a_bank_decides_the_owner_holds_nothing_in_the_end(
    stage: Stage, decisions: tuple[bool, ...], books: dict[str, int]
) -> None:
    make_owners_merchants(stage)
    chargeback = charged_back(stage, left(stage).reservation_id, 480)
    open_ = stage.books()

    for is_lost in decisions:
        chargeback = decide(stage, chargeback, is_lost=is_lost)

    held = {"held-by-owner:1": 480, "held-by-owner:1:disputed": -480}
    assert open_ == {**ALL_PAID, **held}
    assert stage.books() == books


def charged_back_before_the_end(stage: Stage, act: Callable[[ReservationId], None]) -> None:
    """The bank takes a deposit of 4.80 back while the car is inside; the stay costs 2.40."""
    ticket = stage.inside(CARD)
    act(ticket.reservation_id)
    at = ticket.window.from_ + timedelta(minutes=50)
    stage.drive(EXIT, ticket.text, at=at)
    stage.wait(seconds=90)


def test_a_deposit_that_is_lost_before_the_exit_ends_as_if_it_were_lost_after_it(
    stage: Stage,
) -> None:
    make_owners_merchants(stage)

    def lose(which: ReservationId) -> None:
        decide(stage, charged_back(stage, which, 480), is_lost=True)

    charged_back_before_the_end(stage, lose)

    assert stage.books() == {}


@pytest.mark.parametrize(
    ("is_lost", "books"),
    [(LOST, {}), (WON, {"psp:operator": -42, "commission": 35, "vat": 7})],
)
def test_a_refund_that_waits_for_the_bank_the_owner_keeps_until_it_has_decided(
    stage: Stage, is_lost: bool, books: dict[str, int]
) -> None:
    make_owners_merchants(stage)
    cases = []
    charged_back_before_the_end(stage, lambda which: cases.append(charged_back(stage, which, 480)))

    decide(stage, cases[0], is_lost=is_lost)
    stage.wait(seconds=90)

    assert stage.books() == books
