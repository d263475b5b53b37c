"""Monthly invoices of fleets and shops: issued once, numbered without gaps, paid in parts.

A month has all that was posted before its end on the clock of the site and stands on no invoice
yet: what goes back after an invoice lowers the next one. Their papers: invoice_paper.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from db.invoices import InvoiceRecord, UnbilledTransfer
from kiosk.domain import ledger
from kiosk.domain.ids import FleetId, ShopId
from kiosk.domain.invoice import BilledLine, InvoiceLine, Month, part_of_tax, tax_rate_of
from kiosk.domain.journals_outside import fleet_invoiced, fleet_paid, shop_paid
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.payee import Payee
from kiosk.domain.time import started_minutes
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.payees import supplier_of
from kiosk.services.terms import terms_of

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.payee import Supplier
    from kiosk.services.core import Core

PAY_WITHIN = timedelta(days=14)
"""After so long an invoice that is not paid is overdue."""
_OFFICE = Actor(ActorKind.CLOCK, "invoices")


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """Who gets an invoice: a fleet or a shop."""

    fleet_id: FleetId | None
    shop_id: ShopId | None
    name: str
    address: tuple[str, ...]
    tax_number: str

    @property
    def account(self) -> str:
        """Where what stands on no invoice yet is claimed."""
        if self.fleet_id is not None:
            return ledger.fleet_unbilled(self.fleet_id)
        assert self.shop_id is not None, "a debtor is one of the two"
        return ledger.receivable_shop(self.shop_id)


@dataclass(frozen=True, slots=True)
class MonthNotOver:
    """A month is billed when it is over on the clock of the site."""

    until: datetime


@dataclass(frozen=True, slots=True)
class NothingToBill:
    """No stay of that month waits for an invoice, or more went back than was parked for."""

    credit: Money
    """What lowers a later invoice."""


@dataclass(frozen=True, slots=True)
class PaymentRefused:
    """More than is open, or nothing at all."""

    open: Money


Files = Callable[[Debtor, InvoiceRecord, tuple[BilledLine, ...]], tuple[bytes, bytes]]
"""How an invoice becomes the bytes of its PDF and of its CSV (invoice_paper.py)."""


def issue_invoice(
    core: Core, debtor: Debtor, month: Month, *, files: Files
) -> InvoiceRecord | MonthNotOver | NothingToBill:
    """Write the invoice of a debtor for a month, in one transaction with its files and journal."""
    until, now = month.window(core.site.zone).until, core.clock.now()
    if now < until:
        return MonthNotOver(until)
    with core.store.transaction() as tx:
        sources = tx.invoices.unbilled(debtor.account, until=until)
        zero = Money.zero(core.site.currency)
        amount = sum((source.amount for source in sources), zero)
        if amount <= zero:
            return NothingToBill(-amount)
        billed = tuple(_billed(core, tx, source) for source in sources)
        lines = tuple(each.line for each in billed)
        invoice = InvoiceRecord(
            number=tx.invoices.next_number(),
            fleet_id=debtor.fleet_id,
            shop_id=debtor.shop_id,
            month=month,
            amount=amount,
            tax=sum((line.tax for line in lines), zero),
            issued_at=now,
            due_at=now + PAY_WITHIN,
            paid=zero,
        )
        pdf, csv = files(debtor, invoice, billed)
        pairs = tuple(zip(sources, lines, strict=True))
        tx.invoices.add(invoice, pairs, pdf=pdf, csv=csv)
        if debtor.fleet_id is not None:
            transfers = fleet_invoiced(debtor.fleet_id, amount)
            tx.ledger.post(Journal(f"invoice:{invoice.number}", "invoice", transfers), now)
        detail = f"{invoice.number} {amount.minor}"
        core.audit(tx, actor=_OFFICE, action="invoice.issued", detail=detail)
    return invoice


def pay_invoice(
    core: Core, invoice: InvoiceRecord, amount: Money
) -> InvoiceRecord | PaymentRefused:
    """Book what the bank has received for an invoice, all of it or a part."""
    now = core.clock.now()
    with core.store.transaction() as tx:
        stored = tx.invoices.invoice(invoice.number)
        assert stored is not None, "what was issued is kept"
        is_ours = amount.currency == stored.open.currency
        if not is_ours or not 0 < amount.minor <= stored.open.minor:
            return PaymentRefused(stored.open)
        if stored.fleet_id is not None:
            transfers = fleet_paid(stored.fleet_id, amount)
        else:
            assert stored.shop_id is not None, "the schema knows no third"
            transfers = shop_paid(stored.shop_id, amount)
        key = f"invoice-paid:{stored.number}:{stored.paid.minor}"
        tx.ledger.post(Journal(key, "invoice-paid", transfers), now)
        tx.invoices.add_payment(stored.number, amount, now)
        detail = f"{stored.number} {amount.minor}"
        core.audit(tx, actor=_OFFICE, action="invoice.paid", detail=detail)
        paid = tx.invoices.invoice(stored.number)
        assert paid is not None, "it was there a moment ago"
    return paid


def debtors(tx: Tx) -> tuple[Debtor, ...]:
    """Every fleet, then every shop, by name; also those that take part no more."""
    fleets = [
        Debtor(
            fleet_id=fleet.id,
            shop_id=None,
            name=fleet.name,
            address=tuple(fleet.address.splitlines()),
            tax_number=fleet.tax_number,
        )
        for fleet in tx.fleets.all()
    ]
    shops = [
        Debtor(
            fleet_id=None,
            shop_id=shop.id,
            name=shop.name,
            address=tuple(shop.address.splitlines()),
            tax_number=shop.tax_number,
        )
        for shop in tx.shops.all()
    ]
    return (*fleets, *shops)


def is_overdue(invoice: InvoiceRecord, now: datetime) -> bool:
    """Whether something of an invoice is open after the day on which it was due."""
    return bool(invoice.open) and now > invoice.due_at


def _billed(core: Core, tx: Tx, source: UnbilledTransfer) -> BilledLine:
    """What an invoice says of a transfer; supplier and tax by the latest receipt of its stay."""
    reservation = tx.reservations.get(source.reservation_id)
    assert reservation is not None, "only what belongs to a stay is billed"
    receipts = tx.ledger.receipts_of(reservation.id)
    tax, rate, minutes = Money.zero(source.amount.currency), None, 0
    supplier = supplier_of(tx, reservation)
    if receipts:
        receipt = receipts[-1]
        supplier = receipt.supplier or supplier
        if supplier is None or supplier.shows_tax:
            charge = receipt.charge
            tax = part_of_tax(source.amount, tax=charge.tax, total=charge.total)
            rate = tax_rate_of(charge, terms_of(tx, reservation).tariff)
        if receipt.facts is not None:
            minutes = started_minutes(receipt.facts.left_at - receipt.facts.entered_at)
    line = InvoiceLine(
        at=source.at,
        reservation_id=reservation.id,
        receipt_number=receipts[-1].number if receipts else None,
        space=tx.library.space(reservation.space_id).label,
        minutes=minutes,
        amount=source.amount,
        tax=tax,
    )
    return BilledLine(line=line, supplier=_named(core, tx, supplier), tax_rate=rate)


def _named(core: Core, tx: Tx, supplier: Supplier | None) -> Payee:
    """A supplier in the words of a paper; the operator for a receipt that names nobody."""
    if supplier is None:
        return tx.payees.operator() or Payee(name=core.site.name)
    return Payee(
        name=supplier.name,
        address=supplier.address,
        tax_number=supplier.tax_number,
        is_small_business=not supplier.shows_tax,
    )
