"""One tariff kind, per started block with a cap for each 24 hours, and its itemised charge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kiosk.domain.money import Money, half_up
from kiosk.domain.time import Window

_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Tariff:
    """What parking costs: each started block its price, each 24 h of a stay at most the cap.

    The price includes tax at `tax_bp` basis points, which belongs to the supplier of the
    parking and is only shown (money.md, More journals).
    """

    code: str
    version: int
    block_minutes: int
    block_price: Money
    daily_cap: Money
    tax_bp: int

    def __post_init__(self) -> None:
        assert self.block_minutes > 0
        assert self.block_price.minor > 0
        assert self.block_price <= self.daily_cap, "a cap below one block would never be met"


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One line of a bill: `count` times `unit`; a cap stands as one line per capped 24 h."""

    kind: str
    count: int
    unit: Money

    @property
    def amount(self) -> Money:
        """What this line adds to the total."""
        return self.unit * self.count


@dataclass(frozen=True, slots=True)
class Charge:
    """The itemised price of a window; the lines add up to the total."""

    window: Window
    lines: tuple[ChargeLine, ...]
    total: Money
    tax: Money
    """The part of the total that is tax."""


def charge_for(tariff: Tariff, window: Window) -> Charge:
    """What parking for the whole window costs.

    Durations are elapsed time, so a change of the clocks neither adds nor takes an hour.
    """
    whole_days, rest = divmod(window.duration, _DAY)
    block = timedelta(minutes=tariff.block_minutes)
    blocks = -(-rest // block)
    capped_days = whole_days
    if tariff.block_price * blocks > tariff.daily_cap:
        capped_days, blocks = capped_days + 1, 0
    if tariff.block_price * -(-_DAY // block) < tariff.daily_cap:
        # The cap is dearer than a day of blocks: then the blocks are the price of the day.
        blocks += whole_days * -(-_DAY // block)
        capped_days -= whole_days
    lines = tuple(
        line
        for line in (
            ChargeLine("daily-cap", capped_days, tariff.daily_cap),
            ChargeLine("block", blocks, tariff.block_price),
        )
        if line.count
    )
    total = sum((line.amount for line in lines), Money.zero(tariff.block_price.currency))
    tax_minor = half_up(total.minor * tariff.tax_bp, 10_000 + tariff.tax_bp)
    return Charge(window, lines, total, Money(tax_minor, total.currency))
