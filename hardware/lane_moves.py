"""The moves that the rows of the barrier machine share: grants, tokens, alarms, pulses, rest.

When they are made is left to the rows in `hardware.lane` and `hardware.lane_orders`.
"""

from dataclasses import replace
from typing import Final

from hardware.lane_facts import gap_over_s, is_own_nose
from hardware.lane_words import (
    AlarmCleared,
    AlarmCode,
    AlarmRaised,
    GrantVoided,
    Lamp,
    LampTo,
    LaneActions,
    LaneNotice,
    LaneState,
    Noticed,
    OpenCause,
    Passage,
    Phase,
    PulseOpen,
    VoidReason,
)

USED_TOKENS_KEPT: Final = 256
Moved = tuple[LaneState, LaneActions]

ARM_ALARMS: Final = (
    AlarmCode.ARM_NOT_CLOSED,
    AlarmCode.CLOSE_TIMEOUT,
    AlarmCode.OPEN_TIMEOUT,
    AlarmCode.PULSE_UNCONFIRMED,
    AlarmCode.STOPPED,
)
"""What an arm that is closed, or looked at by an attendant, has ended."""
RAISED_ENDS: Final = (AlarmCode.OPEN_TIMEOUT, AlarmCode.PULSE_UNCONFIRMED, AlarmCode.STOPPED)
"""What an arm that is open after an order has ended."""


def then(moved: Moved, *, before: LaneActions) -> Moved:
    """Put earlier actions in front of what a later move does."""
    return moved[0], before + moved[1]


# -- alarms --------------------------------------------------------------------------------


def raise_alarm(state: LaneState, code: AlarmCode) -> Moved:
    """Raise an alarm unless it stands already."""
    if code in state.alarms:
        return state, ()
    return replace(state, alarms=state.alarms | {code}), (AlarmRaised(code),)


def clear_alarms(state: LaneState, *codes: AlarmCode) -> Moved:
    """Clear those of these alarms that stand."""
    standing = tuple(code for code in codes if code in state.alarms)
    if not standing:
        return state, ()
    cleared = tuple(AlarmCleared(code) for code in standing)
    return replace(state, alarms=state.alarms - set(standing)), cleared


# -- grants --------------------------------------------------------------------------------


def remember(state: LaneState, token: str) -> LaneState:
    """Keep this token as seen, so that it is never taken again; the oldest are forgotten."""
    return replace(state, used=(*state.used, token)[-USED_TOKENS_KEPT:])


def hold_grant(state: LaneState, token: str, now_s: float) -> LaneState:
    """Take this grant; what another car did under the arm before must not count for it."""
    is_own = is_own_nose(state)
    return replace(
        state,
        grant=token,
        grant_since_s=now_s,
        has_nosed_in=is_own,
        has_left_arming=is_own and state.has_left_arming,
    )


def void_grant(state: LaneState, why: VoidReason) -> Moved:
    """End the grant, if there is one, without a passage."""
    if state.grant is None:
        return state, ()
    return _without_grant(state), (GrantVoided(state.grant, why),)


def _without_grant(state: LaneState) -> LaneState:
    # A pulse that was owed to the grant, or would be sent again for it, ends with it.
    if state.is_raised_by_attendant:
        return replace(state, grant=None)
    owed = None if state.owed is OpenCause.GRANT else state.owed
    return replace(state, grant=None, owed=owed, retries_left=0)


def use_up_grant(state: LaneState, now_s: float) -> Moved:
    """End the grant with its passage; a loop that sees cars pass is suspected no longer."""
    assert state.grant is not None, "only a lane with a grant can report its passage"
    passage = Passage(state.grant, is_assumed=state.rules.is_passage_assumed)
    state = _without_grant(state)
    state = replace(state, phase=Phase.CLOSING, since_s=now_s, unseen_in_row=0)
    if state.is_loop_doubted:
        return state, (passage,)
    state, cleared = clear_alarms(state, AlarmCode.LOOP_SUSPECT)
    return state, (passage, *cleared)


# -- the arm -------------------------------------------------------------------------------


def rest(state: LaneState, now_s: float) -> Moved:
    """Come to rest under a closed arm."""
    state, cleared = clear_alarms(state, *ARM_ALARMS)
    is_present = state.inputs.arming is True
    phase = Phase.PRESENT if is_present else Phase.IDLE
    notice = LaneNotice.WELCOME if is_present else LaneNotice.IDLE
    resting = replace(state, phase=phase, since_s=now_s, lamp=Lamp.RED)
    return resting, (LampTo(Lamp.RED), *cleared, Noticed(notice))


def raise_arm(state: LaneState, cause: OpenCause, now_s: float) -> Moved:
    """Begin to open, with all retries."""
    retries = state.rules.timers.open_retries
    opening = replace(
        state,
        phase=Phase.OPENING,
        since_s=now_s,
        retries_left=retries,
        is_raised_by_attendant=cause is OpenCause.ATTENDANT,
    )
    return pay_pulse(opening, cause, now_s)


def pay_pulse(state: LaneState, cause: OpenCause, now_s: float) -> Moved:
    """Send an open pulse, or owe it until the gap after the last pulse is over."""
    if now_s < gap_over_s(state):
        return replace(state, owed=cause), ()
    paid = replace(
        state,
        owed=None,
        since_s=now_s,
        pulse_at_s=now_s,
        answered_at_s=None,
        # Where a loop under the arm tells who passes, no pulse makes it forget.
        has_left_arming=state.has_left_arming and state.rules.has_under_arm,
    )
    return paid, (PulseOpen(cause),)


def show(state: LaneState, lamp: Lamp) -> Moved:
    """Show this on the lamp unless it is shown already."""
    if state.lamp is lamp:
        return state, ()
    return replace(state, lamp=lamp), (LampTo(lamp),)
