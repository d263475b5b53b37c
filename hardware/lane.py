"""The barrier machine: `step` turns what a lane sees and is told into what it does.

It is pure: no clock, no thread, no wire. `hardware.lane_runner` runs it on a real lane and
`hardware.sim.virtual_lane` in virtual time; why a token may pass is decided by others. Its words
are in `hardware.lane_words`, its guards in `hardware.lane_facts`.

The machine raises the arm and watches. It never lowers the arm by itself: that belongs to the
certified barrier operator with its own loop, photocell and force limit. Every guard compares
with `is True` or `is False`, because an unknown input is neither.
"""

from dataclasses import replace
from typing import Final, assert_never

from hardware.lane_facts import (
    has_gone_on,
    has_moved,
    is_answered,
    is_being_passed,
    is_closed,
    is_doubted,
    is_nose_out,
    is_open,
    is_passage_due,
    is_second_car,
    is_seen_closed,
    is_stale,
    is_tuned_out,
    is_under_clear,
    seen,
)
from hardware.lane_latches import (
    force,
    hold,
    latched,
    lock_for_stuck_output,
    release,
    repeat_fire,
    stop,
    watch_forced,
    watch_held,
)
from hardware.lane_moves import (
    RAISED_ENDS,
    Moved,
    clear_alarms,
    pay_pulse,
    raise_alarm,
    rest,
    then,
    use_up_grant,
    void_grant,
)
from hardware.lane_orders import attendant_close, attendant_open, reset, take_grant
from hardware.lane_words import (
    AlarmCode,
    AttendantClose,
    AttendantHold,
    AttendantOpen,
    AttendantRelease,
    AttendantStop,
    GrantGiven,
    InputsRead,
    IoBack,
    IoLost,
    Lamp,
    LampTo,
    LaneEvent,
    LaneInputs,
    LaneNotice,
    LaneOrder,
    LaneState,
    LockLane,
    Noticed,
    OpenCause,
    OutputStuck,
    Phase,
    PulseAnswered,
    PulseUnconfirmed,
    Reset,
    Tick,
    UnlockLane,
    VoidReason,
)

UNSEEN_SUSPECT: Final = 3


def step(state: LaneState, event: LaneEvent, now_s: float) -> Moved:
    """Answer one event at `now_s` (monotonic seconds): the next state and what to do.

    At most one row of the table fires per event, so feed a Tick or a reading at least every
    50 ms. Each new token is answered once, by Passage or by GrantVoided. A reading older than
    `input_age_max_s` blinds the lane before anything else is considered.
    """
    match event:
        case InputsRead():
            return _read(state, event, now_s)
        case _ if is_stale(state, now_s):
            blind, lost = _lose_io(state, now_s)
            return then(step(blind, event, now_s), before=lost)
        case Tick():
            return _watch(state, now_s)
        case IoLost():
            return _lose_io(state, now_s)
        case IoBack():
            return _find_io(state, now_s)
        case PulseAnswered():
            return _take_answer(state, now_s)
        case PulseUnconfirmed():
            return raise_alarm(repeat_fire(state), AlarmCode.PULSE_UNCONFIRMED)
        case OutputStuck():
            return lock_for_stuck_output(state, now_s)
        case _:
            return _obey(state, event, now_s)


def _obey(state: LaneState, order: LaneOrder, now_s: float) -> Moved:
    match order:
        case GrantGiven(token=token):
            return take_grant(state, token, now_s)
        case AttendantOpen(token=token):
            return attendant_open(state, token, now_s)
        case AttendantClose():
            return attendant_close(state, now_s)
        case AttendantStop():
            return stop(state, now_s)
        case AttendantHold():
            return hold(state, now_s)
        case AttendantRelease():
            return release(state, now_s)
        case LockLane():
            return replace(state, is_locked=True), ()
        case UnlockLane():
            return replace(state, is_locked=False), ()
        case Reset():
            return reset(state, now_s)
        case _:
            assert_never(order)


# -- what a reading says -------------------------------------------------------------------


def _read(state: LaneState, reading: InputsRead, now_s: float) -> Moved:
    if state.phase is Phase.BLIND:
        return state, ()
    inputs = reading.inputs
    tailgate = (Noticed(LaneNotice.TAILGATE),) if is_second_car(state, inputs) else ()
    has_tuned_out = is_tuned_out(state, inputs, now_s)
    state = seen(state, inputs, now_s, age_s=reading.age_s)
    state, limits = _judge_limits(state)
    state, loop = _judge_loop(state, has_tuned_out=has_tuned_out)
    is_alight = inputs.fire is True and state.phase is not Phase.FORCED
    moved = force(state, now_s) if is_alight else _watch(state, now_s)
    return then(moved, before=tailgate + limits + loop)


def _judge_limits(state: LaneState) -> Moved:
    if state.inputs.open_limit is True and state.inputs.closed_limit is True:
        return raise_alarm(state, AlarmCode.LIMITS_CONFLICT)
    return clear_alarms(state, AlarmCode.LIMITS_CONFLICT)


