"""What a lane promises to those above it, real or simulated, and what it tells them.

Nothing here runs: `hardware.lane_runner` keeps the promise on a real lane and
`hardware.sim.virtual_lane` in virtual time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Final, Protocol

from hardware.inputs import OWN_BOARD, InputWire
from hardware.lane_words import (
    AlarmCleared,
    AlarmCode,
    AlarmRaised,
    GrantVoided,
    HoldTo,
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
    PulseStop,
)


class Output(Enum):
    """What a relay of a lane is wired to."""

    OPEN = "open"
    CLOSE = "close"
    STOP = "stop"
    HOLD = "hold"
    """Keeps the arm open for as long as it is on."""
    GREEN = "green"
    RED = "red"
    FULL = "full"
    """The sign that says that no space is idle."""
    HOST_ALIVE = "host_alive"
    """Drops when this program no longer runs; the installer wires what then happens."""


PULSED: Final = frozenset({Output.OPEN, Output.CLOSE, Output.STOP})
LEASED: Final = frozenset({Output.HOLD, Output.HOST_ALIVE})
"""Relays that must drop when the host dies, where the board can time that."""


@dataclass(frozen=True, slots=True)
class OutputWire:
    """Where an output is wired: channel from 1 on the board of this name."""

    channel: int
    board: str = OWN_BOARD

    def __post_init__(self) -> None:
        if self.channel < 1:
            raise ValueError(f"channels count from 1, not {self.channel}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneSetup:
    """How one lane is wired; inputs go by their names in LaneInputs.

    Only OPEN has to be there. A lane without an `under_arm` loop cannot see a passage, so it must
    say that it assumes it.
    """

    name: str
    outputs: Mapping[Output, OutputWire]
    inputs: Mapping[str, InputWire]
    is_passage_assumed: bool = False
    pulse_ms: int = 500
    timers: LaneTimers = field(default_factory=LaneTimers)

    def __post_init__(self) -> None:
        """Raise ValueError for a channel that stands for two things: a lamp is no OPEN pulse."""
        if Output.OPEN not in self.outputs:
            raise ValueError(f"lane {self.name}: no relay is wired to OPEN")
        unknown = set(self.inputs) - {each.name for each in fields(LaneInputs)}
        if unknown:
            raise ValueError(f"lane {self.name}: no such inputs: {sorted(unknown)}")
        if not self.is_passage_assumed and not {"arming", "under_arm"} <= set(self.inputs):
            raise ValueError(f"lane {self.name}: without both loops no passage is seen")
        relays = [(relay.board, relay.channel) for relay in self.outputs.values()]
        contacts = [(contact.board, contact.channel) for contact in self.inputs.values()]
        for places in (relays, contacts):
            if len(set(places)) < len(places):
                raise ValueError(f"lane {self.name}: a channel is used twice in {places}")

    @property
    def rules(self) -> LaneRules:
        """What the barrier machine must know of this lane."""
        return LaneRules(
            timers=self.timers,
            has_open_limit="open_limit" in self.inputs,
            has_closed_limit="closed_limit" in self.inputs,
            has_arming="arming" in self.inputs,
            has_safety="safety" in self.inputs,
            has_fire="fire" in self.inputs,
            is_passage_assumed=self.is_passage_assumed,
        )

    @property
    def boards(self) -> frozenset[str]:
        """The names of the boards that this lane needs."""
        relays = {relay.board for relay in self.outputs.values()}
        return frozenset(relays | {contact.board for contact in self.inputs.values()})


@dataclass(frozen=True, slots=True)
class LaneView:
    """What a screen may show of a lane; `since_s` is the instant at which the phase began."""

    phase: Phase
    inputs: LaneInputs
    lamp: Lamp
    alarms: frozenset[AlarmCode]
    grant: str | None
    since_s: float
    is_held: bool = False
    is_locked: bool = False


class OrderState(Enum):
    """What is known of a pulse that was ordered of a relay."""

    ORDERED = "ordered"
    CONFIRMED = "confirmed"
    """The board answered with what it was asked, or shows the relay closed."""
    SENT = "sent"
    """It went out to a board that never answers."""
    UNCONFIRMED = "unconfirmed"
    """It may have reached the relay or not."""
    TAKEN_BACK = "taken_back"
    """It never went out."""


@dataclass(frozen=True, slots=True)
class RelayOrder:
    """One pulse of a lane, by its number since the start, and what the board said to it."""

    number: int
    output: Output
    state: OrderState
    answer: str = ""
    """The frame in hexadecimal, or why there is none."""


class LaneListener(Protocol):
    """Hears a lane on the lane's own thread; every call only enqueues, none may block or raise.

    Codes are the values of `VoidReason`, `LaneNotice` and `AlarmCode`; instants are monotonic
    seconds. Each granted token ends in one `passage` or one `grant_voided`. A token that is
    granted again after its end is voided again: nothing new for who knows that it has ended.
    """

    def lane_changed(self, lane: str, view: LaneView) -> None: ...

    def passage(self, lane: str, token: str, *, at_s: float, is_assumed: bool) -> None: ...

    def grant_voided(self, lane: str, token: str, why: str) -> None: ...

    def lane_noticed(self, lane: str, notice: str) -> None: ...

    def alarm(self, lane: str, code: str, *, is_raised: bool) -> None: ...

    def relay_ordered(self, lane: str, order: RelayOrder) -> None:
        """A pulse was ordered, or it is known what became of it."""


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

    def attendant_stop(self) -> None:
        """Halt the arm where it is and end the grant; the lane waits for a reset."""

    def attendant_hold(self) -> None:
        """Keep the arm open until `attendant_release`; no grant is taken meanwhile."""

    def attendant_release(self) -> None:
        """End the hold, also one that waits behind a fire."""

    def lock(self) -> None:
        """Take no more grants until `unlock`; an attendant can still open."""

    def unlock(self) -> None:
        """Take grants again."""

    def reset(self) -> None:
        """Let a lane in FAULT, STOPPED or FORCED start again; refused while fire is reported."""

    def show_full(self, is_full: bool) -> None:
        """Switch the sign that says that no space is idle, if the lane has one."""


def view_of(state: LaneState) -> LaneView:
    """Give what may be shown of a state."""
    return LaneView(
        phase=state.phase,
        inputs=state.inputs,
        lamp=state.lamp,
        alarms=state.alarms,
        grant=state.grant,
        since_s=state.since_s,
        is_held=state.is_hold_latched,
        is_locked=state.is_locked,
    )


def tell(listener: LaneListener, lane: str, action: LaneAction, *, at_s: float) -> None:
    """Hand one action to the listener; those that go to the wire are not its concern."""
    match action:
        case Passage(token=token, is_assumed=is_assumed):
            listener.passage(lane, token, at_s=at_s, is_assumed=is_assumed)
        case GrantVoided(token=token, why=why):
            listener.grant_voided(lane, token, why.value)
        case Noticed(notice=notice):
            listener.lane_noticed(lane, notice.value)
        case AlarmRaised(code=code):
            listener.alarm(lane, code.value, is_raised=True)
        case AlarmCleared(code=code):
            listener.alarm(lane, code.value, is_raised=False)
        case PulseOpen() | PulseClose() | PulseStop() | HoldTo() | LampTo():
            pass
