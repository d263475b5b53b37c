"""Lanes without one or both limit switches, unknown inputs, and the waits of the machine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.lane import step
from hardware.lane_facts import next_due_s
from hardware.lane_moves import USED_TOKENS_KEPT
from hardware.lane_words import (
    AlarmCode,
    AlarmRaised,
    GrantGiven,
    GrantVoided,
    Lamp,
    LampTo,
    LaneInputs,
    LaneNotice,
    LaneRules,
    LaneState,
    LaneTimers,
    Noticed,
    OpenCause,
    Phase,
    PulseOpen,
    VoidReason,
)
from tests.hardware.lane_states import NOW_S, at, read, then_read, ticked

NO_LIMITS = LaneRules(has_open_limit=False, has_closed_limit=False)
ONLY_OPEN = LaneRules(has_closed_limit=False)
ONLY_CLOSED = LaneRules(has_open_limit=False)
EMPTY = read(arming=False, under_arm=False, arm="unknown")
CAR = read(arming=True, under_arm=False, arm="unknown")
GREEN = LampTo(Lamp.GREEN)
RESTING = (LampTo(Lamp.RED), Noticed(LaneNotice.IDLE))


@pytest.mark.parametrize(("for_s", "phase"), [(2.9, Phase.OPENING), (3.0, Phase.OPEN)])
def test_an_arm_without_limits_counts_as_open_after_its_time(for_s: float, phase: Phase) -> None:
    assert ticked(at(Phase.OPENING, CAR, for_s=for_s, rules=NO_LIMITS))[0] is phase


@pytest.mark.parametrize("phase", [Phase.BOOT, Phase.CLOSING])
@pytest.mark.parametrize(("for_s", "is_closed"), [(4.9, False), (5.0, True)])
def test_an_arm_without_limits_counts_as_closed_after_its_time(
    phase: Phase, for_s: float, is_closed: bool
) -> None:
    moved = ticked(at(phase, EMPTY, for_s=for_s, rules=NO_LIMITS))
    assert moved == ((Phase.IDLE, RESTING) if is_closed else (phase, ()))


def test_an_arm_without_limits_does_not_count_as_closed_over_a_car() -> None:
    under = replace(EMPTY, under_arm=True)
    assert ticked(at(Phase.CLOSING, under, for_s=30.0, rules=NO_LIMITS)) == (Phase.CLOSING, ())


def test_an_open_arm_without_limits_keeps_its_grant_for_the_waiting_car() -> None:
    state = at(Phase.OPEN, CAR, for_s=15.0, grant="g", rules=NO_LIMITS)
    assert ticked(state) == (Phase.OPEN, ())


def test_the_closed_limit_contradicts_the_time_to_open() -> None:
    closed = replace(CAR, closed_limit=True)
    assert ticked(at(Phase.OPENING, closed, for_s=3.0, rules=ONLY_CLOSED)) == (Phase.OPENING, ())


def test_an_arm_that_left_its_only_limit_counts_as_open_after_its_time() -> None:
    left = replace(CAR, closed_limit=False)
    assert ticked(at(Phase.OPENING, left, for_s=3.0, rules=ONLY_CLOSED)) == (Phase.OPEN, (GREEN,))


@pytest.mark.parametrize("open_limit", [True, None])
def test_the_open_limit_contradicts_the_time_to_close(open_limit: bool | None) -> None:
    still_up = replace(EMPTY, open_limit=open_limit)
    state = at(Phase.CLOSING, still_up, for_s=5.0, rules=ONLY_OPEN)
    assert ticked(state) == (Phase.CLOSING, ())


def test_an_arm_that_left_its_open_limit_counts_as_closed_after_its_time() -> None:
    lowered = replace(EMPTY, open_limit=False)
    assert ticked(at(Phase.CLOSING, lowered, for_s=5.0, rules=ONLY_OPEN)) == (Phase.IDLE, RESTING)


def test_an_open_limit_alone_shows_that_the_arm_was_opened_from_outside() -> None:
    state = at(Phase.IDLE, replace(EMPTY, open_limit=False), rules=ONLY_OPEN)
    moved = then_read(state, replace(EMPTY, open_limit=True))
    assert moved == (Phase.OPEN, (Noticed(LaneNotice.EXTERNAL_OPEN),))


def test_no_second_pulse_goes_out_without_a_closed_limit() -> None:
    state = at(
        Phase.OPENING, replace(CAR, open_limit=False), for_s=6.0, grant="g", rules=ONLY_OPEN
    )
    voided = GrantVoided("g", VoidReason.OPEN_TIMEOUT)
    assert ticked(state) == (Phase.FAULT, (AlarmRaised(AlarmCode.OPEN_TIMEOUT), voided))


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.BLIND])
def test_an_unknown_reading_moves_nothing(phase: Phase) -> None:
    state = at(phase, LaneInputs(), grant="g")
    assert then_read(state, LaneInputs()) == (phase, ())


def test_a_loop_that_was_unknown_is_no_tailgate() -> None:
    state = at(Phase.CLOSING, replace(EMPTY, under_arm=None))
    assert then_read(state, replace(EMPTY, under_arm=True)) == (Phase.CLOSING, ())


def test_a_gap_in_the_readings_of_the_loop_hides_no_tailgate() -> None:
    clear = at(Phase.CLOSING, EMPTY)
    unknown = replace(clear, inputs=replace(EMPTY, under_arm=None), clear_since_s=None)
    moved = then_read(unknown, replace(EMPTY, under_arm=True))
    assert moved == (Phase.CLOSING, (Noticed(LaneNotice.TAILGATE),))


@pytest.mark.parametrize(
    "timers", [{"open_time_s": 6.0}, {"open_time_s": 0.5}, {"open_max_s": 3.0}]
)
def test_waits_that_contradict_one_another_are_refused(timers: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="open_time_s"):
        LaneTimers(**timers)  # type: ignore[arg-type]


def test_the_memory_of_used_tokens_is_bounded() -> None:
    used = tuple(f"t{number}" for number in range(USED_TOKENS_KEPT))
    full = replace(at(Phase.PRESENT, CAR), used=used)
    after, actions = step(full, GrantGiven("new"), NOW_S)
    assert (len(after.used), after.used[-1]) == (USED_TOKENS_KEPT, "new")
    assert actions == (PulseOpen(OpenCause.GRANT),)


def test_a_lane_that_waits_names_its_next_instant() -> None:
    state = at(Phase.OPENING, CAR, for_s=5.5, grant="g")
    assert next_due_s(state, NOW_S) == NOW_S + 0.5


def test_a_lane_that_rests_waits_for_nothing() -> None:
    state = replace(LaneState(), phase=Phase.IDLE, inputs=EMPTY)
    assert next_due_s(state, NOW_S) == float("inf")
