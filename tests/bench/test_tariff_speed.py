"""What a total costs by prefix sums beside a Decimal walk over its units, with equal results."""

from __future__ import annotations

import random
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.pricing.compiled import CompiledTariff, compiled
from kiosk.domain.tariff import Band, BlockPolicy, Cap, CapScope, Row, RowKind, Tariff
from tests.bench.figures import Figure, ratio

ZONE = ZoneInfo("Europe/Berlin")
EDGES_MINUTES = (6 * 60, 9 * 60, 18 * 60, 22 * 60)
PRICES = ("0.85", "1.10", "0.60", "0.25")
CAP = "24.00"
UNIT_S = 15 * 60
ROUNDS = 15
QUOTES = 3_000
Stays = Sequence[tuple[int, int]]

TARIFF = Tariff(
    code="bench",
    version=1,
    zone=ZONE.key,
    currency="EUR",
    policy=BlockPolicy.RUN_THROUGH,
    bands=tuple(
        Band(
            name=f"band {number}",
            from_minute=edge,
            until_minute=(*EDGES_MINUTES, EDGES_MINUTES[0] + 1440)[number + 1],
            rows=(
                Row(
                    kind=RowKind.BLOCK,
                    price=Fraction(price) * 100,
                    per_minutes=15,
                    block_minutes=15,
                ),
            ),
        )
        for number, (edge, price) in enumerate(zip(EDGES_MINUTES, PRICES, strict=True))
    ),
    caps=(Cap(scope=CapScope.CALENDAR_DAY, price=Fraction(CAP) * 100),),
)


class DecimalWalk:
    """The same board, priced unit by unit, as one writes it down first."""

    def __init__(self) -> None:
        self._prices = [Decimal(price) for price in PRICES]
        self._cap = Decimal(CAP)

    def total_minor(self, from_s: int, until_s: int) -> int:
        """What a stay costs, in minor units."""
        total = spent = Decimal(0)
        day: date | None = None
        at_s = from_s
        while at_s < until_s:
            local = datetime.fromtimestamp(at_s, ZONE)
            if local.date() != day:
                total += min(spent, self._cap)
                spent, day = Decimal(0), local.date()
            band = bisect_right(EDGES_MINUTES, local.hour * 60 + local.minute) - 1
            spent += self._prices[band]
            at_s += UNIT_S
        total += min(spent, self._cap)
        return int(total.quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)


def stays(shortest_s: int, longest_s: int, *, first: datetime, days: int) -> Stays:
    """Random stays that begin in so many days, to the second."""
    random_ = random.Random(1)
    began_s = int(first.timestamp())
    result = []
    for _ in range(QUOTES):
        from_s = began_s + random_.randrange(days * 86_400)
        result.append((from_s, from_s + random_.randint(shortest_s, longest_s)))
    return result


def took_ns(price: Callable[[int, int], int], of: Stays) -> int:
    began_ns = time.perf_counter_ns()
    for from_s, until_s in of:
        price(from_s, until_s)
    return time.perf_counter_ns() - began_ns


@pytest.mark.bench
@pytest.mark.parametrize(
    ("what", "shortest_s", "longest_s", "goal", "first", "days"),
    [
        ("of 4 h", 4 * 3600, 4 * 3600, 8, datetime(2026, 10, 19, tzinfo=UTC), 7),
        ("up to 4 h", 60, 4 * 3600, None, datetime(2026, 10, 19, tzinfo=UTC), 7),
        (
            "up to 72 h over the change of the clocks",
            60,
            72 * 3600,
            30,
            datetime(2026, 10, 22, 22, tzinfo=UTC),
            2,
        ),
    ],
    ids=["of 4 h", "up to 4 h", "up to 72 h"],
)
def test_totals_by_prefix_sums(
    *,
    what: str,
    shortest_s: int,
    longest_s: int,
    goal: int | None,
    first: datetime,
    days: int,
    figures: list[Figure],
) -> None:
    fast, walk = compiled(TARIFF), DecimalWalk()
    assert isinstance(fast, CompiledTariff)
    quotes = stays(shortest_s, longest_s, first=first, days=days)
    totals = [fast.total_minor(*stay) for stay in quotes]

    pairs = [
        (took_ns(walk.total_minor, quotes), took_ns(fast.total_minor, quotes))
        for _ in range(ROUNDS)
    ]

    walked, looked_up = zip(*pairs, strict=True)
    found = ratio(walked, looked_up)
    is_held = goal is None or found >= goal
    figures.append(
        Figure(
            bench="tariff",
            what=f"Decimal walk over prefix sums, {QUOTES} stays {what}",
            value=f"{found:.1f} x ({min(looked_up) / QUOTES / 1000:.2f} us each)",
            goal="" if goal is None else f">= {goal} x",
            is_held=is_held,
        )
    )
    assert totals == [walk.total_minor(*stay) for stay in quotes]
    assert totals == [itemised(*stay) for stay in quotes]
    assert is_held


def itemised(from_s: int, until_s: int) -> int:
    """The same total by the walk that makes lines."""
    facts = StayFacts(
        entered_at=datetime.fromtimestamp(from_s, UTC),
        left_at=datetime.fromtimestamp(until_s, UTC),
    )
    charge = charge_for(TARIFF, facts)
    assert isinstance(charge, Charge)
    return charge.total.minor
