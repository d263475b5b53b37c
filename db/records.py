"""Frozen values for rows that the domain has no type for; no driver is loaded here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from kiosk.domain.ids import (
    AttendantId,
    DriverId,
    GrantToken,
    LaneName,
    OperationKey,
    ReservationId,
    SpaceId,
)
from kiosk.domain.ledger import Transfer
from kiosk.domain.money import Money
from kiosk.domain.payee import Supplier
from kiosk.domain.pricing.charge import StayFacts
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.reservation import Reservation
from kiosk.domain.settlement import Shares
from kiosk.domain.space import Space
from kiosk.domain.stay import Stay
from kiosk.domain.time import Window

GrantState = Literal["open", "passed", "void"]
PassageDirection = Literal["entry", "exit"]
OperationKind = Literal[
    "collect",
    "authorise",
    "increase",
    "capture",
    "release",
    "refund",
]
OperationPurpose = Literal["deposit", "change", "due", "debt", "settlement", "refund", "top-up"]
OperationState = Literal["new", "sent", "pending", "in-doubt", "succeeded", "declined", "failed"]
UNFINISHED: frozenset[OperationState] = frozenset({"new", "sent", "pending", "in-doubt"})
"""States of operations without a final answer."""
DebtReason = Literal["declined", "in-doubt", "unreachable", "capture-failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverRecord:
    """A driver with a wallet: the proof of the wallet, and whom to call."""

    id: DriverId
    name: str
    phone: str
    pass_code: str
    pin_hash: str
    wrong_pins: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendantRecord:
    """An attendant of the desk."""

    id: AttendantId
    name: str
    pin_hash: str
    is_one_time: bool
    """The PIN was made by the program and must be replaced at the first sign-in."""
    wrong_pins: int
    locked_until: datetime | None
    is_blocked: bool
    """Works here no more: no PIN is right."""
    is_confirmed: bool
    """The operator knows this person: counts where it takes two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRecord:
    """One permission for one passage; by hand when an attendant and a reason stand in it."""

    token: GrantToken
    lane: LaneName
    direction: PassageDirection
    reservation_id: ReservationId | None
    attendant_id: AttendantId | None
    reason: str | None
    state: GrantState
    granted_at: datetime
    ended_at: datetime | None
    why: str | None
    """The lane's word for the end: passage, back_out, io_lost ... or restart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationRecord:
    """One payment operation at a provider; `key` never moves money twice."""

    key: OperationKey
    adapter: str
    kind: OperationKind
    purpose: OperationPurpose
    reservation_id: ReservationId | None
    """None for what is about no stay."""
    amount: Money
    state: OperationState
    lane: LaneName | None
    reference: str | None
    """The provider's own name for it."""
    created_at: datetime
    changed_at: datetime
    original: OperationKey | None = None
    """The operation that is captured, released, increased or given back."""
    fee: Money | None = None
    """What the provider kept; None as long as it has not said so."""
    capture_before: datetime | None = None
    """Until when what it authorised can be captured."""
    attempts: int = 0
    """How often the provider was asked about it without a final answer."""
    next_at: datetime | None = None
    """Not asked again before; None: at once."""
    ends_at: datetime | None = None
    """A pending one is not waited for any longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationRecord:
    """A pending transfer: so much can be debited to the account when the stay has cost it."""

    id: int
    reservation_id: ReservationId
    account: str
    amount: Money
    operation_key: OperationKey | None
    """Of the authorise or increase at a provider; None where no provider has to be asked."""
    made_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtRecord:
    """What a car left without paying, within the limits of the site."""

    code: str
    """What the driver names to pay it."""
    reservation_id: ReservationId
    receipt_number: int | None
    """The receipt that says it; None for a failed capture, whose receipt says that it was paid."""
    amount: Money
    """Less what refunds have taken off it."""
    why: DebtReason
    made_at: datetime
    pay_until: datetime
    how: Literal["paid", "written-off", "lowered"] | None = None
    """None while it is open; lowered: refunds have taken all of it off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRecord:
    """One transfer of the books with what its journal says."""

    at: datetime
    journal_key: str
    journal_kind: str
    reservation_id: ReservationId | None
    transfer: Transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPartRecord:
    """A part of a refund, and what had brought the money."""

    reservation_id: ReservationId
    payment: str
    """The journal that had posted it from the account."""
    account: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRecord:
    """A settled bill; its number is given by the database, from 1 on and without gaps."""

    reservation_id: ReservationId
    presented_at: datetime
    settled_at: datetime
    facts: StayFacts | None
    """What the charge rests on; None on receipts from before that was kept."""
    free_consideration: timedelta
    """In and out again within it cost nothing, by the site's rules of that day."""
    charge: Charge
    deposit: Money
    due: Money
    refund: Money
    shares: Shares
    supplier: Supplier | None = None
    """Who owes the tax; None on receipts from before that was kept."""
    number: int | None = None
    """None only until it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StayRecord:
    """A reservation with everything that a row of the desk's list shows."""

    reservation: Reservation
    space: Space
    plate: str
    created_at: datetime
    stay: Stay | None
    charged: Money | None
    """The total of its latest receipt."""
    was_opened_by_hand: bool
    is_passage_assumed: bool
    """A lane without a loop under its arm let it in or out, and saw nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRecord:
    """A ticket as it was issued: what its paper says besides its reservation."""

    reservation_id: ReservationId
    number: int
    window: Window
    issued_at: datetime
    revoked_at: datetime | None
    why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRecord:
    """A reservation got another space."""

    reservation_id: ReservationId
    from_space_id: SpaceId
    to_space_id: SpaceId
    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """One thing that happened: who did what, where, and why."""

    id: int
    at: datetime
    actor_kind: str
    actor_name: str
    action: str
    detail: str
    lane: LaneName | None
    reservation_id: ReservationId | None
