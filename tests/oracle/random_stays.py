"""Random stays for a random tariff, many of them where clocks change or bands and months end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from random import Random

from kiosk.domain.tariff import CapScope, DiscountKind, Tariff
from kiosk.domain.time import Window
from tests.oracle.random_tariffs import maybe
from tests.oracle.slow_price import StayCase
from tests.oracle.wall import DAY, instant_of, minute_of, shown, wall_minute

FIRST = minute_of(datetime(2026, 1, 1, tzinfo=UTC))
YEAR = range(FIRST, FIRST + 365 * DAY)
HOUR = 60


@cache
def changes(zone: str) -> tuple[int, ...]:
    """The minutes of 2026 at which the clocks of a zone jump."""
    offsets = [
        (hour, shown(zone, hour) - hour) for hour in range(YEAR.start - HOUR, YEAR.stop, HOUR)
    ]
    hours = [hour for (_, before), (hour, now) in pairwise(offsets) if before != now]
    return tuple(first_change(zone, hour - HOUR) for hour in hours)


def first_change(zone: str, after: int) -> int:
    """The first minute after a given one whose clock does not follow on."""
    return next(
        minute
        for minute in range(after + 1, after + HOUR + 1)
        if shown(zone, minute) != shown(zone, minute - 1) + 1
    )


def random_stay(random: Random, tariff: Tariff, *, longest: int | None = None) -> StayCase:
    """A stay of the tariff, of at most so many minutes; a few have no price."""
    length = random_length(random, tariff)
    if longest is not None and length > longest:
        length = random.randint(1, longest)
    entry = random_anchor(random, tariff) - random.choice(
        (0, length, length // 2, random.randint(0, length), random.randint(0, 3 * HOUR))
    )
    kind = random.randrange(1000)
    if kind < 4:
        length = random.choice((0, -1, -HOUR))
    elif kind < 6:
        length = 366 * DAY + random.randint(1, DAY)
    is_reserved = length > 0 and maybe(random, 35)
    booked = random_reservation(random, entry, length) if is_reserved else None
    return StayCase(
        entered_at=instant_of(entry),
        left_at=instant_of(entry + length),
        booked=booked,
        late_grace_minutes=random.choice((0, 5, 15, 15, 15, 30)),
        early_entry_minutes=random.choice((None, 0, 15, 15, 45)),
        quote_minor=random.randint(0, 3000) if booked is not None and maybe(random, 25) else None,
        is_free_used=has_used_free(random, tariff),
        validation_minutes=random_validation(random, tariff),
        discounts=named_discounts(random, tariff),
        is_lost_ticket=maybe(random, 12 if tariff.lost_ticket else 1),
        is_cash=maybe(random, 20),
    )


def random_length(random: Random, tariff: Tariff) -> int:
    """Minutes: up to three days, to three weeks where a cap is as long, seldom over a month."""
    kind = random.randrange(100)
    if kind < 15:
        return random.randint(1, 30)
    if kind < 50:
        return random.randint(1, 4 * HOUR)
    if kind < 70:
        return random.randint(1, DAY)
    if kind < 80:
        return random.randint(1, 3) * DAY + random.choice(
            (0, 0, 1, -1, random.randint(0, 3 * HOUR))
        )
    long_caps = [cap for cap in tariff.caps if cap.scope in {CapScope.WEEK, CapScope.MONTH}]
    if long_caps and kind < 90:
        return random.randint(5 * DAY, 16 * DAY)
    if any(cap.scope is CapScope.MONTH for cap in long_caps) and kind < 94:
        return random.randint(27 * DAY, 34 * DAY)
    return random.randint(DAY, 3 * DAY)


def random_anchor(random: Random, tariff: Tariff) -> int:
    """A minute near which something happens."""
    jumps = changes(tariff.zone)
    if jumps and maybe(random, 35):
        return random.choice(jumps) + random.choice((0, 0, 30, -30, HOUR, -HOUR, 7, -1, 1))
    if maybe(random, 40):
        return random_edge_minute(random, tariff)
    if maybe(random, 30):
        first = date(2026, random.randint(1, 12), 1)
        return reached(tariff.zone, wall_minute(first, 0)) + random.randint(-DAY, DAY)
    return random.choice(YEAR)


def random_edge_minute(random: Random, tariff: Tariff) -> int:
    """The first or last minute of a band, of a reset hour, or midnight, on some date."""
    edges = [0, *(band.from_minute for band in tariff.bands)]
    edges += [cap.reset_minute for cap in tariff.caps]
    day = date(2026, 1, 1) + timedelta(days=random.randrange(365))
    return reached(tariff.zone, wall_minute(day, random.choice(edges))) + random.randint(-1, 1)


def reached(zone: str, wall: int) -> int:
    """A minute at which a zone shows the wall minute, or that it would show without a jump."""
    utc = wall - wall_minute(date(1970, 1, 1), 0)
    return utc - (shown(zone, utc) - wall)


def random_reservation(random: Random, entry: int, length: int) -> Window:
    """A window that the stay fits, misses at either end, or does not reach."""
    start = entry + random.choice(
        (0, 0, 5, -5, random.randint(-HOUR, HOUR), random.randint(0, DAY))
    )
    end = (
        entry
        + length
        + random.choice(
            (0, 0, -1, -14, -15, -16, random.randint(-4 * HOUR, HOUR), random.randint(-DAY, 0))
        )
    )
    if maybe(random, 1):
        end = start + 366 * DAY + random.randint(1, DAY)
    return Window(instant_of(start), instant_of(max(end, start + random.choice((1, 60, 240)))))


def has_used_free(random: Random, tariff: Tariff) -> bool:
    """Only where free minutes are counted per plate."""
    per_plate = tariff.free is not None and tariff.free.once_in_hours is not None
    return per_plate and maybe(random, 40)


def random_validation(random: Random, tariff: Tariff) -> int:
    """Minutes that the tariff allows; seldom more."""
    allowed = [int(each.value) for each in tariff.discounts if each.kind is DiscountKind.TIME]
    if not allowed:
        return 1 if maybe(random, 1) else 0
    return random.randint(0, max(allowed) + maybe(random, 3)) if maybe(random, 50) else 0


def named_discounts(random: Random, tariff: Tariff) -> tuple[str, ...]:
    """Some of the tariff's in any order; seldom a stranger."""
    known = [each.name for each in tariff.discounts if each.kind is not DiscountKind.TIME]
    named = random.sample(known, random.randint(0, len(known)))
    return (*named, "Stranger") if maybe(random, 1) else tuple(named)
