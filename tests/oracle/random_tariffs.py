"""Random price boards over the whole vocabulary, the same for the same seed; stays stand beside.

All of them are whole: bands tile every date of every mix of day types, caps are not below the
minimum, every name that is used exists.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from random import Random

from kiosk.domain.tariff import (
    DAY_MINUTES,
    DAY_SCOPES,
    EVERY_DAY,
    Band,
    BandRule,
    BlockPolicy,
    Calendar,
    Cap,
    CapScope,
    DayType,
    Discount,
    DiscountKind,
    Free,
    LostTicket,
    LostTicketRule,
    Overstay,
    Rounding,
    RoundingMode,
    Row,
    RowKind,
    Surcharge,
    SurchargeAt,
    Tariff,
    Tax,
)

ZONES = (
    *("Europe/Berlin", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"),
    "Asia/Kathmandu",  # a quarter of an hour off, and no change ever
    "America/Santiago",  # skips midnight in September, shows the hour before it twice in April
)
HOLIDAYS = (
    *(date(2026, month, day) for month, day in ((1, 1), (3, 8), (3, 29), (4, 5), (4, 6))),
    *(date(2026, month, day) for month, day in ((5, 1), (10, 3), (10, 4), (10, 25), (11, 1))),
    *(date(2026, month, day) for month, day in ((12, 24), (12, 25), (12, 31))),
)
"""Some of them are the days on which the clocks of the zones change."""
BLOCKS = (1, 2, 5, 6, 7, 10, 12, 15, 20, 30, 30, 45, 60, 60, 60, 77, 90)
RATES = (Fraction(19, 100), Fraction(7, 100), Fraction(52, 1000), Fraction(77, 1000), Fraction(0))
STRANGE_EDGES = (61, 97, 105, 119, 120, 121, 135, 149, 150, 151, 179, 180, 181)
"""Minutes of the day that some zone skips or shows twice, and those beside them."""


def maybe(random: Random, percent: int) -> bool:
    """Yes in so many of a hundred cases."""
    return random.randrange(100) < percent


def random_tariff(random: Random, version: int) -> Tariff:
    """A whole tariff of any kind."""
    calendars, day_types = random_days(random)
    days = tuple(each.name for each in day_types)
    bands = random_bands(random, days)
    caps = random_caps(random, bands, days)
    has_day_cap = any(cap.scope in DAY_SCOPES for cap in caps)
    lowest_cap = min((cap.price for cap in caps), default=Fraction(400))
    minimum = min(lowest_cap, Fraction(random.randint(1, 400)))
    return Tariff(
        code="random",
        version=version,
        zone=random.choice(ZONES),
        currency=random.choice(("EUR", "EUR", "USD", "JPY", "KWD")),
        bands=bands,
        policy=random.choice(tuple(BlockPolicy)),
        calendars=calendars,
        day_types=day_types,
        valid_from=date(2026, 2, 1) if maybe(random, 3) else None,
        valid_until=date(2026, 11, 1) if maybe(random, 3) else None,
        tax=Tax(rate=random.choice(RATES), is_included=maybe(random, 65)),
        free=random_free(random) if maybe(random, 35) else None,
        caps=caps,
        minimum=minimum if maybe(random, 20) else Fraction(0),
        maximum_stay_minutes=random.choice((None,) * 30 + (45, 240, 600, 1440, 4321)),
        surcharges=random_surcharges(random, days),
        lost_ticket=random_lost_ticket(random, has_day_cap=has_day_cap),
        overstay=random_overstay(random),
        is_early_charged=maybe(random, 50),
        discounts=random_discounts(random),
        rounding=random_rounding(random),
    )


# ------------------------------------------------------------------------------------------- days


def random_days(random: Random) -> tuple[tuple[Calendar, ...], tuple[DayType, ...]]:
    """One type for all days, or a few; with a calendar that comes first, or none."""
    week = tuple(range(7))
    kind = random.randrange(5)
    if kind <= 1:
        return (), (EVERY_DAY,)
    holidays = Calendar(name="holidays", dates=tuple(sorted(random.sample(HOLIDAYS, 7))))
    holiday = DayType(name="holiday", calendars=("holidays",), weekdays=(6,) * random.randrange(2))
    if kind == 2:
        return (holidays,), (holiday, DayType(name="other", weekdays=week))
    shuffled = random.sample(week, 7)
    cut = random.randint(2, 5)
    parted = (
        DayType(name="some", weekdays=tuple(sorted(shuffled[:cut]))),
        DayType(name="rest", weekdays=week),
    )
    return ((), parted) if kind == 3 else ((holidays,), (holiday, *parted))


# ------------------------------------------------------------------------------------ bands, rows


def random_edge(random: Random) -> int:
    """A minute of the day: mostly round, often odd, often where clocks change."""
    kind = random.randrange(10)
    if kind < 4:
        return 30 * random.randrange(48)
    return random.choice(STRANGE_EDGES) if kind < 7 else random.randrange(DAY_MINUTES)


def random_bands(random: Random, days: tuple[str, ...]) -> tuple[Band, ...]:
    """Bands that tile every date: some for all days, then some for each group of day types.

    All days share the bands from `first` to `own`; those of a group begin at `own` and the last
    of them runs until `first` of the next date.
    """
    first, own = sorted((random_edge(random), random_edge(random)))
    if maybe(random, 40):
        first = own = 0
    elif maybe(random, 50):
        first = own
    bands: list[Band] = []
    if first < own:
        bands += tiles(random, first, own, days=(), name="Shared")
    for number, group in enumerate(random_groups(random, days)):
        bands += tiles(random, own, first + DAY_MINUTES, days=group, name="ABC"[number])
    if maybe(random, 4):
        place = random.randrange(len(bands))
        silent = replace(bands[place], rows=(), rule=BandRule.SUM, unstated="Not on the board.")
        bands[place] = silent
    return tuple(random.sample(bands, len(bands)))


def random_groups(random: Random, days: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Day types that have their bands in common; one group of all is written as none."""
    if len(days) == 1 or maybe(random, 25):
        return ((),)
    if len(days) == 3 and maybe(random, 50):
        return (days[0], days[2]), (days[1],)
    return tuple((day,) for day in days)


