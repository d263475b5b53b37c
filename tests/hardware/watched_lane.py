"""A barrier machine and a plant in virtual time, watched at every step by what must always hold.

It judges the machine by what it was told and what it did, never by its own memory.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf

from hardware.lane import step
from hardware.lane_facts import next_due_s
from hardware.lane_words import (
    AttendantClose,
    AttendantOpen,
    GrantGiven,
    GrantVoided,
    InputsRead,
    IoBack,
    IoLost,
    LampTo,
    LaneAction,
    LaneEvent,
    LaneInputs,
    LaneRules,
    LaneState,
    OpenCause,
    Passage,
    Phase,
    PulseClose,
    PulseOpen,
    VoidReason,
)
from hardware.sim.cars import Car
from hardware.sim.plant import Plant

MIN_GAP_S = 1.0
INPUT_AGE_MAX_S = 0.5
HOLDING = (Phase.OPENING, Phase.OPEN, Phase.PASSING)


class WatchedLane:
    """Tell it, let time pass, and it asserts; `answers` holds what became of each token."""

    def __init__(self, rules: LaneRules) -> None:
        self.plant = Plant()
        self.state = LaneState(rules=rules)
        self.now_s = 0.0
        self.has_io = True
        self.has_true_loops = True
        self.answers: dict[str, list[LaneAction]] = {}
        self._granted = 0
        self._passages = 0
        self._gone_on: set[Car] = set()
        self._reading = LaneInputs()
        self._read_at_s = -inf
        self._pulse_at_s = -inf
        self._retries = 0
        self.tell(IoBack())

    # -- what a test does

    def grant(self) -> str:
        """Give a new grant."""
        token = self.new_token()
        self.tell(GrantGiven(token))
        return token

    def new_token(self) -> str:
        """A token that nobody has seen."""
        self._granted += 1
        return f"g{self._granted}"

    def lose_io(self) -> None:
        """Take the board away."""
        self.has_io = False
        self.tell(IoLost())

    def find_io(self) -> None:
        """Bring the board back; without effect when it is there."""
        self.has_io = True
        if self.state.phase is Phase.BLIND:
            self.tell(IoBack())

    def keep_silent(self, duration_s: float) -> None:
        """Let time pass without a reading, as when a thread was starved."""
        self.now_s += duration_s
        self.plant.advance(self.now_s)

    def run(self, duration_s: float) -> None:
        """Let time pass, and read at each change."""
        until_s = self.now_s + duration_s
        self._look()
        while True:
            own_s = next_due_s(self.state, self.now_s)
            change_s = min(own_s, self.plant.next_change_s())
            self.now_s = min(change_s, until_s)
            self.plant.advance(self.now_s)
            self._look()
            if change_s > until_s:
                return

    def tell(self, event: LaneEvent) -> None:
        """Hand over one event and watch the answer."""
        if isinstance(event, InputsRead):
            self._reading, self._read_at_s = event.inputs, self.now_s
        if isinstance(event, IoBack):
            self._reading, self._read_at_s = LaneInputs(), self.now_s
        was_seen = self._note_token(event)
        self.state, actions = step(self.state, event, self.now_s)
        for action in actions:
            self._watch(event, action, was_seen=was_seen)
        if self.state.grant is not None:
            assert self.state.phase in HOLDING, "a grant is held only while the arm is up for it"

    # -- what must always hold

    def _watch(self, event: LaneEvent, action: LaneAction, *, was_seen: bool) -> None:
        match action:
            case PulseOpen() | PulseClose():
                assert self.has_io, "nothing is sent to a board that is not there"
                assert self.state.phase is not Phase.BLIND
                assert self.now_s >= self._pulse_at_s + MIN_GAP_S, "pulses keep their gap"
                self._pulse_at_s = self.now_s
                self._watch_pulse(event, action, was_seen=was_seen)
            case LampTo():
                assert self.has_io or isinstance(event, IoLost)
            case Passage(token=token):
                assert not self.answers[token], "one grant is at most one passage"
                self._passages += 1
                assert self._passages <= len(self._gone_on) or not self.has_true_loops
                self.answers[token].append(action)
            case GrantVoided(token=token, why=why):
                if why is not VoidReason.TOKEN_USED:
                    assert not self.answers[token], "a grant ends once"
                    self.answers[token].append(action)
            case _:
                pass

    def _watch_pulse(
        self, event: LaneEvent, action: PulseOpen | PulseClose, *, was_seen: bool
    ) -> None:
        reading = self._reading
        is_fresh = self.now_s <= self._read_at_s + INPUT_AGE_MAX_S
        match action:
            case PulseClose():
                assert isinstance(event, AttendantClose), "only an attendant lowers the arm"
                assert is_fresh, "no arm is lowered on old readings"
                assert reading.under_arm is False, "no arm is lowered on what may be under it"
                self.plant.close_pulse()
            case PulseOpen(cause=OpenCause.RETRY):
                self._retries += 1
                assert self._retries <= 1, "an arm is pulsed again once"
                assert reading.closed_limit is True, "only a closed arm is pulsed again"
                self.plant.open_pulse()
            case PulseOpen(cause=OpenCause.GRANT):
                if isinstance(event, GrantGiven):
                    assert not was_seen, "a token opens once in its life"
                    assert is_fresh, "no arm is raised on old readings"
                    assert reading.arming is True, "no arm is raised without a car"
                self._retries = 0
                self.plant.open_pulse()
            case PulseOpen(cause=OpenCause.ATTENDANT):
                self._retries = 0
                self.plant.open_pulse()

    def _note_token(self, event: LaneEvent) -> bool:
        if isinstance(event, GrantGiven | AttendantOpen) and event.token is not None:
            was_seen = event.token in self.answers
            self.answers.setdefault(event.token, [])
            return was_seen
        return False

    def _look(self) -> None:
        # Two loops cannot tell a car that reverses from there from a next one that closes up.
        left_mm = self.plant.layout.arming_until_mm - 0.1
        self._gone_on.update(car for car in self.plant.cars if car.rear_mm >= left_mm)
        for _ in range(8):  # a machine takes one row per event
            before = self.state.phase
            if self.has_io:
                self.find_io()
                self.tell(InputsRead(self._inputs()))
            if self.state.phase is before:
                return

    def _inputs(self) -> LaneInputs:
        inputs, rules = self.plant.inputs(), self.state.rules
        return replace(
            inputs,
            open_limit=inputs.open_limit if rules.has_open_limit else None,
            closed_limit=inputs.closed_limit if rules.has_closed_limit else None,
        )
