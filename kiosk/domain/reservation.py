"""A driver's right to a space for a window: its states, and every allowed change as one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.domain.ids import DriverId, ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.tariff import Tariff
from kiosk.domain.time import Window


class State(Enum):
    """Where a reservation stands; the value is how it is stored."""

    PENDING = "pending"
    """The space is kept, the deposit is not paid yet."""
    CONFIRMED = "confirmed"
    """The deposit is in escrow and the ticket is valid."""
    ARRIVED = "arrived"
    """The car has passed the entrance: the stay runs."""
    SETTLED = "settled"
    """The exit scan has frozen the charge and escrow has paid everyone; exit right runs."""
    LEFT = "left"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"


class Event(Enum):
    """What happens to a reservation."""

    DEPOSIT_PAID = "deposit-paid"
    PENDING_RAN_OUT = "pending-ran-out"
    DRIVER_CANCELLED = "driver-cancelled"
    ENTRY_PASSAGE = "entry-passage"
    START_MISSED = "start-missed"
    EXIT_SETTLED = "exit-settled"
    EXIT_PASSAGE = "exit-passage"


TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.PENDING, Event.DEPOSIT_PAID): State.CONFIRMED,
    (State.PENDING, Event.PENDING_RAN_OUT): State.EXPIRED,
    (State.PENDING, Event.DRIVER_CANCELLED): State.CANCELLED,
    (State.CONFIRMED, Event.ENTRY_PASSAGE): State.ARRIVED,
    (State.CONFIRMED, Event.START_MISSED): State.NO_SHOW,
    (State.ARRIVED, Event.EXIT_SETTLED): State.SETTLED,
    (State.SETTLED, Event.EXIT_SETTLED): State.SETTLED,
    (State.SETTLED, Event.EXIT_PASSAGE): State.LEFT,
}
"""Every allowed change (parking.md, Reservation and stay). Whatever is not here never happens."""

LIVE = frozenset({State.PENDING, State.CONFIRMED, State.ARRIVED})
"""States in which a reservation keeps its space from all others."""

ENDED = frozenset({State.LEFT, State.EXPIRED, State.CANCELLED, State.NO_SHOW})
"""States that nothing leads out of."""


def next_state(state: State, event: Event) -> State | None:
    """The state after the event, or None when the event is not allowed in this state."""
    return TRANSITIONS.get((state, event))


@dataclass(frozen=True, slots=True)
class Reservation:
    """One reservation with the tariff and the split that were frozen when it was made."""

    id: ReservationId
    space_id: SpaceId
    driver_id: DriverId | None
    """Whose wallet paid the deposit; None until it is paid, or when another adapter paid."""
    window: Window
    state: State
    quote: Money
    """The price of the booked window: the deposit, and the most that time inside it costs."""
    tariff: Tariff
    split_terms: SplitTerms
    pay_until: datetime
    """When a pending reservation expires."""
    short_code: str
    """Eight signs under the QR for people to read out."""
