"""The monthly invoice of a fleet or a shop: its month, its lines, its credit.

Which transfers become lines is decided in services; how paper looks, in its painter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from kiosk.domain.ids import ReservationId
from kiosk.domain.money import Money, half_up
from kiosk.domain.payee import Payee
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.tariff import Tariff
from kiosk.domain.time import Window

DebtorKind = Literal["fleet", "shop"]

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar; written 2026-06."""

    year: int
    month: int

    def __post_init__(self) -> None:
        assert 1970 <= self.year < 3000
        assert 1 <= self.month <= 12

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def read(cls, text: str) -> Month | None:
        """The month that a text like 2026-06 means; None when it means none."""
        found = _MONTH.fullmatch(text)
        if found is None:
            return None
        year, month = int(found[1]), int(found[2])
        return cls(year, month) if 1970 <= year < 3000 and 1 <= month <= 12 else None

    def window(self, zone: ZoneInfo) -> Window:
        """The month on the clock of the site: from its first midnight until the next month's."""
        first = datetime(self.year, self.month, 1, tzinfo=zone)
        if self.month == 12:
            after = datetime(self.year + 1, 1, 1, tzinfo=zone)
        else:
            after = datetime(self.year, self.month + 1, 1, tzinfo=zone)
        return Window(first.astimezone(UTC), after.astimezone(UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """One stay, or what went back for one, on an invoice."""

    at: datetime
    reservation_id: ReservationId
    receipt_number: int | None
    space: str
    minutes: int
    """Zero where the car was never inside."""
    amount: Money
    """Below zero where money went back: it lowers the invoice."""
    tax: Money
    """What of the amount is tax, in proportion to its receipt."""

    @property
    def net(self) -> Money:
        """The amount without its tax."""
        return self.amount - self.tax


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledLine:
    """A line as the papers of its invoice show it, with who supplied the parking."""

    line: InvoiceLine
    supplier: Payee
    """As the receipt names it; a small business shows no tax."""
    tax_rate: Fraction | None
    """None where no tax is shown, and where prices of several rates are in one charge."""


def part_of_tax(amount: Money, *, tax: Money, total: Money) -> Money:
    """How much of an amount is tax, when it is a part of a total with so much tax; halves up.

    What goes back has the tax of what was paid, with its sign.
    """
    if not total:
        return Money.zero(total.currency)
    minor = half_up(abs(amount.minor) * tax.minor, total.minor)
    return Money(minor if amount.minor > 0 else -minor, total.currency)


def tax_rate_of(charge: Charge, tariff: Tariff) -> Fraction | None:
    """The one rate by which a charge was taxed; None where several of the tariff's went in.

    A receipt keeps its tax, not the rate: of a tariff with several the one that gives that tax.
    """
    own = tariff.tax.rate
    others = {row.tax for band in tariff.bands for row in band.rows}
    others |= {surcharge.tax for surcharge in tariff.surcharges}
    rates = {own if rate is None else rate for rate in others} | {own}
    fitting = [rate for rate in rates if len(rates) == 1 or _taxes(rate, charge)]
    return fitting[0] if len(fitting) == 1 else None


def _taxes(rate: Fraction, charge: Charge) -> bool:
    share = charge.total.minor * rate / (1 + rate)
    return half_up(share.numerator, share.denominator) == charge.tax.minor


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetCredit:
    """How much of its limit a fleet has used."""

    limit: Money
    unbilled: Money
    invoiced: Money
    """Invoices that are not paid, or not all of them."""
    authorised: Money
    """What stays that have not ended yet may cost."""

    @property
    def used(self) -> Money:
        """All that the fleet may come to owe."""
        return self.unbilled + self.invoiced + self.authorised

    @property
    def left(self) -> Money:
        """What may still be promised; below zero after the limit was lowered."""
        return self.limit - self.used
