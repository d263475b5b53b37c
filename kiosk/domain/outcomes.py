"""What a use case can answer: closed unions of frozen values that every screen must handle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.ids import (
    AttendantId,
    DriverId,
    GrantToken,
    LaneName,
    OperationKey,
    ReservationId,
)
from kiosk.domain.money import Money
from kiosk.domain.payee import Supplier
from kiosk.domain.payers import PayerPart
from kiosk.domain.pricing.charge import StayFacts
from kiosk.domain.pricing.charge_lines import Charge, NoPrice
from kiosk.domain.reservation import State
from kiosk.domain.settlement import Shares
from kiosk.domain.space import Area, Space
from kiosk.domain.time import Window
from kiosk.domain.validation import ShopPart


@dataclass(frozen=True, slots=True)
class Reserved:
    """The space is kept until `pay_until`; nothing is paid yet."""

    reservation_id: ReservationId
    area: Area
    space: Space
    window: Window
    plate: str
    quote: Charge
    leave_by: datetime
    pay_until: datetime
    free_until: datetime
    """Leaving up to here costs nothing more than the quote: the booked end and the grace."""


@dataclass(frozen=True, slots=True)
class SpaceJustTaken:
    """Somebody else got this space first; nothing was kept and nothing was paid."""


@dataclass(frozen=True, slots=True)
class PlateRefused:
    """The plate is empty or longer than a plate can be."""

    longest_signs: int


@dataclass(frozen=True, slots=True)
class PlateHasReservation:
    """This plate already has a paid reservation or a car inside; nothing was kept."""

    window: Window


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The reservation is given up; what was paid for it goes back so far as its time allows."""

    refund: Money | None = None
    """What goes back; None when nothing had been paid."""


# Paying ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """The deposit is in escrow and this is the ticket."""

    reservation_id: ReservationId
    text: str
    """The 42 characters of the QR."""
    short_code: str
    area: Area
    space: Space
    window: Window
    plate: str
    deposit: Money


@dataclass(frozen=True, slots=True)
class UnknownPass:
    """No wallet has this pass."""


@dataclass(frozen=True, slots=True)
class WrongPin:
    """The PIN is wrong; after several wrong ones the pass waits until `locked_until`."""

    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class WalletTooLow:
    """The wallet holds less than is asked; nothing moved."""

    balance: Money
    missing: Money


@dataclass(frozen=True, slots=True)
class PaymentDeclined:
    """The provider said no; nothing moved, and another way to pay may work."""


@dataclass(frozen=True, slots=True)
class PaymentUnavailable:
    """The provider could not be reached before anything was sent; nothing moved."""


@dataclass(frozen=True, slots=True)
class PaymentRunning:
    """The provider was asked; its answer comes as PaymentFinished with this key."""

    operation_key: OperationKey


@dataclass(frozen=True, slots=True)
class PaymentInDoubt:
    """The provider was asked and did not answer clearly: we are checking, pay nothing twice."""

    operation_key: OperationKey


@dataclass(frozen=True, slots=True)
class ReservationEnded:
    """The reservation is not waiting for this payment any more; nothing moved."""

    state: State


@dataclass(frozen=True, slots=True)
class TicketsFound:
    """The paid and running reservations of a wallet; may be empty."""

    tickets: tuple[TicketIssued, ...]


@dataclass(frozen=True, slots=True)
class WalletShown:
    """A wallet as its owner may see it."""

    driver_id: DriverId
    pass_code: str
    balance: Money


# Lanes -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Granted:
    """The ticket is good for one passage through the entrance."""

    token: GrantToken
    reservation_id: ReservationId
    area: Area
    space: Space
    window: Window
    moved_from: Space | None = None
    """The space that stands on the presented ticket, when it is another one now."""


@dataclass(frozen=True, slots=True)
class TicketUnknown:
    """The scanned text is no ticket of ours."""


@dataclass(frozen=True, slots=True)
class TicketForged:
    """It looks like our ticket, but its signature is wrong."""


@dataclass(frozen=True, slots=True)
class TicketOfAnotherSite:
    """A ticket for another car park."""


@dataclass(frozen=True, slots=True)
class TicketEarly:
    """The booked window has not come yet; the entrance opens at `opens_at`."""

    opens_at: datetime


@dataclass(frozen=True, slots=True)
class TicketExpired:
    """The booked window is over, or the reservation has ended without a stay."""

    ended_at: datetime


@dataclass(frozen=True, slots=True)
class TicketUsed:
    """This ticket has passed here already."""

    used_at: datetime


@dataclass(frozen=True, slots=True)
class TicketRevoked:
    """This ticket was replaced or its reservation ended: another one is good, or none."""

    revoked_at: datetime


