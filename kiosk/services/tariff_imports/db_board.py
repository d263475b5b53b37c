"""A price board of DB BahnPark: how its numbers go together, as a tariff with worked examples.

The board gives prices for 20 and 30 minutes, an hour, a day and a week. `price_steps` says how
they are read, and which contradictions are refused; db.py reads the records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from kiosk.domain.money import Money
from kiosk.domain.tariff import (
    DAY_MINUTES,
    Band,
    Cap,
    CapScope,
    Free,
    Row,
    RowKind,
    Tariff,
)
from kiosk.services.charge_words import amount_text, duration_text
from kiosk.services.published_records import CannotSay
from kiosk.services.tariff_files.parts import Source, TariffFile, WorkedExample
from kiosk.services.tariff_imports.records import stay

PUBLISHER = "DB BahnPark GmbH"
LICENCE = "CC BY 4.0"

_ZONE, _CURRENCY = "Europe/Berlin", "EUR"
_HOUR = 60
_WEEK = 7 * DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Until:
    """A stay of at most so many minutes costs so much; as a further price: each such block."""

    minutes: int
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The published numbers, in cents and minutes; None: not published."""

    minutes_20: int | None
    minutes_30: int | None
    hour: int | None
    day: int | None
    week: int | None
    named_steps: tuple[Until, ...] = ()
    """What the words beside the prices say: until 2 hours, until 4 hours."""
    further: Until | None = None
    is_hourly: bool = False
    """The words say: from the second hour on, started hours are charged."""
    day_ends_at: int | None = None
    free_minutes: int | None = None
    longest_minutes: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The numbers as they are charged: fixed steps, then blocks, then the day and the week."""

    fixed: tuple[Until, ...]
    further: Until | None
    """Blocks behind the last step; None: the day price."""
    day: int | None
    week: int | None
    how: str
    """How the numbers were read, in words."""


def price_steps(board: Board) -> Steps:
    """How the numbers of a board go together; CannotSay where they do not."""
    day_only = board.hour is None and not board.named_steps
    if board.day is None and (board.hour is None or board.named_steps):
        raise CannotSay("prices: there is none for an hour and none for a day")
    if day_only:
        assert board.day is not None, "refused above"
        fixed: tuple[Until, ...] = ()
        further: Until | None = Until(DAY_MINUTES, board.day)
        how = "Only days are priced: every started 24 hours from the entry cost the day price."
    elif board.named_steps:
        fixed, further, how = _named(board)
    else:
        fixed, further, how = _by_the_hour(board)
    steps = Steps(
        fixed=fixed, further=further, day=None if day_only else board.day, week=board.week, how=how
    )
    _refuse_contradictions(board, steps)
    return steps


def _named(board: Board) -> tuple[tuple[Until, ...], Until | None, str]:
    steps = list(board.named_steps)
    if board.hour is not None and steps[0].minutes > _HOUR:
        steps.insert(0, Until(_HOUR, board.hour))
    if board.further is None:
        return tuple(steps), None, "A longer stay than the last step costs the day price."
    return tuple(steps), board.further, "Behind the last step the price of a further hour counts."


def _by_the_hour(board: Board) -> tuple[tuple[Until, ...], Until | None, str]:
    assert board.hour is not None, "refused before"
    short = [
        Until(minutes, minor)
        for minutes, minor in ((20, board.minutes_20), (30, board.minutes_30))
        if minor is not None
    ]
    after = board.further or (Until(_HOUR, board.hour) if board.is_hourly else None)
    if after is not None:
        how = (
            f"The first hour as published, then every started {duration_text(after.minutes * 60)}."
        )
        return (*short, Until(_HOUR, board.hour)), after, how
    if not short:
        return (), Until(_HOUR, board.hour), "Every started hour costs the price of one hour."
    if len(short) == 1 and short[0].minutes == 30 and 2 * short[0].minor == board.hour:
        how = (
            "Every started half hour costs the price of 30 minutes, which is half of that of an "
            "hour; boards that charge whole hours from the second on say so in words."
        )
        return (), short[0], how
    raise CannotSay(
        f"prices: {short[0].minutes}min {_say(short[0].minor)} is not half of 1hour "
        f"{_say(board.hour)}, and no words say what a further half hour costs"
    )


def _refuse_contradictions(board: Board, steps: Steps) -> None:
    for shorter, longer in pairwise(steps.fixed):
        if longer.minutes <= shorter.minutes or longer.minor < shorter.minor:
            raise CannotSay(
                f"prices: {duration_text(longer.minutes * 60)} {_say(longer.minor)} comes after "
                f"{duration_text(shorter.minutes * 60)} {_say(shorter.minor)}"
            )
    day, week = board.day, board.week
    dearest = steps.fixed[-1].minor if steps.fixed else board.hour
    if day is not None and dearest is not None and dearest > day:
        raise CannotSay(f"prices: 1day {_say(day)} is less than {_say(dearest)} for hours")
    if day is not None and board.hour is not None and not steps.fixed and day > 24 * board.hour:
        raise CannotSay(f"prices: 1day {_say(day)} is more than 24 times 1hour")
    if week is not None and day is None:
        raise CannotSay("prices: 1week without 1day")
    if week is not None and day is not None and not day <= week <= 7 * day:
        raise CannotSay(
            f"prices: 1week {_say(week)} is less than 1day or more than 7 times {_say(day)}"
        )
    if board.day_ends_at is not None and (steps.fixed or week is not None or day is None):
        raise CannotSay("tariffSpecial: the hour at which the day ends, beside steps or a week")


def file_of(board: Board) -> TariffFile:
    """The board as a tariff file; CannotSay names what no tariff can say."""
    steps = price_steps(board)
    tariff = Tariff(
        code=_code(board, steps),
        version=1,
        zone=_ZONE,
        currency=_CURRENCY,
        bands=(Band(name="Parking", from_minute=0, until_minute=DAY_MINUTES, rows=_rows(steps)),),
        free=Free(minutes=board.free_minutes) if board.free_minutes is not None else None,
        caps=tuple(_caps(board, steps)),
        maximum_stay_minutes=board.longest_minutes,
    )
    source = Source(
        publisher=PUBLISHER,
        licence=LICENCE,
        text=board.text,
        notes=tuple(_notes(board, steps)),
    )
    return TariffFile(tariff=tariff, source=source, examples=tuple(_examples(tariff, steps)))


def _rows(steps: Steps) -> tuple[Row, ...]:
    rows, from_minutes, paid = [], 0, 0
    for step in steps.fixed:
        price = Fraction(step.minor - paid)
        rows.append(Row(kind=RowKind.FLAT, price=price, from_minutes=from_minutes))
        from_minutes, paid = step.minutes, step.minor
    if steps.further is not None:
        block = steps.further.minutes
        price = Fraction(steps.further.minor)
        rows.append(
            Row(
                kind=RowKind.BLOCK,
                price=price,
                from_minutes=from_minutes,
                per_minutes=block,
                block_minutes=block,
            )
        )
    else:
        assert steps.day is not None, "named steps end at a day price"
        price = Fraction(steps.day - paid)
        rows.append(Row(kind=RowKind.FLAT, price=price, from_minutes=from_minutes))
    return tuple(rows)


def _caps(board: Board, steps: Steps) -> Iterator[Cap]:
    if steps.day is not None and board.day_ends_at is not None:
        price = Fraction(steps.day)
        yield Cap(scope=CapScope.RESET_DAY, price=price, reset_minute=board.day_ends_at)
    elif steps.day is not None:
        yield Cap(scope=CapScope.ROLLING_24H, price=Fraction(steps.day), restarts_blocks=True)
    if steps.week is not None:
        yield Cap(scope=CapScope.WEEK, price=Fraction(steps.week), is_from_entry=True)


def _code(board: Board, steps: Steps) -> str:
    parts = [f"to-{_length(step.minutes)}-{step.minor}" for step in steps.fixed]
    if steps.further is not None:
        parts.append(f"each-{_length(steps.further.minutes)}-{steps.further.minor}")
    for name, minor in (("day", steps.day), ("week", steps.week)):
        parts += [f"{name}-{minor}"] * (minor is not None)
    if board.day_ends_at is not None:
        parts.append(f"until-{board.day_ends_at // 60:02d}{board.day_ends_at % 60:02d}")
    if board.free_minutes is not None:
        parts.append(f"free-{board.free_minutes}min")
    if board.longest_minutes is not None:
        parts.append(f"max-{_length(board.longest_minutes)}")
    return "-".join(["db", *parts])


def _length(minutes: int) -> str:
    for unit, length in (("d", DAY_MINUTES), ("h", _HOUR)):
        if minutes % length == 0:
            return f"{minutes // length}{unit}"
    return f"{minutes}min"


def _notes(board: Board, steps: Steps) -> Iterator[str]:
    yield steps.how
    if board.day_ends_at is not None:
        hour = f"{board.day_ends_at // 60:02d}:{board.day_ends_at % 60:02d}"
        yield f"The day price is for each day until {hour}, as the words say; blocks run over it."
    elif steps.day is not None:
        yield (
            "1day is taken for each 24 hours from the entry, and hours begin anew with each: "
            "boards whose day ends at an hour say so in words."
        )
    if steps.week is not None:
        yield "1week is taken for each 7 times 24 hours from the entry."
    elif board.day is not None:
        yield "No week price is published: days add up."
    else:
        yield "No day price is published: hours add up."
    if board.free_minutes is not None:
        yield "tariffFreeParkingTime: a longer stay is charged whole; the data does not say."
    if board.longest_minutes is not None:
        yield "tariffMaxParkingTime is the longest stay; what follows counts as overstay."
    yield "The data states no tax; none is shown."
    yield "Monthly products, PCard and BahnCard prices are products of their own."


def _examples(tariff: Tariff, steps: Steps) -> Iterator[WorkedExample]:
    """Stays worked out from the published numbers alone, not by the engine."""
    longest = tariff.maximum_stay_minutes or 60 * DAY_MINUTES
    if tariff.free is not None:
        minutes = tariff.free.minutes
        yield stay(tariff, says=f"{minutes} min are free", minutes=minutes, total_minor=0)
    for minutes in (50, 190):
        if minutes <= longest:
            says, minor = _within_a_day(steps, minutes)
            says = f"{duration_text(minutes * 60)}: {says}"
            yield stay(tariff, says=says, minutes=minutes, total_minor=minor)
    ends_by_the_clock = any(cap.scope is CapScope.RESET_DAY for cap in tariff.caps)
    if steps.day is not None and not ends_by_the_clock and longest >= 25 * _HOUR:
        says, minor = _within_a_day(steps, _HOUR)
        says = f"25 h: the day price {_say(steps.day)}, then {says}"
        yield stay(tariff, says=says, minutes=25 * _HOUR, total_minor=steps.day + minor)
    if steps.week is not None and longest >= _WEEK:
        says = f"7 days: the week price {_say(steps.week)}"
        yield stay(tariff, says=says, minutes=_WEEK, total_minor=steps.week)


def _within_a_day(steps: Steps, minutes: int) -> tuple[str, int]:
    """What a stay within the first day costs, and why."""
    for step in steps.fixed:
        if minutes <= step.minutes:
            return f"up to {duration_text(step.minutes * 60)} cost {_say(step.minor)}", step.minor
    if steps.further is None:
        assert steps.day is not None, "named steps end at a day price"
        return f"the day price {_say(steps.day)}", steps.day
    from_minutes = steps.fixed[-1].minutes if steps.fixed else 0
    paid = steps.fixed[-1].minor if steps.fixed else 0
    each = steps.further
    blocks = -(-(minutes - from_minutes) // each.minutes)
    minor = paid + blocks * each.minor
    says = f"{blocks} x {duration_text(each.minutes * 60)} at {_say(each.minor)}"
    if paid:
        says = f"{_say(paid)} and {says}"
    if steps.day is not None and minor > steps.day:
        return f"{says}, at most {_say(steps.day)} in a day", steps.day
    return says, minor


def _say(minor: int) -> str:
    return amount_text(Money(minor, _CURRENCY))
