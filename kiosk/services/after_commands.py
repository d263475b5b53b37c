"""What can be asked about money after a settlement: refunds, disputes, chargebacks, goodwill.

Each command names its outcomes, as in commands.py; who answers stands in handle.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.after_outcomes import (
    ChargebackDecided,
    ChargebackOpened,
    ChargebackRefused,
    DisputeClosed,
    DisputeDecided,
    DisputeOpened,
    DisputeStands,
    DisputeTooLate,
    GoodwillGiven,
    GoodwillRefused,
    NothingToDispute,
    RefundRefused,
    StayRefunded,
)
from kiosk.domain.disputes import DisputeKind
from kiosk.domain.ids import AttendantId, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing, UnknownPass
from kiosk.domain.suspense_outcomes import (
    NothingToExplain,
    NotThatOne,
    SuspenseExplained,
    WhatItWas,
)
from kiosk.services.approvals import ApprovalProblem, Proof
from kiosk.services.commands import Command

RefundProblem = RefundRefused | ReasonMissing | ApprovalProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundStay(Command[StayRefunded | RefundProblem]):
    """Give back a part of what a stay has cost, to whoever paid; the same intent only once."""

    proof: Proof
    """Two persons above what the site file says ([desk] refund_two_persons_above_minor)."""
    reservation_id: ReservationId
    amount: Money
    is_new_total: bool = False
    """The amount is what the stay should have cost."""
    is_goodwill: bool = False
    """At the operator's cost: owner and manager keep their shares."""
    reason: str
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDispute(
    Command[
        DisputeOpened
        | DisputeTooLate
        | DisputeStands
        | NothingToDispute
        | ReasonMissing
        | NotSignedIn
    ]
):
    """A driver says that the parking or its price was wrong."""

    attendant_id: AttendantId
    reservation_id: ReservationId
    kind: DisputeKind
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDispute(Command[DisputeClosed | DisputeDecided | RefundProblem]):
    """Uphold a dispute with an amount that goes back, or refuse it."""

    proof: Proof
    dispute_id: int
    refund: Money | None
    """None: refused."""
    is_goodwill: bool = False
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChargeback(Command[ChargebackOpened | ChargebackRefused | ReasonMissing | NotSignedIn]):
    """A provider wrote that a bank took a payment back; a known case changes nothing."""

    attendant_id: AttendantId
    reservation_id: ReservationId
    adapter: str
    reference: str
    """The provider's own name of the case."""
    amount: Money
    fee: Money
    """What the provider asks for the case, whoever wins."""
    answer_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideChargeback(Command[ChargebackDecided | NotSignedIn]):
    """The bank has decided, or has turned its mind."""

    attendant_id: AttendantId
    chargeback_id: int
    is_lost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveGoodwill(
    Command[GoodwillGiven | GoodwillRefused | UnknownPass | ReasonMissing | ApprovalProblem]
):
    """The operator puts an amount on a wallet, without a stay; the same intent only once."""

    proof: Proof
    pass_code: str
    amount: Money
    reason: str
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainSuspense(
    Command[SuspenseExplained | NothingToExplain | NotThatOne | ReasonMissing | ApprovalProblem]
):
    """Say what a provider reports and our books do not have was, or the reverse."""

    proof: Proof
    """Two persons above the limit of refunds."""
    key: str
    """Of its OpenCase: suspense-more, suspense-less, missing or missing-refund."""
    was: WhatItWas
    reservation_id: ReservationId | None = None
    """Whose driver it was; a missing refund has its own."""
    reason: str
