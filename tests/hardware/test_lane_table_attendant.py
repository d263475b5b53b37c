"""One test per row of the barrier machine's table: what an attendant does, faults and alarms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.lane import step
from hardware.lane_words import (
    AlarmCleared,
    AlarmCode,
    AlarmRaised,
    AttendantClose,
    AttendantOpen,
    GrantVoided,
    InputsRead,
    Lamp,
    LampTo,
    LaneActions,
    LaneNotice,
    LaneState,
    Noticed,
    OpenCause,
    Phase,
    PulseClose,
    PulseOpen,
    PulseUnconfirmed,
    Reset,
    Tick,
    VoidReason,
)
from tests.hardware.lane_states import (
    BETWEEN_CAR,
    BETWEEN_EMPTY,
    CLOSED_CAR,
    CLOSED_EMPTY,
    NOW_S,
    OPEN_CAR,
    OPEN_NOSE,
    after_reads,
    at,
    read,
    then_read,
)

SEEING = [phase for phase in Phase if phase is not Phase.BLIND]
ENDED_BY_RESET = (Phase.FAULT, Phase.STOPPED, Phase.FORCED)
RED = LampTo(Lamp.RED)
BOTH_LIMITS = read(arming=False, under_arm=False, arm="both")


@pytest.mark.parametrize("phase", [Phase.BOOT, Phase.IDLE, Phase.FAULT, Phase.CLOSING, Phase.OPEN])
def test_an_attendant_raises_the_arm_without_a_car_on_the_loop(phase: Phase) -> None:
    state = at(phase, BETWEEN_EMPTY)
    after, actions = step(state, AttendantOpen("g", "lost ticket"), NOW_S)
    assert (after.phase, after.grant) == (Phase.OPENING, "g")
    assert actions == (PulseOpen(OpenCause.ATTENDANT),)


def test_an_attendant_may_raise_the_arm_with_a_reason_alone() -> None:
    after, actions = step(at(Phase.IDLE, CLOSED_EMPTY), AttendantOpen(None, "sweeper"), NOW_S)
    assert (after.phase, after.grant) == (Phase.OPENING, None)
    assert actions == (PulseOpen(OpenCause.ATTENDANT),)


@pytest.mark.parametrize("token", [None, "g"])
def test_an_attendant_cannot_raise_the_arm_of_a_blind_lane(token: str | None) -> None:
    after, actions = step(LaneState(), AttendantOpen(token, "lost ticket"), NOW_S)
    voided: LaneActions = (GrantVoided("g", VoidReason.BLIND),) if token else ()
    assert (after.phase, actions) == (Phase.BLIND, voided)


def test_an_attendants_grant_takes_the_place_of_the_waiting_one() -> None:
    state = at(Phase.OPEN, OPEN_CAR, grant="old")
    after, actions = step(state, AttendantOpen("new", "did not read"), NOW_S)
    assert (after.phase, after.grant) == (Phase.OPENING, "new")
    assert actions == (GrantVoided("old", VoidReason.REPLACED), PulseOpen(OpenCause.ATTENDANT))


def test_an_attendant_never_takes_the_grant_of_the_car_under_the_arm() -> None:
    state = at(Phase.PASSING, OPEN_NOSE, grant="old")
    after, actions = step(state, AttendantOpen("new", "impatient"), NOW_S)
    assert (after.phase, after.grant) == (Phase.PASSING, "old")
    assert actions == (GrantVoided("new", VoidReason.BUSY), PulseOpen(OpenCause.ATTENDANT))


def test_an_attendant_pulses_again_for_the_same_grant() -> None:
    state = at(Phase.OPENING, CLOSED_CAR, grant="g")
    after, actions = step(state, AttendantOpen("g", "stuck"), NOW_S)
    assert (after.phase, after.grant) == (Phase.OPENING, "g")
    assert actions == (PulseOpen(OpenCause.ATTENDANT),)


def test_a_second_press_within_the_gap_sends_no_second_pulse() -> None:
    state = replace(at(Phase.OPENING, CLOSED_CAR, grant="g"), pulse_at_s=NOW_S - 0.9)
    assert step(state, AttendantOpen("g", "twice"), NOW_S)[1] == ()


def test_an_attendant_cannot_use_a_token_twice() -> None:
    state = replace(at(Phase.IDLE, CLOSED_EMPTY), used=("g",))
    after, actions = step(state, AttendantOpen("g", "again"), NOW_S)
    assert (after.phase, actions) == (Phase.IDLE, (GrantVoided("g", VoidReason.TOKEN_USED),))


@pytest.mark.parametrize("phase", [phase for phase in SEEING if phase is not Phase.PASSING])
def test_an_attendant_lowers_an_arm_with_nothing_under_it(phase: Phase) -> None:
    after, actions = step(at(phase, OPEN_CAR, grant="g"), AttendantClose(), NOW_S)
    assert (after.phase, after.grant) == (Phase.CLOSING, None)
    assert actions == (GrantVoided("g", VoidReason.ATTENDANT_CLOSED), PulseClose())


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("under_arm", [True, None])
def test_no_attendant_lowers_the_arm_on_what_may_be_under_it(
    phase: Phase, under_arm: bool | None
) -> None:
    state = at(phase, replace(OPEN_CAR, under_arm=under_arm))
    assert step(state, AttendantClose(), NOW_S) == (state, (Noticed(LaneNotice.CLOSE_REFUSED),))


def test_no_attendant_lowers_the_arm_right_after_a_pulse() -> None:
    state = replace(at(Phase.OPENING, CLOSED_CAR, grant="g"), pulse_at_s=NOW_S - 0.9)
    assert step(state, AttendantClose(), NOW_S)[1] == (Noticed(LaneNotice.CLOSE_REFUSED),)


def test_a_lowered_arm_ends_the_fault_of_one_that_had_moved() -> None:
    state = at(Phase.OPENING, BETWEEN_CAR, for_s=6.0)
    faulty, _ = step(state, Tick(), NOW_S)
    moved = then_read(faulty, CLOSED_EMPTY)
    cleared = AlarmCleared(AlarmCode.OPEN_TIMEOUT)
    assert moved == (Phase.IDLE, (RED, cleared, Noticed(LaneNotice.IDLE)))


def test_an_arm_that_never_moved_stays_a_fault() -> None:
    state = replace(at(Phase.OPENING, CLOSED_CAR, for_s=6.0), retries_left=0)
    faulty, _ = step(state, Tick(), NOW_S)
    assert then_read(faulty, CLOSED_CAR) == (Phase.FAULT, ())


def test_a_reset_ends_a_fault_and_its_alarm() -> None:
    faulty = replace(at(Phase.FAULT, CLOSED_CAR), alarms=frozenset({AlarmCode.OPEN_TIMEOUT}))
    after, actions = step(faulty, Reset(), NOW_S)
    assert (after.phase, actions) == (Phase.BOOT, (AlarmCleared(AlarmCode.OPEN_TIMEOUT),))


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase not in ENDED_BY_RESET])
def test_a_reset_does_nothing_to_a_lane_without_a_fault(phase: Phase) -> None:
    state = at(phase, OPEN_CAR, grant="g")
    assert step(state, Reset(), NOW_S) == (state, ())


@pytest.mark.parametrize("phase", SEEING)
def test_two_limits_at_once_are_an_alarm(phase: Phase) -> None:
    state = at(phase, BOTH_LIMITS, for_s=0.5, grant="g")
    moved = then_read(state, BOTH_LIMITS)
    assert AlarmRaised(AlarmCode.LIMITS_CONFLICT) in moved[1]


def test_the_alarm_of_two_limits_ends_with_the_contradiction() -> None:
    state = after_reads(at(Phase.IDLE, CLOSED_EMPTY), BOTH_LIMITS)
    assert then_read(state, CLOSED_EMPTY)[1] == (AlarmCleared(AlarmCode.LIMITS_CONFLICT),)


def test_an_unconfirmed_pulse_is_an_alarm_until_the_arm_is_seen_open() -> None:
    state = at(Phase.OPENING, CLOSED_CAR, grant="g")
    unsure, raised = step(state, PulseUnconfirmed(), NOW_S)
    cleared = then_read(unsure, OPEN_CAR)[1]
    assert raised == (AlarmRaised(AlarmCode.PULSE_UNCONFIRMED),)
    assert cleared == (LampTo(Lamp.GREEN), AlarmCleared(AlarmCode.PULSE_UNCONFIRMED))


def test_a_blind_lane_sees_nothing() -> None:
    assert step(LaneState(), InputsRead(CLOSED_CAR), NOW_S) == (LaneState(), ())
