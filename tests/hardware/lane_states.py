"""States and readings of a lane for the tests of the barrier machine's table."""

from __future__ import annotations

from dataclasses import replace

from hardware.lane import step
from hardware.lane_words import (
    InputsRead,
    Lamp,
    LaneActions,
    LaneInputs,
    LaneRules,
    LaneState,
    Phase,
    Tick,
)

NOW_S = 1000.0
LONG_AGO_S = 500.0


def read(*, arming: bool | None, under_arm: bool | None, arm: str) -> LaneInputs:
    """A reading; the arm is closed, open, between, both (limits made) or unknown."""
    open_limit, closed_limit = {
        "closed": (False, True),
        "open": (True, False),
        "between": (False, False),
        "both": (True, True),
        "unknown": (None, None),
    }[arm]
    return LaneInputs(arming, under_arm, open_limit, closed_limit)


CLOSED_EMPTY = read(arming=False, under_arm=False, arm="closed")
CLOSED_CAR = read(arming=True, under_arm=False, arm="closed")
BETWEEN_EMPTY = read(arming=False, under_arm=False, arm="between")
BETWEEN_CAR = read(arming=True, under_arm=False, arm="between")
OPEN_EMPTY = read(arming=False, under_arm=False, arm="open")
OPEN_CAR = read(arming=True, under_arm=False, arm="open")
OPEN_NOSE = read(arming=True, under_arm=True, arm="open")
OPEN_TAIL = read(arming=False, under_arm=True, arm="open")


def at(
    phase: Phase,
    inputs: LaneInputs,
    *,
    for_s: float = 2.0,
    grant: str | None = None,
    rules: LaneRules | None = None,
) -> LaneState:
    """A lane that has been in this phase, with this reading, for so long at NOW_S."""
    since_s = NOW_S - for_s
    return LaneState(
        rules=rules or LaneRules(),
        phase=phase,
        since_s=since_s,
        inputs=inputs,
        read_at_s=NOW_S,
        under_was=inputs.under_arm,
        under_since_s=since_s,
        clear_since_s=since_s if inputs.under_arm is False else None,
        has_nosed_in=inputs.under_arm is True,
        arming_since_s=since_s if inputs.arming is True else None,
        grant=grant,
        grant_since_s=since_s,
        retries_left=1,
        pulse_at_s=LONG_AGO_S,
        lamp=Lamp.GREEN if phase in (Phase.OPEN, Phase.PASSING) else Lamp.RED,
        used=(grant,) if grant is not None else (),
    )


def ticked(state: LaneState) -> tuple[Phase, LaneActions]:
    """What the passing of time does to this state at NOW_S."""
    after, actions = step(state, Tick(), NOW_S)
    return after.phase, actions


def then_read(state: LaneState, inputs: LaneInputs) -> tuple[Phase, LaneActions]:
    """What this reading does to this state at NOW_S."""
    after, actions = step(state, InputsRead(inputs), NOW_S)
    return after.phase, actions


def after_reads(state: LaneState, *readings: LaneInputs) -> LaneState:
    """The state after these readings, 50 ms apart from NOW_S on."""
    for number, inputs in enumerate(readings):
        state, _ = step(state, InputsRead(inputs), NOW_S + number * 0.05)
    return replace(state, read_at_s=NOW_S + len(readings) * 0.05)
