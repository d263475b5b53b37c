"""What a bank has sent back after it was noted as paid; the result itself is never changed."""

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


class PayoutResult(Table):
    """Made by an earlier migration; here only to be referred to."""

    payout = IntegerField(primary_key=True, column_name="payout_id")


class PayoutReturn(Table):
    payout = ForeignKeyField(PayoutResult, primary_key=True, index=False)
    reason = TextField()
    at = IntegerField()
    by = TextField()

    class Meta:
        constraints = (Check("length(reason) > 0"), Check("length(by) > 0"))


AFTER_PAID = """CREATE TRIGGER payout_return_after_paid BEFORE INSERT ON payout_return
WHEN NOT EXISTS (SELECT 1 FROM payout_result WHERE payout_id = NEW.payout_id AND how = 'paid')
BEGIN
  SELECT RAISE(ABORT, 'only what was paid can come back');
END"""


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the table, which is only ever added to."""
    with db.bind_ctx([PayoutReturn]):
        db.create_tables([PayoutReturn])
    for verb in ("UPDATE", "DELETE"):
        db.execute_sql(
            f"CREATE TRIGGER payout_return_no_{verb.lower()} BEFORE {verb} ON payout_return "
            "BEGIN SELECT RAISE(ABORT, 'payout_return is append-only'); END"
        )
    db.execute_sql(AFTER_PAID)
