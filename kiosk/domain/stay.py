"""What a stay costs when its ticket is presented at the exit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge, NoPrice
from kiosk.domain.reservation import Reservation
from kiosk.domain.site import Rules
from kiosk.domain.time import Window


@dataclass(frozen=True, slots=True)
class Stay:
    """One car from its entry passage to its exit passage."""

    reservation_id: ReservationId
    entry_lane: LaneName
    entered_at: datetime
    presented_at: datetime | None
    """The exit scan at which the charge was last frozen."""
    left_at: datetime | None
    re_entered_at: datetime | None = None
    """When the car came in again with the same ticket; the stay goes on from its first entry."""
    is_displaced: bool = False
    """The site had no space for a car that was inside already: nothing is charged."""


def stay_facts(
    reservation: Reservation,
    *,
    entered_at: datetime,
    left_at: datetime,
    rules: Rules,
    is_free_used: bool = False,
) -> StayFacts:
    """What the price of a booked stay rests on; the booked window costs no more than its quote."""
    return StayFacts(
        entered_at=entered_at,
        left_at=left_at,
        booked=reservation.window,
        late_grace=rules.late_grace,
        early_entry=rules.early_entry,
        quote=reservation.quote,
        is_free_used=is_free_used,
    )


def stay_charge(reservation: Reservation, facts: StayFacts, *, rules: Rules) -> Charge | NoPrice:
    """The charge for a stay by the tariff that was frozen when it was reserved.

    In and out again within the free consideration costs nothing, whatever the tariff says
    (parking.md, Reservation and stay).
    """
    if timedelta() <= facts.left_at - facts.entered_at <= rules.free_consideration:
        zero = Money.zero(reservation.quote.currency)
        # A car can be presented in the very second of its entry; a window is never empty.
        start = min(reservation.window.from_, facts.entered_at)
        until = max(reservation.window.until, facts.left_at)
        return Charge(Window(start, until), (), zero, zero)
    return charge_for(reservation.tariff, facts)
