"""What is printed: tickets and receipts as lines of text and one QR, for any printer.

Paper never decides about money: it repeats what the books say.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from kiosk.domain.money import EXPONENTS, Money
from kiosk.domain.outcomes import Bill, TicketIssued
from kiosk.domain.payee import Supplier
from kiosk.domain.site import Site
from kiosk.domain.time import Window
from kiosk.services.charge_words import line_text

COLUMNS = 32
"""Characters a line of an 58 mm roll."""
HASH_SIGNS = 12
"""So many signs of a tariff's hash tell it from all others of a site."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of paper; `qr` is printed below the lines."""

    title: str
    lines: tuple[str, ...]
    qr: str | None = None


def ticket_paper(site: Site, ticket: TicketIssued) -> Paper:
    """The paper twin of the ticket on the screen."""
    return Paper(
        title=site.name,
        lines=(
            "PARKING TICKET",
            pair("Space", f"{ticket.area.name} {ticket.space.label}"),
            pair("Plate", ticket.plate),
            *_window_lines(ticket.window, site.zone),
            pair("Deposit", plain(ticket.deposit)),
            pair("Code", spaced(ticket.short_code)),
            "Scan at entrance and exit",
        ),
        qr=ticket.text,
    )


def receipt_paper(site: Site, bill: Bill) -> Paper:
    """The receipt: what it cost line by line, and where every cent went."""
    charge, tax = bill.charge, bill.tax_shown
    taxed = () if tax is None else (pair("of it tax", plain(tax)),)
    return Paper(
        title=site.name,
        lines=(
            f"RECEIPT {bill.receipt_number}",
            pair("Space", f"{bill.area.name} {bill.space.label}"),
            pair("Plate", bill.plate),
            *_window_lines(charge.window, site.zone),
            *(
                row
                for line in charge.lines
                for row in wrapped(line_text(line), plain(line.amount))
            ),
            pair("TOTAL", plain(charge.total)),
            *(taxed if bill.left_unpaid is None else ()),
            pair("Paid", plain(bill.deposit + bill.due)),
            *(() if bill.left_unpaid is None else taxed),
            *((pair("Open", plain(bill.left_unpaid)),) if bill.left_unpaid else ()),
            pair("Refund", plain(bill.refund)),
            *_others_lines(bill),
            "Where it goes",
            pair("Owner", plain(bill.shares.owner)),
            pair("Manager", plain(bill.shares.manager)),
            pair("Commission", plain(bill.shares.commission)),
            pair("VAT on it", plain(bill.shares.vat)),
            pair("Tariff", bill.tariff_hash[:HASH_SIGNS]),
            *supplier_lines(bill.supplier),
        ),
    )


def _others_lines(bill: Bill) -> Iterator[str]:
    """What shops paid of it, and each of several drivers."""
    for shop in bill.validated:
        if shop.worth:
            yield from wrapped(f"paid by {shop.shop_name or 'car park'}", plain(shop.worth))
    for number, payer in enumerate(bill.payers, start=1):
        yield pair(f"Driver {number}, {payer.minutes} min", plain(payer.part))
        if payer.back:
            yield pair(f"back to driver {number}", plain(payer.back))


def plain(money: Money) -> str:
    """An amount for paper and logs: `GBP 12.50`."""
    exponent = EXPONENTS[money.currency]
    whole, rest = divmod(abs(money.minor), 10**exponent)
    sign = "-" if money.minor < 0 else ""
    decimals = f".{rest:0{exponent}d}" if exponent else ""
    return f"{money.currency} {sign}{whole}{decimals}"


def spaced(code: str) -> str:
    """A short code in groups of four."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def supplier_lines(supplier: Supplier | None) -> Iterator[str]:
    """Who owes the tax, with the number; a small business says that it owes none."""
    if supplier is None:
        return
    yield "Supplied by"
    for line in (supplier.name, *supplier.address):
        yield from textwrap.wrap(line, COLUMNS)
    if supplier.tax_number:
        yield from wrapped("Tax no.", supplier.tax_number)
    if not supplier.shows_tax:
        yield "Small business: no tax"


def _window_lines(window: Window, zone: ZoneInfo) -> tuple[str, str]:
    start, end = window.from_.astimezone(zone), window.until.astimezone(zone)
    return (
        pair("From", f"{start:%Y-%m-%d %H:%M}"),
        pair("Until", f"{end:%Y-%m-%d %H:%M}"),
    )


def wrapped(text: str, amount: str) -> list[str]:
    """A text over as many lines as it needs, its amount at the end of the last one."""
    *rows, last = textwrap.wrap(text, COLUMNS)
    if not amount:
        return [*rows, last]
    if len(last) + 1 + len(amount) > COLUMNS:
        rows, last = [*rows, last], ""
    return [*rows, pair(last, amount)]


def pair(name: str, value: str) -> str:
    """A name at the left edge of the roll and its value at the right one."""
    return f"{name}{value:>{max(COLUMNS - len(name), len(value) + 1)}}"
