"""Small price boards and stays that the tests of the oracle and of the properties share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from kiosk.domain.tariff import Band, BandRule, BlockPolicy, Row, RowKind, Tariff
from kiosk.domain.time import Window
from tests.oracle.slow_price import SlowPrice, StayCase

BERLIN = "Europe/Berlin"

Price = Callable[[Tariff, StayCase], SlowPrice | str]
"""Either program."""


def block(price: int, minutes: int = 60, *, per: int = 60, after: int = 0) -> Row:
    """A block row, in cents per hour unless told otherwise."""
    return Row(
        kind=RowKind.BLOCK,
        price=Fraction(price),
        from_minutes=after,
        per_minutes=per,
        block_minutes=minutes,
    )


def flat(price: int, *, after: int = 0) -> Row:
    """A flat row, in cents."""
    return Row(kind=RowKind.FLAT, price=Fraction(price), from_minutes=after)


def per_entry(price: int) -> Row:
    """A row for coming into the band, in cents."""
    return Row(kind=RowKind.PER_ENTRY, price=Fraction(price))


def board(*bands: Band, policy: BlockPolicy = BlockPolicy.RESTART, zone: str = BERLIN) -> Tariff:
    """A tariff of bands alone."""
    return Tariff(code="board", version=1, zone=zone, currency="EUR", bands=bands, policy=policy)


def whole_day(*rows: Row) -> Band:
    """One band that never ends."""
    return Band(name="Always", from_minute=0, until_minute=1440, rows=rows)


def day_and_night(
    day: tuple[Row, ...], night: tuple[Row, ...], *, rule: BandRule = BandRule.SUM
) -> tuple[Band, Band]:
    """08:00 to 18:00, and 18:00 to 08:00 with a rule of its own."""
    return (
        Band(name="Day", from_minute=480, until_minute=1080, rows=day),
        Band(name="Night", from_minute=1080, until_minute=1920, rows=night, rule=rule),
    )


def at(text: str, *, zone: str = BERLIN, fold: int = 0) -> datetime:
    """An instant by its wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


def window(from_: str, until: str) -> Window:
    """A booked window by its wall clock in Berlin."""
    return Window(at(from_), at(until))


def stay(entered: str, left: str) -> StayCase:
    """A stay by its wall clock in Berlin."""
    return StayCase(entered_at=at(entered), left_at=at(left))


def lasting(entered: datetime, minutes: int) -> StayCase:
    """A stay by its elapsed minutes."""
    left_at = entered.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minutes)
    return StayCase(entered_at=entered, left_at=left_at)


def total(price: Price, tariff: Tariff, case: StayCase) -> int:
    """The total, where it must be a number."""
    answer = price(tariff, case)
    assert isinstance(answer, SlowPrice), answer
    return answer.total_minor


HOURLY = board(whole_day(block(200)))
"""2.00 for each started hour."""
DAILY = board(whole_day(block(1000, 1440, per=1440)))
"""10.00 for each started 24 hours."""