@dataclass(frozen=True, slots=True)
class CarInside:
    """This car is inside already with another ticket: it cannot come in twice."""

    entered_at: datetime


@dataclass(frozen=True, slots=True)
class TicketNotInside:
    """Presented at the exit, but no entry of this ticket is known: an attendant is called."""


@dataclass(frozen=True, slots=True)
class StayNotPriced:
    """The tariff gives this stay no price (an entry years ago): an attendant is called."""

    why: NoPrice


@dataclass(frozen=True, slots=True)
class LaneBusy:
    """Another passage is under way in this lane; nothing changed, try again in a moment."""


@dataclass(frozen=True, slots=True)
class LaneOutOfOrder:
    """The barrier of this lane does not answer; the right stays good, help is coming."""


@dataclass(frozen=True, slots=True)
class NoCarInLane:
    """No car stands before the barrier: drive up first, then present the ticket again."""


TicketProblem = (
    TicketUnknown
    | TicketForged
    | TicketOfAnotherSite
    | TicketEarly
    | TicketExpired
    | TicketUsed
    | TicketRevoked
    | CarInside
    | TicketNotInside
    | StayNotPriced
    | NoCarInLane
    | LaneBusy
    | LaneOutOfOrder
)


@dataclass(frozen=True, slots=True)
class Bill:
    """What a stay costs and who gets it; the receipt when it is settled."""

    reservation_id: ReservationId
    area: Area
    space: Space
    plate: str
    booked: Window
    entered_at: datetime
    presented_at: datetime
    facts: StayFacts | None
    """What the charge rests on; None on a receipt from before that was kept."""
    tariff_hash: str
    """Of the tariff that was frozen into the reservation."""
    charge: Charge
    deposit: Money
    """What lay in escrow before this bill, with what an earlier exit settled."""
    due: Money
    """Still to pay before the barrier opens; zero when escrow covers."""
    refund: Money
    shares: Shares
    """The whole charge divided among its parties."""
    receipt_number: int | None
    """Without gaps per site; None until the bill is settled."""
    left_unpaid: Money | None = None
    """What of a settled bill is open: the car was let out (debt_outcomes.py)."""
    supplier: Supplier | None = None
    """Who supplied the parking and owes its tax; None: nobody is named, and the tax is shown."""
    validated: tuple[ShopPart, ...] = ()
    """What shops pay of it: a part of `deposit`."""
    payers: tuple[PayerPart, ...] = ()  # where the car changed hands; else none
    free_consideration: timedelta = timedelta()  # how long it might have stayed at no cost

    @property
    def tax_shown(self) -> Money | None:
        """The tax inside what is paid of the total, where its supplier owes one."""
        if self.supplier is not None and not self.supplier.shows_tax:
            return None
        return self.charge.waived(-self.left_unpaid).tax if self.left_unpaid else self.charge.tax


@dataclass(frozen=True, slots=True)
class ExitCovered:
    """Settled and granted: the barrier opens, this is the receipt."""

    token: GrantToken
    bill: Bill
    exit_until: datetime


@dataclass(frozen=True, slots=True)
class ExitDue:
    """More is due than escrow holds: pay `bill.due`; the clock has stopped at the scan."""

    bill: Bill


# The desk --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The attendant may use the desk."""

    attendant_id: AttendantId
    name: str


@dataclass(frozen=True, slots=True)
class MustChoosePin:
    """The one-time PIN was right; the attendant chooses an own PIN before anything else."""

    attendant_id: AttendantId
    name: str


@dataclass(frozen=True, slots=True)
class PinRefused:
    """A PIN has only digits, at least this many, and not all the same."""

    shortest_digits: int


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """The desk must be unlocked first; nothing was done."""


@dataclass(frozen=True, slots=True)
class ReasonMissing:
    """A barrier is opened by hand only with a reason; nothing was done."""


@dataclass(frozen=True, slots=True)
class BarrierOrdered:
    """The order is written with name and reason, and given to the lane."""

    token: GrantToken
    lane: LaneName


@dataclass(frozen=True, slots=True)
class RefundPaid:
    """The refund that no provider would take back was paid from the till."""

    amount: Money


@dataclass(frozen=True, slots=True)
class NothingToRefund:
    """No refund of this reservation waits for cash; nothing moved."""


@dataclass(frozen=True, slots=True)
class LaneReset:
    """The lane was told to clear its fault; it reports what became of it."""

    lane: LaneName


@dataclass(frozen=True, slots=True)
class WalletOpened:
    """A new wallet; its pass code is shown once and printed."""

    driver_id: DriverId
    pass_code: str


@dataclass(frozen=True, slots=True)
class AmountRefused:
    """A top-up is above zero and not above this limit; nothing moved."""

    most: Money
