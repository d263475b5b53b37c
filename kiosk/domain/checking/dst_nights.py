"""What a night costs in which the clocks change, beside the same night a week later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from kiosk.domain.checking.findings import DstNight
from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge, NoPrice
from kiosk.domain.pricing.timetable import Timetable, timetable_of
from kiosk.domain.tariff import Tariff
from kiosk.domain.time import from_epoch

_FROM_MINUTE, _UNTIL_MINUTE = 22 * 60, 30 * 60
_NOON = 12
_HOUR_S = 3600


def dst_nights(tariff: Tariff, year: int) -> tuple[DstNight, ...]:
    """The nights of a year over which the clocks change; empty where they never do."""
    timetable = timetable_of(tariff)
    return tuple(_night(tariff, timetable, change_s) for change_s in _changes(timetable, year))


def _changes(timetable: Timetable, year: int) -> Iterator[int]:
    """The instants of the year at which the wall clock jumps."""
    zone = timetable.zone
    at_s = int(datetime(year, 1, 1, tzinfo=zone).timestamp())
    end_s = int(datetime(year + 1, 1, 1, tzinfo=zone).timestamp())
    while at_s < end_s:
        next_s = at_s + 24 * _HOUR_S
        if _offset(timetable, at_s) != _offset(timetable, next_s):
            before_s, after_s = at_s, next_s
            while after_s - before_s > 1:
                middle_s = (before_s + after_s) // 2
                if _offset(timetable, middle_s) == _offset(timetable, at_s):
                    before_s = middle_s
                else:
                    after_s = middle_s
            yield after_s
        at_s = next_s


def _offset(timetable: Timetable, instant_s: int) -> timedelta | None:
    return from_epoch(instant_s).astimezone(timetable.zone).utcoffset()


def _night(tariff: Tariff, timetable: Timetable, change_s: int) -> DstNight:
    last = from_epoch(change_s - 1).astimezone(timetable.zone)
    after = from_epoch(change_s).astimezone(timetable.zone)
    before = (last.replace(tzinfo=None) + timedelta(seconds=1)).time()
    evening = last.date() if last.hour >= _NOON else last.date() - timedelta(days=1)
    nights = []
    for day in (evening, evening + timedelta(weeks=1)):
        entered_at = from_epoch(timetable.edge(day, _FROM_MINUTE))
        left_at = from_epoch(timetable.edge(day, _UNTIL_MINUTE))
        nights.append((left_at - entered_at, _total(tariff, entered_at, left_at)))
    (elapsed, total), (later_elapsed, later) = nights
    return DstNight(
        changes_at=after,
        clock_before=f"{before:%H:%M}",
        clock_after=f"{after:%H:%M}",
        elapsed=elapsed,
        total_minor=total,
        later_elapsed=later_elapsed,
        later_minor=later,
    )


def _total(tariff: Tariff, entered_at: datetime, left_at: datetime) -> int | NoPrice:
    charge = charge_for(tariff, StayFacts(entered_at=entered_at, left_at=left_at))
    return charge.total.minor if isinstance(charge, Charge) else charge
