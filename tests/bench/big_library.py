"""A library of any size with years of reservations, written straight into a migrated file.

Made as performance.md, 1 says: 74 days, 60 of them past; each space has so many equal slices
with one reservation of 30 minutes to 6 hours in each; half of the spaces are shared in office
hours, three of ten at night and at weekends, the rest always. Times are multiples of 5 minutes.
"""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.open import open_store
from db.store import Store
from kiosk.domain.ids import AreaId
from kiosk.domain.time import Window

NOW = datetime(2027, 1, 15, tzinfo=UTC)
AHEAD = timedelta(minutes=30)
AREA_SPACES = 200
_STEP_S = 300
_DAY_S = 86_400
_PAST_DAYS, _AHEAD_DAYS = 60, 14
_BUFFER_S = 900
_NO_LIMIT_S = 366 * _DAY_S
# What a program without a table of gaps would ask: is the space shared then, is no exception,
# does the last reservation that starts before the end leave room for the buffer, and when does
# the next one start ("leave by")?
WITHOUT_GAPS = """SELECT s.id, (SELECT n.t0 - 900 FROM reservation n WHERE n.space_id = s.id
AND n.state IN ('pending', 'confirmed', 'arrived') AND n.t0 >= :t1 ORDER BY n.t0 LIMIT 1)
FROM space s WHERE s.area_id = :area
AND EXISTS (SELECT 1 FROM shared_week w WHERE w.space_id = s.id AND w.w0 <= :w0 AND w.w1 >= :w1)
AND NOT EXISTS (SELECT 1 FROM closed_day d WHERE d.space_id = s.id AND d.day BETWEEN :d0 AND :d1)
AND coalesce((SELECT r.t1 FROM reservation r WHERE r.space_id = s.id
AND r.state IN ('pending', 'confirmed', 'arrived') AND r.t0 < :t1 + 900
ORDER BY r.t0 DESC LIMIT 1), 0) <= :t0 - 900 ORDER BY s.rank, s.id"""
_PLAIN_TABLES = (
    """CREATE TABLE shared_week(space_id INTEGER, w0 INTEGER, w1 INTEGER,
PRIMARY KEY(space_id, w0)) WITHOUT ROWID""",
    """CREATE TABLE closed_day(space_id INTEGER, day INTEGER,
PRIMARY KEY(space_id, day)) WITHOUT ROWID""",
)
_ADD_RESERVATION = """INSERT INTO reservation(space_id, vehicle_id, t0, t1, state, quote_minor,
currency, tariff_id, split_terms_id, pay_until, short_code, created_at)
VALUES (?, 1, ?, ?, ?, 100, 'EUR', 1, 1, 0, ?, 0)"""


@dataclass(frozen=True, slots=True)
class BigLibrary:
    """An open store, the areas in it, and how to ask the same question in other ways."""

    store: Store
    areas: tuple[AreaId, ...]
    base_s: int

    def questions(self, count: int, *, seed: int) -> list[tuple[AreaId, Window]]:
        """Wanted windows of 60 to 240 minutes that start by day within the next 13 days."""
        rng = random.Random(seed)
        found = []
        for _ in range(count):
            day = rng.randrange(13)
            start = NOW + timedelta(days=day, minutes=5 * rng.randrange(7 * 12, 20 * 12))
            length = timedelta(minutes=5 * rng.randrange(12, 49))
            found.append((rng.choice(self.areas), Window(start, start + length)))
        return found

    def plain_values(self, area: AreaId, window: Window) -> dict[str, int]:
        """The values of WITHOUT_GAPS."""
        t0, t1 = int(window.from_.timestamp()), int(window.until.timestamp())
        week_s = (t0 - self.base_s) % (7 * _DAY_S)
        return {
            "area": area,
            "t0": t0,
            "t1": t1,
            "w0": week_s,
            "w1": week_s + t1 - t0,
            "d0": (t0 - self.base_s) // _DAY_S,
            "d1": (t1 - 1 - self.base_s) // _DAY_S,
        }


