"""One drive with two lanes: a car that leaves the first comes onto the second's arming loop.

Each lane stays a `Plant` of its own; this only keeps their times together and hands cars over.
"""

from collections.abc import Sequence
from typing import Protocol

from hardware.sim.cars import Car
from hardware.sim.plant import Plant


class Timed(Protocol):
    """What passes time from change to change: a Plant, or the VirtualLane over it."""

    def next_change_s(self) -> float: ...
    def advance(self, now_s: float, /) -> None: ...


class Drive:
    """Two lanes back to back, the second behind the first; `advance` them here alone.

    With `stays` a car that comes over wants to pass the second lane, too, and waits there;
    without it, it rolls over the loop and away. `timed` are the lanes over the plants, if any.
    """

    def __init__(
        self, first: Plant, second: Plant, *, stays: bool, timed: Sequence[Timed] | None = None
    ) -> None:
        self._second = second
        self._stays = stays
        self._timed = tuple(timed or (first, second))
        self._leaving: list[Car] = []
        first.on_left = self._leaving.append

    def next_change_s(self) -> float:
        """Give the next instant at which anything changes by itself, inf when all rests."""
        return min(each.next_change_s() for each in self._timed)

    def advance(self, now_s: float) -> None:
        """Let time pass in both lanes until `now_s`, change by change."""
        while (change_s := self.next_change_s()) <= now_s:
            self._pass_until(change_s)
        self._pass_until(now_s)

    def _pass_until(self, now_s: float) -> None:
        for each in self._timed:
            each.advance(now_s)
        while self._leaving:
            car = self._leaving.pop(0)
            comes = self._second.drive_up if self._stays else self._second.cross
            comes(length_mm=car.length_mm, speed_mm_s=car.speed_mm_s)
