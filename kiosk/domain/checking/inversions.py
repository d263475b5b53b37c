"""Finds minutes at which staying longer costs less, and why.

Charges of rows only add up, so a price can fall at few instants alone: where hours of an exit
surcharge end, and under `round-once` where another row begins to price the excess. From every hour
of a week the exits around these are compared; from three odd minutes every exit of a week is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from kiosk.domain.checking.findings import Inversion, stay_text
from kiosk.domain.checking.minute_totals import priced_alike
from kiosk.domain.pricing.accrual import Accrued, accrue
from kiosk.domain.pricing.curve import PriceCurve
from kiosk.domain.pricing.timetable import Timetable, timetable_of
from kiosk.domain.tariff import (
    DAY_MINUTES,
    BlockPolicy,
    Surcharge,
    SurchargeAt,
    Tariff,
)
from kiosk.domain.time import from_epoch

_WEEK_MINUTES = 7 * DAY_MINUTES
_ODD_ENTRIES = (7 * 60 + 43, 2 * DAY_MINUTES + 17 * 60 + 11, 5 * DAY_MINUTES + 21 * 60 + 29)
"""Minutes of the week from which every exit is tried: no edge of a board falls on them."""
_BESIDE_EDGE_MINUTES = (-7, 0, 1)
_DAY_AND_MORE_MINUTES = 26 * 60
_MORNING_S = 8 * 3600


def inversions(tariff: Tariff, monday: date) -> tuple[Inversion, ...]:
    """Each cause of a price that falls with time, by the first stay in which it was found."""
    found: dict[str, Inversion] = {}
    for inversion in _Search(tariff, monday).found():
        first = found.get(inversion.cause)
        if first is None:
            found[inversion.cause] = inversion
        else:
            found[inversion.cause] = replace(first, count=first.count + 1)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Turn:
    """A minute after the entry at which a price may fall, and why."""

    minute: int
    path: str
    cause: str


@dataclass(frozen=True, slots=True)
class _SurchargeEnd:
    """The instant from which on an exit has a surcharge no more."""

    end_s: int
    path: str
    surcharge: Surcharge

    def cause(self, timetable: Timetable) -> str:
        """What the finding says of it."""
        at = from_epoch(self.end_s).astimezone(timetable.zone)
        return f'surcharge "{self.surcharge.name}" ends at {at:%H:%M}'


class _Search:
    """One tariff, looked at from many entries of one week.

    Exits after the maximum stay are left out: overstay is added to what was due, never taken off.
    """

    def __init__(self, tariff: Tariff, monday: date) -> None:
        self._tariff, self._alike = tariff, priced_alike(tariff)
        self._timetable: Timetable = timetable_of(self._alike)
        self._from_s = self._timetable.edge(monday, 0)
        self._until_s = self._from_s + _WEEK_MINUTES * 60
        taxes = {row.tax for band in self._alike.bands for row in band.rows}
        taxes |= {each.tax for each in self._alike.surcharges}
        # Rates that are mixed and added make each price a charge of its own, with all its lines.
        self._is_mixed = not taxes <= {None, tariff.tax.rate}
        self._longest = min(_WEEK_MINUTES, tariff.maximum_stay_minutes or _WEEK_MINUTES)
        if self._is_mixed:
            self._longest = min(self._longest, _DAY_AND_MORE_MINUTES)
        # Between the turns both of two exits have a surcharge, or none has it.
        self._between = self._alike
        if not self._is_mixed:
            self._between = replace(self._alike, surcharges=())
        self._surcharge_ends = [*self._ends_of_surcharges(monday)]

    def found(self) -> Iterator[Inversion]:
        """Every minute at which a price falls, as an inversion of its own."""
        for entered_s in self._entries():
            turns = self._turns(entered_s)
            if turns:
                yield from self._falls(entered_s, {turn.minute for turn in turns}, turns)
        for number, minute in enumerate(_ODD_ENTRIES[: 1 if self._is_mixed else None]):
            entered_s = self._from_s + minute * 60
            longest = self._longest if number == 0 else min(self._longest, _DAY_AND_MORE_MINUTES)
            turns = self._turns(entered_s)
            others = set(range(longest)) - {turn.minute for turn in turns}
            yield from self._falls(entered_s, others, turns, of=self._between)

    def _entries(self) -> list[int]:
        """Every hour of the week, and minutes around every edge of a band or a surcharge."""
        edges = [span.start_s for span in self._timetable.spans(self._from_s, self._until_s)]
        edges += [end.end_s for end in self._surcharge_ends if end.end_s <= self._until_s]
        entries = {edge + beside * 60 for edge in edges for beside in _BESIDE_EDGE_MINUTES}
        entries.update(self._from_s + minute * 60 for minute in _ODD_ENTRIES)
        if not self._is_mixed:
            entries.update(range(self._from_s, self._until_s, 3600))
        return sorted(entries, key=self._telling)

    def _telling(self, entered_s: int) -> tuple[bool, int]:
        """Full hours first, from Monday morning on: the first stay found is the one told."""
        since_s = (entered_s - self._from_s - _MORNING_S) % (7 * 24 * 3600)
        return (entered_s - self._from_s) % 3600 != 0, since_s

    def _ends_of_surcharges(self, monday: date) -> Iterator[_SurchargeEnd]:
        """Where hours of an exit surcharge end, over two weeks: an exit then has it no more.

        On every date: where it did not hold, no price falls.
        """
        for number, each in enumerate(self._tariff.surcharges, 1):
            if each.at is SurchargeAt.EXIT:
                for day in (monday + timedelta(days=ahead) for ahead in range(-1, 15)):
                    end_s = self._timetable.edge(day, each.until_minute)
                    yield _SurchargeEnd(end_s, f"surcharge.{number}", each)

    def _turns(self, entered_s: int) -> list[_Turn]:
        until_s = entered_s + self._longest * 60
        turns = [
            _Turn((end.end_s - entered_s - 1) // 60, end.path, end.cause(self._timetable))
            for end in self._surcharge_ends
            if entered_s < end.end_s <= until_s
        ]
        if self._is_mixed or self._tariff.policy is BlockPolicy.ROUND_ONCE:
            turns += self._row_turns(entered_s, until_s)
        return turns

    def _row_turns(self, entered_s: int, until_s: int) -> Iterator[_Turn]:
        """Where another row, or the same one in another period of a cap, begins to charge."""
        free = self._tariff.free
        from_s = entered_s
        if free is not None and free.is_deducted:
            from_s += free.minutes * 60
        accrual = accrue(self._timetable, part_from_s=entered_s, from_s=from_s, until_s=until_s)
        for before, item in pairwise(accrual.items):
            path, cause = self._cause(before, item)
            for at_s in {before.end_s, item.start_s}:
                yield _Turn((at_s - entered_s) // 60, path, cause)

    def _falls(
        self, entered_s: int, minutes: set[int], turns: list[_Turn], *, of: Tariff | None = None
    ) -> Iterator[Inversion]:
        """Where a stay of a minute more costs less, of the given minutes."""
        tariff = self._alike if of is None else of
        curve = PriceCurve(tariff, from_epoch(entered_s), timedelta(minutes=self._longest))
        why = {turn.minute: turn for turn in reversed(turns)}  # surcharges come first
        known: dict[int, int | None] = {}
        for minute in sorted(minutes):
            if not 0 < minute < self._longest:
                continue
            if minute not in known:
                known = {minute: curve.total_minor_at(entered_s + minute * 60)}
            known[minute + 1] = curve.total_minor_at(entered_s + minute * 60 + 60)
            total, later = known[minute], known[minute + 1]
            if total is None or later is None:
                return
            if later < total:
                turn = why.get(minute, _Turn(minute, "", "taxes are mixed anew"))
                yield Inversion(
                    path=turn.path,
                    cause=turn.cause,
                    entered_at=from_epoch(entered_s),
                    left_at=from_epoch(entered_s + minute * 60),
                    total_minor=total,
                    later_minor=later,
                    count=1,
                )

    def _cause(self, before: Accrued, item: Accrued) -> tuple[str, str]:
        bands = self._tariff.bands
        path = f"band.{item.band + 1}"
        if before.band != item.band:
            at = from_epoch(item.start_s).astimezone(self._timetable.zone)
            was, now = bands[before.band].name, bands[item.band].name
            return path, f'"{was}" gives way to "{now}" at {at:%H:%M}'
        if before.row is item.row:
            return path, f'a cap begins anew in "{bands[item.band].name}"'
        after = stay_text(item.row.from_minutes * 60)
        return path, f'another row begins after {after} in "{bands[item.band].name}"'
