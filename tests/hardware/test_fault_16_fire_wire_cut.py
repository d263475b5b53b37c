"""Fault 16: the fire wire is cut. It is wired normally closed, so that a cut reads as fire."""

from __future__ import annotations

from hardware.inputs import InputBank, InputWire
from hardware.lane import step
from hardware.lane_moves import Moved
from hardware.lane_words import (
    AlarmCode,
    AlarmRaised,
    HoldTo,
    InputsRead,
    IoBack,
    LaneInputs,
    LaneRules,
    LaneState,
    OpenCause,
    Phase,
    PulseOpen,
    Reset,
)

WIRES = {
    "arming": InputWire(1),
    "under_arm": InputWire(2),
    "open_limit": InputWire(3),
    "closed_limit": InputWire(4),
    "fire": InputWire(5, is_normally_closed=True),
}
QUIET = (False, False, False, True, True)
CUT = (False, False, False, True, False)


class WiredLane:
    """A machine behind the debounced inputs of a board."""

    def __init__(self) -> None:
        self.bank = InputBank(WIRES)
        self.state, _ = step(LaneState(rules=LaneRules(has_fire=True)), IoBack(), 0.0)
        self.now_s = 0.0

    def reads(self, current: tuple[bool, ...], *, for_s: float) -> list[Moved]:
        """What the machine does while the board reads this, 20 times a second."""
        moves = []
        for _ in range(round(for_s / 0.05)):
            self.now_s += 0.05
            self.bank.feed(current, self.now_s)
            inputs = LaneInputs(**self.bank.read(self.now_s))
            moves.append(step(self.state, InputsRead(inputs), self.now_s))
            self.state = moves[-1][0]
        return moves


def at_rest() -> WiredLane:
    lane = WiredLane()
    lane.reads(QUIET, for_s=3.0)
    assert lane.state.phase is Phase.IDLE
    return lane


def test_a_lane_whose_fire_wire_is_whole_starts_without_a_fire() -> None:
    assert at_rest().state.alarms == frozenset()


def test_a_cut_fire_wire_is_a_fire() -> None:
    lane = at_rest()
    actions = [action for _, done in lane.reads(CUT, for_s=1.0) for action in done]
    assert lane.state.phase is Phase.FORCED
    assert actions[:3] == [
        HoldTo(True),
        PulseOpen(OpenCause.FIRE),
        AlarmRaised(AlarmCode.FIRE),
    ]


def test_a_wire_that_was_cut_before_the_start_is_a_fire_once_it_has_been_read() -> None:
    lane = WiredLane()
    first, *_, last = lane.reads(CUT, for_s=1.0)
    assert (first[0].phase, last[0].phase) == (Phase.BOOT, Phase.FORCED)


def test_a_cut_wire_cannot_be_reset_before_it_is_mended() -> None:
    lane = at_rest()
    lane.reads(CUT, for_s=1.0)
    assert step(lane.state, Reset(), lane.now_s)[0].phase is Phase.FORCED
    lane.reads(QUIET, for_s=1.0)
    assert lane.state.phase is Phase.FORCED
    assert step(lane.state, Reset(), lane.now_s)[0].phase is Phase.BOOT


def test_a_board_without_the_channel_of_the_fire_wire_ends_no_fire() -> None:
    lane = at_rest()
    lane.reads(CUT, for_s=1.0)
    lane.reads(QUIET[:4], for_s=1.0)
    assert lane.state.inputs.fire is None
    assert step(lane.state, Reset(), lane.now_s)[0].phase is Phase.FORCED
