"""Lines with exact amounts, their tax and their one rounding (docs/tariff-rules.md, 6, 9, 10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

from kiosk.domain.money import Money, half_up
from kiosk.domain.pricing.accrual import MIN_RULE, Charged, LimitKey
from kiosk.domain.pricing.charge_lines import ChargeLine, LineKind
from kiosk.domain.pricing.timetable import Timetable
from kiosk.domain.tariff import (
    CapScope,
    Rounding,
    RoundingMode,
    RowKind,
    Surcharge,
    SurchargeAt,
    Tariff,
)

_ZERO = Fraction(0)
_ONE_DAY = timedelta(days=1)
_WIDE_FIRST = {scope: -place for place, scope in enumerate(CapScope)}


@dataclass(frozen=True, slots=True)
class ExactLine:
    """A line before rounding; the fields are those of ChargeLine."""

    kind: LineKind
    amount: Fraction
    name: str = ""
    count: int = 1
    seconds: int = 0
    block_minutes: int = 0
    price: Fraction = _ZERO
    per_minutes: int = 0
    instead_of: Fraction = _ZERO


def item_lines(tariff: Tariff, charged: Sequence[Charged]) -> list[ExactLine]:
    """What the rows charged, summed up by row; time in a cap that was reached is one line."""
    absorbed_by = _absorbed(tariff, charged)
    lines: dict[object, ExactLine] = {}
    counted: set[LimitKey] = set()
    for number, each in enumerate(charged):
        limit = absorbed_by.get(number)
        if limit is None:
            group: object = (each.item.band, id(each.item.row))
            line = _row_line(tariff, each)
        else:
            group = ("limit", limit[0], each.item.band if limit[0] == MIN_RULE else 0)
            line = _limit_line(tariff, each, limit, count=0 if limit in counted else 1)
            counted.add(limit)
        before = lines.get(group)
        lines[group] = line if before is None else _together(before, line)
    return list(lines.values())


def _together(first: ExactLine, second: ExactLine) -> ExactLine:
    return replace(
        first,
        amount=first.amount + second.amount,
        count=first.count + second.count,
        seconds=first.seconds + second.seconds,
        instead_of=first.instead_of + second.instead_of,
    )


def _row_line(tariff: Tariff, charged: Charged) -> ExactLine:
    item, row = charged.item, charged.item.row
    line = ExactLine(LineKind.FLAT, charged.amount, tariff.bands[item.band].name, price=row.price)
    if row.kind is RowKind.PER_ENTRY:
        return replace(line, kind=LineKind.PER_ENTRY)
    if row.kind is RowKind.FLAT:
        return line
    line = replace(line, per_minutes=row.per_minutes)
    if item.block_s:
        return replace(
            line, kind=LineKind.BLOCK, count=charged.units, block_minutes=row.block_minutes
        )
    return replace(line, kind=LineKind.TIME, seconds=charged.units)


def _limit_line(tariff: Tariff, charged: Charged, limit: LimitKey, *, count: int) -> ExactLine:
    band = tariff.bands[charged.item.band]
    kind, name = LineKind.BAND_MINIMUM, band.name
    if limit[0] != MIN_RULE:
        cap = tariff.caps[limit[0]]
        kind, name = LineKind.CAP, cap.band or cap.scope.value
    price = _limit_price(tariff, charged, limit)
    return ExactLine(kind, charged.amount, name, count=count, price=price, instead_of=charged.full)


def _limit_price(tariff: Tariff, charged: Charged, limit: LimitKey) -> Fraction:
    if limit[0] != MIN_RULE:
        return tariff.caps[limit[0]].price
    rows = tariff.bands[charged.item.band].rows
    return next(row.price for row in rows if row.kind is RowKind.PER_ENTRY)


def _absorbed(tariff: Tariff, charged: Sequence[Charged]) -> dict[int, LimitKey]:
    """Which items belong to a limit that was reached and cut something, the widest one first."""
    used: dict[LimitKey, Fraction] = {}
    prices: dict[LimitKey, Fraction] = {}
    cut: set[LimitKey] = set()
    for each in charged:
        for key in each.item.keys:
            used[key] = used.get(key, _ZERO) + each.amount
            prices[key] = _limit_price(tariff, each, key)
            if each.full > each.amount:
                cut.add(key)
    reached = sorted(
        (key for key in cut if used[key] == prices[key]), key=lambda key: _width(tariff, key)
    )
    absorbed: dict[int, LimitKey] = {}
    for number, each in enumerate(charged):
        limit = next((key for key in reached if key in each.item.keys), None)
        if limit is not None:
            absorbed[number] = limit
    return absorbed


def _width(tariff: Tariff, key: LimitKey) -> tuple[int, LimitKey]:
    if key[0] == MIN_RULE:
        return (1, key)
    return (_WIDE_FIRST[tariff.caps[key[0]].scope], key)


def added_surcharges(
    timetable: Timetable, entered_s: int, left_s: int
) -> list[tuple[ExactLine, Surcharge]]:
    """The surcharges whose hours the entry or the exit falls into."""
    return [
        (ExactLine(LineKind.SURCHARGE, each.price, each.name, price=each.price), each)
        for each in timetable.tariff.surcharges
        if _falls_into(timetable, each, entered_s if each.at is SurchargeAt.ENTRY else left_s)
    ]


def _falls_into(timetable: Timetable, surcharge: Surcharge, instant_s: int) -> bool:
    today = timetable.date_at(instant_s)
    for day in (today - _ONE_DAY, today):
        if surcharge.days and timetable.tariff.day_type(day) not in surcharge.days:
            continue
        start_s = timetable.edge(day, surcharge.from_minute)
        if start_s <= instant_s < timetable.edge(day, surcharge.until_minute):
            return True
    return False


def rows_tax(
    tariff: Tariff,
    charged: Iterable[Charged],
    surcharges: Iterable[tuple[ExactLine, Surcharge]] = (),
) -> Fraction:
    """The mixed rate of everything that rows and surcharges charged (rule 9)."""
    own = tariff.tax.rate
    amounts = [(each.price, each.tax) for _, each in surcharges]
    amounts += [(each.amount, each.item.row.tax) for each in charged]
    if all(tax is None or tax == own for _, tax in amounts):
        return own
    together = taxed = _ZERO
    for amount, tax in amounts:
        rate = own if tax is None else tax
        net = amount / (1 + rate) if tariff.tax.is_included else amount
        together, taxed = together + net, taxed + net * rate
    return taxed / together if together else own


@dataclass(frozen=True, slots=True)
class Summed:
    """Rounded lines, and what they come to."""

    lines: tuple[ChargeLine, ...]
    total: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class Sum:
    """Adds exact lines up and rounds once (rule 10)."""

    tariff: Tariff
    tax_rate: Fraction
    is_cash: bool = False

    def of(self, lines: Sequence[ExactLine]) -> Summed:
        """The lines in whole minor units, with tax and rounding as lines of their own."""
        is_added = not self.tariff.tax.is_included
        running, shown, rounded = _ZERO, 0, []
        for line in lines:
            running += line.amount
            upto = half_up(running.numerator, running.denominator)
            rounded.append(self._line(line, upto - shown))
            shown = upto
        total = to_step(self.tariff.rounding, running * (1 + self.tax_rate if is_added else 1))
        share = total * self.tax_rate / (1 + self.tax_rate)
        tax_minor = half_up(share.numerator, share.denominator)
        if is_added and tax_minor:
            rounded.append(
                self._line(ExactLine(LineKind.TAX, _ZERO, price=self.tax_rate), tax_minor)
            )
            shown += tax_minor
        if total != shown:
            rounded.append(self._line(ExactLine(LineKind.ROUNDING, _ZERO), total - shown))
        step = self.tariff.rounding.cash_step_minor
        if self.is_cash and total % step:
            cash = half_up(total, step) * step
            rounded.append(self._line(ExactLine(LineKind.CASH_ROUNDING, _ZERO), cash - total))
            total = cash
        currency = self.tariff.currency
        return Summed(tuple(rounded), Money(total, currency), Money(tax_minor, currency))

    def _line(self, line: ExactLine, minor: int) -> ChargeLine:
        return ChargeLine(
            kind=line.kind,
            amount=Money(minor, self.tariff.currency),
            name=line.name,
            count=line.count,
            seconds=line.seconds,
            block_minutes=line.block_minutes,
            price=line.price,
            per_minutes=line.per_minutes,
            instead_of=line.instead_of,
        )


def to_step(rounding: Rounding, exact: Fraction) -> int:
    """An exact amount rounded once to the tariff's step, in minor units."""
    steps = exact / rounding.step_minor
    if rounding.mode is RoundingMode.UP:
        number = -(-steps.numerator // steps.denominator)
    elif rounding.mode is RoundingMode.DOWN:
        number = steps.numerator // steps.denominator
    else:
        number = half_up(steps.numerator, steps.denominator)
    return number * rounding.step_minor
