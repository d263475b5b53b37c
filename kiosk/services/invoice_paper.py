"""What an invoice of a fleet or a shop says on paper and in its table, in the site's language.

No plate stands on it: papers are kept for ever, and a driver may ask to be forgotten. The number
of the receipt leads to the stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.money import EXPONENTS, Money, half_up
from kiosk.services.csv_table import csv_table
from kiosk.services.documents import PAGE_WORDS, Column, Document, Line, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from fractions import Fraction
    from zoneinfo import ZoneInfo

    from db.invoices import InvoiceRecord
    from kiosk.domain.invoice import BilledLine
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
    "supplier": "Supplier",
    "rate": "Tax\u00a0rate",
    "net": "Net",
    "tax": "Tax",
    "amount": "Gross",
    "sum": "Sum",
    "mixed": "several",
    "suppliers": "Who supplied the parking, and its tax",
    "who": "Name and address",
    "supplier tax": "Tax number",
    "small": "Supplier {number} is a small business and owes no tax.",
    "total net": "Net",
    "total tax": "Tax",
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
    "supplier": "供应方",
    "rate": "税率",
    "net": "净额",
    "tax": "税额",
    "amount": "含税金额",
    "sum": "合计",
    "mixed": "多种",
    "suppliers": "停车供应方及税额",
    "who": "名称与地址",
    "supplier tax": "税号",
    "small": "供应方 {number} 为小规模经营者，免税。",
    "total net": "净额",
    "total tax": "税额",
    "total": "应付金额",
    "back": "负数行表示退还此前账单中已收取的金额。",
    "account": "请付款至 {iban}，并注明账单编号。",
}
WORDS = {"en": _EN, "zh_CN": _ZH}
"""The words of an invoice in each language; the same keys in both."""
_CSV_HEAD = (
    "invoice", "line", "receipt", "date", "space", "minutes", "amount", "tax", "currency",
    "net", "tax_percent", "supplier", "supplier_address", "supplier_tax_number",
)  # fmt: skip


def invoice_document(
    debtor: Debtor,
    invoice: InvoiceRecord,
    lines: Sequence[BilledLine],
    *,
    operator: Payee,
    language: str,
    zone: ZoneInfo,
) -> Document:
    """An invoice as pages are painted from it."""
    words, currency = WORDS[language], invoice.amount.currency
    suppliers = list(dict.fromkeys(each.supplier for each in lines))
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
    notes = [
        words["small"].format(number=number)
        for number, each in enumerate(suppliers, start=1)
        if each.is_small_business
    ]
    notes += [words["back"]] if any(each.line.amount.minor < 0 for each in lines) else []
    if operator.iban:
        notes.append(words["account"].format(iban=operator.iban))
    title = words["stays"] if debtor.fleet_id is not None else words["parts"]
    return Document(
        title=words["title"].format(number=invoice.number),
        sender=(operator.name, *operator.address),
        address=(debtor.name, *debtor.address),
        facts=tuple(facts),
        tables=(
            _stays_table(words, title, invoice, lines, suppliers=suppliers, zone=zone),
            _suppliers_table(words, invoice, lines, suppliers),
        ),
        totals=(
            Line(words["total net"], f"{currency} {number_text(invoice.amount - invoice.tax)}"),
            Line(words["total tax"], f"{currency} {number_text(invoice.tax)}"),
            Line(words["total"], f"{currency} {number_text(invoice.amount)}", is_strong=True),
        ),
        notes=tuple(notes),
        page_words=PAGE_WORDS[language],
    )


def _stays_table(
    words: dict[str, str],
    title: str,
    invoice: InvoiceRecord,
    lines: Sequence[BilledLine],
    *,
    suppliers: list[Payee],
    zone: ZoneInfo,
) -> Table:
    names = ("receipt", "at", "space", "minutes", "supplier", "rate", "net", "tax", "amount")
    rows = tuple(
        (
            "" if each.line.receipt_number is None else str(each.line.receipt_number),
            _day(each.line.at, zone),
            each.line.space,
            str(each.line.minutes),
            str(suppliers.index(each.supplier) + 1),
            _rate_text(words, each),
            *_amounts((each,)),
        )
        for each in lines
    )
    sums = (words["sum"], "", "", "", "", "", *_amounts(lines))
    assert sums[-1] == number_text(invoice.amount), "the lines add up to the invoice"
    return Table(title, _columns(words, names), rows, sums)


def _suppliers_table(
    words: dict[str, str],
    invoice: InvoiceRecord,
    lines: Sequence[BilledLine],
    suppliers: list[Payee],
) -> Table:
    """What each supplier has supplied, by the rate of its tax."""
    names = ("supplier", "who", "supplier tax", "rate", "net", "tax", "amount")
    groups: dict[tuple[int, str], list[BilledLine]] = {}
    for each in lines:
        key = (suppliers.index(each.supplier) + 1, _rate_text(words, each))
        groups.setdefault(key, []).append(each)
    rows = tuple(
        (
            str(number),
            ", ".join((group[0].supplier.name, *group[0].supplier.address)),
            group[0].supplier.tax_number.replace(" ", "\u00a0"),
            rate,
            *_amounts(group),
        )
        for (number, rate), group in sorted(groups.items(), key=lambda item: item[0][0])
    )
    sums = (words["sum"], "", "", "", *_amounts(lines))
    assert sums[-2] == number_text(invoice.tax), "the taxes add up to that of the invoice"
    return Table(words["suppliers"], _columns(words, names), rows, sums)


_TEXTS = frozenset({"at", "space", "who", "supplier tax"})


def _columns(words: dict[str, str], names: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(words[name], is_number=name not in _TEXTS) for name in names)


def _amounts(lines: Sequence[BilledLine]) -> tuple[str, str, str]:
    """Net, tax and gross of some lines; net and tax are the gross, to the smallest unit."""
    currency = lines[0].line.amount.currency
    tax = sum((each.line.tax for each in lines), Money.zero(currency))
    amount = sum((each.line.amount for each in lines), Money.zero(currency))
    return number_text(amount - tax), number_text(tax), number_text(amount)


def _rate_text(words: dict[str, str], billed: BilledLine) -> str:
    if billed.tax_rate is not None:
        return f"{_percent(billed.tax_rate)}\u00a0%"
    return words["mixed"] if billed.line.tax else "–"


def _percent(rate: Fraction) -> str:
    """A rate in percent to two places: 19/100 -> 19, 1/8 -> 12.5."""
    hundredths = half_up(rate.numerator * 10_000, rate.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")


def invoice_csv(invoice: InvoiceRecord, lines: Sequence[BilledLine], *, zone: ZoneInfo) -> bytes:
    """The lines of an invoice as a table for other programs: UTF-8, one head, CRLF.

    Net and tax are the amount; the percentage is empty where there is no tax or no single rate.
    """
    rows = (
        (
            invoice.number,
            number,
            "" if each.line.receipt_number is None else each.line.receipt_number,
            each.line.at.astimezone(zone).isoformat(),
            each.line.space,
            each.line.minutes,
            number_text(each.line.amount),
            number_text(each.line.tax),
            each.line.amount.currency,
            number_text(each.line.net),
            "" if each.tax_rate is None else _percent(each.tax_rate),
            each.supplier.name,
            ", ".join(each.supplier.address),
            each.supplier.tax_number,
        )
        for number, each in enumerate(lines, start=1)
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
