"""The words of the barrier machine: phases, timers, inputs, events and actions.

It leaves every rule to `hardware.lane`, which also hands these names on, and every wire to
`hardware.lane_runner`.
"""

from dataclasses import dataclass
from enum import Enum
from math import inf


class Phase(Enum):
    """Where a lane stands between two cars."""

    BLIND = "blind"
    BOOT = "boot"
    IDLE = "idle"
    PRESENT = "present"
    OPENING = "opening"
    OPEN = "open"
    PASSING = "passing"
    CLOSING = "closing"
    FAULT = "fault"
    FORCED = "forced"
    HELD = "held"
    STOPPED = "stopped"


class Lamp(Enum):
    """What the lane's lamp shows."""

    GREEN = "green"
    RED = "red"


class OpenCause(Enum):
    """Why an open pulse goes out: no pulse without one."""

    GRANT = "grant"
    RETRY = "retry"
    ATTENDANT = "attendant"
    FIRE = "fire"
    HOLD = "hold"


class VoidReason(Enum):
    """Why a grant ends without a passage."""

    BLIND = "blind"
    NOT_READY = "not_ready"
    FAULT = "fault"
    NO_CAR = "no_car"
    BUSY = "busy"
    TOKEN_USED = "token_used"  # noqa: S105 - a reason, no secret
    IO_LOST = "io_lost"
    OPEN_TIMEOUT = "open_timeout"
    BACK_OUT = "back_out"
    ABANDONED = "abandoned"
    ARM_CLOSED = "arm_closed"
    ATTENDANT_CLOSED = "attendant_closed"
    REPLACED = "replaced"
    FIRE = "fire"
    STOPPED = "stopped"
    HELD = "held"
    LOCKED = "locked"
    LOOP_SUSPECT = "loop_suspect"


class LaneNotice(Enum):
    """What happened in the lane and needs no answer; the desk counts some of them."""

    WELCOME = "welcome"
    IDLE = "idle"
    EXTERNAL_OPEN = "external_open"
    TAILGATE = "tailgate"
    BACK_OUT = "back_out"
    NOSE_BACK = "nose_back"
    ABANDONED = "abandoned"
    CLOSE_REFUSED = "close_refused"


class AlarmCode(Enum):
    """What is raised for the attendant; the lane clears it, some only after a reset."""

    IO_LOST = "io_lost"
    ARM_NOT_CLOSED = "arm_not_closed"
    OPEN_TIMEOUT = "open_timeout"
    CLOSE_TIMEOUT = "close_timeout"
    LOOP_STUCK = "loop_stuck"
    LIMITS_CONFLICT = "limits_conflict"
    PULSE_UNCONFIRMED = "pulse_unconfirmed"
    FIRE = "fire"
    STOPPED = "stopped"
    LOOP_SUSPECT = "loop_suspect"
    OUTPUT_STUCK = "output_stuck"


@dataclass(frozen=True, slots=True)
class LaneTimers:
    """The waits of one lane in seconds; `open_time_s` and `close_time_s` stand in for limits.

    A loop that clears after more than `loop_tuned_out_s` may have a car standing on it still.
    Raises ValueError when a lane with these waits could never report its arm as open.
    """

    settle_s: float = 1.5
    open_max_s: float = 6.0
    close_max_s: float = 40.0
    grant_ttl_s: float = 20.0
    min_gap_s: float = 1.0
    loop_stuck_s: float = 180.0
    loop_tuned_out_s: float = 240.0
    open_retries: int = 1
    open_time_s: float = 3.0
    close_time_s: float = 5.0
    input_age_max_s: float = 0.5

    def __post_init__(self) -> None:
        if not self.min_gap_s <= self.open_time_s < self.open_max_s:
            raise ValueError("a lane needs min_gap_s <= open_time_s < open_max_s")


@dataclass(frozen=True, slots=True)
class LaneRules:
    """What a machine must know of its lane: the waits, and which inputs are wired.

    A lane that assumes its passages has no loop under its arm, and perhaps no arming loop.
    Raises ValueError when a lane that sees its passages has no arming loop.
    """

    timers: LaneTimers = LaneTimers()
    has_open_limit: bool = True
    has_closed_limit: bool = True
    has_arming: bool = True
    has_safety: bool = False
    has_fire: bool = False
    is_passage_assumed: bool = False

    def __post_init__(self) -> None:
        if not self.has_arming and not self.is_passage_assumed:
            raise ValueError("a lane without an arming loop can only assume its passages")

    @property
    def has_under_arm(self) -> bool:
        """Say whether a loop under the arm tells who passes."""
        return not self.is_passage_assumed


@dataclass(frozen=True, slots=True)
class LaneInputs:
    """One debounced reading; None is unknown, or not wired, and neither occupied nor clear."""

    arming: bool | None = None
    under_arm: bool | None = None
    open_limit: bool | None = None
    closed_limit: bool | None = None
    safety: bool | None = None
    fire: bool | None = None


