"""Tariffs that tests of screens, services and the store share, and what they charge."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.tariff import (
    Band,
    BlockPolicy,
    Cap,
    CapScope,
    Overstay,
    Row,
    RowKind,
    Surcharge,
    SurchargeAt,
    Tariff,
    Tax,
)
from kiosk.domain.time import Window


def simple_tariff(
    code: str,
    *,
    block_minutes: int,
    price_minor: int,
    cap_minor: int,
    version: int = 1,
    tax_bp: int = 1900,
    zone: str = "Europe/Berlin",
) -> Tariff:
    """Euros for each started block, at most the cap for each 24 h of a stay."""
    row = Row(
        kind=RowKind.BLOCK,
        price=Fraction(price_minor),
        per_minutes=block_minutes,
        block_minutes=block_minutes,
    )
    return Tariff(
        code=code,
        version=version,
        zone=zone,
        currency="EUR",
        bands=(Band(name="Parking", from_minute=0, until_minute=1440, rows=(row,)),),
        policy=BlockPolicy.RUN_THROUGH,
        tax=Tax(rate=Fraction(tax_bp, 10_000)),
        caps=(Cap(scope=CapScope.ROLLING_24H, price=Fraction(cap_minor), restarts_blocks=True),),
    )


def many_lines(*, zone: str = "Europe/Berlin") -> Tariff:
    """Another price in the morning, at noon and later, a surcharge, and overstay at half more."""
    base = simple_tariff("rows", block_minutes=30, price_minor=100, cap_minor=9000, zone=zone)
    (row,) = base.bands[0].rows
    morning = Band(name="Morning", from_minute=0, until_minute=12 * 60, rows=(row,))
    tens = replace(row, price=Fraction(50), per_minutes=10, block_minutes=10)
    noon = Band(name="Noon", from_minute=12 * 60, until_minute=14 * 60, rows=(tens,))
    minute = replace(row, price=Fraction(167, 100), per_minutes=1, block_minutes=1)
    later = Band(name="Later", from_minute=14 * 60, until_minute=24 * 60, rows=(minute,))
    leaving = Surcharge(
        name="Exit before 14:00",
        price=Fraction(150),
        at=SurchargeAt.EXIT,
        from_minute=11 * 60,
        until_minute=14 * 60,
    )
    return replace(
        base,
        bands=(morning, noon, later),
        surcharges=(leaving,),
        overstay=Overstay(multiplier=Fraction(3, 2)),
    )


def blocks(count: int, *, minutes: int = 30, price_minor: int = 120) -> ChargeLine:
    """The line of so many started blocks of a simple tariff."""
    return ChargeLine(
        kind=LineKind.BLOCK,
        amount=Money(count * price_minor, "EUR"),
        name="Parking",
        count=count,
        block_minutes=minutes,
        price=Fraction(price_minor),
        per_minutes=minutes,
    )


def overstay(*, minutes: int, minor: int) -> ChargeLine:
    """The line of so much time after the booked end, by half hours."""
    count = -(-minutes // 30)
    return ChargeLine(
        kind=LineKind.OVERSTAY,
        amount=Money(minor, "EUR"),
        count=count,
        seconds=minutes * 60,
        block_minutes=30,
        price=Fraction(minor, count),
        per_minutes=30,
    )


def waived(minor: int) -> ChargeLine:
    """The line with which an attendant struck off so much."""
    return ChargeLine(kind=LineKind.WAIVED, amount=Money(-minor, "EUR"))


def priced(tariff: Tariff, window: Window, *, booked: Window | None = None) -> Charge:
    """What a stay of just this window costs."""
    facts = StayFacts(
        entered_at=window.from_,
        left_at=window.until,
        booked=booked,
        late_grace=timedelta(minutes=15),
    )
    charge = charge_for(tariff, facts)
    assert isinstance(charge, Charge), charge
    return charge
