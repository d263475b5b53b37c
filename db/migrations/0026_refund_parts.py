"""Of which payment each part of a refund was, and in whose turn a payment was made."""

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
    TextField,
)

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


class RefundPart(Table):
    journal_key = TextField()
    number = IntegerField()
    reservation = ForeignKeyField(Reservation)
    payment = TextField()
    account = TextField()
    amount_minor = IntegerField()
    currency = TextField()

    class Meta:
        primary_key = CompositeKey("journal_key", "number")
        without_rowid = True
        constraints = (
            Check("number > 0"),
            Check("length(account) > 0"),
            Check("amount_minor > 0"),
            Check("length(currency) = 3"),
            SQL("FOREIGN KEY (journal_key) REFERENCES journal(key)"),
            SQL("FOREIGN KEY (payment) REFERENCES journal(key)"),
        )


class PayerPayment(Table):
    reservation = ForeignKeyField(Reservation, index=False)
    payment = TextField()
    turn = IntegerField()

    class Meta:
        primary_key = CompositeKey("reservation", "payment")
        without_rowid = True
        constraints = (Check("length(payment) > 0"), Check("turn > 0"))


TABLES = (RefundPart, PayerPayment)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the tables, which are only ever added to."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
    for table in ("refund_part", "payer_payment"):
        for verb in ("UPDATE", "DELETE"):
            db.execute_sql(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