def tiles(
    random: Random, first: int, last: int, *, days: tuple[str, ...], name: str
) -> list[Band]:
    """One to four bands from the first minute to the last; all of them begin before midnight."""
    wanted = {random_edge(random) for _ in range(random.randrange(4))}
    inner = sorted(each for each in wanted if first < each < last)
    return [
        random_band(
            random, Band(name=f"{name}{from_}", from_minute=from_, until_minute=until, days=days)
        )
        for from_, until in pairwise((first, *inner, last))
    ]


def random_band(random: Random, hours: Band) -> Band:
    """Hours with rows of any kind."""
    entry = Row(kind=RowKind.PER_ENTRY, price=random_price(random), tax=random_own_tax(random))
    kind = random.randrange(20)
    if kind == 0:
        return replace(hours, rows=(entry,))
    if kind <= 3:
        return replace(hours, rows=(*random_rows(random), entry))
    if kind <= 6:
        return replace(hours, rows=(entry, *random_rows(random)), rule=BandRule.MIN)
    return replace(hours, rows=random_rows(random))


def random_rows(random: Random) -> tuple[Row, ...]:
    """One to four block and flat rows, one after the other on the row clock."""
    later = random.choice((0, 0, 0, 1, 1, 2, 3))
    starts = sorted(random.sample((5, 7, 30, 45, 60, 90, 100, 120, 180, 240, 720, 1440), later))
    return tuple(random_row(random, start) for start in (0, *starts))


def random_row(random: Random, from_minutes: int) -> Row:
    """A flat price, or one in blocks that need not fit the time that their price is for."""
    tax = random_own_tax(random)
    if maybe(random, 20):
        return Row(
            kind=RowKind.FLAT, price=random_price(random), from_minutes=from_minutes, tax=tax
        )
    kind = random.randrange(10)
    if kind == 0:
        price, per, block = Fraction(random.randint(1, 1200), 100), 1, 1
    elif kind == 1:
        price, per, block = Fraction(10), 7, random.choice((1, 7, 10))
    elif kind == 2:
        price, per, block = Fraction(random.randint(200, 2000)), 1440, random.choice((60, 1440))
    elif kind <= 5:
        price, per, block = random_price(random), random.choice(BLOCKS), random.choice(BLOCKS)
    else:
        per = block = random.choice(BLOCKS)
        price = random_price(random) * per / 60
    return Row(
        kind=RowKind.BLOCK,
        price=price,
        from_minutes=from_minutes,
        per_minutes=per,
        block_minutes=block,
        tax=tax,
    )


def random_price(random: Random) -> Fraction:
    """Up to 8.00, sometimes nothing."""
    return Fraction(0) if maybe(random, 8) else Fraction(random.randint(1, 80) * 10)


def random_own_tax(random: Random) -> Fraction | None:
    """Mostly none."""
    return random.choice(RATES) if maybe(random, 12) else None


