"""The table of reports that were compared, as a peewee model (models.py says what for)."""

from __future__ import annotations

from peewee import CompositeKey, TextField

from db.models import Table


class ReconciledDay(Table):
    """A day (UTC, as 2026-06-01) whose report was compared with our books."""

    adapter = TextField()
    day = TextField()

    class Meta:
        without_rowid = True
        primary_key = CompositeKey("adapter", "day")


TABLES: tuple[type[Table], ...] = (ReconciledDay,)
