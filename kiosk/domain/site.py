"""What a site is and the rules that it promises to drivers before they pay."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from kiosk.domain.money import EXPONENTS


@dataclass(frozen=True, slots=True)
class Rules:
    """The time rules of reservations and stays (defaults: parking.md, Reservation and stay)."""

    pending: timedelta = timedelta(minutes=10)
    """How long a reservation waits for its deposit before it expires."""
    early_entry: timedelta = timedelta(minutes=15)
    """How long before the booked start the entrance opens; that time is free."""
    free_consideration: timedelta = timedelta(minutes=5)
    """In and out again within this time costs nothing."""
    late_grace: timedelta = timedelta(minutes=15)
    """How late a driver may leave at no cost; once exceeded, all time counts."""
    no_show_after: timedelta = timedelta(minutes=25)
    """After the booked start without an entry: the reservation ends as a no-show."""
    no_show_fee: timedelta = timedelta(hours=2)
    """A no-show pays for the first part of the booked window, at most this long."""
    exit_right: timedelta = timedelta(minutes=15)
    """How long a settled driver may take to leave."""
    buffer: timedelta = timedelta(minutes=15)
    """Idle time kept between two reservations of one space; not under the late grace."""
    minimum_stay: timedelta = timedelta(minutes=30)
    """The shortest window that is worth keeping; shorter remainders count as lost."""
    longest_stay: timedelta = timedelta(hours=24)
    """The longest window that a driver may ask for at the kiosk."""


@dataclass(frozen=True, slots=True)
class Site:
    """A car park: its number on tickets (0 to 4095), name, time zone, currency and rules."""

    number: int
    name: str
    zone: ZoneInfo
    currency: str
    rules: Rules = field(default_factory=Rules)

    def __post_init__(self) -> None:
        assert 0 <= self.number < 4096, "a ticket has 12 bits for the site"
        assert self.currency in EXPONENTS
        assert self.rules.buffer >= self.rules.late_grace
