"""Writes a tariff file as TOML that people like to read, and that reads back to an equal value.

Keys that have their default are left out. Reading stands in file.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from kiosk.domain.money import EXPONENTS
from kiosk.domain.tariff import (
    DAY_MINUTES,
    EVERY_DAY,
    Band,
    BandRule,
    BlockPolicy,
    Cap,
    CapScope,
    Discount,
    DiscountKind,
    LostTicketRule,
    Overstay,
    Rounding,
    RoundingMode,
    Row,
    RowKind,
    Tax,
)
from kiosk.services.instants import instant_text
from kiosk.services.tariff_files.parts import WEEKDAYS, Source, TariffFile, WorkedExample

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_MOST_PLACES = 9
_WIDTH = 99

_Value = str | int | bool | date | Decimal | tuple[str | date, ...] | None
"""What stands behind a key; None: the key is left out."""
_Keys = dict[str, _Value]


def write_tariff_file(file: TariffFile) -> str:
    """The TOML text; ValueError when a price cannot be written with at most 9 decimal places."""
    return "\n".join(_Writer(file).tables())


class _Writer:
    """One file on its way to text, table by table, each ending with its line end."""

    def __init__(self, file: TariffFile) -> None:
        self._file = file
        self._tariff = file.tariff
        self._places = EXPONENTS[file.tariff.currency]

    def tables(self) -> Iterator[str]:
        """The keys of the tariff itself, then its tables in the order of the rules."""
        yield _lines(self._head())
        if self._file.source is not None:
            yield _table("[source]", _source(self._file.source))
        yield from self._single_tables()
        for day in self._tariff.day_types:
            if self._tariff.day_types != (EVERY_DAY,):
                weekdays = tuple(WEEKDAYS[weekday] for weekday in day.weekdays)
                yield _table(
                    "[[day]]",
                    {"name": day.name, "weekdays": weekdays, "calendars": day.calendars},
                )
        for band in self._tariff.bands:
            yield _table("[[band]]", _band(band))
            timed = [row for row in band.rows if row.kind is not RowKind.PER_ENTRY]
            for row in band.rows:
                is_alone = timed in ([], [row])
                yield _table("[[band.row]]", self._row(row, is_alone=is_alone))
        for cap in self._tariff.caps:
            yield _table("[[cap]]", self._cap(cap))
        yield from self._what_is_added()
        for discount in self._tariff.discounts:
            yield _table("[[discount]]", self._discount(discount))
        if self._tariff.rounding != Rounding():
            yield _table("[rounding]", self._rounding(self._tariff.rounding))
        for example in self._file.examples:
            yield _table("[[example]]", self._example(example))

    def _head(self) -> _Keys:
        tariff = self._tariff
        return {
            "code": tariff.code,
            "version": tariff.version,
            "zone": tariff.zone,
            "currency": tariff.currency,
            "blocks": _unless(tariff.policy, BlockPolicy.RESTART),
            "valid_from": tariff.valid_from,
            "valid_until": tariff.valid_until,
            "minimum": self._price(tariff.minimum) if tariff.minimum else None,
            "maximum_stay_minutes": tariff.maximum_stay_minutes,
            "early_entry": "charged" if tariff.is_early_charged else None,
        }

    def _single_tables(self) -> Iterator[str]:
        tariff = self._tariff
        if tariff.tax != Tax():
            included = None if tariff.tax.is_included else False
            yield _table("[tax]", {"percent": _percent(tariff.tax.rate), "included": included})
        if tariff.free is not None:
            yield _table(
                "[free]",
                {
                    "minutes": tariff.free.minutes,
                    "how": "deducted" if tariff.free.is_deducted else None,
                    "once_in_hours": tariff.free.once_in_hours,
                },
            )
        if tariff.calendars:
            calendars = {calendar.name: calendar.dates for calendar in tariff.calendars}
            text = "".join(f"{_key(name)} = {_list(dates)}\n" for name, dates in calendars.items())
            yield f"[calendar]\n{text}"

    def _row(self, row: Row, *, is_alone: bool) -> _Keys:
        is_entry, is_block = row.kind is RowKind.PER_ENTRY, row.kind is RowKind.BLOCK
        is_minute = is_block and row.block_minutes == 1
        default_per, default_block = (1, 1) if is_minute else (0, row.per_minutes)
        return {
            "kind": "minute" if is_minute else _unless(row.kind, RowKind.BLOCK),
            "from_minutes": None if is_alone or is_entry else row.from_minutes,
            "price": self._price(row.price),
            "per_minutes": row.per_minutes if row.per_minutes != default_per else None,
            "block_minutes": row.block_minutes if row.block_minutes != default_block else None,
            "tax_percent": None if row.tax is None else _percent(row.tax),
        }

    def _cap(self, cap: Cap) -> _Keys:
        is_reset_day = cap.scope is CapScope.RESET_DAY
        return {
            "scope": cap.scope.value,
            "price": self._price(cap.price),
            "restarts_blocks": cap.restarts_blocks or None,
            "band": cap.band or None,
            "reset_at": _hour(cap.reset_minute) if is_reset_day else None,
            "counts_from": "entry" if cap.is_from_entry else None,
            "days": cap.days,
        }

    def _what_is_added(self) -> Iterator[str]:
        tariff = self._tariff
        for surcharge in tariff.surcharges:
            yield _table(
                "[[surcharge]]",
                {
                    "name": surcharge.name,
                    "price": self._price(surcharge.price),
                    "at": surcharge.at.value,
                    "from": _unless_hour(surcharge.from_minute, 0),
                    "until": _unless_hour(surcharge.until_minute, DAY_MINUTES),
                    "days": surcharge.days,
                    "tax_percent": None if surcharge.tax is None else _percent(surcharge.tax),
                },
            )
        lost = tariff.lost_ticket
        if lost is not None:
            price = None if lost.rule is LostTicketRule.DAY_MAXIMUM else self._price(lost.price)
            yield _table("[lost_ticket]", {"rule": lost.rule.value, "price": price})
        overstay = tariff.overstay
        if overstay != Overstay():
            yield _table(
                "[overstay]",
                {
                    "multiplier": _decimal(overstay.multiplier),
                    "block_minutes": overstay.block_minutes,
                    "cap": None if overstay.cap is None else self._price(overstay.cap),
                    "counts_from": "grace-end" if overstay.is_from_grace_end else None,
                },
            )

    def _discount(self, discount: Discount) -> _Keys:
        match discount.kind:
            case DiscountKind.TIME:
                return {"name": discount.name, "minutes": int(discount.value)}
            case DiscountKind.PERCENT:
                return {"name": discount.name, "percent": _percent(discount.value)}
            case DiscountKind.AMOUNT:
                return {"name": discount.name, "amount": self._price(discount.value)}

    def _rounding(self, rounding: Rounding) -> _Keys:
        steps = {"step": rounding.step_minor, "cash_step": rounding.cash_step_minor}
        shown = {key: self._price(Fraction(minor)) for key, minor in steps.items() if minor != 1}
        return {**shown, "mode": _unless(rounding.mode, RoundingMode.HALF_UP)}

    def _example(self, example: WorkedExample) -> _Keys:
        facts, zone = example.facts, ZoneInfo(self._tariff.zone)
        total, booked = example.total, facts.booked
        return {
            "says": example.says,
            "enter": instant_text(facts.entered_at, zone),
            "leave": instant_text(facts.left_at, zone),
            "booked_from": instant_text(booked.from_, zone) if booked else None,
            "booked_until": instant_text(booked.until, zone) if booked else None,
            "validation_minutes": facts.validation_minutes or None,
            "discounts": facts.discounts,
            "lost": facts.is_lost_ticket or None,
            "cash": facts.is_cash or None,
            "free_used": facts.is_free_used or None,
            "total": None if total is None else self._price(Fraction(total.minor)),
            "refused": example.refused,
        }

    def _price(self, minor: Fraction) -> Decimal:
        return _decimal(minor / 10**self._places, least_places=self._places)


def _source(source: Source) -> _Keys:
    return {
        "name": source.name or None,
        "publisher": source.publisher or None,
        "licence": source.licence or None,
        "text": source.text or None,
        "notes": source.notes,
    }


def _band(band: Band) -> _Keys:
    return {
        "name": band.name,
        "days": band.days,
        "from": _unless_hour(band.from_minute, 0),
        "until": _unless_hour(band.until_minute, DAY_MINUTES),
        "rule": _unless(band.rule, BandRule.SUM),
        "unstated": band.unstated or None,
    }


def _table(header: str, keys: _Keys) -> str:
    return f"{header}\n{_lines(keys)}"


def _lines(keys: _Keys) -> str:
    return "".join(
        f"{name} = {_value(value)}\n" for name, value in keys.items() if value not in (None, ())
    )


def _value(value: _Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case Decimal():
            return f"{value:f}"
        case tuple():
            return _list(value)
        case _:
            return str(value)


def _list(values: Iterable[str | date]) -> str:
    texts = [_value(value) for value in values]
    line = f"[{', '.join(texts)}]"
    if len(line) < _WIDTH - 20:
        return line
    return "[\n" + "".join(f"  {text},\n" for text in texts) + "]"


def _text(text: str) -> str:
    """A string; one of several lines keeps its lines."""
    # JSON escapes all that TOML wants escaped, except for DEL.
    lines = [json.dumps(line, ensure_ascii=False)[1:-1] for line in text.split("\n")]
    escaped = "\n".join(lines).replace("\x7f", "\\u007f")
    if len(lines) == 1:
        return f'"{escaped}"'
    if '""' not in text and not text.endswith('"'):
        escaped = escaped.replace('\\"', '"')
    return f'"""\n{escaped}"""'


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _text(name)


def _unless(
    value: BlockPolicy | BandRule | RowKind | RoundingMode,
    default: BlockPolicy | BandRule | RowKind | RoundingMode,
) -> str | None:
    return None if value is default else str(value.value)


def _hour(minute: int) -> str:
    local = minute % DAY_MINUTES
    return f"{local // 60:02d}:{local % 60:02d}"


def _unless_hour(minute: int, default: int) -> str | None:
    return None if minute == default else _hour(minute)


def _percent(rate: Fraction) -> Decimal:
    return _decimal(rate * 100)


def _decimal(exact: Fraction, *, least_places: int = 0) -> Decimal:
    """The same number with as few decimal places as it needs."""
    for places in range(least_places, _MOST_PLACES + 1):
        shifted = exact * 10**places
        if shifted.denominator == 1:
            return Decimal(int(shifted)).scaleb(-places)
    raise ValueError(f"{exact} cannot be written with {_MOST_PLACES} decimal places")
