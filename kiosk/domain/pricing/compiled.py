"""Totals without lines, in about a microsecond: integer prefix sums kept per local day.

For the common board, one block row or minute price in each band and at most one day cap; every
other tariff, and everything that needs lines, is priced by charge.py. `make bench` compares both.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import NamedTuple

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import LONGEST_STAY, quote_for
from kiosk.domain.pricing.charge_lines import Charge, NoPrice
from kiosk.domain.pricing.timetable import Timetable, timetable_of
from kiosk.domain.tariff import (
    Band,
    BandRule,
    BlockPolicy,
    Cap,
    CapScope,
    RoundingMode,
    Row,
    RowKind,
    Tariff,
)
from kiosk.domain.time import Window, to_epoch

_DAY_S = 24 * 3600
_LONGEST_BLOCK_MINUTES = 12 * 60
_NEVER_REACHED = 1 << 200
_ONE_DAY = timedelta(days=1)
_KEPT = timedelta(days=62)
"""A site that runs for years does not keep the sums of every day; a day takes some 50 KB."""


class _Day(NamedTuple):
    start_s: int
    end_s: int
    sums: list[int]
    """sums[m + block]: the blocks that start at minutes m, m - block, m - 2 block ... of the day.
    Where seconds are priced, sums[m]: all minutes before m."""
    rates: list[int]
    """What a second costs in each minute; empty where blocks are started."""


class _Known(NamedTuple):
    """The local days that were asked for, one after the other, by when each begins and ends."""

    days: list[_Day]
    starts: list[int]
    end_s: int


class CompiledTariff:
    """The totals of one tariff; days are added as they are asked for and stay."""

    def __init__(self, tariff: Tariff, rows: tuple[Row, ...], cap: Cap | None) -> None:
        is_exact = tariff.policy is BlockPolicy.PRO_RATA
        factor = 1 if tariff.tax.is_included else 1 + tariff.tax.rate
        units = [
            factor
            * row.price
            * (Fraction(1, 60) if is_exact else row.block_minutes)
            / row.per_minutes
            for row in rows
        ]
        limit = None if cap is None else cap.price * factor
        least = tariff.minimum * factor
        # Half a step has to be whole too, so that half up is decided exactly.
        self._scale = 2 * lcm(
            *(each.denominator for each in (*units, limit or Fraction(0), least))
        )
        self._units = [int(unit * self._scale) for unit in units]
        self._cap = _NEVER_REACHED if limit is None else int(limit * self._scale)
        self._least = int(least * self._scale)
        self._step = tariff.rounding.step_minor
        self._whole = self._scale * self._step
        self._half = self._whole // 2
        self._restarts = cap is not None and cap.restarts_blocks
        self._block_minutes = 0 if is_exact else rows[0].block_minutes
        self._block_s = self._block_minutes * 60
        free = tariff.free
        self._cliff_s = 0 if free is None or free.is_deducted else free.minutes * 60
        self._deducted_s = free.minutes * 60 if free is not None and free.is_deducted else 0
        is_rolling = cap is not None and cap.scope is CapScope.ROLLING_24H
        self._day_limit = _NEVER_REACHED if is_rolling else self._cap
        by_days = self._blocks if self._block_s else self._seconds
        self._priced = self._rolling if is_rolling else by_days
        self._timetable: Timetable = timetable_of(tariff)
        self._known = _Known([], [0], 0)
        """Swapped as a whole: the screens' thread and the work thread ask the same tariff."""

    def total_minor(self, from_s: int, until_s: int) -> int:
        """What a stay [from_s, until_s) costs, in minor units; seconds since 1970 UTC."""
        known = self._known
        if from_s < known.starts[0] or until_s > known.end_s:
            known = self._known = self._extended(known, from_s, until_s)
        if until_s - from_s <= self._cliff_s:
            return 0
        exact = self._priced(from_s + self._deducted_s, until_s, known)
        if exact < self._least and exact:
            exact = self._least
        return (exact + self._half) // self._whole * self._step

    def _blocks(self, at_s: int, until_s: int, known: _Known) -> int:
        """What the blocks from at_s on cost, each local day at most the day's limit."""
        block_s, limit = self._block_s, self._day_limit
        days, starts, _ = known
        number, total = bisect_right(starts, at_s) - 1, 0
        while at_s < until_s:
            start_s, end_s, sums, _ = days[number]
            stop_s = until_s if until_s < end_s else end_s
            next_s = stop_s + (at_s - stop_s) % block_s
            spent = sums[(next_s - start_s) // 60] - sums[(at_s - start_s) // 60]
            total += spent if spent < limit else limit
            at_s = next_s
            number += 1
        return total

    def _seconds(self, at_s: int, until_s: int, known: _Known) -> int:
        """What the seconds from at_s on cost, each local day at most the day's limit."""
        total, limit = 0, self._day_limit
        days, starts, _ = known
        number = bisect_right(starts, at_s) - 1
        while at_s < until_s:
            start_s, end_s, sums, rates = days[number]
            stop_s = until_s if until_s < end_s else end_s
            first, after_first = divmod(at_s - start_s, 60)
            last, after_last = divmod(stop_s - start_s, 60)
            spent = sums[last] - sums[first] - rates[first] * after_first
            if after_last:
                spent += rates[last] * after_last
            total += spent if spent < limit else limit
            at_s = end_s
            number += 1
        return total

    def _rolling(self, from_s: int, until_s: int, known: _Known) -> int:
        """Each 24 hours from the entry at most the cap."""
        began_s = from_s - self._deducted_s
        total, at_s, period_until_s = 0, from_s, began_s + _DAY_S
        sums = self._blocks if self._block_s else self._seconds
        while at_s < until_s:
            stop_s = until_s if until_s < period_until_s else period_until_s
            if at_s < stop_s:
                spent = sums(at_s, stop_s, known)
                total += spent if spent < self._cap else self._cap
                count = -(-(stop_s - at_s) // self._block_s) if self._block_s else 0
                at_s += count * self._block_s
            if self._restarts or not self._block_s:
                at_s = max(stop_s, from_s)
            period_until_s += _DAY_S
        return total

    def _extended(self, known: _Known, from_s: int, until_s: int) -> _Known:
        """What is known, and every local day of the span, without a hole."""
        timetable = self._timetable
        first, last = timetable.date_at(from_s), timetable.date_at(until_s)
        if known.days:
            known_first = timetable.date_at(known.starts[0])
            if abs(first - known_first) <= _KEPT:
                first = min(first, known_first)
                last = max(last, timetable.date_at(known.end_s - 1))
        kept = {day.start_s: day for day in known.days}
        days: list[_Day] = []
        day = first
        while day <= last:
            start_s = timetable.edge(day, 0)
            days.append(kept.get(start_s) or self._day(day, start_s))
            day += _ONE_DAY
        return _Known(days, [each.start_s for each in days], days[-1].end_s)

    def _day(self, day: date, start_s: int) -> _Day:
        end_s = self._timetable.edge(day + _ONE_DAY, 0)
        minutes = [0] * ((end_s - start_s) // 60)
        for span in self._timetable.spans(start_s, end_s):
            first, last = (span.start_s - start_s) // 60, (span.end_s - start_s) // 60
            minutes[first:last] = [self._units[span.band]] * (last - first)
        block = self._block_minutes
        if not block:
            sums = [0]
            for rate in minutes:
                sums.append(sums[-1] + rate * 60)
            return _Day(start_s, end_s, sums, minutes)
        sums = [0] * block
        for minute, unit in enumerate(minutes):
            sums.append(sums[minute] + unit)
        return _Day(start_s, end_s, sums, [])


@lru_cache(maxsize=128)
def compiled(tariff: Tariff) -> CompiledTariff | None:
    """The compiled form, or None for a tariff that only charge.py prices."""
    rows = tuple(row for band in tariff.bands for row in _only_row(band))
    caps = tariff.caps
    is_common = (
        len(rows) == len(tariff.bands)
        and len(caps) <= 1
        and all(_is_compiled_cap(cap, tariff.policy) for cap in caps)
        and _has_one_grid(tariff, rows)
        and not tariff.surcharges
        and tariff.maximum_stay_minutes is None
        and tariff.rounding.mode is RoundingMode.HALF_UP
        and tariff.valid_from is None
        and tariff.valid_until is None
    )
    return CompiledTariff(tariff, rows, caps[0] if caps else None) if is_common else None


def _only_row(band: Band) -> tuple[Row, ...]:
    """The band's row, if it is one block row and all of the band."""
    is_plain = (
        len(band.rows) == 1
        and band.rows[0].kind is RowKind.BLOCK
        and band.rows[0].tax is None
        and band.rule is BandRule.SUM
    )
    return band.rows if is_plain else ()


def _is_compiled_cap(cap: Cap, policy: BlockPolicy) -> bool:
    if cap.days:
        return False
    if cap.scope is CapScope.ROLLING_24H:
        return True
    is_cut = cap.restarts_blocks and policy is not BlockPolicy.PRO_RATA
    return cap.scope is CapScope.CALENDAR_DAY and not is_cut


def _has_one_grid(tariff: Tariff, rows: tuple[Row, ...]) -> bool:
    """Whether blocks follow one another from the entry on, whatever bands they cross."""
    if tariff.policy is BlockPolicy.PRO_RATA:
        return True
    runs_through = tariff.policy is BlockPolicy.RUN_THROUGH or (
        tariff.policy is BlockPolicy.RESTART and len(tariff.bands) == 1
    )
    lengths = {row.block_minutes for row in rows}
    return runs_through and len(lengths) == 1 and max(lengths) <= _LONGEST_BLOCK_MINUTES


def quoted_total(tariff: Tariff, window: Window) -> Money | NoPrice:
    """What is promised for a window, without its lines: the total of `quote_for`."""
    fast = compiled(tariff)
    if fast is not None and window.duration <= LONGEST_STAY:
        return Money(
            fast.total_minor(to_epoch(window.from_), to_epoch(window.until)), tariff.currency
        )
    charge = quote_for(tariff, window)
    return charge.total if isinstance(charge, Charge) else charge
