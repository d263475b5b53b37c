"""Monthly invoices: half-open months, numbers without gaps, negative lines, part payments."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from peewee import IntegrityError

from db.invoices import InvoiceRecord
from kiosk.domain import ledger
from kiosk.domain.invoice import BilledLine, Month
from kiosk.domain.journals import refund_paid
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money
from kiosk.domain.outcomes import ExitCovered, TicketIssued
from kiosk.domain.payee import Payee, PayeePlan
from kiosk.domain.validation import Given
from kiosk.services.core import Core
from kiosk.services.documents import Document
from kiosk.services.invoice_paper import WORDS, invoice_csv, invoice_document
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
from kiosk.services.payees import sync_payees
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


class _Papers:
    """Lays the papers of an invoice out when it is issued, and keeps them as they are."""

    def __init__(self, stage: Stage, language: str = "en") -> None:
        self._zone = stage.site.core.site.zone
        self._language = language
        self.documents: list[Document] = []
        self.tables: list[list[dict[str, str]]] = []
        self.heads: list[str] = []

    def files(
        self, debtor: Debtor, invoice: InvoiceRecord, lines: tuple[BilledLine, ...]
    ) -> tuple[bytes, bytes]:
        operator = Payee(name="Parking Ltd", address=("Road 9",), tax_number="DE9", iban="DE00")
        self.documents.append(
            invoice_document(
                debtor,
                invoice,
                lines,
                operator=operator,
                language=self._language,
                zone=self._zone,
            )
        )
        text = invoice_csv(invoice, lines, zone=self._zone).decode("utf-8")
        assert text.endswith("\r\n")
        self.heads.append(text.partition("\r\n")[0])
        self.tables.append(list(csv.DictReader(io.StringIO(text, newline=""))))
        return b"%PDF", text.encode()


def papers_of(stage: Stage, language: str = "en") -> _Papers:
    """The papers of June's invoice of the only debtor."""
    papers = _Papers(stage, language)
    outcome = issue_invoice(
        core_at(stage, AFTER_JUNE), only_debtor(stage), JUNE, files=papers.files
    )
    assert isinstance(outcome, InvoiceRecord), outcome
    return papers


def supplied_by(stage: Stage, owner: str, payee: Payee) -> None:
    """From now on receipts name an owner so."""
    sync_payees(stage.site.core, PayeePlan(Payee(name="Parking Ltd"), {owner: payee}))


LINDNER = Payee(name="Frida Lindner", address=("Ring 3", "10115 Berlin"), tax_number="DE 11")


def test_the_paper_says_who_owes_what_until_when(stage: Stage) -> None:
    fleet = add_fleet(stage)
    parked(stage, fleet)

    (document,) = papers_of(stage).documents

    assert document.title == "Invoice 1"
    assert document.sender == ("Parking Ltd", "Road 9")
    assert document.address == ("Courier", "Road 1", "10115 Berlin")
    assert [line.value for line in document.facts] == [
        "1", "2026-06", "2026-07-01", "2026-07-15", "DE9", "DE1",
    ]  # fmt: skip
    assert document.totals[-1].value == "EUR 2.40"
    assert document.notes == ("Please pay to DE00, naming the invoice number.",)
    assert "AB" not in str(document)  # no plate


def test_the_paper_names_each_supplier_with_rate_net_tax_and_gross(stage: Stage) -> None:
    supplied_by(stage, "Always", LINDNER)
    fleet = add_fleet(stage)
    parked(stage, fleet)
    parked(stage, fleet, plate="B AB 2")

    (document,) = papers_of(stage).documents

    stays, suppliers = document.tables
    taxed = ("1", "19\u00a0%", "2.02", "0.38", "2.40")
    assert [row[4:] for row in stays.rows] == [taxed, taxed]
    assert stays.sums[4:] == ("", "", "4.04", "0.76", "4.80")
    assert suppliers.rows == (
        (
            "1",
            "Frida Lindner, Ring 3, 10115 Berlin",
            "DE\u00a011",
            "19\u00a0%",
            "4.04",
            "0.76",
            "4.80",
        ),
    )
    assert [line.value for line in document.totals] == ["EUR 4.04", "EUR 0.76", "EUR 4.80"]


