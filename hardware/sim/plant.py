"""A barrier with its loops and cars in virtual time: what stands behind a simulated relay board.

The certified operator lowers its arm by itself, as in a real lane. Nothing here knows grants or
boards; `hardware.sim.virtual_lane` and `hardware.sim.rig` connect it to a barrier machine.
"""

from collections.abc import Callable, Sequence
from typing import Final

from hardware.lane_words import LaneInputs
from hardware.sim.barrier import BarrierOperator, OpenLogic, OperatorSetup
from hardware.sim.cars import Car, CarQueue, LaneLayout
from hardware.sim.loops import Loop, LoopSetup

__all__ = ["LOOPS_AND_LIMITS", "LoopSetup", "OpenLogic", "OperatorSetup", "Plant"]

CAR_LENGTH_MM = 4500.0
CAR_SPEED_MM_S = 3000.0
LOOPS_AND_LIMITS: Final = ("arming", "under_arm", "open_limit", "closed_limit")


class Plant:
    """One lane in virtual time: `advance` it, then look; the same verbs give the same lane.

    Every verb acts at the instant of the last `advance`. `wired` names the fields of LaneInputs
    that lead to the board; `on_left` hears of each car that has driven through to the far end.
    """

    def __init__(
        self,
        *,
        layout: LaneLayout | None = None,
        operator: OperatorSetup | None = None,
        detectors: LoopSetup | None = None,
        wired: Sequence[str] = LOOPS_AND_LIMITS,
        now_s: float = 0.0,
    ) -> None:
        self.layout = layout or LaneLayout()
        self.operator = BarrierOperator(operator or OperatorSetup())
        self.now_s = now_s
        self.on_left: Callable[[Car], None] | None = None
        detectors = detectors or LoopSetup()
        self._loops = {name: Loop(detectors) for name in ("arming", "under_arm")}
        self._wired = tuple(wired)
        has_beam = "safety" in wired or detectors != LoopSetup()
        self._cars = CarQueue(self.layout, has_beam=has_beam)
        self._is_obstructed = False
        self._stuck: dict[str, bool | None] = {}

    # -- what can be seen

    @property
    def cars(self) -> tuple[Car, ...]:
        """The cars in the lane, the foremost first."""
        return tuple(self._cars)

    @property
    def stuck(self) -> tuple[str, ...]:
        """The inputs that report one value, by name."""
        return tuple(sorted(self._stuck))

    @property
    def tuned_out(self) -> tuple[str, ...]:
        """The loops that a car stands on which they no longer report, by name."""
        return tuple(name for name, loop in self._loops.items() if loop.is_tuned_out)

    @property
    def arm_fraction(self) -> float:
        """How far the arm is up: 0 closed to 1 open."""
        return self.operator.fraction

    def inputs(self) -> LaneInputs:
        """Read what is wired, as the stuck ones report it."""
        return LaneInputs(**{name: self.read(name) for name in self._wired})

    def read(self, name: str) -> bool | None:
        """Read one input by its name in LaneInputs, wired or not."""
        if name in self._stuck:
            return self._stuck[name]
        match name:
            case "open_limit":
                return self.operator.is_open
            case "closed_limit":
                return self.operator.is_closed
            case "safety":
                return self._is_beam_broken()
            case "fire":
                return self.operator.is_fire_on
        return self._loops[name].is_detecting

    # -- virtual time

    def next_change_s(self) -> float:
        """Give the next instant at which anything changes by itself, inf when all rests."""
        rolling_s = self._cars.next_change_in_s()
        change_s = self.now_s + min(rolling_s, self.operator.change_in_s(self.now_s))
        return min(change_s, *(loop.next_change_s(self.now_s) for loop in self._loops.values()))

    def advance(self, now_s: float) -> None:
        """Let time pass until `now_s`, change by change."""
        while (change_s := self.next_change_s()) <= now_s:
            self._move(change_s)
            self._decide()
        self._move(now_s)

    # -- the wires of the barrier operator, and the guard's own remote and crank

    def open_pulse(self) -> None:
        """Raise the arm; at a raised arm what the operator's logic says."""
        if self.operator.open_pulse(self.now_s):
            self._decide()

    def remote_open(self) -> None:
        """Raise the arm by the guard's remote, which our machine has not commanded."""
        self.open_pulse()

    def close_pulse(self) -> None:
        """Lower the arm unless the operator's own loop or photocell is occupied."""
        if self.operator.close_pulse():
            self._decide()

    def stop_pulse(self) -> None:
        """Let the arm stand where it is until the next order."""
        self.operator.stop_pulse()
        self._decide()

    def hold(self, is_on: bool) -> None:
        """Maintain OPEN, or release it."""
        self.operator.hold(is_on, self.now_s)
        self._decide()

    def fire(self, is_on: bool) -> None:
        """Begin or end a fire alarm: wired to the operator, mirrored by the fire input."""
        self.operator.fire(is_on, self.now_s)
        self._decide()

    def crank(self, fraction: float) -> None:
        """Turn the arm to this place by hand, with or without mains: 0 down to 1 up."""
        self.operator.crank(fraction)
        self._decide()

    # -- what drivers do

    def drive_up(
        self, *, length_mm: float = CAR_LENGTH_MM, speed_mm_s: float = CAR_SPEED_MM_S
    ) -> Car:
        """Let a car roll onto the arming loop, or queue, and wait."""
        car = self._cars.join(length_mm=length_mm, speed_mm_s=speed_mm_s)
        self._send(car, self.layout.stop_mm)
        return car

    def drive_through(self, car: Car) -> None:
        """Let this car go on, and leave, as soon as the arm is up."""
        car.may_pass = True
        self._send(car, self.layout.end_mm + car.length_mm)

    def tailgate(
        self, *, length_mm: float = CAR_LENGTH_MM, speed_mm_s: float = CAR_SPEED_MM_S
    ) -> Car:
        """Let a car come that drives under any arm it finds raised."""
        car = self._cars.join(length_mm=length_mm, speed_mm_s=speed_mm_s)
        self.drive_through(car)
        return car

    def back_out(self, car: Car) -> None:
        """Let this car reverse out of the lane, from wherever it stands."""
        self._send(car, min(self.layout.start_mm, car.front_mm))

    def nose_back(self, car: Car) -> None:
        """Let this car put its nose under the arm once it is up, then reverse to the line."""
        car.may_pass = True
        self._send(car, self.layout.hold_mm, self.layout.stop_mm)

    def stall(self, car: Car) -> None:
        """Let this car stop where it is until it is sent on."""
        car.is_stalled = True
        self._decide()

    def cross(
        self, *, length_mm: float = CAR_LENGTH_MM, speed_mm_s: float = CAR_SPEED_MM_S
    ) -> Car:
        """Let a car roll onto the arming loop and off again: it is on its way elsewhere."""
        car = self._cars.join(length_mm=length_mm, speed_mm_s=speed_mm_s)
        self._send(car, self.layout.stop_mm, min(self.layout.start_mm, car.front_mm))
        return car

    def obstruct(self, is_there: bool) -> None:
        """Put something between the posts that no loop sees, or take it away."""
        self._is_obstructed = is_there
        self._decide()

    # -- what breaks

    def jam(self) -> None:
        """Cut the motor's power: the arm stays where it is and pulses are lost."""
        self.operator.jam(True, self.now_s)

    def unjam(self) -> None:
        """Give the motor its power again: it goes on where it stopped."""
        self.operator.jam(False, self.now_s)
        self._decide()

    def mains(self, is_on: bool) -> None:
        """Take or give the operator its mains; board, loops and limits have their own supply."""
        self.operator.switch_mains(is_on, self.now_s)
        self._decide()

    def break_arm(self) -> None:
        """Break the arm off: nothing bars the way, and the closed limit is not made again."""
        self.operator.is_broken_off = True
        self._decide()

    def stick(self, name: str, value: bool | None) -> None:
        """Let the input of this name (a field of LaneInputs) report one value for ever."""
        self._stuck[name] = value

    def unstick(self, name: str) -> None:
        """Let this input report again what there is."""
        self._stuck.pop(name, None)

    def cut_loop(self, name: str) -> None:
        """Cut the wire of a loop; the operator hears its detector too."""
        self._loops[name].cut()
        self._decide()

    def tune_out(self, name: str) -> None:
        """Let the detector take the car that stands over its loop for the road, now."""
        self._loops[name].tune_out()
        self._decide()

    def heal(self) -> None:
        """Repair everything; a motor that was cut off goes on where it stopped."""
        self.operator.heal(self.now_s)
        for loop in self._loops.values():
            loop.mend()
        self._stuck.clear()
        self._decide()

    # -- how it moves

    def _is_beam_broken(self) -> bool:
        arm_mm = self.layout.arm_mm
        return self._is_obstructed or self._cars.is_over(arm_mm, arm_mm)

    def _look(self) -> None:
        layout = self.layout
        over_arming = self._cars.is_over(layout.arming_from_mm, layout.arming_until_mm)
        self._loops["arming"].see(is_covered=over_arming, now_s=self.now_s)
        under_arm = self._cars.is_over(layout.under_arm_from_mm, layout.under_arm_until_mm)
        self._loops["under_arm"].see(is_covered=under_arm, now_s=self.now_s)

    def _move(self, until_s: float) -> None:
        duration_s = until_s - self.now_s
        if duration_s > 0:
            self._cars.roll(duration_s)
            self.operator.move(duration_s)
        self.now_s = until_s
        self._look()

    def _decide(self) -> None:
        gone = self._cars.decide(is_arm_up=self.operator.is_way_free)
        self._look()
        is_blocked = self._loops["under_arm"].is_detecting or self._is_beam_broken()
        self.operator.decide(is_blocked=is_blocked, now_s=self.now_s)
        if self.on_left is not None:
            for car in gone:
                self.on_left(car)

    def _send(self, car: Car, *goals_mm: float) -> None:
        car.is_stalled = False
        car.goals_mm = list(goals_mm)
        self._decide()
