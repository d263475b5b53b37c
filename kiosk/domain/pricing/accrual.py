"""The walk over one part of a stay: what is charged when (docs/tariff-rules.md, rules 5 and 6).

Only rows, caps and the rule min; what is added or taken off afterwards stands in charge.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from kiosk.domain.pricing.cap_periods import CapPeriods, cap_periods
from kiosk.domain.pricing.timetable import Span, Timetable
from kiosk.domain.tariff import Band, BandRule, BlockPolicy, CapScope, Row, RowKind

_ZERO = Fraction(0)
_NEVER = 1 << 62

LimitKey = tuple[int, int]
"""Which cap (by its place in the tariff; -1 for the rule min) and which of its periods."""
MIN_RULE = -1


@dataclass(slots=True)
class Accrued:
    """Charges of one row in a row: `count` of them, from start_s on, every `block_s`."""

    start_s: int
    end_s: int
    band: int
    row: Row
    unit: Fraction
    """Each block or entry; for time that is priced exactly, each second."""
    keys: tuple[LimitKey, ...]
    room: Fraction | None
    """What was left in the tightest limit before them; None without a limit."""
    clock_from_s: int
    """When the row clock was at zero."""
    block_s: int = 0
    """0 for time that is priced exactly."""
    count: int = 1

    def charged(self, until_s: int, *, is_rounded: bool = False) -> Charged:
        """What they come to until then; `is_rounded` for the last item of round-once."""
        units = 1
        if self.block_s:
            units = min(self.count, -(-(until_s - self.start_s) // self.block_s))
        elif self.row.kind is RowKind.BLOCK:
            end_s = min(until_s, self.end_s)
            units = end_s - self.start_s
            if is_rounded:
                units += (self.clock_from_s - end_s) % (self.row.block_minutes * 60)
        full = self.unit * units
        amount = full if self.room is None else min(full, self.room)
        return Charged(self, units, full, amount)


class Charged(NamedTuple):
    """What one item comes to."""

    item: Accrued
    units: int
    """Blocks, or seconds that are priced exactly, the excess of round-once included."""
    full: Fraction
    """Before any limit."""
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Accrual:
    """Everything that one part of a stay is charged by its rows, in time order."""

    items: tuple[Accrued, ...]
    is_rounded_once: bool

    def charged(self, until_s: int) -> tuple[Charged, ...]:
        """What the items come to when the part ends at `until_s`, the end of the walk."""
        last = len(self.items) - 1
        return tuple(
            item.charged(until_s, is_rounded=self.is_rounded_once and number == last)
            for number, item in enumerate(self.items)
        )


def accrue(
    timetable: Timetable,
    *,
    part_from_s: int,
    from_s: int,
    until_s: int,
    block_minutes: int | None = None,
) -> Accrual:
    """Walk over [from_s, until_s) of a part of a stay that began at `part_from_s`.

    `block_minutes` is the block length of an overstay: its blocks then run through.
    """
    if from_s >= until_s:
        return Accrual((), is_rounded_once=False)
    policy = timetable.tariff.policy
    if block_minutes is not None:
        policy = BlockPolicy.RUN_THROUGH
    walk = _Walk(
        timetable,
        policy=policy,
        part_from_s=part_from_s,
        from_s=from_s,
        until_s=until_s,
        block_minutes=block_minutes,
    )
    return Accrual(tuple(walk.items()), is_rounded_once=policy is BlockPolicy.ROUND_ONCE)


@dataclass(slots=True)
class _Rows:
    """The rows of a band, apart: what is charged for coming in, and what for time."""

    per_entry: Row | None
    timed: tuple[Row, ...]
    starts_s: tuple[int, ...]
    is_min: bool

    @classmethod
    def of(cls, band: Band, block_minutes: int | None) -> _Rows:
        timed = tuple(
            row
            if block_minutes is None or row.kind is not RowKind.BLOCK
            else replace(row, block_minutes=block_minutes)
            for row in band.rows
            if row.kind is not RowKind.PER_ENTRY
        )
        return cls(
            next((row for row in band.rows if row.kind is RowKind.PER_ENTRY), None),
            timed,
            tuple(row.from_minutes * 60 for row in timed),
            band.rule is BandRule.MIN,
        )


@dataclass(slots=True)
class _Limits:
    """What is left in every cap period and presence span that was touched."""

    caps: list[CapPeriods]
    left: dict[LimitKey, Fraction] = field(default_factory=dict)

    def at(self, instant_s: int, span: int, rows: _Rows) -> tuple[LimitKey, ...]:
        keys = []
        for number, periods in enumerate(self.caps):
            period = periods.number_at(instant_s)
            if period is not None:
                keys.append((number, period))
                self.left.setdefault((number, period), periods.cap.price)
        if rows.is_min:
            assert rows.per_entry is not None, "the rule min has a per-entry row"
            keys.append((MIN_RULE, span))
            self.left.setdefault((MIN_RULE, span), rows.per_entry.price)
        return tuple(keys)

    def room(self, keys: Iterable[LimitKey]) -> Fraction | None:
        return min((self.left[key] for key in keys), default=None)

    def use(self, keys: Iterable[LimitKey], amount: Fraction) -> None:
        for key in keys:
            self.left[key] -= amount


class _Walk:
    def __init__(
        self,
        timetable: Timetable,
        *,
        policy: BlockPolicy,
        part_from_s: int,
        from_s: int,
        until_s: int,
        block_minutes: int | None,
    ) -> None:
        tariff = timetable.tariff
        self._from_s, self._until_s = from_s, until_s
        self._is_exact = policy in (BlockPolicy.PRO_RATA, BlockPolicy.ROUND_ONCE)
        self._spans = timetable.spans(from_s, until_s)
        assert self._spans, "a whole tariff has a band at every instant"
        self._rows = [_Rows.of(band, block_minutes) for band in tariff.bands]
        caps = [
            cap_periods(
                cap, timetable, part_from_s=part_from_s, until_s=until_s, spans=self._spans
            )
            for cap in tariff.caps
        ]
        self._limits = _Limits(caps)
        edges = [span.start_s for span in self._spans]
        self._boundaries = sorted({start for periods in caps for start in periods.starts})
        restarts = {
            start for periods in caps if periods.cap.restarts_blocks for start in _ends(periods)
        }
        if policy is BlockPolicy.RESTART:
            restarts.update(edges)
        self._restarts = sorted(restart for restart in restarts if restart > from_s)

    def items(self) -> Iterator[Accrued]:
        at_s, clock_from_s, span_number, entered = self._from_s, self._from_s, 0, -1
        restart_number = 0
        while at_s < self._until_s:
            while self._spans[span_number].end_s <= at_s:
                span_number += 1
            while restart_number < len(self._restarts) and self._restarts[restart_number] <= at_s:
                clock_from_s = self._restarts[restart_number]
                restart_number += 1
            restart_s = (
                self._restarts[restart_number] if restart_number < len(self._restarts) else _NEVER
            )
            span = self._spans[span_number]
            rows = self._rows[span.band]
            keys = self._limits.at(at_s, span_number, rows)
            if entered != span_number:
                entered = span_number
                if rows.per_entry is not None and not rows.is_min:
                    yield self._once(at_s, at_s, span, rows.per_entry, keys, clock_from_s)
            number = bisect_right(rows.starts_s, at_s - clock_from_s) - 1
            next_row_s = (
                clock_from_s + rows.starts_s[number + 1]
                if number + 1 < len(rows.starts_s)
                else _NEVER
            )
            edge_s = min(span.end_s, restart_s)
            if not rows.timed:
                at_s = edge_s
                continue
            row = rows.timed[number]
            if row.kind is RowKind.FLAT:
                end_s = min(next_row_s, edge_s)
                yield self._once(at_s, end_s, span, row, keys, clock_from_s)
            elif self._is_exact:
                end_s = min(next_row_s, edge_s, self._boundary_after(at_s), self._until_s)
                yield self._time(at_s, end_s, span, row, keys, clock_from_s)
            else:
                item = self._blocks(
                    at_s, span, row, keys, clock_from_s, min(next_row_s, restart_s)
                )
                end_s = item.end_s
                yield item
            at_s = end_s

    def _boundary_after(self, at_s: int) -> int:
        number = bisect_right(self._boundaries, at_s)
        return self._boundaries[number] if number < len(self._boundaries) else _NEVER

    def _once(
        self,
        at_s: int,
        end_s: int,
        span: Span,
        row: Row,
        keys: tuple[LimitKey, ...],
        clock_from_s: int,
    ) -> Accrued:
        return self._limited(
            Accrued(at_s, end_s, span.band, row, row.price, keys, None, clock_from_s)
        )

    def _time(
        self,
        at_s: int,
        end_s: int,
        span: Span,
        row: Row,
        keys: tuple[LimitKey, ...],
        clock_from_s: int,
    ) -> Accrued:
        rate = row.price / (row.per_minutes * 60)
        return self._limited(Accrued(at_s, end_s, span.band, row, rate, keys, None, clock_from_s))

    def _blocks(
        self,
        at_s: int,
        span: Span,
        row: Row,
        keys: tuple[LimitKey, ...],
        clock_from_s: int,
        cut_s: int,
    ) -> Accrued:
        """All blocks of the row that start before anything changes; the last may be cut."""
        block_s = row.block_minutes * 60
        change_s = min(span.end_s, cut_s, self._boundary_after(at_s), self._until_s)
        count = -(-(change_s - at_s) // block_s)
        return self._limited(
            Accrued(
                at_s,
                min(at_s + count * block_s, cut_s),
                span.band,
                row,
                row.price * row.block_minutes / row.per_minutes,
                keys,
                None,
                clock_from_s,
                block_s,
                count,
            )
        )

    def _limited(self, item: Accrued) -> Accrued:
        item.room = self._limits.room(item.keys)
        self._limits.use(item.keys, item.charged(self._until_s).amount)
        return item


def _ends(periods: CapPeriods) -> Iterator[int]:
    """Where the blocks of a cap that restarts them start anew."""
    if periods.cap.scope is not CapScope.BAND:
        yield from periods.starts
        return
    was_in = False
    for start, is_in in zip(periods.starts, periods.holds, strict=True):
        if is_in or was_in:
            yield start
        was_in = is_in


def price_not_stated_in(timetable: Timetable, from_s: int, until_s: int) -> Band | None:
    """The first band in [from_s, until_s) whose price the board does not state."""
    bands = timetable.tariff.bands
    return next(
        (
            bands[span.band]
            for span in timetable.spans(from_s, until_s)
            if bands[span.band].unstated
        ),
        None,
    )
