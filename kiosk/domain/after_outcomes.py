"""What can come of what is asked after a settlement: refunds, disputes, chargebacks, goodwill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.disputes import Chargeback, Correction, Dispute
from kiosk.domain.ids import DriverId
from kiosk.domain.money import Money


@dataclass(frozen=True, slots=True)
class StayRefunded:
    """It goes back to whoever paid, newest payment first, with a corrective receipt."""

    correction: Correction
    by_provider: Money
    """Waits until a provider has confirmed it."""
    in_cash: Money
    """Waits at the desk, to be paid from the till."""


@dataclass(frozen=True, slots=True)
class RefundRefused:
    """Nothing, less than nothing, another currency, or more than was paid; nothing moved."""

    most: Money
    """So much can still be given back."""


@dataclass(frozen=True, slots=True)
class DisputeOpened:
    """The dispute is written down; what it is about is not paid out before it is decided."""

    dispute: Dispute


@dataclass(frozen=True, slots=True)
class DisputeTooLate:
    """It had to be said before this instant; nothing was written."""

    until: datetime


@dataclass(frozen=True, slots=True)
class DisputeStands:
    """There is an open dispute of this reservation already; nothing was written."""

    dispute: Dispute


@dataclass(frozen=True, slots=True)
class NothingToDispute:
    """Nobody has paid anything for this reservation; nothing was written."""


@dataclass(frozen=True, slots=True)
class DisputeClosed:
    """It is decided: upheld, with what goes back, or refused."""

    dispute: Dispute
    refunded: StayRefunded | None


@dataclass(frozen=True, slots=True)
class DisputeDecided:
    """It was decided before; nothing was changed."""

    dispute: Dispute


@dataclass(frozen=True, slots=True)
class ChargebackOpened:
    """The books say what the provider took; the evidence is awaited until `answer_by`."""

    chargeback: Chargeback


@dataclass(frozen=True, slots=True)
class ChargebackRefused:
    """Nothing, more than this provider has collected for the stay, or a fee that cannot be.

    Nothing was written.
    """

    most: Money


@dataclass(frozen=True, slots=True)
class ChargebackDecided:
    """It is won or lost, now or before; what is lost stands in the correction."""

    chargeback: Chargeback


@dataclass(frozen=True, slots=True)
class GoodwillGiven:
    """The operator has put it on the wallet."""

    driver_id: DriverId
    amount: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class GoodwillRefused:
    """Nothing, another currency, or more than this at once; nothing moved."""

    most: Money
