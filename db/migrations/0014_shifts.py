"""Shifts of the desks' tills: who counted what, and when; what was counted is never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import SQL, AutoField, Check, ForeignKeyField, IntegerField, Model, TextField

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator


class Table(Model):
    class Meta:
        legacy_table_names = False
        strict_tables = True


class Attendant(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Shift(Table):
    id = AutoField()
    desk = TextField()
    currency = TextField()
    opened_by = ForeignKeyField(Attendant, column_name="opened_by", index=False)
    opened_at = IntegerField()
    opened_intent = TextField(unique=True)
    found_minor = IntegerField()
    float_minor = IntegerField()
    since_journal = IntegerField()
    closed_by = ForeignKeyField(Attendant, column_name="closed_by", index=False, null=True)
    closed_at = IntegerField(null=True)
    closed_intent = TextField(unique=True, null=True)
    expected_minor = IntegerField(null=True)
    counted_minor = IntegerField(null=True)
    left_minor = IntegerField(null=True)
    until_journal = IntegerField(null=True)

    class Meta:
        constraints = (
            Check("length(desk) > 0"),
            Check("length(currency) = 3"),
            Check("float_minor >= 0"),
            Check("left_minor BETWEEN 0 AND counted_minor"),
            Check("until_journal >= since_journal"),
            Check(
                "(closed_at IS NULL) + (closed_by IS NULL) + (closed_intent IS NULL) "
                "+ (expected_minor IS NULL) + (counted_minor IS NULL) + (left_minor IS NULL) "
                "+ (until_journal IS NULL) IN (0, 7)"
            ),
        )


Shift.add_index(SQL("CREATE UNIQUE INDEX shift_open ON shift(desk) WHERE closed_at IS NULL"))
Shift.add_index(SQL("CREATE INDEX shift_desk ON shift(desk, id)"))

TRIGGERS = (
    """CREATE TRIGGER shift_no_delete BEFORE DELETE ON shift
BEGIN SELECT RAISE(ABORT, 'shift is append-only'); END""",
    """CREATE TRIGGER shift_closed_once BEFORE UPDATE ON shift
WHEN OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
OR (NEW.id, NEW.desk, NEW.currency, NEW.opened_by, NEW.opened_at, NEW.opened_intent,
  NEW.found_minor, NEW.float_minor, NEW.since_journal)
IS NOT (OLD.id, OLD.desk, OLD.currency, OLD.opened_by, OLD.opened_at, OLD.opened_intent,
  OLD.found_minor, OLD.float_minor, OLD.since_journal)
BEGIN SELECT RAISE(ABORT, 'a shift is closed once'); END""",
)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the table with its indexes and triggers."""
    with db.bind_ctx([Shift]):
        db.create_tables([Shift])
    for trigger in TRIGGERS:
        db.execute_sql(trigger)
