"""Which days of a provider's reports were compared; what that does is kiosk.services.reconcile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.session import Session

_ADD = "INSERT INTO reconciled_day(adapter, day) VALUES (?, ?) ON CONFLICT DO NOTHING"
_FIRST = "SELECT min(day) FROM reconciled_day WHERE adapter = ?"
_SINCE = "SELECT day FROM reconciled_day WHERE adapter = ? AND day >= ?"


class Reports:
    """Days (UTC) by the provider."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, adapter: str, day: date) -> None:
        """The whole day was compared; again changes nothing."""
        self._session.run(_ADD, adapter, day.isoformat())

    def first(self, adapter: str) -> date | None:
        """The first day that ever was compared."""
        (day,) = self._session.one(_FIRST, adapter)
        return None if day is None else date.fromisoformat(day)

    def compared_since(self, adapter: str, day: date) -> frozenset[date]:
        """The days that were compared, from `day` on."""
        rows = self._session.run(_SINCE, adapter, day.isoformat())
        return frozenset(date.fromisoformat(row[0]) for row in rows)
