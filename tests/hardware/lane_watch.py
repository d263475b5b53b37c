"""What must always hold of a barrier machine, judged by what it was told and what it sends.

It keeps its own account of latches, readings and pulses; the machine's memory is never asked,
only the phase that it shows.
"""

from __future__ import annotations

from math import inf

from hardware.lane_words import (
    AttendantClose,
    AttendantHold,
    AttendantOpen,
    AttendantRelease,
    AttendantStop,
    GrantGiven,
    InputsRead,
    IoBack,
    IoLost,
    LaneEvent,
    LaneInputs,
    LaneRules,
    LockLane,
    OpenCause,
    OutputStuck,
    Passage,
    Phase,
    PulseAnswered,
    PulseClose,
    PulseOpen,
    PulseStop,
    PulseUnconfirmed,
    Reset,
    Tick,
    UnlockLane,
)

MIN_GAP_S = 1.0
INPUT_AGE_MAX_S = 0.5
TUNED_OUT_S = 240.0
OPEN_TIME_S = 3.0


def wired(rules: LaneRules) -> tuple[str, ...]:
    """The inputs that a lane with these rules has."""
    has = {
        "arming": rules.has_arming,
        "under_arm": rules.has_under_arm,
        "open_limit": rules.has_open_limit,
        "closed_limit": rules.has_closed_limit,
        "safety": rules.has_safety,
        "fire": rules.has_fire,
    }
    return tuple(name for name, is_wired in has.items() if is_wired)


