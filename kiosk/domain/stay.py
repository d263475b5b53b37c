"""What a stay costs when its ticket is presented at the exit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.reservation import Reservation
from kiosk.domain.site import Rules
from kiosk.domain.tariff import Charge, charge_for
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


def stay_charge(
    reservation: Reservation, *, entered_at: datetime, presented_at: datetime, rules: Rules
) -> Charge:
    """The charge for a stay whose ticket was presented at `presented_at`.

    Time counts from the booked start (a car that came and went before it: from its entry).
    In and out again within the free consideration costs nothing. Until the late grace is
    over, time after the booked end is free, so that the charge never exceeds the quote;
    afterwards all of it counts (parking.md, Reservation and stay).
    """
    start, end = reservation.window.from_, reservation.window.until
    if presented_at - entered_at <= rules.free_consideration:
        start = min(start, entered_at)
        zero = Money.zero(reservation.quote.currency)
        # A car can be presented in the very second of its entry; a window is never empty.
        return Charge(Window(start, max(presented_at, end)), (), zero, zero)
    counted_from = start if presented_at > start else entered_at
    counted_until = presented_at
    if end < presented_at <= end + rules.late_grace:
        counted_until = end
    return charge_for(reservation.tariff, Window(counted_from, counted_until))
