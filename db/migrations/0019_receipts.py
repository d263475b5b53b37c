"""Receipts say who supplied the parking, and whether tax was shown."""

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


class Owner(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Payee(Table):
    id = AutoField()
    owner = ForeignKeyField(Owner, null=True)
    name = TextField()
    address = TextField()
    tax_number = TextField()
    is_small_business = IntegerField()
    iban = TextField()
    bic = TextField()

    class Meta:
        constraints = (Check("is_small_business IN (0, 1)"),)


COLUMNS = (
    '"payee_id" INTEGER REFERENCES "payee" ("id")',
    '"shows_tax" INTEGER CHECK (shows_tax IN (0, 1))',
)
"""Empty on receipts from before: they named no supplier, and showed the tax."""


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the table, and gives receipts room for it."""
    with db.bind_ctx([Payee]):
        db.create_tables([Payee])
    for column in COLUMNS:
        db.execute_sql(f"ALTER TABLE receipt ADD COLUMN {column}")
