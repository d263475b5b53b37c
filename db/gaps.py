# ruff: noqa: S608 (every statement is put together from constants of our own)
"""What is idle: the gaps between commitments in the offered time of each space.

The table free_gap is derived: offers less live reservations with a buffer on both sides, as
disjoint UTC windows in epoch seconds (performance.md, 1). Searching and taking read and cut
it; rebuild_gaps makes it anew for one space, when its time comes nearer or is given back.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db.rows import SPACE, space_of
from kiosk.domain.ids import AreaId, SpaceId
from kiosk.domain.space import IdleSpace, Offer, Space, free_gaps
from kiosk.domain.time import Window, from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_SPACES = f"SELECT {SPACE} FROM space s"
# A car that is inside after its booked end, or has paid and not left yet, stands on the space
# whatever the gaps say.
_FREE_TO_STAND = """NOT EXISTS (SELECT 1 FROM reservation r
WHERE r.space_id = s.id AND (r.state = 'settled' OR r.state = 'arrived' AND r.t1 <= ?))"""
_COVERING_GAP = """g.space_id = s.id AND g.t0 = (SELECT n.t0 FROM free_gap n
WHERE n.space_id = s.id AND n.t0 <= ? ORDER BY n.t0 DESC LIMIT 1) AND g.t1 >= ?"""
_IDLE_SPACES = f"""SELECT s.id, g.t0, g.t1 FROM space s JOIN free_gap g ON {_COVERING_GAP}
WHERE s.area_id = ? AND {_FREE_TO_STAND} ORDER BY s.rank, s.id"""
_IDLE_COUNTS = f"""SELECT a.id, count(g.t0), count(s.id) FROM area a
LEFT JOIN space s ON s.area_id = a.id
LEFT JOIN free_gap g ON {_COVERING_GAP} AND {_FREE_TO_STAND}
GROUP BY a.id ORDER BY a.id"""
_GAP_AROUND = f"""SELECT g.t0, g.t1 FROM space s JOIN free_gap g ON {_COVERING_GAP}
WHERE s.id = ? AND {_FREE_TO_STAND}"""
_TOUCHED_GAPS = "SELECT t0, t1 FROM free_gap WHERE space_id = ? AND t0 < ? AND t1 > ?"
_DROP_TOUCHED_GAPS = "DELETE FROM free_gap WHERE space_id = ? AND t0 < ? AND t1 > ?"
_DROP_GAPS = "DELETE FROM free_gap WHERE space_id = ?"
_ADD_GAP = "INSERT INTO free_gap(space_id, t0, t1) VALUES (?, ?, ?)"
_OFFERS = """SELECT weekdays, from_minute, until_minute FROM offer WHERE space_id = ?
ORDER BY id"""
# A settled car has not left yet: its window stays taken until the exit has seen it go.
_COMMITTED = """SELECT t0, t1 FROM reservation
WHERE space_id = ? AND state IN ('pending', 'confirmed', 'arrived', 'settled')"""
_BEHIND = """SELECT s.id FROM space s LEFT JOIN horizon h ON h.space_id = s.id
WHERE coalesce(h.until, 0) < ? ORDER BY coalesce(h.until, 0), s.id LIMIT ?"""
_SET_HORIZON = """INSERT INTO horizon(space_id, until) VALUES (?, ?)
ON CONFLICT(space_id) DO UPDATE SET until = excluded.until"""
_HORIZON = """SELECT min(coalesce(h.until, 0)) FROM space s
LEFT JOIN horizon h ON h.space_id = s.id"""


class Gaps:
    """Idle time of spaces; part of Library."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # A space never changes; what a rollback undoes is forgotten with this object (Store).
        self._spaces: dict[SpaceId, Space] = {}

    def space(self, space_id: SpaceId) -> Space:
        """The space with this id."""
        known = self._spaces.get(space_id)
        if known is None:
            self._spaces = {row[0]: space_of(row) for row in self._session.run(_SPACES)}
            known = self._spaces[space_id]
        return known

    def idle_spaces(self, area_id: AreaId, window: Window) -> tuple[IdleSpace, ...]:
        """The spaces of an area that are idle for the whole window, nearest first.

        A space on which a car stands after its booked end is not idle.
        """
        t0, t1 = to_epoch(window.from_), to_epoch(window.until)
        gaps: dict[tuple[int, int], Window] = {}  # many spaces are idle for the same time
        found: list[IdleSpace] = []
        for space_id, gap_t0, gap_t1 in self._session.run(_IDLE_SPACES, t0, t1, area_id, t0):
            gap = gaps.get((gap_t0, gap_t1))
            if gap is None:
                gap = Window(from_epoch(gap_t0), from_epoch(gap_t1))
                gaps[gap_t0, gap_t1] = gap
            found.append(IdleSpace(self.space(space_id), gap))
        return tuple(found)

    def idle_counts(self, window: Window) -> dict[AreaId, tuple[int, int]]:
        """For each area how many spaces are idle for the whole window, and how many it has."""
        t0, t1 = to_epoch(window.from_), to_epoch(window.until)
        rows = self._session.run(_IDLE_COUNTS, t0, t1, t0)
        return {area_id: (idle, every) for area_id, idle, every in rows}

    def gap_around(self, space_id: SpaceId, window: Window) -> Window | None:
        """The idle gap that covers the window, or None when the space is not idle for it."""
        t0, t1 = to_epoch(window.from_), to_epoch(window.until)
        row = self._session.one(_GAP_AROUND, t0, t1, space_id, t0)
        return None if row is None else Window(from_epoch(row[0]), from_epoch(row[1]))

    def take_gap(self, space_id: SpaceId, window: Window, *, buffer: timedelta) -> bool:
        """Takes the window and the buffer on both sides out of the idle time.

        False when the space is not idle for the whole window: nothing changed.
        """
        t0, t1 = to_epoch(window.from_), to_epoch(window.until)
        run = self._session.run
        if self._session.one(_GAP_AROUND, t0, t1, space_id, t0) is None:
            return False
        margin = int(buffer.total_seconds())
        first, last = t0 - margin, t1 + margin
        touched = run(_TOUCHED_GAPS, space_id, last, first).fetchall()
        run(_DROP_TOUCHED_GAPS, space_id, last, first)
        for gap_t0, gap_t1 in touched:
            if gap_t0 < first:
                run(_ADD_GAP, space_id, gap_t0, first)
            if last < gap_t1:
                run(_ADD_GAP, space_id, last, gap_t1)
        return True

    def rebuild_gaps(
        self, space_id: SpaceId, *, zone: ZoneInfo, from_day: date, days: int, buffer: timedelta
    ) -> None:
        """Makes the gaps of a space anew for `days` local days from `from_day` on.

        Promises exactly what is left of the offered time between these two local midnights
        after every live reservation with its buffer: what taking gap by gap gives, too.
        """
        run = self._session.run
        last_day = from_day + timedelta(days=days)
        span = Window(_midnight(from_day, zone), _midnight(last_day, zone))
        offered = [
            inside
            for offer in self.offers(space_id)
            # An offer of the day before can run over midnight into the first day.
            for window in offer.windows(
                zone=zone, from_day=from_day - timedelta(days=1), days=days + 1
            )
            if (inside := _inside(window, span)) is not None
        ]
        committed = [
            Window(from_epoch(t0), from_epoch(t1)) for t0, t1 in run(_COMMITTED, space_id)
        ]
        run(_DROP_GAPS, space_id)
        for gap in free_gaps(offered=offered, committed=committed, buffer=buffer):
            run(_ADD_GAP, space_id, to_epoch(gap.from_), to_epoch(gap.until))
        run(_SET_HORIZON, space_id, to_epoch(span.until))

    def gap_horizon(self) -> datetime | None:
        """Until when the gaps of every space are built; None when one was never built."""
        until = self._session.one(_HORIZON)[0]
        return from_epoch(until) if until else None

    def spaces_behind(self, before: datetime, *, most: int) -> tuple[SpaceId, ...]:
        """Spaces whose gaps are built to less than `before`, those furthest behind first."""
        rows = self._session.run(_BEHIND, to_epoch(before), most)
        return tuple(SpaceId(row[0]) for row in rows)

    def offers(self, space_id: SpaceId) -> tuple[Offer, ...]:
        """When the owner shares a space, in the order in which it was offered."""
        return tuple(
            Offer(space_id, _days(weekdays), _clock(from_minute), _clock(until_minute))
            for weekdays, from_minute, until_minute in self._session.run(_OFFERS, space_id)
        )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _inside(window: Window, span: Window) -> Window | None:
    if not window.overlaps(span):
        return None
    return Window(max(window.from_, span.from_), min(window.until, span.until))


def _days(weekdays: int) -> frozenset[int]:
    return frozenset(day for day in range(7) if weekdays >> day & 1)


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