def test_a_small_business_shows_no_tax_on_an_invoice(stage: Stage) -> None:
    supplied_by(stage, "Always", replace(LINDNER, is_small_business=True))
    parked(stage, add_fleet(stage))

    papers = papers_of(stage)

    (document,) = papers.documents
    assert document.tables[0].rows[0][4:] == ("1", "–", "2.40", "0.00", "2.40")
    assert document.notes[0] == "Supplier 1 is a small business and owes no tax."
    ((row,),) = papers.tables
    assert (row["net"], row["tax_percent"], row["tax"]) == ("2.40", "", "0.00")
    with stage.site.core.store.reading() as tx:
        assert [line.tax for line in tx.invoices.lines_of(1)] == [euro(0)]


def test_two_suppliers_stand_apart_and_add_up(stage: Stage) -> None:
    fleet = add_fleet(stage)
    parked(stage, fleet)
    supplied_by(stage, "Always", LINDNER)
    parked(stage, fleet, plate="B AB 2")
    parked(stage, fleet, plate="B AB 3")

    (document,) = papers_of(stage).documents

    assert [row[4] for row in document.tables[0].rows] == ["1", "2", "2"]
    assert [(row[0], row[6]) for row in document.tables[1].rows] == [("1", "2.40"), ("2", "4.80")]
    assert document.tables[1].sums[4:] == ("6.06", "1.14", "7.20")


@pytest.mark.parametrize("seed", range(20))
def test_net_and_tax_of_all_lines_are_the_gross_to_the_cent(stage: Stage, seed: int) -> None:
    dice = random.Random(seed)
    fleet = add_fleet(stage)
    ticket = parked(stage, fleet)
    with stage.site.core.store.transaction() as tx:
        for number in range(dice.randrange(2, 30)):
            account = ledger.escrow(ticket.reservation_id)
            transfer = Transfer(fleet.unbilled, account, euro(dice.randrange(1, 300)))
            key = f"more:{number}"
            tx.ledger.post(Journal(key, "due", (transfer,), ticket.reservation_id), stage.now)

    papers = papers_of(stage)

    ((table,), (document,)) = (papers.tables, papers.documents)
    net, tax, gross = (
        sum((Decimal(row[name]) for row in table), Decimal()) for name in ("net", "tax", "amount")
    )
    assert net + tax == gross
    told = [tuple(map(Decimal, each.sums[-3:])) for each in document.tables]
    assert told == [(net, tax, gross)] * 2
    assert [Decimal(line.value.split()[1]) for line in document.totals] == [net, tax, gross]
    for row in table:
        assert Decimal(row["net"]) + Decimal(row["tax"]) == Decimal(row["amount"])


def test_an_invoice_speaks_both_languages(stage: Stage) -> None:
    parked(stage, add_fleet(stage))

    (document,) = papers_of(stage, "zh_CN").documents

    assert WORDS["en"].keys() == WORDS["zh_CN"].keys()
    assert document.title == "账单 1"
    assert [column.title for column in document.tables[1].columns] == [
        "供应方", "名称与地址", "税号", "税率", "净额", "税额", "含税金额",
    ]  # fmt: skip


def test_the_table_has_a_line_for_each_stay(stage: Stage) -> None:
    supplied_by(stage, "Always", LINDNER)
    parked(stage, add_fleet(stage))

    papers = papers_of(stage)

    (head,) = papers.heads
    assert head.startswith("invoice,line,receipt,date,space,minutes,amount,tax,currency,net,")
    ((row,),) = papers.tables
    assert row["date"].startswith("2026-06-01T1")
    assert [row[name] for name in ("invoice", "line", "receipt", "space")] == [
        "1",
        "1",
        "1",
        "A01",
    ]
    assert [row[name] for name in ("amount", "tax", "net")] == ["2.40", "0.38", "2.02"]
    assert (row["tax_percent"], row["currency"]) == ("19", "EUR")
    assert (row["supplier"], row["supplier_address"], row["supplier_tax_number"]) == (
        "Frida Lindner",
        "Ring 3, 10115 Berlin",
        "DE 11",
    )