def big_library(path: Path, *, spaces: int, per_space: int, seed: int) -> BigLibrary:
    """Write the library into a new file at `path` and open it."""
    store = open_store(f"sqlite:///{path}")
    base_s = int(NOW.timestamp())
    connection = store._database.connection()
    rng = random.Random(seed)
    dropped = [
        row[0]
        for row in connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'reservation'"
        )
    ]
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    for name in ("reservation_overlap_insert", "reservation_overlap_update"):
        connection.execute(f"DROP TRIGGER {name}")
    for sql in _PLAIN_TABLES:
        connection.execute(sql)
    areas = tuple(AreaId(number + 1) for number in range(-(-spaces // AREA_SPACES)))
    connection.executemany(
        "INSERT INTO area VALUES (?, ?, 'A', 0, 1000, 1000, 1, 1)",
        [(area, f"{area}") for area in areas],
    )
    for space_id in range(1, spaces + 1):
        area = (space_id - 1) // AREA_SPACES + 1
        connection.execute(
            "INSERT INTO space(id, area_id, owner_id, label, rank, x_mm, y_mm, width_mm, "
            "depth_mm, has_charger, is_accessible) VALUES (?, ?, 1, ?, ?, 0, 0, 2500, 5000, 0, 0)",
            (space_id, area, f"{space_id}", rng.randrange(AREA_SPACES)),
        )
        _add_space_time(connection, rng, space_id, per_space=per_space, base_s=base_s)
    for sql in dropped:
        if "overlap" in sql:
            connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")
    return BigLibrary(store, areas, base_s)


def _add_space_time(
    connection: sqlite3.Connection,
    rng: random.Random,
    space_id: int,
    *,
    per_space: int,
    base_s: int,
) -> None:
    many = connection.executemany
    taken = _reservations(rng, per_space, base_s)
    many(
        _ADD_RESERVATION,
        [(space_id, t0, t1, _state(t0, t1, base_s), f"{space_id}-{t0}") for t0, t1 in taken],
    )
    weekly = _week(rng.random())
    many("INSERT INTO shared_week VALUES (?, ?, ?)", [(space_id, *span) for span in weekly])
    closed = [rng.randrange(_AHEAD_DAYS)] if rng.random() < 0.2 else []
    many("INSERT INTO closed_day VALUES (?, ?)", [(space_id, day) for day in closed])
    many(
        f"INSERT INTO free_gap VALUES (?, ?, ?, 0, 0, {_NO_LIMIT_S})",
        [(space_id, *gap) for gap in _gaps(taken, weekly, closed, base_s)],
    )


def _reservations(rng: random.Random, per_space: int, base_s: int) -> list[tuple[int, int]]:
    slice_s = (_PAST_DAYS + _AHEAD_DAYS) * _DAY_S // per_space
    taken: list[tuple[int, int]] = []
    for number in range(per_space):
        length_s = min(rng.randrange(6, 73) * _STEP_S, slice_s // 2 // _STEP_S * _STEP_S)
        start_s = base_s - _PAST_DAYS * _DAY_S + number * slice_s
        offset_s = rng.randrange(0, max(slice_s - length_s, 1))
        start_s = (start_s + offset_s) // _STEP_S * _STEP_S
        if not taken or start_s >= taken[-1][1]:
            taken.append((start_s, start_s + max(length_s, _STEP_S)))
    return taken


def _state(t0: int, t1: int, base_s: int) -> str:
    if t1 <= base_s:
        return "left"
    return "arrived" if t0 <= base_s else "confirmed"


def _week(kind: float) -> list[tuple[int, int]]:
    """Shared spans of a week from the base's midnight on; nights run over its end once more."""
    if kind < 0.5:
        return [(day * _DAY_S + 8 * 3600, day * _DAY_S + 18 * 3600) for day in range(5)]
    if kind < 0.8:
        return [(day * _DAY_S + 18 * 3600, day * _DAY_S + 32 * 3600) for day in range(7)]
    return [(0, 8 * _DAY_S)]


def _gaps(
    taken: list[tuple[int, int]], weekly: list[tuple[int, int]], closed: list[int], base_s: int
) -> list[tuple[int, int]]:
    """Shared time ahead less reservations with their buffer and closed days, merged."""
    shared: list[list[int]] = []
    for week in range(-1, _AHEAD_DAYS // 7 + 1):
        for w0, w1 in weekly:
            start, end = (base_s + week * 7 * _DAY_S + edge for edge in (w0, w1))
            if shared and start <= shared[-1][1]:
                shared[-1][1] = max(shared[-1][1], end)
            else:
                shared.append([start, end])
    holes = [(t0 - _BUFFER_S, t1 + _BUFFER_S) for t0, t1 in taken if t1 > base_s - _DAY_S]
    holes += [(base_s + day * _DAY_S, base_s + (day + 1) * _DAY_S) for day in closed]
    holes.sort()
    gaps: list[tuple[int, int]] = []
    for start, end in shared:
        at = start
        for first, last in holes:
            if last <= at or first >= end:
                continue
            if at < first:
                gaps.append((at, first))
            at = max(at, last)
        if at < end:
            gaps.append((at, end))
    return gaps
