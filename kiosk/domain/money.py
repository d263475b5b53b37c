"""Money in whole minor units of one currency; how it is divided stands in settlement.py."""

from __future__ import annotations

from dataclasses import dataclass

EXPONENTS = {
    "CAD": 2,
    "CHF": 2,
    "CNY": 2,
    "EUR": 2,
    "GBP": 2,
    "JPY": 0,
    "KWD": 3,
    "SGD": 2,
    "USD": 2,
}
"""Decimal places of the minor unit (ISO 4217) of each currency that a site may use."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency; `minor` is a whole number of its smallest unit.

    Promises exact addition and comparison within one currency. Mixing two currencies is
    a bug of the caller and raises AssertionError.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        assert self.currency in EXPONENTS, f"unknown currency {self.currency!r}"

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in the given currency."""
        return cls(0, currency)

    def _same(self, other: Money) -> int:
        assert self.currency == other.currency, f"{self.currency} mixed with {other.currency}"
        return other.minor

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * count, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two whole numbers, rounded to the nearest, halves upward."""
    assert denominator > 0
    return (2 * numerator + denominator) // (2 * denominator)
