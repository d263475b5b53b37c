"""Cars that roll through a simulated lane in virtual time, one behind the other.

It knows lengths, speeds, queues and what each driver wants; the arm that lets them pass and the
loops that report them are left to `hardware.sim.plant`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf

CLOSE_ENOUGH_MM = 0.01
NUDGE_MM = 0.1  # a reversing car has left an edge only when it is past it
LEAST_STEP_S = 1e-6


@dataclass(frozen=True, slots=True)
class LaneLayout:
    """Places along a lane in millimetres from the near edge of the arming loop, inwards.

    A queued driver moves up once the car ahead has gone on by `move_up_mm`; a tailgater does not
    wait, and two cars that are closer than the arming loop is long look like one to the lane.
    """

    start_mm: float = -2000.0
    arming_from_mm: float = 0.0
    arming_until_mm: float = 2000.0
    stop_mm: float = 1500.0
    under_arm_from_mm: float = 3500.0
    arm_mm: float = 4500.0
    under_arm_until_mm: float = 5500.0
    end_mm: float = 7000.0
    gap_mm: float = 1000.0
    move_up_mm: float = 4000.0

    @property
    def hold_mm(self) -> float:
        """Where the nose of a car stops that meets a lowered arm beyond the stop line."""
        return self.arm_mm - 200.0


@dataclass(eq=False, slots=True)
class Car:
    """One car and its driver; `front_mm` is its nose. Only the verbs of Plant change it."""

    length_mm: float
    speed_mm_s: float
    front_mm: float
    goals_mm: list[float] = field(default_factory=list)
    may_pass: bool = False
    is_stalled: bool = False
    velocity_mm_s: float = 0.0

    @property
    def rear_mm(self) -> float:
        """Where its tail is."""
        return self.front_mm - self.length_mm

    def is_over(self, from_mm: float, until_mm: float) -> bool:
        """Say whether any part of it is over this loop."""
        is_in = self.front_mm >= from_mm - CLOSE_ENOUGH_MM
        return is_in and self.rear_mm < until_mm - CLOSE_ENOUGH_MM


class CarQueue:
    """The cars in one lane, the foremost first; `has_beam`: time stops between the posts too."""

    def __init__(self, layout: LaneLayout, *, has_beam: bool = False) -> None:
        self._layout = layout
        self._has_beam = has_beam
        self._cars: list[Car] = []

    def __iter__(self) -> Iterator[Car]:
        return iter(self._cars)

    def join(self, *, length_mm: float, speed_mm_s: float) -> Car:
        """Let one more car come, behind the last one."""
        front_mm = self._layout.start_mm
        if self._cars:
            front_mm = min(front_mm, self._cars[-1].rear_mm - self._layout.gap_mm)
        car = Car(length_mm, speed_mm_s, front_mm, velocity_mm_s=speed_mm_s)
        self._cars.append(car)
        return car

    def is_over(self, from_mm: float, until_mm: float) -> bool:
        """Say whether any car is over this loop."""
        return any(car.is_over(from_mm, until_mm) for car in self._cars)

    def next_change_in_s(self) -> float:
        """Give the seconds until a car reaches an edge, a place or its neighbour."""
        soonest_s = inf
        for index, car in enumerate(self._cars):
            for ahead_mm in self._ahead_mm(car):
                step_s = ahead_mm / abs(car.velocity_mm_s)
                if LEAST_STEP_S < step_s < soonest_s:
                    soonest_s = step_s
            if index > 0:
                leader = self._cars[index - 1]
                closing_mm_s = car.velocity_mm_s - leader.velocity_mm_s
                if closing_mm_s != 0:
                    wanted_mm = 0.0 if closing_mm_s > 0 else self._layout.move_up_mm
                    step_s = (self._room_mm(leader, car) - wanted_mm) / closing_mm_s
                    if LEAST_STEP_S < step_s < soonest_s:
                        soonest_s = step_s
        return soonest_s

    def roll(self, duration_s: float) -> None:
        """Move every car on; no longer than `next_change_in_s`."""
        for car in self._cars:
            car.front_mm += car.velocity_mm_s * duration_s

    def decide(self, *, is_arm_up: bool) -> list[Car]:
        """Let every driver look ahead: who has arrived, who is gone, who may go, how fast.

        Gives the cars that have just left at the far end.
        """
        rolling = {car for car in self._cars if car.velocity_mm_s > 0 or car.may_pass}
        for car in self._cars:
            if car.goals_mm and abs(car.goals_mm[0] - car.front_mm) < CLOSE_ENOUGH_MM:
                car.goals_mm.pop(0)
            car.velocity_mm_s = 0.0
        gone = [car for car in self._cars if self._is_gone(car)]
        if gone:
            self._cars = [car for car in self._cars if car not in gone]
        follower: Car | None = None
        for car in reversed(self._cars):
            if self._is_reversing(car):
                is_close = follower is not None and self._is_close(car, follower)
                behind_mm_s = -follower.velocity_mm_s if follower and is_close else car.speed_mm_s
                car.velocity_mm_s = -min(car.speed_mm_s, max(0.0, behind_mm_s))
            follower = car
        leader: Car | None = None
        for car in self._cars:
            if car.front_mm < self._limit_mm(car, is_arm_up=is_arm_up) - CLOSE_ENOUGH_MM:
                car.velocity_mm_s = self._forward_mm_s(car, leader, is_rolling=car in rolling)
            leader = car
        return [car for car in gone if car.front_mm > self._layout.end_mm]

    def _forward_mm_s(self, car: Car, leader: Car | None, *, is_rolling: bool) -> float:
        if leader is None:
            return car.speed_mm_s
        room_mm = self._room_mm(leader, car)
        if not is_rolling and room_mm < self._layout.move_up_mm - CLOSE_ENOUGH_MM:
            return 0.0
        if room_mm < CLOSE_ENOUGH_MM:
            return min(car.speed_mm_s, max(0.0, leader.velocity_mm_s))
        return car.speed_mm_s

    def _is_gone(self, car: Car) -> bool:
        is_out = car.front_mm <= self._layout.start_mm + CLOSE_ENOUGH_MM
        is_in = car.rear_mm >= self._layout.end_mm - CLOSE_ENOUGH_MM
        return not car.goals_mm and (is_out or is_in)

    def _limit_mm(self, car: Car, *, is_arm_up: bool) -> float:
        if car.is_stalled or not car.goals_mm:
            return -inf
        limit_mm = car.goals_mm[0]
        may_go = is_arm_up and car.may_pass
        if not may_go and car.front_mm <= self._layout.stop_mm + CLOSE_ENOUGH_MM:
            limit_mm = min(limit_mm, self._layout.stop_mm)
        if not is_arm_up and car.front_mm <= self._layout.hold_mm + CLOSE_ENOUGH_MM:
            limit_mm = min(limit_mm, self._layout.hold_mm)
        return limit_mm

    def _is_reversing(self, car: Car) -> bool:
        return bool(car.goals_mm) and not car.is_stalled and car.goals_mm[0] < car.front_mm

    def _is_close(self, leader: Car, follower: Car) -> bool:
        return self._room_mm(leader, follower) < CLOSE_ENOUGH_MM

    def _room_mm(self, leader: Car, follower: Car) -> float:
        return leader.rear_mm - self._layout.gap_mm - follower.front_mm

    def _ahead_mm(self, car: Car) -> Iterator[float]:
        layout, velocity = self._layout, car.velocity_mm_s
        if velocity == 0:
            return
        places = (
            car.goals_mm[0] if car.goals_mm else car.front_mm,
            layout.stop_mm,
            layout.hold_mm,
        )
        edges = [
            layout.arming_from_mm,
            layout.arming_until_mm + car.length_mm,
            layout.under_arm_from_mm,
            layout.under_arm_until_mm + car.length_mm,
        ]
        if self._has_beam:
            edges += [layout.arm_mm, layout.arm_mm + car.length_mm]
        if velocity > 0:
            yield from (place - car.front_mm for place in (*places, *edges))
        else:
            yield car.front_mm - places[0]
            yield from (car.front_mm - edge + NUDGE_MM for edge in edges)
