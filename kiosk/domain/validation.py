"""A shop pays a part of a stay: an amount, a percentage or minutes; never more than it costs.

Which shop said so and where its debt is posted is left to the services.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from kiosk.domain.money import Money, half_up


class ValidationKind(Enum):
    """What a shop gives; the value is stored."""

    AMOUNT = "amount"
    """So many minor units."""
    PERCENT = "percent"
    """So many basis points of the charge."""
    MINUTES = "minutes"
    """What the stay would cost less if so many minutes were free."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a shop gives to one stay: its kind and how much of it."""

    kind: ValidationKind
    value: int

    def __post_init__(self) -> None:
        assert self.value > 0
        assert self.kind is not ValidationKind.PERCENT or self.value <= 10_000


def worths(
    given: Sequence[Given], *, total: Money, charge_with: Callable[[int], Money | None]
) -> tuple[Money, ...]:
    """What each validation is worth, in the order they were given; together at most `total`.

    `charge_with` is what the stay would cost with so many validated minutes; None where its
    tariff gives no such minutes, which are worth nothing then.
    """
    left, zero = total, Money.zero(total.currency)
    found, minutes = [], 0
    for each in given:
        match each.kind:
            case ValidationKind.AMOUNT:
                wanted = Money(each.value, total.currency)
            case ValidationKind.PERCENT:
                wanted = Money(half_up(total.minor * each.value, 10_000), total.currency)
            case ValidationKind.MINUTES:
                before, after = charge_with(minutes), charge_with(minutes + each.value)
                if before is None or after is None:
                    wanted = zero
                else:
                    wanted, minutes = before - after, minutes + each.value
            case _:
                assert_never(each.kind)
        worth = max(min(wanted, left), zero)
        found.append(worth)
        left -= worth
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ShopPart:
    """What a shop pays of a bill; of the operator where it has no name."""

    validation_id: int
    shop_name: str
    worth: Money
