"""The guards of the barrier machine: what a state says about its arm, its loops and a grant.

They are the words in the table's guard column; the rows themselves are in `hardware.lane`.
"""

from dataclasses import replace
from math import inf

from hardware.lane_words import LaneInputs, LaneState, Phase, VoidReason

_AT_REST = frozenset({Phase.BLIND, Phase.IDLE, Phase.PRESENT})


def seen(state: LaneState, inputs: LaneInputs, now_s: float, *, age_s: float = 0.0) -> LaneState:
    """Remember a reading, and what the change from the last one says about the car."""
    under = inputs.under_arm
    is_rising = is_nose_in(state, inputs)
    is_clear = _is_clear(state, under)
    cleared_s = now_s if state.clear_since_s is None else state.clear_since_s
    return replace(
        _arming_seen(state, inputs.arming, now_s),
        inputs=inputs,
        read_at_s=now_s - age_s,
        under_was=state.under_was if under is None else under,
        under_since_s=now_s if is_rising else state.under_since_s,
        clear_since_s=cleared_s if is_clear else None,
        has_nosed_in=state.has_nosed_in or is_rising,
        has_left_arming=_has_left_arming(state, inputs),
        has_left_closed=state.has_left_closed or inputs.closed_limit is False,
    )


def _has_left_arming(state: LaneState, inputs: LaneInputs) -> bool:
    # A loop is left by who was seen on it: a car from beyond finds it clear and leaves nothing.
    is_leaving = inputs.arming is False and state.arming_since_s is not None
    if not state.rules.has_under_arm:
        # Who leaves before the pulse has gone out has backed out.
        return state.answered_at_s is not None and (state.has_left_arming or is_leaving)
    under = state.under_was if inputs.under_arm is None else inputs.under_arm
    had_left = state.has_left_arming and not is_nose_in(state, inputs)
    return had_left or (is_leaving and under is True)


def _arming_seen(state: LaneState, arming: bool | None, now_s: float) -> LaneState:
    if arming is True:
        since_s = now_s if state.arming_since_s is None else state.arming_since_s
        return replace(state, arming_since_s=since_s, is_arming_doubted=False)
    if arming is False and state.arming_since_s is not None:
        is_doubted = _is_tuned_out(state, now_s - state.arming_since_s)
        return replace(state, arming_since_s=None, is_arming_doubted=is_doubted)
    return state


def _is_tuned_out(state: LaneState, presence_s: float) -> bool:
    return presence_s > state.rules.timers.loop_tuned_out_s


def is_tuned_out(state: LaneState, inputs: LaneInputs, now_s: float) -> bool:
    """Say whether this reading clears the loop under the arm after too long to believe it.

    Some detectors tune a standing car out, so that the loop reads clear with the car on it.
    """
    is_falling = inputs.under_arm is False and state.under_was is True
    return is_falling and _is_tuned_out(state, now_s - state.under_since_s)


def is_nose_in(state: LaneState, inputs: LaneInputs) -> bool:
    """Say whether this reading is the first with a car under the arm."""
    return inputs.under_arm is True and state.under_was is not True


def is_own_nose(state: LaneState) -> bool:
    """Say whether what is under the arm may be the nose of the car that is now granted.

    A driver may creep under the arm before it rises: then the nose came while that car was on
    the arming loop. What was under the arm before it came there is another car, and its way out
    uses up no grant. Somebody who comes from beyond the arm while the car waits looks to two
    loops just like its nose; were such a nose not believed, each driver who crept on could enter
    and keep the grant.
    """
    if state.inputs.under_arm is not True:
        return False
    return state.arming_since_s is None or state.under_since_s >= state.arming_since_s


def is_being_passed(state: LaneState) -> bool:
    """Say whether the car of the grant, and not another one, is under the arm."""
    return state.grant is not None and state.has_nosed_in and state.inputs.under_arm is True


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
    """Say whether that car left the arming loop forwards, so that it passed.

    Left once under the arm counts, although the loop is occupied again: the next car closing up.
    A car that reverses from beyond the arm finds that loop clear and comes upon it, which leaves
    nothing. One that is wholly under the arm and reverses from there looks just like a passage, so
    the loops must lie so close that no car stands on the second alone.

    After a presence that is too long to believe only a whole sequence proves it: the arming
    loop was left, and not tuned out, while the car was under the arm.
    """
    if is_doubted(state):
        return state.has_left_arming and not state.is_arming_doubted
    return state.has_left_arming or state.inputs.arming is False


