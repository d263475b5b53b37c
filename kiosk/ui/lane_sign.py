"""What the sign of a lane says about its barrier; the words and pictures belong to BarrierSign."""

from typing import Literal

from kiosk.services.views import LaneStatus

LaneSign = Literal["wait", "opening", "drive", "closing", "fault"]
"""The conditions of BarrierSign, one word of ux 35 each; "wait" is a barrier that is down."""

_SIGNS: dict[str, LaneSign] = {
    "blind": "fault",
    "boot": "closing",
    "idle": "wait",
    "present": "wait",
    "opening": "opening",
    "open": "drive",
    "passing": "drive",
    "closing": "closing",
    "fault": "fault",
}


def lane_sign(status: LaneStatus | None) -> LaneSign:
    """The sign for this phase of the barrier machine; a lane not heard of yet waits."""
    return "wait" if status is None else _SIGNS[status.phase]


def sign_after_grant(status: LaneStatus | None) -> LaneSign:
    """The sign for the driver whose grant was just given.

    The lane takes the order a moment after the screen has heard of it; "wait" in between
    would tell this driver that nothing happens.
    """
    sign = lane_sign(status)
    return "opening" if sign == "wait" else sign


def may_have_a_car(status: LaneStatus | None) -> bool:
    """Whether a car can stand before the barrier: only a loop that is clear says no."""
    return status is None or status.arming is not False
