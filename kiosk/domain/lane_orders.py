"""What an attendant can order of a lane, what stands against it, and what is answered.

Opening for a stay has a use case and outcomes of its own (outcomes.py); the rules of the barrier
itself are the lane's, and this only foretells them, so that nothing is offered in vain.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from kiosk.domain.ids import LaneName


class LaneOrder(Enum):
    """An order to a lane, under an attendant's name."""

    OPEN = "open"
    CLOSE = "close"
    STOP = "stop"
    HOLD = "hold"
    RELEASE = "release"
    LOCK = "lock"
    UNLOCK = "unlock"
    RESET = "reset"


class LaneObstacle(Enum):
    """Why a lane would not obey an order now."""

    BLIND = "blind"
    """Its board does not answer."""
    FIRE = "fire"
    """A fire is reported, or the arm is up for one."""
    HELD = "held"
    """The arm is held open: release it first."""
    CAR = "car"
    """Something is under the arm or in its photocell."""
    LOOP_SUSPECT = "loop-suspect"
    """The loop under the arm is not believed until somebody has looked and reset the lane."""
    UNKNOWN = "unknown"
    """The lane does not know what is under its arm."""


REASONED = frozenset({LaneOrder.HOLD, LaneOrder.LOCK})
"""Orders that change what the lane does for everybody who comes: they need a reason."""


@dataclass(frozen=True, slots=True)
class LaneWiring:
    """What a lane is wired for, by the site file; what is not wired is never offered."""

    can_close: bool = False
    can_stop: bool = False
    can_hold: bool = False
    has_safety: bool = False
    has_fire: bool = False
    is_passage_assumed: bool = False
    """It has no loop under its arm: a passage is assumed after each open pulse."""
    has_full_sign: bool = False
    has_arming: bool = True
    """A loop before the barrier says that a car stands there; else who presents a ticket does."""

    def has(self, order: LaneOrder) -> bool:
        """Whether there is a relay for an order, or it needs none."""
        match order:
            case LaneOrder.CLOSE:
                return self.can_close
            case LaneOrder.STOP:
                return self.can_stop
            case LaneOrder.HOLD:
                return self.can_hold
            case _:
                return True


OPEN_ONLY: Final = LaneWiring()
"""The least that a lane has."""


@dataclass(frozen=True, slots=True)
class LaneOrdered:
    """The order is written with its name and given to the lane, which reports what came of it."""

    lane: LaneName
    order: LaneOrder


@dataclass(frozen=True, slots=True)
class NotWired:
    """The lane has no relay for this; nothing was ordered."""


@dataclass(frozen=True, slots=True)
class OrderRefused:
    """The lane would not obey now; nothing was ordered."""

    why: LaneObstacle
