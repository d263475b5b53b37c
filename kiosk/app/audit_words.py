"""The timeline of one stay in words: each row with its facts, its journals and its hash."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.domain.money import EXPONENTS, Money
from kiosk.domain.time import from_epoch
from kiosk.services.audit_details import in_money
from kiosk.services.charge_words import amount_text
from kiosk.services.timeline_file import facts_of_row

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from db.evidence import Record
    from kiosk.domain.evidence import Fact, Row
    from kiosk.services.timeline_file import Timeline

_HASH_DIGITS = 12


def timeline_lines(timeline: Timeline, *, zone: ZoneInfo, currency: str) -> Iterator[str]:
    """Everything that is known of a stay, oldest first; times of the site, lanes in UTC.

    Amounts without a currency of their own are in that of the site.
    """
    yield f"Reservation {timeline.reservation}, times of {zone.key}"
    journals = {each.id: each for each in timeline.journals}
    receipts = {each["number"]: each for each in timeline.receipts}
    for row in timeline.rows:
        yield _row_line(row, zone, currency)
        for fact in facts_of_row(row):
            yield f"        {_fact(fact)}"
            match fact:
                case ("journal", int(number), _) if number in journals:
                    booked = journals[number]
                    yield from (f"          {_transfer(each)}" for each in booked.transfers)
                case ("receipt", int(number), _) if number in receipts:
                    yield f"          {_receipt(receipts[number])}"
                case _:
                    pass
    if timeline.rows:
        yield f"head of the stay {timeline.rows[-1].seal.stay_hash}"


def _row_line(row: Row, zone: ZoneInfo, currency: str) -> str:
    columns = row.columns
    at = columns["at"]
    assert isinstance(at, int), "the schema says so"
    where = f" at {columns['lane']}" if columns["lane"] else ""
    said = in_money(
        str(columns["action"]), str(columns["detail"] or ""), currency=currency, said=_money
    )
    detail = f": {said}" if said else ""
    return (
        f"{from_epoch(at).astimezone(zone):%Y-%m-%d %H:%M:%S}  {columns['action']}{where}{detail}"
        f"  ({columns['actor_kind']} {columns['actor_name']})"
        f"  [{row.id} {str(row.seal.stay_hash)[:_HASH_DIGITS]}]"
    )


def _fact(fact: Fact) -> str:
    match fact:
        case ("journal" | "receipt", number, proof):
            return f"{fact[0]} {number}, proof {str(proof)[:_HASH_DIGITS]}"
        case ("row", table, proof, *key):
            name = " ".join(map(str, key))
            return f"{table} {name}, proof {str(proof)[:_HASH_DIGITS]}"
        case ("operation", key, state, kind, purpose, minor, currency, adapter, original, _):
            amount = _amount(minor, currency)
            asked = f"{kind} {purpose} {amount} {currency} by {adapter}"
            return f"operation {key} is {state} {asked}{f' of {original}' if original else ''}"
        case ("operation", key, state, *asked):
            return " ".join(["operation", str(key), f"is {state}", *map(str, asked)])
        case (
            "terms",
            _,
            code,
            version,
            tariff_hash,
            *split,
            minor,
            currency,
            t0,
            t1,
            space,
            owner,
        ):
            bp = ", ".join(map(str, split))
            price = f"tariff {code} version {version} {str(tariff_hash)[:_HASH_DIGITS]}"
            quote = f"quote {_amount(minor, currency)} {currency}"
            return f"{price}, split {bp}, {quote}, {t0} to {t1}, space {space} of owner {owner}"
        case ("scan", proof, how):
            return f"code {str(proof)[:_HASH_DIGITS]} {how}"
        case ("phase", at_ms, phase):
            return f"{_instant(at_ms)} lane {phase}"
        case ("input", at_ms, name, state):
            return f"{_instant(at_ms)} {name} {state}"
        case ("relay", at_ms, order, output, state, answer):
            said = f", board: {answer}" if answer else ""
            return f"{_instant(at_ms)} order {order}, {output} {state}{said}"
        case ("dropped", count):
            return f"{count} earlier edges of this lane were not kept"
        case _:
            return " ".join(map(str, fact))


def _instant(at_ms: object) -> str:
    assert isinstance(at_ms, int), "written by the lane's reports"
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC):%H:%M:%S.%f}"[:-3] + "Z"


def _transfer(each: Record) -> str:
    amount = _amount(each["amount_minor"], each["currency"])
    return f"{each['debit']} / {each['credit']} {amount} {each['currency']}"


def _receipt(each: Record) -> str:
    parts = (
        f"{name} {_amount(each[f'{name}_minor'], each['currency'])}"
        for name in ("total", "deposit", "due", "refund")
    )
    return f"{', '.join(parts)} {each['currency']}"


def _money(amount: Money) -> str:
    return f"{amount_text(amount)} {amount.currency}"


def _amount(minor: object, currency: object) -> str:
    """In decimals where the record names a currency that we know; else as it stands there."""
    if isinstance(minor, int) and isinstance(currency, str) and currency in EXPONENTS:
        return amount_text(Money(minor, currency))
    return str(minor)
