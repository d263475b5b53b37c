# ruff: noqa: S608 (every statement is put together from constants of our own)
"""What is idle: the gaps between commitments in the offered time of each space.

The table free_gap is derived: what the offer in force shares, less commitments with a buffer on
both sides, as disjoint UTC windows in epoch seconds, each with the terms of its offer
(performance.md, 1). Commitments are live reservations, changes that wait to be paid, and time
out of order. Searching and taking read and cut the table; renew_gaps makes a span of it anew.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db.conditions import live
from db.offer_text import read_offer_text
from db.rows import SPACE, space_of
from kiosk.domain.ids import AreaId, ReservationId, SpaceId
from kiosk.domain.offer import LONGEST_WINDOW, shared_time
from kiosk.domain.search import TermedGap
from kiosk.domain.space import IdleGap, IdleSpace, Space, free_gaps
from kiosk.domain.time import Window, from_epoch, to_epoch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.session import Session

_SPACES = f"SELECT {SPACE} FROM space s"
# A gap as one number, so that one probe a space answers: its start, and its length in 28 bits.
_GAP_AROUND = """SELECT CASE WHEN g.t1 >= :t1 AND g.notice_s <= :t0 - :now
AND :t1 - :t0 BETWEEN g.shortest_s AND g.longest_s THEN g.t0 << 28 | g.t1 - g.t0 END
FROM free_gap g WHERE g.space_id = {space} AND g.t0 <= :t0 ORDER BY g.t0 DESC LIMIT 1"""
_LENGTH_BITS = 28
_LENGTH = (1 << _LENGTH_BITS) - 1
_GAP_OF_SPACE = _GAP_AROUND.format(space=":space")
# LIMIT -1 keeps SQLite from merging the two queries, which would probe once for each `gap`.
_IDLE_GAPS = f"""SELECT id, gap >> 28, (gap >> 28) + (gap & {_LENGTH}) FROM (SELECT s.id, s.rank,
({_GAP_AROUND.format(space="s.id")}) AS gap FROM space s WHERE s.area_id = :area
ORDER BY s.rank, s.id LIMIT -1) WHERE gap IS NOT NULL"""
# A car that is inside after its booked end, or has paid and not left yet, stands on the space
# whatever the gaps say.
_STANDING = """SELECT space_id FROM reservation WHERE state = 'settled'
UNION SELECT space_id FROM reservation WHERE state = 'arrived' AND t1 <= ?"""
_GAPS = """SELECT t0, t1 FROM free_gap WHERE space_id = ? AND t0 < ? AND t1 > ?
ORDER BY t0"""
_AREA_GAPS = """SELECT s.id, g.t0, g.t1, g.notice_s, g.shortest_s, g.longest_s
FROM space s JOIN free_gap g ON g.space_id = s.id AND g.t0 < ? AND g.t1 > ?
WHERE s.area_id = ? ORDER BY s.rank, s.id, g.t0"""
# Gaps that only touch belong to the span as well: what becomes free may join them.
_TOUCHED = "SELECT min(t0), max(t1) FROM free_gap WHERE space_id = ? AND t0 <= ? AND t1 >= ?"
_DROP_TOUCHED = "DELETE FROM free_gap WHERE space_id = ? AND t0 <= ? AND t1 >= ?"
_ADD_GAP = """INSERT INTO free_gap(space_id, t0, t1, notice_s, shortest_s, longest_s)
VALUES (?, ?, ?, ?, ?, ?)"""
_CUT = """SELECT t0, t1, notice_s, shortest_s, longest_s FROM free_gap
WHERE space_id = ? AND t0 < ? AND t1 > ?"""
_END_GAP = "UPDATE free_gap SET t1 = ? WHERE space_id = ? AND t0 = ?"
_DROP_GAP = "DELETE FROM free_gap WHERE space_id = ? AND t0 = ?"
_IN_FORCE = """SELECT times, notice_s, coalesce(shortest_s, 0), coalesce(longest_s, ?) FROM offer
WHERE space_id = ? AND state = 'approved'"""
# A settled car has not left yet: its window stays taken until the exit has seen it go.
_COMMITTED = f"""SELECT t0, t1 FROM reservation WHERE space_id = :space AND id IS NOT :but
AND {live()} AND t0 < :until AND t1 > :from
UNION ALL SELECT t0, t1 FROM reservation WHERE space_id = :space AND id IS NOT :but
AND state = 'settled' AND t0 < :until AND t1 > :from
UNION ALL SELECT t0, t1 FROM change WHERE space_id = :space AND reservation_id IS NOT :but
AND t0 < :until AND t1 > :from"""
_CLOSED = "SELECT t0, t1 FROM closure WHERE space_id = ? AND t0 < ? AND t1 > ?"
_HOLIDAYS = "SELECT day FROM holiday"
_BEHIND = """SELECT s.id, coalesce(h.until, 0) FROM space s
LEFT JOIN horizon h ON h.space_id = s.id
WHERE coalesce(h.until, 0) < ? ORDER BY coalesce(h.until, 0), s.id LIMIT ?"""
_SET_HORIZON = """INSERT INTO horizon(space_id, until) VALUES (?, ?)
ON CONFLICT(space_id) DO UPDATE SET until = excluded.until"""
_HORIZON = """SELECT min(coalesce(h.until, 0)) FROM space s
LEFT JOIN horizon h ON h.space_id = s.id"""
_FORGET_GAPS = "DELETE FROM free_gap WHERE space_id = ? AND t1 <= ?"
_SHORTEN_GAP = "UPDATE free_gap SET t0 = ? WHERE space_id = ? AND t0 < ?"
_NO_LIMIT_S = int(LONGEST_WINDOW.total_seconds())


class Gaps:
    """Idle time of spaces; part of Library."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # A space never changes; what a rollback undoes is forgotten with this object (Store).
        self._spaces: dict[SpaceId, Space] = {}
        self._holidays: frozenset[date] | None = None

    def space(self, space_id: SpaceId) -> Space:
        """The space with this id."""
        known = self._spaces.get(space_id)
        if known is None:
            self._spaces = {row[0]: space_of(row) for row in self._session.run(_SPACES)}
            known = self._spaces[space_id]
        return known

    def idle_gaps(
        self, area_id: AreaId, window: Window, *, now: datetime, ahead: timedelta
    ) -> list[IdleGap]:
        """The gaps around the window of the spaces that may be reserved now, nearest space first.

        A space on which a car stands after its booked end is not idle for what begins within
        `ahead`, nor one whose offer asks for more notice, or a longer or shorter stay.
        """
        rows = self._session.run_named(_IDLE_GAPS, _values(window, now=now, area=area_id))
        standing = self.standing(window, now=now, ahead=ahead)
        found: list[IdleGap] = rows.fetchall()
        return [gap for gap in found if gap[0] not in standing] if standing else found

    def idle_spaces(
        self, area_id: AreaId, window: Window, *, now: datetime, ahead: timedelta
    ) -> tuple[IdleSpace, ...]:
        """The same as whole spaces with their gaps, for screens."""
        windows: dict[tuple[int, int], Window] = {}  # many spaces are idle for the same time
        found: list[IdleSpace] = []
        for space_id, from_s, until_s in self.idle_gaps(area_id, window, now=now, ahead=ahead):
            gap = windows.get((from_s, until_s))
            if gap is None:
                gap = Window(from_epoch(from_s), from_epoch(until_s))
                windows[from_s, until_s] = gap
            found.append(IdleSpace(self.space(space_id), gap))
        return tuple(found)

    def gap_around(
        self, space_id: SpaceId, window: Window, *, now: datetime, ahead: timedelta
    ) -> Window | None:
        """The idle gap that covers the window, or None when the space is not idle for it."""
        if space_id in self.standing(window, now=now, ahead=ahead):
            return None
        values = _values(window, now=now, space=space_id)
        row = self._session.run_named(_GAP_OF_SPACE, values).fetchone()
        if row is None or row[0] is None:
            return None
        from_s = row[0] >> _LENGTH_BITS
        return Window(from_epoch(from_s), from_epoch(from_s + (row[0] & _LENGTH)))

    def standing(self, window: Window, *, now: datetime, ahead: timedelta) -> set[SpaceId]:
        """Spaces on which a car stands whose time is over.

        None for a window that begins `ahead` from now or later: by then it is expected to be gone.
        """
        if window.from_ >= now + ahead:
            return set()
        return {row[0] for row in self._session.run(_STANDING, to_epoch(now))}

    def gaps(self, space_id: SpaceId, span: Window) -> tuple[Window, ...]:
        """The idle gaps of a space that share an instant with the span, in order."""
        rows = self._session.run(_GAPS, space_id, to_epoch(span.until), to_epoch(span.from_))
        return tuple(Window(from_epoch(t0), from_epoch(t1)) for t0, t1 in rows)

    def area_gaps(self, area_id: AreaId, span: Window) -> tuple[TermedGap, ...]:
        """Every idle gap of an area that shares an instant with the span, nearest space first."""
        rows = self._session.run(_AREA_GAPS, to_epoch(span.until), to_epoch(span.from_), area_id)
        return tuple(
            TermedGap(
                SpaceId(row[0]),
                Window(from_epoch(row[1]), from_epoch(row[2])),
                *(timedelta(seconds=seconds) for seconds in row[3:]),
            )
            for row in rows
        )

    def take_gap(
        self,
        space_id: SpaceId,
        window: Window,
        *,
        now: datetime,
        ahead: timedelta,
        buffer: timedelta,
    ) -> Window | None:
        """Takes the window and the buffer on both sides out of the idle time: of which gap.

        None when the space is not idle for the whole window: nothing changed.
        """
        gap = self.gap_around(space_id, window, now=now, ahead=ahead)
        if gap is None:
            return None
        run = self._session.run
        around = window.widened(buffer)
        first, last = to_epoch(around.from_), to_epoch(around.until)
        for gap_t0, gap_t1, *terms in run(_CUT, space_id, last, first).fetchall():
            if gap_t0 < first:
                run(_END_GAP, first, space_id, gap_t0)
            else:
                run(_DROP_GAP, space_id, gap_t0)
            if last < gap_t1:
                run(_ADD_GAP, space_id, last, gap_t1, *terms)
        return gap

    def idle_without(
        self,
        space_id: SpaceId,
        span: Window,
        *,
        but: ReservationId,
        zone: ZoneInfo,
        buffer: timedelta,
    ) -> tuple[Window, ...]:
        """What of `span` would be idle if one reservation and its pending change were not there.

        For a change or a move of that very reservation; nothing is written.
        """
        found = self._worked_out(space_id, span, zone=zone, buffer=buffer, but=but)
        return found[0] if found is not None else ()

    def renew_gaps(
        self, space_id: SpaceId, span: Window, *, zone: ZoneInfo, buffer: timedelta
    ) -> None:
        """Derives the gaps of a space anew for `span` and every gap that touches it.

        Promises what is left of the offered time after every commitment with its buffer, as
        if all gaps had been made anew: what taking gap by gap gives, too.
        """
        run = self._session.run
        first, last = to_epoch(span.from_), to_epoch(span.until)
        t0, t1 = run(_TOUCHED, space_id, last, first).fetchone()
        if t0 is not None:
            span = Window(from_epoch(min(t0, first)), from_epoch(max(t1, last)))
        run(_DROP_TOUCHED, space_id, last, first)
        found = self._worked_out(space_id, span, zone=zone, buffer=buffer, but=None)
        if found is None:
            return
        gaps, terms = found
        for gap in gaps:
            run(_ADD_GAP, space_id, to_epoch(gap.from_), to_epoch(gap.until), *terms)

    def _worked_out(
        self,
        space_id: SpaceId,
        span: Window,
        *,
        zone: ZoneInfo,
        buffer: timedelta,
        but: ReservationId | None,
    ) -> tuple[tuple[Window, ...], tuple[int, int, int]] | None:
        row = self._session.one(_IN_FORCE, _NO_LIMIT_S, space_id)
        if row is None:
            return None
        times, notice_s, shortest_s, longest_s = row
        shared = shared_time(
            read_offer_text(times), zone=zone, holidays=self.holidays(), span=span
        )
        committed = self.committed(space_id, span.widened(buffer), but=but)
        closed = self._session.run(_CLOSED, space_id, to_epoch(span.until), to_epoch(span.from_))
        idle = free_gaps(
            offered=shared, committed=committed, closed=_windows(closed), buffer=buffer
        )
        return idle, (notice_s, shortest_s, longest_s)

    def committed(
        self, space_id: SpaceId, span: Window, *, but: ReservationId | None = None
    ) -> tuple[Window, ...]:
        """What others have of a space within a span, but for one reservation and its change."""
        values = {"from": to_epoch(span.from_), "until": to_epoch(span.until)}
        rows = self._session.run_named(_COMMITTED, {"space": space_id, "but": but, **values})
        return tuple(_windows(rows))

    def holidays(self) -> frozenset[date]:
        """The local days on which offers that skip holidays share nothing."""
        if self._holidays is None:
            rows = self._session.run(_HOLIDAYS)
            self._holidays = frozenset(date.fromisoformat(row[0]) for row in rows)
        return self._holidays

    def set_horizon(self, space_id: SpaceId, until: datetime) -> None:
        """Until when the gaps of a space are built."""
        self._session.run(_SET_HORIZON, space_id, to_epoch(until))

    def gap_horizon(self) -> datetime | None:
        """Until when the gaps of every space are built; None when one was never built."""
        until = self._session.one(_HORIZON)[0]
        return from_epoch(until) if until else None

    def spaces_behind(
        self, before: datetime, *, most: int
    ) -> tuple[tuple[SpaceId, datetime | None], ...]:
        """Spaces whose gaps are built to less than `before`, and until when; worst first.

        None stands for never.
        """
        rows = self._session.run(_BEHIND, to_epoch(before), most)
        return tuple((SpaceId(row[0]), from_epoch(row[1]) if row[1] else None) for row in rows)

    def forget_gaps(self, space_id: SpaceId, *, before: datetime) -> None:
        """Drops what is over: nobody can reserve yesterday.

        Also of the gap that goes on, or one that nobody ever takes would grow for years.
        """
        first = to_epoch(before)
        self._session.run(_FORGET_GAPS, space_id, first)
        self._session.run(_SHORTEN_GAP, first, space_id, first)


def _values(window: Window, *, now: datetime, **more: int) -> dict[str, int]:
    return {
        "t0": to_epoch(window.from_),
        "t1": to_epoch(window.until),
        "now": to_epoch(now),
        **more,
    }


def _windows(rows: Iterable[tuple[int, int]]) -> list[Window]:
    return [Window(from_epoch(t0), from_epoch(t1)) for t0, t1 in rows]
