"""What happens to a small site by itself: time, cars that turn round, a card provider in trouble.

What drivers and attendants do stands in stage.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from hardware.sim.cars import Car
from kiosk.domain.ids import LaneName
from kiosk.payments.simulator import SimulatedFault
from tests.fakes.truth import Truth


class World(Truth):
    """A site in virtual time that goes on."""

    def back_out(self, lane: LaneName, car: Car) -> None:
        """The car reverses out of the lane; the lane comes to rest."""
        self.site.lanes[lane].plant.back_out(car)
        self.wait(seconds=70)

    # -- the card provider

    def fault_next(self, *faults: SimulatedFault) -> None:
        """The next requests to the provider meet these faults."""
        self.site.simulator.fault_next(*faults)

    def hold_payments(self) -> list[Callable[[], None]]:
        """From now on what is asked of the provider waits, in order, until it is called."""
        waiting: list[Callable[[], None]] = []
        self.site.core.run_payment = lambda _adapter, task: waiting.append(task)
        return waiting

    # -- time

    def wait(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass."""
        self.site.pass_time(timedelta(minutes=minutes, seconds=seconds))

    def wait_until(self, instant: datetime) -> None:
        """Let time pass until an instant."""
        self.site.pass_until(instant)