def _judge_loop(state: LaneState, *, has_tuned_out: bool) -> Moved:
    if state.inputs.under_arm is not False:
        return state, ()
    state, cleared = clear_alarms(state, AlarmCode.LOOP_STUCK)
    if not has_tuned_out:
        return state, cleared
    state, alarm = raise_alarm(replace(state, is_loop_doubted=True), AlarmCode.LOOP_SUSPECT)
    return state, cleared + alarm


# -- the rows that wait for time or inputs, one function per state --------------------------


def _watch(state: LaneState, now_s: float) -> Moved:
    match state.phase:
        case Phase.BLIND:
            return state, ()
        case Phase.BOOT:
            return _boot(state, now_s)
        case Phase.IDLE | Phase.PRESENT:
            return _resting(state, now_s)
        case Phase.OPENING:
            return _opening(state, now_s)
        case Phase.OPEN:
            return _watch_loop(state, _open(state, now_s), now_s)
        case Phase.PASSING:
            return _watch_loop(state, _passing(state, now_s), now_s)
        case Phase.CLOSING:
            return _watch_loop(state, _closing(state, now_s), now_s)
        case Phase.FAULT | Phase.STOPPED:
            return _fault(state, now_s)
        case Phase.FORCED:
            return watch_forced(state, now_s)
        case Phase.HELD:
            return watch_held(state, now_s)
        case _:
            assert_never(state.phase)


def _boot(state: LaneState, now_s: float) -> Moved:
    timers = state.rules.timers
    settled_s = max(state.since_s, state.pulse_at_s) + timers.settle_s
    if is_closed(state, now_s) and now_s >= settled_s:
        return rest(state, now_s)
    if now_s >= state.since_s + timers.close_max_s:
        closing = replace(state, phase=Phase.CLOSING, since_s=now_s)
        return raise_alarm(closing, AlarmCode.ARM_NOT_CLOSED)
    return state, ()


def _resting(state: LaneState, now_s: float) -> Moved:
    if has_moved(state):
        moved = replace(state, phase=Phase.OPEN, since_s=now_s)
        return moved, (Noticed(LaneNotice.EXTERNAL_OPEN),)
    if state.phase is Phase.IDLE and state.inputs.arming is True:
        return replace(state, phase=Phase.PRESENT, since_s=now_s), (Noticed(LaneNotice.WELCOME),)
    if state.phase is Phase.PRESENT and state.inputs.arming is False:
        return replace(state, phase=Phase.IDLE, since_s=now_s), (Noticed(LaneNotice.IDLE),)
    return state, ()


def _opening(state: LaneState, now_s: float) -> Moved:
    if state.owed is not None:
        return pay_pulse(state, state.owed, now_s)
    if state.grant is not None and is_nose_out(state):
        # A car can be quicker than the arm's limit switch; its passage must not be lost.
        return _pass_or_nose_back(state, back_to=Phase.OPENING, now_s=now_s)
    if is_open(state, now_s) and is_answered(state):
        return _opened(state, now_s)
    if now_s >= state.since_s + state.rules.timers.open_max_s:
        # The operator may count pulses: only a seen closed limit proves that none arrived.
        if state.retries_left > 0 and is_seen_closed(state):
            again = replace(state, retries_left=state.retries_left - 1)
            return pay_pulse(again, OpenCause.RETRY, now_s)
        return _fail_to_open(state, now_s)
    return state, ()


def _opened(state: LaneState, now_s: float) -> Moved:
    opened = replace(
        state,
        phase=Phase.PASSING if is_being_passed(state) else Phase.OPEN,
        since_s=now_s,
        grant_since_s=now_s,
        # An arm that is seen open has had its pulse, whatever became of the acknowledgement.
        answered_at_s=now_s if state.answered_at_s is None else state.answered_at_s,
        lamp=Lamp.GREEN,
    )
    opened, cleared = clear_alarms(opened, *RAISED_ENDS)
    return opened, (LampTo(Lamp.GREEN), *cleared)


def _fail_to_open(state: LaneState, now_s: float) -> Moved:
    state, alarm = raise_alarm(state, AlarmCode.OPEN_TIMEOUT)
    state, voided = void_grant(state, VoidReason.OPEN_TIMEOUT)
    has_left = state.inputs.closed_limit is False
    faulty = replace(state, phase=Phase.FAULT, since_s=now_s, has_left_closed=has_left)
    return faulty, alarm + voided


