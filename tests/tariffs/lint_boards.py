"""Boards that the tests of the linter share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from kiosk.domain.checking.lint import FindingKind, Lint, lint
from kiosk.domain.tariff import (
    DAY_MINUTES,
    Band,
    Calendar,
    Cap,
    CapScope,
    DayType,
    Row,
    RowKind,
    Tariff,
)

WEEK = date(2026, 3, 4)


def block(price: int, per: int, *, from_: int = 0, block_minutes: int | None = None) -> Row:
    return Row(
        kind=RowKind.BLOCK,
        price=Fraction(price),
        from_minutes=from_,
        per_minutes=per,
        block_minutes=block_minutes or per,
    )


def cap(scope: CapScope, price: int, **more: object) -> Cap:
    return replace(Cap(scope=scope, price=Fraction(price)), **more)  # type: ignore[arg-type]


DAY = Band(name="Day", from_minute=480, until_minute=1080, rows=(block(400, 60),))


NIGHT = Band(
    name="Night", from_minute=1080, until_minute=DAY_MINUTES + 480, rows=(block(100, 60),)
)


ALWAYS = Band(name="Always", from_minute=0, until_minute=DAY_MINUTES, rows=(block(120, 30),))


PLAIN = Tariff(code="plain", version=1, zone="Europe/Berlin", currency="EUR", bands=(ALWAYS,))


TWO_BANDS = replace(PLAIN, code="two-bands", bands=(DAY, NIGHT))


WEEKDAY = DayType(name="weekday", weekdays=(0, 1, 2, 3, 4))


WEEKEND = DayType(name="weekend", weekdays=(5, 6))


HOLIDAY = DayType(name="holiday", calendars=("public",))


HOLIDAYS = Calendar(name="public", dates=(date(2026, 12, 25), date(2026, 12, 26)))


BY_DAYS = replace(
    PLAIN,
    calendars=(HOLIDAYS,),
    day_types=(HOLIDAY, WEEKDAY, WEEKEND),
    bands=(
        replace(ALWAYS, name="Work", days=("weekday",)),
        replace(ALWAYS, name="Rest", days=("weekend", "holiday")),
    ),
)


def always(*rows: Row, **more: object) -> Tariff:
    """The plain tariff with other rows."""
    band = replace(ALWAYS, rows=rows)
    return replace(PLAIN, bands=(band,), **more)  # type: ignore[arg-type]


def with_caps(tariff: Tariff, *caps: Cap) -> Tariff:
    return replace(tariff, caps=caps)


@lru_cache
def looked_at(tariff: Tariff, week_of: date = WEEK) -> Lint:
    """What the linter says; once for each tariff of these tests."""
    return lint(tariff, week_of=week_of)


def found(tariff: Tariff, *, week_of: date = WEEK) -> list[tuple[FindingKind, str]]:
    return [(each.kind, each.path) for each in looked_at(tariff, week_of).findings]


def text_of(tariff: Tariff, kind: FindingKind) -> str:
    return next(each.text for each in looked_at(tariff).findings if each.kind is kind)
