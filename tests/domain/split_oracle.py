"""The split of a fee a second time: by fractions and by trying all roundings (money.md, Split)."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from kiosk.domain.money import Money
from kiosk.domain.settlement import SplitRule, SplitTerms, split

TERMS = [
    (commission_bp, vat_bp, manager_bp, rule)
    for commission_bp, vat_bp, manager_bp, rule in product(
        (0, 1, 333, 1500, 7001), (0, 810, 1000, 1900), (0, 777, 1000), SplitRule
    )
]
"""60 rates, each with both rules."""
CASES = 240_000


def case(number: int) -> tuple[int, int, int, int, SplitRule]:
    """One of CASES: a fee, from 0 to 1999, with terms."""
    fee, terms = divmod(number, len(TERMS))
    return (fee, *TERMS[terms])


def slow_split(
    fee: int, commission_bp: int, vat_bp: int, manager_bp: int, rule: SplitRule
) -> tuple[int, int, int, int]:
    """Owner, commission, VAT and manager."""
    rate = Fraction(commission_bp, 10_000)
    vat_rate = Fraction(vat_bp, 10_000)
    with_vat = fee * rate * (1 + vat_rate)
    manager = Fraction(fee * manager_bp, 10_000)
    parts = [fee - with_vat - manager, with_vat, manager]
    if rule is SplitRule.OWNER_REST:
        whole = [int(parts[1]), int(parts[2])]
        owner = fee - sum(whole)
        return _taxed(owner, whole[0], whole[1], vat_rate)
    tried = [
        [int(part) + unit for part, unit in zip(parts, units, strict=True)]
        for units in product((0, 1), repeat=3)
    ]
    fitting = [each for each in tried if sum(each) == fee]
    # The least error in sum; of equal ones the earlier party has more.
    best = min(
        fitting,
        key=lambda each: (
            sum((got - part) ** 2 for got, part in zip(each, parts, strict=True)),
            [-got for got in each],
        ),
    )
    return _taxed(best[0], best[1], best[2], vat_rate)


def _taxed(
    owner: int, with_vat: int, manager: int, vat_rate: Fraction
) -> tuple[int, int, int, int]:
    exact = with_vat * vat_rate / (1 + vat_rate)
    vat = min((int(exact), int(exact) + 1), key=lambda each: (abs(each - exact), -each))
    return owner, with_vat - vat, vat, manager


def wrong_splits(numbers: range) -> list[int]:
    """The numbers of all cases of which the two disagree."""
    return [number for number in numbers if slow_split(*case(number)) != _fast_split(number)]


def _fast_split(number: int) -> tuple[int, int, int, int]:
    fee, commission_bp, vat_bp, manager_bp, rule = case(number)
    shares = split(Money(fee, "EUR"), SplitTerms(commission_bp, vat_bp, manager_bp, rule))
    return shares.owner.minor, shares.commission.minor, shares.vat.minor, shares.manager.minor