# ------------------------------------------------------------------------------------------- caps


def random_caps(random: Random, bands: tuple[Band, ...], days: tuple[str, ...]) -> tuple[Cap, ...]:
    """Up to four caps of any scope."""
    count = random.choice((0, 0, 1, 1, 1, 2, 2, 3, 4))
    return tuple(random_cap(random, bands, days) for _ in range(count))


def random_cap(random: Random, bands: tuple[Band, ...], days: tuple[str, ...]) -> Cap:
    """One cap at a height that is reached now and then."""
    scope = random.choice(tuple(CapScope))
    highest = {CapScope.BAND: 1500, CapScope.WEEK: 12000, CapScope.MONTH: 20000}
    price = Fraction(random.randint(50, highest.get(scope, 4000)))
    return Cap(
        scope=scope,
        price=price if maybe(random, 85) else price / 7,
        restarts_blocks=maybe(random, 50),
        band=random.choice(bands).name if scope is CapScope.BAND else "",
        reset_minute=random_edge(random) if scope is CapScope.RESET_DAY else 0,
        is_from_entry=scope in {CapScope.WEEK, CapScope.MONTH} and maybe(random, 50),
        days=some_days(random, days) if scope in DAY_SCOPES else (),
    )


def some_days(random: Random, days: tuple[str, ...]) -> tuple[str, ...]:
    """Some day types; none stands for all."""
    return (random.choice(days),) if maybe(random, 40) else ()


# ------------------------------------------------------------------------ what is added to it


def random_free(random: Random) -> Free:
    """Free minutes, often the length of a block."""
    return Free(
        minutes=random.choice((1, 5, 10, 15, 30, 45, 60, 120)),
        is_deducted=maybe(random, 50),
        once_in_hours=random.choice((None, 24)),
    )


def random_surcharges(random: Random, days: tuple[str, ...]) -> tuple[Surcharge, ...]:
    """Up to two, some of them over midnight."""
    return tuple(
        random_surcharge(random, f"Surcharge {number}", days)
        for number in range(random.choice((0, 0, 0, 0, 1, 2)))
    )


def random_surcharge(random: Random, name: str, days: tuple[str, ...]) -> Surcharge:
    """One surcharge."""
    from_ = random_edge(random)
    until = random_edge(random)
    return Surcharge(
        name=name,
        price=Fraction(random.randint(1, 2500)),
        at=random.choice(tuple(SurchargeAt)),
        from_minute=from_,
        until_minute=until if until > from_ else until + DAY_MINUTES,
        days=some_days(random, days),
        tax=random_own_tax(random),
    )


def random_lost_ticket(random: Random, *, has_day_cap: bool) -> LostTicket | None:
    """Any rule that fits the tariff."""
    rule = random.choice(tuple(LostTicketRule))
    if rule is not LostTicketRule.DAY_MAXIMUM:
        return LostTicket(rule=rule, price=Fraction(random.randint(0, 4000)))
    return LostTicket(rule=rule) if has_day_cap else None


def random_overstay(random: Random) -> Overstay:
    """Half of them the plain one."""
    if maybe(random, 50):
        return Overstay()
    return Overstay(
        multiplier=random.choice((Fraction(1), Fraction(3, 2), Fraction(4, 3), Fraction(3))),
        block_minutes=random.choice((None, 7, 30, 60)),
        cap=random.choice((None, Fraction(350), Fraction(4000))),
        is_from_grace_end=maybe(random, 50),
    )


def random_discounts(random: Random) -> tuple[Discount, ...]:
    """Validations first, then some by percent and amount in any order."""
    times = [
        Discount(name=f"Shop {minutes}", kind=DiscountKind.TIME, value=Fraction(minutes))
        for minutes in random.sample((30, 60, 120), random.choice((0, 0, 1, 2)))
    ]
    percent = Discount(
        name="Percent", kind=DiscountKind.PERCENT, value=Fraction(random.randint(1, 100), 100)
    )
    amount = Discount(
        name="Amount", kind=DiscountKind.AMOUNT, value=Fraction(random.randint(1, 500))
    )
    return (*times, *random.sample((percent, amount), random.choice((0, 0, 1, 2))))


def random_rounding(random: Random) -> Rounding:
    """Half of them to the minor unit."""
    if maybe(random, 50):
        return Rounding(cash_step_minor=random.choice((1, 5)))
    return Rounding(
        step_minor=random.choice((1, 5, 10, 50, 100)),
        mode=random.choice(tuple(RoundingMode)),
        cash_step_minor=random.choice((1, 5, 10, 20)),
    )
