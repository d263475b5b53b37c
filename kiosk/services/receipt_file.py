"""Receipts as JSON that prove a bill: tariff, hash, times and lines, priced again by `replay`.

A receipt carries all that its price depends on, so that any year later, without database or
network, the same bill comes out to the cent. No plate, no card and nothing of the driver stands
in it; who supplied the parking may, and changes no price.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import zip_longest
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationError,
)

from kiosk.domain.checking.problems import problems
from kiosk.domain.money import Money
from kiosk.domain.payee import Supplier
from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.tariff import Tariff
from kiosk.domain.tariff_text import TariffTextWrong, read_tariff_text, tariff_hash, tariff_text
from kiosk.domain.time import Window
from kiosk.services.charge_words import amount_text, line_text, no_price_text
from kiosk.services.instants import read_instant
from kiosk.services.refused import ReceiptRefused
from kiosk.services.strict_json import read_json

KIND = "sharedpark-receipt"
FORMAT = 1
_MINUTE = timedelta(minutes=1)
_FRACTION = re.compile(r"-?[0-9]{1,40}(/[1-9][0-9]{0,39})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A bill, with all that its price depends on."""

    tariff: Tariff
    facts: StayFacts
    free_consideration: timedelta
    """In and out again within it costs nothing, whatever the tariff says; zero: no such rule."""
    lines: tuple[ChargeLine, ...]
    total: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came out when a receipt was priced again."""

    charge: Charge | None
    """None: its tariff gives no price for the stay."""
    differences: tuple[str, ...]
    """In words, one for each line or amount that the receipt has otherwise; none: it is true."""


def receipt_of(
    tariff: Tariff,
    facts: StayFacts,
    charge: Charge,
    *,
    free_consideration: timedelta = timedelta(),
    supplier: Supplier | None = None,
) -> dict[str, Any]:
    """The receipt of a charge as JSON has it; `read_receipt` takes its text."""
    booked = facts.booked
    named = {} if supplier is None else {"supplier": _supplier_table(supplier)}
    return {
        "kind": KIND,
        "format": FORMAT,
        "tariff": json.loads(tariff_text(tariff)),
        "tariff_hash": tariff_hash(tariff),
        "facts": {
            "entered_at": _instant_text(facts.entered_at),
            "left_at": _instant_text(facts.left_at),
            "booked_from": _instant_text(booked.from_) if booked else None,
            "booked_until": _instant_text(booked.until) if booked else None,
            "late_grace_minutes": _minutes(facts.late_grace),
            "early_entry_minutes": _minutes_or_none(facts.early_entry),
            "free_consideration_minutes": _minutes(free_consideration),
            "quote": None if facts.quote is None else _money_table(facts.quote),
            "is_free_used": facts.is_free_used,
            "validation_minutes": facts.validation_minutes,
            "discounts": list(facts.discounts),
            "is_lost_ticket": facts.is_lost_ticket,
            "is_cash": facts.is_cash,
        },
        "lines": [
            {
                "kind": line.kind.value,
                "name": line.name,
                "count": line.count,
                "seconds": line.seconds,
                "block_minutes": line.block_minutes,
                "price": str(line.price),
                "per_minutes": line.per_minutes,
                "instead_of": str(line.instead_of),
                "amount": _money_table(line.amount),
            }
            for line in charge.lines
        ],
        "total": _money_table(charge.total),
        "tax": _money_table(charge.tax),
        **named,
    }


def read_receipt(text: str) -> Receipt:
    """The receipt; ReceiptRefused names what is damaged, and a tariff that is not of its hash.

    What it says of lines and amounts is not judged here: that is `replay`.
    """
    try:
        table = _ReceiptTable.model_validate(read_json(text))
    except ValidationError as error:
        raise ReceiptRefused(
            f"{'.'.join(map(str, each['loc'])) or 'the receipt'}: {each['msg']}"
            for each in error.errors(include_url=False)
        ) from error
    except ValueError as error:
        raise ReceiptRefused([f"the receipt: is not JSON: {error}"]) from error
    tariff = _tariff(table)
    amounts = [table.total, table.tax, *(line.amount for line in table.lines)]
    if table.facts.quote is not None:
        amounts.append(table.facts.quote)
    if any(amount.currency != tariff.currency for amount in amounts):
        raise ReceiptRefused([f"total: all amounts should be in {tariff.currency}"])
    waived = [line.amount.minor for line in table.lines if line.kind is LineKind.WAIVED]
    if any(minor > 0 for minor in waived):
        raise ReceiptRefused(["lines: what is waived should be taken off, not added"])
    return Receipt(
        tariff=tariff,
        facts=_facts(table.facts),
        free_consideration=table.facts.free_consideration_minutes * _MINUTE,
        lines=tuple(line.line() for line in table.lines),
        total=table.total.money(),
        tax=table.tax.money(),
    )


def replay(receipt: Receipt) -> Replayed:
    """The receipt's stay priced again by its own tariff, and every difference to what it says.

    What an attendant struck off is no matter of the tariff, and taken as the receipt has it.
    """
    charge = _charge_again(receipt)
    if isinstance(charge, str):
        return Replayed(None, (f"the tariff gives no price for this stay: {charge}",))
    for line in receipt.lines:
        if line.kind is LineKind.WAIVED:
            charge = charge.waived(line.amount)
    return Replayed(charge, tuple(_differences(receipt, charge)))


def _charge_again(receipt: Receipt) -> Charge | str:
    facts = receipt.facts
    stayed, free = facts.left_at - facts.entered_at, receipt.free_consideration
    if free and timedelta() <= stayed <= free:
        zero = Money.zero(receipt.tariff.currency)
        start, end = facts.entered_at, facts.left_at + timedelta(seconds=1)
        return Charge(facts.booked or Window(start, end), (), zero, zero)
    charge = charge_for(receipt.tariff, facts)
    return charge if isinstance(charge, Charge) else no_price_text(charge)


def _differences(receipt: Receipt, charge: Charge) -> Iterator[str]:
    for number, (said, again) in enumerate(zip_longest(receipt.lines, charge.lines), 1):
        if said not in (again, _without_blocks(again)):
            yield (
                f"line {number}: the receipt says {_line_words(said)}, "
                f"its tariff gives {_line_words(again)}"
            )
    for name, in_receipt, worked_out in (
        ("total", receipt.total, charge.total),
        ("tax", receipt.tax, charge.tax),
    ):
        if in_receipt != worked_out:
            yield (
                f"{name}: the receipt says {amount_text(in_receipt)}, "
                f"its tariff gives {amount_text(worked_out)}"
            )


def _without_blocks(line: ChargeLine | None) -> ChargeLine | None:
    """The line of an overstay as receipts had it before it said which blocks it counts."""
    if line is None or line.kind not in {LineKind.OVERSTAY, LineKind.OVERSTAY_SURCHARGE}:
        return line
    return replace(line, count=1, block_minutes=0, price=Fraction(0), per_minutes=0)


def _line_words(line: ChargeLine | None) -> str:
    return "nothing" if line is None else f'"{line_text(line)}" {amount_text(line.amount)}'


def _tariff(table: _ReceiptTable) -> Tariff:
    try:
        tariff = read_tariff_text(json.dumps(table.tariff))
    except TariffTextWrong as error:
        raise ReceiptRefused([f"{error}"]) from error
    if tariff_hash(tariff) != table.tariff_hash:
        raise ReceiptRefused(["tariff_hash: is not that of the tariff: one of them was changed"])
    # Names were free words once; what a tariff is called changes no price.
    wrong = [problem for problem in problems(tariff) if problem.path != "code"]
    if wrong:
        raise ReceiptRefused(f"tariff.{problem.path}: {problem.text}" for problem in wrong)
    return tariff


def _facts(table: _FactsTable) -> StayFacts:
    booked, from_, until = None, table.booked_from, table.booked_until
    if from_ is not None and until is not None and from_ < until:
        booked = Window(from_, until)
    elif from_ is not None or until is not None:
        raise ReceiptRefused(["facts.booked_until: should be after booked_from"])
    return StayFacts(
        entered_at=table.entered_at,
        left_at=table.left_at,
        booked=booked,
        late_grace=table.late_grace_minutes * _MINUTE,
        early_entry=(
            None if table.early_entry_minutes is None else table.early_entry_minutes * _MINUTE
        ),
        quote=None if table.quote is None else table.quote.money(),
        is_free_used=table.is_free_used,
        validation_minutes=table.validation_minutes,
        discounts=table.discounts,
        is_lost_ticket=table.is_lost_ticket,
        is_cash=table.is_cash,
    )


def _instant_text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _minutes_or_none(span: timedelta | None) -> int | None:
    return None if span is None else _minutes(span)


def _minutes(span: timedelta) -> int:
    assert span % _MINUTE == timedelta(), "a site's rules are whole minutes"
    return span // _MINUTE


def _supplier_table(supplier: Supplier) -> dict[str, Any]:
    return {
        "name": supplier.name,
        "address": list(supplier.address),
        "tax_number": supplier.tax_number,
        "shows_tax": supplier.shows_tax,
    }


def _money_table(money: Money) -> dict[str, Any]:
    return {"minor": money.minor, "currency": money.currency}


def _read_instant(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("should be text")
    instant = read_instant(value, ZoneInfo("UTC"))
    if datetime.fromisoformat(value).tzinfo is None:
        raise ValueError("should have its offset from UTC")
    return instant


def _read_fraction(value: Any) -> Fraction:
    if not isinstance(value, str) or not _FRACTION.fullmatch(value):
        raise ValueError("should be text like 400 or 5/3")
    return Fraction(value)


_Instant = Annotated[datetime, BeforeValidator(_read_instant)]
_Minutes = Annotated[StrictInt, Field(ge=0, le=10**6)]
_Count = Annotated[StrictInt, Field(ge=0, le=10**9)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class _MoneyTable(_Table):
    minor: StrictInt
    currency: StrictStr

    def money(self) -> Money:
        return Money(self.minor, self.currency)


class _FactsTable(_Table):
    entered_at: _Instant
    left_at: _Instant
    booked_from: _Instant | None
    booked_until: _Instant | None
    late_grace_minutes: _Minutes
    early_entry_minutes: _Minutes | None = None  # older receipts do not say it
    free_consideration_minutes: _Minutes
    quote: _MoneyTable | None
    is_free_used: StrictBool
    validation_minutes: _Minutes
    discounts: tuple[StrictStr, ...]
    is_lost_ticket: StrictBool
    is_cash: StrictBool


class _LineTable(_Table):
    kind: LineKind
    name: StrictStr
    count: _Count
    seconds: _Count
    block_minutes: _Count
    price: Annotated[Fraction, BeforeValidator(_read_fraction)]
    per_minutes: _Count
    instead_of: Annotated[Fraction, BeforeValidator(_read_fraction)]
    amount: _MoneyTable

    def line(self) -> ChargeLine:
        return ChargeLine(
            kind=self.kind,
            name=self.name,
            count=self.count,
            seconds=self.seconds,
            block_minutes=self.block_minutes,
            price=self.price,
            per_minutes=self.per_minutes,
            instead_of=self.instead_of,
            amount=self.amount.money(),
        )


class _SupplierTable(_Table):
    name: StrictStr
    address: tuple[StrictStr, ...]
    tax_number: StrictStr
    shows_tax: StrictBool


class _ReceiptTable(_Table):
    kind: Literal["sharedpark-receipt"]
    format: Literal[1]
    tariff: dict[str, JsonValue]
    tariff_hash: StrictStr
    facts: _FactsTable
    lines: tuple[_LineTable, ...]
    total: _MoneyTable
    tax: _MoneyTable
    supplier: _SupplierTable | None = None  # older receipts do not say it
