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
            _pair("Space", f"{ticket.area.name} {ticket.space.label}"),
            _pair("Plate", ticket.plate),
            *_window_lines(ticket.window, site.zone),
            _pair("Deposit", plain(ticket.deposit)),
            _pair("Code", spaced(ticket.short_code)),
            "Scan at entrance and exit",
        ),
        qr=ticket.text,
    )


def receipt_paper(site: Site, bill: Bill) -> Paper:
    """The receipt: what it cost line by line, and where every cent went."""
    charge, tax = bill.charge, bill.tax_shown
    return Paper(
        title=site.name,
        lines=(
            f"RECEIPT {bill.receipt_number}",
            _pair("Space", f"{bill.area.name} {bill.space.label}"),
            _pair("Plate", bill.plate),
            *_window_lines(charge.window, site.zone),
            *(
                row
                for line in charge.lines
                for row in _wrapped(line_text(line), plain(line.amount))
            ),
            _pair("TOTAL", plain(charge.total)),
            *(() if tax is None else (_pair("of it tax", plain(tax)),)),
            _pair("Paid", plain(bill.deposit + bill.due)),
            *((_pair("Open", plain(bill.left_unpaid)),) if bill.left_unpaid else ()),
            _pair("Refund", plain(bill.refund)),
            *_others_lines(bill),
            "Where it goes",
            _pair("Owner", plain(bill.shares.owner)),
            _pair("Manager", plain(bill.shares.manager)),
            _pair("Commission", plain(bill.shares.commission)),
            _pair("VAT on it", plain(bill.shares.vat)),
            _pair("Tariff", bill.tariff_hash[:HASH_SIGNS]),
            *_supplier_lines(bill.supplier),
        ),
    )


def _others_lines(bill: Bill) -> Iterator[str]:
    """What shops paid of it, and each of several drivers."""
    for shop in bill.validated:
        if shop.worth:
            yield from _wrapped(f"paid by {shop.shop_name or 'car park'}", plain(shop.worth))
    for number, payer in enumerate(bill.payers, start=1):
        yield _pair(f"Driver {number}, {payer.minutes} min", plain(payer.part))


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


def _supplier_lines(supplier: Supplier | None) -> Iterator[str]:
    """Who owes the tax, with the number; a small business says that it owes none."""
    if supplier is None:
        return
    yield "Supplied by"
    for line in (supplier.name, *supplier.address):
        yield from textwrap.wrap(line, COLUMNS)
    if supplier.tax_number:
        yield from _wrapped("Tax no.", supplier.tax_number)
    if not supplier.shows_tax:
        yield "Small business: no tax"


def _window_lines(window: Window, zone: ZoneInfo) -> tuple[str, str]:
    start, end = window.from_.astimezone(zone), window.until.astimezone(zone)
    return (
        _pair("From", f"{start:%Y-%m-%d %H:%M}"),
        _pair("Until", f"{end:%Y-%m-%d %H:%M}"),
    )


def _wrapped(text: str, amount: str) -> list[str]:
    """A text over as many lines as it needs, its amount at the end of the last one."""
    *rows, last = textwrap.wrap(text, COLUMNS)
    if len(last) + 1 + len(amount) > COLUMNS:
        rows, last = [*rows, last], ""
    return [*rows, _pair(last, amount)]


def _pair(name: str, value: str) -> str:
    return f"{name}{value:>{max(COLUMNS - len(name), len(value) + 1)}}"
