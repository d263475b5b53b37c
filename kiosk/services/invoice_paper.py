"""What an invoice of a fleet or a shop says on paper and in its table, in the site's language.

No plate stands on it: papers are kept for ever, and a driver may ask to be forgotten. The number
of the receipt leads to the stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.money import EXPONENTS, Money
from kiosk.services.csv_table import csv_table
from kiosk.services.documents import PAGE_WORDS, Column, Document, Line, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from db.invoices import InvoiceRecord
    from kiosk.domain.invoice import InvoiceLine
    from kiosk.domain.payee import Payee
    from kiosk.services.invoices import Debtor

_EN = {
    "title": "Invoice {number}",
    "number": "Invoice number",
    "month": "Month",
    "issued": "Issued",
    "due": "Payable by",
    "your tax": "Your tax number",
    "our tax": "Our tax number",
    "stays": "Stays that you pay for",
    "parts": "Stays that you have paid a part of",
    "receipt": "Receipt",
    "at": "Date",
    "space": "Space",
    "minutes": "Minutes",
    "tax": "of it tax",
    "amount": "Amount",
    "sum": "Sum",
    "total": "To be paid",
    "back": "A line below zero gives back what an earlier invoice had asked for.",
    "account": "Please pay to {iban}, naming the invoice number.",
}
_ZH = {
    "title": "账单 {number}",
    "number": "账单编号",
    "month": "月份",
    "issued": "开具日期",
    "due": "付款期限",
    "your tax": "贵方税号",
    "our tax": "我方税号",
    "stays": "由贵方支付的停车",
    "parts": "由贵方支付部分费用的停车",
    "receipt": "收据",
    "at": "日期",
    "space": "车位",
    "minutes": "分钟",
    "tax": "其中税额",
    "amount": "金额",
    "sum": "合计",
    "total": "应付金额",
    "back": "负数行表示退还此前账单中已收取的金额。",
    "account": "请付款至 {iban}，并注明账单编号。",
}
WORDS = {"en": _EN, "zh_CN": _ZH}
"""The words of an invoice in each language; the same keys in both."""
_CSV_HEAD = (
    "invoice", "line", "receipt", "date", "space", "minutes", "amount", "tax", "currency",
)  # fmt: skip


def invoice_document(
    debtor: Debtor,
    invoice: InvoiceRecord,
    lines: Sequence[InvoiceLine],
    *,
    operator: Payee,
    language: str,
    zone: ZoneInfo,
) -> Document:
    """An invoice as pages are painted from it."""
    words, currency = WORDS[language], invoice.amount.currency
    columns = (
        Column(words["receipt"], is_number=True),
        Column(words["at"]),
        Column(words["space"]),
        Column(words["minutes"], is_number=True),
        Column(words["tax"], is_number=True),
        Column(words["amount"], is_number=True),
    )
    rows = tuple(
        (
            "" if line.receipt_number is None else str(line.receipt_number),
            _day(line.at, zone),
            line.space,
            str(line.minutes),
            number_text(line.tax),
            number_text(line.amount),
        )
        for line in lines
    )
    facts = [
        Line(words["number"], str(invoice.number)),
        Line(words["month"], str(invoice.month)),
        Line(words["issued"], _day(invoice.issued_at, zone)),
        Line(words["due"], _day(invoice.due_at, zone)),
    ]
    if operator.tax_number:
        facts.append(Line(words["our tax"], operator.tax_number))
    if debtor.tax_number:
        facts.append(Line(words["your tax"], debtor.tax_number))
    notes = [words["back"]] if any(line.amount.minor < 0 for line in lines) else []
    if operator.iban:
        notes.append(words["account"].format(iban=operator.iban))
    sums = (words["sum"], "", "", "", number_text(invoice.tax), number_text(invoice.amount))
    title = words["stays"] if debtor.fleet_id is not None else words["parts"]
    return Document(
        title=words["title"].format(number=invoice.number),
        sender=(operator.name, *operator.address),
        address=(debtor.name, *debtor.address),
        facts=tuple(facts),
        tables=(Table(title, columns, rows, sums),),
        totals=(
            Line(words["total"], f"{currency} {number_text(invoice.amount)}", is_strong=True),
        ),
        notes=tuple(notes),
        page_words=PAGE_WORDS[language],
    )


def invoice_csv(invoice: InvoiceRecord, lines: Sequence[InvoiceLine], *, zone: ZoneInfo) -> bytes:
    """The lines of an invoice as a table for other programs: UTF-8, one head, CRLF."""
    rows = (
        (
            invoice.number,
            number,
            "" if line.receipt_number is None else line.receipt_number,
            line.at.astimezone(zone).isoformat(),
            line.space,
            line.minutes,
            number_text(line.amount),
            number_text(line.tax),
            line.amount.currency,
        )
        for number, line in enumerate(lines, start=1)
    )
    return csv_table(_CSV_HEAD, rows)


def number_text(money: Money) -> str:
    """An amount without its currency: -12.50."""
    exponent = EXPONENTS[money.currency]
    whole, rest = divmod(abs(money.minor), 10**exponent)
    decimals = f".{rest:0{exponent}d}" if exponent else ""
    return f"{'-' if money.minor < 0 else ''}{whole}{decimals}"


def _day(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d}"
