"""What the sign of a lane says about its barrier; the words and pictures belong to BarrierSign."""

from typing import Literal

from kiosk.services.views import Direction, LaneStatus

LaneSign = Literal["wait", "opening", "drive", "closing", "fault", "stop"]
"""The conditions of BarrierSign, one word of ux 35 each; "wait" is a barrier that is down."""

LaneTrouble = Literal["", "fire", "locked", "stopped", "fault"]
"""Why a lane takes no ticket, for the words beside its sign; empty when it takes one."""

HELD = "held"
"""Why a grant ends at an arm that is held open: its driver goes through, and no loop counts it."""

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
    "forced": "drive",
    "held": "drive",
    "stopped": "stop",
}
_TROUBLES: dict[str, LaneTrouble] = {"forced": "fire", "stopped": "stopped"}


def lane_sign(status: LaneStatus | None) -> LaneSign:
    """The sign for this phase of the barrier machine; a lane not heard of yet waits.

    In a fire everybody drives out and nobody in; before a locked barrier nobody waits.
    """
    if status is None:
        return "wait"
    if status.phase == "forced" and status.direction is Direction.ENTRY:
        return "stop"
    sign = _SIGNS[status.phase]
    return "stop" if sign == "wait" and status.is_locked else sign


def lane_trouble(status: LaneStatus | None) -> LaneTrouble:
    """Why no ticket opens this lane, the fire before all; a lane not heard of yet has none."""
    if status is None or status.is_in_order:
        return ""
    return _TROUBLES.get(status.phase, "locked" if _is_seen(status) else "fault")


def _is_seen(status: LaneStatus) -> bool:
    return status.phase not in {"blind", "fault"}


def sign_after_grant(status: LaneStatus | None) -> LaneSign:
    """The sign for the driver whose grant was just given.

    The lane takes the order a moment after the screen has heard of it; "wait" in between
    would tell this driver that nothing happens.
    """
    sign = "wait" if status is None else _SIGNS[status.phase]
    return "opening" if sign == "wait" else lane_sign(status)


def may_have_a_car(status: LaneStatus | None) -> bool:
    """Whether a car can stand before the barrier: only a loop that is clear says no."""
    return status is None or status.arming is not False
