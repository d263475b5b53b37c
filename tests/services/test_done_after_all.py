"""A provider did what it had said no to: its report or a late answer has it; nothing is lost."""

from __future__ import annotations

import pytest

from db.records import OperationRecord
from kiosk.domain import ledger
from kiosk.domain.ids import OperationKey
from kiosk.domain.money import Money
from kiosk.domain.outcomes import RefundPaid, TicketIssued
from kiosk.payments.adapter import ReportLine, Succeeded
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services import providers
from kiosk.services.commands import PayRefundInCash
from kiosk.services.money_alarms import money_alarms
from kiosk.services.reconcile import Reconciled, compare
from tests.fakes.stage import CARD, KIM, Stage, euro
from tests.services.after import left, refund
from tests.services.coming_back import out_at
from tests.services.test_leaving_unpaid import pay

SHARES = {"owner:1": 347, "commission": 71, "vat": 14, "manager": 48}
"""Of a stay that costs 4.80."""
CAPTURE = OperationKey("settlement:1:capture:1")
REFUND = OperationKey("later-refund:1:refund:1")


def asked(stage: Stage, key: OperationKey) -> OperationRecord:
    with stage.site.core.store.reading() as tx:
        operation = tx.payments.operation(key)
    assert operation is not None
    return operation


def report(stage: Stage, key: OperationKey, minor: int) -> Reconciled:
    """The night's report has it as done."""
    operation = asked(stage, key)
    line = ReportLine(key, operation.kind, "r9", euro(minor), euro(0), stage.now)
    others = stage.site.simulator.report(stage.now.date())
    assert isinstance(others, tuple)
    return compare(stage.site.core, "simulator", stage.now.date(), (*others, line))


def answer(stage: Stage, key: OperationKey, minor: int) -> None:
    """The provider says so by itself."""
    providers.finish(stage.site.core, key, Succeeded("r9", euro(minor), euro(0)))


def acts(stage: Stage) -> list[str]:
    with stage.site.core.store.reading() as tx:
        return [
            f"{row.action} {row.detail}"
            for row in tx.audit.latest(50)
            if row.action.endswith("_after_all")
        ]


def alarms(stage: Stage) -> list[tuple[str, Money | None]]:
    with stage.site.core.store.reading() as tx:
        return [(case.kind, case.amount) for case in money_alarms(tx)]


def debts(stage: Stage) -> list[int]:
    with stage.site.core.store.reading() as tx:
        return [debt.amount.minor for debt in tx.debts.open()]


def capture_refused(stage: Stage) -> TicketIssued:
    ticket = stage.inside(CARD)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED, kind="capture")
    out_at(stage, ticket, 119)
    stage.wait(seconds=60)
    return ticket


def refund_refused(stage: Stage, minor: int) -> TicketIssued:
    ticket = left(stage)
    stage.wait(seconds=60)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED, kind="refund")
    refund(stage, ticket.reservation_id, minor)
    stage.wait(seconds=60)
    return ticket


def test_a_capture_that_the_report_has_pays_the_drivers_debt_and_is_told_once(
    authorising: Stage,
) -> None:
    stage = authorising
    capture_refused(stage)

    found = report(stage, CAPTURE, 480)
    again = report(stage, CAPTURE, 480)

    assert (found.different, found.is_clean) == ([CAPTURE], False)
    assert again.different == []
    assert stage.books() == {"psp:simulator": -480, **SHARES}
    assert (debts(stage), alarms(stage)) == ([], [])
    assert acts(stage) == ["capture.done_after_all 480 of which 480 was open"]


def test_a_late_answer_of_half_a_capture_lowers_the_debt_by_half(authorising: Stage) -> None:
    stage = authorising
    capture_refused(stage)

    answer(stage, CAPTURE, 180)

    assert stage.books() == {"psp:simulator": -180, "receivable:driver": -300, **SHARES}
    assert debts(stage) == [300]


def test_a_capture_whose_debt_was_paid_meanwhile_waits_in_suspense(authorising: Stage) -> None:
    stage = authorising
    ada = stage.wallet()
    capture_refused(stage)
    with stage.site.core.store.reading() as tx:
        (debt,) = tx.debts.open()
    pay(stage, debt.code, ada.proof)

    report(stage, CAPTURE, 480)
    again = report(stage, CAPTURE, 480)

    assert again.different == []
    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 2000 - 480,
        "psp:simulator": -480,
        "suspense:simulator": 480,
        **SHARES,
    }
    assert alarms(stage) == [("suspense-more", euro(480))]


def test_what_was_captured_after_all_goes_back_through_its_provider(authorising: Stage) -> None:
    stage = authorising
    ticket = capture_refused(stage)
    answer(stage, CAPTURE, 480)

    refund(stage, ticket.reservation_id, 200)

    assert asked(stage, REFUND).original == CAPTURE


def test_a_refund_that_the_report_has_is_due_no_more(stage: Stage) -> None:
    refund_refused(stage, 480)

    found = report(stage, REFUND, 480)
    again = report(stage, REFUND, 480)

    assert (found.different, again.different) == ([REFUND], [])
    assert stage.books() == {}
    assert alarms(stage) == []
    assert acts(stage) == ["refund.done_after_all 480 of which 480 was open"]


def test_a_refund_that_the_desk_has_paid_meanwhile_waits_in_suspense(stage: Stage) -> None:
    ticket = refund_refused(stage, 480)
    paid = stage.site.do(
        PayRefundInCash(
            actor=KIM,
            attendant_id=stage.attendant_id,
            desk="desk-1",
            reservation_id=ticket.reservation_id,
        )
    )
    assert paid == RefundPaid(euro(480))

    report(stage, REFUND, 480)

    assert stage.books() == {"till:desk-1": 480, "suspense:simulator": -480}
    assert alarms(stage) == [("suspense-less", euro(480))]


@pytest.mark.parametrize("minor", [1, 180])
def test_of_a_refund_that_was_done_in_part_the_rest_is_asked_for_again(
    stage: Stage, minor: int
) -> None:
    ticket = refund_refused(stage, 480)

    answer(stage, REFUND, minor)
    due = -stage.books()[ledger.refund_due(ticket.reservation_id)]

    assert asked(stage, OperationKey(f"{REFUND}:rest")).amount == euro(480 - minor)
    assert due == -(480 - minor)


def test_a_late_answer_that_cannot_be_true_changes_nothing(stage: Stage) -> None:
    refund_refused(stage, 480)
    before = stage.books()

    answer(stage, REFUND, 0)

    assert stage.books() == before
    assert asked(stage, REFUND).state == "declined"
