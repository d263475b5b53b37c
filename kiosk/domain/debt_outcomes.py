"""What comes of money that is not there: left unpaid, paid later, given up, or kept too short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.domain.ids import ReservationId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import ExitCovered


@dataclass(frozen=True, slots=True)
class EndsTooLate:
    """This way to pay keeps a deposit only until then: pay in another way, or end earlier."""

    latest: datetime
    """The latest end of a window whose deposit it can keep."""


@dataclass(frozen=True, slots=True)
class LeavingOffered:
    """The car may leave now and pay within some days, because no provider can take the money."""

    reservation_id: ReservationId
    amount: Money
    pay_until: datetime


@dataclass(frozen=True, slots=True)
class LeftUnpaid:
    """The barrier opens; `code` is what the driver names to pay the rest."""

    covered: ExitCovered
    code: str
    amount: Money
    pay_until: datetime


class MustPay(Enum):
    """Why a car cannot leave without paying: an attendant is needed."""

    NOT_TRIED = "not-tried"
    """No provider has declined, failed or kept it waiting: the driver has not tried to pay."""
    STILL_ASKED = "still-asked"
    """The provider has not had its time to answer."""
    PLATE_UNKNOWN = "plate-unknown"
    STAY_LIMIT = "stay-limit"
    PLATE_LIMIT = "plate-limit"
    SITE_LIMIT = "site-limit"
    DOUBT_LIMIT = "doubt-limit"


@dataclass(frozen=True, slots=True)
class LeavingRefused:
    """Nobody leaves unpaid here and now; the desk was told."""

    why: MustPay


@dataclass(frozen=True, slots=True)
class Debt:
    """What a driver still owes, as the desk and a screen show it."""

    code: str
    reservation_id: ReservationId
    plate: str
    amount: Money
    why: str
    made_at: datetime
    pay_until: datetime


@dataclass(frozen=True, slots=True)
class DebtsShown:
    """Every open debt, oldest first."""

    debts: tuple[Debt, ...]


@dataclass(frozen=True, slots=True)
class DebtPaid:
    """A debt is paid, and everyone has the share of it."""

    code: str
    amount: Money


@dataclass(frozen=True, slots=True)
class DebtWrittenOff:
    """A debt was given up; nobody has a share of it."""

    code: str
    amount: Money


@dataclass(frozen=True, slots=True)
class DebtUnknown:
    """No open debt has this code."""
