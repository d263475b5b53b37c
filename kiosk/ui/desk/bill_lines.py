"""The lines of a stay's bill at the desk: what it cost, who got it, and what went back since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from kiosk.domain.disputes import Cause, Correction
from kiosk.domain.outcomes import Bill
from kiosk.domain.payee import Supplier
from kiosk.domain.pricing.charge_lines import ChargeLine, LineKind
from kiosk.ui.desk.texts import DeskTexts
from kiosk.ui.format import percent


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of the bill; `kind` says what, `detail` how many times how much."""

    key: str
    kind: str
    """That of a ChargeLine (its tax: added-tax); or total, tax, deposit, due, refund, owner,
    commission, vat, manager, not-priced; later-refund, later-goodwill, chargeback-lost,
    chargeback-won, charge-now."""
    detail: str
    amount: str
    is_sum: bool = False


def bill_lines(bill: Bill, texts: DeskTexts) -> tuple[BillLine, ...]:
    counted = tuple(
        BillLine(
            key=f"line-{number}",
            kind="added-tax" if line.kind is LineKind.TAX else line.kind.value,
            detail=line_detail(line, texts),
            amount=texts.money(line.amount),
        )
        for number, line in enumerate(bill.charge.lines)
    )
    tax, supplier = bill.tax_shown, bill.supplier
    taxed = () if tax is None else (BillLine("tax", "tax", "", texts.money(tax)),)
    sums = (
        BillLine("total", "total", "", texts.money(bill.charge.total), is_sum=True),
        *(taxed if bill.left_unpaid is None else ()),
        *(() if supplier is None else (_supplier_line(supplier),)),
        BillLine("deposit", "deposit", "", texts.money(bill.deposit)),
        *(() if bill.left_unpaid is None else taxed),
    )
    due = BillLine("due", "due", "", texts.money(bill.due), is_sum=True)
    refund = BillLine("refund", "refund", "", texts.money(bill.refund), is_sum=True)
    # Both where an earlier driver of the car gets the own rest back.
    has_refund = bool(bill.refund or not bill.due)
    return (*counted, *sums, *((due,) if bill.due else ()), *((refund,) if has_refund else ()))


def _supplier_line(supplier: Supplier) -> BillLine:
    named = " · ".join(filter(None, (supplier.name, supplier.tax_number)))
    return BillLine("supplier", "supplier", named, "")


def line_detail(line: ChargeLine, texts: DeskTexts) -> str:
    """The tariff's own name for the line, and how many times how much."""
    parts = [] if line.kind is LineKind.CAP else [line.name]
    if line.seconds:
        parts.append(texts.span(timedelta(seconds=line.seconds)))
    if line.price and line.kind is LineKind.OVERSTAY_SURCHARGE:
        parts.append(percent(line.price))
    elif line.price and line.kind is not LineKind.TAX:
        per_minutes = line.per_minutes or 1
        each = line.price * Fraction(line.block_minutes or per_minutes, per_minutes)
        if line.kind is LineKind.TIME:
            parts.append(f"{texts.price(line.price)} / {line.per_minutes} min")
        else:
            parts.append(f"{line.count} × {texts.price(each)}")
    return " · ".join(part for part in parts if part)


def correction_lines(
    corrections: tuple[Correction, ...], bill: Bill | None, texts: DeskTexts
) -> tuple[BillLine, ...]:
    """What went back after the settlement: how much, when, by whom and why; then what is left."""
    lines = tuple(
        BillLine(
            key=f"correction-{number}",
            kind=_correction_kind(each),
            detail=_correction_detail(each, texts),
            amount=texts.money(max(each.total, -each.total)),
        )
        for number, each in enumerate(corrections)
    )
    if bill is None:
        return lines
    of_it = [each.total for each in corrections if each.receipt_number == bill.receipt_number]
    if not of_it:
        return lines
    now = texts.money(bill.charge.total - sum(of_it[1:], of_it[0]))
    return (*lines, BillLine("charge-now", "charge-now", "", now, is_sum=True))


def _correction_kind(correction: Correction) -> str:
    match correction.cause:
        case Cause.REFUND:
            return "later-refund"
        case Cause.GOODWILL:
            return "later-goodwill"
        case Cause.CHARGEBACK:
            return "chargeback-won" if correction.total.minor < 0 else "chargeback-lost"


def _correction_detail(correction: Correction, texts: DeskTexts) -> str:
    """A bank's case was given no reason at the desk: its provider stands there alone."""
    why = "" if correction.cause is Cause.CHARGEBACK else correction.reason
    said = (texts.moment(correction.at), correction.by, why)
    return " · ".join(filter(None, said))


def share_lines(bill: Bill, texts: DeskTexts) -> tuple[BillLine, ...]:
    shares = bill.shares
    parties = (
        ("owner", shares.owner),
        ("manager", shares.manager),
        ("commission", shares.commission),
        ("vat", shares.vat),
    )
    return tuple(BillLine(kind, kind, "", texts.money(amount)) for kind, amount in parties)
