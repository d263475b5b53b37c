"""Monthly invoices: half-open months, numbers without gaps, negative lines, part payments."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from peewee import IntegrityError

from db.invoices import InvoiceRecord
from kiosk.domain import ledger
from kiosk.domain.invoice import BilledLine, Month
from kiosk.domain.journals import refund_paid
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money
from kiosk.domain.outcomes import ExitCovered, TicketIssued
from kiosk.domain.validation import Given
from kiosk.services.core import Core
from kiosk.services.invoices import (
    Debtor,
    MonthNotOver,
    NothingToBill,
    PaymentRefused,
    debtors,
    is_overdue,
    issue_invoice,
    pay_invoice,
)
from tests.fakes.stage import EXIT, Stage, Wallet, euro
from tests.services.fleets import ParkedFleet, add_fleet, credit
from tests.services.test_shops import AMOUNT, add_shop, validate

JUNE, JULY = Month(2026, 6), Month(2026, 7)
AFTER_JUNE = datetime(2026, 6, 30, 22, tzinfo=UTC)
"""Midnight of the first of July at the site."""


class _Standing:
    """A clock that stands."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now


def core_at(stage: Stage, now: datetime) -> Core:
    return replace(stage.site.core, clock=_Standing(now))


def no_files(
    _debtor: Debtor, invoice: InvoiceRecord, lines: tuple[BilledLine, ...]
) -> tuple[bytes, bytes]:
    return b"%PDF", f"{invoice.number} {len(lines)}".encode()


def only_debtor(stage: Stage) -> Debtor:
    with stage.site.core.store.reading() as tx:
        (debtor,) = debtors(tx)
    return debtor


def parked(stage: Stage, fleet: ParkedFleet, *, plate: str = "B AB 1") -> TicketIssued:
    """A stay of the fleet for 2.40 that has left."""
    ticket = stage.inside(fleet.proof, plate=plate)
    stage.wait(minutes=55)
    outcome = stage.drive(EXIT, ticket.text)
    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == euro(240)
    return ticket


def refund(stage: Stage, ticket: TicketIssued, fleet: ParkedFleet, amount: Money) -> None:
    """The operator gives the fleet something back from its own pocket."""
    reservation_id = ticket.reservation_id
    granted = Transfer(ledger.GOODWILL, ledger.refund_due(reservation_id), amount)
    paid = refund_paid(reservation_id, account=fleet.unbilled, amount=amount)
    with stage.site.core.store.transaction() as tx:
        journal = Journal(f"goodwill:{amount.minor}", "goodwill", (granted, *paid), reservation_id)
        tx.ledger.post(journal, stage.now)


def issued(stage: Stage, now: datetime = AFTER_JUNE, month: Month = JUNE) -> InvoiceRecord:
    outcome = issue_invoice(core_at(stage, now), only_debtor(stage), month, files=no_files)
    assert isinstance(outcome, InvoiceRecord), outcome
    return outcome


def test_a_month_moves_what_is_unbilled_onto_an_invoice(stage: Stage) -> None:
    fleet = add_fleet(stage)
    parked(stage, fleet)
    parked(stage, fleet, plate="B AB 2")

    invoice = issued(stage)

    assert (invoice.number, invoice.amount, invoice.month) == (1, euro(480), JUNE)
    assert stage.books()[fleet.invoiced] == -480
    assert fleet.unbilled not in stage.books()
    assert credit(stage, fleet).used == euro(480)
    with stage.site.core.store.reading() as tx:
        lines = tx.invoices.lines_of(1)
        assert tx.invoices.pdf_of(1) == b"%PDF"
        assert tx.invoices.csv_of(1) == b"1 2"
        receipts = [tx.ledger.receipt(number) for number in (1, 2)]
    assert [line.receipt_number for line in lines] == [1, 2]
    assert [line.amount for line in lines] == [euro(240), euro(240)]
    assert [line.tax for line in lines] == [
        receipt.charge.tax for receipt in receipts if receipt is not None
    ]
    assert [line.minutes for line in lines] == [56, 56], "started ones, as on every paper"


def test_a_month_that_is_not_over_is_not_billed(stage: Stage) -> None:
    parked(stage, add_fleet(stage))
    a_second_before = core_at(stage, AFTER_JUNE - timedelta(seconds=1))

    outcome = issue_invoice(a_second_before, only_debtor(stage), JUNE, files=no_files)

    assert outcome == MonthNotOver(AFTER_JUNE)


