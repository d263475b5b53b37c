"""Some spaces of an area stay for those who come without a reservation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.ids import AreaId, ReservationId
from kiosk.domain.life_outcomes import Changed, ChangeKept, WalkUpsOnly
from kiosk.domain.outcomes import Reserved
from kiosk.domain.search_outcomes import NothingIdle, SpacesFound
from kiosk.services.commands import FindSpaces
from tests.fakes.planned import (
    EVENING,
    ask_for,
    change,
    hours,
    kept,
    pay_change,
    reserve_for,
    set_rules,
    ticket_for,
)
from tests.fakes.stage import CARD, DRIVER, Stage

AREA_A = AreaId(1)
ONE_OF_FOUR_BP = 2500


def three_for_later(stage: Stage) -> None:
    """As many of the four spaces as reservations for later may have."""
    set_rules(stage, walk_up_quota_bp=ONE_OF_FOUR_BP)
    for number in (1, 2, 3):
        ticket_for(stage, hours(1, 3), CARD, plate=f"B AB {number}", space_id=number)


def test_the_last_space_of_an_area_is_not_reserved_for_later(stage: Stage) -> None:
    three_for_later(stage)
    before = stage.gaps()

    refused = ask_for(stage, hours(2, 4), plate="B AB 4", space_id=4)

    assert isinstance(refused, WalkUpsOnly)
    assert refused.area.id == AREA_A
    assert stage.gaps() == before


def test_a_walk_up_gets_the_space_that_was_kept_for_walk_ups(stage: Stage) -> None:
    three_for_later(stage)
    stage.wait_until(EVENING)

    answer = stage.reserve(240, plate="B AB 4", space_id=4)

    assert isinstance(answer, Reserved)


@pytest.mark.parametrize(
    ("kept_bp", "is_taken"), [(0, True), (2499, True), (2500, False), (4999, False)]
)
def test_the_part_that_is_kept_is_rounded_down_to_whole_spaces(
    stage: Stage, kept_bp: int, is_taken: bool
) -> None:
    three_for_later(stage)
    set_rules(stage, walk_up_quota_bp=kept_bp)

    answer = ask_for(stage, hours(2, 4), plate="B AB 4", space_id=4)

    assert isinstance(answer, Reserved if is_taken else WalkUpsOnly)


def test_windows_that_only_touch_leave_one_another_the_quota(stage: Stage) -> None:
    three_for_later(stage)

    before = ask_for(stage, hours(0, 1), plate="B AB 4", space_id=4)
    after = ask_for(stage, hours(3, 4), plate="B AB 5", space_id=4)
    elsewhere = ask_for(stage, hours(1, 3), plate="B AB 6", space_id=5)

    assert isinstance(before, Reserved)
    assert isinstance(after, Reserved)
    assert isinstance(elsewhere, Reserved)


def test_walk_ups_that_are_there_already_take_nothing_of_what_is_for_later(stage: Stage) -> None:
    set_rules(stage, walk_up_quota_bp=ONE_OF_FOUR_BP)
    stage.wait_until(EVENING)
    stage.ticket(CARD, minutes=300, plate="B AB 1", space_id=1)
    ticket_for(stage, hours(1, 3), CARD, plate="B AB 2", space_id=2)
    ticket_for(stage, hours(1, 3), CARD, plate="B AB 3", space_id=3)

    answer = ask_for(stage, hours(1, 3), plate="B AB 4", space_id=4)

    assert isinstance(answer, Reserved)


def test_a_search_for_later_shows_nothing_that_is_kept_for_walk_ups(stage: Stage) -> None:
    three_for_later(stage)
    find = FindSpaces(actor=DRIVER, area_id=AREA_A, duration_minutes=60, starts_at=EVENING)

    before = stage.site.do(find)
    within = stage.site.do(replace(find, starts_at=hours(2, 3).from_))

    assert isinstance(before, SpacesFound)
    assert isinstance(within, NothingIdle)


def test_a_reservation_for_later_may_change_within_its_own_part_of_the_quota(
    stage: Stage,
) -> None:
    three_for_later(stage)

    longer = change(stage, ReservationId(1), hours(1, 4))
    other_space = change(stage, ReservationId(2), hours(1, 3), space_id=4)

    assert isinstance(longer, ChangeKept)
    assert isinstance(other_space, Changed)


def test_a_change_into_a_time_whose_quota_is_taken_is_refused(stage: Stage) -> None:
    three_for_later(stage)
    later = ticket_for(stage, hours(5, 7), CARD, plate="B AB 4", space_id=4)

    refused = change(stage, later.reservation_id, hours(2, 4))
    longer = change(stage, later.reservation_id, hours(3.25, 7))

    assert isinstance(refused, WalkUpsOnly)
    assert isinstance(longer, ChangeKept)


def test_a_change_that_waits_to_be_paid_has_its_part_of_the_quota(stage: Stage) -> None:
    set_rules(stage, walk_up_quota_bp=ONE_OF_FOUR_BP)
    for number in (1, 2):
        ticket_for(stage, hours(1, 3), CARD, plate=f"B AB {number}", space_id=number)
    later = ticket_for(stage, hours(5, 7), CARD, plate="B AB 4", space_id=4)
    kept(stage, later.reservation_id, hours(1, 4))

    refused = ask_for(stage, hours(1, 3), plate="B AB 3", space_id=3)
    pay_change(stage, later.reservation_id, CARD)

    assert isinstance(refused, WalkUpsOnly)
    assert stage.reservation(later.reservation_id).window == hours(1, 4)


def test_a_reservations_own_change_takes_nothing_from_its_next_wish(stage: Stage) -> None:
    set_rules(stage, walk_up_quota_bp=ONE_OF_FOUR_BP)
    for number in (1, 2):
        ticket_for(stage, hours(1, 3), CARD, plate=f"B AB {number}", space_id=number)
    later = ticket_for(stage, hours(5, 7), CARD, plate="B AB 4", space_id=4)
    kept(stage, later.reservation_id, hours(1, 4))

    answer = change(stage, later.reservation_id, hours(1, 3.5), space_id=3)

    assert isinstance(answer, ChangeKept)


def test_a_pending_reservation_counts_until_it_is_given_back(stage: Stage) -> None:
    set_rules(stage, walk_up_quota_bp=ONE_OF_FOUR_BP)
    for number in (1, 2, 3):
        reserve_for(stage, hours(1, 3), plate=f"B AB {number}", space_id=number)

    refused = ask_for(stage, hours(1, 3), plate="B AB 4", space_id=4)
    stage.wait(minutes=10)

    assert isinstance(refused, WalkUpsOnly)
    assert isinstance(ask_for(stage, hours(1, 3), plate="B AB 4", space_id=4), Reserved)
