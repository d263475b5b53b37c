"""Cars of every habit and faults to inject at some step, for the tests of a watched lane.

`play` runs one script with one fault; `CarsAndFaults` runs many, one after another, and ends with
a lane that has healed.
"""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from hardware.lane import step
from hardware.lane_words import (
    AttendantClose,
    AttendantHold,
    AttendantOpen,
    AttendantRelease,
    AttendantStop,
    GrantGiven,
    LaneEvent,
    LaneRules,
    LockLane,
    OutputStuck,
    Phase,
    PulseUnconfirmed,
    Reset,
    UnlockLane,
)
from hardware.sim.cars import Car
from tests.hardware.watched_lane import Step as Machine
from tests.hardware.watched_lane import WatchedLane

Step = Callable[["Scene"], object]


class Scene:
    """One lane and the car that a script is about."""

    def __init__(self, rules: LaneRules, machine: Machine = step) -> None:
        self.lane = WatchedLane(rules, machine)
        self.car: Car | None = None
        self.stranger: Car | None = None
        self.token = ""

    def drive_up(self) -> None:
        self.car = self.lane.plant.drive_up()

    def grant(self) -> None:
        self.token = self.lane.grant()

    def grant_again(self) -> None:
        self.lane.tell(GrantGiven(self.token or self.lane.new_token()))

    def grant_after_silence(self) -> None:
        self.lane.keep_silent(0.6)
        self.lane.grant()

    def drive_through(self) -> None:
        if self.car is not None:
            self.lane.plant.drive_through(self.car)

    def back_out(self) -> None:
        if self.car is not None:
            self.lane.plant.back_out(self.car)

    def nose_back(self) -> None:
        if self.car is not None:
            self.lane.plant.nose_back(self.car)

    def stall(self) -> None:
        if self.car is not None:
            self.lane.plant.stall(self.car)

    def attendant_opens(self) -> None:
        self.lane.tell(AttendantOpen(self.lane.new_token(), "test"))

    def fire_starts(self) -> None:
        self.lane.plant.fire(True)

    def fire_ends(self) -> None:
        self.lane.plant.fire(False)

    def lose_pulses(self) -> None:
        self.lane.loses_pulses = True

    def late_answer(self) -> None:
        """A grant, and an attendant's close, on a reading that is no longer fresh."""
        self.lane.keep_silent(0.6)
        self.lane.tell(AttendantClose())

    def tune_out(self) -> None:
        self.lane.has_true_loops = False
        self.lane.run(245.0)
        self.lane.plant.tune_out("under_arm")

    def car_under_closed_arm(self) -> None:
        """Let another car stand under an arm that was cranked down on it."""
        lane = self.lane
        lane.plant.remote_open()
        lane.run(2.0)
        self.stranger = lane.plant.tailgate(length_mm=2000.0)
        lane.run(2.0)
        lane.plant.stall(self.stranger)
        lane.plant.crank(0.0)
        lane.run(2.0)

    def stranger_leaves(self) -> None:
        if self.stranger is not None:
            self.lane.plant.drive_through(self.stranger)


def wait(duration_s: float) -> Step:
    return lambda scene: scene.lane.run(duration_s)


def told(event: LaneEvent) -> Step:
    return lambda scene: scene.lane.tell(event)


def in_turn(*steps: Step) -> Step:
    def one_by_one(scene: Scene) -> None:
        for each in steps:
            each(scene)

    return one_by_one


def stick(name: str, value: bool | None) -> Step:
    def stuck(scene: Scene) -> None:
        scene.lane.has_true_loops = False
        scene.lane.plant.stick(name, value)

    return stuck


