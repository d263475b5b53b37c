"""Commands about others who pay for a driver: shops that validate, and a car that changes hands.

Who answers stands in handle.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.ids import AttendantId, LaneName, ReservationId, ShopId
from kiosk.domain.outcomes import (
    AmountRefused,
    ExitCovered,
    ExitDue,
    NotSignedIn,
    TicketProblem,
    UnknownPass,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.payer_outcomes import (
    CreditExhausted,
    HandedOver,
    HandOverImpossible,
    HandOverPriced,
    ShopUnknown,
    Validated,
    ValidationImpossible,
    VoucherExpired,
    VoucherUnknown,
    VoucherUsed,
)
from kiosk.domain.validation import Given
from kiosk.services.commands import Command, WalletProof

VoucherProblem = VoucherUnknown | VoucherUsed | VoucherExpired
"""Why a voucher is worth nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateStay(
    Command[Validated | ValidationImpossible | ShopUnknown | AmountRefused | NotSignedIn]
):
    """An attendant enters what a shop, or the operator (None), gives to a car that is inside."""

    attendant_id: AttendantId
    reservation_id: ReservationId
    shop_id: ShopId | None
    given: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class UseVoucher(Command[ExitCovered | ExitDue | VoucherProblem | TicketProblem]):
    """A driver at the exit, who was asked to pay, has a shop's voucher scanned."""

    lane: LaneName
    reservation_id: ReservationId
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceHandOver(Command[HandOverPriced | HandOverImpossible]):
    """What the next driver of a car that is inside would pay as deposit; nothing is written."""

    reservation_id: ReservationId


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(
    Command[
        HandedOver | HandOverImpossible | UnknownPass | WrongPin | WalletTooLow | CreditExhausted
    ]
):
    """From now on this wallet or fleet pays for a car that is inside.

    Its deposit is the part of the quote for the booked minutes that are left.
    """

    reservation_id: ReservationId
    method: WalletProof
    intent: str
