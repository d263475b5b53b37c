"""Turns the tables of a tariff file into the domain's tariff, and its examples into stays.

Prices become exact fractions of the minor unit here. Reading and refusing files stand in
file.py, writing them in toml.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import get_args
from zoneinfo import ZoneInfo

from kiosk.domain.checking.problems import Problem
from kiosk.domain.money import EXPONENTS, Money
from kiosk.domain.pricing.charge import StayFacts
from kiosk.domain.tariff import (
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
from kiosk.domain.time import Window
from kiosk.services.instants import read_instant
from kiosk.services.tariff_files.tables import (
    BandTable,
    CapTable,
    DiscountTable,
    ExampleTable,
    RowTable,
    SurchargeTable,
    TariffTable,
)
from kiosk.services.tariff_files.values import Weekday

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a price board was published; no part of the price, nor of the hash."""

    name: str = ""
    publisher: str = ""
    licence: str = ""
    text: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedExample:
    """A stay with what it must come to: a total, or the name of the answer instead of one."""

    says: str
    facts: StayFacts
    total: Money | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffFile:
    """All that a tariff file holds."""

    tariff: Tariff
    source: Source | None = None
    examples: tuple[WorkedExample, ...] = ()


class Parts:
    """One tariff file on its way from tables to values; collects what is wrong with amounts."""

    def __init__(self, table: TariffTable) -> None:
        self._table = table
        self._scale: int = 10 ** EXPONENTS[table.currency]
        self.problems: list[Problem] = []

    def tariff(self) -> Tariff:
        """The tariff; amounts that should be whole and are not stand in `problems`."""
        table = self._table
        return Tariff(
            code=table.code,
            version=table.version,
            zone=table.zone,
            currency=table.currency,
            policy=BlockPolicy(table.blocks),
            calendars=tuple(
                Calendar(name=name, dates=dates) for name, dates in table.calendar.items()
            ),
            day_types=tuple(
                DayType(
                    name=day.name,
                    weekdays=tuple(WEEKDAYS.index(weekday) for weekday in day.weekdays),
                    calendars=day.calendars,
                )
                for day in table.day
            )
            or (EVERY_DAY,),
            bands=tuple(self._band(band) for band in table.band),
            valid_from=table.valid_from,
            valid_until=table.valid_until,
            tax=Tax(rate=_part(table.tax.percent), is_included=table.tax.included),
            free=self._free(),
            caps=tuple(self._cap(cap) for cap in table.cap),
            minimum=self._price(table.minimum),
            maximum_stay_minutes=table.maximum_stay_minutes,
            surcharges=tuple(self._surcharge(surcharge) for surcharge in table.surcharge),
            lost_ticket=self._lost_ticket(),
            overstay=self._overstay(),
            is_early_charged=table.early_entry == "charged",
            discounts=tuple(self._discount(discount) for discount in table.discount),
            rounding=self._rounding(),
        )

    def source(self) -> Source | None:
        """Where the board was published, if the file says so."""
        return Source(**self._table.source.model_dump()) if self._table.source else None

    def examples(self, zone: ZoneInfo) -> tuple[WorkedExample, ...]:
        """The worked examples; those that cannot be read stand in `problems`."""
        numbered = enumerate(self._table.example, 1)
        read = [self._example(table, f"example.{number}", zone) for number, table in numbered]
        return tuple(example for example in read if example is not None)

    def _price(self, price: Decimal) -> Fraction:
        return Fraction(price) * self._scale

    def _whole(self, price: Decimal, path: str) -> int:
        minor = self._price(price)
        if minor.denominator != 1:
            unit = f"{Decimal(1) / self._scale}"
            self.problems.append(
                Problem(path, f"is finer than the smallest coin; write a multiple of {unit}")
            )
            return 1  # a number that checking/problems.py does not refuse once more
        return int(minor)

    def _band(self, table: BandTable) -> Band:
        from_minute, until_minute = _hours(table)
        return Band(
            name=table.name,
            from_minute=from_minute,
            until_minute=until_minute,
            days=table.days,
            rows=tuple(self._row(row) for row in table.row),
            rule=BandRule(table.rule),
            unstated=table.unstated,
        )

    def _row(self, table: RowTable) -> Row:
        price, tax = self._price(table.price), _optional(_part, table.tax_percent)
        match table.kind:
            case "flat" | "per-entry":
                kind = RowKind(table.kind)
                return Row(kind=kind, price=price, from_minutes=table.from_minutes, tax=tax)
            case "minute":
                block_minutes, per_minutes = 1, table.per_minutes
            case "block":
                block_minutes = _or(table.block_minutes, table.per_minutes)
                per_minutes = table.per_minutes
        return Row(
            kind=RowKind.BLOCK,
            price=price,
            from_minutes=table.from_minutes,
            per_minutes=_or(per_minutes, block_minutes),
            block_minutes=block_minutes,
            tax=tax,
        )

    def _free(self) -> Free | None:
        table = self._table.free
        if table is None:
            return None
        return Free(
            minutes=table.minutes,
            is_deducted=table.how == "deducted",
            once_in_hours=table.once_in_hours,
        )

    def _cap(self, table: CapTable) -> Cap:
        return Cap(
            scope=CapScope(table.scope),
            price=self._price(table.price),
            restarts_blocks=table.restarts_blocks,
            band=table.band or "",
            reset_minute=_minute(table.reset_at) if table.reset_at else 0,
            is_from_entry=table.counts_from == "entry",
            days=table.days,
        )

    def _surcharge(self, table: SurchargeTable) -> Surcharge:
        from_minute, until_minute = _hours(table)
        return Surcharge(
            name=table.name,
            price=self._price(table.price),
            at=SurchargeAt(table.at),
            from_minute=from_minute,
            until_minute=until_minute,
            days=table.days,
            tax=_optional(_part, table.tax_percent),
        )

    def _lost_ticket(self) -> LostTicket | None:
        table = self._table.lost_ticket
        if table is None:
            return None
        price = self._price(table.price or Decimal(0))
        return LostTicket(rule=LostTicketRule(table.rule), price=price)

    def _overstay(self) -> Overstay:
        table = self._table.overstay
        return Overstay(
            multiplier=Fraction(table.multiplier),
            block_minutes=table.block_minutes,
            cap=_optional(self._price, table.cap),
            is_from_grace_end=table.counts_from == "grace-end",
        )

    def _discount(self, table: DiscountTable) -> Discount:
        if table.minutes is not None:
            kind, value = DiscountKind.TIME, Fraction(table.minutes)
        elif table.percent is not None:
            kind, value = DiscountKind.PERCENT, _part(table.percent)
        else:
            assert table.amount is not None, "the table has one of the three"
            kind, value = DiscountKind.AMOUNT, self._price(table.amount)
        return Discount(name=table.name, kind=kind, value=value)

    def _rounding(self) -> Rounding:
        table = self._table.rounding
        steps = {
            f"{key}_minor": self._whole(step, f"rounding.{key}")
            for key, step in (("step", table.step), ("cash_step", table.cash_step))
            if step is not None
        }
        return Rounding(mode=RoundingMode(table.mode), **steps)

    def _example(self, table: ExampleTable, path: str, zone: ZoneInfo) -> WorkedExample | None:
        before = len(self.problems)
        entered_at = self._instant(table.enter, f"{path}.enter", zone)
        left_at = self._instant(table.leave, f"{path}.leave", zone)
        booked_from = self._instant(table.booked_from, f"{path}.booked_from", zone)
        booked_until = self._instant(table.booked_until, f"{path}.booked_until", zone)
        if booked_from and booked_until and booked_from >= booked_until:
            self.problems.append(Problem(f"{path}.booked_until", "should be after booked_from"))
        if table.validation_minutes < 0:
            text = "should not be negative; write 0 or more"
            self.problems.append(Problem(f"{path}.validation_minutes", text))
        total = self._whole(table.total, f"{path}.total") if table.total is not None else None
        if len(self.problems) > before or entered_at is None or left_at is None:
            return None
        return WorkedExample(
            says=table.says,
            facts=StayFacts(
                entered_at=entered_at,
                left_at=left_at,
                booked=Window(booked_from, booked_until) if booked_from and booked_until else None,
                is_free_used=table.free_used,
                validation_minutes=table.validation_minutes,
                discounts=table.discounts,
                is_lost_ticket=table.lost,
                is_cash=table.cash,
            ),
            total=Money(total, self._table.currency) if total is not None else None,
            refused=table.refused,
        )

    def _instant(self, text: str | None, path: str, zone: ZoneInfo) -> datetime | None:
        if text is None:
            return None
        try:
            return read_instant(text, zone)
        except ValueError as error:
            self.problems.append(Problem(path, str(error)))
            return None


def _part(percent: Decimal) -> Fraction:
    return Fraction(percent) / 100


def _optional(convert: Callable[[Decimal], Fraction], value: Decimal | None) -> Fraction | None:
    return None if value is None else convert(value)


def _or(given: int | None, default: int | None) -> int:
    """The number that the file gives, also a zero, which checking/problems.py is to name."""
    chosen = default if given is None else given
    assert chosen is not None, "the table has one of the two"
    return chosen


def _minute(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])


def _hours(table: BandTable | SurchargeTable) -> tuple[int, int]:
    """From and until as minutes of the local day; an end that is not later is on the next date."""
    from_minute, until_minute = _minute(table.from_), _minute(table.until)
    return from_minute, until_minute if until_minute > from_minute else until_minute + 24 * 60