ARRIVE: tuple[Step, ...] = (Scene.drive_up, wait(2.0), Scene.grant)
SCRIPTS: dict[str, tuple[Step, ...]] = {
    "through": (*ARRIVE, wait(2.0), Scene.drive_through, wait(9.0)),
    "back-out": (*ARRIVE, wait(2.0), Scene.back_out, wait(25.0)),
    "nose-back": (*ARRIVE, Scene.nose_back, wait(4.0), Scene.drive_through, wait(9.0)),
    "tailgate": (
        *ARRIVE,
        Scene.drive_through,
        lambda scene: scene.lane.plant.tailgate(),
        wait(12.0),
    ),
    "stall": (
        *ARRIVE,
        Scene.drive_through,
        wait(2.5),
        Scene.stall,
        wait(200.0),
        Scene.grant_again,
        Scene.drive_through,
        wait(9.0),
    ),
    "reverse": (*ARRIVE, Scene.drive_through, wait(3.2), Scene.back_out, wait(25.0)),
    "reverse from beyond": (
        *ARRIVE,
        Scene.drive_through,
        wait(4.5),
        Scene.back_out,
        wait(25.0),
    ),
    "wait": (*ARRIVE, wait(70.0), Scene.grant_again, wait(40.0)),
    "guard's remote": (
        lambda scene: scene.lane.plant.remote_open(),
        wait(2.0),
        *ARRIVE,
        Scene.drive_through,
        wait(40.0),
    ),
    "stranger": (
        Scene.car_under_closed_arm,
        *ARRIVE,
        wait(2.0),
        Scene.back_out,
        wait(1.5),
        Scene.stranger_leaves,
        wait(30.0),
    ),
    "fire": (
        *ARRIVE,
        Scene.fire_starts,
        wait(3.0),
        Scene.drive_through,
        told(Reset()),
        wait(9.0),
        Scene.fire_ends,
        wait(9.0),
        told(Reset()),
        wait(12.0),
    ),
    "hold": (
        *ARRIVE,
        told(AttendantHold()),
        wait(2.0),
        Scene.drive_through,
        Scene.grant,
        wait(9.0),
        told(AttendantClose()),
        told(AttendantRelease()),
        wait(9.0),
    ),
    "stop": (
        *ARRIVE,
        wait(0.5),
        told(AttendantStop()),
        wait(3.0),
        Scene.grant,
        told(Reset()),
        wait(2.0),
        Scene.attendant_opens,
        wait(2.0),
        Scene.drive_through,
        wait(9.0),
    ),
}
FAULTS: dict[str, Step] = {
    "none": lambda scene: None,
    "board lost": lambda scene: scene.lane.lose_io(),
    "readings late": Scene.grant_after_silence,
    "arm jammed": lambda scene: scene.lane.plant.jam(),
    "arming stuck on": stick("arming", True),
    "arming unknown": stick("arming", None),
    "under-arm stuck on": stick("under_arm", True),
    "under-arm dead": stick("under_arm", False),
    "under-arm unknown": stick("under_arm", None),
    "closed limit stuck": stick("closed_limit", True),
    "closed limit dead": stick("closed_limit", False),
    "closed limit unknown": stick("closed_limit", None),
    "open limit dead": stick("open_limit", False),
    "guard's remote": lambda scene: scene.lane.plant.remote_open(),
    "token again": Scene.grant_again,
    "grant too many": lambda scene: scene.lane.grant(),
    "pulse unconfirmed": lambda scene: scene.lane.tell(PulseUnconfirmed()),
    "attendant opens": Scene.attendant_opens,
    "attendant opens without grant": lambda scene: scene.lane.tell(AttendantOpen(None, "test")),
    "attendant closes": told(AttendantClose()),
    "attendant closes late": Scene.late_answer,
    "attendant holds": told(AttendantHold()),
    "attendant releases": told(AttendantRelease()),
    "attendant stops": told(AttendantStop()),
    "attendant resets": told(Reset()),
    "locked": told(LockLane()),
    "unlocked": told(UnlockLane()),
    "relay stuck": told(OutputStuck()),
    "pulses lost": Scene.lose_pulses,
    "loop tuned out": Scene.tune_out,
    "grant while blind": in_turn(lambda scene: scene.lane.lose_io(), Scene.grant),
    "hold, then stop": in_turn(told(AttendantHold()), wait(2.0), told(AttendantStop())),
    "hold, then board lost": in_turn(
        told(AttendantHold()), wait(2.0), lambda scene: scene.lane.lose_io(), wait(1.0)
    ),
    "hold, then released while blind": in_turn(
        told(AttendantHold()),
        wait(2.0),
        lambda scene: scene.lane.lose_io(),
        told(AttendantRelease()),
        wait(1.0),
    ),
    "closed, granted, then relay stuck": in_turn(
        told(AttendantClose()), Scene.grant, told(OutputStuck())
    ),
    "granted in vain, then relay stuck": in_turn(
        Scene.lose_pulses, Scene.grant, told(OutputStuck()), wait(7.0)
    ),
    "fire, then board lost": in_turn(
        Scene.fire_starts, wait(2.0), lambda scene: scene.lane.lose_io(), wait(1.0)
    ),
    "hold, then relay stuck": in_turn(told(AttendantHold()), wait(2.0), told(OutputStuck())),
    "loop tuned out, then closed": in_turn(Scene.tune_out, wait(2.0), told(AttendantClose())),
    "fire": Scene.fire_starts,
    "fire over": Scene.fire_ends,
    "fire unknown": stick("fire", None),
    "fire wire cut": stick("fire", True),
    "beam broken": lambda scene: scene.lane.plant.obstruct(True),
    "beam unknown": stick("safety", None),
}
ALL_WIRED = LaneRules(has_safety=True, has_fire=True)
ASSUMED = LaneRules(is_passage_assumed=True, has_fire=True)
BLINDFOLD = LaneRules(
    is_passage_assumed=True, has_arming=False, has_open_limit=False, has_closed_limit=False
)
RULES = (
    LaneRules(),
    ALL_WIRED,
    LaneRules(has_open_limit=False, has_closed_limit=False, has_fire=True),
    ASSUMED,
    LaneRules(is_passage_assumed=True, has_arming=False, has_open_limit=False, has_safety=True),
    BLINDFOLD,
    LaneRules(has_open_limit=False),
    LaneRules(has_closed_limit=False),
    LaneRules(has_open_limit=False, has_closed_limit=False),
)


