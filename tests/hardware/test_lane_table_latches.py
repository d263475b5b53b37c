"""One test per row of the barrier machine's table: fire, hold, stop, lock and stuck relays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.lane import step
from hardware.lane_words import (
    AlarmCleared,
    AlarmCode,
    AlarmRaised,
    AttendantClose,
    AttendantHold,
    AttendantOpen,
    AttendantRelease,
    AttendantStop,
    GrantGiven,
    GrantVoided,
    HoldTo,
    InputsRead,
    IoBack,
    IoLost,
    Lamp,
    LampTo,
    LaneActions,
    LaneEvent,
    LaneInputs,
    LaneNotice,
    LaneRules,
    LaneState,
    LockLane,
    Noticed,
    OpenCause,
    OutputStuck,
    Phase,
    PulseOpen,
    PulseStop,
    PulseUnconfirmed,
    Reset,
    Tick,
    UnlockLane,
    VoidReason,
)
from tests.hardware.lane_states import (
    BETWEEN_EMPTY,
    CLOSED_CAR,
    CLOSED_EMPTY,
    NOW_S,
    OPEN_CAR,
    OPEN_EMPTY,
    OPEN_NOSE,
    after_reads,
    at,
    then_read,
    ticked,
)

GREEN, RED = LampTo(Lamp.GREEN), LampTo(Lamp.RED)
WIRED = LaneRules(has_safety=True, has_fire=True)
CALM = [each for each in Phase if each not in (Phase.BLIND, Phase.FORCED)]
BURNING = replace(OPEN_EMPTY, fire=True, safety=False)
OUT = replace(OPEN_EMPTY, fire=False, safety=False)


def forced(inputs: LaneInputs = BURNING, *, is_held: bool = False) -> LaneState:
    """A lane in a fire."""
    state = replace(at(Phase.FORCED, inputs, rules=WIRED), is_fire_latched=True)
    return replace(state, is_hold_latched=is_held, alarms=frozenset({AlarmCode.FIRE}))


def held(inputs: LaneInputs = OPEN_EMPTY) -> LaneState:
    """A lane whose arm is held open."""
    return replace(at(Phase.HELD, inputs), is_hold_latched=True, lamp=Lamp.GREEN)


# -- fire ----------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", CALM)
def test_a_fire_holds_and_raises_the_arm_and_voids_the_grant(phase: Phase) -> None:
    state = at(phase, OUT, grant="g", rules=WIRED)
    after, actions = step(state, InputsRead(BURNING), NOW_S)
    assert (after.phase, after.grant, after.is_fire_latched) == (Phase.FORCED, None, True)
    assert actions == (
        HoldTo(True),
        PulseOpen(OpenCause.FIRE),
        GrantVoided("g", VoidReason.FIRE),
        AlarmRaised(AlarmCode.FIRE),
        RED,
    )


def test_the_pulse_of_a_fire_right_after_another_waits_for_the_gap() -> None:
    state = replace(at(Phase.CLOSING, OUT, rules=WIRED), pulse_at_s=NOW_S - 0.4)
    owing, first = step(state, InputsRead(BURNING), NOW_S)
    early = step(replace(owing, read_at_s=NOW_S + 0.5), Tick(), NOW_S + 0.5)[1]
    paid = step(replace(owing, read_at_s=NOW_S + 0.6), Tick(), NOW_S + 0.6)[1]
    assert first[0] == HoldTo(True)
    assert PulseOpen(OpenCause.FIRE) not in first
    assert (early, paid) == ((), (PulseOpen(OpenCause.FIRE),))


def test_a_fire_that_goes_on_is_one_pulse() -> None:
    assert then_read(forced(), BURNING) == (Phase.FORCED, ())


def test_a_blind_lane_hears_of_no_fire() -> None:
    blind = LaneState(rules=WIRED)
    assert step(blind, InputsRead(BURNING), NOW_S) == (blind, ())


@pytest.mark.parametrize("phase", CALM)
def test_an_unknown_fire_input_begins_no_fire(phase: Phase) -> None:
    state = at(phase, OUT, for_s=0.5, grant="g", rules=WIRED)
    assert then_read(state, replace(OUT, fire=None))[0] is not Phase.FORCED


@pytest.mark.parametrize("fire", [False, None])
def test_a_fire_input_that_goes_off_ends_no_fire_by_itself(fire: bool | None) -> None:
    assert then_read(forced(), replace(OUT, fire=fire)) == (Phase.FORCED, ())


@pytest.mark.parametrize(
    "order", [AttendantHold(), AttendantStop(), Tick(), IoBack(), AttendantOpen(None, "out")]
)
def test_a_fire_ignores_what_is_neither_reset_nor_release(order: LaneEvent) -> None:
    assert step(forced(), order, NOW_S) == (forced(), ())


def test_a_fire_refuses_grants_and_closes() -> None:
    fire = forced(OUT)
    assert step(fire, GrantGiven("g"), NOW_S)[1] == (GrantVoided("g", VoidReason.FIRE),)
    assert step(fire, AttendantOpen("g", "out"), NOW_S)[1] == (GrantVoided("g", VoidReason.FIRE),)
    assert step(fire, AttendantClose(), NOW_S)[1] == (Noticed(LaneNotice.CLOSE_REFUSED),)


@pytest.mark.parametrize("fire", [True, None])
def test_a_fire_is_not_reset_while_its_input_is_on_or_unknown(fire: bool | None) -> None:
    state = forced(replace(OUT, fire=fire))
    assert step(state, Reset(), NOW_S) == (state, ())


def test_a_reset_after_a_fire_ends_the_hold_output_and_starts_again() -> None:
    after, actions = step(forced(OUT), Reset(), NOW_S)
    assert (after.phase, after.is_fire_latched) == (Phase.BOOT, False)
    assert actions == (HoldTo(False), AlarmCleared(AlarmCode.FIRE))


def test_a_reset_after_a_fire_goes_back_to_the_hold_without_dropping_it() -> None:
    after, actions = step(forced(OUT, is_held=True), Reset(), NOW_S)
    assert (after.phase, actions) == (Phase.HELD, (AlarmCleared(AlarmCode.FIRE),))


def test_a_release_in_a_fire_clears_the_hold_latch_and_lowers_nothing() -> None:
    released, nothing = step(forced(OUT, is_held=True), AttendantRelease(), NOW_S)
    assert (released.phase, released.is_hold_latched, nothing) == (Phase.FORCED, False, ())
    assert step(released, Reset(), NOW_S)[0].phase is Phase.BOOT


# -- the latches of a lane that was blind --------------------------------------------------


@pytest.mark.parametrize(
    ("state", "phase", "holding"),
    [
        (forced(), Phase.FORCED, (HoldTo(True), PulseOpen(OpenCause.FIRE))),
        (forced(is_held=True), Phase.FORCED, (HoldTo(True), PulseOpen(OpenCause.FIRE))),
        (held(), Phase.HELD, (HoldTo(True),)),
        (at(Phase.OPEN, OPEN_CAR), Phase.BOOT, (HoldTo(False),)),
    ],
)
def test_a_board_that_is_back_is_told_again_to_hold(
    state: LaneState, phase: Phase, holding: LaneActions
) -> None:
    blind, _ = step(state, IoLost(), NOW_S)
    after, actions = step(blind, IoBack(), NOW_S + 5)
    assert (blind.phase, after.phase) == (Phase.BLIND, phase)
    assert actions == (*holding, AlarmCleared(AlarmCode.IO_LOST), RED)


@pytest.mark.parametrize("order", [AttendantRelease(), AttendantStop()])
def test_a_release_or_stop_that_reaches_no_board_still_ends_the_hold(order: LaneEvent) -> None:
    blind, _ = step(held(), IoLost(), NOW_S)
    after, actions = step(blind, order, NOW_S)
    back, outputs = step(after, IoBack(), NOW_S + 5)
    assert (after.phase, after.is_hold_latched, actions) == (Phase.BLIND, False, ())
    assert (back.phase, outputs[0]) == (Phase.BOOT, HoldTo(False))


def test_a_blind_lane_keeps_no_order_to_hold() -> None:
    assert step(LaneState(), AttendantHold(), NOW_S) == (LaneState(), ())


# -- hold ----------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", [each for each in CALM if each is not Phase.HELD])
def test_a_hold_raises_the_arm_and_keeps_it_up(phase: Phase) -> None:
    after, actions = step(at(phase, OPEN_CAR, grant="g"), AttendantHold(), NOW_S)
    assert (after.phase, after.grant, after.is_hold_latched) == (Phase.HELD, None, True)
    voided = GrantVoided("g", VoidReason.HELD)
    assert actions == (voided, HoldTo(True), PulseOpen(OpenCause.HOLD))


def test_a_hold_right_after_a_pulse_waits_for_the_gap() -> None:
    state = replace(at(Phase.CLOSING, OPEN_CAR), pulse_at_s=NOW_S - 0.4)
    owing, first = step(state, AttendantHold(), NOW_S)
    paid = step(replace(owing, read_at_s=NOW_S + 0.6), Tick(), NOW_S + 0.6)[1]
    assert (first, paid) == ((HoldTo(True),), (PulseOpen(OpenCause.HOLD),))


def test_a_hold_is_kept_once() -> None:
    assert step(held(), AttendantHold(), NOW_S) == (held(), ())


def test_a_held_arm_shows_green_once_it_is_up_and_red_when_it_is_not() -> None:
    rising = replace(held(BETWEEN_EMPTY), lamp=Lamp.RED)
    assert then_read(rising, OPEN_EMPTY) == (Phase.HELD, (GREEN,))
    assert then_read(held(), BETWEEN_EMPTY) == (Phase.HELD, (RED,))


def test_a_held_arm_that_is_up_has_had_its_pulse() -> None:
    unsure, _ = step(held(), PulseUnconfirmed(), NOW_S)
    assert then_read(unsure, OPEN_EMPTY)[1] == (AlarmCleared(AlarmCode.PULSE_UNCONFIRMED),)


def test_a_held_arm_takes_no_grant_and_no_close() -> None:
    assert step(held(), GrantGiven("g"), NOW_S)[1] == (GrantVoided("g", VoidReason.HELD),)
    assert step(held(), AttendantClose(), NOW_S)[1] == (Noticed(LaneNotice.CLOSE_REFUSED),)


def test_an_attendants_open_leaves_a_held_arm_held() -> None:
    after, actions = step(held(), AttendantOpen("g", "came down"), NOW_S)
    assert (after.phase, after.grant) == (Phase.HELD, None)
    assert actions == (GrantVoided("g", VoidReason.HELD), PulseOpen(OpenCause.ATTENDANT))
    assert step(after, AttendantOpen(None, "twice"), NOW_S + 0.3)[1] == ()


def test_a_release_ends_the_hold_and_waits_for_the_arm_to_close() -> None:
    after, actions = step(held(), AttendantRelease(), NOW_S)
    assert (after.phase, after.is_hold_latched) == (Phase.CLOSING, False)
    assert actions == (HoldTo(False), RED)


@pytest.mark.parametrize("phase", [each for each in CALM if each is not Phase.HELD])
def test_a_release_without_a_hold_does_nothing(phase: Phase) -> None:
    state = at(phase, OPEN_CAR, grant="g")
    assert step(state, AttendantRelease(), NOW_S) == (state, ())


# -- stop ----------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", [each for each in CALM if each is not Phase.HELD])
def test_a_stop_stops_the_arm_at_once_and_voids_the_grant(phase: Phase) -> None:
    state = replace(at(phase, BETWEEN_EMPTY, grant="g"), pulse_at_s=NOW_S - 0.1)
    after, actions = step(state, AttendantStop(), NOW_S)
    voided = GrantVoided("g", VoidReason.STOPPED)
    assert (after.phase, after.grant) == (Phase.STOPPED, None)
    assert actions == (PulseStop(), voided, AlarmRaised(AlarmCode.STOPPED), RED)


def test_a_stop_ends_a_hold() -> None:
    after, actions = step(held(), AttendantStop(), NOW_S)
    assert (after.phase, after.is_hold_latched) == (Phase.STOPPED, False)
    assert actions == (HoldTo(False), PulseStop(), AlarmRaised(AlarmCode.STOPPED), RED)


def test_a_stopped_arm_that_came_down_ends_the_stop() -> None:
    stopped, _ = step(at(Phase.OPENING, BETWEEN_EMPTY), AttendantStop(), NOW_S)
    moved = then_read(stopped, CLOSED_EMPTY)
    cleared = AlarmCleared(AlarmCode.STOPPED)
    assert moved == (Phase.IDLE, (RED, cleared, Noticed(LaneNotice.IDLE)))


def test_a_stop_under_a_closed_arm_waits_for_its_reset() -> None:
    stopped, _ = step(at(Phase.OPENING, CLOSED_CAR), AttendantStop(), NOW_S)
    assert then_read(stopped, CLOSED_CAR) == (Phase.STOPPED, ())
    after, actions = step(stopped, Reset(), NOW_S)
    assert (after.phase, actions) == (Phase.BOOT, (AlarmCleared(AlarmCode.STOPPED),))


def test_a_stopped_lane_takes_no_grant_but_an_attendants_open() -> None:
    stopped, _ = step(at(Phase.OPENING, BETWEEN_EMPTY), AttendantStop(), NOW_S - 5)
    stopped = replace(stopped, read_at_s=NOW_S)
    assert step(stopped, GrantGiven("g"), NOW_S)[1] == (GrantVoided("g", VoidReason.STOPPED),)
    opening, pulse = step(stopped, AttendantOpen("h", "clear"), NOW_S)
    assert (opening.phase, pulse) == (Phase.OPENING, (PulseOpen(OpenCause.ATTENDANT),))
    assert AlarmCleared(AlarmCode.STOPPED) in then_read(opening, OPEN_EMPTY)[1]


# -- lock and stuck relays -----------------------------------------------------------------


@pytest.mark.parametrize("phase", [Phase.IDLE, Phase.PRESENT, Phase.CLOSING])
def test_a_locked_lane_takes_no_grant_until_it_is_unlocked(phase: Phase) -> None:
    locked, nothing = step(at(phase, CLOSED_CAR), LockLane(), NOW_S)
    unlocked, nothing_too = step(locked, UnlockLane(), NOW_S)
    assert (nothing, nothing_too) == ((), ())
    assert step(locked, GrantGiven("g"), NOW_S)[1] == (GrantVoided("g", VoidReason.LOCKED),)
    assert step(unlocked, GrantGiven("g"), NOW_S)[1] == (PulseOpen(OpenCause.GRANT),)


def test_a_lock_leaves_the_car_that_has_its_grant_and_the_attendant() -> None:
    locked, _ = step(at(Phase.OPEN, OPEN_CAR, grant="g"), LockLane(), NOW_S)
    opening = step(locked, AttendantOpen(None, "by hand"), NOW_S)[1]
    assert (locked.phase, locked.grant) == (Phase.OPEN, "g")
    assert opening == (PulseOpen(OpenCause.ATTENDANT),)


@pytest.mark.parametrize("phase", list(Phase))
def test_a_lock_is_kept_in_every_phase(phase: Phase) -> None:
    locked, _ = step(at(phase, OPEN_EMPTY), LockLane(), NOW_S)
    lost, _ = step(locked, IoLost(), NOW_S)
    back, _ = step(lost, IoBack(), NOW_S)
    assert (locked.is_locked, back.is_locked) == (True, True)


@pytest.mark.parametrize("phase", [each for each in Phase if each is not Phase.PASSING])
def test_a_stuck_relay_locks_the_lane_and_voids_the_grant(phase: Phase) -> None:
    after, actions = step(at(phase, OPEN_CAR, grant="g"), OutputStuck(), NOW_S)
    voided, alarm = GrantVoided("g", VoidReason.LOCKED), AlarmRaised(AlarmCode.OUTPUT_STUCK)
    again = (HoldTo(True),) if phase in (Phase.FORCED, Phase.HELD) else ()
    assert (after.phase, after.is_locked, after.grant) == (phase, True, None)
    assert actions == (voided, alarm, *again)


def test_a_stuck_relay_voids_the_grant_of_the_car_under_the_arm() -> None:
    after, _ = step(at(Phase.PASSING, OPEN_NOSE, grant="g"), OutputStuck(), NOW_S)
    assert (after.phase, after.grant) == (Phase.OPEN, None)
    assert then_read(after, OPEN_CAR) == (Phase.CLOSING, ())


def test_a_stuck_relay_ends_an_opening_whose_pulse_was_still_owed() -> None:
    owing = replace(at(Phase.OPENING, CLOSED_CAR, grant="g"), owed=OpenCause.GRANT)
    after, _ = step(owing, OutputStuck(), NOW_S)
    assert (after.phase, after.owed, after.grant) == (Phase.CLOSING, None, None)


@pytest.mark.parametrize("doubt", [OutputStuck(), PulseUnconfirmed()])
def test_the_pulse_of_a_fire_that_may_not_have_arrived_is_sent_once_more(doubt: LaneEvent) -> None:
    owing, _ = step(forced(), doubt, NOW_S)
    again, paid = step(owing, Tick(), NOW_S)
    assert paid == (PulseOpen(OpenCause.FIRE),)
    assert step(again, doubt, NOW_S)[0].owed is None


def test_a_reset_ends_the_alarm_of_a_stuck_relay_and_leaves_the_lock() -> None:
    stuck, _ = step(at(Phase.IDLE, CLOSED_EMPTY), OutputStuck(), NOW_S)
    after, actions = step(stuck, Reset(), NOW_S)
    assert (after.phase, after.is_locked) == (Phase.IDLE, True)
    assert actions == (AlarmCleared(AlarmCode.OUTPUT_STUCK),)


# -- what an attendant's close looks at ----------------------------------------------------


@pytest.mark.parametrize(
    "inputs",
    [
        replace(OUT, safety=True),
        replace(OUT, safety=None),
        replace(OUT, fire=None),
        replace(OUT, under_arm=None),
        replace(OUT, under_arm=True),
    ],
)
def test_no_attendant_lowers_the_arm_on_an_unknown_or_occupied_input(inputs: LaneInputs) -> None:
    state = at(Phase.OPEN, inputs, rules=WIRED)
    assert step(state, AttendantClose(), NOW_S) == (state, (Noticed(LaneNotice.CLOSE_REFUSED),))


def test_an_attendant_lowers_the_arm_of_a_lane_whose_inputs_are_all_clear() -> None:
    assert step(at(Phase.OPEN, OUT, rules=WIRED), AttendantClose(), NOW_S)[0].phase is (
        Phase.CLOSING
    )


def test_a_reset_ends_the_alarm_of_a_pulse_that_came_late() -> None:
    unsure, _ = step(at(Phase.IDLE, CLOSED_EMPTY), PulseUnconfirmed(), NOW_S)
    assert step(unsure, Reset(), NOW_S)[1] == (AlarmCleared(AlarmCode.PULSE_UNCONFIRMED),)
    assert ticked(after_reads(unsure, CLOSED_EMPTY))[0] is Phase.IDLE


def test_a_reset_trusts_nothing_anew_that_cannot_be_seen() -> None:
    stuck, _ = step(at(Phase.IDLE, CLOSED_EMPTY), OutputStuck(), NOW_S)
    blind, _ = step(replace(stuck, is_loop_doubted=True), IoLost(), NOW_S)
    assert step(blind, Reset(), NOW_S) == (blind, ())
