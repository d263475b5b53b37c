"""Finds minutes at which staying longer costs less, and why.

Charges of rows only add up, so a price can fall at few instants alone: where hours of an exit
surcharge end, and under `round-once` where another row begins to price the excess. From every hour
of a week the exits around these are compared; from three odd minutes every exit of a week is. So
that the week hides nothing, the first dates of all that it lacks are looked at like its own days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from kiosk.domain.checking.dates import valid_dates
from kiosk.domain.checking.findings import Dates, Inversion, stay_text
from kiosk.domain.pricing.accrual import Accrued
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

_ONE_DAY = timedelta(days=1)
_WEEK_DAYS = 7
_WEEK_MINUTES = _WEEK_DAYS * DAY_MINUTES
_ODD_ENTRIES = (7 * 60 + 43, 2 * DAY_MINUTES + 17 * 60 + 11, 5 * DAY_MINUTES + 21 * 60 + 29)
"""Minutes of the week from which every exit is tried: no edge of a board falls on them."""
_BESIDE_EDGE_MINUTES = (-7, 0, 1)
_DAY_AND_MORE_MINUTES = 26 * 60
_MORNING_S = 8 * 3600


def inversions(tariff: Tariff, week_of: date) -> tuple[Inversion, ...]:
    """Each cause of a price that falls with time, by the first stay in which it was found."""
    found: dict[str, Inversion] = {}
    for inversion in falling_minutes(tariff, week_of):
        first = found.get(inversion.cause)
        if first is None:
            found[inversion.cause] = inversion
        else:
            found[inversion.cause] = replace(first, count=first.count + 1)
    return tuple(found.values())


def falling_minutes(tariff: Tariff, week_of: date) -> Iterator[Inversion]:
    """Each minute of a stay that was tried at which its price falls: of the week, then of more."""
    monday = week_of - timedelta(days=week_of.weekday())
    week = _Search(tariff, monday, _WEEK_DAYS)
    yield from week.found()
    if week.has_turns:
        for day in _days_unlike(tariff, monday, valid_dates(tariff, week_of)):
            yield from _Search(tariff, day - _ONE_DAY, 2).found()


def _days_unlike(tariff: Tariff, monday: date, dates: Dates) -> list[date]:
    """The first date of each kind that no valid day of the week is of.

    Of one kind are dates of the same type and length after dates of the same type: most
    are 24 hours long, not those on which the clocks change.
    """
    timetable = timetable_of(tariff)

    def kind(day: date) -> tuple[str, str, int]:
        length_s = timetable.edge(day + _ONE_DAY, 0) - timetable.edge(day, 0)
        return tariff.day_type(day - _ONE_DAY), tariff.day_type(day), length_s

    week = {monday + number * _ONE_DAY for number in range(_WEEK_DAYS)}
    valid = dates.all()
    seen = {kind(day) for day in valid if day in week}
    unlike = []
    for day in valid:
        if kind(day) not in seen:
            seen.add(kind(day))
            unlike.append(day)
    return unlike


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
    """One tariff, looked at from many entries of a week, or of fewer days.

    Exits after the maximum stay are left out: overstay is added to what was due, never taken off.
    """

    def __init__(self, tariff: Tariff, first: date, days: int) -> None:
        self._tariff = tariff
        self._timetable: Timetable = timetable_of(tariff)
        self._is_week = days == _WEEK_DAYS
        self._from_s = self._timetable.edge(first, 0)
        self._until_s = self._timetable.edge(first + timedelta(days=days), 0)
        taxes = {row.tax for band in tariff.bands for row in band.rows}
        taxes |= {each.tax for each in tariff.surcharges}
        # Where rates are mixed and added, minutes at a low rate may make all others cheaper.
        self._is_mixed = not tariff.tax.is_included and not taxes <= {None, tariff.tax.rate}
        self._has_row_turns = self._is_mixed or tariff.policy is BlockPolicy.ROUND_ONCE
        longest = _WEEK_MINUTES if self._is_week and not self._is_mixed else _DAY_AND_MORE_MINUTES
        self._longest = min(longest, tariff.maximum_stay_minutes or longest)
        # Between the turns both of two exits have a surcharge, or none has it.
        self._between = tariff if self._is_mixed else replace(tariff, surcharges=())
        ends_until = first + timedelta(days=days + 1 + self._longest // DAY_MINUTES)
        self._surcharge_ends = [*self._ends_of_surcharges(first, ends_until)]

    @property
    def has_turns(self) -> bool:
        """Whether the price may fall anywhere."""
        return self._has_row_turns or bool(self._surcharge_ends)

    def found(self) -> Iterator[Inversion]:
        """Every minute at which a price falls, as an inversion of its own."""
        if self.has_turns:
            for entered_s in self._entries():
                curve = self._curve(self._tariff, entered_s)
                turns = self._turns(entered_s, curve)
                yield from self._falls(entered_s, curve, {turn.minute for turn in turns}, turns)
        if not self._is_week:
            return
        for number, minute in enumerate(_ODD_ENTRIES):
            entered_s = self._from_s + minute * 60
            longest = self._longest if number == 0 else min(self._longest, _DAY_AND_MORE_MINUTES)
            curve = self._curve(self._between, entered_s)
            turns = self._turns(entered_s, curve)
            others = set(range(longest)) - {turn.minute for turn in turns}
            yield from self._falls(entered_s, curve, others, turns)

    def _curve(self, tariff: Tariff, entered_s: int) -> PriceCurve:
        return PriceCurve(tariff, from_epoch(entered_s), timedelta(minutes=self._longest))

    def _entries(self) -> list[int]:
        """Every hour, and minutes around every edge of a band or a surcharge."""
        edges = [span.start_s for span in self._timetable.spans(self._from_s, self._until_s)]
        edges += [end.end_s for end in self._surcharge_ends if end.end_s <= self._until_s]
        entries = {edge + beside * 60 for edge in edges for beside in _BESIDE_EDGE_MINUTES}
        entries.update(self._from_s + minute * 60 for minute in _ODD_ENTRIES)
        entries.update(range(self._from_s, self._until_s, 3600))
        within = (each for each in entries if each < self._until_s)
        return sorted(within, key=self._telling)

    def _telling(self, entered_s: int) -> tuple[bool, int]:
        """Full hours first, from Monday morning on: the first stay found is the one told."""
        since_s = (entered_s - self._from_s - _MORNING_S) % (7 * 24 * 3600)
        return (entered_s - self._from_s) % 3600 != 0, since_s

    def _ends_of_surcharges(self, first: date, until: date) -> Iterator[_SurchargeEnd]:
        """Where hours of an exit surcharge end: an exit then has it no more.

        On every date: where it did not hold, no price falls.
        """
        for number, each in enumerate(self._tariff.surcharges, 1):
            if each.at is SurchargeAt.EXIT:
                for ahead in range(-1, (until - first).days):
                    end_s = self._timetable.edge(first + timedelta(days=ahead), each.until_minute)
                    yield _SurchargeEnd(end_s, f"surcharge.{number}", each)

    def _turns(self, entered_s: int, curve: PriceCurve) -> list[_Turn]:
        until_s = entered_s + self._longest * 60
        turns = [
            _Turn((end.end_s - entered_s - 1) // 60, end.path, end.cause(self._timetable))
            for end in self._surcharge_ends
            if entered_s < end.end_s <= until_s
        ]
        if self._has_row_turns:
            turns += self._row_turns(entered_s, curve)
        return turns

    def _row_turns(self, entered_s: int, curve: PriceCurve) -> Iterator[_Turn]:
        """Where another row, or the same one in another period of a cap, begins to charge."""
        for before, item in pairwise(curve.items):
            path, cause = self._cause(before, item)
            for at_s in {before.end_s, item.start_s}:
                yield _Turn((at_s - entered_s) // 60, path, cause)

    def _falls(
        self, entered_s: int, curve: PriceCurve, minutes: set[int], turns: list[_Turn]
    ) -> Iterator[Inversion]:
        """Where a stay of a minute more costs less, of the given minutes."""
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
