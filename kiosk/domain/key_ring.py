"""Which keys sign and verify tickets at an instant, and how a new key takes over from the last.

Where the keys are kept, and when somebody changes them, others know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kiosk.domain.ticket import TicketKey

LONGEST_AHEAD = timedelta(days=62)
"""No ticket is signed longer than this before the end of its window."""
LATEST_EXIT = timedelta(days=30)
"""A car that stands longer than this after its window leaves by the desk."""
OVERLAP = LONGEST_AHEAD + LATEST_EXIT
"""How long an old key is believed: as long as a ticket that it signed may still be shown."""
FIRST_NUMBER, LAST_NUMBER = 1, 15
_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DatedKey:
    """A key and the time in which it counts."""

    key: TicketKey
    signs_from: datetime
    believed_until: datetime | None = None
    """None for the newest: its end is set when the next one is made."""

    def is_believed(self, now: datetime) -> bool:
        """Whether its tickets are genuine; also before it signs, for a clock can be set back."""
        return self.believed_until is None or now < self.believed_until


@dataclass(frozen=True, slots=True)
class NumberStillBelieved:
    """All numbers are on tickets that may be shown: a new key would make those look forged."""

    number: int
    until: datetime


@dataclass(frozen=True, slots=True)
class ClockBehind:
    """By this clock the newest key does not sign yet: the old ones' end would come too early."""

    signs_from: datetime


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys of a site that may still be believed, in the order in which they were made."""

    keys: tuple[DatedKey, ...]

    def __post_init__(self) -> None:
        numbers = [each.key.number for each in self.keys]
        assert len(set(numbers)) == len(numbers) > 0, "each key has a number of its own"
        *older, newest = self.keys
        assert newest.believed_until is None, "the newest key has no end yet"
        assert all(each.believed_until is not None for each in older), "an old key has an end"

    @classmethod
    def of(cls, key: TicketKey) -> KeyRing:
        """A site's first key, which has signed from the beginning."""
        return cls((DatedKey(key, _BEGINNING),))

    def signing(self, now: datetime) -> TicketKey:
        """The newest key that signs by now; the newest of all where the clock knows none."""
        begun = [each for each in self.keys if each.signs_from <= now and each.is_believed(now)]
        return (begun or self.keys)[-1].key

    def believed(self, now: datetime) -> tuple[TicketKey, ...]:
        """The keys whose tickets are genuine."""
        return tuple(each.key for each in self.keys if each.is_believed(now))

    def rotated(
        self, secret: bytes, *, now: datetime, overlap: timedelta = OVERLAP
    ) -> KeyRing | NumberStillBelieved | ClockBehind:
        """The ring in which a new key signs from now on, and no older one counts after `overlap`.

        Keys that are believed no more are left out; without an overlap, all of them are.
        """
        newest, end = self.keys[-1], now + overlap
        if overlap and now < newest.signs_from:
            return ClockBehind(newest.signs_from)
        number = newest.key.number % LAST_NUMBER + FIRST_NUMBER
        kept: list[DatedKey] = []
        for each in self.keys:
            until = end if each.believed_until is None else min(each.believed_until, end)
            if now < until:
                if each.key.number == number:
                    return NumberStillBelieved(number, until)
                kept.append(DatedKey(each.key, each.signs_from, until))
        return KeyRing((*kept, DatedKey(TicketKey(number, secret), now)))
