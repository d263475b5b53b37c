"""Which band of a tariff holds when: its spans on the time line, kept per local date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kiosk.domain.pricing.wall_clock import first_instant, local_date
from kiosk.domain.tariff import Tariff

_ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """A presence span of one band: [start_s, end_s) in seconds since 1970 UTC."""

    start_s: int
    end_s: int
    band: int
    """Its place in the tariff's bands, from 0."""


class Timetable:
    """The bands and day types of one tariff on the time line; only what was asked for is kept."""

    def __init__(self, tariff: Tariff) -> None:
        self.tariff = tariff
        self.zone = ZoneInfo(tariff.zone)
        self._spans: dict[date, tuple[Span, ...]] = {}

    def spans(self, from_s: int, until_s: int) -> list[Span]:
        """The presence spans within [from_s, until_s), in order and cut to it (rule 2)."""
        found: list[Span] = []
        for span in sorted(self._beginning_around(from_s, until_s)):
            start, end = max(span.start_s, from_s), min(span.end_s, until_s)
            if start >= end:
                continue
            if found and found[-1].band == span.band and found[-1].end_s >= start:
                found[-1] = Span(found[-1].start_s, end, span.band)
            else:
                found.append(Span(start, end, span.band))
        return found

    def day_type_at(self, instant_s: int) -> str:
        """The day type of the local date at an instant."""
        return self.tariff.day_type(local_date(instant_s, self.zone))

    def edge(self, day: date, minute: int) -> int:
        """The first instant at which the wall clock has reached the minute of the day."""
        return first_instant(day, minute, self.zone)

    def date_at(self, instant_s: int) -> date:
        """The local date at an instant."""
        return local_date(instant_s, self.zone)

    def _beginning_around(self, from_s: int, until_s: int) -> Iterator[Span]:
        day, last = self.date_at(from_s) - _ONE_DAY, self.date_at(until_s)
        while day <= last:
            if day not in self._spans:
                self._spans[day] = self._beginning_on(day)
            yield from self._spans[day]
            day += _ONE_DAY

    def _beginning_on(self, day: date) -> tuple[Span, ...]:
        kind = self.tariff.day_type(day)
        return tuple(
            Span(self.edge(day, band.from_minute), self.edge(day, band.until_minute), number)
            for number, band in enumerate(self.tariff.bands)
            if not band.days or kind in band.days
        )


@lru_cache(maxsize=128)
def timetable_of(tariff: Tariff) -> Timetable:
    """The timetable of a tariff; the same one as long as it is in use."""
    return Timetable(tariff)
