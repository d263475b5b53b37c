"""The count on an area's card: what a search for the same time and car would find there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.domain.search_outcomes import AreasShown, SpacesFound
from kiosk.domain.space import ANY_CAR, CarNeeds
from kiosk.services.commands import FindSpaces, ShowAreas
from tests.fakes.planned import EVENING, sell_by, set_rules
from tests.fakes.stage import DRIVER, NOON, Stage
from tests.fakes.tariffs import simple_tariff
from tests.services.moving import rebuild

CHARGER, ACCESSIBLE = CarNeeds(charger=True), CarNeeds(accessible=True)
HIGH = CarNeeds(height_mm=2_100)
AN_HOUR = replace(
    simple_tariff("hour", block_minutes=30, price_minor=300, cap_minor=9000),
    maximum_stay_minutes=60,
)
"""Has no price for a longer window."""


def counts(
    stage: Stage,
    *,
    minutes: int | None = None,
    starts_at: datetime | None = None,
    needs: CarNeeds = ANY_CAR,
) -> list[int | None]:
    """What the cards say, area by area."""
    command = ShowAreas(actor=DRIVER, duration_minutes=minutes, starts_at=starts_at, needs=needs)
    shown = stage.site.do(command)
    assert isinstance(shown, AreasShown)
    return [each.idle_count for each in shown.areas]


def found(
    stage: Stage, *, minutes: int, starts_at: datetime | None, needs: CarNeeds
) -> list[int | None]:
    """How many spaces a search offers, area by area."""
    answers = [
        stage.site.do(
            FindSpaces(
                actor=DRIVER,
                area_id=each.area.id,
                duration_minutes=minutes,
                starts_at=starts_at,
                needs=needs,
            )
        )
        for each in stage.site.do(ShowAreas(actor=DRIVER)).areas
    ]
    return [
        sum(plan.is_idle for plan in answer.spaces) if isinstance(answer, SpacesFound) else 0
        for answer in answers
    ]


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """A charger in each area, one accessible and one low space, and one that is sold for an hour.

    The accessible one and the last are shared at night.
    """
    rebuild(stage, 3, "has_charger", 1)
    rebuild(stage, 5, "has_charger", 1)
    rebuild(stage, 2, "is_accessible", 1)
    rebuild(stage, 1, "height_mm", 2_000)
    sell_by(stage, 4, AN_HOUR)
    return stage


@pytest.mark.parametrize("needs", [ANY_CAR, CHARGER, ACCESSIBLE, HIGH])
@pytest.mark.parametrize("starts_at", [None, EVENING, EVENING + timedelta(hours=10)])
@pytest.mark.parametrize("minutes", [30, 120, 600, 1440])
def test_a_card_counts_what_the_search_would_offer(
    stage: Stage, needs: CarNeeds, starts_at: datetime | None, minutes: int
) -> None:
    stage.reserve(60, plate="B AB 5", space_id=1)
    told = counts(stage, minutes=minutes, starts_at=starts_at, needs=needs)
    assert told == found(stage, minutes=minutes, starts_at=starts_at, needs=needs)


def test_needs_and_length_make_the_count_smaller(stage: Stage) -> None:
    stage.reserve(60, plate="B AB 5", space_id=1, starts_at=NOON + timedelta(hours=3))
    assert counts(stage, minutes=60) == [2, 1]
    assert counts(stage, minutes=240) == [1, 1]
    assert counts(stage, minutes=240, needs=CHARGER) == [1, 1]
    assert counts(stage, minutes=60, needs=HIGH) == [1, 1]
    assert counts(stage, minutes=60, needs=ACCESSIBLE) == [0, 0]
    assert counts(stage, minutes=60, starts_at=EVENING, needs=ACCESSIBLE) == [1, 0]


def test_a_space_without_a_price_for_the_window_is_not_counted(stage: Stage) -> None:
    assert counts(stage, minutes=60, starts_at=EVENING) == [4, 1]
    assert counts(stage, minutes=61, starts_at=EVENING) == [3, 1]


def test_spaces_that_are_kept_for_walk_ups_are_not_counted_for_later(stage: Stage) -> None:
    set_rules(stage, walk_up_quota_bp=10_000)
    assert counts(stage, minutes=60) == [2, 1]
    assert counts(stage, minutes=60, starts_at=NOON + timedelta(minutes=1)) == [0, 0]


@pytest.mark.parametrize(
    ("minutes", "starts_at"),
    [(29, None), (1441, None), (60, NOON - timedelta(minutes=1)), (60, NOON + timedelta(days=60))],
)
def test_a_window_that_the_site_does_not_take_is_not_counted(
    stage: Stage, minutes: int, starts_at: datetime | None
) -> None:
    assert counts(stage, minutes=minutes, starts_at=starts_at) == [None, None]
