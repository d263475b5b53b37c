"""What the core tells all screens without being asked: frozen events, published after commit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kiosk.domain.debt_outcomes import DebtPaid, EndsTooLate
from kiosk.domain.ids import LaneName, OperationKey, ReservationId
from kiosk.domain.life_outcomes import Changed
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    Granted,
    PaymentDeclined,
    PaymentInDoubt,
    PaymentUnavailable,
    ReservationEnded,
    TicketIssued,
    TicketProblem,
)
from kiosk.domain.payer_outcomes import VoucherExpired, VoucherUnknown, VoucherUsed
from kiosk.domain.till_outcomes import WalletToppedUp
from kiosk.services.views import LaneStatus


@dataclass(frozen=True, slots=True)
class LaneChanged:
    """A lane is in another phase, or its inputs or alarms changed."""

    status: LaneStatus


@dataclass(frozen=True, slots=True)
class TicketPresented:
    """A ticket was scanned or typed in a lane, and this was the answer."""

    lane: LaneName
    outcome: Granted | ExitCovered | ExitDue | TicketProblem
    code: str = field(default="", repr=False)
    """What was read or typed: the lane's own screen can ask what that ticket stands for."""


@dataclass(frozen=True, slots=True)
class PassPresented:
    """A wallet's pass was scanned in a lane: its screen fills it in where it asks for one."""

    lane: LaneName
    pass_code: str


@dataclass(frozen=True, slots=True)
class VoucherPresented:
    """A shop's voucher was scanned in a lane; a good one is used with the next ticket there.

    Where something is due already it was used at once, and TicketPresented says what is left.
    """

    lane: LaneName
    problem: VoucherUnknown | VoucherUsed | VoucherExpired | None
    """None: it is good."""


@dataclass(frozen=True, slots=True)
class PassageReported:
    """The car is through: the stay began (entry) or ended (exit)."""

    lane: LaneName
    reservation_id: ReservationId | None


@dataclass(frozen=True, slots=True)
class GrantReturned:
    """The passage did not happen; the right is back and the same ticket opens again.

    `why` is the lane's word for it (back_out, io_lost, open_timeout, ...).
    """

    lane: LaneName
    reservation_id: ReservationId | None
    why: str


@dataclass(frozen=True, slots=True)
class PaymentFinished:
    """The answer to a PaymentRunning or PaymentInDoubt."""

    operation_key: OperationKey
    outcome: (
        TicketIssued
        | Changed
        | ExitCovered
        | ExitDue
        | PaymentDeclined
        | PaymentUnavailable
        | PaymentInDoubt
        | ReservationEnded
        | EndsTooLate
        | DebtPaid
        | WalletToppedUp
        | TicketProblem
    )


@dataclass(frozen=True, slots=True)
class SiteChanged:
    """Spaces, stays or money changed: ask again for what is shown."""


@dataclass(frozen=True, slots=True)
class PaperFailed:
    """A ticket or receipt was not printed, as far as is known; money and rights stand.

    The screen offers what the paper would have: the ticket's picture, the receipt's number.
    """

    lane: LaneName
    why: str
    may_be_there: bool = False
    """The printer does not tell: the driver may hold the paper or not."""


@dataclass(frozen=True, slots=True)
class PaperLow:
    """A paper was printed, and the roll of this lane is near its end: for the attendant."""

    lane: LaneName


@dataclass(frozen=True, slots=True)
class DriverWaits:
    """Somebody stands at an exit with something due and gets nowhere: the desk is rung."""

    lane: LaneName


@dataclass(frozen=True, slots=True)
class ReportImpossible:
    """A provider's report of a day (UTC) has lines that cannot be true: for the attendant."""

    adapter: str
    day: date
    lines: tuple[str, ...]
    """What is wrong with each, and the line itself; nothing of them was booked."""


@dataclass(frozen=True, slots=True)
class FaultRaised:
    """The world failed while a command was carried out: nothing of it was written.

    Whoever waits for an answer may try again; `code` and `remedy` are for the attendant.
    """

    code: str
    remedy: str


Published = (
    LaneChanged
    | TicketPresented
    | PassPresented
    | VoucherPresented
    | PassageReported
    | GrantReturned
    | PaymentFinished
    | SiteChanged
    | PaperFailed
    | PaperLow
    | DriverWaits
    | ReportImpossible
    | FaultRaised
)
