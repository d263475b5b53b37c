"""The tables of fleets, shops, their invoices, and of stays with several payers, as models.

What models are for here stands in models.py.
"""

from __future__ import annotations

from peewee import (
    AutoField,
    BlobField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from db.models import Table
from db.models_books import Journal, Receipt
from db.models_stays import Reservation


class Fleet(Table):
    """A firm whose cars park on one monthly invoice."""

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
    """A pass with which a driver parks for a fleet; `locked_until` while PINs were wrong."""

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
    """A shop that pays a part of the stays of those who buy there."""

    id = AutoField()
    name = TextField(unique=True)
    address = TextField()
    tax_number = TextField()
    is_active = IntegerField()

    class Meta:
        constraints = (Check("length(name) > 0"), Check("is_active IN (0, 1)"))


class Voucher(Table):
    """A voucher of a shop, or of the operator, good once; append-only."""

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
    """What a shop, or the operator, gives to a stay; append-only."""

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
    """What a validation was worth when its stay was settled; append-only."""

    validation = ForeignKeyField(Validation, primary_key=True)
    amount_minor = IntegerField()
    currency = TextField()
    at = IntegerField()

    class Meta:
        constraints = (Check("amount_minor >= 0"), Check("length(currency) = 3"))


class Invoice(Table):
    """A monthly invoice with its files as they were sent; a trigger refuses a gap; append-only."""

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
    """One transfer of the books on an invoice, each on no more than one; append-only."""

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
    """A payment of an invoice, in whole or in part; append-only."""

    id = AutoField()
    invoice = ForeignKeyField(Invoice)
    amount_minor = IntegerField()
    at = IntegerField()

    class Meta:
        constraints = (Check("amount_minor > 0"),)


class PayerTurn(Table):
    """From when on an account pays for a stay that was handed over; append-only."""

    reservation = ForeignKeyField(Reservation, index=False)
    number = IntegerField()
    account = TextField(index=True)
    from_at = IntegerField()

    class Meta:
        primary_key = CompositeKey("reservation", "number")
        without_rowid = True
        constraints = (Check("number > 0"), Check("length(account) > 0"))


class PayerPayment(Table):
    """In whose turn a payment of a stay was made that was handed over since; append-only."""

    reservation = ForeignKeyField(Reservation, index=False)
    payment = TextField()
    turn = IntegerField()

    class Meta:
        primary_key = CompositeKey("reservation", "payment")
        without_rowid = True
        constraints = (Check("length(payment) > 0"), Check("turn > 0"))


class ReceiptPayer(Table):
    """What one of several payers of a stay paid of a receipt; append-only."""

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


TABLES: tuple[type[Table], ...] = (
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
    PayerPayment,
    ReceiptPayer,
)
"""Every table of this module, each after those that it refers to."""
