"""Everything that a screen, a device or the clock can ask of the core: frozen commands.

`Command[Answer]` names the outcomes that its use case answers with; who answers stands in
handle.py. Every command carries its actor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Generic, TypeVar

from kiosk.domain.debt_outcomes import EndsTooLate
from kiosk.domain.ids import AreaId, AttendantId, LaneName, ReservationId, SpaceId
from kiosk.domain.lane_orders import LaneOrder, LaneOrdered, NotWired, OrderRefused
from kiosk.domain.life_outcomes import (
    CancellationPriced,
    CarDoesNotFit,
    DuePriced,
    WalkUpsOnly,
    WindowInThePast,
    WindowTooFarAhead,
)
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    AmountRefused,
    BarrierOrdered,
    Cancelled,
    ExitCovered,
    ExitDue,
    Granted,
    LaneBusy,
    LaneOutOfOrder,
    LaneReset,
    MustChoosePin,
    NothingToRefund,
    NotSignedIn,
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    PinRefused,
    PlateHasReservation,
    PlateRefused,
    ReasonMissing,
    RefundPaid,
    ReservationEnded,
    Reserved,
    SignedIn,
    SpaceJustTaken,
    TicketIssued,
    TicketProblem,
    TicketsFound,
    UnknownPass,
    WalletOpened,
    WalletShown,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.passage_outcomes import PassageImpossible, PassageWritten
from kiosk.domain.payer_outcomes import CreditExhausted
from kiosk.domain.search_outcomes import (
    AreasShown,
    NothingIdle,
    SpacesFound,
    WindowNotPriced,
    WindowRefused,
)
from kiosk.domain.space import ANY_CAR, CarNeeds
from kiosk.domain.till_outcomes import ShiftClosed, TillTooLow
from kiosk.services.views import DeskView, Direction, StayMoney

Answer_co = TypeVar("Answer_co", covariant=True)
"""What a command is answered with."""


class ActorKind(Enum):
    """Who can ask."""

    DRIVER = "driver"
    ATTENDANT = "attendant"
    OWNER = "owner"
    DEVICE = "device"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asked: a screen's session, an attendant by name, a lane's scanner, the clock."""

    kind: ActorKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Generic[Answer_co]):
    """A request to the core that is answered by one outcome of type Answer_co."""

    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAreas(Command[AreasShown]):
    """How many spaces each area has for a wanted time and car, as FindSpaces would find them."""

    duration_minutes: int | None = None
    """None: the shortest stay."""
    starts_at: datetime | None = None
    """None: now."""
    ends_by: datetime | None = None
    needs: CarNeeds = ANY_CAR


