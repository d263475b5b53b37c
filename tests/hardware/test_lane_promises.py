"""What every LaneControl promises, asked of the lane in virtual time and of the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.lane_words import Phase
from tests.hardware.lane_worlds import LaneWorld, RealWorld, VirtualWorld


@pytest.fixture(params=[VirtualWorld, RealWorld])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LaneWorld]:
    """A lane that has started and waits for its first car."""
    made: LaneWorld = request.param(tmp_path)
    made.until(Phase.IDLE)
    yield made
    made.close()


@pytest.fixture
def waiting(world: LaneWorld) -> LaneWorld:
    """A lane with a car on its arming loop."""
    world.car_arrives()
    world.until(Phase.PRESENT)
    return world


def test_a_granted_car_passes_and_the_arm_comes_down(waiting: LaneWorld) -> None:
    waiting.lane.grant("g")
    waiting.car_drives_on()
    heard = waiting.until(Phase.IDLE)
    phases = [each for each in heard if isinstance(each, Phase)]
    assert phases == [Phase.OPENING, Phase.OPEN, Phase.PASSING, Phase.CLOSING, Phase.IDLE]
    assert heard.count(("passage", "g")) == 1


def test_a_grant_without_a_car_goes_back(world: LaneWorld) -> None:
    world.lane.grant("g")
    assert world.until(("voided", "g", "no_car"))[-1] == ("voided", "g", "no_car")


def test_a_second_grant_goes_back_while_the_first_is_under_way(waiting: LaneWorld) -> None:
    waiting.lane.grant("first")
    waiting.lane.grant("second")
    waiting.until(("voided", "second", "busy"))
    waiting.car_drives_on()
    assert ("passage", "first") in waiting.until(("passage", "first"))


def test_a_token_that_has_passed_opens_nothing(waiting: LaneWorld) -> None:
    waiting.lane.grant("g")
    waiting.car_drives_on()
    waiting.until(Phase.IDLE)
    waiting.car_arrives()
    waiting.until(Phase.PRESENT)
    waiting.lane.grant("g")
    assert Phase.OPENING not in waiting.until(("voided", "g", "token_used"))


def test_an_attendants_grant_ends_in_a_passage(waiting: LaneWorld) -> None:
    waiting.lane.attendant_open("g", "lost ticket")
    waiting.car_drives_on()
    assert waiting.until(("passage", "g"))[0] is Phase.OPENING


def test_an_attendant_lowers_the_arm_and_the_grant_goes_back(waiting: LaneWorld) -> None:
    waiting.lane.grant("g")
    waiting.until(Phase.OPEN)
    waiting.lane.attendant_close()
    heard = waiting.until(Phase.PRESENT)
    refused = ("noticed", "close_refused") in heard
    assert not refused
    assert ("voided", "g", "attendant_closed") in heard


def test_a_reset_disturbs_no_lane_that_works(waiting: LaneWorld) -> None:
    waiting.lane.reset()
    waiting.lane.grant("g")
    assert Phase.BOOT not in waiting.until(Phase.OPEN)


def test_a_board_lost_before_the_passage_gives_the_right_back_and_heals_by_itself(
    waiting: LaneWorld,
) -> None:
    waiting.lane.grant("g")
    waiting.until(Phase.OPENING)
    waiting.unplug_board()
    lost = waiting.until(Phase.BLIND)
    waiting.replug_board()
    found = waiting.until(Phase.BOOT)
    assert ("voided", "g", "io_lost") in lost
    assert ("alarm", "io_lost", "raised") in lost
    assert ("alarm", "io_lost", "cleared") in found


def test_after_a_lost_board_the_same_car_passes_with_a_new_grant(waiting: LaneWorld) -> None:
    waiting.unplug_board()
    waiting.until(Phase.BLIND)
    waiting.lane.grant("early")
    waiting.until(("voided", "early", "blind"))
    waiting.replug_board()
    waiting.until(Phase.PRESENT)
    waiting.lane.grant("new")
    waiting.car_drives_on()
    assert Phase.OPENING in waiting.until(("passage", "new"))
