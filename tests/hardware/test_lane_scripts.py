"""Cars of every habit, each with a fault injected at some step, against what must always hold."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from hardware.lane_words import (
    AttendantClose,
    AttendantOpen,
    GrantGiven,
    LaneRules,
    Phase,
    PulseUnconfirmed,
    Reset,
)
from hardware.sim.cars import Car
from tests.hardware.watched_lane import WatchedLane

Step = Callable[["Scene"], object]


class Scene:
    """One lane and the car that a script is about."""

    def __init__(self, rules: LaneRules) -> None:
        self.lane = WatchedLane(rules)
        self.car: Car | None = None
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

    def attendant_closes(self) -> None:
        self.lane.tell(AttendantClose())


def wait(duration_s: float) -> Step:
    return lambda scene: scene.lane.run(duration_s)


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
    "wait": (*ARRIVE, wait(70.0), Scene.grant_again, wait(40.0)),
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
    "attendant closes": Scene.attendant_closes,
}
RULES = (
    LaneRules(),
    LaneRules(has_open_limit=False),
    LaneRules(has_closed_limit=False),
    LaneRules(has_open_limit=False, has_closed_limit=False),
)


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
        at_step=st.integers(0, 7),
    )
    def a_car_comes(self, script: str, fault: str, at_step: int) -> None:
        for number, action in enumerate(SCRIPTS[script]):
            if number == at_step:
                FAULTS[fault](self.scene)
            action(self.scene)

    @rule()
    def all_heals(self) -> None:
        lane = self.scene.lane
        lane.plant.heal()
        lane.find_io()
        for car in reversed(lane.plant.cars):
            lane.plant.back_out(car)
        lane.run(15.0)

    def teardown(self) -> None:
        self.all_heals()
        lane = self.scene.lane
        lane.tell(Reset())
        lane.run(60.0)
        assert (lane.state.phase, lane.state.alarms) == (Phase.IDLE, frozenset())
        assert lane.plant.arm_fraction == 0.0
        assert [token for token, ends in lane.answers.items() if len(ends) != 1] == []


TestCarsAndFaults = CarsAndFaults.TestCase
TestCarsAndFaults.settings = settings(
    max_examples=300, stateful_step_count=5, derandomize=True, deadline=None, database=None
)
