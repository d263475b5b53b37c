"""A barrier machine repeats no old order: what was owed or seen ends with what it was for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.lane import step
from hardware.lane_words import (
    AttendantHold,
    AttendantRelease,
    AttendantStop,
    InputsRead,
    IoBack,
    IoLost,
    LaneEvent,
    LaneRules,
    LaneState,
    OpenCause,
    Phase,
    Reset,
    Tick,
)
from tests.hardware.lane_states import NOW_S, OPEN_CAR, at

FIRE = replace(OPEN_CAR, fire=True)
CALM = replace(OPEN_CAR, fire=False)


def owing(event: LaneEvent) -> LaneState:
    """A lane that owes the open pulse of this event, because one has just gone out."""
    state = at(Phase.CLOSING, CALM, rules=LaneRules(has_fire=True))
    owes, _ = step(replace(state, pulse_at_s=NOW_S - 0.1), event, NOW_S)
    assert owes.owed is not None
    return owes


@pytest.mark.parametrize("order", [AttendantRelease(), AttendantStop()])
def test_an_arm_that_is_held_no_longer_is_owed_no_pulse(order: LaneEvent) -> None:
    assert step(owing(AttendantHold()), order, NOW_S)[0].owed is None


def test_a_board_that_is_back_gets_no_pulse_of_a_hold_from_before() -> None:
    blind, _ = step(owing(AttendantHold()), IoLost(), NOW_S)
    back, _ = step(blind, IoBack(), NOW_S + 5)
    assert back.phase is Phase.HELD
    assert step(back, Tick(), NOW_S + 5)[1] == ()


def test_a_fire_that_is_over_pulses_no_held_arm() -> None:
    fire = replace(owing(InputsRead(FIRE)), inputs=CALM, is_hold_latched=True)
    assert fire.owed is OpenCause.FIRE
    held, _ = step(fire, Reset(), NOW_S)
    assert (held.phase, held.owed) == (Phase.HELD, None)


def test_a_lane_that_was_blind_does_not_know_for_how_long_a_car_has_waited() -> None:
    waiting = replace(at(Phase.PRESENT, OPEN_CAR), arming_since_s=NOW_S - 300)
    assert step(waiting, IoLost(), NOW_S)[0].arming_since_s is None
