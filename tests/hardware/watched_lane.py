"""A barrier machine and a plant in virtual time, watched at every step by what must always hold.

It judges the machine by what it was told and what it did, never by its own memory.
"""

from __future__ import annotations

from collections.abc import Callable

from hardware.lane import step
from hardware.lane_facts import next_due_s
from hardware.lane_moves import Moved
from hardware.lane_words import (
    AttendantOpen,
    GrantGiven,
    GrantVoided,
    HoldTo,
    InputsRead,
    IoBack,
    IoLost,
    LampTo,
    LaneAction,
    LaneEvent,
    LaneRules,
    LaneState,
    OpenCause,
    OutputStuck,
    Passage,
    Phase,
    PulseAnswered,
    PulseClose,
    PulseOpen,
    PulseStop,
    PulseUnconfirmed,
    VoidReason,
)
from hardware.sim.cars import Car
from hardware.sim.plant import LoopSetup, Plant
from tests.hardware.lane_watch import LaneWatch, wired

Step = Callable[[LaneState, LaneEvent, float], Moved]
Pulse = PulseOpen | PulseClose | PulseStop
HOLDING = (Phase.OPENING, Phase.OPEN, Phase.PASSING)


class WatchedLane:
    """Tell it, let time pass, and it asserts; `answers` holds what became of each token."""

    def __init__(
        self, rules: LaneRules, machine: Step = step, *, detectors: LoopSetup | None = None
    ) -> None:
        self._wired = wired(rules)
        self.plant = Plant(wired=self._wired, detectors=detectors)
        self.state = LaneState(rules=rules)
        self.now_s = 0.0
        self.has_io = True
        self.has_true_loops = not rules.is_passage_assumed and detectors is None
        self.loses_pulses = False
        self.answers: dict[str, list[LaneAction]] = {}
        self.told: list[LaneAction] = []
        self._step = machine
        self._watch = LaneWatch(rules)
        self._granted = 0
        self._passages = 0
        self._gone_on: set[Car] = set()
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
        """Take the board away: its relays drop."""
        self.has_io = False
        self.plant.hold(is_on=False)
        self.tell(IoLost())

    def find_io(self) -> None:
        """Bring the board back; without effect when it is there."""
        self.has_io = True
        if self.state.phase is Phase.BLIND:
            self.plant.hold(is_on=False)
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
        if isinstance(event, OutputStuck):
            self.plant.hold(is_on=False)
        was_seen = self._note_token(event)
        self._watch.hear(event, self.now_s)
        self.state, actions = self._step(self.state, event, self.now_s)
        self.told += actions
        for action in actions:
            self._judge(event, action, was_seen=was_seen)
        self._watch.after(self.state.phase)
        if self.state.grant is not None:
            assert self.state.phase in HOLDING, "a grant is held only while the arm is up for it"
        if any(isinstance(action, PulseOpen) for action in actions):
            self.tell(PulseUnconfirmed() if self.loses_pulses else PulseAnswered())

    # -- what must always hold

    def _judge(self, event: LaneEvent, action: LaneAction, *, was_seen: bool) -> None:
        match action:
            case PulseOpen() | PulseClose() | PulseStop():
                assert self.has_io, "nothing is sent to a board that is not there"
                has_grant = any(not ends for ends in self.answers.values())
                self._watch.pulse(event, action, has_grant=has_grant)
                self._judge_pulse(event, action, was_seen=was_seen)
                if not self.loses_pulses:
                    self._send(action)
            case HoldTo(is_on=is_on):
                assert self.has_io, "nothing is sent to a board that is not there"
                self._watch.hold_output(is_on=is_on)
                self.plant.hold(is_on)
            case LampTo():
                assert self.has_io or isinstance(event, IoLost)
            case Passage(token=token):
                assert not self.answers[token], "one grant is at most one passage"
                self._watch.passage(action)
                self._passages += 1
                has_gone_on = self._passages <= len(self._gone_on) or not self.has_true_loops
                assert has_gone_on, "no more passages than cars that went on"
                self.answers[token].append(action)
            case GrantVoided(token=token, why=why):
                if why is not VoidReason.TOKEN_USED:
                    assert not self.answers[token], "a grant ends once"
                    self.answers[token].append(action)
            case _:
                pass

    def _send(self, pulse: Pulse) -> None:
        match pulse:
            case PulseOpen():
                self.plant.open_pulse()
            case PulseClose():
                self.plant.close_pulse()
            case PulseStop():
                self.plant.stop_pulse()

    def _judge_pulse(self, event: LaneEvent, pulse: Pulse, *, was_seen: bool) -> None:
        if not isinstance(pulse, PulseOpen):
            return
        if pulse.cause is OpenCause.RETRY:
            self._retries += 1
            assert self._retries <= 1, "an arm is pulsed again once"
            return
        self._retries = 0
        if pulse.cause is OpenCause.GRANT and isinstance(event, GrantGiven):
            assert not was_seen, "a token opens once in its life"

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
                self.tell(InputsRead(self.plant.inputs()))
            if self.state.phase is before:
                return