class LaneWatch:
    """One machine's account; each method asserts."""

    def __init__(self, rules: LaneRules) -> None:
        self._rules = rules
        self.is_blind = True
        self.is_on_fire = False
        self.is_held = False
        self.is_locked = False
        self.is_doubted = False
        self._is_hold_output_on: bool | None = False
        self._fire_pulses = self._fire_repeats = 0
        self._hold_pulses = 0
        self._reading = LaneInputs()
        self._read_at_s = -inf
        self._pulse_at_s = -inf
        self._answered_at_s: float | None = None
        self._was_open = False
        self._occupied_since_s: float | None = None
        self._now_s = 0.0
        self._was_on_fire = False
        self._event: LaneEvent | None = None
        self._arming_since_s: float | None = None
        self._has_left_arming = False
        self._nose_at_s = -inf
        self._noses_from_s: dict[str, float] = {}
        self._is_attendants_opening = False

    # -- what it is told

    def hear(self, event: LaneEvent, now_s: float) -> None:
        """Keep account of one event, before the machine answers it."""
        self._now_s = now_s
        self._was_on_fire = self.is_on_fire
        self._event = event
        if not isinstance(event, InputsRead) and now_s > self._read_at_s + INPUT_AGE_MAX_S:
            self._go_blind()
        match event:
            case InputsRead(inputs=inputs) if not self.is_blind:
                self._hear_reading(inputs)
            case IoLost():
                self._go_blind()
            case IoBack() if self.is_blind:
                self.is_blind, self._read_at_s = False, now_s
                self._fire_pulses = self._fire_repeats = 1 if self.is_on_fire else 0
            case OutputStuck():
                self._is_hold_output_on = False  # the runner switches all relays of the lane off
                self._doubt_pulse()
            case PulseUnconfirmed():
                self._doubt_pulse()
            case PulseAnswered():
                self._answered_at_s = now_s
            case LockLane():
                self.is_locked = True
            case UnlockLane():
                self.is_locked = False
            case _:
                self._hear_order(event)

    def _go_blind(self) -> None:
        # Whoever keeps the outputs may switch on again what was wanted last.
        self.is_blind, self._is_hold_output_on = True, None
        self._fire_pulses = self._hold_pulses = 0
        self._reading, self._occupied_since_s = LaneInputs(), None
        self._arming_since_s = None

    def _doubt_pulse(self) -> None:
        if self.is_on_fire and not self.is_blind and not self._fire_pulses:
            self._fire_pulses, self._fire_repeats = self._fire_repeats, 0

    def _hear_reading(self, inputs: LaneInputs) -> None:
        self._reading, self._read_at_s = inputs, self._now_s
        if inputs.fire is True and not self.is_on_fire:
            self.is_on_fire, self._fire_pulses, self._fire_repeats = True, 1, 1
        self._was_open |= inputs.open_limit is True
        if inputs.arming is True and self._arming_since_s is None:
            self._arming_since_s = self._now_s
        if inputs.arming is False and self._arming_since_s is not None:
            self._arming_since_s, self._has_left_arming = None, True
        if inputs.under_arm is True and self._occupied_since_s is None:
            self._occupied_since_s = self._nose_at_s = self._now_s
        if inputs.under_arm is False and self._occupied_since_s is not None:
            self.is_doubted |= self._now_s - self._occupied_since_s > TUNED_OUT_S
            self._occupied_since_s = None

    def _hear_order(self, event: LaneEvent) -> None:
        is_free = not self.is_blind and not self.is_on_fire
        if isinstance(event, GrantGiven | AttendantOpen) and event.token is not None:
            came_s = -inf if self._arming_since_s is None else self._arming_since_s
            self._noses_from_s.setdefault(event.token, came_s)
        match event:
            case AttendantOpen():
                self._is_attendants_opening = True
            case AttendantHold() if is_free and not self.is_held:
                self.is_held, self._hold_pulses = True, 1
            case AttendantRelease():
                self.is_held = False
            case AttendantStop() if not self.is_on_fire:
                self.is_held = False
            case Reset() if not self.is_blind:
                if self._reading.fire is False:
                    self.is_on_fire = False
                if not self.is_on_fire:
                    self.is_doubted = False
            case _:
                pass

    # -- what it does

    def after(self, phase: Phase) -> None:
        """Judge the phase that a machine shows after an event, and its hold output."""
        assert (phase is Phase.BLIND) is self.is_blind, "a lane sees exactly while it is read"
        if self.is_blind:
            return
        assert (phase is Phase.FORCED) is self.is_on_fire, "a fire is latched until its reset"
        is_held = self.is_held and not self.is_on_fire
        assert (phase is Phase.HELD) is is_held, "a hold lasts until it is released"
        is_up = self.is_held or self.is_on_fire
        assert self._is_hold_output_on is is_up, "the hold output follows hold and fire"
        is_due = self._now_s >= self._pulse_at_s + MIN_GAP_S
        if self.is_on_fire and is_due and isinstance(self._event, InputsRead | IoBack | Tick):
            assert not self._fire_pulses, "a fire raises the arm"

    def hold_output(self, *, is_on: bool) -> None:
        """Judge a switched hold output."""
        assert not self.is_blind, "a blind lane sends nothing"
        self._is_hold_output_on = is_on

    def passage(self, passage: Passage) -> None:
        """Judge a passage; one that nobody saw follows a pulse that went out."""
        assert passage.is_assumed is self._rules.is_passage_assumed
        if not passage.is_assumed:
            is_own = self._nose_at_s >= self._noses_from_s[passage.token]
            assert is_own, "no car passes whose nose was not under the arm"
        elif self._rules.has_arming:
            assert self._has_left_arming, "no car passes that stays on the arming loop"
        if passage.is_assumed and not self._rules.has_open_limit:
            assert self._answered_at_s is not None, "no passage is assumed without a pulse"
            assert self._now_s >= self._answered_at_s + OPEN_TIME_S
        if passage.is_assumed and self._rules.has_open_limit:
            assert self._was_open, "no passage is assumed under an arm that never opened"

    def pulse(
        self,
        event: LaneEvent,
        pulse: PulseOpen | PulseClose | PulseStop,
        *,
        has_grant: bool,
    ) -> None:
        """Judge one pulse, with a live grant or without; a stop alone waits for no gap."""
        assert not self.is_blind, "a blind lane sends nothing"
        assert self._now_s <= self._read_at_s + INPUT_AGE_MAX_S, "no pulse on old readings"
        if not isinstance(pulse, PulseStop):
            assert self._now_s >= self._pulse_at_s + MIN_GAP_S, "pulses keep their gap"
        self._pulse_at_s = self._now_s
        match pulse:
            case PulseStop():
                assert isinstance(event, AttendantStop), "only an attendant stops the arm"
                assert not self.is_on_fire, "nothing stops the arm in a fire"
            case PulseClose():
                self._close_pulse(event)
            case PulseOpen(cause=cause):
                self._answered_at_s, self._was_open, self._has_left_arming = None, False, False
                self._open_pulse(event, cause, has_grant=has_grant)

    def _close_pulse(self, event: LaneEvent) -> None:
        reading, rules = self._reading, self._rules
        assert isinstance(event, AttendantClose), "only an attendant lowers the arm"
        is_loop_clear = reading.under_arm is False or not rules.has_under_arm
        assert is_loop_clear, "no arm is lowered on what may be under it"
        assert reading.under_arm is not True
        assert reading.safety is False or not rules.has_safety, "the safety input is clear"
        assert reading.fire is False or not rules.has_fire, "no arm is lowered in a fire"
        assert not self.is_on_fire, "no arm is lowered in a fire"
        assert not self.is_held, "no held arm is lowered"
        assert not self.is_doubted, "no arm is lowered on a car that was tuned out"

    def _open_pulse(self, event: LaneEvent, cause: OpenCause, *, has_grant: bool) -> None:
        is_fire = cause is OpenCause.FIRE
        assert is_fire or not self._was_on_fire, "only the fire raises the arm in a fire"
        if cause is OpenCause.GRANT:
            self._is_attendants_opening = False
        if cause in (OpenCause.GRANT, OpenCause.RETRY):
            has_cause = has_grant or self._is_attendants_opening
            assert has_cause, "no arm is raised for a grant that is over"
        match cause:
            case OpenCause.FIRE:
                self._fire_pulses -= 1
                assert self._fire_pulses >= 0, "one fire is one pulse"
                assert self.is_on_fire
            case OpenCause.HOLD:
                self._hold_pulses -= 1
                assert self._hold_pulses >= 0, "one hold is one pulse"
                assert self.is_held
            case OpenCause.RETRY:
                assert self._reading.closed_limit is True, "only a closed arm is pulsed again"
            case OpenCause.GRANT:
                assert not self.is_held, "a held arm takes no grant"
                if isinstance(event, GrantGiven):
                    assert not self.is_locked, "a locked lane takes no grant"
                    is_car_there = self._reading.arming is True or not self._rules.has_arming
                    assert is_car_there, "no arm is raised without a car"
            case OpenCause.ATTENDANT:
                pass
