"""Where the edges of local days and hours fall on the time line (docs/tariff-rules.md, rule 1)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MIDNIGHT = time()


def first_instant(day: date, minute: int, zone: ZoneInfo) -> int:
    """The first instant at which the wall clock has reached `minute` of the local day.

    A time that the clocks skip is reached when they change; of one that they show twice the
    first showing counts. Minutes over 1440 are on the next date. Whole seconds since 1970 UTC.
    """
    local = datetime.combine(day, _MIDNIGHT, zone) + timedelta(minutes=minute)
    reached = int(local.timestamp())
    if datetime.fromtimestamp(reached, zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return reached
    return _change_before(local, reached, zone)


def _change_before(local: datetime, after: int, zone: ZoneInfo) -> int:
    """The change of the clocks that skips `local`; `after` is at or behind it."""
    before, wanted = int(local.replace(fold=1).timestamp()), local.replace(tzinfo=None)
    while after - before > 1:
        middle = (before + after) // 2
        if datetime.fromtimestamp(middle, zone).replace(tzinfo=None) >= wanted:
            after = middle
        else:
            before = middle
    return after


def local_date(instant_s: int, zone: ZoneInfo) -> date:
    """The local date whose midnight was reached last."""
    day = datetime.fromtimestamp(instant_s, zone).date()
    tomorrow = day + timedelta(days=1)
    return tomorrow if instant_s >= first_instant(tomorrow, 0, zone) else day


def instant(epoch_s: int) -> datetime:
    """The UTC instant of whole seconds since 1970."""
    return datetime.fromtimestamp(epoch_s, UTC)
