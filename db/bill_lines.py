"""The lines of a bill as the JSON of a receipt and back, also those that older programs wrote.

Until tariffs had more than one kind, a line was [kind, count, minor units of one]. The rest of a
receipt stands in ledger.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge_lines import ChargeLine, LineKind
from kiosk.domain.tariff import CapScope, Tariff


def lines_text(lines: Iterable[ChargeLine]) -> str:
    """The JSON that a receipt keeps of its lines."""
    return json.dumps(
        [
            {
                "kind": line.kind.value,
                "name": line.name,
                "count": line.count,
                "seconds": line.seconds,
                "block_minutes": line.block_minutes,
                "price": str(line.price),
                "per_minutes": line.per_minutes,
                "instead_of": str(line.instead_of),
                "amount": line.amount.minor,
            }
            for line in lines
        ],
        ensure_ascii=False,
    )


def lines_of(text: str, tariff: Tariff) -> tuple[ChargeLine, ...]:
    """The lines that a receipt of a stay with this tariff keeps."""
    return tuple(
        _old_line(line, tariff) if isinstance(line, list) else _line(line, tariff.currency)
        for line in json.loads(text)
    )


def _line(found: dict[str, Any], currency: str) -> ChargeLine:
    return ChargeLine(
        kind=LineKind(found["kind"]),
        name=found["name"],
        count=found["count"],
        seconds=found["seconds"],
        block_minutes=found["block_minutes"],
        price=Fraction(found["price"]),
        per_minutes=found["per_minutes"],
        instead_of=Fraction(found.get("instead_of", "0")),
        amount=Money(found["amount"], currency),
    )


def _old_line(found: list[Any], tariff: Tariff) -> ChargeLine:
    kind, count, unit_minor = found
    amount = Money(count * unit_minor, tariff.currency)
    if kind == "waived":
        return ChargeLine(kind=LineKind.WAIVED, amount=amount)
    price = Fraction(unit_minor)
    if kind == "daily-cap":
        name = CapScope.ROLLING_24H.value
        return ChargeLine(kind=LineKind.CAP, amount=amount, name=name, count=count, price=price)
    assert kind == "block", f"no program wrote a line of kind {kind}"
    band = tariff.bands[0]  # there was one, with one row (migration 0004)
    return ChargeLine(
        kind=LineKind.BLOCK,
        amount=amount,
        name=band.name,
        count=count,
        block_minutes=band.rows[0].block_minutes,
        price=price,
        per_minutes=band.rows[0].per_minutes,
    )
