"""The certified operator of a simulated barrier: its inputs, its motor and its own closing.

It follows what the manuals of real operators say; which cars and loops stand before it is left
to `hardware.sim.plant`, and who pulses its inputs to those above.
"""

from dataclasses import dataclass
from enum import Enum
from math import inf
from typing import Final

AT_END_S: Final = 1e-9


class OpenLogic(Enum):
    """What an OPEN does when the arm is not down."""

    RELOAD = "reload"
    """It begins the pause again, or raises an arm that comes down."""
    STEP = "step"
    """It is the next step: a moving arm stops, a raised arm comes down, a stopped one turns."""


@dataclass(frozen=True, slots=True)
class OperatorSetup:
    """How the certified barrier operator behaves; without a pause it waits for its loop alone."""

    motor_s: float = 1.5
    close_delay_s: float = 1.0
    pause_s: float | None = 30.0
    logic: OpenLogic = OpenLogic.RELOAD
    vend_limit: int = 0
    """So many OPEN pulses are kept at an arm that is up: each lets one more car pass."""
    release_delay_s: float = 5.0
    """So long after fire or hold is released the arm comes down."""
    mains_close_delay_s: float | None = None
    """"Always closes": so long after the mains return a raised arm comes down."""


class BarrierOperator:
    """The motor and its logic. Call `decide` at each instant that `change_in_s` announces.

    Priorities of its inputs: STOP, then fire and hold, then OPEN, then CLOSE. A STOP holds until
    the next order, so that a fire or hold input that stays on does not raise the arm again.
    """

    def __init__(self, setup: OperatorSetup) -> None:
        self.setup = setup
        self.fraction = 0.0
        self.is_jammed = False
        self.is_broken_off = False
        self.has_mains = True
        self.is_hold_on = False
        self.is_fire_on = False
        self.is_stopped = False
        self._motor = 0  # +1 raises, -1 lowers, 0 rests
        self._last_motor = -1
        self._close_due_s = inf
        self._vends = 0
        self._was_blocked = False

    # -- what can be seen

    @property
    def is_open(self) -> bool:
        """The open limit: made at the end, and dropped as the arm sets off."""
        return self.fraction >= 1.0 and self._moving >= 0

    @property
    def is_closed(self) -> bool:
        """The closed limit; an arm that is broken off never makes it."""
        return self.fraction <= 0.0 and self._moving <= 0 and not self.is_broken_off

    @property
    def is_way_free(self) -> bool:
        """Whether a car can drive through."""
        return self.fraction >= 1.0 or self.is_broken_off

    @property
    def is_held_open(self) -> bool:
        """Whether an input is on that keeps the arm up."""
        return self.is_hold_on or self.is_fire_on

    # -- its inputs

    def open_pulse(self, now_s: float) -> bool:
        """Raise the arm; at a raised arm as `logic` and `vend_limit` say. False: it was lost."""
        if self._is_dead:
            return False
        if self.setup.logic is OpenLogic.STEP and not self.is_held_open:
            self._step(now_s)
            return True
        if self.fraction > 0.0 and self._motor >= 0:
            self._vends = min(self._vends + 1, self.setup.vend_limit)
        self._raise(now_s)
        return True

    def close_pulse(self) -> bool:
        """Lower the arm unless something is under it or an input keeps it up. False: refused."""
        if self._is_dead or self._was_blocked or self.is_held_open:
            return False
        self.is_stopped = False
        self._lower()
        return True

    def stop_pulse(self) -> None:
        """Let the arm stand where it is, and close no more by itself, until the next order."""
        if self.has_mains:
            self._motor, self._close_due_s, self._vends = 0, inf, 0
            self.is_stopped = True

    def hold(self, is_on: bool, now_s: float) -> None:
        """The maintained OPEN: the arm goes up and stays until it is released."""
        was_on, self.is_hold_on = self.is_hold_on, is_on
        self._maintain(was_on=was_on, is_on=is_on, now_s=now_s)

    def fire(self, is_on: bool, now_s: float) -> None:
        """The fire input: as hold, wired to the operator beside any board."""
        was_on, self.is_fire_on = self.is_fire_on, is_on
        self._maintain(was_on=was_on, is_on=is_on, now_s=now_s)

    # -- what happens to it

    def switch_mains(self, is_on: bool, now_s: float) -> None:
        """Without mains the arm stays where it is and every order is lost, a kept one too."""
        if is_on is self.has_mains:
            return
        self.has_mains = is_on
        if not is_on:
            self._motor, self._close_due_s, self._vends = 0, inf, 0
            self.is_stopped = False
        elif self.is_held_open:
            self._raise(now_s)
        elif self.setup.mains_close_delay_s is not None and self.fraction > 0.0:
            self._close_due_s = now_s + self.setup.mains_close_delay_s

    def crank(self, fraction: float) -> None:
        """Turn the arm to this place by hand: 0 down to 1 up; the motor lets go."""
        self._motor, self.fraction = 0, fraction

    def jam(self, is_jammed: bool, now_s: float) -> None:
        """Block the motor, or free it: then it goes on where it stopped."""
        self.is_jammed = is_jammed
        must_rise = self.is_held_open and not self.is_stopped and self._motor <= 0
        if must_rise and not self._is_dead:
            self._raise(now_s)

    def heal(self, now_s: float) -> None:
        """Repair arm, motor and mains."""
        self.is_broken_off = False
        self.jam(False, now_s)
        self.switch_mains(True, now_s)

    # -- how it moves

    def change_in_s(self, now_s: float) -> float:
        """Give the seconds until it reaches an end or means to close, inf for never."""
        return min(self._end_in_s(), max(0.0, self._close_due_s - now_s))

    def move(self, duration_s: float) -> None:
        """Let the motor run so long; no longer than `change_in_s`."""
        if self._motor != 0 and not self._is_dead:
            is_at_end = duration_s >= self._end_in_s() - AT_END_S
            end = 1.0 if self._motor > 0 else 0.0
            moved = self.fraction + self._motor * duration_s / self.setup.motor_s
            self.fraction = end if is_at_end else moved

    def decide(self, *, is_blocked: bool, now_s: float) -> None:
        """Look at its own loop and photocell, its limits and its timer."""
        if self._motor > 0 and self.fraction >= 1.0:
            self._motor = 0
            self._begin_pause(now_s)
        elif self._motor < 0 and is_blocked:
            self._motor = 1  # the operator's own loop guards its arm
        elif self._motor < 0 and self.fraction <= 0.0:
            self._motor = 0
        if self._was_blocked and not is_blocked and self.fraction > 0.0:
            self._car_has_passed(now_s)
        elif self._close_due_s <= now_s:
            self._close_due_s = inf
            if not is_blocked and self.fraction > 0.0 and self._may_close:
                self._lower()
        self._was_blocked = is_blocked
        self._last_motor = self._motor or self._last_motor

    @property
    def _is_dead(self) -> bool:
        return self.is_jammed or not self.has_mains

    @property
    def _moving(self) -> int:
        return 0 if self._is_dead else self._motor

    @property
    def _may_close(self) -> bool:
        return self.has_mains and not (self.is_stopped or self.is_held_open)

    def _end_in_s(self) -> float:
        if self._is_dead or self._motor == 0:
            return inf
        left = 1.0 - self.fraction if self._motor > 0 else self.fraction
        return left * self.setup.motor_s

    def _raise(self, now_s: float) -> None:
        self.is_stopped = False
        self._motor = 1 if self.fraction < 1.0 else 0
        self._begin_pause(now_s)

    def _lower(self) -> None:
        self._motor, self._close_due_s, self._vends = -1, inf, 0

    def _step(self, now_s: float) -> None:
        if self._motor != 0:
            self._motor, self._close_due_s = 0, inf
            self.is_stopped = True
        elif self.fraction <= 0.0 or (self.fraction < 1.0 and self._last_motor < 0):
            self._raise(now_s)
        else:
            self.close_pulse()

    def _maintain(self, *, was_on: bool, is_on: bool, now_s: float) -> None:
        if is_on and not was_on and not self._is_dead:
            self._raise(now_s)
        elif was_on and not is_on and self._may_close:
            self._close_due_s = now_s + self.setup.release_delay_s

    def _car_has_passed(self, now_s: float) -> None:
        if self._vends > 0:
            self._vends -= 1
            self._begin_pause(now_s)
        elif self._may_close:
            self._close_due_s = now_s + self.setup.close_delay_s

    def _begin_pause(self, now_s: float) -> None:
        pause_s = self.setup.pause_s
        self._close_due_s = inf if pause_s is None else now_s + pause_s