def test_what_is_billed_is_not_billed_again(stage: Stage) -> None:
    parked(stage, add_fleet(stage))
    issued(stage)

    outcome = issue_invoice(core_at(stage, AFTER_JUNE), only_debtor(stage), JUNE, files=no_files)

    assert outcome == NothingToBill(euro(0))


@pytest.mark.parametrize(("at", "is_junes"), [(-1, True), (0, False)])
def test_a_month_ends_before_its_last_midnight(stage: Stage, at: int, *, is_junes: bool) -> None:
    fleet = add_fleet(stage)
    ticket = parked(stage, fleet)
    transfer = Transfer(fleet.unbilled, ledger.escrow(ticket.reservation_id), euro(100))
    with stage.site.core.store.transaction() as tx:
        journal = Journal("later", "due", (transfer,), ticket.reservation_id)
        tx.ledger.post(journal, AFTER_JUNE + timedelta(seconds=at))

    invoice = issued(stage)

    assert invoice.amount == (euro(340) if is_junes else euro(240))


def test_what_goes_back_lowers_the_next_invoice(stage: Stage) -> None:
    fleet = add_fleet(stage)
    ticket = parked(stage, fleet)
    issued(stage)
    refund(stage, ticket, fleet, euro(100))
    parked(stage, fleet, plate="B AB 2")

    invoice = issued(stage, AFTER_JUNE + timedelta(days=31), JULY)

    assert (invoice.number, invoice.amount) == (2, euro(140))
    with stage.site.core.store.reading() as tx:
        lines = tx.invoices.lines_of(2)
    assert [line.amount.minor for line in lines] == [-100, 240]
    assert lines[0].tax.minor == -16  # 19 % inside 1.00, as on the receipt of 2.40


def test_more_back_than_parked_waits_for_a_later_month(stage: Stage) -> None:
    fleet = add_fleet(stage)
    ticket = parked(stage, fleet)
    issued(stage)
    refund(stage, ticket, fleet, euro(100))

    outcome = issue_invoice(
        core_at(stage, AFTER_JUNE + timedelta(days=31)), only_debtor(stage), JULY, files=no_files
    )

    assert outcome == NothingToBill(euro(100))


def test_an_invoice_is_paid_in_parts_and_no_more_than_is_open(stage: Stage) -> None:
    fleet = add_fleet(stage)
    parked(stage, fleet)
    invoice, core = issued(stage), core_at(stage, AFTER_JUNE)

    first = pay_invoice(core, invoice, euro(100))
    assert isinstance(first, InvoiceRecord)
    assert pay_invoice(core, invoice, euro(141)) == PaymentRefused(euro(140))
    assert pay_invoice(core, invoice, euro(0)) == PaymentRefused(euro(140))
    last = pay_invoice(core, invoice, euro(140))

    assert isinstance(last, InvoiceRecord)
    assert last.open == euro(0)
    assert fleet.invoiced not in stage.books()
    assert stage.books()[ledger.BANK] == -240
    assert credit(stage, fleet).used == euro(0)


def test_what_is_open_after_its_day_is_overdue(stage: Stage) -> None:
    parked(stage, add_fleet(stage))
    invoice = issued(stage)

    assert not is_overdue(invoice, invoice.due_at)
    assert is_overdue(invoice, invoice.due_at + timedelta(seconds=1))
    assert not is_overdue(replace(invoice, paid=invoice.amount), AFTER_JUNE + timedelta(days=99))


def test_a_shop_is_billed_for_what_it_validated(stage: Stage, ada: Wallet) -> None:
    shop_id = add_shop(stage)
    ticket = stage.inside(ada.proof)
    validate(stage, ticket, shop_id, Given(AMOUNT, 150))
    stage.wait(minutes=55)
    stage.drive(EXIT, ticket.text)

    invoice = issued(stage)
    paid = pay_invoice(core_at(stage, AFTER_JUNE), invoice, euro(150))

    assert (invoice.shop_id, invoice.amount) == (shop_id, euro(150))
    assert isinstance(paid, InvoiceRecord)
    assert ledger.receivable_shop(shop_id) not in stage.books()


def test_the_schema_refuses_a_gap_a_change_and_a_second_billing(stage: Stage) -> None:
    parked(stage, add_fleet(stage))
    invoice = issued(stage)
    store = stage.site.core.store

    with pytest.raises(IntegrityError, match="no gaps"), store.transaction() as tx:
        tx.invoices.add(replace(invoice, number=3), (), pdf=b"", csv=b"")
    for statement in ("UPDATE invoice SET amount_minor = 1", "DELETE FROM invoice_line"):
        with pytest.raises(IntegrityError, match="append-only"), store.transaction() as tx:
            tx.invoices._session.run(statement)
