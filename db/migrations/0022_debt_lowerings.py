"""What a later refund has taken off a debt before it was paid; a debt itself is never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import AutoField, Check, ForeignKeyField, IntegerField, Model, TextField

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator


class Table(Model):
    class Meta:
        legacy_table_names = False
        strict_tables = True


class Debt(Table):
    """Made by an earlier migration; here only to be referred to."""

    code = TextField(primary_key=True)


class DebtLowering(Table):
    id = AutoField()
    debt = ForeignKeyField(Debt, column_name="debt_code")
    amount_minor = IntegerField()
    at = IntegerField()

    class Meta:
        constraints = (Check("amount_minor > 0"),)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the table, which is only ever added to."""
    with db.bind_ctx([DebtLowering]):
        db.create_tables([DebtLowering])
    for verb in ("UPDATE", "DELETE"):
        db.execute_sql(
            f"CREATE TRIGGER debt_lowering_no_{verb.lower()} BEFORE {verb} ON debt_lowering "
            "BEGIN SELECT RAISE(ABORT, 'debt_lowering is append-only'); END"
        )