def play(scene: Scene, script: str, *, fault: str, at_step: int) -> None:
    """Run one script; the fault comes before this step of it, or after its end."""
    steps = list(SCRIPTS[script])
    steps.insert(at_step, FAULTS[fault])
    for action in steps:
        action(scene)


def heal(scene: Scene) -> None:
    """Mend everything and send all cars back."""
    lane = scene.lane
    lane.plant.heal()
    lane.plant.obstruct(False)
    lane.plant.fire(False)
    lane.loses_pulses = False
    lane.find_io()
    for car in reversed(lane.plant.cars):
        lane.plant.back_out(car)
    lane.run(15.0)


def come_to_rest(scene: Scene) -> None:
    """Mend everything, let an attendant end what is latched, and expect a lane like new."""
    heal(scene)
    lane = scene.lane
    for event in (AttendantRelease(), Reset(), UnlockLane()):
        lane.tell(event)
    if lane.plant.arm_fraction > 0.0:  # an operator that was stopped waits for an order
        lane.tell(AttendantClose())
    lane.run(60.0)
    assert (lane.state.phase, lane.state.alarms) == (Phase.IDLE, frozenset())
    assert lane.plant.arm_fraction == 0.0
    assert [token for token, ends in lane.answers.items() if len(ends) != 1] == []


class CarsAndFaults(RuleBasedStateMachine):
    """Some cars come one after another; at the end all heals and the lane must be at rest."""

    scene: Scene

    @initialize(rules=st.sampled_from(RULES))
    def build(self, rules: LaneRules) -> None:
        self.scene = Scene(rules)
        self.scene.lane.run(6.0)

    @rule(
        script=st.sampled_from(sorted(SCRIPTS)),
        fault=st.sampled_from(sorted(FAULTS)),
        at_step=st.integers(0, 12),
    )
    def a_car_comes(self, script: str, fault: str, at_step: int) -> None:
        play(self.scene, script, fault=fault, at_step=at_step)

    @rule()
    def all_heals(self) -> None:
        heal(self.scene)

    def teardown(self) -> None:
        come_to_rest(self.scene)