def is_doubted(state: LaneState) -> bool:
    """Say whether the loop that now reads clear was occupied for too long to believe it."""
    cleared_s = state.clear_since_s
    return cleared_s is not None and _is_tuned_out(state, cleared_s - state.under_since_s)


def is_under_clear(state: LaneState) -> bool:
    """Say whether nothing is under the arm, as far as the lane can know."""
    return _is_clear(state, state.inputs.under_arm)


def _is_clear(state: LaneState, under_arm: bool | None) -> bool:
    if state.rules.has_under_arm:
        return under_arm is False
    return under_arm is not True


def is_car_there(state: LaneState) -> bool:
    """Say whether a car waits in front of the arm; without a loop there, whoever asks does."""
    return state.inputs.arming is True or not state.rules.has_arming


def may_lower(state: LaneState, now_s: float) -> bool:
    """Say whether an attendant's close may go out: an unknown input forbids it.

    A lane without a loop under its arm may be lowered too: its certified operator lowers the arm
    by itself after every car, guarded by its own photocell and force limit, and a close pulse
    gives it no other task than that. A safety input, where one is wired, still forbids it.
    """
    rules, inputs = state.rules, state.inputs
    is_latched = state.is_fire_latched or state.is_hold_latched
    return (
        state.phase is not Phase.BLIND
        and is_under_clear(state)
        and not state.is_loop_doubted
        and (inputs.safety is False or not rules.has_safety)
        and (inputs.fire is False or not rules.has_fire)
        and not is_latched
        and now_s >= gap_over_s(state)
    )


def is_stale(state: LaneState, now_s: float) -> bool:
    """Say whether the last reading is too old to act on."""
    oldest_s = state.read_at_s + state.rules.timers.input_age_max_s
    return state.phase is not Phase.BLIND and now_s > oldest_s


def is_answered(state: LaneState) -> bool:
    """Say whether the last open pulse may count as arrived.

    Where the passage is assumed too, time alone proves nothing: the pulse must have been
    acknowledged or the arm be seen open.
    """
    rules = state.rules
    return not rules.is_passage_assumed or rules.has_open_limit or state.answered_at_s is not None


def is_passage_due(state: LaneState, now_s: float) -> bool:
    """Say whether the car of the grant is now assumed to have passed.

    An arming loop, where there is one, must have been left after the pulse went out: one loop
    does not tell which way, but a car that stays there has not passed (ABANDONED in the end), and
    one that left before the pulse has backed out.
    """
    if not state.rules.is_passage_assumed or state.answered_at_s is None:
        return False
    if state.rules.has_arming and not state.has_left_arming:
        return False
    return state.grant is not None and now_s >= _assumed_at_s(state, state.answered_at_s)


def _assumed_at_s(state: LaneState, answered_at_s: float) -> float:
    return answered_at_s + state.rules.timers.open_time_s


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


_REFUSING = {
    Phase.BLIND: VoidReason.BLIND,
    Phase.BOOT: VoidReason.NOT_READY,
    Phase.FAULT: VoidReason.FAULT,
    Phase.FORCED: VoidReason.FIRE,
    Phase.HELD: VoidReason.HELD,
    Phase.STOPPED: VoidReason.STOPPED,
}
_BUSY = (Phase.OPENING, Phase.OPEN, Phase.PASSING)


def refusal(state: LaneState, token: str) -> VoidReason | None:
    """Say why this grant cannot be taken now, None when it can."""
    if token in state.used:
        return VoidReason.TOKEN_USED
    if state.phase in _REFUSING:
        return _REFUSING[state.phase]
    if state.is_locked:
        return VoidReason.LOCKED
    if state.phase in _BUSY or (state.phase is Phase.CLOSING and not is_under_clear(state)):
        return VoidReason.BUSY
    return None if is_car_there(state) else VoidReason.NO_CAR


def next_due_s(state: LaneState, now_s: float) -> float:
    """Give the next instant at which a Tick may matter (perhaps for nothing), inf for none.

    At rest a lane waits for inputs and orders alone: no row of the table has a time there.
    """
    if state.phase in _AT_REST:
        return inf
    timers = state.rules.timers
    cleared_s = -inf if state.clear_since_s is None else state.clear_since_s
    answered_s = -inf if state.answered_at_s is None else state.answered_at_s
    dues = (
        state.since_s + timers.settle_s,
        state.since_s + timers.open_time_s,
        state.since_s + timers.open_max_s,
        state.since_s + timers.close_time_s,
        state.since_s + timers.close_max_s,
        cleared_s + timers.close_time_s,
        cleared_s + timers.close_max_s,
        _assumed_at_s(state, answered_s),
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
