"""What our books have and a provider does not know, until it reports it or it is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import Check, ForeignKeyField, IntegerField, Model, TextField

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator


class Table(Model):
    class Meta:
        legacy_table_names = False
        strict_tables = True


class Operation(Table):
    """Made by an earlier migration; here only to be referred to."""

    key = TextField(primary_key=True)


class MissingOperation(Table):
    operation = ForeignKeyField(Operation, primary_key=True, column_name="operation_key")
    at = IntegerField()


class MissingEnd(Table):
    operation = ForeignKeyField(MissingOperation, primary_key=True, column_name="operation_key")
    how = TextField()
    at = IntegerField()

    class Meta:
        constraints = (Check("how IN ('reported', 'explained')"),)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the tables, which are only ever added to."""
    tables = [MissingOperation, MissingEnd]
    with db.bind_ctx(tables):
        db.create_tables(tables)
    for table in ("missing_operation", "missing_end"):
        for verb in ("UPDATE", "DELETE"):
            db.execute_sql(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
