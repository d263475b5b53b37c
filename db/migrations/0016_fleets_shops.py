"""Fleets, shops and their invoices; validations; and stays that several payers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import (
    AutoField,
    BlobField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)

if TYPE_CHECKING:
    from playhouse.migrate import SchemaMigrator


class Table(Model):
    class Meta:
        legacy_table_names = False
        strict_tables = True


class Reservation(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Journal(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Receipt(Table):
    """Made by an earlier migration; here only to be referred to."""

    number = IntegerField(primary_key=True)


class Fleet(Table):
    id = AutoField()
    name = TextField(unique=True)
    address = TextField()
    tax_number = TextField()
    credit_limit_minor = IntegerField()
    currency = TextField()
    is_active = IntegerField()

    class Meta:
        constraints = (
            Check("length(name) > 0"),
            Check("credit_limit_minor >= 0"),
            Check("length(currency) = 3"),
            Check("is_active IN (0, 1)"),
        )


class FleetPass(Table):
    id = AutoField()
    fleet = ForeignKeyField(Fleet)
    code = TextField(unique=True)
    pin_hash = TextField()
    wrong_pins = IntegerField()
    locked_until = IntegerField(null=True)
    is_active = IntegerField()

    class Meta:
        constraints = (
            Check("length(code) > 0"),
            Check("wrong_pins >= 0"),
            Check("is_active IN (0, 1)"),
        )


class Shop(Table):
    id = AutoField()
    name = TextField(unique=True)
    address = TextField()
    tax_number = TextField()
    is_active = IntegerField()

    class Meta:
        constraints = (Check("length(name) > 0"), Check("is_active IN (0, 1)"))


class Voucher(Table):
    id = AutoField()
    shop = ForeignKeyField(Shop, null=True)
    code_hash = TextField(unique=True)
    kind = TextField()
    value = IntegerField()
    made_at = IntegerField()
    expires_at = IntegerField()

    class Meta:
        constraints = (
            Check("length(code_hash) = 64"),
            Check("kind IN ('amount', 'percent', 'minutes')"),
            Check("value > 0"),
            Check("expires_at > made_at"),
        )


class Validation(Table):
    id = AutoField()
    reservation = ForeignKeyField(Reservation)
    shop = ForeignKeyField(Shop, null=True)
    voucher = ForeignKeyField(Voucher, null=True, unique=True)
    kind = TextField()
    value = IntegerField()
    at = IntegerField()

    class Meta:
        constraints = (
            Check("kind IN ('amount', 'percent', 'minutes')"),
            Check("value > 0"),
        )


class ValidationPosting(Table):
    validation = ForeignKeyField(Validation, primary_key=True)
    amount_minor = IntegerField()
    currency = TextField()
    at = IntegerField()

    class Meta:
        constraints = (Check("amount_minor >= 0"), Check("length(currency) = 3"))


class Invoice(Table):
    number = IntegerField(primary_key=True)
    fleet = ForeignKeyField(Fleet, null=True)
    shop = ForeignKeyField(Shop, null=True)
    month = TextField()
    amount_minor = IntegerField()
    tax_minor = IntegerField()
    currency = TextField()
    issued_at = IntegerField()
    due_at = IntegerField()
    pdf = BlobField()
    csv = BlobField()

    class Meta:
        constraints = (
            Check("(fleet_id IS NULL) <> (shop_id IS NULL)"),
            Check("length(month) = 7"),
            Check("amount_minor > 0"),
            Check("length(currency) = 3"),
            Check("due_at >= issued_at"),
        )


class InvoiceLine(Table):
    invoice = ForeignKeyField(Invoice, index=False)
    number = IntegerField()
    journal = ForeignKeyField(Journal, index=False)
    transfer_number = IntegerField()
    at = IntegerField()
    reservation = ForeignKeyField(Reservation)
    receipt = ForeignKeyField(Receipt, null=True)
    space = TextField()
    minutes = IntegerField()
    amount_minor = IntegerField()
    tax_minor = IntegerField()

    class Meta:
        primary_key = CompositeKey("invoice", "number")
        without_rowid = True
        indexes = ((("journal", "transfer_number"), True),)
        constraints = (Check("minutes >= 0"), Check("amount_minor <> 0"))


class InvoicePayment(Table):
    id = AutoField()
    invoice = ForeignKeyField(Invoice)
    amount_minor = IntegerField()
    at = IntegerField()

    class Meta:
        constraints = (Check("amount_minor > 0"),)


class PayerTurn(Table):
    reservation = ForeignKeyField(Reservation, index=False)
    number = IntegerField()
    account = TextField(index=True)
    from_at = IntegerField()

    class Meta:
        primary_key = CompositeKey("reservation", "number")
        without_rowid = True
        constraints = (Check("number > 0"), Check("length(account) > 0"))


class ReceiptPayer(Table):
    receipt = ForeignKeyField(Receipt, index=False)
    number = IntegerField()
    account = TextField()
    minutes = IntegerField()
    part_minor = IntegerField()
    back_minor = IntegerField()

    class Meta:
        primary_key = CompositeKey("receipt", "number")
        without_rowid = True
        constraints = (Check("number > 0"), Check("min(minutes, part_minor, back_minor) >= 0"))


TABLES = (
    Fleet,
    FleetPass,
    Shop,
    Voucher,
    Validation,
    ValidationPosting,
    Invoice,
    InvoiceLine,
    InvoicePayment,
    PayerTurn,
    ReceiptPayer,
)


def _append_only(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


TRIGGERS = (
    *_append_only("voucher"),
    *_append_only("validation"),
    *_append_only("validation_posting"),
    *_append_only("invoice"),
    *_append_only("invoice_line"),
    *_append_only("invoice_payment"),
    *_append_only("payer_turn"),
    *_append_only("receipt_payer"),
    """CREATE TRIGGER invoice_number BEFORE INSERT ON invoice
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM invoice)
BEGIN
  SELECT RAISE(ABORT, 'invoice numbers have no gaps');
END""",
)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the tables with their indexes and triggers."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
    for trigger in TRIGGERS:
        db.execute_sql(trigger)
