"""A lane that somebody locked stays locked; more ends of a grant leave open whether a car passed.

An arm that is held, stopped or up for a fire lets cars through whose grants it has ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import Check, IntegerField, Model, TextField

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator

INDEXES = (
    "DROP INDEX grant_unreported",
    """CREATE INDEX grant_unreported ON passage_grant(ended_at) WHERE why IN \
('restart', 'io_lost', 'fire', 'stopped', 'held', 'locked', 'loop_suspect')""",
)


class LaneLock(Model):
    lane = TextField(primary_key=True)
    reason = TextField()
    locked_at = IntegerField()

    class Meta:
        legacy_table_names = False
        strict_tables = True
        without_rowid = True
        constraints = (Check("length(reason) > 0"),)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the table, and the index anew; every row is kept."""
    with db.bind_ctx([LaneLock]):
        db.create_tables([LaneLock])
    for index in INDEXES:
        db.execute_sql(index)
