"""Payments at a provider for a change of a reservation, beside deposits and what is due."""

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


class Reservation(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Operation(Table):
    key = TextField(primary_key=True)
    adapter = TextField()
    kind = TextField()
    purpose = TextField()
    reservation = ForeignKeyField(Reservation)
    amount_minor = IntegerField()
    currency = TextField()
    state = TextField()
    lane = TextField(null=True)
    presented_at = IntegerField(null=True)
    reference = TextField(null=True)
    created_at = IntegerField()
    changed_at = IntegerField()

    class Meta:
        constraints = (
            Check("length(key) > 0"),
            Check("kind IN ('collect', 'refund')"),
            Check("purpose IN ('deposit', 'change', 'due', 'refund')"),
            Check("amount_minor > 0"),
            Check("length(currency) = 3"),
            Check("state IN ('new', 'sent', 'succeeded', 'declined', 'in-doubt', 'failed')"),
        )


Operation.add_index(
    SQL(
        "CREATE INDEX operation_unfinished ON operation(created_at, key) "
        "WHERE state IN ('new', 'sent', 'in-doubt')"
    )
)

COLUMNS = """key, adapter, kind, purpose, reservation_id, amount_minor, currency, state, lane,
presented_at, reference, created_at, changed_at"""
KEEP = f"INSERT INTO operation({COLUMNS}) SELECT {COLUMNS} FROM old_operation"  # noqa: S608


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the table anew with one more purpose; every operation is kept."""
    db.execute_sql("CREATE TABLE old_operation AS SELECT * FROM operation")
    db.execute_sql("DROP TABLE operation")
    with db.bind_ctx([Operation]):
        db.create_tables([Operation])
    db.execute_sql(KEEP)
    db.execute_sql("DROP TABLE old_operation")
