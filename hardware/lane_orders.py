"""The rows of the barrier machine that answer an order: grants, and what an attendant may do.

What a lane does by itself is in `hardware.lane`, what its latches do in `hardware.lane_latches`.
"""

from dataclasses import replace

from hardware.lane_facts import gap_over_s, may_lower, refusal
from hardware.lane_latches import end_fire
from hardware.lane_moves import (
    ARM_ALARMS,
    Moved,
    clear_alarms,
    hold_grant,
    raise_arm,
    remember,
    then,
    void_grant,
)
from hardware.lane_words import (
    AlarmCode,
    GrantVoided,
    LaneNotice,
    LaneState,
    Noticed,
    OpenCause,
    Phase,
    PulseClose,
    PulseOpen,
    VoidReason,
)

_TAKES_NO_GRANT = {
    Phase.BLIND: VoidReason.BLIND,
    Phase.FORCED: VoidReason.FIRE,
    Phase.HELD: VoidReason.HELD,
    Phase.PASSING: VoidReason.BUSY,  # the car under the arm keeps its grant
}
_LOOKED_AT = (AlarmCode.LOOP_SUSPECT, AlarmCode.OUTPUT_STUCK, AlarmCode.PULSE_UNCONFIRMED)


def take_grant(state: LaneState, token: str, now_s: float) -> Moved:
    """Raise the arm for this grant, or void it at once."""
    if token == state.grant:
        return state, ()
    why = refusal(state, token)
    if why is not None:
        return remember(state, token), (GrantVoided(token, why),)
    taken = hold_grant(remember(state, token), token, now_s)
    return raise_arm(taken, OpenCause.GRANT, now_s)


def attendant_open(state: LaneState, token: str | None, now_s: float) -> Moved:
    """Raise the arm on an attendant's word, in a locked lane too: a lock is for grants alone."""
    if token is None or token == state.grant:
        return _attendant_pulse(state, now_s)
    is_used = token in state.used
    state = remember(state, token)
    if is_used:
        return state, (GrantVoided(token, VoidReason.TOKEN_USED),)
    if state.phase in _TAKES_NO_GRANT:
        voided = (GrantVoided(token, _TAKES_NO_GRANT[state.phase]),)
        return then(_attendant_pulse(state, now_s), before=voided)
    state, replaced = void_grant(_taken_over(state), VoidReason.REPLACED)
    state = hold_grant(state, token, now_s)
    return then(_attendant_pulse(state, now_s), before=replaced)


def _attendant_pulse(state: LaneState, now_s: float) -> Moved:
    match state.phase:
        case Phase.BLIND | Phase.FORCED:
            return state, ()
        case Phase.OPENING if now_s < gap_over_s(state):
            return _taken_over(state), ()  # the pulse just sent, or owed, serves this order too
        case Phase.PASSING | Phase.HELD if now_s < gap_over_s(state):
            return state, ()
        case Phase.PASSING | Phase.HELD:
            return replace(state, pulse_at_s=now_s), (PulseOpen(OpenCause.ATTENDANT),)
        case _:
            return raise_arm(state, OpenCause.ATTENDANT, now_s)


def _taken_over(state: LaneState) -> LaneState:
    # An opening that an attendant wants too outlives the grant that it was begun for.
    owed = OpenCause.ATTENDANT if state.owed is OpenCause.GRANT else state.owed
    return replace(state, is_raised_by_attendant=True, owed=owed)


def attendant_close(state: LaneState, now_s: float) -> Moved:
    """Lower the arm on an attendant's word, the only source of a close pulse."""
    if not may_lower(state, now_s):
        return state, (Noticed(LaneNotice.CLOSE_REFUSED),)
    state, voided = void_grant(state, VoidReason.ATTENDANT_CLOSED)
    closing = replace(state, phase=Phase.CLOSING, since_s=now_s, pulse_at_s=now_s, owed=None)
    return closing, (*voided, PulseClose())


def reset(state: LaneState, now_s: float) -> Moved:
    """Start again after a fault, a stop or a fire, and trust loops and relays again.

    A lane that does not see cannot be judged; a lock stays until it is taken off.
    """
    if state.phase is Phase.BLIND:
        return state, ()
    if state.phase is Phase.FORCED:
        state, ended = end_fire(state, now_s)
        if state.phase is Phase.FORCED:
            return state, ()
    elif state.phase in (Phase.FAULT, Phase.STOPPED):
        state, ended = clear_alarms(state, *ARM_ALARMS)
        state = replace(state, phase=Phase.BOOT, since_s=now_s)
    else:
        ended = ()
    state = replace(state, is_loop_doubted=False, unseen_in_row=0)
    state, trusted = clear_alarms(state, *_LOOKED_AT)
    return state, (*ended, *trusted)
