"""The latches of the barrier machine: fire, hold and lock, and the attendant's stop.

They outlive every phase: a lane that was blind goes back to where its latches put it. What else
an attendant may order is in `hardware.lane_orders`.

A lock says only that no grant is taken, so it is set and taken off in every phase. What would
move the arm later is never kept for a lane that cannot be seen: a BLIND lane takes no hold, but
a release and a stop take its hold latch off.
"""

from dataclasses import replace

from hardware.lane_facts import is_open
from hardware.lane_moves import (
    ARM_ALARMS,
    RAISED_ENDS,
    Moved,
    clear_alarms,
    pay_pulse,
    raise_alarm,
    show,
    void_grant,
)
from hardware.lane_words import (
    AlarmCode,
    HoldTo,
    Lamp,
    LampTo,
    LaneActions,
    LaneState,
    OpenCause,
    Phase,
    PulseStop,
    VoidReason,
)

# -- fire ----------------------------------------------------------------------------------


def force(state: LaneState, now_s: float) -> Moved:
    """Raise the arm for a fire and keep it there until the fire is over and somebody says so."""
    state, alarm = raise_alarm(state, AlarmCode.FIRE)
    state, voided = void_grant(state, VoidReason.FIRE)
    forced, opening = _forced(replace(state, is_fire_latched=True, lamp=Lamp.RED), now_s)
    return forced, (*opening, *voided, *alarm, LampTo(Lamp.RED))


def _forced(state: LaneState, now_s: float) -> Moved:
    retries = state.rules.timers.open_retries
    forced = replace(state, phase=Phase.FORCED, since_s=now_s, retries_left=retries)
    forced, pulse = pay_pulse(forced, OpenCause.FIRE, now_s)
    return forced, (HoldTo(True), *pulse)


def repeat_fire(state: LaneState) -> LaneState:
    """Owe the pulse of a fire once more where the last one may not have arrived.

    An OPEN in a fire lets nobody in by mistake, so it waits for no proof that the first was lost.
    """
    if state.phase is not Phase.FORCED or state.owed is not None or state.retries_left == 0:
        return state
    return replace(state, owed=OpenCause.FIRE, retries_left=state.retries_left - 1)


def watch_forced(state: LaneState, now_s: float) -> Moved:
    """Send the open pulse that had to wait for the gap."""
    if state.owed is not None:
        return pay_pulse(state, state.owed, now_s)
    return state, ()


def end_fire(state: LaneState, now_s: float) -> Moved:
    """Leave FORCED once the fire input is seen off: an unknown input ends no fire."""
    if state.inputs.fire is not False:
        return state, ()
    state, cleared = clear_alarms(state, AlarmCode.FIRE, *ARM_ALARMS)
    state = replace(state, since_s=now_s, is_fire_latched=False, owed=None)
    if state.is_hold_latched:
        return replace(state, phase=Phase.HELD), cleared
    return replace(state, phase=Phase.BOOT), (HoldTo(False), *cleared)


# -- hold ----------------------------------------------------------------------------------


def hold(state: LaneState, now_s: float) -> Moved:
    """Raise the arm and hold it there."""
    if state.phase in (Phase.BLIND, Phase.FORCED, Phase.HELD):
        return state, ()
    state, voided = void_grant(state, VoidReason.HELD)
    held = replace(state, phase=Phase.HELD, since_s=now_s, is_hold_latched=True)
    held, pulse = pay_pulse(held, OpenCause.HOLD, now_s)
    return held, (*voided, HoldTo(True), *pulse)


def watch_held(state: LaneState, now_s: float) -> Moved:
    """Pay an owed pulse; the lamp shows whether the held arm is up."""
    if state.owed is not None:
        return pay_pulse(state, state.owed, now_s)
    if not is_open(state, now_s):
        return show(state, Lamp.RED)
    state, shown = show(state, Lamp.GREEN)
    state, cleared = clear_alarms(state, *RAISED_ENDS)
    return state, (*shown, *cleared)


def release(state: LaneState, now_s: float) -> Moved:
    """Hold the arm no longer; in a fire it stays up for the fire."""
    released = replace(state, is_hold_latched=False)
    if state.phase is not Phase.HELD:
        return released, ()
    closing = replace(released, phase=Phase.CLOSING, since_s=now_s, owed=None)
    closing, shown = show(closing, Lamp.RED)
    return closing, (HoldTo(False), *shown)


def latched(state: LaneState, now_s: float) -> Moved:
    """Begin again where the latches say, with a board that is back and has all outputs off.

    The hold output is always said: a hold that was released or stopped while nothing could be
    sent must not come back. A fire sends its pulse again, because the one before may be lost and
    a lane without a hold output has no other way to open; a hold does not.
    """
    if state.is_fire_latched:
        return _forced(state, now_s)
    phase = Phase.HELD if state.is_hold_latched else Phase.BOOT
    return replace(state, phase=phase, since_s=now_s), (HoldTo(state.is_hold_latched),)


# -- stop and lock -------------------------------------------------------------------------


def stop(state: LaneState, now_s: float) -> Moved:
    """Stop the arm where it is, at once: a stop waits for no gap and ends a hold."""
    if state.phase is Phase.FORCED:
        return state, ()
    if state.phase is Phase.BLIND:
        return replace(state, is_hold_latched=False), ()
    unheld: LaneActions = (HoldTo(False),) if state.is_hold_latched else ()
    state, voided = void_grant(state, VoidReason.STOPPED)
    state, alarm = raise_alarm(state, AlarmCode.STOPPED)
    stopped = replace(
        state,
        phase=Phase.STOPPED,
        since_s=now_s,
        pulse_at_s=now_s,
        owed=None,
        is_hold_latched=False,
        has_left_closed=state.inputs.closed_limit is False,
        lamp=Lamp.RED,
    )
    return stopped, (*unheld, PulseStop(), *voided, *alarm, LampTo(Lamp.RED))


def lock_for_stuck_output(state: LaneState, now_s: float) -> Moved:
    """Take no grant on a board whose relay does not obey; the one under way ends too.

    All relays of the lane are switched off for it, so a latched hold is asked for anew, and the
    pulse of a fire once more. An arm that was never ordered up for its grant is not expected to
    open.
    """
    state, alarm = raise_alarm(state, AlarmCode.OUTPUT_STUCK)
    has_begun = state.owed is None
    state, voided = void_grant(replace(state, is_locked=True), VoidReason.LOCKED)
    if state.phase is Phase.PASSING:
        state = replace(state, phase=Phase.OPEN, since_s=now_s)
    if state.phase is Phase.OPENING and state.owed is None and not has_begun:
        state = replace(state, phase=Phase.CLOSING, since_s=now_s)
    is_held = state.phase in (Phase.FORCED, Phase.HELD)
    return repeat_fire(state), (*voided, *alarm, *((HoldTo(True),) if is_held else ()))
