"""Lays an owner's statement out: as a document in the owner's language, and as a CSV file."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from kiosk.domain.money import EXPONENTS, Money
from kiosk.domain.payee import Payee
from kiosk.services.bank_file import decimal_text
from kiosk.services.csv_table import csv_table
from kiosk.services.documents import PAGE_WORDS, Column, Document, Line, Table
from kiosk.services.statements import LineKind, Statement, StatementLine

Language = Literal["en", "zh_CN"]

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "title": "Owner's statement",
        "title so far": "Owner's statement, so far",
        "as of": "So far, as of",
        "from": "From",
        "until": "Until, not included",
        "currency": "Currency",
        "tax_number": "Tax number",
        "stays": "Stays",
        "back": "Taken back and compensated",
        "payouts": "Payouts and other movements",
        "none": "None in this time.",
        "at": "Settled",
        "number": "No.",
        "space": "Space",
        "minutes": "Minutes",
        "fee": "Fee",
        "commission": "Commission",
        "vat": "VAT on it",
        "manager": "Manager",
        "owner": "Your share",
        "tax": "Tax in the fee",
        "sum": "Sum",
        "what": "What",
        "amount": "Amount",
        "opening": "Opening balance",
        "closing": "Closing balance",
        "balance so far": "Balance so far, as of {at}",
        "taken-directly": "Taken by yourself from the driver",
        "payout": "Payout",
        "payout-returned": "Payout sent back by the bank",
        "other": "Other",
        "note": "Fee = commission + VAT on it + manager + your share. The tax in the fee is owed "
        "by you as the supplier; it lies inside your share.",
        "note so far": "This time is not over: stays, refunds and payouts can still come, and "
        "the balance can still change.",
    },
    "zh_CN": {
        "title": "业主对账单",
        "title so far": "业主对账单（未截止）",
        "as of": "暂计至",
        "from": "起",
        "until": "止（不含）",
        "currency": "币种",
        "tax_number": "税号",
        "stays": "停车",
        "back": "退回与赔偿",
        "payouts": "付款及其他",
        "none": "本期没有。",
        "at": "结算时间",
        "number": "编号",
        "space": "车位",
        "minutes": "分钟",
        "fee": "停车费",
        "commission": "佣金",
        "vat": "佣金增值税",
        "manager": "物业",
        "owner": "您的份额",
        "tax": "停车费含税",
        "sum": "合计",
        "what": "事项",
        "amount": "金额",
        "opening": "期初余额",
        "closing": "期末余额",
        "balance so far": "暂计余额（截至 {at}）",
        "taken-directly": "您已直接向车主收取",
        "payout": "付款",
        "payout-returned": "银行退回的付款",
        "other": "其他",
        "note": "停车费 = 佣金 + 佣金增值税 + 物业 + 您的份额。停车费所含税款由您作为供应方承担，"
        "已包含在您的份额中。",
        "note so far": "本期尚未结束：仍可能有停车、退款和付款发生，余额也可能变动。",
    },
}
_SHARED = frozenset({LineKind.STAY, LineKind.BACK})
_HEAD = (
    "settled_at",
    "kind",
    "reservation",
    "space",
    "minutes",
    "fee",
    "commission",
    "vat",
    "manager",
    "owner",
    "tax",
    "balance",
    "currency",
    "reference",
)


def statement_document(
    statement: Statement, *, operator: Payee, zone: ZoneInfo, language: Language
) -> Document:
    """The statement as a paper: stays, what was taken back, payouts, and the balances."""
    words, span = _WORDS[language], statement.span
    stays = [line for line in statement.lines if line.kind is LineKind.STAY]
    back = [line for line in statement.lines if line.kind is LineKind.BACK]
    rest = [line for line in statement.lines if line.kind not in _SHARED]
    facts = [
        Line(words["from"], _at(span.from_, zone)),
        Line(words["until"], _at(span.until, zone)),
        Line(words["currency"], statement.opening.currency),
    ]
    title, closing, notes = words["title"], words["closing"], [words["note"]]
    if statement.so_far_at is not None:
        at = _at(statement.so_far_at, zone)
        facts.insert(2, Line(words["as of"], at))
        title, closing = words["title so far"], words["balance so far"].format(at=at)
        notes.insert(0, words["note so far"])
    if statement.owner.tax_number:
        facts.append(Line(words["tax_number"], statement.owner.tax_number))
    sums = [
        Line(words[name], _sum_text(lines, statement.opening))
        for name, lines in (("stays", stays), ("back", back), ("payouts", rest))
        if lines
    ]
    tax = [operator.tax_number] if operator.tax_number else []
    return Document(
        title=title,
        sender=(operator.name, *operator.address, *tax),
        address=(statement.owner.name, *statement.owner.address),
        facts=tuple(facts),
        tables=(
            _shares_table(words, "stays", stays, zone),
            _shares_table(words, "back", back, zone),
            _rest_table(words, rest, zone),
        ),
        totals=(
            Line(words["opening"], amount_text(statement.opening)),
            *sums,
            Line(closing, amount_text(statement.closing), is_strong=True),
        ),
        notes=tuple(notes),
        page_words=PAGE_WORDS[language],
    )


def _shares_table(
    words: dict[str, str], name: str, lines: list[StatementLine], zone: ZoneInfo
) -> Table:
    texts = ("at", "number", "space")
    numbers = ("minutes", "fee", "commission", "vat", "manager", "owner", "tax")
    columns = [*(Column(words[each]) for each in texts)]
    columns += [Column(words[each], is_number=True) for each in numbers]
    rows = tuple(
        (
            _at(line.at, zone),
            str(line.reservation_id),
            line.space,
            "" if line.minutes is None else f"{line.minutes:,}",
            *map(amount_text, _amounts(line)),
            "" if line.tax is None else amount_text(line.tax),
        )
        for line in lines
    )
    sums: tuple[str, ...] = ()
    if lines:
        zero = Money.zero(lines[0].shares.owner.currency)
        columns_of = zip(*map(_amounts, lines), strict=True)
        taxes = [line.tax for line in lines if line.tax is not None]
        tax = amount_text(sum(taxes, zero)) if taxes else ""
        sums = (words["sum"], "", "", "", *(amount_text(sum(c, zero)) for c in columns_of), tax)
    return Table(words[name], tuple(columns), rows, sums, words["none"])


def _rest_table(words: dict[str, str], lines: list[StatementLine], zone: ZoneInfo) -> Table:
    columns = (
        Column(words["at"]),
        Column(words["what"]),
        Column(words["number"]),
        Column(words["amount"], is_number=True),
    )
    rows = tuple(
        (
            _at(line.at, zone),
            words[line.kind.value],
            line.reference or str(line.reservation_id or ""),
            amount_text(line.shares.owner),
        )
        for line in lines
    )
    return Table(words["payouts"], columns, rows, empty=words["none"])


def _amounts(line: StatementLine) -> tuple[Money, Money, Money, Money, Money]:
    shares = line.shares
    return shares.total, shares.commission, shares.vat, shares.manager, shares.owner


def _sum_text(lines: list[StatementLine], opening: Money) -> str:
    zero = Money.zero(opening.currency)
    return amount_text(sum((line.shares.owner for line in lines), zero))


def _at(at: datetime, zone: ZoneInfo) -> str:
    # Its parts belong together: a line is never broken between them.
    return f"{at.astimezone(zone):%Y-%m-%d\u00a0%H:%M}"


def amount_text(amount: Money) -> str:
    """An amount for people, without its currency: 1,234.56, with a real minus."""
    places = EXPONENTS[amount.currency]
    text = str(abs(amount.minor)).rjust(places + 1, "0")
    whole, part = (text[:-places], f".{text[-places:]}") if places else (text, "")
    sign = "−" if amount.minor < 0 else ""
    return f"{sign}{int(whole):,}{part}"


def statement_csv(statement: Statement, zone: ZoneInfo) -> bytes:
    """The statement by RFC 4180 in UTF-8: first the opening balance, last the closing one.

    Of a span that is not over the last row is called `so-far`, and its time is that of writing.
    Amounts are decimals with the places of the currency; times are local with their offset.
    """
    currency, balance = statement.opening.currency, statement.opening
    rows: list[tuple[str | int, ...]] = [_end_row("opening", statement.span.from_, zone, balance)]
    for line in statement.lines:
        balance += line.shares.owner
        amounts = [decimal_text(each) for each in _amounts(line)]
        if line.kind not in _SHARED:
            amounts = ["", "", "", "", amounts[-1]]
        rows.append(
            (
                line.at.astimezone(zone).isoformat(),
                line.kind.value,
                line.reservation_id or "",
                line.space,
                "" if line.minutes is None else line.minutes,
                *amounts,
                "" if line.tax is None else decimal_text(line.tax),
                decimal_text(balance),
                currency,
                line.reference,
            )
        )
    if statement.so_far_at is None:
        rows.append(_end_row("closing", statement.span.until, zone, balance))
    else:
        rows.append(_end_row("so-far", statement.so_far_at, zone, balance))
    return csv_table(_HEAD, rows)


def _end_row(kind: str, at: datetime, zone: ZoneInfo, balance: Money) -> tuple[str, ...]:
    when, empty = at.astimezone(zone).isoformat(), [""] * (len(_HEAD) - 5)
    return (when, kind, *empty, decimal_text(balance), balance.currency, "")
