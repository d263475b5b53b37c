"""The engine beside the slow oracle, on the same tariff and stay; it takes no side."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

from kiosk.domain.charge import StayFacts, charge_for
from kiosk.domain.charge_lines import Charge
from kiosk.domain.money import Money
from kiosk.domain.tariff import Tariff
from tests.oracle.random_stays import random_stay
from tests.oracle.random_tariffs import random_tariff
from tests.oracle.slow_price import SlowPrice, StayCase, slow_price, stay_in_words


def facts_of(tariff: Tariff, case: StayCase) -> StayFacts:
    """A stay as the engine wants it."""
    return StayFacts(
        entered_at=case.entered_at,
        left_at=case.left_at,
        booked=case.booked,
        late_grace=timedelta(minutes=case.late_grace_minutes),
        quote=None if case.quote_minor is None else Money(case.quote_minor, tariff.currency),
        is_free_used=case.is_free_used,
        validation_minutes=case.validation_minutes,
        discounts=case.discounts,
        is_lost_ticket=case.is_lost_ticket,
        is_cash=case.is_cash,
    )


def engine_price(tariff: Tariff, case: StayCase) -> SlowPrice | str:
    """What the engine says, in the words of the oracle."""
    answer = charge_for(tariff, facts_of(tariff, case))
    if isinstance(answer, Charge):
        return SlowPrice(answer.total.minor, answer.tax.minor)
    return type(answer).__name__


def random_pair(seed: int) -> tuple[Tariff, StayCase]:
    """The tariff and the stay of a seed."""
    random = Random(seed)
    tariff = random_tariff(random, seed)
    return tariff, random_stay(random, tariff)


def disagreement(seed: int) -> str | None:
    """None where both say the same; else everything that is needed to see it again."""
    tariff, case = random_pair(seed)
    slow, fast = slow_price(tariff, case), engine_price(tariff, case)
    if slow == fast:
        return None
    words = stay_in_words(case, tariff.zone)
    return f"random_pair({seed}): oracle {slow}, engine {fast}\n  {words}\n  {tariff!r}"


def disagreements(seeds: range) -> list[str]:
    """All of them in a range of seeds."""
    return [found for seed in seeds if (found := disagreement(seed)) is not None]


def answers_by_kind(seeds: range) -> Counter[str]:
    """How many of the oracle's answers are prices, nothing, or one of the names of rule 11."""
    kinds: Counter[str] = Counter()
    for seed in seeds:
        price = slow_price(*random_pair(seed))
        if isinstance(price, str):
            kinds[price] += 1
        else:
            kinds["price" if price.total_minor else "nothing"] += 1
    return kinds
