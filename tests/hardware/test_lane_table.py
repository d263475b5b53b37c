"""One test per row of the barrier machine's table, in the table's order, up to a closed arm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.lane import step
from hardware.lane_words import (
    AlarmCleared,
    AlarmCode,
    AlarmRaised,
    GrantGiven,
    GrantVoided,
    HoldTo,
    InputsRead,
    IoBack,
    IoLost,
    Lamp,
    LampTo,
    LaneInputs,
    LaneNotice,
    LaneState,
    Noticed,
    OpenCause,
    Passage,
    Phase,
    PulseOpen,
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
    OPEN_EMPTY,
    OPEN_NOSE,
    OPEN_TAIL,
    after_reads,
    at,
    read,
    then_read,
    ticked,
)

SEEING = [phase for phase in Phase if phase is not Phase.BLIND]
RED = LampTo(Lamp.RED)
CLOSED_TAIL = read(arming=False, under_arm=True, arm="closed")
CLOSED_BOTH = read(arming=True, under_arm=True, arm="closed")


@pytest.mark.parametrize("phase", SEEING)
def test_a_lost_board_voids_the_grant_and_blinds_the_lane(phase: Phase) -> None:
    after, actions = step(at(phase, CLOSED_CAR, grant="g"), IoLost(), NOW_S)
    assert (after.phase, after.grant, after.inputs) == (Phase.BLIND, None, LaneInputs())
    assert actions == (
        GrantVoided("g", VoidReason.IO_LOST),
        AlarmRaised(AlarmCode.IO_LOST),
        RED,
    )


@pytest.mark.parametrize("phase", SEEING)
def test_a_reading_that_is_too_old_blinds_the_lane(phase: Phase) -> None:
    state = replace(at(phase, CLOSED_EMPTY), read_at_s=NOW_S - 0.51)
    assert ticked(state) == (Phase.BLIND, (AlarmRaised(AlarmCode.IO_LOST), RED))


def test_a_stale_car_on_the_arming_loop_raises_no_arm() -> None:
    state = replace(at(Phase.PRESENT, CLOSED_CAR), read_at_s=NOW_S - 0.51)
    after, actions = step(state, GrantGiven("g"), NOW_S)
    assert after.phase is Phase.BLIND
    assert actions[-1] == GrantVoided("g", VoidReason.BLIND)
    assert PulseOpen(OpenCause.GRANT) not in actions


def test_a_board_that_was_never_there_is_an_alarm_once() -> None:
    state, first = step(LaneState(), IoLost(), NOW_S)
    _, second = step(state, IoLost(), NOW_S + 1)
    assert (first, second) == ((AlarmRaised(AlarmCode.IO_LOST),), ())


def test_a_lane_starts_anew_when_the_board_is_back() -> None:
    blind, _ = step(at(Phase.PRESENT, CLOSED_CAR), IoLost(), NOW_S)
    after, actions = step(blind, IoBack(), NOW_S + 5)
    assert (after.phase, after.inputs) == (Phase.BOOT, LaneInputs())
    assert actions == (HoldTo(False), AlarmCleared(AlarmCode.IO_LOST), RED)


def test_a_board_that_was_not_lost_changes_nothing_when_it_is_back() -> None:
    state = at(Phase.OPEN, OPEN_CAR, grant="g")
    assert step(state, IoBack(), NOW_S) == (state, ())


@pytest.mark.parametrize(
    ("inputs", "phase", "notice"),
    [
        (CLOSED_EMPTY, Phase.IDLE, LaneNotice.IDLE),
        (CLOSED_CAR, Phase.PRESENT, LaneNotice.WELCOME),
    ],
)
def test_a_closed_arm_that_settled_ends_the_start(
    inputs: LaneInputs, phase: Phase, notice: LaneNotice
) -> None:
    assert ticked(at(Phase.BOOT, inputs, for_s=1.5)) == (phase, (RED, Noticed(notice)))


def test_a_closed_arm_does_not_end_the_start_before_it_settled() -> None:
    assert ticked(at(Phase.BOOT, CLOSED_EMPTY, for_s=1.4)) == (Phase.BOOT, ())


def test_a_closed_arm_does_not_end_the_start_right_after_a_pulse() -> None:
    state = replace(at(Phase.BOOT, CLOSED_EMPTY, for_s=1.5), pulse_at_s=NOW_S - 1.4)
    assert ticked(state) == (Phase.BOOT, ())


def test_an_arm_that_stays_up_after_the_start_is_an_alarm() -> None:
    state = at(Phase.BOOT, OPEN_EMPTY, for_s=40.0)
    assert ticked(state) == (Phase.CLOSING, (AlarmRaised(AlarmCode.ARM_NOT_CLOSED),))


def test_a_car_on_the_arming_loop_is_welcome() -> None:
    moved = then_read(at(Phase.IDLE, CLOSED_EMPTY), CLOSED_CAR)
    assert moved == (Phase.PRESENT, (Noticed(LaneNotice.WELCOME),))


def test_a_car_that_leaves_the_arming_loop_leaves_the_lane_idle() -> None:
    moved = then_read(at(Phase.PRESENT, CLOSED_CAR), CLOSED_EMPTY)
    assert moved == (Phase.IDLE, (Noticed(LaneNotice.IDLE),))


@pytest.mark.parametrize("phase", [Phase.IDLE, Phase.PRESENT])
def test_an_arm_that_rises_without_a_command_was_opened_from_outside(phase: Phase) -> None:
    moved = then_read(at(phase, CLOSED_CAR), BETWEEN_CAR)
    assert moved == (Phase.OPEN, (Noticed(LaneNotice.EXTERNAL_OPEN),))


def test_a_grant_raises_the_arm_for_a_waiting_car() -> None:
    after, actions = step(at(Phase.PRESENT, CLOSED_CAR), GrantGiven("g"), NOW_S)
    assert (after.phase, after.grant) == (Phase.OPENING, "g")
    assert actions == (PulseOpen(OpenCause.GRANT),)


@pytest.mark.parametrize(
    ("phase", "inputs", "why"),
    [
        (Phase.BLIND, LaneInputs(), VoidReason.BLIND),
        (Phase.BOOT, CLOSED_CAR, VoidReason.NOT_READY),
        (Phase.FAULT, CLOSED_CAR, VoidReason.FAULT),
        (Phase.IDLE, CLOSED_EMPTY, VoidReason.NO_CAR),
        (Phase.PRESENT, replace(CLOSED_CAR, arming=None), VoidReason.NO_CAR),
        (Phase.OPENING, CLOSED_CAR, VoidReason.BUSY),
        (Phase.OPEN, OPEN_CAR, VoidReason.BUSY),
        (Phase.PASSING, OPEN_NOSE, VoidReason.BUSY),
        (Phase.CLOSING, OPEN_NOSE, VoidReason.BUSY),
        (Phase.CLOSING, replace(OPEN_CAR, under_arm=None), VoidReason.BUSY),
        (Phase.CLOSING, OPEN_EMPTY, VoidReason.NO_CAR),
    ],
)
def test_a_grant_that_cannot_be_taken_is_voided_at_once(
    phase: Phase, inputs: LaneInputs, why: VoidReason
) -> None:
    state = at(phase, inputs, grant=None)
    after, actions = step(state, GrantGiven("g"), NOW_S)
    assert (after.phase, after.grant, actions) == (phase, None, (GrantVoided("g", why),))


def test_a_token_opens_once_in_its_life() -> None:
    state = replace(at(Phase.PRESENT, CLOSED_CAR), used=("g",))
    _, actions = step(state, GrantGiven("g"), NOW_S)
    assert actions == (GrantVoided("g", VoidReason.TOKEN_USED),)


def test_a_voided_token_does_not_open_later() -> None:
    refused, _ = step(at(Phase.IDLE, CLOSED_EMPTY), GrantGiven("g"), NOW_S)
    waiting = after_reads(refused, CLOSED_CAR)
    _, actions = step(waiting, GrantGiven("g"), NOW_S + 0.1)
    assert actions == (GrantVoided("g", VoidReason.TOKEN_USED),)


def test_the_same_grant_given_twice_is_one_grant() -> None:
    state = at(Phase.OPENING, CLOSED_CAR, grant="g")
    assert step(state, GrantGiven("g"), NOW_S) == (state, ())


def test_a_grant_right_after_a_close_pulse_waits_for_the_gap() -> None:
    closed = replace(at(Phase.CLOSING, OPEN_CAR), pulse_at_s=NOW_S - 0.4)
    owing, nothing = step(closed, GrantGiven("g"), NOW_S)
    early, none_yet = step(replace(owing, read_at_s=NOW_S + 0.5), Tick(), NOW_S + 0.5)
    _, paid = step(replace(early, read_at_s=NOW_S + 0.6), Tick(), NOW_S + 0.6)
    assert (nothing, none_yet, paid) == ((), (), (PulseOpen(OpenCause.GRANT),))


def test_an_open_arm_shows_green() -> None:
    moved = then_read(at(Phase.OPENING, BETWEEN_CAR, grant="g"), OPEN_CAR)
    assert moved == (Phase.OPEN, (LampTo(Lamp.GREEN),))


def test_an_arm_that_opens_over_a_nose_is_being_passed() -> None:
    moved = then_read(at(Phase.OPENING, BETWEEN_CAR, grant="g"), OPEN_NOSE)
    assert moved == (Phase.PASSING, (LampTo(Lamp.GREEN),))


def test_a_car_quicker_than_the_arm_still_passes() -> None:
    gone = read(arming=False, under_arm=True, arm="between")
    state = after_reads(at(Phase.OPENING, BETWEEN_CAR, grant="g"), gone)
    assert then_read(state, BETWEEN_EMPTY) == (Phase.CLOSING, (Passage("g"),))


def test_a_nose_that_goes_back_before_the_arm_is_open_keeps_the_grant() -> None:
    nose = read(arming=True, under_arm=True, arm="between")
    state = after_reads(at(Phase.OPENING, BETWEEN_CAR, grant="g"), nose)
    back = then_read(state, BETWEEN_CAR)
    gone = then_read(after_reads(state, BETWEEN_CAR), BETWEEN_EMPTY)
    assert back == (Phase.OPENING, (Noticed(LaneNotice.NOSE_BACK),))
    assert gone == (Phase.OPENING, ())


def test_an_arm_that_did_not_move_is_pulsed_once_more() -> None:
    state = at(Phase.OPENING, CLOSED_CAR, for_s=6.0, grant="g")
    after, actions = step(state, Tick(), NOW_S)
    assert (after.phase, after.retries_left) == (Phase.OPENING, 0)
    assert actions == (PulseOpen(OpenCause.RETRY),)


@pytest.mark.parametrize(
    ("inputs", "retries_left"),
    [
        (CLOSED_CAR, 0),
        (BETWEEN_CAR, 1),
        (replace(CLOSED_CAR, closed_limit=None), 1),
        (read(arming=True, under_arm=False, arm="both"), 1),
    ],
)
def test_an_arm_that_does_not_open_is_a_fault_without_another_pulse(
    inputs: LaneInputs, retries_left: int
) -> None:
    state = at(Phase.OPENING, inputs, for_s=6.0, grant="g")
    moved = ticked(replace(state, retries_left=retries_left))
    voided = GrantVoided("g", VoidReason.OPEN_TIMEOUT)
    assert moved == (Phase.FAULT, (AlarmRaised(AlarmCode.OPEN_TIMEOUT), voided))


def test_an_arm_may_take_its_time_to_open() -> None:
    assert ticked(at(Phase.OPENING, BETWEEN_CAR, for_s=5.9)) == (Phase.OPENING, ())


def test_a_nose_under_the_open_arm_begins_the_passage() -> None:
    assert then_read(at(Phase.OPEN, OPEN_CAR, grant="g"), OPEN_NOSE) == (Phase.PASSING, ())


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSING])
def test_a_car_without_a_grant_under_the_arm_is_a_tailgate(phase: Phase) -> None:
    moved = then_read(at(phase, OPEN_CAR), OPEN_NOSE)
    assert Noticed(LaneNotice.TAILGATE) in moved[1]


def test_a_tailgate_is_counted_once_per_car() -> None:
    state = after_reads(at(Phase.CLOSING, OPEN_CAR), OPEN_NOSE)
    assert then_read(state, OPEN_TAIL) == (Phase.CLOSING, ())


def test_a_car_that_backs_out_gives_its_grant_back() -> None:
    state = at(Phase.OPEN, OPEN_EMPTY, for_s=20.0, grant="g")
    voided = GrantVoided("g", VoidReason.BACK_OUT)
    assert ticked(state) == (Phase.CLOSING, (Noticed(LaneNotice.BACK_OUT), voided))


@pytest.mark.parametrize(
    ("inputs", "for_s"),
    [(OPEN_EMPTY, 19.9), (OPEN_CAR, 59.9), (replace(OPEN_EMPTY, arming=None), 20.0)],
)
def test_a_grant_waits_for_its_car(inputs: LaneInputs, for_s: float) -> None:
    assert ticked(at(Phase.OPEN, inputs, for_s=for_s, grant="g")) == (Phase.OPEN, ())


def test_a_car_that_never_drives_on_loses_its_grant() -> None:
    state = at(Phase.OPEN, OPEN_CAR, for_s=60.0, grant="g")
    voided = GrantVoided("g", VoidReason.ABANDONED)
    assert ticked(state) == (Phase.CLOSING, (Noticed(LaneNotice.ABANDONED), voided))


def test_an_operator_that_closes_before_the_car_voids_the_grant() -> None:
    moved = then_read(at(Phase.OPEN, OPEN_CAR, grant="g"), CLOSED_CAR)
    voided = GrantVoided("g", VoidReason.ARM_CLOSED)
    assert moved == (Phase.PRESENT, (voided, RED, Noticed(LaneNotice.WELCOME)))


def test_an_open_arm_without_a_grant_is_closing_once_nothing_is_under_it() -> None:
    assert ticked(at(Phase.OPEN, OPEN_CAR)) == (Phase.CLOSING, ())


def test_an_open_arm_without_a_grant_waits_while_a_car_is_under_it() -> None:
    assert ticked(at(Phase.OPEN, OPEN_TAIL)) == (Phase.OPEN, ())


def test_a_car_that_drove_on_has_passed_and_its_grant_is_used_up() -> None:
    state = after_reads(at(Phase.PASSING, OPEN_NOSE, grant="g"), OPEN_TAIL)
    after, actions = step(state, InputsRead(OPEN_EMPTY), NOW_S)
    assert (after.phase, after.grant, actions) == (Phase.CLOSING, None, (Passage("g"),))


def test_a_car_passes_although_the_next_one_closes_up() -> None:
    state = after_reads(at(Phase.PASSING, OPEN_NOSE, grant="g"), OPEN_TAIL, OPEN_NOSE)
    assert then_read(state, OPEN_CAR) == (Phase.CLOSING, (Passage("g"),))


def test_a_nose_that_goes_back_keeps_its_grant_and_its_time_starts_again() -> None:
    state = at(Phase.PASSING, OPEN_NOSE, for_s=200.0, grant="g")
    after, actions = step(state, InputsRead(OPEN_CAR), NOW_S)
    assert (after.phase, after.grant, after.grant_since_s) == (Phase.OPEN, "g", NOW_S)
    assert actions == (Noticed(LaneNotice.NOSE_BACK),)


def test_a_passage_is_not_judged_while_the_arming_loop_is_unknown() -> None:
    state = at(Phase.PASSING, OPEN_NOSE, grant="g")
    assert then_read(state, replace(OPEN_EMPTY, arming=None)) == (Phase.PASSING, ())


def granted_beside_another_car() -> LaneState:
    """A lane whose grant was given while a car was under the arm that had left before."""
    waiting = after_reads(at(Phase.IDLE, CLOSED_EMPTY), CLOSED_TAIL, CLOSED_BOTH, CLOSED_BOTH)
    granted, _ = step(waiting, GrantGiven("g"), waiting.read_at_s)
    return after_reads(granted, CLOSED_BOTH)


def test_another_car_under_the_arm_does_not_use_up_a_new_grant() -> None:
    opened = after_reads(granted_beside_another_car(), OPEN_NOSE, OPEN_NOSE)
    assert (opened.phase, opened.grant) == (Phase.OPEN, "g")
    assert then_read(opened, OPEN_CAR) == (Phase.OPEN, ())


def test_another_cars_way_out_is_no_passage_of_one_that_has_backed_out() -> None:
    backed_out = after_reads(granted_beside_another_car(), OPEN_NOSE, OPEN_TAIL)
    assert then_read(backed_out, OPEN_EMPTY) == (Phase.OPEN, ())


def test_a_car_that_waited_behind_another_one_still_passes() -> None:
    alone = after_reads(granted_beside_another_car(), OPEN_NOSE, OPEN_CAR)
    passing = after_reads(alone, OPEN_NOSE, OPEN_TAIL)
    assert (passing.phase, then_read(passing, OPEN_EMPTY)) == (
        Phase.PASSING,
        (Phase.CLOSING, (Passage("g"),)),
    )


def test_a_driver_who_crept_under_the_arm_before_the_grant_passes() -> None:
    crept = after_reads(at(Phase.IDLE, CLOSED_EMPTY), CLOSED_CAR, CLOSED_CAR, CLOSED_BOTH)
    granted, _ = step(crept, GrantGiven("g"), crept.read_at_s)
    passing = after_reads(granted, OPEN_NOSE, OPEN_TAIL)
    assert passing.phase is Phase.PASSING
    assert then_read(passing, OPEN_EMPTY) == (Phase.CLOSING, (Passage("g"),))


@pytest.mark.parametrize(
    ("inputs", "phase", "notice"),
    [
        (CLOSED_EMPTY, Phase.IDLE, LaneNotice.IDLE),
        (CLOSED_CAR, Phase.PRESENT, LaneNotice.WELCOME),
    ],
)
def test_a_closed_arm_shows_red_and_waits_for_the_next_car(
    inputs: LaneInputs, phase: Phase, notice: LaneNotice
) -> None:
    moved = then_read(at(Phase.CLOSING, BETWEEN_EMPTY), inputs)
    assert moved == (phase, (RED, Noticed(notice)))


def test_the_next_car_gets_its_grant_while_the_arm_comes_down() -> None:
    after, actions = step(at(Phase.CLOSING, BETWEEN_CAR), GrantGiven("g"), NOW_S)
    assert (after.phase, after.grant) == (Phase.OPENING, "g")
    assert actions == (PulseOpen(OpenCause.GRANT),)


def test_an_arm_that_does_not_close_is_an_alarm_until_it_does() -> None:
    late, raised = step(at(Phase.CLOSING, OPEN_EMPTY, for_s=40.0), Tick(), NOW_S)
    moved = then_read(late, CLOSED_EMPTY)
    assert raised == (AlarmRaised(AlarmCode.CLOSE_TIMEOUT),)
    assert moved[1] == (RED, AlarmCleared(AlarmCode.CLOSE_TIMEOUT), Noticed(LaneNotice.IDLE))


def test_a_car_under_the_arm_stops_the_wait_for_it_to_close() -> None:
    assert ticked(at(Phase.CLOSING, OPEN_TAIL, for_s=40.0)) == (Phase.CLOSING, ())


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.PASSING, Phase.CLOSING])
def test_a_loop_that_stays_occupied_is_an_alarm(phase: Phase) -> None:
    state = at(phase, OPEN_TAIL, for_s=180.0, grant=None)
    assert ticked(state)[1] == (AlarmRaised(AlarmCode.LOOP_STUCK),)


def test_the_alarm_of_a_stuck_loop_ends_when_it_clears() -> None:
    state = replace(at(Phase.CLOSING, OPEN_TAIL), alarms=frozenset({AlarmCode.LOOP_STUCK}))
    assert then_read(state, OPEN_EMPTY)[1] == (AlarmCleared(AlarmCode.LOOP_STUCK),)
