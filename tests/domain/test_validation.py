"""What a shop gives to a stay is worth an amount, a percentage or minutes, never more than it."""

from __future__ import annotations

import pytest

from kiosk.domain.money import Money
from kiosk.domain.validation import Given, ValidationKind, worths

AMOUNT, PERCENT, MINUTES = ValidationKind.AMOUNT, ValidationKind.PERCENT, ValidationKind.MINUTES


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def two_an_hour(validated: int) -> Money:
    """What five hours cost, less whole validated ones."""
    return euro(max(1000 - validated // 60 * 200, 0))


@pytest.mark.parametrize(
    ("given", "worth"),
    [
        ((Given(AMOUNT, 300),), (300,)),
        ((Given(AMOUNT, 700), Given(AMOUNT, 700)), (700, 300)),  # never more than the charge
        ((Given(PERCENT, 2500),), (250,)),
        ((Given(PERCENT, 5),), (1,)),  # 0.5 of a unit: halves up
        ((Given(MINUTES, 60),), (200,)),
        ((Given(MINUTES, 30), Given(MINUTES, 30)), (0, 200)),  # an hour together
        ((Given(MINUTES, 600),), (1000,)),
        ((Given(AMOUNT, 900), Given(MINUTES, 60), Given(PERCENT, 10_000)), (900, 100, 0)),
    ],
)
def test_validations_are_worth_so_much_of_a_charge_of_1000(
    given: tuple[Given, ...], worth: tuple[int, ...]
) -> None:
    found = worths(given, total=euro(1000), charge_with=two_an_hour)

    assert found == tuple(map(euro, worth))


def test_minutes_that_the_tariff_does_not_give_are_worth_nothing() -> None:
    found = worths((Given(MINUTES, 60),), total=euro(1000), charge_with=lambda _minutes: None)

    assert found == (euro(0),)


def test_minutes_beyond_what_the_tariff_gives_take_nothing_from_those_before() -> None:
    found = worths(
        (Given(MINUTES, 60), Given(MINUTES, 90)),
        total=euro(1000),
        charge_with=lambda minutes: two_an_hour(minutes) if minutes <= 120 else None,
    )

    assert found == (euro(200), euro(0))


def test_a_tariff_that_costs_more_with_validated_minutes_makes_no_debt_below_zero() -> None:
    found = worths(
        (Given(MINUTES, 60),), total=euro(1000), charge_with=lambda minutes: euro(900 + minutes)
    )

    assert found == (euro(0),)


@pytest.mark.parametrize(("kind", "value"), [(AMOUNT, 0), (MINUTES, -1), (PERCENT, 10_001)])
def test_nothing_and_more_than_all_cannot_be_given(kind: ValidationKind, value: int) -> None:
    with pytest.raises(AssertionError):
        Given(kind, value)