@dataclass(frozen=True, slots=True)
class LaneState:
    """All that a machine remembers; a new one is BLIND and knows nothing.

    The latches for fire, hold and lock outlive every phase, BLIND too.
    """

    rules: LaneRules = LaneRules()
    phase: Phase = Phase.BLIND
    since_s: float = 0.0
    inputs: LaneInputs = LaneInputs()
    read_at_s: float = -inf
    under_was: bool | None = None
    under_since_s: float = 0.0
    clear_since_s: float | None = None
    has_nosed_in: bool = False
    has_left_arming: bool = False
    has_left_closed: bool = False
    grant: str | None = None
    grant_since_s: float = 0.0
    retries_left: int = 0
    is_raised_by_attendant: bool = False
    owed: OpenCause | None = None
    pulse_at_s: float = -inf
    answered_at_s: float | None = None
    is_fire_latched: bool = False
    is_hold_latched: bool = False
    is_locked: bool = False
    is_loop_doubted: bool = False
    is_arming_doubted: bool = False
    arming_since_s: float | None = None
    unseen_in_row: int = 0
    lamp: Lamp = Lamp.RED
    alarms: frozenset[AlarmCode] = frozenset()
    used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


@dataclass(frozen=True, slots=True)
class IoLost:
    """The board cannot be read: port lost, or three polls missed."""


@dataclass(frozen=True, slots=True)
class IoBack:
    """The board answers again."""


@dataclass(frozen=True, slots=True)
class InputsRead:
    """A debounced reading, and how old the oldest part of it is."""

    inputs: LaneInputs
    age_s: float = 0.0


@dataclass(frozen=True, slots=True)
class GrantGiven:
    """One permission for one passage."""

    token: str


@dataclass(frozen=True, slots=True)
class AttendantOpen:
    """The attendant raises the arm, for the grant of a stay or only with a reason."""

    token: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class AttendantClose:
    """The attendant lowers the arm: the only source of a close pulse."""


@dataclass(frozen=True, slots=True)
class Reset:
    """The attendant has looked at the fault and lets the lane start again."""


@dataclass(frozen=True, slots=True)
class PulseUnconfirmed:
    """A pulse was not acknowledged: it may or may not have reached the relay."""


@dataclass(frozen=True, slots=True)
class PulseAnswered:
    """The pulse of the last PulseOpen went out well."""


@dataclass(frozen=True, slots=True)
class AttendantStop:
    """The attendant stops the arm where it is."""


@dataclass(frozen=True, slots=True)
class AttendantHold:
    """The attendant raises the arm and holds it there, for whoever comes."""


@dataclass(frozen=True, slots=True)
class AttendantRelease:
    """The attendant holds the arm no longer."""


@dataclass(frozen=True, slots=True)
class LockLane:
    """No grant is taken from now on; a car that has its grant may still pass."""


@dataclass(frozen=True, slots=True)
class UnlockLane:
    """Grants are taken again."""


@dataclass(frozen=True, slots=True)
class OutputStuck:
    """A relay of the board is not as it was ordered, as its read-back says."""


LaneOrder = (
    GrantGiven
    | AttendantOpen
    | AttendantClose
    | AttendantStop
    | AttendantHold
    | AttendantRelease
    | LockLane
    | UnlockLane
    | Reset
)
LaneEvent = (
    Tick
    | IoLost
    | IoBack
    | InputsRead
    | PulseUnconfirmed
    | PulseAnswered
    | OutputStuck
    | LaneOrder
)


@dataclass(frozen=True, slots=True)
class PulseOpen:
    """Send one open pulse."""

    cause: OpenCause


@dataclass(frozen=True, slots=True)
class PulseClose:
    """Send one close pulse."""


@dataclass(frozen=True, slots=True)
class PulseStop:
    """Send one stop pulse."""


@dataclass(frozen=True, slots=True)
class HoldTo:
    """Keep the hold output on, or off."""

    is_on: bool


@dataclass(frozen=True, slots=True)
class LampTo:
    """Show this on the lamp."""

    lamp: Lamp


@dataclass(frozen=True, slots=True)
class Passage:
    """The car of this grant has passed: the grant is used up.

    It is assumed, not seen, in a lane without a loop under its arm.
    """

    token: str
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class GrantVoided:
    """This grant ends without a passage: the right goes back."""

    token: str
    why: VoidReason


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something happened that the screen or the desk may want to show."""

    notice: LaneNotice


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    """An alarm begins; it is raised once."""

    code: AlarmCode


@dataclass(frozen=True, slots=True)
class AlarmCleared:
    """An alarm ends."""

    code: AlarmCode


LaneAction = (
    PulseOpen
    | PulseClose
    | PulseStop
    | HoldTo
    | LampTo
    | Passage
    | GrantVoided
    | Noticed
    | AlarmRaised
    | AlarmCleared
)
LaneActions = tuple[LaneAction, ...]
