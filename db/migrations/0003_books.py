"""Payment operations, the books, receipts and the record of acts: only ever added to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import (
    SQL,
    AutoField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)
from playhouse.sqlite_ext import AutoIncrementField

if TYPE_CHECKING:
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
            Check("purpose IN ('deposit', 'due', 'refund')"),
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


class Account(Table):
    name = TextField()
    currency = TextField()
    debits_minor = IntegerField()
    credits_minor = IntegerField()
    is_guarded = IntegerField()

    class Meta:
        primary_key = CompositeKey("name", "currency")
        without_rowid = True
        constraints = (
            Check("length(currency) = 3"),
            Check("min(debits_minor, credits_minor) >= 0"),
            Check("is_guarded IN (0, 1)"),
            Check("is_guarded = 0 OR debits_minor <= credits_minor", name="account_guard"),
        )


class Journal(Table):
    id = AutoIncrementField()
    key = TextField(unique=True)
    kind = TextField()
    reservation = ForeignKeyField(Reservation, null=True)
    at = IntegerField(index=True)

    class Meta:
        constraints = (Check("length(key) > 0"), Check("length(kind) > 0"))


class Transfer(Table):
    id = AutoIncrementField()
    journal = ForeignKeyField(Journal)
    debit = TextField()
    credit = TextField()
    amount_minor = IntegerField()
    currency = TextField()

    class Meta:
        constraints = (
            Check("amount_minor > 0"),
            Check("debit <> credit"),
            SQL("FOREIGN KEY (debit, currency) REFERENCES account(name, currency)"),
            SQL("FOREIGN KEY (credit, currency) REFERENCES account(name, currency)"),
        )


class Receipt(Table):
    number = IntegerField(primary_key=True)
    reservation = ForeignKeyField(Reservation)
    presented_at = IntegerField()
    settled_at = IntegerField()
    counted_from = IntegerField()
    counted_until = IntegerField()
    lines = TextField()
    total_minor = IntegerField()
    tax_minor = IntegerField()
    deposit_minor = IntegerField()
    due_minor = IntegerField()
    refund_minor = IntegerField()
    owner_minor = IntegerField()
    commission_minor = IntegerField()
    vat_minor = IntegerField()
    manager_minor = IntegerField()
    currency = TextField()

    class Meta:
        constraints = (
            Check("counted_until > counted_from"),
            Check("json_valid(lines)"),
            Check("min(total_minor, tax_minor, deposit_minor, due_minor, refund_minor) >= 0"),
            Check("owner_minor + commission_minor + vat_minor + manager_minor = total_minor"),
            Check("length(currency) = 3"),
        )


class Audit(Table):
    id = AutoIncrementField()
    at = IntegerField()
    actor_kind = TextField()
    actor_name = TextField()
    action = TextField()
    lane = TextField(null=True)
    reservation = ForeignKeyField(Reservation, null=True)
    detail = TextField()

    class Meta:
        constraints = (Check("length(action) > 0"),)


TABLES = (
    Operation,
    Account,
    Journal,
    Transfer,
    Receipt,
    Audit,
)


def _append_only(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


TRIGGERS = (
    *_append_only("journal"),
    *_append_only("transfer"),
    *_append_only("receipt"),
    *_append_only("audit"),
    """CREATE TRIGGER receipt_number BEFORE INSERT ON receipt
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM receipt)
BEGIN
  SELECT RAISE(ABORT, 'receipt numbers have no gaps');
END""",
)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the tables with their indexes and triggers."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
    for trigger in TRIGGERS:
        db.execute_sql(trigger)
