"""The guards of the barrier machine: what a state says about its arm, its loops and a grant.

They are the words in the table's guard column; the rows themselves are in `hardware.lane`.
"""

from dataclasses import replace
from math import inf
from typing import assert_never

from hardware.lane_words import LaneInputs, LaneState, Phase, VoidReason

_AT_REST = frozenset({Phase.BLIND, Phase.IDLE, Phase.PRESENT})


def seen(state: LaneState, inputs: LaneInputs, now_s: float) -> LaneState:
    """Remember a reading, and what the change from the last one says about the car."""
    under = inputs.under_arm
    is_rising = is_nose_in(state, inputs)
    cleared_s = now_s if state.clear_since_s is None else state.clear_since_s
    return replace(
        state,
        inputs=inputs,
        read_at_s=now_s,
        under_was=state.under_was if under is None else under,
        under_since_s=now_s if is_rising else state.under_since_s,
        clear_since_s=cleared_s if under is False else None,
        has_nosed_in=state.has_nosed_in or is_rising,
        has_left_arming=(state.has_left_arming and not is_rising)
        or (under is True and inputs.arming is False),
        has_left_closed=state.has_left_closed or inputs.closed_limit is False,
    )


def is_nose_in(state: LaneState, inputs: LaneInputs) -> bool:
    """Say whether this reading is the first with a car under the arm."""
    return inputs.under_arm is True and state.under_was is not True


def is_second_car(state: LaneState, inputs: LaneInputs) -> bool:
    """Say whether a car now drives under an arm that was not raised for it."""
    return (
        inputs.under_arm is True
        and state.under_was is False
        and state.phase in (Phase.OPEN, Phase.CLOSING)
        and state.grant is None
    )


def is_nose_out(state: LaneState) -> bool:
    """Say whether the car that came under the arm since the grant is no longer there."""
    return state.has_nosed_in and state.inputs.under_arm is False


def has_gone_on(state: LaneState) -> bool:
    """Say whether that car left the arming loop forwards, so that it passed."""
    return state.has_left_arming or state.inputs.arming is False


def is_stale(state: LaneState, now_s: float) -> bool:
    """Say whether the last reading is too old to act on."""
    oldest_s = state.read_at_s + state.rules.timers.input_age_max_s
    return state.phase is not Phase.BLIND and now_s > oldest_s


def is_seen_closed(state: LaneState) -> bool:
    """Say whether the closed limit is made and the open limit does not contradict it."""
    return state.inputs.closed_limit is True and state.inputs.open_limit is not True


def is_closed(state: LaneState, now_s: float) -> bool:
    """Say whether the arm is closed: seen, or by time in a lane without that limit."""
    if state.rules.has_closed_limit:
        return is_seen_closed(state)
    is_lowered = not state.rules.has_open_limit or state.inputs.open_limit is False
    if state.clear_since_s is None or not is_lowered:
        return False
    return now_s >= max(state.since_s, state.clear_since_s) + state.rules.timers.close_time_s


def is_open(state: LaneState, now_s: float) -> bool:
    """Say whether the arm is open: seen, or by time in a lane without that limit."""
    if state.rules.has_open_limit:
        return state.inputs.open_limit is True and state.inputs.closed_limit is not True
    is_raised = not state.rules.has_closed_limit or state.inputs.closed_limit is False
    return is_raised and now_s >= state.since_s + state.rules.timers.open_time_s


def has_moved(state: LaneState) -> bool:
    """Say whether an arm at rest has left its closed place without a command."""
    if state.rules.has_closed_limit:
        return state.inputs.closed_limit is False
    return state.inputs.open_limit is True


def gap_over_s(state: LaneState) -> float:
    """Give the instant from which the next pulse may go out."""
    return state.pulse_at_s + state.rules.timers.min_gap_s


def refusal(state: LaneState, token: str) -> VoidReason | None:
    """Say why this grant cannot be taken now, None when it can."""
    if token in state.used:
        return VoidReason.TOKEN_USED
    match state.phase:
        case Phase.BLIND:
            return VoidReason.BLIND
        case Phase.BOOT:
            return VoidReason.NOT_READY
        case Phase.FAULT:
            return VoidReason.FAULT
        case Phase.FORCED:
            return VoidReason.FIRE
        case Phase.HELD:
            return VoidReason.HELD
        case Phase.STOPPED:
            return VoidReason.STOPPED
        case Phase.OPENING | Phase.OPEN | Phase.PASSING:
            return VoidReason.BUSY
        case Phase.IDLE | Phase.PRESENT:
            return None if state.inputs.arming is True else VoidReason.NO_CAR
        case Phase.CLOSING:
            if state.inputs.under_arm is not False:
                return VoidReason.BUSY
            return None if state.inputs.arming is True else VoidReason.NO_CAR
        case _:
            assert_never(state.phase)


def next_due_s(state: LaneState, now_s: float) -> float:
    """Give the next instant at which a Tick may matter (perhaps for nothing), inf for none.

    At rest a lane waits for inputs and orders alone: no row of the table has a time there.
    """
    if state.phase in _AT_REST:
        return inf
    timers = state.rules.timers
    cleared_s = -inf if state.clear_since_s is None else state.clear_since_s
    dues = (
        state.since_s + timers.settle_s,
        state.since_s + timers.open_time_s,
        state.since_s + timers.open_max_s,
        state.since_s + timers.close_time_s,
        state.since_s + timers.close_max_s,
        cleared_s + timers.close_time_s,
        cleared_s + timers.close_max_s,
        state.grant_since_s + timers.grant_ttl_s,
        state.grant_since_s + 3 * timers.grant_ttl_s,
        state.under_since_s + timers.loop_stuck_s,
        state.pulse_at_s + timers.min_gap_s,
        state.pulse_at_s + timers.settle_s,
    )
    soonest_s = inf
    for due_s in dues:
        if now_s < due_s < soonest_s:
            soonest_s = due_s
    return soonest_s
