"""What a lane promises to those above it, real or simulated, and what it tells them.

Nothing here runs: `hardware.lane_runner` keeps the promise on a real lane and
`hardware.sim.virtual_lane` in virtual time.
"""

from dataclasses import dataclass, field
from typing import Protocol

from hardware.inputs import InputWire
from hardware.lane_words import (
    AlarmCleared,
    AlarmCode,
    AlarmRaised,
    GrantVoided,
    Lamp,
    LampTo,
    LaneAction,
    LaneInputs,
    LaneRules,
    LaneState,
    LaneTimers,
    Noticed,
    Passage,
    Phase,
    PulseClose,
    PulseOpen,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneSetup:
    """How one lane is wired: relay and input channels count from 1; a limit may not exist."""

    name: str
    open_channel: int
    close_channel: int
    arming: InputWire
    under_arm: InputWire
    open_limit: InputWire | None = None
    closed_limit: InputWire | None = None
    green_channel: int | None = None
    red_channel: int | None = None
    pulse_ms: int = 500
    timers: LaneTimers = field(default_factory=LaneTimers)

    def __post_init__(self) -> None:
        """Raise ValueError for a channel that stands for two things: a lamp is no OPEN pulse."""
        outputs = [self.open_channel, self.close_channel, self.green_channel, self.red_channel]
        inputs = [wire.channel for wire in self.wires().values()]
        for channels in (outputs, inputs):
            given = [channel for channel in channels if channel is not None]
            if len(set(given)) < len(given):
                raise ValueError(f"lane {self.name}: a channel is used twice in {given}")

    @property
    def rules(self) -> LaneRules:
        """What the barrier machine must know of this lane."""
        return LaneRules(
            timers=self.timers,
            has_open_limit=self.open_limit is not None,
            has_closed_limit=self.closed_limit is not None,
        )

    def wires(self) -> dict[str, InputWire]:
        """Give the wired inputs by their name in LaneInputs."""
        wired = {
            "arming": self.arming,
            "under_arm": self.under_arm,
            "open_limit": self.open_limit,
            "closed_limit": self.closed_limit,
        }
        return {name: wire for name, wire in wired.items() if wire is not None}


@dataclass(frozen=True, slots=True)
class LaneView:
    """What a screen may show of a lane; `since_s` is the instant at which the phase began."""

    phase: Phase
    inputs: LaneInputs
    lamp: Lamp
    alarms: frozenset[AlarmCode]
    grant: str | None
    since_s: float


class LaneListener(Protocol):
    """Hears a lane on the lane's own thread; every call only enqueues, none may block or raise.

    Codes are the values of `VoidReason`, `LaneNotice` and `AlarmCode`; instants are monotonic
    seconds. Each granted token ends in one `passage` or one `grant_voided`. A token that is
    granted again after its end is voided again: nothing new for who knows that it has ended.
    """

    def lane_changed(self, lane: str, view: LaneView) -> None: ...

    def passage(self, lane: str, token: str, *, at_s: float) -> None: ...

    def grant_voided(self, lane: str, token: str, why: str) -> None: ...

    def lane_noticed(self, lane: str, notice: str) -> None: ...

    def alarm(self, lane: str, code: str, *, is_raised: bool) -> None: ...


class LaneControl(Protocol):
    """What services see of a lane. No call waits for the lane; the answer comes to the listener.

    Raises CommandDropped when the lane has more to do than it can remember: nothing was ordered.
    """

    @property
    def name(self) -> str: ...

    def grant(self, token: str) -> None:
        """Let one car pass: raises the arm now, or answers `grant_voided` at once."""

    def attendant_open(self, token: str, reason: str) -> None:
        """Raise the arm on an attendant's word; the token is a grant, the reason is audited."""

    def attendant_close(self) -> None:
        """Lower the arm on an attendant's word; refused (a notice) unless nothing is under it."""

    def reset(self) -> None:
        """Let a lane in FAULT start again."""


def view_of(state: LaneState) -> LaneView:
    """Give what may be shown of a state."""
    return LaneView(
        phase=state.phase,
        inputs=state.inputs,
        lamp=state.lamp,
        alarms=state.alarms,
        grant=state.grant,
        since_s=state.since_s,
    )


def tell(listener: LaneListener, lane: str, action: LaneAction, *, at_s: float) -> None:
    """Hand one action to the listener; those that go to the wire are not its concern."""
    match action:
        case Passage(token=token):
            listener.passage(lane, token, at_s=at_s)
        case GrantVoided(token=token, why=why):
            listener.grant_voided(lane, token, why.value)
        case Noticed(notice=notice):
            listener.lane_noticed(lane, notice.value)
        case AlarmRaised(code=code):
            listener.alarm(lane, code.value, is_raised=True)
        case AlarmCleared(code=code):
            listener.alarm(lane, code.value, is_raised=False)
        case PulseOpen() | PulseClose() | LampTo():
            pass
