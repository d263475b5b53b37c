"""The engine beside the slow oracle, on the same tariff and stay; it takes no side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge
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
        early_entry=(
            None
            if case.early_entry_minutes is None
            else timedelta(minutes=case.early_entry_minutes)
        ),
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


def random_pair(seed: int, *, longest: int | None = None) -> tuple[Tariff, StayCase]:
    """The tariff and the stay of a seed; `longest` in minutes."""
    random = Random(seed)
    tariff = random_tariff(random, seed)
    return tariff, random_stay(random, tariff, longest=longest)


@dataclass(slots=True)
class Comparison:
    """What a range of seeds has shown."""

    answers: Counter[str] = field(default_factory=Counter)
    """How many were a price, nothing to pay, or one of the names of rule 11."""
    disagreements: list[str] = field(default_factory=list)
    """Everything that is needed to see them again."""

    def add(self, other: Comparison) -> None:
        """Both together."""
        self.answers += other.answers
        self.disagreements += other.disagreements

    def in_words(self) -> str:
        """One line for whoever waited for it."""
        pairs = self.answers.total()
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.answers.most_common())
        return f"{pairs - len(self.disagreements)} of {pairs} pairs agree ({kinds})"


def compare(seeds: range, *, longest: int | None = None) -> Comparison:
    """The engine and the oracle on the pairs of these seeds."""
    result = Comparison()
    for seed in seeds:
        tariff, case = random_pair(seed, longest=longest)
        compare_one(result, tariff, case, name=f"random_pair({seed}, longest={longest})")
    return result


def compare_one(result: Comparison, tariff: Tariff, case: StayCase, *, name: str) -> None:
    """The engine and the oracle on one pair."""
    slow, fast = slow_price(tariff, case), engine_price(tariff, case)
    result.answers[kind_of(slow)] += 1
    if slow != fast:
        words = stay_in_words(case, tariff.zone)
        found = f"{name}: oracle {slow}, engine {fast}\n  {words}\n  {tariff!r}"
        result.disagreements.append(found)


def kind_of(price: SlowPrice | str) -> str:
    """The kind of an answer."""
    if isinstance(price, str):
        return price
    return "prices" if price.total_minor else "nothing to pay"
