"""Which car has room on which space, and which space may be given in place of another."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import AreaId, OwnerId, SpaceId
from kiosk.domain.space import (
    ANY_CAR,
    CarNeeds,
    Misfit,
    Space,
    SpaceType,
    is_as_good,
    misfit,
)

PLAIN = Space(
    id=SpaceId(1),
    area_id=AreaId(1),
    owner_id=OwnerId(1),
    label="A01",
    rank=1,
    x_mm=0,
    y_mm=0,
    width_mm=2500,
    depth_mm=5000,
    height_mm=2100,
)
OPEN_AIR = replace(PLAIN, height_mm=None)
CHARGER = replace(PLAIN, has_charger=True)
ACCESSIBLE = replace(PLAIN, is_accessible=True)
COVERED = replace(PLAIN, is_covered=True)


@pytest.mark.parametrize(
    ("needs", "why"),
    [
        (ANY_CAR, None),
        (CarNeeds(width_mm=2500, length_mm=5000, height_mm=2100), None),
        (CarNeeds(width_mm=2501), Misfit.TOO_NARROW),
        (CarNeeds(length_mm=5001), Misfit.TOO_SHORT),
        (CarNeeds(height_mm=2101), Misfit.TOO_LOW),
        (CarNeeds(charger=True), Misfit.NO_CHARGER),
        (CarNeeds(accessible=True), Misfit.NOT_ACCESSIBLE),
        (CarNeeds(type=SpaceType.MOTORCYCLE), Misfit.OTHER_TYPE),
    ],
)
def test_a_car_fits_to_the_millimetre_and_not_one_more(
    needs: CarNeeds, why: Misfit | None
) -> None:
    assert misfit(PLAIN, needs) is why


def test_under_the_open_sky_no_car_is_too_high() -> None:
    assert misfit(OPEN_AIR, CarNeeds(height_mm=9_999)) is None


def test_a_space_has_what_a_car_needs() -> None:
    assert misfit(CHARGER, CarNeeds(charger=True)) is None
    assert misfit(ACCESSIBLE, CarNeeds(accessible=True)) is None


def test_a_car_does_not_fit_on_a_space_for_motorcycles() -> None:
    small = replace(PLAIN, type=SpaceType.MOTORCYCLE)

    assert misfit(small, ANY_CAR) is Misfit.OTHER_TYPE
    assert misfit(small, CarNeeds(type=SpaceType.MOTORCYCLE)) is None


def test_of_several_reasons_the_one_that_no_attendant_can_change_comes_first() -> None:
    needs = CarNeeds(9_999, 9_999, 9_999, charger=True, accessible=True)

    assert misfit(PLAIN, replace(needs, type=SpaceType.MOTORCYCLE)) is Misfit.OTHER_TYPE
    assert misfit(PLAIN, needs) is Misfit.TOO_LOW
    assert misfit(OPEN_AIR, needs) is Misfit.TOO_NARROW
    assert misfit(PLAIN, CarNeeds(charger=True, accessible=True)) is Misfit.NO_CHARGER


@pytest.mark.parametrize(
    ("substitute", "instead_of", "is_good"),
    [
        (PLAIN, PLAIN, True),
        (PLAIN, CHARGER, False),
        (CHARGER, PLAIN, True),
        (PLAIN, COVERED, False),
        (COVERED, PLAIN, True),
        (PLAIN, ACCESSIBLE, False),
        (ACCESSIBLE, PLAIN, False),
        (ACCESSIBLE, ACCESSIBLE, True),
        (PLAIN, OPEN_AIR, False),
        (OPEN_AIR, PLAIN, True),
        (replace(PLAIN, width_mm=2499), PLAIN, False),
        (replace(PLAIN, depth_mm=4999), PLAIN, False),
        (replace(PLAIN, height_mm=2099), PLAIN, False),
        (replace(PLAIN, width_mm=2600, depth_mm=5100, height_mm=2200), PLAIN, True),
        (replace(PLAIN, type=SpaceType.MOTORCYCLE), PLAIN, False),
    ],
)
def test_a_substitute_lacks_nothing_that_the_reserved_space_had(
    substitute: Space, instead_of: Space, is_good: bool
) -> None:
    assert is_as_good(substitute, instead_of, ANY_CAR) is is_good


def test_an_accessible_space_goes_to_those_who_need_one() -> None:
    assert is_as_good(ACCESSIBLE, ACCESSIBLE, CarNeeds(accessible=True))
    assert not is_as_good(ACCESSIBLE, PLAIN, ANY_CAR)
    assert is_as_good(ACCESSIBLE, PLAIN, CarNeeds(accessible=True))


@pytest.mark.parametrize(
    ("needs", "smaller"),
    [
        (CarNeeds(width_mm=1900), replace(PLAIN, width_mm=2300)),
        (CarNeeds(length_mm=4200), replace(PLAIN, depth_mm=4500)),
        (CarNeeds(height_mm=1600), replace(PLAIN, height_mm=1900)),
    ],
)
def test_whose_car_is_known_gets_a_smaller_space_when_it_fits(
    needs: CarNeeds, smaller: Space
) -> None:
    assert is_as_good(smaller, PLAIN, needs)
    assert not is_as_good(smaller, PLAIN, ANY_CAR)


def test_a_space_on_which_the_car_does_not_fit_is_no_substitute() -> None:
    assert not is_as_good(PLAIN, PLAIN, CarNeeds(width_mm=2501))


SPACES = [
    replace(
        PLAIN, has_charger=charger, is_accessible=accessible, is_covered=covered, width_mm=wide
    )
    for charger, accessible, covered, wide in product(
        (False, True), (False, True), (False, True), (2500, 3500)
    )
]


@given(st.sampled_from(SPACES), st.sampled_from(SPACES), st.sampled_from(SPACES))
def test_what_is_as_good_as_something_as_good_is_as_good(
    first: Space, second: Space, third: Space
) -> None:
    if is_as_good(second, first, ANY_CAR) and is_as_good(third, second, ANY_CAR):
        assert is_as_good(third, first, ANY_CAR)
