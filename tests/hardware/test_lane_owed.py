"""What a barrier machine still owes: a voided grant nothing, a fire its open pulse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.lane import step
from hardware.lane_words import (
    AlarmCode,
    AlarmRaised,
    AttendantOpen,
    GrantGiven,
    GrantVoided,
    HoldTo,
    InputsRead,
    IoBack,
    IoLost,
    LaneEvent,
    LaneInputs,
    LaneRules,
    LaneState,
    OpenCause,
    OutputStuck,
    Phase,
    PulseOpen,
    PulseUnconfirmed,
    Tick,
    VoidReason,
)
from tests.hardware.lane_states import (
    BETWEEN_CAR,
    CLOSED_CAR,
    NOW_S,
    OPEN_CAR,
    at,
    then_read,
)

WIRED = LaneRules(has_fire=True)
CALM = replace(OPEN_CAR, fire=False)
BURNING = replace(OPEN_CAR, fire=True)
FIRE_PULSE = (PulseOpen(OpenCause.FIRE),)


def late(state: LaneState, event: LaneEvent, *, after_s: float) -> LaneState:
    """The state after this event, so long after NOW_S, on a fresh reading."""
    return step(replace(state, read_at_s=NOW_S + after_s), event, NOW_S + after_s)[0]


def waited(state: LaneState, *, until_s: float) -> tuple[LaneState, tuple[object, ...]]:
    """What a tick does so long after NOW_S."""
    return step(replace(state, read_at_s=NOW_S + until_s), Tick(), NOW_S + until_s)


# -- a grant that is over ------------------------------------------------------------------


def owing_a_grant() -> LaneState:
    """A lane that owes the pulse of a grant, because one has just gone out."""
    closing = replace(at(Phase.CLOSING, BETWEEN_CAR), pulse_at_s=NOW_S - 0.1)
    owing, _ = step(closing, GrantGiven("g"), NOW_S)
    assert owing.owed is OpenCause.GRANT
    return owing


def opening(event: LaneEvent) -> LaneState:
    """A lane that was pulsed for this order and whose arm does not move."""
    return step(at(Phase.PRESENT, CLOSED_CAR), event, NOW_S)[0]


def test_a_pulse_that_is_owed_to_a_voided_grant_is_never_sent() -> None:
    locked, actions = step(owing_a_grant(), OutputStuck(), NOW_S)
    assert actions[0] == GrantVoided("g", VoidReason.LOCKED)
    assert (locked.phase, locked.owed) == (Phase.CLOSING, None)
    assert waited(locked, until_s=1.0)[1] == ()


def test_an_arm_is_not_pulsed_again_for_a_voided_grant() -> None:
    locked = late(opening(GrantGiven("g")), OutputStuck(), after_s=0.5)
    after, actions = waited(locked, until_s=6.0)
    assert (locked.phase, after.phase) == (Phase.OPENING, Phase.FAULT)
    assert actions == (AlarmRaised(AlarmCode.OPEN_TIMEOUT),)


def test_an_attendants_opening_outlives_its_grant() -> None:
    locked = late(opening(AttendantOpen("g", "no ticket")), OutputStuck(), after_s=0.5)
    assert locked.grant is None
    assert waited(locked, until_s=6.0)[1] == (PulseOpen(OpenCause.RETRY),)


@pytest.mark.parametrize("token", [None, "g", "h"])
def test_an_attendant_takes_over_what_is_owed_to_a_grant(token: str | None) -> None:
    taken_over, _ = step(owing_a_grant(), AttendantOpen(token, "no ticket"), NOW_S)
    locked, _ = step(taken_over, OutputStuck(), NOW_S)
    assert (locked.phase, locked.grant) == (Phase.OPENING, None)
    assert waited(locked, until_s=1.0)[1] == (PulseOpen(OpenCause.ATTENDANT),)


def test_the_next_grant_is_no_attendants_opening() -> None:
    opened, _ = step(opening(AttendantOpen(None, "sweeper")), InputsRead(OPEN_CAR), NOW_S)
    closing = late(opened, Tick(), after_s=0.1)
    granted = late(closing, GrantGiven("g"), after_s=2.0)
    assert (granted.phase, granted.is_raised_by_attendant) == (Phase.OPENING, False)


# -- a fire --------------------------------------------------------------------------------


def burning(*, owes: bool) -> LaneState:
    """A lane in a fire whose pulse has gone out just now, or has to wait for the gap."""
    pulse_at_s = NOW_S - (0.1 if owes else 9.0)
    calm = replace(at(Phase.CLOSING, CALM, rules=WIRED), pulse_at_s=pulse_at_s)
    fire, _ = step(calm, InputsRead(BURNING), NOW_S)
    assert (fire.phase, fire.owed is not None) == (Phase.FORCED, owes)
    return fire


def test_a_fire_sends_its_pulse_again_when_the_board_is_back() -> None:
    blind, _ = step(burning(owes=True), IoLost(), NOW_S + 0.1)
    back, actions = step(blind, IoBack(), NOW_S + 2.0)
    assert (back.phase, actions[:2]) == (Phase.FORCED, (HoldTo(True), *FIRE_PULSE))
    assert then_read(back, BURNING) == (Phase.FORCED, ())


def test_the_pulse_of_a_fire_keeps_its_gap_when_the_board_is_back_at_once() -> None:
    blind, _ = step(burning(owes=False), IoLost(), NOW_S + 0.1)
    back, actions = step(blind, IoBack(), NOW_S + 0.2)
    assert FIRE_PULSE[0] not in actions
    assert waited(back, until_s=0.9)[1] == ()
    assert waited(back, until_s=1.0)[1] == FIRE_PULSE


@pytest.mark.parametrize("event", [PulseUnconfirmed(), OutputStuck()])
def test_a_fire_repeats_once_a_pulse_that_may_not_have_arrived(event: LaneEvent) -> None:
    doubted = late(burning(owes=False), event, after_s=0.1)
    early, repeated = waited(doubted, until_s=0.9), waited(doubted, until_s=1.0)
    assert (early[1], repeated[1]) == ((), FIRE_PULSE)
    again = late(repeated[0], event, after_s=1.1)
    assert waited(again, until_s=9.0)[1] == ()


def test_a_pulse_that_is_not_confirmed_is_repeated_in_a_fire_alone() -> None:
    unsure = late(at(Phase.OPEN, LaneInputs(), grant="g"), PulseUnconfirmed(), after_s=0.1)
    assert unsure.owed is None
