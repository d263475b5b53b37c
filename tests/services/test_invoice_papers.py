"""What an invoice says on paper and in its table: suppliers and rates; net and tax are gross."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace
from decimal import Decimal

import pytest

from db.invoices import InvoiceRecord
from kiosk.domain import ledger
from kiosk.domain.invoice import BilledLine
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.payee import Payee, PayeePlan
from kiosk.services.documents import Document
from kiosk.services.invoice_paper import WORDS, invoice_csv, invoice_document
from kiosk.services.invoices import Debtor, issue_invoice
from kiosk.services.payees import sync_payees
from tests.fakes.stage import Stage, euro
from tests.services.fleets import add_fleet
from tests.services.test_invoices import AFTER_JUNE, JUNE, core_at, only_debtor, parked


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
