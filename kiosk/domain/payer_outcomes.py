"""Answers about others who pay for a driver: fleets, shops, and whoever takes a car over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill


@dataclass(frozen=True, slots=True)
class CreditExhausted:
    """The fleet's credit does not cover it; nothing was promised. Its balance stays its own."""


@dataclass(frozen=True, slots=True)
class Validated:
    """A shop, or the operator, pays a part of the stay; the bill as it would be now."""

    bill: Bill
    worth: Money
    """Of this validation now; minutes and percentages may be worth more at the exit."""


@dataclass(frozen=True, slots=True)
class ValidationImpossible:
    """The car is not inside, or its stay is settled: there is nothing to pay a part of."""


@dataclass(frozen=True, slots=True)
class ShopUnknown:
    """No such shop takes part any more."""


@dataclass(frozen=True, slots=True)
class VoucherUnknown:
    """Nobody made a voucher with this code."""


@dataclass(frozen=True, slots=True)
class VoucherUsed:
    """The voucher was used before: it is good once."""


@dataclass(frozen=True, slots=True)
class VoucherExpired:
    """The voucher's time was over."""

    expired_at: datetime


@dataclass(frozen=True, slots=True)
class HandedOver:
    """From now on somebody else pays for the stay, and has paid this deposit."""

    from_: datetime
    deposit: Money


@dataclass(frozen=True, slots=True)
class HandOverPriced:
    """What whoever takes the car over would pay as deposit now; less with each minute."""

    deposit: Money


@dataclass(frozen=True, slots=True)
class HandOverImpossible:
    """The car is not inside, or its stay is settled, or the same one pays already."""
