"""Shifts of the desks' tills, and what has moved in a till between two counts.

Journals are counted by their numbers, not by the clock: a clock can be set back in a shift.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.session import instant
from kiosk.domain.ids import AttendantId
from kiosk.domain.ledger import till
from kiosk.domain.money import Money
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_LAST_JOURNAL = "SELECT coalesce(max(id), 0) FROM journal"
_OPEN = """INSERT INTO shift(desk, currency, opened_by, opened_at, opened_intent, found_minor,
float_minor, since_journal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_CLOSE = """UPDATE shift SET closed_by = ?, closed_at = ?, closed_intent = ?, expected_minor = ?,
counted_minor = ?, left_minor = ?, until_journal = ? WHERE id = ?"""
_COLUMNS = """SELECT s.id, s.desk, s.currency, o.name, s.opened_at, s.found_minor, s.float_minor,
s.since_journal, c.name, s.closed_at, s.expected_minor, s.counted_minor, s.left_minor,
s.until_journal FROM shift s JOIN attendant o ON o.id = s.opened_by
LEFT JOIN attendant c ON c.id = s.closed_by"""
_OPEN_OF = f"{_COLUMNS} WHERE s.desk = ? AND s.closed_at IS NULL"
_LAST_OF = f"{_COLUMNS} WHERE s.desk = ? AND s.closed_at IS NOT NULL ORDER BY s.id DESC LIMIT 1"
_OPENED_BY = f"{_COLUMNS} WHERE s.opened_intent = ?"
_CLOSED_BY = f"{_COLUMNS} WHERE s.closed_intent = ?"
# What a journal moves is its net: a rounding moves in both directions.
_MOVES = """SELECT j.kind, sum(CASE WHEN t.debit = ?1 THEN t.amount_minor ELSE -t.amount_minor END)
FROM transfer t JOIN journal j ON j.id = t.journal_id
WHERE t.journal_id > ?2 AND t.journal_id <= ?3 AND t.currency = ?4 AND ?1 IN (t.debit, t.credit)
GROUP BY j.id ORDER BY j.id"""
_LAST_NUMBER = (1 << 63) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRecord:
    """A shift with the names of those who counted; what its end says is None while it is open."""

    number: int
    desk: str
    opened_by: str
    opened_at: datetime
    found: Money
    float_: Money
    since_journal: int
    closed_by: str | None
    closed_at: datetime | None
    expected: Money | None
    counted: Money | None
    left: Money | None
    until_journal: int | None


class Shifts:
    """At most one shift of a desk is open; the schema refuses a second one, and any change."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last_journal(self) -> int:
        """The number of the newest journal."""
        number: int = self._session.one(_LAST_JOURNAL)[0]
        return number

    def open(
        self,
        *,
        desk: str,
        attendant_id: AttendantId,
        at: datetime,
        found: Money,
        float_: Money,
        intent: str,
    ) -> None:
        """A shift whose till holds this float; journals from now on belong to it."""
        self._session.keep(
            "shift",
            _OPEN,
            desk,
            float_.currency,
            attendant_id,
            to_epoch(at),
            intent,
            found.minor,
            float_.minor,
            self.last_journal(),
            at=at,
        )

    def close(
        self,
        number: int,
        *,
        attendant_id: AttendantId,
        at: datetime,
        expected: Money,
        counted: Money,
        left: Money,
        intent: str,
    ) -> None:
        """End a shift with what was counted; journals from now on belong to it no more."""
        self._session.keep(
            "shift",
            _CLOSE,
            attendant_id,
            to_epoch(at),
            intent,
            expected.minor,
            counted.minor,
            left.minor,
            self.last_journal(),
            number,
            at=at,
        )

    def open_of(self, desk: str) -> ShiftRecord | None:
        """The open shift of a desk."""
        return _shift(self._session.one(_OPEN_OF, desk))

    def last_of(self, desk: str) -> ShiftRecord | None:
        """The shift of a desk that was closed last."""
        return _shift(self._session.one(_LAST_OF, desk))

    def opened_by(self, intent: str) -> ShiftRecord | None:
        """The shift that this intent has opened."""
        return _shift(self._session.one(_OPENED_BY, intent))

    def closed_by(self, intent: str) -> ShiftRecord | None:
        """The shift that this intent has closed."""
        return _shift(self._session.one(_CLOSED_BY, intent))

    def moves(self, shift: ShiftRecord) -> tuple[tuple[str, Money], ...]:
        """What each journal of a shift has put into its till (below zero: taken out)."""
        until = _LAST_NUMBER if shift.until_journal is None else shift.until_journal
        rows = self._session.run(
            _MOVES, till(shift.desk), shift.since_journal, until, shift.float_.currency
        )
        return tuple((row[0], Money(row[1], shift.float_.currency)) for row in rows)


def _shift(row: Any) -> ShiftRecord | None:
    if row is None:
        return None
    currency = row[2]
    return ShiftRecord(
        number=row[0],
        desk=row[1],
        opened_by=row[3],
        opened_at=from_epoch(row[4]),
        found=Money(row[5], currency),
        float_=Money(row[6], currency),
        since_journal=row[7],
        closed_by=row[8],
        closed_at=instant(row[9]),
        expected=_money(row[10], currency),
        counted=_money(row[11], currency),
        left=_money(row[12], currency),
        until_journal=row[13],
    )


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
