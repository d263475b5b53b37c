"""What of an owner's balance is paid out at a cut-off, what is carried, and what is held back.

Which accounts of a bank are good is decided in services (bank_accounts.py); nothing moves here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from kiosk.domain.ids import OwnerId, ReservationId
from kiosk.domain.money import Money

RELEASED_AFTER = timedelta(hours=24)
"""After the exit, an owner's share of a stay can be paid out."""


@dataclass(frozen=True, slots=True)
class PayoutTerms:
    """How a site pays its owners out ([payouts] of the site file)."""

    minimum_minor: int = 0
    """Less than this is not paid but carried to the next run."""
    two_persons_above_minor: int | None = None
    """A run of more than this is approved by two different attendants; None: by one."""
    weekday: int = 0
    """The day of the weekly cut-off, Monday 0."""
    time_local: time = time(6)
    """The site's wall clock at the weekly cut-off."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one journal moved on one owner's account, and which payout has not taken in yet."""

    journal_id: int
    at: datetime
    owner_id: OwnerId
    amount: Money
    """Above zero the owner got it, below zero it was taken back."""
    reservation_id: ReservationId | None = None
    is_stay: bool = False
    """Whether a car came in for this reservation."""
    left_at: datetime | None = None


class Hold(Enum):
    """Why an entry does not count in a run."""

    NOT_LEFT = "not-left"
    TOO_YOUNG = "too-young"
    CAME_BACK_LATER = "came-back-later"
    """A payout that came back from the bank after the cut-off."""
    DISPUTED = "disputed"


class Verdict(Enum):
    """What becomes of an owner's money in a run; the value is told to people by name."""

    PAID = "paid"
    NOTHING = "nothing"
    """Nothing is released."""
    NEGATIVE = "negative"
    """More was taken back than was released: carried to the next run."""
    BELOW_MINIMUM = "below-minimum"
    """Carried to the next run."""
    NO_ACCOUNT = "no-account"
    """The site file names no account of this owner: carried."""
    WRONG_ACCOUNT = "wrong-account"
    """The account in the site file cannot be one: carried."""


@dataclass(frozen=True, slots=True)
class OwnersPart:
    """What a run does for one owner: an amount that is due, and what is held back."""

    owner_id: OwnerId
    due: Money
    """What is released, less what was taken back; may be below zero."""
    held_back: Mapping[Hold, Money]
    entries: tuple[Entry, ...]
    """Those that `due` adds up, in the order of the books."""
    verdict: Verdict


def hold_of(entry: Entry, *, cutoff: datetime, disputed: Collection[ReservationId]) -> Hold | None:
    """Why an entry does not count before a cut-off; None when it does.

    What was taken back counts always and at once. A credit counts when it was released before
    the cut-off, which is not itself part of the run: an exit exactly 24 h before waits for the
    next one. What comes from no reservation (a payout that came back) has nothing to wait for.
    """
    if entry.amount.minor < 0:
        return None
    if entry.reservation_id in disputed:
        return Hold.DISPUTED
    if entry.is_stay and entry.left_at is None:
        return Hold.NOT_LEFT
    if entry.reservation_id is None:
        return None if entry.at < cutoff else Hold.CAME_BACK_LATER
    begins = entry.left_at or entry.at
    return None if max(begins + RELEASED_AFTER, entry.at) < cutoff else Hold.TOO_YOUNG


def owners_parts(
    entries: Iterable[Entry],
    *,
    cutoff: datetime,
    disputed: Collection[ReservationId],
    minimum: Money,
) -> tuple[OwnersPart, ...]:
    """What every owner with entries is due at a cut-off, in the order of owners."""
    of_owner: dict[OwnerId, list[Entry]] = {}
    for entry in entries:
        of_owner.setdefault(entry.owner_id, []).append(entry)
    return tuple(
        _part(owner_id, of_owner[owner_id], cutoff=cutoff, disputed=disputed, minimum=minimum)
        for owner_id in sorted(of_owner)
    )


def _part(
    owner_id: OwnerId,
    entries: list[Entry],
    *,
    cutoff: datetime,
    disputed: Collection[ReservationId],
    minimum: Money,
) -> OwnersPart:
    zero = Money.zero(minimum.currency)
    due, held_back, counted = zero, dict[Hold, Money](), list[Entry]()
    for entry in entries:
        hold = hold_of(entry, cutoff=cutoff, disputed=disputed)
        if hold is None:
            due += entry.amount
            counted.append(entry)
        else:
            held_back[hold] = held_back.get(hold, zero) + entry.amount
    return OwnersPart(owner_id, due, held_back, tuple(counted), _verdict(due, minimum))


def _verdict(due: Money, minimum: Money) -> Verdict:
    if due.minor < 0:
        return Verdict.NEGATIVE
    if not due:
        return Verdict.NOTHING
    return Verdict.PAID if due >= minimum else Verdict.BELOW_MINIMUM


def weekly_cutoff(now: datetime, *, terms: PayoutTerms, zone: ZoneInfo) -> datetime:
    """The latest weekly cut-off that is not after `now`, in UTC; the same wall clock all year.

    A wall clock that a day shows twice means the first time; one that it skips, as much later.
    """
    today = now.astimezone(zone).date()
    day = today - timedelta(days=(today.weekday() - terms.weekday) % 7)
    cutoff = _at(day, terms, zone)
    return cutoff if cutoff <= now else _at(day - timedelta(days=7), terms, zone)


def _at(day: date, terms: PayoutTerms, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, terms.time_local, zone).astimezone(UTC)


def persons_needed(total: Money, terms: PayoutTerms) -> int:
    """How many different attendants approve a run of this much."""
    limit = terms.two_persons_above_minor
    return 2 if limit is not None and total.minor > limit else 1