WindowProblem = WindowRefused | WindowInThePast | WindowTooFarAhead
"""Why a wanted window cannot be had, whatever is idle."""
FindAnswer = SpacesFound | NothingIdle | WindowNotPriced | WindowProblem
ReserveAnswer = (
    Reserved
    | SpaceJustTaken
    | PlateRefused
    | PlateHasReservation
    | WindowNotPriced
    | WindowProblem
    | WalkUpsOnly
    | CarDoesNotFit
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindSpaces(Command[FindAnswer]):
    """Spaces of an area that are idle from an instant on for so many minutes."""

    area_id: AreaId
    duration_minutes: int
    starts_at: datetime | None = None
    """None: now."""
    ends_by: datetime | None = None
    """The window ends here at the latest, however late the command comes: a proposal's own end."""
    needs: CarNeeds = ANY_CAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve(Command[ReserveAnswer]):
    """Keep this space from an instant on for so many minutes, until it is paid or runs out."""

    space_id: SpaceId
    duration_minutes: int
    plate: str
    starts_at: datetime | None = None
    """None: now, as a walk-up."""
    ends_by: datetime | None = None
    """The window ends here at the latest, however late the command comes: a proposal's own end."""
    needs: CarNeeds = ANY_CAR


CancelAnswer = Cancelled | CancellationPriced | ReservationEnded | LaneBusy


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelReservation(Command[CancelAnswer]):
    """Give a reservation back: a pending one at no cost, a paid one by its tiers.

    When a paid one gives back less by now than was agreed, the new price is shown instead.
    """

    reservation_id: ReservationId
    agreed_refund: Money | None = None
    """What PriceCancellation had shown and the driver agreed to; None: nothing is given up
    that was paid, as when a screen is left."""


@dataclass(frozen=True, slots=True)
class WalletProof:
    """Pay from a wallet, or on a fleet's account: the pass (typed or scanned) and its PIN.

    The site knows by the code whose pass it is.
    """

    pass_code: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardPresented:
    """Pay with a card at the provider with this adapter name."""

    adapter: str


PaymentMethod = WalletProof | CardPresented

PaymentProblem = (
    UnknownPass
    | WrongPin
    | WalletTooLow
    | CreditExhausted
    | PaymentDeclined
    | PaymentUnavailable
    | PaymentRunning
    | PaymentInDoubt
    | ReservationEnded
    | EndsTooLate
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayDeposit(Command[TicketIssued | PaymentProblem]):
    """Pay the quote of a pending reservation into escrow.

    `intent` is made once per press of the button: the same intent never pays twice. The
    paper ticket comes from the printer of `lane`.
    """

    lane: LaneName
    reservation_id: ReservationId
    method: PaymentMethod
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayDue(Command[ExitCovered | ExitDue | PaymentProblem | TicketProblem]):
    """Pay what is still due at an exit; the charge stays frozen at `presented_at`."""

    lane: LaneName
    reservation_id: ReservationId
    method: PaymentMethod
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTickets(Command[TicketsFound | UnknownPass | WrongPin]):
    """The tickets of a wallet, for a driver who paid and has none in hand."""

    pass_code: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowWallet(Command[WalletShown | UnknownPass | WrongPin]):
    """The balance of a wallet, against its PIN."""

    pass_code: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentTicket(Command[Granted | ExitCovered | ExitDue | TicketProblem]):
    """A ticket was scanned in a lane; `presented_at` is when its last byte came in."""

    lane: LaneName
    text: str
    presented_at: datetime


# The desk --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn(Command[SignedIn | MustChoosePin | WrongPin]):
    """Unlock the desk."""

    name: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePin(Command[SignedIn | PinRefused | WrongPin]):
    """Replace the one-time PIN by the attendant's own."""

    name: str
    one_time_pin: str = field(repr=False)
    new_pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDesk(Command[DeskView]):
    """Everything that the desk window shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStay(Command[StayMoney]):
    """One stay with every transfer and everything that happened to it."""

    reservation_id: ReservationId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWallet(Command[WalletOpened | PinRefused | NotSignedIn]):
    """Open a wallet for a driver who chose a PIN at the desk's keypad."""

    attendant_id: AttendantId
    driver_name: str
    phone: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUpWallet(Command[WalletShown | UnknownPass | AmountRefused | ShiftClosed | NotSignedIn]):
    """Take cash at the desk and add it to a wallet; the same intent never adds twice."""

    attendant_id: AttendantId
    desk: str
    pass_code: str
    amount: Money
    intent: str


OpenRefused = ReasonMissing | NotSignedIn | LaneOutOfOrder | OrderRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBarrier(Command[BarrierOrdered | DuePriced | LaneBusy | OpenRefused]):
    """Open a barrier by hand; with a stay its passage ends or begins that stay.

    At an exit nothing is waived in silence: what escrow does not cover is told first.
    """

    attendant_id: AttendantId
    lane: LaneName
    reason: str
    reservation_id: ReservationId | None = None
    is_lost_ticket: bool = False
    """The driver can prove nothing: the exit costs what the tariff asks then, if it says so."""
    agreed_waiver: Money | None = None
    """What the attendant was told is due, and waives for the same reason; None: nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetLane(Command[LaneReset | OrderRefused | LaneBusy | NotSignedIn]):
    """Clear a lane's fault, stop or fire after somebody has looked at it."""

    attendant_id: AttendantId
    lane: LaneName


LaneOrderAnswer = LaneOrdered | NotWired | OrderRefused | ReasonMissing | LaneBusy | NotSignedIn


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLane(Command[LaneOrderAnswer]):
    """Close, stop, hold open, release, lock or unlock a lane; hold and lock need a reason."""

    attendant_id: AttendantId
    lane: LaneName
    order: LaneOrder
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPassage(
    Command[PassageWritten | PassageImpossible | DuePriced | ReasonMissing | NotSignedIn]
):
    """The attendant has looked: this car is inside (entry), or has left (exit).

    For passages that no lane could report, because the program or the board was away. As at a
    barrier that is opened by hand, nothing is waived in silence.
    """

    attendant_id: AttendantId
    reservation_id: ReservationId
    direction: Direction
    reason: str
    agreed_waiver: Money | None = None
    """What the attendant was told is due, and waives for the same reason; None: nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRefundInCash(
    Command[RefundPaid | NothingToRefund | ShiftClosed | TillTooLow | NotSignedIn]
):
    """Pay from the till what a provider refused to take back."""

    attendant_id: AttendantId
    desk: str
    reservation_id: ReservationId


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintTicketAgain(Command[TicketIssued | ReservationEnded | NotSignedIn]):
    """Print the ticket of a paid stay once more, at this lane's printer."""

    attendant_id: AttendantId
    lane: LaneName
    reservation_id: ReservationId
