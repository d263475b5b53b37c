"""The small moves that the rows of the barrier machine share: grants, tokens and alarms.

When they are made is left to the rows in `hardware.lane`.
"""

from dataclasses import replace

from hardware.lane_words import (
    AlarmCleared,
    AlarmCode,
    AlarmRaised,
    GrantVoided,
    LaneActions,
    LaneState,
    VoidReason,
)

USED_TOKENS_KEPT = 256
Moved = tuple[LaneState, LaneActions]


def remember(state: LaneState, token: str) -> LaneState:
    """Keep this token as seen, so that it is never taken again; the oldest are forgotten."""
    return replace(state, used=(*state.used, token)[-USED_TOKENS_KEPT:])


def void_grant(state: LaneState, why: VoidReason) -> Moved:
    """End the grant, if there is one, without a passage."""
    if state.grant is None:
        return state, ()
    return replace(state, grant=None), (GrantVoided(state.grant, why),)


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


def then(moved: Moved, *, before: LaneActions) -> Moved:
    """Put earlier actions in front of what a later move does."""
    return moved[0], before + moved[1]
