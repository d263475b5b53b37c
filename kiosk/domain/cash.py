"""Notes and coins of each currency, so that a till can be counted; books know only amounts."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.domain.money import Money

DENOMINATIONS: dict[str, tuple[int, ...]] = {
    "CAD": (10_000, 5_000, 2_000, 1_000, 500, 200, 100, 25, 10, 5),
    "CHF": (100_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5),
    "CNY": (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10),
    "EUR": (20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "GBP": (5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "JPY": (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1),
    "KWD": (20_000, 10_000, 5_000, 1_000, 500, 250, 100, 50, 20, 10, 5),
    "SGD": (10_000, 5_000, 1_000, 500, 200, 100, 50, 20, 10, 5),
    "USD": (10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1),
}
"""What passes over a counter in minor units, the largest first; out of use: cents of CAD and SGD,
fen of CNY, and the rappen and fils under 5."""


def smallest_coin(currency: str) -> int:
    """No cash is finer than this, in minor units."""
    return DENOMINATIONS[currency][-1]


def counted(currency: str, pieces: Mapping[int, int]) -> Money:
    """What so many pieces of each denomination are worth together."""
    assert set(pieces) <= set(DENOMINATIONS[currency]), "counted what is no money here"
    return Money(sum(minor * count for minor, count in pieces.items()), currency)
