"""A barrier with its loops and cars in virtual time: what stands behind a simulated relay board.

The certified operator lowers its arm by itself, as in a real lane. Nothing here knows grants or
boards; `hardware.sim.virtual_lane` and `hardware.sim.rig` connect it to a barrier machine.
"""

from dataclasses import dataclass
from math import inf

from hardware.lane_words import LaneInputs
from hardware.sim.cars import Car, CarQueue, LaneLayout

CAR_LENGTH_MM = 4500.0
CAR_SPEED_MM_S = 3000.0


@dataclass(frozen=True, slots=True)
class OperatorSetup:
    """How the certified barrier operator behaves; without a pause it waits for its loop alone."""

    motor_s: float = 1.5
    close_delay_s: float = 1.0
    pause_s: float | None = 30.0


class Plant:
    """One lane in virtual time: `advance` it, then look; the same verbs give the same lane.

    Every verb acts at the instant of the last `advance`.
    """

    def __init__(
        self,
        *,
        layout: LaneLayout | None = None,
        operator: OperatorSetup | None = None,
        now_s: float = 0.0,
    ) -> None:
        self.layout = layout or LaneLayout()
        self.operator = operator or OperatorSetup()
        self.now_s = now_s
        self.arm_fraction = 0.0
        self._motor = 0  # +1 raises, -1 lowers, 0 rests
        self._close_due_s = inf
        self._cars = CarQueue(self.layout)
        self._was_under_arm = False
        self._is_jammed = False
        self._stuck: dict[str, bool | None] = {}

    # -- what can be seen

    @property
    def cars(self) -> tuple[Car, ...]:
        """The cars in the lane, the foremost first."""
        return tuple(self._cars)

    def inputs(self) -> LaneInputs:
        """Read both loops and both limits, as the stuck ones report them."""
        layout, stuck = self.layout, self._stuck
        moving = 0 if self._is_jammed else self._motor  # a limit drops out as the arm sets off
        is_arming = self._cars.is_over(layout.arming_from_mm, layout.arming_until_mm)
        return LaneInputs(
            arming=stuck.get("arming", is_arming),
            under_arm=stuck.get("under_arm", self._is_under_arm()),
            open_limit=stuck.get("open_limit", self.arm_fraction >= 1.0 and moving >= 0),
            closed_limit=stuck.get("closed_limit", self.arm_fraction <= 0.0 and moving <= 0),
        )

    # -- virtual time

    def next_change_s(self) -> float:
        """Give the next instant at which anything changes by itself, inf when all rests."""
        return self.now_s + min(
            self._cars.next_change_in_s(),
            self._arm_change_in_s(),
            max(0.0, self._close_due_s - self.now_s),
        )

    def advance(self, now_s: float) -> None:
        """Let time pass until `now_s`, change by change."""
        while (change_s := self.next_change_s()) <= now_s:
            self._move(change_s)
            self._decide()
        self._move(now_s)

    # -- the wires of the barrier operator, and the guard's own remote

    def open_pulse(self) -> None:
        """Raise the arm; at an open arm begin the pause again."""
        if not self._is_jammed:
            self._motor = 1 if self.arm_fraction < 1.0 else 0
            self._begin_pause()
            self._decide()

    def remote_open(self) -> None:
        """Raise the arm by the guard's remote, which our machine has not commanded."""
        self.open_pulse()

    def close_pulse(self) -> None:
        """Lower the arm unless the operator's own loop is occupied."""
        if not self._is_jammed and not self._is_under_arm():
            self._motor, self._close_due_s = -1, inf
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

    # -- what breaks

    def jam(self) -> None:
        """Cut the motor's power: the arm stays where it is and pulses are lost."""
        self._is_jammed = True

    def stick(self, name: str, value: bool | None) -> None:
        """Let the input of this name (a field of LaneInputs) report one value for ever."""
        self._stuck[name] = value

    def heal(self) -> None:
        """Repair everything; a motor that was cut off goes on where it stopped."""
        self._is_jammed = False
        self._stuck.clear()
        self._decide()

    # -- how it moves

    def _is_under_arm(self) -> bool:
        return self._cars.is_over(self.layout.under_arm_from_mm, self.layout.under_arm_until_mm)

    def _arm_change_in_s(self) -> float:
        if self._is_jammed or self._motor == 0:
            return inf
        left = 1.0 - self.arm_fraction if self._motor > 0 else self.arm_fraction
        return left * self.operator.motor_s

    def _move(self, until_s: float) -> None:
        duration_s = until_s - self.now_s
        if duration_s > 0:
            self._cars.roll(duration_s)
            if self._motor != 0 and not self._is_jammed:
                is_at_end = duration_s >= self._arm_change_in_s() - 1e-9
                end = 1.0 if self._motor > 0 else 0.0
                moved = self.arm_fraction + self._motor * duration_s / self.operator.motor_s
                self.arm_fraction = end if is_at_end else moved
        self.now_s = until_s

    def _decide(self) -> None:
        self._cars.decide(is_arm_up=self.arm_fraction >= 1.0)
        is_under_arm = self._is_under_arm()
        if self._motor > 0 and self.arm_fraction >= 1.0:
            self._motor = 0
            self._begin_pause()
        elif self._motor < 0 and is_under_arm:
            self._motor = 1  # the operator's own loop guards its arm
        elif self._motor < 0 and self.arm_fraction <= 0.0:
            self._motor = 0
        if self._was_under_arm and not is_under_arm and self.arm_fraction > 0.0:
            self._close_due_s = self.now_s + self.operator.close_delay_s
        elif self._close_due_s <= self.now_s:
            self._close_due_s = inf
            if not is_under_arm and self.arm_fraction > 0.0:
                self._motor = -1
        self._was_under_arm = is_under_arm

    def _begin_pause(self) -> None:
        pause_s = self.operator.pause_s
        self._close_due_s = inf if pause_s is None else self.now_s + pause_s

    def _send(self, car: Car, *goals_mm: float) -> None:
        car.is_stalled = False
        car.goals_mm = list(goals_mm)
        self._decide()
