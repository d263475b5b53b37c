"""Compares each day's report of a provider with our books, though the site was off that night.

Which days were compared stands in the database, so that the nights of a power cut and of a
provider that was down are made up for, at most REPORT_DAYS of them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.services import limits
from kiosk.services.reconcile import Reconciled, reconcile_later

if TYPE_CHECKING:
    from kiosk.services.core import Core

_DAY = timedelta(days=1)


class NightlyReports:
    """Asks each provider that has one for the report of every day that is over."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._compared: dict[str, set[date]] = {}
        self._first: dict[str, date] = {}
        self._asked: dict[str, tuple[date, datetime]] = {}

    def look(self, now: datetime) -> None:
        """Ask for one report that is missing; yesterday's once more after each start.

        The next one is asked for when it was compared, or after some minutes: one that is not
        to be had must not keep drivers' payments waiting, nor the days after it.
        """
        pause = timedelta(seconds=limits.ASK_LONGEST_PAUSE_S)
        for name, adapter in self._core.adapters.items():
            if not adapter.capabilities.has_report:
                continue
            missing = self._missing(name, yesterday=now.date() - _DAY)
            asked, asked_at = self._asked.get(name, (None, now))
            if not missing or (asked in missing and abs(now - asked_at) < pause):
                continue
            later = [day for day in missing if asked is not None and day > asked]
            day = (later or missing)[0]
            self._asked[name] = (day, now)
            reconcile_later(self._core, name, day, then=self._note)

    def _missing(self, name: str, *, yesterday: date) -> list[date]:
        """The days that are over and were not compared, oldest first."""
        earliest = yesterday - _DAY * (limits.REPORT_DAYS - 1)
        if name not in self._compared:
            with self._core.store.reading() as tx:
                self._first[name] = tx.reports.first(name) or yesterday
                compared = tx.reports.compared_since(name, earliest)
            self._compared[name] = set(compared - {yesterday})
        first = max(earliest, min(self._first[name], yesterday))
        days = (first + _DAY * each for each in range((yesterday - first).days + 1))
        return [day for day in days if day not in self._compared[name]]

    def _note(self, found: Reconciled) -> None:
        with self._core.store.transaction() as tx:
            tx.reports.note(found.adapter, found.day)
        self._compared[found.adapter].add(found.day)