def _open(state: LaneState, now_s: float) -> Moved:
    ttl_s = state.rules.timers.grant_ttl_s
    if is_being_passed(state):
        return replace(state, phase=Phase.PASSING, since_s=now_s), ()
    if is_seen_closed(state):
        return _closed_by_operator(state, now_s)
    if is_passage_due(state, now_s):
        return use_up_grant(state, now_s)
    if state.grant is None:
        if is_under_clear(state):
            return replace(state, phase=Phase.CLOSING, since_s=now_s), ()
        return state, ()
    is_clear = state.inputs.arming is False and is_under_clear(state)
    if is_clear and now_s >= state.grant_since_s + ttl_s:
        return _give_up(state, LaneNotice.BACK_OUT, VoidReason.BACK_OUT, now_s=now_s)
    if not is_clear and now_s >= state.grant_since_s + 3 * ttl_s:
        return _abandon(state, now_s)
    return state, ()


def _closed_by_operator(state: LaneState, now_s: float) -> Moved:
    # The operator's own loop may have seen the car pass that ours has missed.
    is_unseen = state.grant is not None and not state.has_nosed_in
    state, suspect = _count_unseen(state) if is_unseen else (state, ())
    state, voided = void_grant(state, VoidReason.ARM_CLOSED)
    return then(rest(state, now_s), before=voided + suspect)


def _abandon(state: LaneState, now_s: float) -> Moved:
    state, suspect = _count_unseen(state)
    moved, given_up = _give_up(state, LaneNotice.ABANDONED, VoidReason.ABANDONED, now_s=now_s)
    return moved, given_up + suspect


def _count_unseen(state: LaneState) -> Moved:
    # Drivers go on or back out: if none of them did, a loop may have missed them all.
    state = replace(state, unseen_in_row=state.unseen_in_row + 1)
    if state.unseen_in_row < UNSEEN_SUSPECT:
        return state, ()
    return raise_alarm(state, AlarmCode.LOOP_SUSPECT)


def _give_up(state: LaneState, notice: LaneNotice, why: VoidReason, *, now_s: float) -> Moved:
    state, voided = void_grant(state, why)
    return replace(state, phase=Phase.CLOSING, since_s=now_s), (Noticed(notice), *voided)


def _passing(state: LaneState, now_s: float) -> Moved:
    if state.inputs.under_arm is False:
        return _pass_or_nose_back(state, back_to=Phase.OPEN, now_s=now_s)
    return state, ()


def _pass_or_nose_back(state: LaneState, *, back_to: Phase, now_s: float) -> Moved:
    if has_gone_on(state):
        return use_up_grant(state, now_s)
    if is_doubted(state):
        state, voided = void_grant(state, VoidReason.LOOP_SUSPECT)
        return replace(state, phase=Phase.CLOSING, since_s=now_s), voided
    if state.inputs.arming is None:
        return state, ()
    since_s = state.since_s if back_to is state.phase else now_s
    back = replace(state, phase=back_to, since_s=since_s, grant_since_s=now_s, has_nosed_in=False)
    return back, (Noticed(LaneNotice.NOSE_BACK),)


def _closing(state: LaneState, now_s: float) -> Moved:
    if is_closed(state, now_s):
        return rest(state, now_s)
    if state.clear_since_s is not None:
        clear_s = max(state.since_s, state.clear_since_s)
        if now_s >= clear_s + state.rules.timers.close_max_s:
            return raise_alarm(state, AlarmCode.CLOSE_TIMEOUT)
    return state, ()


def _fault(state: LaneState, now_s: float) -> Moved:
    # An arm that never left its closed limit is still the same fault: it waits for a reset.
    if is_seen_closed(state) and state.has_left_closed:
        return rest(state, now_s)
    return state, ()


def _watch_loop(before: LaneState, moved: Moved, now_s: float) -> Moved:
    stuck_at_s = before.under_since_s + before.rules.timers.loop_stuck_s
    if before.inputs.under_arm is True and now_s >= stuck_at_s:
        state, alarm = raise_alarm(moved[0], AlarmCode.LOOP_STUCK)
        return state, moved[1] + alarm
    return moved


# -- the rows that answer the board ---------------------------------------------------------


def _lose_io(state: LaneState, now_s: float) -> Moved:
    state, alarm = raise_alarm(state, AlarmCode.IO_LOST)
    if state.phase is Phase.BLIND:
        return state, alarm
    state, voided = void_grant(state, VoidReason.IO_LOST)
    blind = replace(
        state,
        phase=Phase.BLIND,
        since_s=now_s,
        inputs=LaneInputs(),
        under_was=None,
        clear_since_s=None,
        arming_since_s=None,
        owed=None,
        lamp=Lamp.RED,
    )
    return blind, (*voided, *alarm, LampTo(Lamp.RED))


def _find_io(state: LaneState, now_s: float) -> Moved:
    if state.phase is not Phase.BLIND:
        return state, ()
    state, cleared = clear_alarms(state, AlarmCode.IO_LOST)
    # The port switched every relay off when it reopened the board.
    back, outputs = latched(replace(state, read_at_s=now_s), now_s)
    return back, (*outputs, *cleared, LampTo(Lamp.RED))


def _take_answer(state: LaneState, now_s: float) -> Moved:
    if state.owed is not None:
        return state, ()  # the answer to a pulse that is no longer the last one
    return replace(state, answered_at_s=now_s), ()
