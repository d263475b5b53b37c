"""Disputes of drivers and chargebacks of banks: until when, in which state, and as what stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.settlement import Shares


class DisputeKind(Enum):
    """What a driver disputes; the value is stored."""

    COULD_NOT_PARK = "could-not-park"
    CHARGES = "charges"

    @property
    def open_for(self) -> timedelta:
        """How long after the end of the stay it can be said (parking.md, dispute)."""
        return timedelta(hours=24) if self is DisputeKind.COULD_NOT_PARK else timedelta(days=28)


class DisputeState(Enum):
    """Where a dispute stands; the value of an end is stored."""

    OPEN = "open"
    UPHELD = "upheld"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One dispute of one reservation; while it is open its owner's share is not paid out."""

    id: int
    reservation_id: ReservationId
    kind: DisputeKind
    words: str
    opened_at: datetime
    opened_by: str
    state: DisputeState
    refunded_minor: int
    answer: str
    """What the desk wrote when it decided; empty while it is open."""


class ChargebackState(Enum):
    """Where a chargeback stands; the value of an end is stored."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chargeback:
    """A payment that its payer's bank has taken back from us, for good or until it is decided."""

    id: int
    reservation_id: ReservationId
    adapter: str
    reference: str
    """The provider's own name of the case."""
    amount: Money
    fee: Money
    opened_at: datetime
    answer_by: datetime | None
    """Until when the provider takes our evidence; None: it has not said."""
    state: ChargebackState
    turns: int
    """How often it was decided: a bank may turn its mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRefund:
    """A refund that waits for a chargeback: the bank may give its driver the same money."""

    id: int
    chargeback_id: int
    journal_key: str
    """The journal that made it due."""
    original: OperationKey | None
    """The payment that it gives back."""
    amount: Money

    @property
    def sent_as(self) -> OperationKey:
        """The operation that sends it, once the chargeback is won."""
        return OperationKey(f"held-refund:{self.id}")


class Cause(Enum):
    """Why what was settled is corrected; the value is stored."""

    REFUND = "refund"
    """Given back by all parties."""
    GOODWILL = "goodwill"
    """Given back by the operator alone: the parties keep their shares."""
    CHARGEBACK = "chargeback"
    """Lost to a bank, or won back from it (below zero)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was taken from the parties of a settled stay afterwards, and went to whoever paid."""

    reservation_id: ReservationId
    receipt_number: int | None
    """The receipt that is corrected; None for a fee that was kept without a stay."""
    cause: Cause
    total: Money
    tax: Money
    """The part of the total that is tax inside the parking fee; nothing by goodwill."""
    shares: Shares
    """What each party gives; nothing by goodwill."""
    reason: str
    at: datetime
    by: str
    note_number: int | None = None
    """Of the corrective receipt; None until it is written, and for chargebacks."""
