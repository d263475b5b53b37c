"""What is asked about leaving unpaid, and about paying or giving up what was left: commands."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.debt_outcomes import (
    DebtPaid,
    DebtsShown,
    DebtUnknown,
    DebtWrittenOff,
    LeavingOffered,
    LeavingRefused,
    LeftUnpaid,
)
from kiosk.domain.ids import AttendantId, LaneName, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    ExitCovered,
    NotSignedIn,
    PaymentDeclined,
    PaymentRunning,
    PaymentUnavailable,
    ReasonMissing,
    TicketProblem,
    UnknownPass,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.till_outcomes import ShiftClosed
from kiosk.services.commands import CardPresented, Command, WalletProof


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLeaving(Command[LeavingOffered | LeavingRefused | ExitCovered | TicketProblem]):
    """May this car leave now and pay later? Asked when a payment at the exit came to nothing."""

    lane: LaneName
    reservation_id: ReservationId


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveUnpaid(
    Command[LeftUnpaid | LeavingOffered | LeavingRefused | ExitCovered | TicketProblem]
):
    """Let the car out with what is in escrow; the driver owes the rest.

    Another amount than was agreed is offered anew.
    """

    lane: LaneName
    reservation_id: ReservationId
    agreed: Money


@dataclass(frozen=True, slots=True)
class CashAtDesk:
    """Pay cash into the till of a desk."""

    desk: str
    attendant_id: AttendantId


DebtProblem = (
    DebtUnknown
    | NotSignedIn
    | ShiftClosed
    | UnknownPass
    | WrongPin
    | WalletTooLow
    | PaymentDeclined
    | PaymentUnavailable
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayDebt(Command[DebtPaid | PaymentRunning | DebtProblem]):
    """Pay what was left open, by its code; a card is answered by PaymentFinished."""

    code: str
    method: CashAtDesk | WalletProof | CardPresented
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDebts(Command[DebtsShown | NotSignedIn]):
    """Every open debt, for the desk."""

    attendant_id: AttendantId


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffDebt(Command[DebtWrittenOff | DebtUnknown | ReasonMissing | NotSignedIn]):
    """An attendant gives a debt up, with a reason."""

    attendant_id: AttendantId
    code: str
    reason: str
