"""A driver's right to a space for a window: its states, and every allowed change as one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.domain.ids import DriverId, ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.space import ANY_CAR, CarNeeds
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
    SUBSTITUTED = "substituted"
    """Another ticket of the same driver took its place; all its money went back."""
    DISPLACED = "displaced"
    """The site could not give the space nor another one; all money went back."""
    OWNER_RECALLED = "owner-recalled"
    """The owner took the space back and paid for it; all money went back."""


class Event(Enum):
    """What happens to a reservation."""

    DEPOSIT_PAID = "deposit-paid"
    PENDING_RAN_OUT = "pending-ran-out"
    DRIVER_CANCELLED = "driver-cancelled"
    CHANGED = "changed"
    """Another window or space that the driver chose; for a car inside a later end alone."""
    MOVED = "moved"
    """Another space for the same right: a substitute, a re-seating, a wrong space taken."""
    ENTRY_PASSAGE = "entry-passage"
    START_MISSED = "start-missed"
    EXIT_SETTLED = "exit-settled"
    EXIT_PASSAGE = "exit-passage"
    CAME_BACK = "came-back"
    """The ticket was presented at the entrance again within the time of re-entry."""
    STAYED_AWAY = "stayed-away"
    """It was let in again, but no car passed."""
    LINKED = "linked"
    """The driver had pulled another ticket, whose stay takes this reservation's terms."""
    SITE_FAILED = "site-failed"
    """No space is left for it: a late leaver, a broken space."""
    OWNER_RECALLED = "owner-recalled"


TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.PENDING, Event.DEPOSIT_PAID): State.CONFIRMED,
    (State.PENDING, Event.PENDING_RAN_OUT): State.EXPIRED,
    (State.PENDING, Event.DRIVER_CANCELLED): State.CANCELLED,
    (State.PENDING, Event.MOVED): State.PENDING,
    (State.PENDING, Event.SITE_FAILED): State.DISPLACED,
    (State.PENDING, Event.OWNER_RECALLED): State.OWNER_RECALLED,
    (State.CONFIRMED, Event.DRIVER_CANCELLED): State.CANCELLED,
    (State.CONFIRMED, Event.CHANGED): State.CONFIRMED,
    (State.CONFIRMED, Event.MOVED): State.CONFIRMED,
    (State.CONFIRMED, Event.ENTRY_PASSAGE): State.ARRIVED,
    (State.CONFIRMED, Event.START_MISSED): State.NO_SHOW,
    (State.CONFIRMED, Event.STAYED_AWAY): State.LEFT,
    (State.CONFIRMED, Event.LINKED): State.SUBSTITUTED,
    (State.CONFIRMED, Event.SITE_FAILED): State.DISPLACED,
    (State.CONFIRMED, Event.OWNER_RECALLED): State.OWNER_RECALLED,
    (State.ARRIVED, Event.CHANGED): State.ARRIVED,
    (State.ARRIVED, Event.MOVED): State.ARRIVED,
    (State.ARRIVED, Event.EXIT_SETTLED): State.SETTLED,
    (State.SETTLED, Event.EXIT_SETTLED): State.SETTLED,
    (State.SETTLED, Event.EXIT_PASSAGE): State.LEFT,
    (State.LEFT, Event.CAME_BACK): State.CONFIRMED,
    (State.NO_SHOW, Event.LINKED): State.SUBSTITUTED,
}
"""Every allowed change (parking.md, Reservation and stay). Whatever is not here never happens."""

LIVE = frozenset({State.PENDING, State.CONFIRMED, State.ARRIVED})
"""States in which a reservation keeps its space from all others."""

ENDED = frozenset(
    {
        State.LEFT,
        State.EXPIRED,
        State.CANCELLED,
        State.NO_SHOW,
        State.SUBSTITUTED,
        State.DISPLACED,
        State.OWNER_RECALLED,
    }
)
"""States without a right to a space. From two of them a driver's own act leads on: a ticket
that comes back within the time of re-entry, and a missed one whose car was inside all along."""


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
    made_at: datetime
    needs: CarNeeds = ANY_CAR
    """What the car needs of its space, so far as the driver has said it."""
    linked_to: ReservationId | None = None
    """The reservation whose terms this stay has: it was made before, this ticket was pulled."""

    @property
    def is_for_later(self) -> bool:
        """Whether it was made before its window began; a walk-up begins at once."""
        return self.window.from_ > self.made_at


class DueKind(Enum):
    """What time itself does to a reservation; the value is how it is stored."""

    PENDING_RUNS_OUT = "pending-runs-out"
    START_MISSED = "start-missed"
    CHANGE_RUNS_OUT = "change-runs-out"
    STAY_RUNS_LATE = "stay-runs-late"
    """The booked end has come and the car is still inside: whoever comes next is re-seated."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that time will do to a reservation at an instant, unless it is dropped before."""

    reservation_id: ReservationId
    kind: DueKind
    at: datetime


@dataclass(frozen=True, slots=True)
class PendingChange:
    """Another window or space that a driver has chosen and not paid for yet; it is kept."""

    reservation_id: ReservationId
    space_id: SpaceId
    window: Window
    quote: Money
    """Of the whole changed window."""
    tariff_id: int
    split_terms_id: int
    pay_until: datetime
