"""What a site is and the rules that it promises to drivers before they pay."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from kiosk.domain.money import EXPONENTS
from kiosk.domain.payout import PayoutTerms


@dataclass(frozen=True, slots=True)
class CancelTier:
    """At least so long before the start, so many basis points of the deposit go back."""

    notice: timedelta
    refund_bp: int


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
    booking_ahead: timedelta = timedelta(days=60)
    """How far ahead a reservation may end; idle time is known for so long."""
    re_entry: timedelta = timedelta(minutes=60)
    """How long after leaving the same ticket opens the entrance again, without free minutes."""
    walk_up_quota_bp: int = 1000
    """Of an area's spaces, so many basis points are never given to reservations for later."""
    regret: timedelta = timedelta(minutes=10)
    """Within so long after it was made, a reservation is cancelled at no cost."""
    long_window: timedelta = timedelta(hours=24)
    """Windows up to this length are cancelled at no cost until they begin."""
    cancel_tiers: tuple[CancelTier, ...] = (
        CancelTier(timedelta(days=14), 10_000),
        CancelTier(timedelta(days=7), 5_000),
        CancelTier(timedelta(hours=24), 2_500),
    )
    """For longer windows: what goes back, the longest notice first; later than all, nothing."""
    recall_compensation_bp: int = 2_000
    """What an owner who recalls a space pays the driver, of the price of the window."""
    reseat_ahead: timedelta = timedelta(minutes=30)
    """While a car is late, reservations of its space that start within this are re-seated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineLimits:
    """With how much a car may leave unpaid when no provider can take it; in minor units."""

    per_stay_minor: int = 5_000
    per_plate_minor: int = 10_000
    """Of all that is open of one car."""
    per_site_day_minor: int = 200_000
    """Of all that cars have left with within 24 hours."""
    doubt_minor: int = 2_000
    """When a provider does not say whether it has paid."""


@dataclass(frozen=True, slots=True)
class Site:
    """A car park: its number on tickets (0 to 4095), name, time zone, currency and rules."""

    number: int
    name: str
    zone: ZoneInfo
    currency: str
    rules: Rules = field(default_factory=Rules)
    holidays: frozenset[date] = frozenset()
    """Local days on which offers that skip holidays share nothing."""
    offline: OfflineLimits = field(default_factory=OfflineLimits)
    refund_two_persons_above_minor: int = 5_000
    """An attendant alone gives back no more of one stay, or to one wallet at once."""
    keeps_shifts: bool = False
    """A desk takes and gives cash only in a shift that began with a counted float."""

    payouts: PayoutTerms = field(default_factory=PayoutTerms)

    def __post_init__(self) -> None:
        assert 0 <= self.number < 4096, "a ticket has 12 bits for the site"
        assert self.currency in EXPONENTS
        assert self.rules.buffer >= self.rules.late_grace
